"""The whole evening, through the processes of the product."""

from samenwijk.meetings.contributing import adopt
from samenwijk.meetings.kinds import KINDS
from samenwijk.plans.models import Ballot, Plan


def test_an_evening_runs_from_welcome_to_close(evening):
    people = evening.fills(18)
    assert sorted(table.participants.count() for table in evening.meeting.tables.all()) == [3] * 6
    evening.goes_to("meet")
    evening.sends(people[0], "card", {"call_me_for": "wandelen", "shares_card": "on"})
    evening.goes_to("figures")
    evening.sends(people[0], "recognise", {"about": "inwoners", "value": "herken", "text": "ja"})
    step = evening.comes_to_plans(people)
    ideas = [row["idea"] for row in step.rules.rows(evening.meeting)]
    assert ideas
    evening.sends(people[0], "own", {"idea": str(ideas[0].public_id), "first_step": "bellen", "due": "2030-01-01"})
    evening.goes_to("share")
    evening.sends(people[1], "help", {"plan": str(Plan.objects.get().public_id), "offer": "help"})
    evening.goes_to("close")
    evening.sends(people[1], "follow_up", {"phone": "06-00000002"})
    evening.sends(people[1], "statements", {"ken": "eens"})
    evening.ends()
    assert evening.meeting.is_ended
    assert evening.meeting.follow_up.phone == "06-00000002"
    assert not Ballot.objects.exclude(voter=None).exists()


def test_every_kind_tells_every_surface_what_to_show(evening):
    people = evening.fills(12)
    evening.comes_to_plans(people)
    evening.ends()
    for step in evening.meeting.ordered_steps():
        rules = KINDS[step.kind]
        for surface in ("screen", "console", "paper", "report"):
            assert isinstance(getattr(rules, surface)(step), dict)
        assert isinstance(rules.phone(step, people[0]), dict)


def test_a_late_idea_that_is_let_in_during_the_vote_can_still_get_dots(evening, cast):
    people = evening.fills(6)
    evening.goes_to("themes")
    evening.everybody_dots(people)
    group = evening.goes_to("group")
    evening.each_table_writes(ideas=1)
    evening.goes_to("vote")
    scribe = evening.meeting.tables.first().scribe
    receipt = evening.sends(scribe, "idea", {"title": "Nog één idee", "what": ""}, as_table=True, step=group)
    assert receipt.is_late
    [late] = evening.meeting.submissions.filter(late=True)
    adopt(late, by=cast.facilitator)
    assert "Nog één idee" in {str(option) for option in evening.step.choice.options.all()}


def test_what_a_table_writes_is_heard_by_its_own_phones_only(evening):
    people = evening.fills(12)
    evening.goes_to("themes")
    evening.everybody_dots(people)
    evening.goes_to("group")
    table = evening.meeting.tables.get(number=3)
    scribe = table.participants.first()
    table.write_here(scribe)
    evening.sends(scribe, "idea", {"title": "Samen koken", "what": ""}, as_table=True)
    assert evening.meeting.room.frames.order_by("-seq").first().kind == "idea.t3"

"""Before the evening: a new meeting, its script step by step, and scripts to keep."""

import datetime

import pytest
from django.urls import reverse

from samenwijk.meetings.models import Meeting, Template
from samenwijk.meetings.scripts import SHIPPED
from tests.meetings.console_pages import Desk, words

pytestmark = pytest.mark.django_db


def kinds(meeting):
    return [step.kind for step in meeting.ordered_steps()]


def details(**given):
    return {"title": "Tweede sessie", "starts_at": "2027-02-03T19:30", "place": "School", "tables": "4", **given}


# The list and a new meeting -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "status"),
    [("facilitator", 200), ("coordinator", 200), ("gp", 403), ("administrator", 403), ("adviser", 403)],
)
@pytest.mark.parametrize("page", ["meetings", "new", "templates"])
def test_who_prepares_meetings(cast, as_user, page, who, status):
    assert as_user(getattr(cast, who)).get(reverse(f"meetings:{page}")).status_code == status


def test_the_list_has_the_meetings_of_the_own_wijk_only(cast, as_user):
    page = words(as_user(cast.facilitator).get(reverse("meetings:meetings")))
    assert cast.meeting.title in page
    assert cast.other_meeting.title not in page


def test_the_list_asks_as_much_for_one_meeting_as_for_three(cast, as_user, django_assert_num_queries):
    client = as_user(cast.facilitator)
    with django_assert_num_queries(5):
        client.get(reverse("meetings:meetings"))
    for number in (1, 2):
        client.post(reverse("meetings:new"), details(title=f"Sessie {number}", wijk=cast.wijk.pk, script=SCRIPT))
    assert Meeting.objects.filter(wijk=cast.wijk).count() == 3
    with django_assert_num_queries(5):
        client.get(reverse("meetings:meetings"))


SCRIPT = "samenwerksessie-180"


def test_a_new_meeting_begins_with_a_shipped_script(cast, as_user):
    client = as_user(cast.facilitator)
    response = client.post(reverse("meetings:new"), details(wijk=cast.wijk.pk, script=SCRIPT))
    made = Meeting.objects.get(title="Tweede sessie")
    assert response["Location"] == reverse("meetings:script", args=[made.public_id])
    assert made.wijk == cast.wijk
    assert made.tables.count() == 4
    assert made.minutes == 180
    assert made.starts_at == datetime.datetime(2027, 2, 3, 18, 30, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Geef de bijeenkomst een naam."),
        ({"starts_at": "morgen"}, "Schrijf dag en tijd zo"),
        ({"tables": "0"}, "Kies 1 tot 8 tafels."),
        ({"tables": "9"}, "Kies 1 tot 8 tafels."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(cast, as_user, wrong, sentence):
    sent = details(wijk=cast.wijk.pk, script=SCRIPT, place="De grote zaal", **wrong)
    response = as_user(cast.facilitator).post(reverse("meetings:new"), sent)
    assert response.status_code == 422
    assert sentence in words(response)
    assert "De grote zaal" in response.content.decode()


def test_a_meeting_for_another_wijk_is_not_made(cast, as_user):
    sent = details(wijk=cast.other_wijk.pk, script=SCRIPT)
    assert as_user(cast.facilitator).post(reverse("meetings:new"), sent).status_code == 422
    assert not Meeting.objects.filter(title="Tweede sessie").exists()


# The script -----------------------------------------------------------------------------------------------------


def test_every_step_has_its_time_on_the_clock(desk):
    page = desk.reads("script")
    assert "17.30 10 min. Welkom" in page
    assert "17.40 15 min. Kennismaken" in page
    assert "19.20 10 min. Afsluiten" in page
    assert "19.30 uur" in page


def test_more_minutes_move_what_follows(desk):
    welcome = desk.meeting.steps.get(kind="welcome")
    desk.press("script_step", welcome.public_id, title="Welkom", question="Wie ben jij?", minutes=20, talk_minutes=0)
    page = desk.reads("script")
    assert "Wie ben jij?" in page
    assert "17.50 15 min. Kennismaken" in page


def test_what_a_kind_asks_is_set_with_it(desk):
    vote = desk.meeting.steps.get(kind="vote")
    asked = {"title": "Stemmen", "question": "", "minutes": 5, "talk_minutes": 0}
    desk.press("script_step", vote.public_id, **asked, **{"soort-dots": 5})
    vote.refresh_from_db()
    assert vote.setting("dots") == 5
    assert vote.setting("places") == 3
    response = desk.press("script_step", vote.public_id, status=422, **asked, **{"soort-dots": 0})
    assert "Er klopt nog iets niet" in words(response)


def test_talking_cannot_take_longer_than_the_step(desk):
    meet = desk.meeting.steps.get(kind="meet")
    response = desk.press("script_step", meet.public_id, status=422, title="Kennismaken", minutes=10, talk_minutes=11)
    assert "Dit is langer dan het hele onderdeel duurt." in words(response)


KINDS = ["welcome", "meet", "figures", "themes", "group", "break", "vote", "plan", "share", "close"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_of_each_step_opens(desk, kind):
    step = desk.meeting.steps.get(kind=kind)
    assert step.title in desk.reads("script_step", step.public_id)


def test_steps_change_places(desk):
    figures = desk.meeting.steps.get(kind="figures")
    desk.press("step_earlier", figures.public_id)
    assert kinds(desk.meeting)[:3] == ["welcome", "figures", "meet"]
    desk.press("step_later", figures.public_id)
    assert kinds(desk.meeting)[:3] == ["welcome", "meet", "figures"]
    first = desk.meeting.steps.get(kind="welcome")
    response = desk.client.post(desk.address("step_earlier", first.public_id), follow=True)
    assert "kan niet verder verschuiven" in words(response)


def test_a_step_is_added_before_the_close_and_taken_out(desk):
    desk.press("add_step", kind="break")
    assert kinds(desk.meeting)[-2:] == ["break", "close"]
    added = desk.meeting.ordered_steps()[-2]
    assert added.minutes == 10
    desk.press("remove_step", added.public_id)
    assert kinds(desk.meeting).count("break") == 1
    desk.press("add_step", kind="bestaat-niet", status=422)


def test_the_last_step_stays(desk):
    *others, last = desk.meeting.ordered_steps()
    for step in others:
        desk.press("remove_step", step.public_id)
    response = desk.client.post(desk.address("remove_step", last.public_id), follow=True)
    assert "minstens één onderdeel" in words(response)


def test_once_it_starts_the_script_is_frozen(desk, evening):
    desk.press("start")
    planned = desk.meeting.planned_script
    meet = desk.meeting.steps.get(kind="meet")
    changes = [
        ("script_step", [meet.public_id], {"title": "Anders", "minutes": 3, "talk_minutes": 0}),
        ("step_later", [meet.public_id], {}),
        ("remove_step", [meet.public_id], {}),
        ("add_step", [], {"kind": "break"}),
    ]
    for name, args, sent in changes:
        response = desk.client.post(desk.address(name, *args), sent, follow=True)
        assert "het draaiboek ligt vast" in words(response)
    desk.meeting.refresh_from_db()
    assert desk.meeting.planned_script == planned
    assert len(kinds(desk.meeting)) == len(planned)
    meet.refresh_from_db()
    assert meet.title == "Kennismaken"


def test_the_outside_can_still_change_but_no_table_with_people_goes(desk, evening):
    evening.fills(8)
    desk.press("details", **details(tables="8"))
    assert desk.meeting.tables.count() == 8
    assert desk.meeting.title == "Tweede sessie"
    desk.press("details", **details(tables="6"))
    assert desk.meeting.tables.count() == 6
    response = desk.client.post(desk.address("details"), details(tables="3"), follow=True)
    assert "zitten al mensen" in words(response)
    assert desk.meeting.tables.count() == 6
    desk.press("details", status=422, **details(title=""))


# Scripts to keep ------------------------------------------------------------------------------------------------


def test_a_shipped_script_is_copied_renamed_and_used(cast, as_user):
    client = as_user(cast.facilitator)
    client.post(reverse("meetings:copy_script", args=[SCRIPT]), {"wijk": str(cast.wijk.public_id)})
    own = Template.objects.get()
    assert own.wijk == cast.wijk
    assert own.minutes == 180
    client.post(reverse("meetings:rename_template", args=[own.public_id]), {"title": "Onze avond"})
    assert "Onze avond" in words(client.get(reverse("meetings:templates")))
    client.post(reverse("meetings:new"), details(wijk=cast.wijk.pk, script=str(own.public_id)))
    assert len(kinds(Meeting.objects.get(title="Tweede sessie"))) == len(SHIPPED[SCRIPT].steps())


def test_the_script_of_a_meeting_is_kept_as_it_was_planned(desk):
    desk.press("add_step", kind="break")
    desk.press("start")
    desk.press("keep_template", title="Met twee pauzes")
    own = Template.objects.get()
    assert [step["kind"] for step in own.script].count("break") == 2
    desk.press("keep_template", title="", status=422)


def test_a_thrown_away_script_leaves_its_meetings_alone(cast, as_user, desk):
    desk.press("keep_template", title="Even")
    own = Template.objects.get()
    desk.client.post(reverse("meetings:throw_away_template", args=[own.public_id]))
    assert not Template.objects.exists()
    assert kinds(desk.meeting)


@pytest.mark.parametrize(("who", "status"), [("gp", 403), ("outsider", 404), ("other_facilitator", 404)])
def test_a_script_of_a_wijk_is_that_wijks_own(cast, as_user, desk, who, status):
    desk.press("keep_template", title="Van ons")
    address = reverse("meetings:throw_away_template", args=[Template.objects.get().public_id])
    assert as_user(getattr(cast, who)).post(address).status_code == status
    assert Template.objects.exists()


def test_a_script_of_another_wijk_starts_no_meeting_here(cast, as_user, desk):
    desk.press("keep_template", title="Van ons")
    sent = details(wijk=cast.other_wijk.pk, script=str(Template.objects.get().public_id))
    assert as_user(cast.other_facilitator).post(reverse("meetings:new"), sent).status_code == 422


def test_an_unknown_script_is_not_there(cast, as_user):
    assert as_user(cast.facilitator).post(reverse("meetings:copy_script", args=["bestaat-niet"])).status_code == 404


def test_the_other_facilitator_does_not_find_this_script(cast, as_user):
    desk = Desk(as_user(cast.other_facilitator), cast.meeting)
    assert desk.client.get(desk.address("script")).status_code == 404

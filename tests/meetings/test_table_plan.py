"""The table plan of an evening: made off the request, followed by the room, changed by hand and mended."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samenwijk.live.writer import write
from samenwijk.meetings import plan_questions, table_planning
from samenwijk.meetings.kinds.base import Refused
from samenwijk.meetings.models import Meeting, Participant, Seat, TablePlan
from samenwijk.meetings.paper import add_without_phone
from samenwijk.meetings.table_planning import make_plans
from samenwijk.meetings.themes import put_on_the_table
from samenwijk.people.models import Person
from tests.meetings.console_pages import words
from tests.meetings.phones import Phone

pytestmark = pytest.mark.django_db


PIET = {"first_name": "Piet", "discipline": "bewoner", "organisation": "", "table": None, "key": uuid.uuid4()}


@pytest.fixture
def plan(evening):
    """A plan of 15 people at 3 tables over 2 rounds."""
    evening.fills(15)
    evening.meeting.steps.filter(kind="meet").update(settings={"new_tables": True})
    return planned(evening)


def planned(evening, *, tables=3, rounds=2, theme_share=0):
    asked = write(
        lambda: table_planning.ask(
            evening.meeting, tables=tables, rounds=rounds, theme_share=theme_share, by=evening.leader
        )
    )
    assert asked.is_being_made
    assert make_plans() == 1
    return TablePlan.objects.select_related("meeting").get(pk=asked.pk)


def seated(plan, number):
    """The number of the table of each participant in a round."""
    return dict(plan.seats.filter(round=number).values_list("participant", "table__number"))


def now(meeting):
    return dict(meeting.participants.present().values_list("pk", "table__number"))


# Making one -----------------------------------------------------------------------------------------------------------


def test_everybody_gets_one_seat_in_each_round_and_sits_down_for_the_first(plan):
    assert plan.is_ready
    for number in (1, 2):
        places = seated(plan, number)
        assert set(places) == set(plan.meeting.participants.values_list("pk", flat=True))
        counts = [list(places.values()).count(table) for table in (1, 2, 3)]
        assert counts == [5, 5, 5]
    assert now(plan.meeting) == seated(plan, 1)
    assert seated(plan, 1) != seated(plan, 2)
    assert plan.figures["repeats"] >= plan_questions.bounds_for(plan.meeting, tables=3, rounds=2).repeats


def test_a_plan_is_asked_for_on_the_page_and_made_afterwards(desk, evening):
    evening.fills(12)
    page = desk.reads("table_plan")
    assert "Nog geen tafelplan" in page
    desk.press("table_plan", tables=4, rounds=3, theme_share=20)
    assert "We verdelen de tafels" in desk.reads("table_plan")
    assert not Seat.objects.exists()
    make_plans()
    page = desk.reads("table_plan")
    assert "Ronde 3" in page
    assert "Van alle paren" in page
    assert TablePlan.objects.get().theme_share == 20
    assert make_plans() == 0


def test_who_asks_again_meanwhile_gets_the_newer_plan(evening):
    evening.fills(12)
    asked = write(lambda: table_planning.ask(evening.meeting, tables=3, rounds=1, theme_share=0, by=evening.leader))
    question = plan_questions.Question(TablePlan.objects.select_related("meeting__wijk").get(pk=asked.pk))
    old = TablePlan.objects.select_related("meeting__wijk", "meeting__room").get(pk=asked.pk)
    seats = question.planned()
    newer = write(lambda: table_planning.ask(evening.meeting, tables=4, rounds=2, theme_share=0, by=evening.leader))
    write(lambda: table_planning._keep(old, question, seats))
    assert not Seat.objects.exists()
    assert make_plans() == 1
    assert TablePlan.objects.get().rounds == newer.rounds == 2


def test_what_its_worker_left_behind_is_taken_up_again(evening):
    evening.fills(12)
    asked = write(lambda: table_planning.ask(evening.meeting, tables=3, rounds=1, theme_share=0, by=evening.leader))
    long_ago = timezone.now() - timedelta(minutes=10)
    TablePlan.objects.filter(pk=asked.pk).update(status="working", claimed_at=timezone.now())
    assert make_plans() == 0
    TablePlan.objects.filter(pk=asked.pk).update(claimed_at=long_ago)
    assert make_plans() == 1
    assert TablePlan.objects.get().is_ready


def test_too_few_people_and_a_first_round_under_way_are_refused(desk, plan, evening):
    with pytest.raises(Refused):
        write(lambda: table_planning.ask(evening.meeting, tables=16, rounds=1, theme_share=0, by=evening.leader))
    evening.goes_to("group")
    response = desk.client.post(desk.address("table_plan"), {"tables": 4, "rounds": 2}, follow=True)
    assert "De eerste ronde is al bezig." in words(response)
    assert TablePlan.objects.get().is_ready


def test_hosts_and_ambassadors_are_spread_over_the_tables(desk, evening):
    people = evening.fills(15)
    hosts, experts = people[:3], people[5:8]
    for one in hosts:
        desk.press("role", one.public_id, is_host="on")
    for one in experts:
        desk.press("role", one.public_id, is_ambassador="on")
    places = planned(evening, rounds=2)
    for number in (1, 2):
        at = seated(places, number)
        assert {at[one.pk] for one in hosts} == {1, 2, 3}
        assert {at[one.pk] for one in experts} == {1, 2, 3}
    assert "tafelgastheer" in desk.reads("table_plan")


def test_people_who_sat_together_in_an_earlier_meeting_know_each_other(cast, evening):
    ans, bo = (evening.joins(name, "huisarts") for name in ("Ans", "Bo"))
    persons = [Person.objects.create(first_name=name) for name in ("Ans", "Bo")]
    earlier = Meeting.plan(wijk=cast.wijk, title="Eerder", starts_at=timezone.now(), script=[], tables=3)
    for at, person in enumerate(persons):
        Participant.objects.create(
            meeting=earlier, number=at, discipline="huisarts", person=person, table=earlier.tables.first()
        )
    assert plan_questions.acquaintances(evening.meeting) == []
    for participant, person in zip((ans, bo), persons, strict=True):
        Participant.objects.filter(pk=participant.pk).update(person=person)
    assert plan_questions.acquaintances(evening.meeting) == [(ans.pk, bo.pk)]


def test_a_wish_is_said_on_the_phone_and_draws_to_the_table_with_that_theme(evening):
    wanted = [write(lambda t=t: put_on_the_table(evening.meeting, t)) for t in ("Eenzaamheid", "Bewegen")]
    evening.fills(14)
    for number, theme in enumerate([wanted[0], wanted[1], wanted[1]], start=1):
        evening.meeting.tables.filter(number=number).update(theme=theme)
    phone = Phone(evening.meeting)
    phone.joins()
    wishes = reverse("meetings:wish", args=[evening.meeting.public_id])
    assert "Eenzaamheid" in words(phone.browser.get(wishes))
    refused = phone.browser.post(wishes, {"theme": "iets"})
    assert refused.status_code == 422
    assert "Dit thema staat niet op de lijst." in words(refused)
    assert phone.browser.post(wishes, {"theme": wanted[0].public_id}).status_code == 302
    ans = phone.participant
    assert ans.wish == wanted[0]
    places = planned(evening, rounds=2, theme_share=100)
    assert seated(places, 1)[ans.pk] == seated(places, 2)[ans.pk] == 1
    assert (places.figures["granted_seats"], places.figures["wished_seats"]) == (2, 2)


# The evening ----------------------------------------------------------------------------------------------------------


def test_a_new_round_brings_everybody_to_their_new_table_and_going_back_brings_them_back(plan, evening):
    evening.goes_to("meet")
    assert now(evening.meeting) == seated(plan, 1)
    evening.goes_to("group")
    assert now(evening.meeting) == seated(plan, 2)
    from samenwijk.meetings import running

    meet = evening.meeting.steps.get(kind="meet")
    meet.meeting = evening.meeting
    write(lambda: running.go_to(evening.meeting, meet, seen=evening.meeting.phase, by=evening.leader))
    assert now(evening.meeting) == seated(plan, 1)


def test_who_wrote_for_a_table_and_left_it_does_not_write_there_any_more(plan, evening):
    evening.goes_to("meet")
    moved = next(pk for pk, table in seated(plan, 1).items() if seated(plan, 2)[pk] != table)
    writer = Participant.objects.select_related("table", "meeting__room").get(pk=moved)
    write(lambda: writer.table.write_here(writer))
    evening.goes_to("group")
    assert not evening.meeting.tables.filter(scribe=writer).exists()


def test_a_phone_and_the_projector_say_the_new_table(evening, client):
    phone = Phone(evening.meeting)
    phone.joins(first_name="Ans")
    evening.fills(14)
    evening.meeting.steps.filter(kind="meet").update(settings={"new_tables": True})
    planned(evening)
    assert "jij zit aan" not in phone.sees()
    evening.goes_to("group")
    someone = phone.participant
    assert f"Ronde 2: jij zit aan Tafel {someone.table.number}" in phone.sees()
    screen = words(client.get(reverse("meetings:screen", args=[evening.meeting.screen_token])))
    assert "Ronde 2: zoek je tafel" in screen
    assert someone.first_name in screen
    evening.meeting.steps.filter(kind="group").update(entered_at=timezone.now() - timedelta(minutes=5))
    assert "zoek je tafel" not in words(client.get(reverse("meetings:screen", args=[evening.meeting.screen_token])))


def test_who_walks_in_sits_at_once_and_gets_seats_in_the_rounds_to_come(plan, evening):
    evening.goes_to("meet")
    before = {number: seated(plan, number) for number in (1, 2)}
    late = evening.joins("Zoë", "wijkagent", "Politie")
    guest = write(lambda: add_without_phone(evening.meeting, **PIET, by=evening.leader))
    assert late.table is not None
    assert seated(plan, 1)[late.pk] == late.table.number
    assert late.pk not in seated(plan, 2)
    assert make_plans() == 1
    assert {late.pk, guest.pk} <= set(seated(plan, 2))
    assert {pk: table for pk, table in seated(plan, 1).items() if pk in before[1]} == before[1]
    counts = [list(seated(plan, 2).values()).count(table) for table in (1, 2, 3)]
    assert max(counts) - min(counts) <= 2


def test_who_goes_home_leaves_the_rounds_to_come_and_the_running_one_is_left_alone(plan, evening):
    evening.goes_to("meet")
    before = seated(plan, 1)
    gone = [Participant.objects.select_related("meeting__room").get(pk=pk) for pk in list(before)[:3]]
    for one in gone:
        write(one.leave)
    assert make_plans() == 1
    assert make_plans() == 0
    assert seated(plan, 1) == before
    assert not set(seated(plan, 2)) & {one.pk for one in gone}
    counts = [list(seated(plan, 2).values()).count(table) for table in (1, 2, 3)]
    assert sum(counts) == 12
    assert max(counts) - min(counts) <= 2


def test_who_sits_elsewhere_is_followed_by_the_plan(plan, evening):
    evening.goes_to("meet")
    someone = evening.meeting.participants.select_related("meeting__room", "table").first()
    other = evening.meeting.tables.exclude(pk=someone.table_id).first()
    write(lambda: someone.sit_at(other))
    assert seated(plan, 1)[someone.pk] == other.number


def test_without_a_plan_nothing_changes(evening):
    evening.fills(9)
    before = now(evening.meeting)
    evening.goes_to("group")
    assert now(evening.meeting) == before


# By hand --------------------------------------------------------------------------------------------------------------


def test_somebody_is_moved_by_hand_and_stays_there_when_the_plan_is_made_anew(desk, plan, evening):
    someone = evening.meeting.participants.first()
    table = evening.meeting.tables.exclude(number=seated(plan, 2)[someone.pk]).first()
    sent = {"participant": someone.public_id, "table": table.public_id, "do": "move"}
    desk.press("change_seat", 2, **sent)
    seat = plan.seats.get(round=2, participant=someone)
    assert (seat.table, seat.locked) == (table, True)
    again = planned(evening)
    assert seated(again, 2)[someone.pk] == table.number
    desk.press("change_seat", 2, participant=someone.public_id, do="unlock")
    assert not plan.seats.get(round=2, participant=someone).locked
    desk.press("change_seat", 2, participant=someone.public_id, do="lock")
    assert plan.seats.get(round=2, participant=someone).locked


def test_moving_somebody_in_the_first_round_gives_them_that_table_now(desk, plan, evening):
    someone = evening.meeting.participants.first()
    table = evening.meeting.tables.exclude(number=seated(plan, 1)[someone.pk]).first()
    desk.press("change_seat", 1, participant=someone.public_id, table=table.public_id, do="move")
    someone.refresh_from_db()
    assert someone.table == table


def test_a_round_that_has_been_stays_as_it_was(desk, plan, evening):
    evening.goes_to("group")
    someone = evening.meeting.participants.first()
    table = evening.meeting.tables.exclude(number=seated(plan, 1)[someone.pk]).first()
    sent = {"participant": someone.public_id, "table": table.public_id, "do": "move"}
    response = desk.client.post(desk.address("change_seat", 1), sent, follow=True)
    assert "Ronde 1 is al geweest." in words(response)
    assert seated(plan, 1)[someone.pk] != table.number


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Kies eerst wie je wilt verplaatsen."),
        ({"participant": "niemand", "do": "move"}, "Kies eerst wie je wilt verplaatsen."),
        ({"participant": "{ans}", "do": "move"}, "Kies eerst een tafel."),
        ({"participant": "{ans}", "table": "nergens", "do": "move"}, "Deze tafel is er niet."),
        ({"participant": "{ans}", "table": "{elsewhere}", "do": "move"}, "Deze tafel is er niet."),
    ],
)
def test_a_move_that_makes_no_sense_is_answered_with_a_sentence(desk, plan, cast, sent, sentence):
    names = {
        "{ans}": str(plan.meeting.participants.first().public_id),
        "{elsewhere}": str(cast.other_meeting.tables.first().public_id),
    }
    data = {name: names.get(value, value) for name, value in sent.items()}
    before = seated(plan, 1)
    assert sentence in words(desk.client.post(desk.address("change_seat", 1), data, follow=True))
    assert seated(plan, 1) == before


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"tables": "veel", "rounds": 2},
        {"tables": 99, "rounds": 2},
        {"tables": 4, "rounds": 0},
        {"tables": 4, "rounds": 1, "theme_share": 400},
    ],
)
def test_numbers_that_cannot_be_are_asked_again(desk, evening, sent):
    evening.fills(12)
    assert desk.client.post(desk.address("table_plan"), sent).status_code == 422
    assert not TablePlan.objects.exists()
    assert desk.client.get(desk.address("table_plan_advice"), sent).status_code == 200


# What the page says ---------------------------------------------------------------------------------------------------


def test_the_advice_comes_while_choosing_and_without_javascript(desk, evening):
    evening.fills(43)
    fragment = words(desk.client.get(desk.address("table_plan_advice"), {"tables": 6, "rounds": 3}))
    assert "minstens 21 keer opnieuw" in fragment
    assert "Neem 7 tafels" in fragment
    assert "tafelgastheer" not in fragment
    for tables, better in ((6, True), (7, False)):
        asked = {"tables": tables, "rounds": 3, "advies": "1"}
        assert ("Neem 7 tafels" in words(desk.press("table_plan", status=200, **asked))) is better
    assert not TablePlan.objects.exists()


def test_lists_say_everybody_by_name_and_every_round(desk, plan):
    someone = plan.meeting.participants.first()
    page = desk.reads("print_seats", query="?scherm")
    assert someone.name in page
    assert f"Tafel {seated(plan, 1)[someone.pk]}" in page
    assert "Ronde 2" in page


def test_there_are_no_lists_without_a_plan(desk):
    assert desk.client.get(desk.address("print_seats")).status_code == 404
    assert desk.client.post(desk.address("mend_plan")).status_code == 404
    assert desk.client.post(desk.address("change_seat", 1)).status_code == 404


def test_the_page_asks_the_database_as_often_for_three_rounds_as_for_one(desk, evening, django_assert_max_num_queries):
    evening.fills(15)
    for rounds in (1, 3):
        planned(evening, rounds=rounds)
        with django_assert_max_num_queries(14):
            desk.reads("table_plan")


def test_a_step_begins_a_round_when_its_script_says_so(desk, evening):
    meet = evening.meeting.steps.get(kind="meet")
    group = evening.meeting.steps.get(kind="group")
    assert (meet.mixes, group.mixes) == (False, True)
    sent = {"title": meet.title, "minutes": 15, "new_tables": "on"}
    desk.press("script_step", meet.public_id, **sent)
    meet.refresh_from_db()
    assert meet.mixes
    assert table_planning.rounds_of(evening.meeting.ordered_steps()) == 2
    assert 'value="2"' in desk.client.get(desk.address("table_plan")).content.decode()


def test_somebody_of_another_meeting_has_no_say_here(evening, client):
    stranger = Client()
    assert stranger.get(reverse("meetings:wish", args=[evening.meeting.public_id])).status_code == 404

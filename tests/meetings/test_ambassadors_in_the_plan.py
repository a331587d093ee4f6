"""Ambassadors on the organiser's list and the table plan: who of them is in the room counts, at the agreed table."""

import pytest

from samenwijk.live.writer import write
from samenwijk.meetings import ambassadors, table_planning
from samenwijk.meetings.models import Ambassador, Participant, TablePlan

pytestmark = pytest.mark.django_db


def invited(meeting, name, table=None):
    where = meeting.tables.get(number=table) if table else None
    return Ambassador.invite(meeting, first_name=name, table=where)


def planned(evening, *, tables=3, rounds=2):
    write(lambda: table_planning.ask(evening.meeting, tables=tables, rounds=rounds, theme_share=0, by=evening.leader))
    table_planning.make_plans()
    return TablePlan.objects.select_related("meeting").get()


def tables_of(plan, participant):
    seats = plan.seats.filter(participant=participant).order_by("round")
    return list(seats.values_list("table__number", flat=True))


def fresh(participant):
    return Participant.objects.get(pk=participant.pk)


def test_who_walks_in_under_the_name_on_the_list_is_the_ambassador_at_the_agreed_table(evening):
    riet = invited(evening.meeting, "Riet", table=3)
    someone = evening.joins("riet", "mantelzorger")
    riet.refresh_from_db()
    assert riet.participant == someone
    assert fresh(someone).is_ambassador
    assert someone.table.number == 3
    evening.fills(14)
    assert tables_of(planned(evening, rounds=3), someone) == [3, 3, 3]


@pytest.mark.parametrize("discipline", ["huisarts", "wijkverpleegkundige"])
def test_a_professional_with_that_name_is_not_taken_for_the_ambassador(evening, discipline):
    riet = invited(evening.meeting, "Riet", table=2)
    someone = evening.joins("Riet", discipline)
    riet.refresh_from_db()
    assert (riet.participant, fresh(someone).is_ambassador) == (None, False)


def test_of_two_with_one_name_the_organiser_says_who_it_is(desk, evening):
    first, second = invited(evening.meeting, "Riet"), invited(evening.meeting, "Riet", table=2)
    someone = evening.joins("Riet", "bewoner")
    assert not fresh(someone).is_ambassador
    assert "nog niet binnen" in desk.reads("ambassadors")
    desk.press("ambassador_is", second.public_id, participant=someone.public_id)
    assert fresh(someone).is_ambassador
    desk.press("ambassador_is", first.public_id, participant=someone.public_id)
    second.refresh_from_db()
    assert second.participant is None
    assert fresh(someone).is_ambassador


def test_every_table_gets_an_ambassador_of_the_list(evening):
    linked = evening.fills(15)[:3]
    for person in linked:
        one = invited(evening.meeting, person.first_name)
        write(lambda one=one, person=person: ambassadors.link(one, person))
    plan = planned(evening)
    for number in (1, 2):
        assert {tables_of(plan, person)[number - 1] for person in linked} == {1, 2, 3}


def test_who_was_found_after_the_plan_was_made_keeps_the_agreed_table_in_the_rounds_to_come(desk, evening):
    people = evening.fills(12)
    evening.meeting.steps.filter(kind="meet").update(settings={"new_tables": True})
    plan = planned(evening, rounds=2)
    evening.goes_to("meet")
    person = people[4]
    before = tables_of(plan, person)
    other = next(number for number in (1, 2, 3) if number != before[1])
    riet = invited(evening.meeting, "Riet", table=other)
    desk.press("ambassador_is", riet.public_id, participant=person.public_id)
    assert tables_of(plan, person) == [before[0], other]


def test_another_role_or_off_the_list_takes_the_link_away(desk, evening):
    riet = invited(evening.meeting, "Riet")
    someone = evening.joins("Riet", "bewoner")
    desk.press("role", someone.public_id, is_host="on")
    riet.refresh_from_db()
    assert (riet.participant, fresh(someone).is_ambassador) == (None, False)
    desk.press("ambassador_is", riet.public_id, participant=someone.public_id)
    assert fresh(someone).is_host
    desk.press("ambassador_is", riet.public_id, participant="")
    assert not fresh(someone).is_ambassador
    desk.press("ambassador_is", riet.public_id, participant=someone.public_id)
    desk.press("ambassador_leaves", riet.public_id)
    assert not fresh(someone).is_ambassador
    assert not Ambassador.objects.exists()


def test_somebody_of_another_evening_is_refused_with_a_sentence(desk, evening, cast):
    riet = invited(evening.meeting, "Riet")
    address = desk.address("ambassador_is", riet.public_id)
    for wrong in ("iets", cast.other_meeting.public_id):
        page = desk.client.post(address, {"participant": wrong}, follow=True).content.decode()
        assert "Deze deelnemer is er niet." in page
    riet.refresh_from_db()
    assert riet.participant is None

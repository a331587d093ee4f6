"""Who walks in while a table plan is made or mended, or comes to a round before their time: they sit where they sit."""

import pytest

from samenwijk.live.writer import write
from samenwijk.meetings import plan_questions, running, table_planning
from samenwijk.meetings.models import TablePlan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(evening):
    """A plan of 12 people at 3 tables over 2 rounds."""
    evening.fills(12)
    evening.meeting.steps.filter(kind="meet").update(settings={"new_tables": True})
    write(lambda: table_planning.ask(evening.meeting, tables=3, rounds=2, theme_share=0, by=evening.leader))
    table_planning.make_plans()
    return fresh()


def fresh():
    return TablePlan.objects.select_related("meeting__wijk", "meeting__room").get()


def table_of(participant, number):
    seat = fresh().seats.filter(participant=participant, round=number).select_related("table").first()
    return seat.table if seat else None


def test_who_walks_in_while_the_plan_is_mended_has_a_seat_in_the_running_round(plan, evening):
    evening.goes_to("meet")
    thought_about = fresh()
    question = plan_questions.Question(thought_about)
    seats = question.mended()
    late = evening.joins("Laatkomer", "bewoner")
    plan.seats.filter(participant=late).delete()
    table_planning._keep(thought_about, question, seats)
    assert table_of(late, 1) == late.table


def test_going_back_to_a_round_before_their_time_keeps_people_where_they_sit(plan, evening):
    evening.goes_to("group")
    late = evening.joins("Laatkomer", "bewoner")
    table_planning.make_plans()
    meet = evening.meeting.steps.get(kind="meet")
    running.go_to(evening.meeting, meet, seen=evening.meeting.phase, by=evening.leader)
    late.refresh_from_db()
    assert fresh().now == 1
    assert table_of(late, 1) == late.table

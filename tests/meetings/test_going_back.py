"""The room goes back, skips and comes again: nothing is closed that nobody used, and nothing begins twice."""

import datetime
from itertools import pairwise

import time_machine
from django.utils import timezone

from samenwijk.meetings.timetable import timetable
from tests.meetings.console_pages import words


def moved(minutes):
    return time_machine.travel(timezone.now() + datetime.timedelta(minutes=minutes), tick=True)


def test_a_vote_that_was_skipped_before_anybody_chose_can_still_be_held(desk, evening):
    people = evening.fills(12)
    vote = evening.goes_to("themes")
    desk.press("skip_this")
    assert evening.step.position > vote.position
    desk.press("go_back")
    assert evening.step == vote
    assert evening.step.choice.is_open
    evening.everybody_dots(people)
    desk.act(evening.step, "show")
    assert desk.meeting.themes.filter(chosen=True).count() == 3


def test_another_way_of_choosing_may_be_set_when_the_room_comes_back_though_a_ballot_came_late(desk, evening):
    people = evening.fills(12)
    evening.goes_to("themes")
    evening.everybody_dots(people)
    evening.goes_to("group")
    evening.each_table_writes()
    vote = evening.goes_to("vote")
    desk.press("skip_this")
    option = str(vote.choice.options.first().public_id)
    receipt = evening.sends(people[0], "dots", {"options": [option]}, step=vote)
    assert receipt.is_late
    desk.press("go_back")
    desk.act(evening.step, "way", way="approval")
    assert evening.step.choice.form == "approval"
    evening.sends(people[0], "dots", {"options": [option]})
    desk.act(evening.step, "show")
    assert evening.step.choice.options.get(public_id=option).points == 1


def test_a_vote_in_which_somebody_chose_is_counted_when_the_room_goes_on(desk, evening):
    people = evening.fills(12)
    evening.goes_to("themes")
    evening.everybody_dots(people[:1])
    desk.press("go_on")
    desk.press("go_back")
    assert evening.step.choice.is_shown


def test_an_evening_that_ends_with_an_unused_vote_has_no_result_of_it(desk, evening):
    evening.fills(12)
    evening.goes_to("themes")
    desk.press("skip_this")
    evening.ends()
    assert "Er is nog geen uitslag." in desk.reads("report")


def test_a_talk_that_was_over_is_not_begun_again(desk, evening):
    evening.fills(12)
    evening.goes_to("meet")
    desk.press("end_talk")
    desk.press("go_on")
    desk.press("go_back")
    assert evening.step.kind == "meet"
    assert not evening.step.is_talking


def test_a_talk_that_was_broken_off_by_a_press_too_many_begins_anew(desk, evening):
    evening.fills(12)
    evening.goes_to("meet")
    desk.press("go_back")
    with moved(30):
        desk.press("go_on")
        assert evening.step.kind == "meet"
        assert evening.step.is_talking


def test_who_tells_a_plan_has_a_whole_minute_again_when_the_room_comes_back(desk, evening):
    step = evening.goes_to("share")
    desk.press("go_on")
    with moved(10):
        desk.press("go_back")
        assert evening.step == step
        assert step.rules.turn_ends_at(evening.step) > timezone.now()


def test_after_going_back_what_comes_next_has_a_time_to_come(desk, evening):
    evening.fills(12)
    evening.goes_to("figures")
    with moved(5):
        desk.press("go_back")
        meeting = desk.meeting
        lines = timetable(meeting, meeting.ordered_steps())
        now = next(line for line in lines if line.step == meeting.current)
        later = [line for line in lines if line.step.position > meeting.current.position]
        assert later[0].at == now.until
        assert all(one.until == other.at for one, other in pairwise(later))


def test_console_and_projector_name_the_same_next_part_after_a_skip(desk, evening):
    evening.fills(12)
    evening.goes_to("figures")
    desk.press("skip_this")
    desk.press("go_back")
    desk.press("go_back")
    assert evening.step.kind == "meet"
    desk.press("end_talk")
    screen = words(desk.client.get(f"/scherm/{desk.meeting.screen_token}/"))
    title = evening.meeting.steps.get(kind="figures").title
    assert f"daarna: {title}" in screen
    assert f"Straks: {title}" in desk.reads() or f"Straks {title}" in desk.reads()


def test_who_walks_in_late_is_not_put_alone_at_an_empty_table(evening):
    evening.joins("Ans")
    evening.starts()
    late = evening.joins("Bea", "huisarts")
    assert late.table.participants.count() == 2

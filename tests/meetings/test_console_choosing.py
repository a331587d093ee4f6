"""The console: closing votes, settling ties, and what came too late."""

import pytest

from samenwijk.live.presence import presence
from tests.meetings.console_pages import comes_to_ideas, words

pytestmark = pytest.mark.django_db


# Choosing -------------------------------------------------------------------------------------------------------------


def test_nobody_sees_a_total_before_closing_not_even_the_facilitator(desk, evening):
    people = evening.fills(6)
    evening.goes_to("themes")
    evening.everybody_dots(people)
    page = desk.reads()
    assert "6 van 6" in page
    assert "Gaat door" not in page
    desk.act(evening.step, "close")
    assert "Gaat door" in desk.reads()


def test_a_closed_vote_waits_for_phones_that_still_send(desk, evening):
    people = evening.fills(6)
    step = evening.goes_to("themes")
    evening.everybody_dots(people)
    room = desk.meeting.room
    presence.arrive(room.pk, "phone", "ans", "ans", pending=1)
    try:
        desk.act(step, "close")
        page = desk.reads()
        assert "De stemming is dicht" in page
        assert "1 telefoon stuurt nog een antwoord." in page
        assert "Gaat door" not in page
        desk.act(step, "reopen")
        assert "0 van 6" not in desk.reads()
        assert evening.step.choice.is_open
        desk.act(step, "close")
        desk.act(step, "show")
        assert "Gaat door" in desk.reads()
    finally:
        presence.forget(room.pk)


def test_a_shown_result_is_not_opened_again(desk, evening):
    step = evening.goes_to("themes")
    desk.act(step, "show")
    response = desk.client.post(desk.address("act", step.public_id, "reopen"), follow=True)
    assert "Deze stemming kan niet meer open." in words(response)


def test_the_number_of_themes_is_two_to_six(desk, evening):
    step = evening.goes_to("themes")
    desk.act(step, "number", number=4)
    assert evening.step.choice.places == 4
    desk.press("act", step.public_id, "number", number=9, status=422)
    assert evening.step.choice.places == 4


def tie_of_themes(evening):
    """Six people, three themes go on; two themes share the last place."""
    people = evening.fills(6)
    step = evening.goes_to("themes")
    options = [str(option.public_id) for option in step.choice.options.all()]
    for number, person in enumerate(people):
        evening.sends(person, "dots", {"options": [options[0], options[1], options[2 + number % 2]]})
    return step


def test_a_tie_is_settled_by_the_room_and_can_be_settled_again(desk, evening):
    step = tie_of_themes(evening)
    desk.act(step, "close")
    page = desk.reads()
    assert "Gelijke stand: de thema's" in page
    assert "Er is plaats voor 1." in page
    first, other = step.choice.ties()[0]
    among = [str(first.public_id), str(other.public_id)]
    desk.act(step, "settle", among=among, options=[str(first.public_id)])
    page = desk.reads()
    assert "Gelijke stand" not in page
    assert "beslist in de zaal" in page
    assert first.theme in [option.theme for option in step.choice.winners()]
    desk.act(step, "settle", among=among, options=[str(other.public_id)])
    assert other.theme in [option.theme for option in step.choice.winners()]
    assert first.theme not in [option.theme for option in step.choice.winners()]


def test_a_tie_is_still_there_to_settle_when_the_room_has_gone_on(desk, evening):
    step = tie_of_themes(evening)
    desk.press("go_on")
    assert evening.step.kind == "group"
    assert "Gelijke stand bij de thema's: laat de zaal beslissen." in desk.reads()
    first = step.choice.ties()[0][0]
    desk.act(step, "settle", among=[str(first.public_id)], options=[str(first.public_id)])
    assert desk.meeting.themes.get(theme=first.theme).chosen


def test_a_button_of_another_kind_does_nothing(desk, evening):
    step = evening.goes_to("meet")
    response = desk.client.post(desk.address("act", step.public_id, "close"), follow=True)
    assert "Deze knop hoort niet bij dit onderdeel." in words(response)


# Late -----------------------------------------------------------------------------------------------------------------


def test_what_came_late_is_seen_and_let_in_once(desk, evening):
    comes_to_ideas(evening)
    step = evening.step
    scribe = desk.meeting.tables.get(number=1).participants.first()
    evening.goes_on()
    evening.sends(scribe, "idea", {"title": "Soep op dinsdag", "what": ""}, as_table=True, step=step)
    assert "Te laat binnengekomen: 1." in desk.reads()
    page = desk.reads("late")
    assert "Soep op dinsdag" in page
    assert "Laat alsnog meetellen" in page
    late = desk.meeting.submissions.get(late=True)
    for _ in range(2):
        desk.press("let_in", author=str(late.author_id), sending=str(late.key))
    assert step.contributions.filter(take="idea", idea__title="Soep op dinsdag").count() == 1
    assert "telt mee" in desk.reads("late")
    assert "Te laat binnengekomen: 1" not in desk.reads()


def test_a_vote_that_came_late_never_counts(desk, evening):
    ans = evening.joins()
    step = evening.goes_to("themes")
    option = step.choice.options.first()
    evening.goes_on()
    evening.sends(ans, "dots", {"options": [str(option.public_id)]}, step=step)
    page = desk.reads("late")
    assert "telt niet mee" in page
    assert "Laat alsnog meetellen" not in page
    late = desk.meeting.submissions.get(late=True)
    response = desk.client.post(
        desk.address("let_in"), {"author": str(late.author_id), "sending": str(late.key)}, follow=True
    )
    assert "Dit kan niet meer meetellen." in words(response)

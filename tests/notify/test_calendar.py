"""Dates for one's own calendar."""

import datetime
import uuid
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from samenwijk.notify.calendar import appointment, whole_day

UID = uuid.UUID(int=7)


def events(content: bytes):
    return Calendar.from_ical(content).walk("VEVENT")


def test_a_first_step_is_a_whole_day_and_blocks_nothing():
    content = whole_day(
        uid=UID, title="Bel Ans; en Wim, samen", day=datetime.date(2026, 12, 1), url="https://x.example/"
    )
    (event,) = events(content)
    assert event["dtstart"].dt == datetime.date(2026, 12, 1)
    assert event["dtend"].dt == datetime.date(2026, 12, 2)
    assert event["transp"] == "TRANSPARENT"
    assert event["summary"] == "Bel Ans; en Wim, samen"


@pytest.mark.parametrize(("day", "utc_hour"), [(datetime.date(2027, 3, 27), 18), (datetime.date(2027, 3, 29), 17)])
def test_half_past_seven_stays_half_past_seven_over_the_clock_change(day, utc_hour):
    begin = datetime.datetime.combine(day, datetime.time(19, 30), ZoneInfo("Europe/Amsterdam"))
    assert begin.astimezone(datetime.UTC).hour == utc_hour
    content = appointment(
        uid=UID, title="Samen", starts_at=begin.astimezone(datetime.UTC), minutes=120, place="Buurthuis"
    )
    (event,) = events(content)
    assert event["dtstart"].dt.strftime("%H:%M") == "19:30"
    assert event["dtend"].dt.strftime("%H:%M") == "21:30"
    assert event["location"] == "Buurthuis"
    assert b"TZID=Europe/Amsterdam" in content
    assert b"BEGIN:VTIMEZONE" in content


def test_the_same_promise_keeps_its_place_in_the_calendar():
    first = whole_day(uid=UID, title="Bel", day=datetime.date(2026, 12, 1))
    later = whole_day(uid=UID, title="Bel toch later", day=datetime.date(2026, 12, 8))
    assert events(first)[0]["uid"] == events(later)[0]["uid"]


def test_lines_are_folded_and_a_newline_starts_no_new_property():
    content = whole_day(
        uid=UID, title="Regel\nATTENDEE:mailto:x@example.org " + "a" * 200, day=datetime.date(2026, 12, 1)
    )
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert b"\r\nATTENDEE" not in content

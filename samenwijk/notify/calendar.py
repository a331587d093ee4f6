"""Dates to put in one's own calendar (.ics)."""

import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

from samenwijk.notify.mail import File


def whole_day(*, uid: UUID, title: str, day: datetime.date, note: str = "", url: str = "") -> bytes:
    """A date without a time, such as the day of a first step: it blocks nobody's agenda."""
    event = _event(uid, title, note, url)
    event.add("dtstart", day)
    event.add("dtend", day + datetime.timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return _calendar(event)


def appointment(
    *,
    uid: UUID,
    title: str,
    starts_at: datetime.datetime,
    minutes: int,
    place: str = "",
    note: str = "",
    url: str = "",
) -> bytes:
    """A meeting, in the time of the Netherlands with its rules for summer time (VTIMEZONE)."""
    begin = starts_at.astimezone(ZoneInfo(settings.TIME_ZONE))
    event = _event(uid, title, note, url)
    event.add("dtstart", begin)
    event.add("dtend", (starts_at + datetime.timedelta(minutes=minutes)).astimezone(begin.tzinfo))
    if place:
        event.add("location", place)
    return _calendar(event)


def as_file(content: bytes, name: str = "afspraak.ics") -> File:
    return File(name, "text/calendar", content)


def _event(uid: UUID, title: str, note: str, url: str) -> Event:
    event = Event()
    event.add("uid", f"{uid}@samenwijk")
    event.add("dtstamp", timezone.now().astimezone(datetime.UTC))
    event.add("summary", title)
    if note:
        event.add("description", note)
    if url:
        event.add("url", url)
    return event


def _calendar(event: Event) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Samenwijk//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())

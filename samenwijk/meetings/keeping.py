"""A report is told again only when something happened: what was made for one reader is kept for the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache
from django.db.models import Max
from django.utils.translation import get_language

from samenwijk.journal.models import Entry
from samenwijk.meetings.models import Meeting

T = TypeVar("T")

# Some things are changed without an entry (a released sentence, a telephone number): these may be so many seconds old.
WHILE_RUNNING, AFTERWARDS = 5, 60


def kept(meeting: Meeting, what: str, make: Callable[[], T]) -> T:
    """What ``make`` gives, or what it gave before: until a frame in the meeting or an entry in the journal."""
    newest = Entry.objects.aggregate(pk=Max("pk"))["pk"]
    key = f"meeting.{meeting.pk}.{what}.{get_language()}.{meeting.room.seq}.{newest}"
    made: T | None = cache.get(key)
    if made is None:
        made = make()
        cache.set(key, made, AFTERWARDS if meeting.is_ended else WHILE_RUNNING)
    return made

"""What the projector shows at this moment: before the start, in a step (first talking), or after the end."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Func, IntegerField, OuterRef, Q, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from samenwijk.live import tickets
from samenwijk.meetings.models import Meeting, Participant, Step, Table
from samenwijk.meetings.models.meeting import MeetingQuerySet
from samenwijk.meetings.timetable import timetable
from samenwijk.meetings.walls import largest
from samenwijk.plans.models import Idea

WALKING = datetime.timedelta(minutes=2)
"""How long the projector shows who sits where, when a round begins."""
LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "::1"}
PHASES_IN_VIEW = 8
LETTERS_OF_A_QUESTION = (3.8, 2.8, 2.3, 1.9, 1.65, 1.45)
ACROSS_A_QUESTION, HIGH_A_QUESTION = 57.0, 6.5


@dataclass(frozen=True)
class Clock:
    """The ring timer: until when, out of how many seconds, and what comes then."""

    ends_at: datetime.datetime
    total: int
    note: str = ""


def with_counts(meetings: MeetingQuerySet) -> MeetingQuerySet:
    """The meeting with all that the projector needs of it, in one query."""
    present = Participant.objects.present().filter(meeting=OuterRef("pk"))
    ideas = Idea.objects.on_the_board().filter(contribution__step__meeting=OuterRef("pk"))
    return meetings.select_related("wijk", "room", "follow_up", "current__choice", "table_plan").annotate(
        present=Subquery(_count(present), output_field=IntegerField()),
        ideas=Subquery(_count(ideas), output_field=IntegerField()),
    )


def _count(rows: Any) -> Any:
    return rows.order_by().annotate(n=Func("pk", function="COUNT")).values("n")


def projection(meeting: Any) -> dict[str, Any]:
    """The whole picture, with the context of the step's kind; ``meeting`` comes from ``with_counts``."""
    steps = meeting.ordered_steps()
    step = next((one for one in steps if one.pk == meeting.current_id), None) if meeting.is_running else None
    shown = {
        "meeting": meeting,
        "wijk": meeting.wijk,
        "phases": phases(steps, step, meeting),
        "scene": _scene(meeting, step),
        "places": places_of(meeting) if step and _walks(meeting, step) else [],
        "present": meeting.present,
        "ideas_on_the_board": meeting.ideas,
        "lines": timetable(meeting, [one for one in steps if not one.skipped]),
    }
    return {**shown, **_of_step(step, steps)} if step else shown


def _scene(meeting: Meeting, step: Step | None) -> str:
    if meeting.is_ended:
        return "ended"
    if step is None:
        return "lobby"
    if _walks(meeting, step):
        return "places"
    return "talk" if step.is_talking and not step.rules.talks_about_its_picture else "step"


def _walks(meeting: Meeting, step: Step) -> bool:
    """Whether people are on their way to their table of this round: just after a step with new tables began."""
    return bool(meeting.seated_plan and step.mixes and step.entered_at and timezone.now() < step.entered_at + WALKING)


def places_of(meeting: Meeting) -> list[dict[str, Any]]:
    """Each table with the first names of who sits there."""
    people: dict[int, list[str]] = {}
    for one in Participant.objects.present().filter(meeting=meeting).exclude(table=None).order_by("first_name"):
        people.setdefault(one.table_id or 0, []).append(one.name)
    return [{"table": table, "names": people.get(table.pk, [])} for table in meeting.tables.select_related("theme")]


def _of_step(step: Step, steps: list[Step]) -> dict[str, Any]:
    following = next((one for one in steps if one.position > step.position and not one.is_left_out), None)
    seen = {} if step.is_talking and not step.rules.talks_about_its_picture else step.rules.screen(step)
    question = step.question or step.title
    people = Count("participants", filter=Q(participants__left_at=None))
    return {
        "step": step,
        "question": question,
        "question_size": size_of(question),
        "clock": _minute(seen) or _clock(step, following),
        "after_talk": step.rules.after_talk,
        "tables": list(Table.objects.filter(meeting=step.meeting).select_related("theme").annotate(seated=people)),
        "positions": dict(step.meeting.themes.values_list("theme_id", "position")),
        "turns_at": _turns_at(step),
        "kind_template": step.rules.template("screen"),
        **seen,
    }


def _turns_at(step: Step) -> datetime.datetime | None:
    """When the picture changes by itself: people sit at their new table, or have talked long enough."""
    if step.entered_at and _walks(step.meeting, step):
        return step.entered_at + WALKING
    return step.talk_until if step.is_talking else None


def _clock(step: Step, following: Step | None) -> Clock | None:
    after = _("daarna: %(step)s") % {"step": following.title} if following else _("daarna gaan we naar huis")
    if step.is_talking and step.talk_until:
        return Clock(step.talk_until, step.talk_minutes * 60, _("eerst praten, telefoon weg"))
    return Clock(step.ends_at, max(step.minutes, 1) * 60, after) if step.ends_at else None


def _minute(seen: dict[str, Any]) -> Clock | None:
    """A kind whose ``screen`` says `since` and `seconds` gives somebody the floor, with a clock of its own."""
    since, seconds = parse_datetime(seen.get("since") or ""), seen.get("seconds")
    return Clock(since + datetime.timedelta(seconds=seconds), seconds, _("spreektijd")) if since and seconds else None


def size_of(question: str) -> str:
    """How large a question can stand in its place, so that the longest one is never cut."""
    return f"s{largest(LETTERS_OF_A_QUESTION, question, ACROSS_A_QUESTION, HIGH_A_QUESTION) * 100:.0f}"


def phases(steps: list[Step], current: Step | None, meeting: Meeting) -> list[dict[str, str]]:
    """The evening in a few words: steps of the same phase in a row are one. A long evening shows where we are."""
    there = [one for one in steps if not one.skipped or one == current]
    merged = [(label, list(group)) for label, group in groupby(there, key=lambda one: str(one.rules.phase))]
    now = next((place for place, (_label, group) in enumerate(merged) if current in group), None)
    states = [_state(place, now, meeting) for place in range(len(merged))]
    shown = [{"label": label, "state": state} for (label, _group), state in zip(merged, states, strict=True)]
    first = max(0, min((now or 0) - 2, len(shown) - PHASES_IN_VIEW))
    return shown[first : first + PHASES_IN_VIEW]


def _state(place: int, now: int | None, meeting: Meeting) -> str:
    if now is None:
        return "done" if meeting.is_ended else "todo"
    return "now" if place == now else "done" if place < now else "todo"


def way_in(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """How phones join and how this page stays live. Phones cannot reach our loopback address: then the host asked."""
    base = urlsplit(settings.BASE_URL)
    origin = f"{request.scheme}://{request.get_host()}" if base.hostname in LOOPBACK else settings.BASE_URL
    return {
        "join_url": origin + reverse("meetings:qr", args=[meeting.join_token]),
        "join_host": urlsplit(origin).netloc + reverse("meetings:join").rstrip("/"),
        "join_code": meeting.join_code,
        "ticket": tickets.issue(meeting.room, "screen"),
        "board_asked": _number(request.GET.get("bord", "")),
        "now": timezone.now(),
    }


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 1

"""The script against the clock: when each step was, is, or will be."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from samenwijk.meetings.models import Meeting, Step


@dataclass(frozen=True)
class Line:
    """One step with the time at which it begins (or began) and ends."""

    step: Step
    at: datetime.datetime
    until: datetime.datetime
    state: str

    @property
    def up_id(self) -> str:
        """The ids of its buttons on the page, so that the keyboard stays where it was."""
        return f"eerder-{self.step.public_id}"

    @property
    def down_id(self) -> str:
        return f"later-{self.step.public_id}"

    @property
    def out_id(self) -> str:
        return f"uit-{self.step.public_id}"

    @property
    def is_coming(self) -> bool:
        return self.state == "todo"


def timetable(meeting: Meeting, steps: Iterable[Step]) -> list[Line]:
    """The steps in order. What was has its own time; what comes follows on the running step, longer or shorter."""
    lines: list[Line] = []
    clock = meeting.started_at or meeting.starts_at
    for step in steps:
        state = state_of(meeting, step)
        if state == "now" or (state == "done" and not _comes_again(meeting, step)):
            begin = step.entered_at or clock
            end = (step.left_at if state == "done" else _expected(step)) or begin
        else:
            begin = max(clock, timezone.now()) if meeting.is_running and state != "skipped" else clock
            end = begin if state == "skipped" else begin + datetime.timedelta(minutes=step.minutes)
        lines.append(Line(step, begin, end, state))
        clock = end if state != "skipped" else clock
    return lines


def state_of(meeting: Meeting, step: Step) -> str:
    """done, now, todo or skipped: a step that was played and came back into the future by going back is done."""
    if meeting.is_running and step.pk == meeting.current_id:
        return "now"
    if step.skipped:
        return "skipped"
    return "done" if step.entered_at else "todo"


def _comes_again(meeting: Meeting, step: Step) -> bool:
    """The room went back: what comes after is held once more, at a new time."""
    return bool(meeting.is_running and meeting.current and step.position > meeting.current.position)


def _expected(step: Step) -> datetime.datetime | None:
    """The running step ends as planned, or is ending now when its time is over."""
    return max(step.ends_at, timezone.now()) if step.ends_at else None

"""What happens by itself in running meetings: a closed vote is shown when nothing is on its way any more."""

from __future__ import annotations

from samenwijk.live.writer import write
from samenwijk.meetings.models import Step


def ripen_all() -> None:
    for step in Step.objects.filter(choice__closed_at__isnull=False, choice__shown_at=None).select_related(
        "meeting__room", "meeting__wijk", "choice"
    ):
        write(lambda step=step: _ripen(step))  # type: ignore[misc]


def _ripen(step: Step) -> None:
    step.meeting.hold()
    step.rules.ripen(step)

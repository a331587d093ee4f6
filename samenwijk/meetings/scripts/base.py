"""What a script is before a wijk copies it: its steps, the themes it begins with, and what to prepare."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from samenwijk.meetings.kinds import kind


@dataclass(frozen=True)
class Script:
    """A shipped template: its steps are written out when it is copied.

    `themes` stand on the table from the start, `tables` is how many it suits, and `preparation` is what an organiser
    does before the evening.
    """

    slug: str
    title: str | Promise
    description: str | Promise
    steps: Callable[[], list[dict[str, Any]]]
    preparation: tuple[str | Promise, ...]
    themes: tuple[str | Promise, ...] = ()
    tables: int = 6

    @property
    def minutes(self) -> int:
        return sum(step["minutes"] for step in self.steps())

    @property
    def rows(self) -> list[dict[str, Any]]:
        return self.steps()


def part(
    slug: str,
    minutes: int,
    *,
    title: str | Promise = "",
    question: str | Promise = "",
    talk: int | None = None,
    **settings: Any,
) -> dict[str, Any]:
    """One step of a script; what is not said is the kind's own default."""
    rules = kind(slug)
    return {
        "kind": slug,
        "title": str(title or rules.title),
        "question": str(question or rules.question),
        "minutes": minutes,
        "talk_minutes": rules.talk_minutes if talk is None else talk,
        "settings": {**rules.settings_of_the_kind, **settings},
    }

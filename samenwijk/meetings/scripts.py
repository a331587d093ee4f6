"""The scripts that come with the product, in the language of whoever copies one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samenwijk.meetings.kinds import kind


@dataclass(frozen=True)
class Script:
    """A shipped template: its steps are written out when it is copied."""

    slug: str
    title: str | Promise
    description: str | Promise
    steps: Callable[[], list[dict[str, Any]]]

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


def two_hours() -> list[dict[str, Any]]:
    return [
        part("welcome", 10),
        part("meet", 15),
        part("figures", 20),
        part("themes", 5),
        part("group", 20),
        part("break", 10),
        part("vote", 5),
        part("plan", 15),
        part("share", 10),
        part("close", 10),
    ]


def asking_everybody(minutes: int) -> dict[str, Any]:
    return part("welcome", minutes, asks=True, question=_("Waarom ben jij hier vanavond?"))


def dreaming(minutes: int) -> dict[str, Any]:
    """A round for the dream alone; the ideas have a round of their own later."""
    question = _("Wat is onze droom voor de wijk?")
    return part("group", minutes, title=_("Dromen"), question=question, talk=12, asks_ideas=False)


def finding_ideas(minutes: int) -> dict[str, Any]:
    return part("group", minutes, title=_("Ideeën"), question=_("Hoe maken we die droom waar?"), asks_dream=False)


def three_hours() -> list[dict[str, Any]]:
    return [
        asking_everybody(15),
        part("meet", 20),
        part("figures", 25),
        part("themes", 10),
        dreaming(30),
        part("break", 15),
        finding_ideas(25),
        part("vote", 10),
        part("plan", 15),
        part("share", 10),
        part("close", 5),
    ]


def four_hours() -> list[dict[str, Any]]:
    return [
        asking_everybody(20),
        part("meet", 25),
        part("figures", 30),
        part("themes", 10),
        dreaming(30),
        part("break", 40, title=_("Samen eten")),
        finding_ideas(25),
        part("break", 10),
        part("vote", 10),
        part("plan", 20),
        part("share", 10),
        part("close", 10),
    ]


SHIPPED: dict[str, Script] = {
    script.slug: script
    for script in (
        Script(
            "samenwerksessie-120",
            _("Samenwerksessie, 2 uur"),
            _("Kennismaken, cijfers, dromen, kiezen en afspreken op één avond."),
            two_hours,
        ),
        Script(
            "samenwerksessie-180",
            _("Samenwerksessie, 3 uur"),
            _("Met een ronde om te dromen en een ronde voor ideeën."),
            three_hours,
        ),
        Script(
            "samenwerksessie-240",
            _("Samenwerksessie, 4 uur"),
            _("Een dagdeel, met samen eten halverwege."),
            four_hours,
        ),
    )
}

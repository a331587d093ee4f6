"""The ways of choosing in words: what each is called, how it works, and how its result is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samenwijk.plans.models import Choice, ChoiceOption

Words = str | Promise
Form = Choice.Form
MANY_IDEAS = 8
SEATS = 9
"""So many ideas go on with a fair share over all themes, unless the script says otherwise."""


@dataclass(frozen=True)
class Way:
    title: Words
    how: Words
    phone: Words


WAYS: dict[str, Way] = {
    Form.DOTS: Way(
        gettext_lazy("Stippen"),
        gettext_lazy("Iedereen zet een paar stippen. De top-3 van elk thema gaat door. Dit begrijpt elke zaal."),
        "",
    ),
    Form.APPROVAL: Way(
        gettext_lazy("Alles wat je goed vindt"),
        gettext_lazy("Iedereen kiest alle ideeën die hij steunt. De top-3 van elk thema gaat door."),
        gettext_lazy("Kies alles wat jij goed vindt. Niemand ziet wat jij kiest. Je mag wisselen tot we sluiten."),
    ),
    Form.SCORE: Way(
        gettext_lazy("Punten van 1 tot 5"),
        gettext_lazy(
            "Iedereen geeft elk idee 1 tot 5 punten. Kies dit bij meer dan acht ideeën: dan vindt een zaal de beste "
            "drie in 83 van de 100 avonden, met stippen in 62. En het is minder vaak gelijk."
        ),
        gettext_lazy(
            "Geef punten: 1 is weinig, 5 is veel. Niemand ziet wat jij kiest. Je mag wisselen tot we sluiten."
        ),
    ),
    Form.SHARES: Way(
        gettext_lazy("Eerlijke verdeling over alle thema's"),
        gettext_lazy(
            "Iedereen kiest alles wat hij goed vindt. Elke groep mensen die het eens is, krijgt haar deel van de "
            "plaatsen, ook een kleine groep. Papier voer je dan in per persoon."
        ),
        gettext_lazy("Kies alles wat jij goed vindt. Niemand ziet wat jij kiest. Je mag wisselen tot we sluiten."),
    ),
}


def way_choices() -> list[tuple[str, Words]]:
    return [(form, way.title) for form, way in WAYS.items()]


def unit(choice: Choice, number: int) -> str:
    """What the numbers of this choice are: dots, people or points."""
    if choice.is_scored:
        return ngettext("punt", "punten", number)
    if choice.counts_stickers:
        return ngettext("stip", "stippen", number)
    return ngettext("mens", "mensen", number)


def said(choice: Choice, option: ChoiceOption) -> str:
    points = option.points or 0
    return f"{points} {unit(choice, points)}"


def units(choice: Choice) -> tuple[str, str]:
    return unit(choice, 1), unit(choice, 2)


def why(choice: Choice, option: ChoiceOption, among: Iterable[ChoiceOption]) -> str:
    """One sentence on why this goes on: how many people support it, and where a plain count would put it."""
    if not choice.is_shared or option.place is None:
        return ""
    people = option.supporters or 0
    support = ngettext("%(n)s mens steunt dit.", "%(n)s mensen steunen dit.", people) % {"n": people}
    plain = 1 + sum((other.points or 0) > (option.points or 0) for other in among)
    return support + " " + _("Bij gewoon tellen: plaats %(place)s.") % {"place": plain}


def tie_in_words(option: ChoiceOption) -> str:
    """What became of a tie: the room decides, the room decided, or the order on the board did."""
    if not option.tied:
        return ""
    if option.by_order:
        return (
            _("gelijk: wie eerst op het bord stond, gaat door")
            if option.chosen
            else _("gelijk: wie eerst op het bord stond, ging voor")
        )
    if option.chosen is None:
        return _("gelijk, de zaal beslist")
    return _("gelijk, beslist in de zaal: gaat door") if option.chosen else _("gelijk, beslist in de zaal: nu niet")


GROUPS: dict[str, Words] = {"resident": gettext_lazy("bewoners"), "professional": gettext_lazy("professionals")}


@dataclass(frozen=True)
class GroupSupport:
    """The groups of a result for the facilitator: heads with their number of voters, and lines with shares."""

    heads: list[str]
    few_residents: int
    few_professionals: int
    lines: dict[int, list[str]]
    lowest: dict[int, str]

    def beside(self, option: ChoiceOption) -> list[tuple[str, str]]:
        """(group, share) for one option; nothing that an idea without any vote."""
        return list(zip(self.heads, self.lines.get(option.pk, ["0%"] * len(self.heads)), strict=True))


def group_support(choice: Choice) -> GroupSupport:
    """Empty heads when a group has one or two voters: then nobody's choice may be shown apart."""
    found = choice.support()
    few = {group: found.voters[group] for group in found.small}
    heads = [f"{GROUPS.get(group, group)} ({found.voters[group]})" for group in found.shares]
    lines: dict[int, list[str]] = {}
    for shares in found.shares.values():
        for option, share in shares.items():
            lines.setdefault(option, []).append(f"{round(share * 100)}%")
    lowest = {
        option: _("minst bij %(group)s") % {"group": GROUPS.get(group, group)}
        for option, (share, group) in found.lowest().items()
        if share < 0.25
    }
    return GroupSupport(heads, few.get("resident", 0), few.get("professional", 0), lines, lowest)

"""What hangs on the projector's wall, as cards: ideas and dreams, options and results, plans, answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenwijk.meetings.board import Column
from samenwijk.meetings.models import Contribution, Table
from samenwijk.meetings.timetable import Line
from samenwijk.meetings.walls import Card, Group, lines
from samenwijk.meetings.ways import tie_in_words, unit
from samenwijk.plans.models import ChoiceOption, Idea, Partner, Plan
from samenwijk.ui.clock import NO_BREAK, day

Positions = Mapping[int, int]


# The board


def of_board(columns: Iterable[Column], dreams: Iterable[Contribution] = ()) -> list[Group]:
    """Each theme with the dreams of its tables and then its ideas; dreams without a theme come first."""
    columns, dreams = list(columns), list(dreams)
    themes = {column.meeting_theme.theme_id for column in columns}
    loose = [dream_card(dream) for dream in dreams if _theme_of(dream) not in themes]
    groups = [Group(loose, _("Onze dromen"), None)] if loose else []
    for column in columns:
        own = [dream_card(dream) for dream in dreams if _theme_of(dream) == column.meeting_theme.theme_id]
        groups.append(Group([*own, *map(idea_card, column.ideas)], column.title, column.position))
    return groups


def _theme_of(dream: Contribution) -> int | None:
    return dream.table.theme_id if dream.table else None


def dream_card(dream: Contribution) -> Card:
    return Card(
        f"“{dream.text}”", tail=_unbroken(dream.table) if dream.table else "", css="wall-card--dream", narrow=True
    )


def idea_card(idea: Idea) -> Card:
    return Card(idea.title, tail=_tail_of(idea))


def _tail_of(idea: Idea) -> str:
    """Where an idea comes from: its table, or how many ideas it was put together from."""
    parents = len(idea.parents.all())
    if parents:
        return _unbroken(ngettext("uit %(n)s idee", "uit %(n)s ideeën", parents) % {"n": parents})
    contribution = getattr(idea, "contribution", None)
    return _unbroken(contribution.table) if contribution and contribution.table else ""


def _unbroken(words: Any) -> str:
    return str(words).replace(" ", NO_BREAK)


@dataclass(frozen=True)
class TableStatus:
    """What a table in use has on the board, in words: what is there, never what is missing."""

    table: Table
    words: str
    busy: bool


def table_statuses(
    tables: Iterable[Table], columns: Iterable[Column], dreams: Iterable[Contribution]
) -> list[TableStatus]:
    dreaming = {dream.table_id for dream in dreams}
    ideas: Counter[Any] = Counter()
    for column in columns:
        for idea in column.ideas:
            ideas.update({one.author_id for one in (idea, *idea.parents.all())})
    return [
        _status(table, ideas[table.public_id], table.pk in dreaming)
        for table in tables
        if table.seated or ideas[table.public_id] or table.pk in dreaming  # type: ignore[attr-defined]
    ]


def _status(table: Table, ideas: int, dreams: bool) -> TableStatus:
    words = [_("droom")] if dreams else []
    if ideas:
        words.append(ngettext("%(n)s idee", "%(n)s ideeën", ideas) % {"n": ideas})
    return TableStatus(table, _(" en ").join(words) or _("in gesprek"), not words)


# Choosing


def of_options(options: Iterable[ChoiceOption], positions: Positions) -> list[Group]:
    """What people can choose from, without any number."""
    themes: list[Card] = []
    by_theme: dict[Any, list[Card]] = {}
    for option in options:
        if option.theme is not None:
            position = positions.get(option.theme_id or 0)
            themes.append(Card(option.theme.title, is_theme=True, position=position))
        elif option.idea is not None:
            by_theme.setdefault(option.idea.theme, []).append(Card(option.idea.title))
    groups = [Group(cards, theme.title, positions.get(theme.pk)) for theme, cards in by_theme.items()]
    groups.sort(key=lambda group: 99 if group.position is None else group.position)
    return [Group(themes), *groups] if themes else groups


def of_results(results: Sequence[Mapping[str, Any]], positions: Positions, places: int) -> list[Group]:
    """Themes: all of them, ranked. Ideas: the first places of each theme, and who is equal at the edge."""
    groups = []
    for contest in results:
        theme, options = contest["theme"], contest["options"]
        most = max([option.points or 0 for option in options] + [1])
        shared = contest.get("shared", False)
        if theme is not None or shared:
            options = [option for option in options if option.tied or option.narrow or (option.place or 99) <= places]
        cards = [_result(option, positions, most) for option in options]
        title = theme.title if theme else _("Alle thema's samen") if shared else ""
        groups.append(Group(cards, title, positions.get(theme.pk) if theme else None))
    return groups


def _result(option: ChoiceOption, positions: Positions, most: int) -> Card:
    badge, kind = _verdict(option)
    why = getattr(option, "why", "")
    points = option.points or 0
    return Card(
        str(option),
        badge=badge,
        badge_kind=kind,
        css="" if option.chosen or (option.tied and option.chosen is None) else "wall-card--rest",
        is_theme=option.theme is not None,
        position=positions.get((option.idea.theme_id if option.idea else option.theme_id) or 0),
        place=option.place,
        number=points,
        share=round(1000 * points / most),
        unit=unit(option.choice, points),
        note=why,
    )


def _verdict(option: ChoiceOption) -> tuple[str, str]:
    """Ties are shown, and people settle them: the result keeps saying so."""
    if option.tied:
        return tie_in_words(option), "now" if option.chosen is None else "done" if option.chosen else "neutral"
    if option.narrow:
        return (_("nipt: gaat door") if option.chosen else _("nipt: net niet")), "neutral"
    # A theme says that it goes on; ideas in the top 3 do so by standing there.
    return (_("gaat door"), "done") if option.chosen and option.theme else ("", "neutral")


# Plans and answers


def of_plans(rows: Iterable[Mapping[str, Any]], positions: Positions) -> list[Group]:
    by_theme: dict[Any, list[Card]] = {}
    for row in rows:
        by_theme.setdefault(row["idea"].theme, []).append(_plan(row))
    return [Group(cards, theme.title, positions.get(theme.pk)) for theme, cards in by_theme.items()]


def _plan(row: Mapping[str, Any]) -> Card:
    action = row["action"]
    if row["owner"] is None or action is None:
        return Card(row["idea"].title, badge=_("Wie trekt dit?"), badge_kind="now", css="wall-card--open")
    return Card(
        row["idea"].title,
        lead=_("%(name)s trekt dit.") % {"name": row["owner"].first_name},
        note=_("%(step)s (klaar op %(day)s)") % {"step": action.first_step, "day": day(action.due)},
        css="wall-card--taken",
    )


def of_answers(answers: Iterable[Contribution]) -> list[Group]:
    return [Group([Card(answer.text, css="wall-card--answer", narrow=True) for answer in answers])]


def of_notes(notes: Iterable[Mapping[str, Any]]) -> list[Group]:
    """Notes on their piles, each with its further fields and the answers that hang on it."""
    piles: dict[tuple[str, int | None], list[Card]] = {}
    for one in notes:
        note = one["note"]
        further = [*(text for _label, text in one["more"]), *(reply.text for reply in one.get("replies", ()))]
        tail = _unbroken(note.table) if note.table else ""
        card = Card(note.text, tail=tail, note=" · ".join(further), css="wall-card--answer", narrow=True)
        piles.setdefault((str(one["group"]), one.get("position")), []).append(card)
    return [Group(cards, title, position) for (title, position), cards in piles.items()]


def of_promises(rows: Iterable[Mapping[str, Any]]) -> list[Group]:
    """What was promised before, who promised it, and how it stands where the room heard so."""
    cards = []
    for row in rows:
        action, how = row["action"], str(row["how"])
        kind = "done" if how and action.status != "open" else "now"
        note = " · ".join(filter(None, (action.plan.title, row["outcome"])))
        cards.append(Card(action.first_step, lead=str(action.owner), note=note, badge=how, badge_kind=kind))
    return [Group(cards)]


# Sharing


MOST_NAMES = 14


@dataclass(frozen=True)
class Helpers:
    """Who said yes to one kind of help: some names, and how many more."""

    title: str
    names: str
    more: int


def helpers_of(plan: Plan) -> list[Helpers]:
    """Who helps, and who knows somebody; each told once, in the order in which they said yes."""
    offers = (
        (Partner.Offer.HELP, _("Helpen mee")),
        (Partner.Offer.KNOWS, _("Kennen iemand")),
    )
    found = []
    for offer, title in offers:
        names = [partner.person.first_name for partner in plan.partners.all() if partner.offer == offer]
        if names:
            found.append(Helpers(title, ", ".join(names[:MOST_NAMES]), max(0, len(names) - MOST_NAMES)))
    return found


# Title and facts of a plan that is told: the largest pair with which everything stands in its place.
LETTERS_OF_A_PLAN = ((4.2, 1.9), (3.4, 1.7), (2.7, 1.5), (2.1, 1.35), (1.7, 1.25), (1.4, 1.1), (1.2, 1.0))
ACROSS_A_PLAN, ACROSS_A_FACT, HIGH_A_PLAN = 51.0, 40.0, 26.5


def size_of_plan(plan: Plan) -> int:
    """The number of the pair of letter sizes; the styles know it as `told--3`."""
    facts = [f"{plan.owner or ''}, {plan.owner.organisation if plan.owner else ''}", str(plan.action or ""), "12"]
    theme = lines(plan.idea.theme.title, 1.4, 38.0) * 1.7 + 1.2
    for number, (title, fact) in enumerate(LETTERS_OF_A_PLAN, 1):
        high = theme + lines(plan.title, title, ACROSS_A_PLAN) * title * 1.14 + 1.2
        high += sum(lines(text, fact, ACROSS_A_FACT) * fact * 1.22 + 0.9 for text in facts)
        if high <= HIGH_A_PLAN:
            return number
    return len(LETTERS_OF_A_PLAN)


# The programme

LETTERS_OF_A_PROGRAMME = (1.75, 1.5, 1.25, 1.05)
ACROSS_A_PROGRAMME, HIGH_A_PROGRAMME = 29.0, 25.6


@dataclass(frozen=True)
class Programme:
    """The evening with its times; of a very long one the part around now."""

    lines: Sequence[Line]
    css: str


def programme_of(coming: Sequence[Line]) -> Programme:
    now = next((number for number, line in enumerate(coming) if line.state == "now"), 0)
    window = list(coming)
    while True:
        for size in LETTERS_OF_A_PROGRAMME:
            across = ACROSS_A_PROGRAMME - 3.9 * size
            high = sum(lines(line.step.title, size, across) * size * 1.2 + 0.6 for line in window)
            if high <= HIGH_A_PROGRAMME or len(window) == 1:
                return Programme(window, f"programme--s{size * 100:.0f}")
        window = list(coming)[max(0, min(now - 1, len(coming) - len(window) + 1)) :][: len(window) - 1]

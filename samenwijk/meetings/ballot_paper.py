"""The options of a choice as one voter sees them: by theme, in an order that is the voter's own and stays the same."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from textwrap import shorten
from typing import Any

from samenwijk.meetings import ways
from samenwijk.plans.models import Choice, ChoiceOption, Idea

SHOWN = (
    *("public_id", "choice", "position", "theme__title", "idea__title", "idea__what", "idea__theme__title"),
    *("idea__merged_into", "idea__hidden_at", "idea__withdrawn_at"),
)
LONG = 160
"""More letters than this stand below the ballot, so that the ballot itself stays short."""


@dataclass(frozen=True)
class Line:
    """One thing to put a dot on."""

    value: str
    label: str
    what: str
    theme: str
    position: int
    checked: bool
    score: int = 0

    @property
    def score_name(self) -> str:
        return score_name(self.value)

    @property
    def short(self) -> str:
        """On one line: what was put together from several ideas keeps them apart with a dot."""
        what = " · ".join(line.strip() for line in self.what.splitlines() if line.strip())
        return shorten(what, LONG, placeholder=" …")

    @property
    def is_long(self) -> bool:
        return len(self.what) > LONG


def score_name(option: object) -> str:
    """The name of the field in which an option gets its points."""
    return f"score-{option}"


@dataclass
class Group:
    """The lines of one theme; themes themselves stand together in one group without a title."""

    title: str
    position: int
    lines: list[Line] = field(default_factory=list)


def groups(choice: Choice, positions: dict[int, int], voter: uuid.UUID, chosen: Mapping[str, int]) -> list[Group]:
    """What is on the board now. A dot on an idea that was merged since is a dot on what it became."""
    options = list(choice.options.select_related("theme", "idea__theme").only(*SHOWN))
    dotted = _dotted(options, chosen)
    found: dict[int, Group] = {}
    for option in sorted(options, key=lambda option: _own_order(voter, option)):
        idea = option.idea
        theme = idea.theme if idea else option.theme
        if theme is None or not _on_the_board(option):
            continue
        position = positions.get(theme.pk, 0)
        group = found.setdefault(theme.pk if idea else 0, Group(theme.title if idea else "", position))
        label, what = (idea.title, idea.what) if idea else (theme.title, "")
        group.lines.append(
            Line(
                str(option.public_id),
                label,
                what,
                theme.title,
                position,
                checked=str(option.public_id) in dotted,
                score=dotted.get(str(option.public_id), 0),
            )
        )
    return sorted(found.values(), key=lambda group: group.position)


def _on_the_board(option: ChoiceOption) -> bool:
    idea = option.idea
    return idea is None or not (idea.merged_into_id or idea.hidden_at or idea.withdrawn_at)


def _dotted(options: Iterable[ChoiceOption], chosen: Mapping[str, int]) -> dict[str, int]:
    """The options that got something, each idea replaced by what it was merged into."""
    by_idea: dict[int | None, ChoiceOption] = {option.idea_id: option for option in options if option.idea_id}
    dotted: dict[str, int] = {}
    for option in options:
        if value := chosen.get(str(option.public_id)):
            now = _stands_for(option.idea, by_idea) if option.idea else option
            name = str((now or option).public_id)
            dotted[name] = max(value, dotted.get(name, 0))
    return dotted


def _stands_for(idea: Idea, by_idea: dict[int | None, ChoiceOption]) -> ChoiceOption | None:
    seen: set[int] = set()
    while idea.merged_into_id and idea.merged_into_id in by_idea and idea.pk not in seen:
        seen.add(idea.pk)
        following = by_idea[idea.merged_into_id].idea
        if following is None:
            break
        idea = following
    return by_idea.get(idea.pk)


def _own_order(voter: uuid.UUID, option: ChoiceOption) -> bytes:
    """Nobody's idea stands on top for everybody, and for one voter nothing moves when something is added."""
    return hashlib.sha256(voter.bytes + option.public_id.bytes).digest()


@dataclass(frozen=True)
class Placed:
    """One line of a result; `said` is its number in words, `why` the sentence with a fair share."""

    label: str
    place: int
    said: str
    position: int
    tied: bool
    chosen: bool
    narrow: bool
    why: str
    theme: str
    tie: str


@dataclass(frozen=True)
class Contest:
    """The result among ideas of one theme, among the themes or among all ideas: who goes on, and everybody else."""

    title: str
    position: int
    top: list[Placed]
    others: list[Placed]
    open_tie: bool
    settled: bool
    shared: bool
    narrow: bool


def contests(choice: Choice | None, ranked: Iterable[dict[str, Any]], positions: dict[int, int]) -> list[Contest]:
    """A kind's results, best first, as a phone tells them: the first places with their ties, the rest apart."""
    return [_contest(choice, one, positions) for one in ranked] if choice else []


def _contest(choice: Choice, one: dict[str, Any], positions: dict[int, int]) -> Contest:
    options: list[ChoiceOption] = [option for option in one["options"] if _on_the_board(option)]
    in_front = [option for option in options if option.place is not None]
    rest = [option for option in options if option.place is None]
    theme = one["theme"]
    return Contest(
        title=theme.title if theme else "",
        position=positions.get(theme.pk, 0) if theme else 0,
        top=[_placed(choice, option, options, positions) for option in in_front],
        others=[_placed(choice, option, options, positions) for option in rest],
        open_tie=any(option.tied and option.chosen is None for option in options),
        settled=any(option.settled_in_the_room for option in options),
        shared=choice.is_shared,
        narrow=any(option.narrow for option in options),
    )


def _placed(choice: Choice, option: ChoiceOption, among: list[ChoiceOption], positions: dict[int, int]) -> Placed:
    theme = option.idea.theme if option.idea else option.theme
    return Placed(
        label=str(option),
        place=option.place or 0,
        said=ways.said(choice, option),
        position=positions.get(theme.pk if theme else 0, 0),
        tied=option.tied,
        chosen=bool(option.chosen),
        narrow=option.narrow,
        why=ways.why(choice, option, among),
        theme=theme.title if theme else "",
        tie=ways.tie_in_words(option) if option.by_order else "",
    )

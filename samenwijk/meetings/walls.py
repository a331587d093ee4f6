"""Hangs cards of any length on the projector's wall: as large as fits, and on a next board what does not fit.

Nothing scrolls and nothing is cut, so the room that a text takes is worked out here, on the careful side.
Everything is in units of a hundredth of the screen's width (`--u` in the styles): the projector shows the same
picture at 1920x1080 and at 1280x800.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

LINE, NOTE_LINE = 1.2, 1.35
NOTE, TAIL, HEAD = 1.15, 0.75, 1.4
PADDING, GAP, GUTTER = 0.6, 0.6, 1.6
EDGE, PLACE, NUMBER = 3.2, 3.2, 4.2
BADGE = 2.7

# The width of letters in em: the widest of the faces we use, so that a line is never longer than we think.
NARROW, SLIM, WIDE = set(" .,:;'‘’!|iIjl"), set('ftrJ1-()[]/"“”'), set("mwMW@%—…")
WIDTHS = {"narrow": 0.31, "slim": 0.44, "wide": 0.97, "capital": 0.75, "ideograph": 1.15, "other": 0.61}


@dataclass(frozen=True)
class Card:
    """One thing on the wall. `tail` stands small behind the title, `note` below it, `badge` in a pill."""

    title: str
    tail: str = ""
    note: str = ""
    badge: str = ""
    badge_kind: str = "neutral"
    css: str = ""
    theme: str = ""
    position: int | None = None
    place: int | None = None
    number: int | None = None
    share: int = 0
    unit: str = ""
    thing: Any = None

    def height(self, size: float, across: float) -> float:
        room = across - EDGE - (PLACE if self.place else 0) - (NUMBER if self.number is not None else 0)
        high = lines(self.title, size, room, self.tail) * size * LINE
        if self.note:
            high += lines(self.note, NOTE, room) * NOTE * NOTE_LINE + 0.4
        if self.badge or self.theme:
            high += BADGE
        return high + 2 * PADDING + 0.2


@dataclass(frozen=True)
class Group:
    """Cards that belong together, below one heading (or below none)."""

    cards: Sequence[Card]
    title: str = ""
    position: int | None = None
    note: str = ""

    def heading(self, across: float) -> float:
        if not self.title:
            return 0.0
        high = lines(self.title, HEAD, across - 3.0) * HEAD * LINE + 0.3 + GAP
        return high + (lines(self.note, NOTE, across) * NOTE * NOTE_LINE if self.note else 0.0)


@dataclass
class Part:
    """The cards of one group that hang in one column; `continued` when the group began before."""

    group: Group
    cards: list[Card] = field(default_factory=list)
    continued: bool = False


Column = list[Part]


@dataclass(frozen=True)
class Wall:
    """What hangs: boards of columns, all of one letter size."""

    boards: list[list[Column]]
    columns: int
    size: float

    @property
    def css(self) -> str:
        return f"wall--{self.columns} wall--s{self.size * 100:.0f}"

    @cached_property
    def is_empty(self) -> bool:
        return not any(part.cards for board in self.boards for column in board for part in column)


SIZES = (2.2, 1.8, 1.5, 1.35)
SIZES_OF_MORE_BOARDS = (1.5, 1.35, 1.25)


def hang(
    groups: Sequence[Group], *, across: float, high: float, most_columns: int = 4, at_best: int | None = None
) -> Wall:
    """The largest letters with which everything fits on one board; else as few boards as possible.

    `at_best` is the number of columns to try first; without it, one for each theme.
    """
    groups = [group for group in groups if group.cards]
    for size in SIZES:
        for columns in _numbers_of_columns(groups, across, size, most_columns, at_best):
            fitted = _one_board(groups, columns, size, across, high)
            if fitted is not None:
                return Wall([fitted], columns, size)
    return min(_more_boards(groups, across, high, most_columns), key=lambda wall: len(wall.boards))


def _more_boards(groups: Sequence[Group], across: float, high: float, most_columns: int) -> Iterator[Wall]:
    for size in SIZES_OF_MORE_BOARDS:
        for columns in range(max(1, math.floor(across / 32)), most_columns + 1):
            flown = list(_flow(groups, size=size, across=_width(across, columns), high=high))
            boards = [flown[at : at + columns] for at in range(0, len(flown), columns)]
            yield Wall(boards or [[]], columns, size)


def _width(across: float, columns: int) -> float:
    return (across - (columns - 1) * GUTTER) / columns


def _numbers_of_columns(
    groups: Sequence[Group], across: float, size: float, most: int, at_best: int | None
) -> Iterator[int]:
    """Columns wide enough to read: some twenty letters. As many as there are themes, before any other number."""
    widest = max(1, min(most, math.floor((across + GUTTER) / (13 * size + GUTTER))))
    wanted = len(groups) if any(group.title for group in groups) else min(sum(len(g.cards) for g in groups), 2)
    numbers = [number for number in (at_best or wanted, *range(2, widest + 1), 1) if 1 <= number <= widest]
    yield from dict.fromkeys(numbers)


def _one_board(groups: Sequence[Group], columns: int, size: float, across: float, high: float) -> list[Column] | None:
    """All groups on one board of at most so many columns, spread evenly; None when they do not fit."""
    width = _width(across, columns)
    for apart in (True, False):
        flown = list(_flow(groups, size=size, across=width, high=high, apart=apart))
        if len(flown) <= columns:
            return flown if apart and len(groups) > 1 else _evenly(groups, columns, size, width, high)
    return None


def _evenly(groups: Sequence[Group], columns: int, size: float, across: float, high: float) -> list[Column]:
    """The lowest wall of so many columns, so that no column hangs full beside an empty one."""
    low, best = 0.0, list(_flow(groups, size=size, across=across, high=high))
    for _try in range(7):
        middle = (low + high) / 2
        flown = list(_flow(groups, size=size, across=across, high=middle))
        if len(flown) <= columns and all(_tall(column, size, across) <= middle for column in flown):
            high, best = middle, flown
        else:
            low = middle
    return best


def _tall(column: Column, size: float, across: float) -> float:
    return sum(
        part.group.heading(across) + sum(card.height(size, across) + GAP for card in part.cards) for part in column
    )


def _flow(groups: Sequence[Group], *, size: float, across: float, high: float, apart: bool = False) -> Iterator[Column]:
    """Fills one column after the other. `apart` starts a new column for every group."""
    column: Column = []
    free = high
    for group in groups:
        heading = group.heading(across)
        part: Part | None = None
        for card in group.cards:
            needed = card.height(size, across) + GAP
            begins = part is None
            full = needed + (heading if begins else 0) > free
            if column and (full or (begins and apart)):
                yield column
                column, free = [], high
                part = None
            if part is None:
                part = Part(group, continued=not begins)
                column.append(part)
                free -= heading
            part.cards.append(card)
            free -= needed
    if column:
        yield column


@lru_cache(4096)
def lines(text: str, size: float, across: float, tail: str = "") -> int:
    """How many lines a text takes, broken between words; a word longer than a line is broken inside."""
    pieces = [(word, size) for word in text.split()] + [(word, size * TAIL) for word in tail.split()]
    used, count = 0.0, 1
    for word, letters in pieces:
        wide = width(word) * letters
        if used and used + wide > across:
            count, used = count + 1, 0.0
        count += int(max(0.0, wide - 0.01) // across)
        used = (wide % across if wide > across else used + wide) + WIDTHS["narrow"] * letters
    return count


@lru_cache(8192)
def width(word: str) -> float:
    return sum(WIDTHS[_kind_of(letter)] for letter in word)


def _kind_of(letter: str) -> str:
    if letter in NARROW:
        return "narrow"
    if letter in SLIM:
        return "slim"
    if letter in WIDE:
        return "wide"
    if unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0x1F000:
        return "ideograph"
    return "capital" if letter.isupper() else "other"

"""Hangs cards of any length on the projector's wall: as large as fits, and on a next board what does not fit.

Nothing scrolls and nothing is cut, so the room that a text takes is worked out here, on the careful side.
Everything is in units of a hundredth of the screen's width (`--u` in the styles): the projector shows the same
picture at 1920x1080 and at 1280x800.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

LINE, NOTE_LINE = 1.2, 1.35
NOTE, TAIL, HEAD = 1.15, 0.75, 1.4
PADDING, GAP, GUTTER = 0.5, 0.5, 1.6
EDGE, PLACE, NUMBER = 3.2, 2.4, 3.6
MORE = 6.5
BODY, TWO_THIRDS = 0.92, 0.65

# The width of letters in em: the widest of the faces we use, so that a line is never longer than we think.
NARROW, SLIM, WIDE = set(" .,:;'‘’!|iIjl"), set('ftrJ1-()[]/"“”'), set("mwMW@%—…")
WIDTHS = {"narrow": 0.31, "slim": 0.44, "wide": 0.97, "capital": 0.75, "ideograph": 1.15, "other": 0.61}


@dataclass(frozen=True)
class Card:
    """One thing on the wall: `tail` stands small behind the title, `note` below it after a bold `lead`.

    `narrow` says that the title is in the body's face, `is_theme` that the shape of its theme stands before it.
    """

    title: str
    tail: str = ""
    lead: str = ""
    note: str = ""
    badge: str = ""
    badge_kind: str = "neutral"
    css: str = ""
    is_theme: bool = False
    narrow: bool = False
    position: int | None = None
    place: int | None = None
    number: int | None = None
    share: int = 0
    unit: str = ""
    thing: Any = None

    def height(self, size: float, across: float) -> float:
        room = across - EDGE - (PLACE if self.place else 0) - (NUMBER if self.number is not None else 0)
        below = note_size(size)
        title = room - (size * 1.3 if self.is_theme else 0)
        high = lines(self.title, size, title / (BODY if self.narrow else 1), self.tail) * size * LINE
        if self.note:
            high += lines(f"{self.lead} {self.note}", below, room) * below * NOTE_LINE + 0.4
        if self.badge:
            high += lines(self.badge, below, room - 2) * below * NOTE_LINE + 1.1
        return high + 2 * PADDING + 0.2


@dataclass(frozen=True)
class Group:
    """Cards that belong together, below one heading (or below none)."""

    cards: Sequence[Card]
    title: str = ""
    position: int | None = None

    def heading(self, across: float) -> float:
        if not self.title:
            return 0.0
        return lines(self.title, HEAD, across - MORE) * HEAD * LINE + 0.4 + GAP


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


SIZES = (2.8, 2.2, 1.8, 1.5, 1.35)
SIZES_OF_MORE_BOARDS, SMALL = (1.5, 1.35, 1.25, 1.1), 1.25


def hang(
    groups: Sequence[Group], *, across: float, high: float, most_columns: int = 4, at_best: int | None = None
) -> Wall:
    """The largest letters with which everything fits on one board; else as few boards as possible.

    `at_best` is the number of columns to try first; without it, one for each theme.
    """
    groups = [group for group in groups if group.cards]
    space = _Space(across, high, most_columns, at_best)
    return _side_by_side(groups, space) or _stacked(groups, space) or _more_boards(groups, space)


@dataclass(frozen=True)
class _Space:
    across: float
    high: float
    most_columns: int
    at_best: int | None

    def width(self, columns: int) -> float:
        return (self.across - (columns - 1) * GUTTER) / columns

    def fits(self, columns: Iterable[Column], size: float, width: float) -> bool:
        return all(_tall(column, size, width) <= self.high for column in columns)

    def numbers_of_columns(self, groups: Sequence[Group], size: float) -> Iterator[int]:
        """Columns wide enough to read: some twenty letters."""
        widest = max(1, min(self.most_columns, math.floor((self.across + GUTTER) / (13 * size + GUTTER))))
        wanted = self.at_best or min(sum(len(group.cards) for group in groups), 2)
        yield from dict.fromkeys(number for number in (wanted, *range(2, widest + 1), 1) if 1 <= number <= widest)


def _side_by_side(groups: Sequence[Group], space: _Space) -> Wall | None:
    """Every theme a column of its own, as large as fits: that reads best, also a little smaller."""
    columns = len(groups)
    if not (1 <= columns <= space.most_columns and groups[0].title):
        return None
    width = space.width(columns)
    for size in SIZES if columns > 1 else SIZES[:3]:
        flown = list(_flow(groups, size=size, across=width, high=math.inf, apart=True))
        if space.fits(flown, size, width):
            return Wall([flown], columns, size)
    return None


def _stacked(groups: Sequence[Group], space: _Space) -> Wall | None:
    """Everything on one board, the columns filled evenly one after the other."""
    for size in SIZES:
        for columns in space.numbers_of_columns(groups, size):
            width = space.width(columns)
            flown = list(_flow(groups, size=size, across=width, high=space.high))
            if len(flown) <= columns and space.fits(flown, size, width):
                return Wall([_evenly(groups, columns, size, width, space.high)], columns, size)
    return None


def _more_boards(groups: Sequence[Group], space: _Space) -> Wall:
    """As few boards as possible; very small letters only where nothing else fits."""
    walls = []
    for size in SIZES_OF_MORE_BOARDS:
        for columns in range(1, space.most_columns + 1):
            width = space.width(columns)
            flown = list(_flow(groups, size=size, across=width, high=space.high))
            boards = [flown[at : at + columns] for at in range(0, len(flown), columns)]
            rank = (not space.fits(flown, size, width), size < SMALL, len(boards), -size)
            walls.append((rank, Wall(boards or [[]], columns, size)))
    return min(walls, key=lambda ranked: ranked[0])[1]


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
    cards = sum(card.height(size, across) + GAP for part in column for card in part.cards)
    return cards + sum(part.group.heading(across) for part in column) - GAP


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
            full = needed - GAP + (heading if begins else 0) > free
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


def note_size(size: float) -> float:
    """Notes and badges are two thirds of the title, and never too small to read."""
    return max(NOTE, size * TWO_THIRDS)


def largest(sizes: Sequence[float], text: str, across: float, high: float) -> float:
    """The largest of these letters with which a text fits; the smallest when none does."""
    return next((size for size in sizes if lines(text, size, across) * size * LINE <= high), sizes[-1])


@lru_cache(4096)
def lines(text: str, size: float, across: float, tail: str = "") -> int:
    """How many lines a text takes, broken between words; a word longer than a line is broken inside."""
    pieces = [(word, size) for word in text.split()] + [(word, size * TAIL) for word in tail.split(" ")]
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

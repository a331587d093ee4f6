"""From rows as they came in to cells that may be kept: small counts hidden so that nobody can work them out.

Per problem the counts by age and sex are one table with totals; so are the numbers of people registered. Rows live only
as long as this takes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from samenwijk.figures.practice import words
from samenwijk.figures.practice.cells import Cell, Delivered, Row
from samenwijk.figures.practice.files import Refused

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Grid = npt.NDArray[np.int64]
Place = tuple[str, str]


def protected(rows: Sequence[Row]) -> list[Delivered]:
    """What may be kept, one item per year, newest first. Raises ``Refused`` when the rows make no table."""
    years = sorted({row.period for row in rows}, reverse=True)
    return [_year(year, [row for row in rows if row.period == year]) for year in years]


def _year(year: int, rows: list[Row]) -> Delivered:
    problems = dict.fromkeys(row.indicator for row in rows)
    book = _Protector()
    cells = [
        cell
        for position, slug in enumerate(problems)
        for cell in book.cells([row for row in rows if row.indicator == slug], position)
    ]
    return Delivered(year, next((row.origin for row in rows if row.origin), ""), tuple(cells))


class _Protector:
    """Protects tables; the same numbers get the same answer, because two answers together could tell."""

    def __init__(self) -> None:
        self.done: dict[tuple[bytes, tuple[int, ...]], npt.NDArray[np.float64]] = {}

    def cells(self, rows: list[Row], position: int) -> list[Cell]:
        first = rows[0]
        if any(row.count is None for row in rows):
            return [self._without_number(rows, position)]
        ages, sexes, counts, registered = _grids(rows)
        shown, people = self.shown(counts), self.shown(registered)
        if 0 < registered.sum() - counts.sum() < settings.SMALL_COUNT:
            # Nearly everybody has it: those who have not are the few.
            return [Cell(first.indicator, first.title, "", "", None, _number(people, _totals(ages, sexes)), position)]
        return [
            Cell(
                first.indicator,
                first.title,
                age,
                sex,
                _number(shown, places),
                _number(people, places),
                position,
            )
            for age, sex, places in _places(ages, sexes)
        ]

    def _without_number(self, rows: list[Row], position: int) -> Cell:
        """What the source itself did not tell can only be a total: with parts beside it we could not guard it."""
        if len(rows) > 1:
            sentence = _(
                "Bij %(title)s staan aantallen zoals '<10' naast andere aantallen. Vul daar de echte aantallen in: wij "
                "verbergen wat te klein is, en bewaren het niet."
            )
            raise Refused(sentence % {"title": rows[0].title})
        row = rows[0]
        return Cell(row.indicator, row.title, "", "", None, row.registered, position)

    def shown(self, grid: Grid) -> npt.NDArray[np.float64]:
        from samenwijk.methods.disclosure import protect  # loads the solver

        key = grid.tobytes(), grid.shape
        if key not in self.done:
            self.done[key] = protect(grid, threshold=settings.SMALL_COUNT, time_limit=3).published
        return self.done[key]


def _grids(rows: list[Row]) -> tuple[list[str], list[str], Grid, Grid]:
    """Ages, sexes and both tables. Rows that are totals of other rows have to agree and are then left out."""
    by_place: dict[Place, Row] = {}
    for row in rows:
        if (row.age_group, row.sex) in by_place:
            raise Refused(_("%(title)s staat twee keer voor dezelfde groep.") % {"title": row.title})
        by_place[row.age_group, row.sex] = row
    ages = sorted({age for age, _sex in by_place if age}, key=words.bounds) or [""]
    sexes = sorted({sex for _age, sex in by_place if sex}, reverse=True) or [""]
    _check_ages(ages, rows[0].title)
    missing = [(age, sex) for age in ages for sex in sexes if (age, sex) not in by_place]
    if missing:
        age, sex = missing[0]
        sentence = _("Bij %(title)s ontbreekt %(age)s, %(sex)s. Een groep zonder mensen krijgt het aantal 0.")
        raise Refused(sentence % {"title": rows[0].title, "age": words.age_title(age), "sex": words.sex_title(sex)})
    import numpy as np

    inner = [[by_place[age, sex] for sex in sexes] for age in ages]
    counts = np.array([[row.count for row in line] for line in inner], dtype=np.int64)
    registered = np.array([[row.registered for row in line] for line in inner], dtype=np.int64)
    for (age, sex), row in by_place.items():
        lines = [ages.index(age)] if age in ages else range(len(ages))
        columns = [sexes.index(sex)] if sex in sexes else range(len(sexes))
        part = np.ix_(list(lines), list(columns))
        if row.count != counts[part].sum() or row.registered != registered[part].sum():
            raise Refused(_("Bij %(title)s klopt een totaal niet met de groepen.") % {"title": row.title})
    if not registered.sum():
        raise Refused(_("Bij %(title)s zijn er geen ingeschrevenen.") % {"title": rows[0].title})
    return ages, sexes, counts, registered


def _check_ages(ages: list[str], title: str) -> None:
    limits = [words.bounds(age) for age in ages if age]
    for (_low, high), (following, _end) in pairwise(limits):
        if high is None or following <= high:
            raise Refused(_("Bij %(title)s vallen leeftijdsgroepen over elkaar heen.") % {"title": title})


def _places(ages: list[str], sexes: list[str]) -> Iterable[tuple[str, str, list[tuple[int, int]]]]:
    """Each group with the cells of the table that are about it: a total can stand in more than one of them."""
    rows, columns = len(ages), len(sexes)
    yield "", "", _totals(ages, sexes)
    for number, age in enumerate(ages):
        if age:
            yield age, "", [(number, column) for column in _of(sexes, columns)]
    for number, sex in enumerate(sexes):
        if sex:
            yield "", sex, [(row, number) for row in _of(ages, rows)]
    for row, age in enumerate(ages):
        for column, sex in enumerate(sexes):
            if age and sex:
                yield age, sex, [(row, column)]


def _totals(ages: list[str], sexes: list[str]) -> list[tuple[int, int]]:
    return [(row, column) for row in _of(ages, len(ages)) for column in _of(sexes, len(sexes))]


def _of(labels: list[str], total: int) -> list[int]:
    return [total] if labels != [""] else [0, total]


def _number(shown: npt.NDArray[np.float64], places: list[tuple[int, int]]) -> int | None:
    values = [float(shown[place]) for place in places]
    return None if any(map(math.isnan, values)) else int(values[0])

"""From gathered rows to the arrays that are stored: each cell with a figure, or with the reason why there is none."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from samenwijk.figures.importing.gathering import ABSENT, Gatherer, Grid, SourceColumn
from samenwijk.figures.importing.naming import SLUG_LENGTH, indicator_slug
from samenwijk.figures.importing.tables import Table
from samenwijk.figures.models import Indicator
from samenwijk.figures.store.blocks import PROVISIONAL, Status
from samenwijk.figures.store.layout import Column, Place
from samenwijk.places.codes import level_of

MARGINS = ("value", "low", "high")
# Of so few figures a common step says nothing.
FEWEST_FOR_A_STEP = 8
ROUNDED_LEVELS = {"wijk", "buurt"}
KIND = ~np.uint8(PROVISIONAL)


@dataclass(frozen=True)
class Harvest:
    """A whole table as arrays of shape (areas, lanes) by period; `published` holds (period, column) pairs."""

    places: tuple[Place, ...]
    columns: tuple[Column, ...]
    values: dict[int, NDArray[np.int64]]
    statuses: dict[int, NDArray[np.uint8]]
    present: dict[int, NDArray[np.bool_]]
    published: frozenset[tuple[int, int]]
    provisional: frozenset[int]


def assemble(gathered: Gatherer, table: Table, *, modelled: bool, provisional: Iterable[int] = ()) -> Harvest:
    """Everything that was gathered, as it is stored. Missing stays missing: a column without any is not published."""
    gathered.flush()
    groups = sorted(gathered.grids)
    periods = sorted({period for period, _age, _margin in groups})
    ages = sorted({age for _period, age, _margin in groups})
    lanes = 3 if any(margin != "value" for _period, _age, margin in groups) else 1
    places = tuple(
        Place(code, plain_name(name) or code, level_of(code))
        for code, name in zip(gathered.index, gathered.names, strict=True)
    )
    parts = {period: _of_period(gathered, period, ages, lanes, len(places)) for period in periods}
    slugs = _slugs(gathered.columns)
    survey = table.survey or modelled
    steps = _steps(gathered, places, table)
    columns = tuple(
        _column(column, slugs[number], age or table.total_age, lanes, int(gathered.scales[number]), survey,
                steps[number])
        for age in ages
        for number, column in enumerate(gathered.columns)
    )  # fmt: skip
    width = len(gathered.columns)
    return Harvest(
        places=places,
        columns=columns,
        values={period: part[0] for period, part in parts.items()},
        statuses={period: part[1] for period, part in parts.items()},
        present={period: part[2] for period, part in parts.items()},
        published=frozenset(
            (period, age * width + int(number))
            for period in periods
            for age in range(len(ages))
            for number in np.flatnonzero(gathered.published[period])
        ),
        provisional=frozenset(provisional) & frozenset(periods),
    )


def _name(code: str, title: str) -> str:
    return "Nederland" if code.startswith("NL") else plain_name(title) or code


def plain_name(title: str) -> str:
    """The name without CBS's own numbering: "Wijk 05 Nijmegen-Midden" and "Nijmegen-Midden" are one name."""
    return re.sub(r"^Wijk \d+ ", "", " ".join(title.split()))


def _of_period(gathered: Gatherer, period: int, ages: list[str], lanes: int, areas: int) -> tuple[
    NDArray[np.int64], NDArray[np.uint8], NDArray[np.bool_]
]:  # fmt: skip
    width = len(gathered.columns)
    values = np.zeros((areas, len(ages) * width * lanes), "i8")
    statuses = np.full(values.shape, ABSENT, "u1")
    present = np.zeros(areas, "?")
    for number, age in enumerate(ages):
        for lane, margin in enumerate(MARGINS[:lanes]):
            grid = gathered.grids.get((period, age, margin))
            if grid is None:
                continue
            grid.reserve(areas)
            first = number * width * lanes + lane
            columns = slice(first, first + width * lanes, lanes)
            values[:, columns], statuses[:, columns] = grid.values[:areas], grid.statuses[:areas]
            present |= grid.origin[:areas] >= 0
        if lanes == 3:
            _check_intervals(gathered, values, statuses, number * width * lanes)
    statuses[statuses == ABSENT] = Status.UNKNOWN
    empty = ~(gathered.published[period] | gathered.explicit[period])
    unpublished = np.tile(np.repeat(empty, lanes), len(ages))
    statuses[:, unpublished] = Status.NOT_PUBLISHED
    values[(statuses & KIND) != Status.FIGURE] = 0
    return values, statuses, present


def _check_intervals(gathered: Gatherer, values: NDArray[np.int64], statuses: NDArray[np.uint8], first: int) -> None:
    """An interval that does not hold its value contradicts itself: the value stays, the interval goes, and is told."""
    for at in range(first, first + 3 * len(gathered.columns), 3):
        known = (statuses[:, at : at + 3] & KIND) == Status.FIGURE
        whole = known.all(axis=1)
        wrong = whole & ((values[:, at + 1] > values[:, at]) | (values[:, at + 2] < values[:, at]))
        half = ~whole & (known[:, 1] | known[:, 2])
        if count := int(wrong.sum()):
            column = gathered.columns[(at - first) // 3].measure
            gathered.report.notes.append(
                _("%(column)s: bij %(count)s gebieden ligt het cijfer buiten zijn marge; die marge is weggelaten.")
                % {"column": column, "count": count}
            )
        statuses[wrong | half, at + 1 : at + 3] = Status.UNKNOWN


def _slugs(columns: Iterable[SourceColumn]) -> list[str]:
    """One slug for each column. Columns that share a name take more of their path, or a number if that is the same.

    The order of the columns decides nothing: another export of the table may have another.
    """
    columns = list(columns)
    paths: dict[str, set[tuple[str, ...]]] = {}
    for column in columns:
        paths.setdefault(indicator_slug(column.path), set()).add(column.path)
    taken: set[str] = set()
    found = []
    for column in columns:
        slug = indicator_slug(column.path)
        if len(paths[slug]) > 1:
            slug = indicator_slug(("", *column.path))
        number, plain = 2, slug
        while slug in taken:
            slug, number = f"{plain[: SLUG_LENGTH - 4]}-{number}", number + 1
        taken.add(slug)
        found.append(slug)
    return found


def _column(column: SourceColumn, slug: str, age: str, lanes: int, decimals: int, survey: bool,
            step: int | None) -> Column:  # fmt: skip
    kind = Indicator.Kind.COUNTED if column.is_count and not decimals else Indicator.Kind.PUBLISHED
    return Column(
        indicator=slug,
        measure=column.measure,
        title=column.path[-1],
        heading=": ".join(column.path[1:] or column.path),
        unit=column.unit,
        decimals=decimals,
        kind=str(Indicator.Kind.SURVEY if survey else kind),
        age_group=age,
        lanes=lanes,
        rounding=step,
    )


def _steps(gathered: Gatherer, places: tuple[Place, ...], table: Table) -> list[int | None]:
    """To what each column's counts of wijken and buurten are rounded: as documented, or coarser if all figures are."""
    small = np.array([place.level in ROUNDED_LEVELS for place in places], "?")
    found: list[int | None] = []
    for number, column in enumerate(gathered.columns):
        if not column.is_count or gathered.scales[number]:
            found.append(None)
            continue
        figures = np.concatenate(
            [_figures(grid, number, small) for grid in gathered.grids.values()] or [np.zeros(0, "i8")]
        )
        step = int(np.gcd.reduce(figures)) if len(figures) >= FEWEST_FOR_A_STEP else 0
        documented = table.counts_rounded_to or 0
        found.append(max(step, documented) if documented or step >= 5 else None)
    return found


def _figures(grid: Grid, column: int, small: NDArray[np.bool_]) -> NDArray[np.int64]:
    count = min(len(small), len(grid.origin))
    known = (grid.statuses[:count, column] & KIND) == Status.FIGURE
    figures: NDArray[np.int64] = grid.values[:count, column][known & small[:count]]
    return figures

"""Rows of a table become arrays, checked cell by cell, without holding the table's text.

The rows of other gemeenten are read too, for whether a column was published at all is known only from the whole.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from samenwijk.figures.importing.cells import MOST_DIGITS, NOT_A_NUMBER, Memory
from samenwijk.figures.importing.refusal import Refused
from samenwijk.figures.store.blocks import LIMIT, PROVISIONAL, Status
from samenwijk.places.codes import gemeente_of, is_code

BATCH = 2048
REMEMBERED = 200_000
ABSENT = 0xFF


@dataclass(frozen=True)
class SourceColumn:
    """A column as its table describes it. `decimals` is None where the table does not say."""

    measure: str
    path: tuple[str, ...]
    unit: str = ""
    decimals: int | None = None
    is_absolute: bool | None = None

    @property
    def is_count(self) -> bool:
        counts = self.unit.lower().startswith("aantal") and "per" not in self.unit.split()
        return counts and not self.decimals and self.is_absolute is not False


@dataclass(frozen=True)
class Row:
    """One row of a table: an area, a year, an age group, a margin, and a cell for each column."""

    code: str
    name: str
    period: int
    age: str
    margin: str
    cells: Sequence[str | None]
    origin: int = 0
    statuses: Sequence[int | None] | None = None


Group = tuple[int, str, str]


class Grid:
    """The cells of one period, age group and margin: a row for each area, a column for each column."""

    def __init__(self, columns: int) -> None:
        self.values: NDArray[np.int64] = np.zeros((64, columns), "i8")
        self.statuses: NDArray[np.uint8] = np.full((64, columns), ABSENT, "u1")
        self.origin: NDArray[np.int32] = np.full(64, -1, "i4")

    def reserve(self, rows: int) -> None:
        while len(self.origin) < rows:
            self.values = np.concatenate([self.values, np.zeros_like(self.values)])
            self.statuses = np.concatenate([self.statuses, np.full_like(self.statuses, ABSENT)])
            self.origin = np.concatenate([self.origin, np.full_like(self.origin, -1)])


@dataclass
class Report:
    """What was taken and what was left, and why: for the person who imports and for the version's row."""

    rows: int = 0
    kept_rows: int = 0
    skipped: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def skip(self, why: str, how_many: int = 1) -> None:
        self.skipped[why] = self.skipped.get(why, 0) + how_many


class Gatherer:
    def __init__(self, columns: Sequence[SourceColumn], gemeenten: Iterable[str], report: Report) -> None:
        self.columns = tuple(columns)
        self.gemeenten = frozenset(gemeenten)
        self.report = report
        self.memory = Memory()
        self.scales = np.array([column.decimals or 0 for column in columns], "i8")
        self.grids: dict[Group, Grid] = {}
        self.published: dict[int, NDArray[np.bool_]] = {}
        self.explicit: dict[int, NDArray[np.bool_]] = {}
        self.index: dict[str, int] = {}
        self.names: list[str] = []
        self.buffer: list[Row] = []

    def add(self, row: Row) -> None:
        if not is_code(row.code):
            self.report.skip(_("een gebied dat geen gemeente, wijk of buurt is"))
            return
        self.buffer.append(row)
        if len(self.buffer) >= BATCH:
            self.flush()

    def wants(self, code: str) -> bool:
        return not self.gemeenten or gemeente_of(code) in self.gemeenten or code.startswith("NL")

    def flush(self) -> None:
        rows, self.buffer = self.buffer, []
        if not rows or not self.columns:
            return
        places, memory = [[self.memory[cell] for cell in row.cells] for row in rows], self.memory
        at = np.array(places, "i4").reshape(len(rows), len(self.columns))
        values = np.array(memory.mantissas, "i8")[at]
        decimals = np.array(memory.decimals, "i8")[at]
        statuses = np.array(memory.statuses, "u1")[at]
        self._refuse_words(rows, statuses)
        self._apply_own_statuses(rows, statuses)
        self._rescale(decimals)
        values = self._scaled(values, decimals, rows)
        by_group: dict[Group, list[int]] = {}
        for number, row in enumerate(rows):
            by_group.setdefault((row.period, row.age, row.margin), []).append(number)
        for group, numbers in by_group.items():
            self._put(group, numbers, rows, values[numbers], statuses[numbers])
        self.report.rows += len(rows)
        if len(memory) > REMEMBERED:
            self.memory = Memory()

    def _refuse_words(self, rows: list[Row], statuses: NDArray[np.uint8]) -> None:
        wrong = np.argwhere((statuses & ~np.uint8(PROVISIONAL)) == NOT_A_NUMBER)
        for number, column in wrong[:1]:
            row = rows[number]
            raise Refused(
                _(
                    "In kolom %(column)s staat bij %(area)s “%(cell)s”: dat is geen getal van hoogstens %(digits)s "
                    "cijfers. Is de kolom veranderd, of het bestand in een ander programma bewaard? "
                    "Download het opnieuw bij de bron."
                )
                % {
                    "column": self.columns[column].measure,
                    "area": row.code,
                    "cell": str(row.cells[column]).strip()[:40],
                    "digits": MOST_DIGITS,
                }
            )

    def _apply_own_statuses(self, rows: list[Row], statuses: NDArray[np.uint8]) -> None:
        """Where the source itself says why there is no figure, that counts above the empty cell."""
        for number, row in enumerate(rows):
            for column, own in enumerate(row.statuses or ()):
                if own is not None:
                    statuses[number, column] = own

    def _rescale(self, decimals: NDArray[np.int64]) -> None:
        """A column with more decimals than was said so far gets a finer unit; what is there already follows."""
        finer = np.maximum(self.scales, decimals.max(axis=0))
        for column in np.flatnonzero(finer > self.scales):
            if self.columns[column].is_count and self.columns[column].decimals is not None:
                raise Refused(
                    _("Kolom %(column)s telt, maar heeft cijfers achter de komma. Download het bestand opnieuw.")
                    % {"column": self.columns[column].measure}
                )
            factor = 10 ** int(finer[column] - self.scales[column])
            for grid in self.grids.values():
                self._refuse_large(float(np.abs(grid.values[:, column]).max()) * factor, int(column))
                grid.values[:, column] *= factor
        self.scales = finer

    def _scaled(self, values: NDArray[np.int64], decimals: NDArray[np.int64], rows: list[Row]) -> NDArray[np.int64]:
        factors = np.array(10, "i8") ** (self.scales[None, :] - decimals)
        large = np.abs(values.astype("f8")) * factors
        for column in np.flatnonzero(large.max(axis=0) > LIMIT):
            self._refuse_large(large[:, column].max(), int(column))
        return values * factors

    def _refuse_large(self, largest: float, column: int) -> None:
        if largest > LIMIT:
            raise Refused(
                _("Kolom %(column)s heeft een getal met meer dan %(digits)s cijfers; dat kan geen cijfer zijn.")
                % {"column": self.columns[column].measure, "digits": MOST_DIGITS}
            )

    def _put(self, group: Group, numbers: list[int], rows: list[Row], values: NDArray[np.int64],
             statuses: NDArray[np.uint8]) -> None:  # fmt: skip
        period = group[0]
        is_figure = (statuses & ~np.uint8(PROVISIONAL)) == Status.FIGURE
        # A status that is not simply "unknown" was said on purpose: such a column is not empty.
        said = ~is_figure & (statuses != Status.UNKNOWN)
        seen = self.published.setdefault(period, np.zeros(len(self.columns), "?"))
        seen |= is_figure.any(axis=0)
        explicit = self.explicit.setdefault(period, np.zeros(len(self.columns), "?"))
        explicit |= said.any(axis=0)
        kept = [at for at, number in enumerate(numbers) if self.wants(rows[number].code)]
        if not kept:
            return
        grid = self.grids.setdefault(group, Grid(len(self.columns)))
        chosen = [rows[numbers[at]] for at in kept]
        areas = np.array([self._place(row) for row in chosen], "i8")
        grid.reserve(len(self.index))
        self._refuse_doubles(grid, areas, chosen, values[kept], statuses[kept])
        grid.values[areas], grid.statuses[areas] = values[kept], statuses[kept]
        grid.origin[areas] = [row.origin for row in chosen]
        self.report.kept_rows += len(kept)

    def _place(self, row: Row) -> int:
        place = self.index.setdefault(row.code, len(self.names))
        if place == len(self.names):
            self.names.append(row.name)
        elif not self.names[place]:
            self.names[place] = row.name
        return place

    def _refuse_doubles(self, grid: Grid, areas: NDArray[np.int64], rows: list[Row], values: NDArray[np.int64],
                        statuses: NDArray[np.uint8]) -> None:  # fmt: skip
        """An area comes once. The same row in another file of the same answer (the country, often) is no matter."""
        _unique, first, counts = np.unique(areas, return_index=True, return_counts=True)
        double = [int(first[at]) for at in np.flatnonzero(counts > 1)]
        for at in np.flatnonzero(grid.origin[areas] >= 0).tolist():
            place = areas[at]
            same = (grid.values[place] == values[at]).all() and (grid.statuses[place] == statuses[at]).all()
            if grid.origin[place] == rows[at].origin or not same:
                double.append(at)
        for at in double[:1]:
            raise Refused(
                _(
                    "Gebied %(area)s staat er meer dan één keer in (%(period)s). Welke regel geldt, is niet te zien: "
                    "download het bestand opnieuw."
                )
                % {"area": rows[at].code, "period": rows[at].period}
            )

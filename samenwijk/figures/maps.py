"""One indicator for many areas at once, read as a whole block and made into observations only where asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from samenwijk.figures.denominators import SHARES
from samenwijk.figures.models import ColumnBlock, DatasetVersion
from samenwijk.figures.models.datasets import as_bytes
from samenwijk.figures.observations import Observation, age_order, observation, shares_of
from samenwijk.figures.store.blocks import unpack
from samenwijk.figures.store.layout import Layout, shelf
from samenwijk.places.codes import gemeente_of

if TYPE_CHECKING:
    from samenwijk.figures.store.blocks import Statuses, Values

NOT_THERE = 0xFF


@dataclass(frozen=True)
class Sheet:
    """One column of one version: its values and statuses for all areas, lane after lane."""

    layout: Layout
    column: int
    period: int
    values: Values
    statuses: Statuses

    def has(self, position: int) -> bool:
        return int(self.statuses[position]) != NOT_THERE

    def at(self, position: int) -> Observation:
        column, count = self.layout.columns[self.column], len(self.layout.places)
        places = [position + lane * count for lane in range(column.lanes)]
        return observation(
            self.layout, column, self.layout.places[position], self.period,
            [int(self.values[place]) for place in places], [int(self.statuses[place]) for place in places],
        )  # fmt: skip


class AreaMap(Mapping[str, Observation]):
    """Observations of one edition by area code. Where sheets overlap, the first (the newest version) counts."""

    def __init__(self, sheets: list[Sheet], codes: set[str] | None, gemeente: str = "") -> None:
        self.sheets, self.codes, self.gemeente = sheets, codes, gemeente

    def __getitem__(self, code: str) -> Observation:
        if self._wants(code):
            for sheet in self.sheets:
                position = sheet.layout.positions.get(code)
                if position is not None and sheet.has(position):
                    return sheet.at(position)
        raise KeyError(code)

    def _wants(self, code: str) -> bool:
        if self.gemeente:
            return gemeente_of(code) == self.gemeente
        return self.codes is None or code in self.codes

    def __iter__(self) -> Iterator[str]:
        told: set[str] = set()
        for sheet in self.sheets:
            wanted = sheet.layout.positions if self.codes is None else self.codes & sheet.layout.positions.keys()
            for code in wanted:
                if code not in told and self._wants(code) and sheet.has(sheet.layout.positions[code]):
                    told.add(code)
                    yield code

    def __len__(self) -> int:
        return sum(1 for _code in self)


def map_of(
    indicator: str, codes: Iterable[str] | str | None, period: int | None = None, *, age_group: str | None = None,
    source: str | None = None,
) -> Mapping[str, Observation]:  # fmt: skip
    """One indicator for many areas of one edition: for a set of codes, for a gemeente ("GM0546"), or for all (None).

    Without a period the newest in which the indicator was published. Two queries, however many areas.
    """
    if indicator in SHARES:
        return _shares(indicator, codes, period, age_group, source)
    gemeente = codes if isinstance(codes, str) else ""
    wanted = set(codes) if codes is not None and not isinstance(codes, str) else None
    versions = DatasetVersion.objects.current().order_by("-pk").values_list("public_id", flat=True)
    public_ids = list(versions)
    layouts = shelf.of(public_ids)
    found = [
        (layout, number, year)
        for layout in (layouts[public_id] for public_id in public_ids)
        for number in layout.by_indicator.get(indicator, ())
        for year in layout.periods
        if _may(layout, number, year, period, age_group, source) and _touches(layout, wanted, gemeente)
    ]
    if not found:
        return AreaMap([], wanted, gemeente)
    ages = {layout.columns[number].age_group for layout, number, _year in found}
    age = min(ages, key=age_order)
    best = max(
        ((year, number) in layout.published, year, layout.boundary_year, layout.source)
        for layout, number, year in found
        if layout.columns[number].age_group == age
    )
    chosen = [
        (layout, number, year)
        for layout, number, year in found
        if (year, layout.boundary_year, layout.source) == best[1:] and layout.columns[number].age_group == age
    ]
    return AreaMap(_sheets(chosen), wanted, gemeente)


def _shares(slug: str, codes: Iterable[str] | str | None, period: int | None, age_group: str | None,
            source: str | None) -> Mapping[str, Observation]:  # fmt: skip
    """A share that we compute: from the newest edition of its part, with the whole of the same edition."""
    asked = codes if codes is None or isinstance(codes, str) else set(codes)
    parts = map_of(SHARES[slug][0], asked, period, age_group=age_group, source=source)
    one = next(iter(parts.values()), None)
    if one is None:
        return {}
    wholes = map_of(SHARES[slug][1], asked, one.period, age_group=one.age_group, source=one.source)
    found = shares_of([*parts.values(), *wholes.values()])
    return {seen.area: seen for seen in found if seen.indicator == slug}


def _may(layout: Layout, number: int, year: int, period: int | None, age: str | None, source: str | None) -> bool:
    asked = (
        (period, year),
        (age, layout.columns[number].age_group),
        (source, layout.source),
    )
    return all(wanted is None or wanted == has for wanted, has in asked)


def _touches(layout: Layout, codes: set[str] | None, gemeente: str) -> bool:
    if gemeente:
        return gemeente in layout.positions or any(gemeente_of(code) == gemeente for code in layout.positions)
    return codes is None or any(code in layout.positions for code in codes)


def _sheets(chosen: list[tuple[Layout, int, int]]) -> list[Sheet]:
    asked = Q()
    for layout, number, year in chosen:
        asked |= Q(version_id=layout.version_id, column=number, period=year)
    blocks = {
        (version, column, year): as_bytes(data)
        for version, column, year, data in ColumnBlock.objects.filter(asked).values_list(
            "version_id", "column", "period", "data"
        )
    }
    return [
        Sheet(layout, number, year, *unpack(blocks[layout.version_id, number, year]))
        for layout, number, year in chosen
        if (layout.version_id, number, year) in blocks
    ]

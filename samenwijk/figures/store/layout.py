"""What the places of a version's blocks mean: its columns, its periods and its areas. Immutable, so kept in memory."""

import zlib
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from threading import Lock
from uuid import UUID

from samenwijk.figures.models.datasets import DatasetVersion, as_bytes

KEPT = 64


@dataclass(frozen=True)
class Column:
    """One indicator of one age group as a table gives it. `lanes` is 1 (value) or 3 (value, low, high)."""

    indicator: str
    measure: str
    title: str
    heading: str
    unit: str
    decimals: int
    kind: str
    age_group: str
    lanes: int
    rounding: int | None


@dataclass(frozen=True)
class Place:
    code: str
    name: str
    level: str


@dataclass(frozen=True)
class Layout:
    """The columns of a version with where each begins in an area block, and its source."""

    version_id: int
    source: str
    family: str
    publisher: str
    table: str
    licence: str
    modelled: bool
    boundary_year: int
    columns: tuple[Column, ...]
    periods: tuple[int, ...]
    published: frozenset[tuple[int, int]]
    provisional: frozenset[int]
    axis: bytes

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The first lane of each column."""
        starts, at = [], 0
        for column in self.columns:
            starts.append(at)
            at += column.lanes
        return tuple(starts)

    @cached_property
    def constants(self) -> dict[tuple[str, str], dict[str, object]]:
        """Filled by who reads: what all observations of a column share."""
        return {}

    @cached_property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """Indicator and age group of each column."""
        return tuple((column.indicator, column.age_group) for column in self.columns)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        return read_axis(self.axis)

    @cached_property
    def positions(self) -> dict[str, int]:
        return {place.code: position for position, place in enumerate(self.places)}

    @cached_property
    def by_indicator(self) -> dict[str, tuple[int, ...]]:
        found: dict[str, list[int]] = {}
        for number, column in enumerate(self.columns):
            found.setdefault(column.indicator, []).append(number)
        return {slug: tuple(numbers) for slug, numbers in found.items()}


def written(columns: Sequence[Column], periods: Sequence[int], published: Iterable[tuple[int, int]],
            provisional: Iterable[int]) -> dict[str, object]:  # fmt: skip
    """As it is kept in `DatasetVersion.layout`: `published` holds (period, column) pairs."""
    return {
        "columns": [asdict(column) for column in columns],
        "periods": list(periods),
        "published": sorted([period, column] for period, column in published),
        "provisional": sorted(provisional),
    }


def write_axis(places: Iterable[Place]) -> bytes:
    lines = "\n".join(f"{place.code}\t{place.level}\t{place.name}" for place in places)
    return zlib.compress(lines.encode(), 6)


def read_axis(axis: bytes) -> tuple[Place, ...]:
    parts = (line.split("\t", 2) for line in zlib.decompress(axis).decode().split("\n"))
    return tuple(Place(code, name, level) for code, level, name in parts)


class Shelf:
    """The layouts that were used last. A version never changes, so a layout that was read stays right."""

    def __init__(self) -> None:
        self._kept: OrderedDict[UUID, Layout] = OrderedDict()
        self._lock = Lock()

    def of(self, versions: Iterable[UUID]) -> dict[UUID, Layout]:
        """The layouts of these versions: one query for those that are not at hand, else none."""
        asked = set(versions)
        with self._lock:
            found = {key: self._kept[key] for key in asked if key in self._kept}
            for key in found:
                self._kept.move_to_end(key)
        missing = asked - found.keys()
        if missing:
            for version in DatasetVersion.objects.filter(public_id__in=missing).select_related("source"):
                found[version.public_id] = _layout(version)
            with self._lock:
                self._kept.update({key: found[key] for key in missing if key in found})
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return found


def _layout(version: DatasetVersion) -> Layout:
    source, raw = version.source, version.layout
    return Layout(
        version_id=version.pk,
        source=source.slug,
        family=source.family,
        publisher=source.publisher,
        table=source.table,
        licence=source.licence,
        modelled=source.modelled,
        boundary_year=version.boundary_year,
        columns=tuple(Column(**column) for column in raw["columns"]),
        periods=tuple(raw["periods"]),
        published=frozenset((period, column) for period, column in raw["published"]),
        provisional=frozenset(raw["provisional"]),
        axis=as_bytes(version.axis),
    )


shelf = Shelf()

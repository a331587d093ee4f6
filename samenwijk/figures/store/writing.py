"""A gathered table becomes a version: all of it in one transaction, or nothing. The same content twice is one version.

Until the transaction ends everybody sees the version before. A newer version retires the older ones of the same table
that it holds completely; where it holds only a part of them (one gemeente, one selection of columns), both stay and the
newer one counts.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import translation
from numpy.typing import NDArray

from samenwijk.figures.denominators import SHARES
from samenwijk.figures.importing.assembling import Harvest
from samenwijk.figures.importing.tables import Table
from samenwijk.figures.indicators import INDICATORS, TOPICS
from samenwijk.figures.models import AreaBlock, ColumnBlock, DatasetVersion, Indicator, Source
from samenwijk.figures.store.blocks import PROVISIONAL, Status, pack
from samenwijk.figures.store.layout import Column, Layout, Place, shelf, write_axis, written
from samenwijk.places.models import Area

AT_ONCE = 2000
Progress = Callable[[str], None]
# Version, area or column, period, data.
Block = tuple[int, int, int, bytes]


@dataclass(frozen=True)
class Stored:
    """The version that now holds the content; `is_new` is False when it was there already."""

    version: DatasetVersion
    is_new: bool


def store(
    table: Table, boundary_year: int, harvest: Harvest, report: dict[str, Any], progress: Progress = print
) -> Stored:
    """Writes one version; afterwards it is what everybody sees. Raises ValueError for arrays that contradict."""
    check(harvest)
    fingerprint = fingerprint_of(harvest, boundary_year)
    with transaction.atomic():
        source = _source(table, boundary_year)
        before = DatasetVersion.objects.current().filter(source=source, boundary_year=boundary_year)
        if same := before.filter(fingerprint=fingerprint).first():
            return Stored(same, is_new=False)
        version = DatasetVersion.objects.create(
            source=source,
            boundary_year=boundary_year,
            fingerprint=fingerprint,
            layout=written(harvest.columns, sorted(harvest.values), harvest.published, harvest.provisional),
            axis=write_axis(harvest.places),
            areas=len(harvest.places),
            cells=sum(array.size for array in harvest.values.values()),
            report=report,
        )
        _note_indicators(harvest.columns)
        areas = note_areas(harvest.places, boundary_year)
        _write(AreaBlock, "area_id", _area_blocks(version, harvest, areas), progress)
        _write(ColumnBlock, '"column"', _column_blocks(version, harvest), progress)
        _retire(before.exclude(pk=version.pk), harvest)
        _count_for_the_planner()
    shelf.of([version.public_id])
    return Stored(version, is_new=True)


def check(harvest: Harvest) -> None:
    """What must hold of any arrays, whoever made them; raises ValueError."""
    lanes = sum(column.lanes for column in harvest.columns)
    codes = [place.code for place in harvest.places]
    if not codes or not harvest.columns or not harvest.values:
        raise ValueError("There is nothing to store.")
    if len(set(codes)) != len(codes):
        raise ValueError("An area comes twice.")
    names = {(column.indicator, column.age_group) for column in harvest.columns}
    if len(names) != len(harvest.columns):
        raise ValueError("A column comes twice.")
    for period, values in harvest.values.items():
        statuses = harvest.statuses[period]
        if values.shape != (len(codes), lanes) or statuses.shape != values.shape:
            raise ValueError("The arrays do not have a row for each area and a place for each lane.")
        kinds = statuses & ~np.uint8(PROVISIONAL)
        if kinds.max(initial=0) > max(Status):
            raise ValueError("A status is unknown.")
        if values[kinds != Status.FIGURE].any():
            raise ValueError("Only a figure has a value.")


def fingerprint_of(harvest: Harvest, boundary_year: int) -> str:
    """The same for the same content, in whatever order the areas came."""
    order = np.argsort(np.array([place.code for place in harvest.places]), kind="stable")
    digest = hashlib.sha256()
    digest.update(json.dumps([boundary_year, [asdict(column) for column in harvest.columns]]).encode())
    digest.update(write_axis([harvest.places[at] for at in order]))
    digest.update(json.dumps([sorted(harvest.published), sorted(harvest.provisional)]).encode())
    for period in sorted(harvest.values):
        digest.update(str(period).encode())
        for array in (harvest.values[period], harvest.statuses[period], harvest.present[period]):
            digest.update(np.ascontiguousarray(array[order]).data)
    return digest.hexdigest()


def _source(table: Table, boundary_year: int) -> Source:
    values = {
        "publisher": table.publisher,
        "table": table.table,
        "title": table.title,
        "year": boundary_year,
        "licence": table.licence,
        "rounding": table.counts_rounded_to or 1,
        "family": table.family,
        "modelled": table.modelled,
    }
    return Source.objects.update_or_create(slug=table.slug, defaults=values)[0]


def _note_indicators(columns: tuple[Column, ...]) -> None:
    """Indicators that are new get a row; one that is known keeps its words and unit."""
    fresh = {column.indicator: _indicator(column) for column in columns}
    for share, parts in SHARES.items():
        if fresh.keys() >= set(parts):
            fresh[share] = Indicator(slug=share, unit="%", decimals=1, kind=Indicator.Kind.COMPUTED)
    with translation.override("nl"):
        for slug, indicator in fresh.items():
            if slug in INDICATORS:
                indicator.title = str(INDICATORS[slug].title)
            indicator.topic = TOPICS.get(slug, "")
    Indicator.objects.bulk_create(fresh.values(), ignore_conflicts=True)


def _indicator(column: Column) -> Indicator:
    return Indicator(
        slug=column.indicator,
        title=column.heading[:250],
        unit=column.unit[:60],
        decimals=min(column.decimals, 4),
        kind=column.kind,
    )


def note_areas(places: tuple[Place, ...], boundary_year: int) -> list[int]:
    """The keys of the areas in their order; those that are new get a row, and a name that was missing is filled in."""
    known = {area.code: area for area in Area.objects.filter(boundary_year=boundary_year).iterator()}
    Area.objects.bulk_create(
        [
            Area(code=place.code, boundary_year=boundary_year, name=place.name[:120], level=place.level)
            for place in places
            if place.code not in known
        ],
        batch_size=AT_ONCE,
    )
    nameless = [place for place in places if place.code in known and known[place.code].name == place.code != place.name]
    for place in nameless:
        Area.objects.filter(code=place.code, boundary_year=boundary_year).update(name=place.name[:120])
    keys = dict(Area.objects.filter(boundary_year=boundary_year).values_list("code", "pk"))
    return [keys[place.code] for place in places]


def _area_blocks(version: DatasetVersion, harvest: Harvest, areas: list[int]) -> Iterator[Block]:
    for period, values in harvest.values.items():
        statuses = harvest.statuses[period]
        for row in np.flatnonzero(harvest.present[period]).tolist():
            yield version.pk, areas[row], period, pack(values[row], statuses[row])


def _column_blocks(version: DatasetVersion, harvest: Harvest) -> Iterator[Block]:
    for period, values in harvest.values.items():
        statuses, at = harvest.statuses[period], 0
        for number, column in enumerate(harvest.columns):
            lanes = slice(at, at + column.lanes)
            at += column.lanes
            marked = _marked(statuses[:, lanes], harvest.present[period])
            yield version.pk, number, period, pack(_flat(values[:, lanes]), _flat(marked))


def _flat(array: NDArray[Any]) -> NDArray[Any]:
    """Lane after lane: first all values, then all lower and all upper bounds."""
    return np.ascontiguousarray(array.T).reshape(-1)


def _marked(statuses: NDArray[np.uint8], present: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Areas that had no row in this period are no part of its map."""
    found = statuses.copy()
    found[~present] = 0xFF
    return found


def _write(model: type[AreaBlock] | type[ColumnBlock], place: str, blocks: Iterator[Block], progress: Progress) -> None:
    """Blocks go in as plain rows: making a model of each takes longer than all the rest."""
    table = connection.ops.quote_name(model._meta.db_table)
    into = f"INSERT INTO {table} (version_id, {place}, period, data) VALUES (%s, %s, %s, %s)"  # noqa: S608
    so_far = 0
    with connection.cursor() as cursor:
        while some := list(islice(blocks, AT_ONCE)):
            cursor.executemany(into, some)
            so_far += len(some)
            if so_far % (10 * AT_ONCE) == 0:
                progress(f"{model._meta.model_name}: {so_far}")


def _count_for_the_planner() -> None:
    """PostgreSQL counts for itself only a minute later; until then it would read every block to find one area."""
    if connection.vendor == "postgresql":
        tables = (AreaBlock, ColumnBlock, DatasetVersion, Area)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE " + ", ".join(connection.ops.quote_name(table._meta.db_table) for table in tables))


def _retire(before: QuerySet[DatasetVersion], harvest: Harvest) -> None:
    """Older versions of which nothing would be seen any more."""
    codes = {place.code for place in harvest.places}
    columns = {(column.indicator, column.age_group) for column in harvest.columns}
    for version in before:
        layout: Layout = shelf.of([version.public_id])[version.public_id]
        theirs = {(column.indicator, column.age_group) for column in layout.columns}
        if layout.positions.keys() <= codes and theirs <= columns and set(layout.periods) <= harvest.values.keys():
            version.retire()


__all__ = ["Stored", "check", "fingerprint_of", "note_areas", "store"]

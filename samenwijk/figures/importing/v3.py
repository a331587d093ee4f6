"""Tables in the form of the v3 service: TypedDataSet, DataProperties and a list for each dimension, as JSON or CSV."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from samenwijk.figures.importing import files, naming, tables
from samenwijk.figures.importing.gathering import Report, Row, SourceColumn
from samenwijk.figures.importing.opened import About, Asked, Dimension, Opened, required, whole_number
from samenwijk.figures.importing.refusal import Refused

# Columns that describe the area; the product has these from its code.
DESCRIBING = {"gemeentenaam", "soortregio", "codering", "indelingswijzigingwijkenenbuurten",
              "indelingswijzigingwijkenenbuurt", "meestvoorkomendepostcode"}  # fmt: skip
DIMENSION_TYPES = {"Dimension", "GeoDetail", "GeoDimension", "TimeDimension"}
OTHERS = {"typeddataset", "untypeddataset", "dataproperties", "tableinfos", "categorygroups", "coldescriptions"}


def is_table(names: list[str]) -> bool:
    return any(_kind(name) == "typeddataset" for name in names)


def _kind(name: str) -> str:
    """`84799NED_TypedDataSet.csv`, `TypedDataSet_leiden.json` and `TypedDataSet.2.json` are all typeddataset."""
    parts = re.split(r"[_.\- ]", name.lower())
    return next((part for part in parts if part in OTHERS), parts[0] if not tables.is_table_id(parts[0]) else parts[1])


def open_table(paths: list[Path], table: str, asked: Asked) -> Opened:
    """The files of one table; only those that carry its number, where any does."""
    named = [path for path in paths if path.name.lower().startswith(table.lower())]
    by_kind: dict[str, list[Path]] = {}
    for path in sorted(named or paths):
        by_kind.setdefault(_kind(path.name), []).append(path)
    for pages in by_kind.values():
        files.refuse_missing_pages(pages)
    data = by_kind.get("typeddataset")
    if not data:
        raise Refused(_("Er is geen bestand TypedDataSet bij. Download ook dat deel van de tabel."))
    info = _info(by_kind.get("tableinfos", []))
    properties = [record for path in by_kind.get("dataproperties", []) for record in files.records(path)]
    known = tables.known(table, asked.publisher)
    known = tables.described(known, str(info.get("Title") or "")) if info.get("Title") else known
    keys = list(_first(data))
    described = _described(properties) if properties else _guessed(keys)
    _refuse_changed(described, keys, bool(properties))
    dimensions = tuple(
        Dimension(key, _labels(by_kind.get(key.lower(), []))) for key in described.dimensions if key in keys
    )
    period = asked.period or known.year or _year(str(info.get("Period") or ""))
    about = About(dimensions, period, _provisional(by_kind.get("perioden", [])))
    if about.region is None:
        raise Refused(_("Deze tabel heeft geen gemeenten, wijken of buurten, en kan dus niet mee."))
    if about.period is None:
        required(period, None, "--period")
    return Opened(
        table=known,
        boundary_year=required(asked.boundary_year, described.map_year or known.boundary_year, "--boundary-year"),
        columns=tuple(replace(column, unit=column.unit or known.unit) for column in described.columns),
        rows=partial(_rows, data, keys, about, described.columns),
        regions=_regions(by_kind.get(about.region.key.lower(), [])),
        provisional=about.provisional,
        left_out=_left_out(keys, described),
    )


def _left_out(keys: list[str], described: "_Described") -> tuple[str, ...]:
    taken = {"ID", *described.dimensions, *(column.measure for column in described.columns)}
    return tuple(key for key in keys if key not in taken)


@dataclass(frozen=True)
class _Described:
    dimensions: tuple[str, ...]
    columns: tuple[SourceColumn, ...]
    known: frozenset[str]
    map_year: int | None = None


def _described(properties: list[dict[str, Any]]) -> _Described:
    """Columns and dimensions by DataProperties: a column's name is the path of titles above it."""
    by_id = {whole_number(record.get("ID")): record for record in properties}
    dimensions, columns, known, map_year = [], [], set(), None
    for record in properties:
        key, kind = (record.get("Key") or "").strip(), str(record.get("Type") or "")
        if not key:
            continue
        known.add(key)
        if kind in DIMENSION_TYPES or kind.endswith(("Dimension", "Detail")):
            dimensions.append(key)
            map_year = map_year or whole_number(record.get("MapYear"))
        elif str(record.get("Datatype") or "").lower() != "string" and naming.base_name(key).lower() not in DESCRIBING:
            columns.append(_column(record, by_id))
    return _Described(tuple(dimensions), tuple(columns), frozenset(known), map_year)


def _column(record: Mapping[str, Any], by_id: Mapping[int | None, Mapping[str, Any]]) -> SourceColumn:
    path = [str(record.get("Title") or "").strip() or naming.words_of(str(record["Key"]))]
    parent, steps = whole_number(record.get("ParentID")), 0
    while parent is not None and parent in by_id and steps < 12:
        path.insert(0, str(by_id[parent].get("Title") or "").strip())
        parent, steps = whole_number(by_id[parent].get("ParentID")), steps + 1
    presentation = str(record.get("PresentationType") or "")
    return SourceColumn(
        measure=str(record["Key"]).strip(),
        path=tuple(path),
        unit=str(record.get("Unit") or "").strip(),
        decimals=whole_number(record.get("Decimals")),
        is_absolute=presentation == "Absolute" if presentation else None,
    )


def _guessed(keys: list[str]) -> _Described:
    """Without DataProperties: what has a number behind it is a column, the rest are dimensions."""
    columns = [key for key in keys if re.search(r"_\d+$", key)]
    return _Described(
        dimensions=tuple(key for key in keys if key not in columns and key != "ID"),
        columns=tuple(
            SourceColumn(measure=key, path=(naming.words_of(key),))
            for key in columns
            if naming.base_name(key).lower() not in DESCRIBING
        ),
        known=frozenset(keys),
    )


def _refuse_changed(described: _Described, keys: list[str], by_properties: bool) -> None:
    strange = [key for key in keys if key != "ID" and key not in described.known]
    if by_properties and strange:
        raise Refused(
            _(
                "Kolom %(column)s staat wel in de gegevens en niet in DataProperties: de twee horen niet bij dezelfde "
                "uitgave. Download beide opnieuw."
            )
            % {"column": strange[0]}
        )
    gone = [column.measure for column in described.columns if column.measure not in keys]
    if gone:
        raise Refused(
            _(
                "Kolom %(column)s staat in DataProperties en ontbreekt in de gegevens: de kolommen zijn veranderd. "
                "Download beide opnieuw."
            )
            % {"column": gone[0]}
        )
    if not described.columns:
        raise Refused(_("In deze tabel staat geen kolom met cijfers."))


def _first(paths: list[Path]) -> dict[str, Any]:
    """The first row there is: an answer for a part of the country may be empty, all of them may not."""
    first = next((record for path in paths for record in files.records(path)), None)
    if first is None:
        raise Refused(
            _(
                "%(name)s heeft geen enkele regel. De bron geeft een leeg antwoord als een code niet precies klopt: "
                "controleer de gemeentecode en download opnieuw."
            )
            % {"name": paths[0].name}
        )
    return first


def _rows(data: list[Path], keys: list[str], about: About, columns: tuple[SourceColumn, ...],
          report: Report) -> Iterator[Row]:  # fmt: skip
    measures = [column.measure for column in columns]
    wanted = set(keys)
    for origin, path in enumerate(data):
        for record in files.records(path):
            if record.keys() != wanted:
                raise Refused(
                    _("Een regel van %(name)s heeft andere kolommen dan de eerste. Download het opnieuw.")
                    % {"name": path.name}
                )
            if said := about.read(record, report):
                area, period, age, margin = said
                name = str(record.get("Gemeentenaam_1") or "").strip() if area.startswith("GM") else ""
                yield Row(area, name, period, age, margin, [record[key] for key in measures], origin)


def _labels(paths: list[Path]) -> dict[str, str]:
    return {
        str(record.get("Key") or "").strip(): str(record.get("Title") or "").strip()
        for path in paths
        for record in files.records(path)
    }


def _regions(paths: list[Path]) -> dict[str, str]:
    return {code: " ".join(name.split()) for code, name in _labels(paths).items()}


def _provisional(paths: list[Path]) -> set[int]:
    found = set()
    for path in paths:
        for record in files.records(path):
            if "voorlopig" in str(record.get("Status") or "").lower():
                found.add(naming.year_of(str(record.get("Key") or "")))
    return {year for year in found if year}


def _info(paths: list[Path]) -> dict[str, Any]:
    for path in paths:
        found = files.json_object(path) if files.is_json(path) else next(files.csv_records(path), {})
        rows = found.get("value")
        return rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], dict) else dict(found)
    return {}


def _year(text: str) -> int | None:
    return naming.year_of(text.strip())

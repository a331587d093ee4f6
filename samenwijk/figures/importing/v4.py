"""Tables in the form of the v4 service: one observation a row, with codes for measures and dimensions."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from samenwijk.figures.importing import files, naming, tables
from samenwijk.figures.importing.gathering import Report, Row, SourceColumn
from samenwijk.figures.importing.opened import About, Asked, Dimension, Opened, required, whole_number
from samenwijk.figures.importing.refusal import Refused
from samenwijk.figures.store.blocks import Status

FIXED = {"id", "measure", "value", "stringvalue", "valueattribute"}
# Words in a ValueAttribute, with what they mean; every other word but "None" means that there is no figure.
ATTRIBUTES = (
    ("impossible", Status.NOT_APPLICABLE),
    ("secret", Status.SECRET),
    ("confidential", Status.SECRET),
    ("geheim", Status.SECRET),
    ("toosmall", Status.TOO_SMALL),
    ("notavailableyet", Status.NOT_PUBLISHED),
    ("notyetavailable", Status.NOT_PUBLISHED),
)


MAY_CHANGE = ("provisional", "revised")


def is_table(names: list[str]) -> bool:
    return any(_kind(name) == "observations" for name in names)


def _kind(name: str) -> str:
    parts = re.split(r"[_.\- ]", name.lower())
    return parts[1] if tables.is_table_id(parts[0]) and len(parts) > 1 else parts[0]


def open_table(paths: list[Path], table: str, asked: Asked) -> Opened:
    named = [path for path in paths if path.name.lower().startswith(table.lower())]
    by_kind: dict[str, list[Path]] = {}
    for path in sorted(named or paths):
        by_kind.setdefault(_kind(path.name), []).append(path)
    for pages in by_kind.values():
        files.refuse_missing_pages(pages)
    data, codes = by_kind.get("observations"), by_kind.get("measurecodes")
    if not data or not codes:
        raise Refused(_("Bij deze tabel horen Observations en MeasureCodes. Download allebei."))
    info = files.json_object(by_kind["properties"][0]) if "properties" in by_kind else {}
    known = tables.described(tables.known(table, asked.publisher), str(info.get("Title") or ""))
    columns = _columns(codes, by_kind.get("measuregroups", []))
    first = next((record for path in data for record in files.records(path)), None)
    if first is None:
        raise Refused(
            _("%(name)s heeft geen enkele regel. Controleer de gemeentecode en download opnieuw.")
            % {"name": data[0].name}
        )
    keys = [key for key in first if key.lower() not in FIXED]
    labels = {key: _labels(by_kind.get(f"{key.lower()}codes", [])) for key in keys}
    period = asked.period or known.year or naming.year_of(str(info.get("TemporalCoverage") or ""))
    provisional = _provisional(by_kind.get("periodencodes", []))
    about = About(tuple(Dimension(key, labels[key]) for key in keys), period, provisional)
    if about.region is None:
        raise Refused(_("Deze tabel heeft geen gemeenten, wijken of buurten, en kan dus niet mee."))
    if about.period is None:
        required(period, None, "--period")
    return Opened(
        table=known,
        boundary_year=required(
            asked.boundary_year, _map_year(by_kind.get("dimensions", [])) or known.boundary_year, "--boundary-year"
        ),
        columns=columns,
        rows=partial(_rows, data, about, columns),
        regions=labels[about.region.key],
        provisional=provisional,
    )


def _columns(codes: list[Path], groups: list[Path]) -> tuple[SourceColumn, ...]:
    parents = {str(record.get("Id")): record for path in groups for record in files.records(path)}
    return tuple(
        _column(record, parents)
        for path in codes
        for record in files.records(path)
        if str(record.get("DataType") or "").lower() != "string"
    )


def _column(record: Mapping[str, Any], parents: Mapping[str, Mapping[str, Any]]) -> SourceColumn:
    path, group, steps = [str(record.get("Title") or "").strip()], str(record.get("MeasureGroupId") or ""), 0
    while group in parents and steps < 12:
        path.insert(0, str(parents[group].get("Title") or "").strip())
        group, steps = str(parents[group].get("ParentId") or ""), steps + 1
    presentation = str(record.get("PresentationType") or "")
    return SourceColumn(
        measure=str(record.get("Identifier") or "").strip(),
        path=tuple(path),
        unit=str(record.get("Unit") or "").strip(),
        decimals=whole_number(record.get("Decimals")) or 0,
        is_absolute=presentation == "Absolute" if presentation else None,
    )


def status_of(attribute: str, value: str | None) -> Status | None:
    """What a ValueAttribute says; None when the value itself says it."""
    word = attribute.strip().lower()
    if word in {"", "none"}:
        return None
    for part, status in ATTRIBUTES:
        if part in word.replace(" ", ""):
            return status
    # A figure that is there and may still change counts; otherwise nothing is known.
    return None if word.startswith(MAY_CHANGE) and value is not None else Status.UNKNOWN


def cell_of(attribute: str, value: str | None) -> str | None:
    """The value as an export of StatLine writes it: a star behind it means that it is provisional."""
    return f"{value}*" if value is not None and attribute.strip().lower().startswith("provisional") else value


Cells = tuple[list[str | None], list[int | None], bytearray]


def _rows(data: list[Path], about: About, columns: tuple[SourceColumn, ...], report: Report) -> Iterator[Row]:
    """Observations come cell by cell; those of one area, year, age and margin make a row."""
    at = {column.measure: number for number, column in enumerate(columns)}
    whole: dict[tuple[str, int, str, str], Cells] = {}
    for path in data:
        for record in files.records(path):
            measure = str(record.get("Measure") or "").strip()
            if measure not in at:
                if not record.get("Value"):
                    report.skip(_("een tekst in plaats van een cijfer"))
                    continue
                raise Refused(
                    _(
                        "Onderwerp %(measure)s staat wel in Observations en niet in MeasureCodes: de twee horen niet "
                        "bij dezelfde uitgave. Download beide opnieuw."
                    )
                    % {"measure": measure}
                )
            said = about.read(record, report)
            if said is None:
                continue
            if said not in whole:
                whole[said] = ([None] * len(columns), [None] * len(columns), bytearray(len(columns)))
            cells, statuses, filled = whole[said]
            number = at[measure]
            if filled[number]:
                raise Refused(
                    _("Gebied %(area)s heeft %(measure)s meer dan één keer. Download het bestand opnieuw.")
                    % {"area": said[0], "measure": measure}
                )
            filled[number] = 1
            value, attribute = record.get("Value"), str(record.get("ValueAttribute") or "")
            own = status_of(attribute, value)
            if own is None:
                cells[number] = cell_of(attribute, value)
            else:
                statuses[number] = int(own)
    for (area, period, age, margin), (cells, statuses, _filled) in whole.items():
        yield Row(area, "", period, age, margin, cells, 0, statuses)


def _labels(paths: list[Path]) -> dict[str, str]:
    return {
        str(record.get("Identifier") or "").strip(): " ".join(str(record.get("Title") or "").split())
        for path in paths
        for record in files.records(path)
    }


def _map_year(paths: list[Path]) -> int | None:
    years = [whole_number(record.get("MapYear")) for path in paths for record in files.records(path)]
    return next((year for year in years if year), None)


def _provisional(paths: list[Path]) -> set[int]:
    found = {
        naming.year_of(str(record.get("Identifier") or ""))
        for path in paths
        for record in files.records(path)
        if "voorlopig" in str(record.get("Status") or "").lower()
    }
    return {year for year in found if year}

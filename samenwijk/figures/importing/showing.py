"""What the command shows: the figures of an area as plain objects, the sources, and the outcome of an import."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from samenwijk.figures.importing.running import Outcome
from samenwijk.figures.models import DatasetVersion
from samenwijk.figures.reading import COUNTRY_CODES, Observation, WijkReading, observations, of_wijk
from samenwijk.places.codes import is_code
from samenwijk.places.models import Area, Wijk


def rows_of(name: str, *, all_periods: bool) -> list[dict[str, Any]] | None:
    """The figures of a code or a wijk; None when there is nothing of that name."""
    code = name.strip().upper()
    if is_code(code):
        asked = set(COUNTRY_CODES) if code in COUNTRY_CODES else {code}
        found = observations(asked, all_periods=all_periods, computed=False)
        return [row(seen) for seen in found] if found or Area.objects.filter(code__in=asked).exists() else None
    wijk = Wijk.objects.filter(Q(slug__iexact=name.strip()) | Q(name__iexact=name.strip())).first()
    if wijk is None:
        return None
    if all_periods and len(codes := [area.code for area in wijk.areas.all()]) == 1:
        return [row(seen) for seen in observations(codes, all_periods=True, computed=False)]
    return [wijk_row(reading) for reading in of_wijk(wijk)]


def row(seen: Observation) -> dict[str, Any]:
    return {
        "indicator": seen.indicator,
        "source": "rivm" if seen.table.startswith("50") else "cbs",
        "publisher": seen.publisher,
        "table": seen.table,
        "licence": seen.licence,
        "measure": seen.measure,
        "title": seen.source_title,
        "unit": seen.unit,
        "period": seen.period,
        "boundary_year": seen.boundary_year,
        "area": seen.area,
        "area_name": seen.area_name,
        "level": seen.level,
        "value": number(seen.value),
        "low": number(seen.low),
        "high": number(seen.high),
        "status": seen.status,
        "modelled": seen.modelled,
        "provisional": seen.provisional,
        "age_group": seen.age_group,
    }


def wijk_row(reading: WijkReading) -> dict[str, Any]:
    return row(reading.own) | {
        "approximate": reading.approximate,
        "error": number(reading.error),
        "fallback": reading.fallback,
        "combined_from": list(reading.combined_from),
        "explanation": reading.explanation,
    }


def number(value: Decimal | None) -> int | float | None:
    """At most 15 digits (the store holds no more), so that JSON has exactly what the source wrote."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def row_line(row: dict[str, Any]) -> str:
    value = row["status"] if row["value"] is None else f"{row['value']} {row['unit']}".strip()
    interval = "" if row["low"] is None else f" ({row['low']}-{row['high']})"
    return f"{row['period']}  {row['indicator']}  {row['age_group']}  {value}{interval}  [{row['table']}]"


def sources() -> list[dict[str, Any]]:
    """Every version that is shown, the newest last."""
    return [
        {
            "source": version.source.slug,
            "publisher": version.source.publisher,
            "table": version.source.table,
            "title": version.source.title,
            "licence": version.source.licence,
            "modelled": version.source.modelled,
            "version": str(version.public_id),
            "boundary_year": version.boundary_year,
            "periods": version.layout["periods"],
            "areas": version.areas,
            "indicators": len({column["indicator"] for column in version.layout["columns"]}),
            "cells": version.cells,
            "imported_at": version.imported_at.isoformat(timespec="seconds"),
            "skipped": version.report.get("skipped", {}),
            "notes": version.report.get("notes", []),
        }
        for version in DatasetVersion.objects.current().select_related("source")
    ]


def source_line(row: dict[str, Any]) -> str:
    periods = ", ".join(str(period) for period in row["periods"])
    return _(
        "%(table)s  %(title)s (%(publisher)s, %(licence)s): %(periods)s; %(areas)s gebieden, indeling %(year)s"
    ) % {
        "table": row["table"],
        "title": row["title"],
        "publisher": row["publisher"],
        "licence": row["licence"],
        "periods": periods,
        "areas": row["areas"],
        "year": row["boundary_year"],
    }


def outcome_lines(outcome: Outcome) -> Iterator[str]:
    told = outcome.as_json()
    if told["unchanged"]:
        yield _("%(table)s: niets veranderd, deze cijfers waren er al.") % told
    else:
        yield _("%(table)s: %(areas)s gebieden, %(indicators)s onderwerpen, %(cells)s cellen ingelezen.") % told
    for skipped in told["skipped"]:
        yield _("Overgeslagen: %(rows)s × %(why)s.") % skipped
    yield from told["notes"]

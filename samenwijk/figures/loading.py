"""Puts a document of figures (see `samenwijk/demo/data/figures.json`) into the database, as it is."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import translation

from samenwijk.figures.indicators import INDICATORS
from samenwijk.figures.models import Figure, Indicator, Source
from samenwijk.places.models import Area

Document = dict[str, list[dict[str, Any]]]


@transaction.atomic
def load(document: Document) -> None:
    """Adds areas, sources, indicators and figures. Loading the same document again changes nothing."""
    areas = _load_areas(document["areas"])
    sources = {
        row["slug"]: Source.objects.get_or_create(slug=row["slug"], defaults=row)[0] for row in document["sources"]
    }
    indicators = {row["slug"]: _load_indicator(row) for row in document["indicators"]}
    Figure.objects.bulk_create(
        [
            Figure(
                indicator=indicators[row["indicator"]],
                source=sources[row["source"]],
                area=areas[row["area"], row["boundary_year"]],
                period=row["period"],
                boundary_year=row["boundary_year"],
                age_group=row["age_group"],
                status=row["status"],
                value=_decimal(row["value"]),
                low=_decimal(row["low"]),
                high=_decimal(row["high"]),
                modelled=row["modelled"],
            )
            for row in document["figures"]
        ],
        ignore_conflicts=True,
    )


def _load_areas(rows: list[dict[str, Any]]) -> dict[tuple[str, int], Area]:
    Area.objects.bulk_create([Area(**row) for row in rows], ignore_conflicts=True)
    codes = {row["code"] for row in rows}
    return {(area.code, area.boundary_year): area for area in Area.objects.filter(code__in=codes)}


def _load_indicator(row: dict[str, Any]) -> Indicator:
    """A shipped indicator takes its title from the shipped words."""
    with translation.override("nl"):
        title = str(INDICATORS[row["slug"]].title) if row["slug"] in INDICATORS else row["slug"]
    return Indicator.objects.get_or_create(slug=row["slug"], defaults={"title": title, **row})[0]


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)

"""Writes down what a profile shows today: the readings of its indicators, their years, and the buurten of the wijk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q
from django.utils import translation

from samenwijk.figures.models.sources import Indicator, Source
from samenwijk.figures.practice.words import OF_PRACTICES, title_of
from samenwijk.figures.practices import practice_readings
from samenwijk.figures.reading import Observation, Outline, WijkReading, comparable, observations, of_wijk, shapes
from samenwijk.places.models import Area, Wijk

if TYPE_CHECKING:
    from samenwijk.figures.models.profile import Choice

FORMAT = 2
COUNT = "aantal"
"""People and households are counted without a word behind the number."""
Frozen = dict[str, Any]


def frozen(wijk: Wijk, choices: Sequence[Choice]) -> Frozen:
    """The content of a version. The same figures give the same content; a fixed number of queries, however many.

    Of the figures of practices it only keeps which there were: their numbers stay with the practice.
    """
    counted = _named_by_practices(wijk, choices)
    slugs = [choice.indicator for choice in choices]
    readings = {reading.indicator: reading for reading in of_wijk(wijk, indicators=slugs)}
    indicators = {indicator.slug: indicator for indicator in Indicator.objects.filter(slug__in=slugs)}
    buurten = buurten_of(wijk)
    codes = {reading.own.area for reading in readings.values() if reading.own.area} | {area.code for area in buurten}
    every = observations(codes, indicators=slugs, all_periods=True)
    outlines = _outlines(buurten)
    sources = {source.slug: source for source in Source.objects.filter(slug__in={seen.source for seen in every})}
    return {
        "format": FORMAT,
        "wijk": wijk.name,
        "figures": [
            counted.get(choice.indicator)
            or _figure(
                choice, indicators[choice.indicator], readings[choice.indicator], every, buurten, outlines, sources
            )
            for choice in choices
            if choice.indicator in counted or (choice.indicator in readings and choice.indicator in indicators)
        ],
    }


def _named_by_practices(wijk: Wijk, choices: Sequence[Choice]) -> dict[str, Frozen]:
    """What is kept of those that practices counted, by indicator; nothing of what they took back meanwhile."""
    groups = {choice.indicator: choice.group for choice in choices if choice.indicator.startswith(OF_PRACTICES)}
    readings = practice_readings(wijk, viewer=None, in_session=True) if groups else []
    return {
        name: {
            "indicator": name,
            "group": groups[name],
            "title": in_every_language(partial(title_of, one.slug, one.title)),
            "period": one.period,
            "visibility": one.visibility,
        }
        for one in readings
        if (name := OF_PRACTICES + one.slug) in groups
    }


def buurten_of(wijk: Wijk) -> list[Area]:
    """The buurten that lie in the wijk, of every boundary year that is known, by name."""
    areas = list(wijk.areas.all())
    within = Q(pk__in=[])
    for area in areas:
        prefix = area.code if area.level == Area.Level.BUURT else f"BU{area.code[2:]}"
        within |= Q(code__startswith=prefix)
    if any(area.level in (Area.Level.LAND, Area.Level.GEMEENTE) for area in areas):
        return []
    return list(Area.objects.filter(within, level=Area.Level.BUURT).order_by("name", "code"))


def _outlines(buurten: Iterable[Area]) -> dict[tuple[str, int], Outline]:
    """The shapes that are known, by code and boundary year: a query for each year."""
    found: dict[tuple[str, int], Outline] = {}
    years: dict[int, list[str]] = {}
    for area in buurten:
        years.setdefault(area.boundary_year, []).append(area.code)
    for year, codes in years.items():
        found |= {(code, year): outline for code, outline in shapes(codes, year).items()}
    return found


def _figure(
    choice: Choice,
    indicator: Indicator,
    reading: WijkReading,
    every: list[Observation],
    buurten: list[Area],
    outlines: dict[tuple[str, int], Outline],
    sources: dict[str, Source],
) -> Frozen:
    own, source = reading.own, sources.get(reading.own.source)
    places = [] if reading.fallback else _places(own, every, buurten)
    keys = {place["area"]: (place["area"], own.boundary_year) for place in places}
    drawn = {code: outlines[key] for code, key in keys.items() if key in outlines}
    # A map with a hole in it misleads: without all outlines the buurten are listed.
    drawn = drawn if len(drawn) == len(places) else {}
    return {
        "indicator": choice.indicator,
        "group": choice.group,
        "title": in_every_language(lambda: indicator.words),
        "note": in_every_language(lambda: indicator.note),
        "explanation": in_every_language(lambda: reading.explanation),
        "topic": indicator.topic,
        "unit": "" if own.unit.startswith(COUNT) else own.unit,
        "decimals": own.decimals,
        "kind": own.kind,
        "publisher": own.publisher,
        "table": own.table,
        "licence": own.licence,
        "measure": own.measure,
        "period": own.period,
        "boundary_year": own.boundary_year,
        "age_group": own.age_group,
        "modelled": own.modelled,
        "provisional": own.provisional,
        "approximate": reading.approximate,
        "edition": source.title if source else "",
        "rounding": own.rounding or 1,
        "fallback": reading.fallback,
        "own": _reading(own),
        "gemeente": _reading(reading.gemeente),
        "region": _reading(reading.region),
        "country": _reading(reading.country),
        "moments": _moments(own, every),
        "places": places,
        "outlines": {code: outline.path for code, outline in drawn.items()},
        "box": _around([outline.box for outline in drawn.values()]) if drawn else None,
    }


def in_every_language(say: Callable[[], str]) -> dict[str, str]:
    """What is said, in each language of the product; nothing where nothing is said."""
    told = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            if text := str(say()):
                told[language] = text
    return told


def _reading(seen: Observation | None) -> Frozen | None:
    if seen is None:
        return None
    return {
        "area": seen.area,
        "name": seen.area_name,
        "level": seen.level,
        "status": seen.status,
        "value": _exact(seen.value),
        "low": _exact(seen.low),
        "high": _exact(seen.high),
    }


def _exact(number: object) -> str | None:
    return None if number is None else str(number)


def _moments(own: Observation, every: list[Observation]) -> list[Frozen]:
    """The years of the same area, source by source, oldest first: only those that may be compared."""
    same = [
        seen
        for seen in every
        if (seen.indicator, seen.area, seen.age_group) == (own.indicator, own.area, own.age_group)
        and seen.modelled == own.modelled
    ]
    return [
        {"period": seen.period, "edition": str(seen.boundary_year), "reading": _reading(seen)}
        for seen in comparable(same)
    ]


def _places(own: Observation, every: list[Observation], buurten: list[Area]) -> list[Frozen]:
    """The buurten in the edition of the wijk's own figure; none when that edition has no buurten."""
    there = {seen.area: seen for seen in every if seen.edition == own.edition}
    found = [there[area.code] for area in buurten if area.boundary_year == own.boundary_year and area.code in there]
    return [_reading(seen) or {} for seen in found] if any(seen.is_figure for seen in found) else []


def _around(boxes: Sequence[tuple[int, int, int, int]]) -> list[int]:
    """The smallest box around all of them: left, top, width, height."""
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
    return [left, top, right - left, bottom - top]

"""Outlines from GeoJSON (degrees or RD metres) become simplified SVG paths in which neighbours share their borders."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from django.db import transaction
from django.utils.translation import gettext as _
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from samenwijk.figures.importing import files
from samenwijk.figures.importing.assembling import plain_name
from samenwijk.figures.importing.opened import Asked, required
from samenwijk.figures.importing.refusal import Refused
from samenwijk.figures.models import Shape
from samenwijk.figures.store.layout import Place
from samenwijk.figures.store.writing import note_areas
from samenwijk.methods.rd import is_rd, to_rd
from samenwijk.places.codes import gemeente_of, is_code, level_of

# The northernmost metre of the drawing plane: SVG counts downwards.
TOP = 625000
# How far, in metres, a simplified border may lie from the real one.
TOLERANCE = {"land": 250, "gemeente": 60, "wijk": 25, "buurt": 10}
# Square metres: what is less is no piece of land but what a source writes for an area that is all water.
SMALLEST = 1
LEVELS = ("BU", "WK", "GM")
NAMES = {
    "BU": ("buurtnaam", "bu_naam", "bun", "statnaam"),
    "WK": ("wijknaam", "wk_naam", "wkn", "statnaam"),
    "GM": ("gemeentenaam", "gm_naam", "gmn", "statnaam"),
}


@dataclass
class OutlinesOutcome:
    boundary_year: int
    count: int = 0
    points_before: int = 0
    points_after: int = 0
    skipped: dict[str, int] = field(default_factory=dict)

    def skip(self, why: str) -> None:
        self.skipped[why] = self.skipped.get(why, 0) + 1

    def lines(self) -> Iterator[str]:
        yield _("%(count)s omtrekken van %(year)s ingelezen, van %(before)s naar %(after)s punten.") % {
            "count": self.count,
            "year": self.boundary_year,
            "before": self.points_before,
            "after": self.points_after,
        }
        for why, count in sorted(self.skipped.items()):
            yield _("Overgeslagen: %(rows)s × %(why)s.") % {"rows": count, "why": why}


def import_outlines(path: Path, asked: Asked, progress: Callable[[str], None]) -> OutlinesOutcome:
    """Takes all outlines of a file in, or none. The same file twice changes nothing."""
    if not files.is_json(path):
        raise Refused(_("%(name)s is geen GeoJSON.") % {"name": path.name})
    found: dict[str, BaseGeometry] = {}
    names: dict[str, str] = {}
    years: set[int] = set()
    outcome = OutlinesOutcome(0)
    for feature in files.json_records(path, "features"):
        code, name, year = _about(feature)
        if not code or _is_water(feature):
            outcome.skip(_("een vlak zonder code van een gemeente, wijk of buurt, of alleen water"))
        elif asked.gemeenten and gemeente_of(code) not in asked.gemeenten:
            outcome.skip(_("een gebied van een andere gemeente"))
        else:
            geometry = _geometry(feature, code)
            if geometry.area < SMALLEST:
                outcome.skip(_("een gebied zonder land"))
                continue
            found[code] = found[code].union(geometry) if code in found else geometry
            names[code] = plain_name(name) or code
            years.update({year} if year else ())
            if len(found) % 1000 == 0:
                progress(_("%(number)s vlakken gelezen") % {"number": len(found)})
    if not found:
        raise Refused(_("In %(name)s staat geen omtrek die gevraagd is.") % {"name": path.name})
    outcome.boundary_year = required(asked.boundary_year, years.pop() if len(years) == 1 else None, "--boundary-year")
    simple = _simplified(found)
    outcome.count = len(found)
    outcome.points_before = sum(int(shapely.get_num_coordinates(geometry)) for geometry in found.values())
    outcome.points_after = sum(int(shapely.get_num_coordinates(geometry)) for geometry in simple.values())
    _store(simple, names, outcome.boundary_year)
    return outcome


def _about(feature: dict[str, Any]) -> tuple[str, str, int | None]:
    """Code, name and year; a buurt also names its wijk and gemeente, so the smallest level counts."""
    properties = _properties(feature)
    codes = {text[:2]: text for value in properties.values() if is_code(text := str(value).strip())}
    year = str(properties.get("jaar") or properties.get("jaarcode") or "")
    for level in LEVELS:
        if level in codes:
            name = next((str(properties[key]) for key in NAMES[level] if properties.get(key)), "")
            return codes[level], name, int(year) if year.isdigit() and len(year) == 4 else None
    return "", "", None


def _is_water(feature: dict[str, Any]) -> bool:
    return str(_properties(feature).get("water") or "").upper() in {"JA", "B"}


def _properties(feature: dict[str, Any]) -> dict[str, Any]:
    """By their names in small letters: sources write them in both."""
    found = feature.get("properties")
    return {str(key).lower(): value for key, value in found.items()} if isinstance(found, dict) else {}


def _geometry(feature: dict[str, Any], code: str) -> BaseGeometry:
    raw = feature.get("geometry") or {}
    try:
        polygons = {"Polygon": [raw["coordinates"]], "MultiPolygon": raw["coordinates"]}[str(raw["type"])]
        parts = [Polygon(_in_metres(rings[0]), [_in_metres(ring) for ring in rings[1:]]) for rings in polygons]
    except (ValueError, TypeError, IndexError, KeyError) as error:
        raise Refused(
            _(
                "De omtrek van %(code)s is niet te lezen: het moeten vlakken in graden (lengte, breedte) of in meters "
                "van het RD-stelsel zijn, in Nederland. Download het bestand opnieuw bij PDOK."
            )
            % {"code": code}
        ) from error
    geometry = parts[0] if len(parts) == 1 else MultiPolygon(parts)
    return geometry if geometry.is_valid else shapely.make_valid(geometry)


def _in_metres(ring: list[list[str]]) -> Any:
    points = np.array([point[:2] for point in ring], "f8")
    if points.ndim != 2 or len(points) < 4:
        raise ValueError("A ring has at least four points.")
    if is_rd(points[:, 0], points[:, 1]).all():
        return points
    return np.stack(to_rd(points[:, 0], points[:, 1]), axis=1)


def _simplified(found: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """All areas of one level at once, so that a border that two of them share stays one border."""
    simple: dict[str, BaseGeometry] = {}
    for level, tolerance in TOLERANCE.items():
        codes = [code for code in found if level_of(code) == level]
        if codes:
            # Borders that are the same to the decimetre are the same border.
            exact = [_surface(shapely.set_precision(found[code], 0.1)) for code in codes]
            simple.update(zip(codes, shapely.coverage_simplify(exact, tolerance), strict=True))
    return simple


def _surface(geometry: BaseGeometry) -> BaseGeometry:
    """Only the surface of what is left after mending: no loose lines or points."""
    if isinstance(geometry, Polygon | MultiPolygon):
        return geometry
    parts = [part for part in shapely.get_parts(geometry) if isinstance(part, Polygon | MultiPolygon)]
    return shapely.union_all(parts)


def _store(simple: dict[str, BaseGeometry], names: dict[str, str], year: int) -> None:
    with transaction.atomic():
        keys = note_areas(tuple(Place(code, names[code], level_of(code)) for code in simple), year)
        shapes = [_shape(key, geometry) for key, geometry in zip(keys, simple.values(), strict=True)]
        Shape.objects.bulk_create(
            shapes,
            update_conflicts=True,
            unique_fields=["area"],
            update_fields=["path", "left", "top", "width", "height"],
            batch_size=500,
        )


def _shape(area: int, geometry: BaseGeometry) -> Shape:
    left, south, right, north = (round(bound) for bound in geometry.bounds)
    return Shape(
        area_id=area, path=svg_path(geometry), left=left, top=TOP - north, width=right - left, height=north - south
    )


def svg_path(geometry: BaseGeometry) -> str:
    """Path data in whole metres; what becomes smaller than a metre is left out."""
    rings = []
    for polygon in getattr(geometry, "geoms", [geometry]):
        if isinstance(polygon, Polygon):
            rings += [_ring(ring) for ring in (polygon.exterior, *polygon.interiors)]
    return "".join(rings)


def _ring(ring: Any) -> str:
    points = np.rint(np.asarray(ring.coords)[:-1, :2]).astype("i8")
    points[:, 1] = TOP - points[:, 1]
    steps = np.diff(points, axis=0)
    steps = steps[(steps != 0).any(axis=1)]
    if len(steps) < 2:
        return ""
    moves = " ".join(f"{x} {y}" for x, y in steps.tolist())
    return f"M{points[0, 0]} {points[0, 1]}l{moves}z"

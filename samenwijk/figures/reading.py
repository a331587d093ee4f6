"""How figures are read: everything that pages, meetings and profiles ask of them stands here.

observations(codes)          all that is known of some areas, newest period of each indicator
of_wijk(wijk)                per indicator what a wijk may show, with gemeente and country beside it
map_of(indicator, "GM0546")  one indicator for all areas of a gemeente
trend(indicator, code)       one area through the years, comparable editions only
shapes(codes, 2024)          outlines to draw a map with
"""

from samenwijk.figures.maps import AreaMap, map_of
from samenwijk.figures.observations import (
    COUNTRY_CODES,
    Edition,
    Observation,
    age_order,
    comparable,
    observations,
    trend,
)
from samenwijk.figures.of_a_wijk import WijkReading, of_wijk
from samenwijk.figures.shapes import Outline, shapes, view_box

__all__ = [
    "COUNTRY_CODES",
    "AreaMap",
    "Edition",
    "Observation",
    "Outline",
    "WijkReading",
    "age_order",
    "comparable",
    "map_of",
    "observations",
    "of_wijk",
    "shapes",
    "trend",
    "view_box",
]

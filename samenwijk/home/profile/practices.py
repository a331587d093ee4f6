"""The figures of practices in a profile: never kept in a version, read anew for whoever looks."""

from __future__ import annotations

from collections.abc import Iterable

from samenwijk.figures.frozen import NamedFigure, ProfileFigure
from samenwijk.figures.models import Delivery
from samenwijk.figures.practice.words import OF_PRACTICES
from samenwijk.figures.practices import PracticeReading, practice_readings
from samenwijk.places.models import Wijk

PUBLIC = str(Delivery.Visibility.PUBLIC)
OF_THE_WIJK = {str(Delivery.Visibility.WIJK), PUBLIC}

Place = tuple[str, int]
"""A figure of practices: its indicator and its year."""
Shown = dict[Place, PracticeReading | None]


def place_of(figure: NamedFigure) -> Place:
    return figure.indicator, figure.period


def practices_for(wijk: Wijk, figures: Iterable[ProfileFigure], *, works_here: bool) -> Shown:
    """Of those that this reader may know of: what may be seen now, None once it was taken back. At most one query."""
    seen = OF_THE_WIJK if works_here else {PUBLIC}
    named = [one for one in figures if isinstance(one, NamedFigure) and one.visibility in seen]
    readings = practice_readings(wijk, viewer=None, in_session=True, every_year=True) if named else []
    there = {(OF_PRACTICES + one.slug, one.period): one for one in readings}
    found = {place_of(one): there.get(place_of(one)) for one in named}
    # A practice may have drawn its circle closer since: then it is as if it was never there.
    return {place: reading for place, reading in found.items() if reading is None or reading.visibility in seen}


def known_among(figures: Iterable[ProfileFigure], shown: Shown) -> list[ProfileFigure]:
    """Without the figures of practices that this reader may not know of."""
    return [one for one in figures if not isinstance(one, NamedFigure) or place_of(one) in shown]

"""What the projector shows of a profile: one figure of the newest version, in large letters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language

from samenwijk.figures import drawing
from samenwijk.figures.frozen import FrozenFigure, NamedFigure, frozen_in
from samenwijk.figures.models import Profile
from samenwijk.figures.practices import PracticeReading
from samenwijk.home.profile.page import published
from samenwijk.home.profile.practices import known_among, place_of, practices_for
from samenwijk.people.models import User, Viewer
from samenwijk.ui.charts import Chart


@dataclass(frozen=True)
class Projected:
    """The pictures of one figure for the room: what it stands beside, and its years or its buurten."""

    beside: Chart | None = None
    second: Chart | None = None


def projection_of(profile: Profile, indicator: str, user: Viewer) -> dict[str, Any] | None:
    """The context of the projector's page; None when there is no such figure. Without a name: the first one.

    Whoever holds the address sees what the profile shows to everybody; who works in the wijk sees the rest as well.
    """
    version = published(profile.wijk)
    every = version.all_figures if version else ()
    works_here = isinstance(user, User) and user.works_in(profile.wijk)
    shown = practices_for(profile.wijk, every, works_here=works_here)
    figures = known_among(every, shown)
    here = next((index for index, one in enumerate(figures) if not indicator or one.indicator == indicator), None)
    if version is None or here is None:
        return None
    figure = figures[here]
    counted = shown[place_of(figure)] if isinstance(figure, NamedFigure) else None
    return {
        "wijk": profile.wijk,
        "profile": profile,
        "version": version,
        "figure": figure,
        "practice": counted,
        "of_practices": isinstance(figure, NamedFigure),
        "pictures": _counted(counted)
        if isinstance(figure, NamedFigure)
        else _projected(version.document, figure.indicator, get_language() or "nl"),
        "number": here + 1,
        "of": len(figures),
        "before": figures[here - 1] if here else None,
        "after": figures[here + 1] if here + 1 < len(figures) else None,
    }


def _counted(reading: PracticeReading | None) -> Projected:
    return Projected(drawing.of_practices(reading, wide=True) if reading else None)


@lru_cache(maxsize=64)
def _projected(document: str, indicator: str, language: str) -> Projected:
    """Years that may be compared go before buurten; alone the figure is drawn over the whole width."""
    figure = next(one for one in frozen_in(document) if one.indicator == indicator)
    years = drawing.years(figure) if _is_a_series(figure) else None
    second = years or drawing.buurten(figure)
    return Projected(drawing.beside(figure, wide=second is None), second)


def _is_a_series(figure: FrozenFigure) -> bool:
    editions = [moment.edition for moment in figure.moments]
    return bool(editions) and editions.count(editions[-1]) > 1

"""What the projector shows of a profile: one figure of the newest version, in large letters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language

from samenwijk.figures import drawing
from samenwijk.figures.frozen import FrozenFigure, figures_in
from samenwijk.figures.models import Profile
from samenwijk.home.profile.page import published
from samenwijk.ui.charts import Chart


@dataclass(frozen=True)
class Projected:
    """The pictures of one figure for the room: what it stands beside, and its years or its buurten."""

    beside: Chart | None
    second: Chart | None


def projection_of(profile: Profile, indicator: str) -> dict[str, Any] | None:
    """The context of the projector's page; None when there is no such figure. Without a name: the first one."""
    version = published(profile.wijk)
    figures = list(version.figures) if version else []
    here = next((index for index, one in enumerate(figures) if not indicator or one.indicator == indicator), None)
    if version is None or here is None:
        return None
    figure = figures[here]
    return {
        "wijk": profile.wijk,
        "profile": profile,
        "version": version,
        "figure": figure,
        "pictures": _projected(version.document, here, get_language() or "nl"),
        "number": here + 1,
        "of": len(figures),
        "before": figures[here - 1] if here else None,
        "after": figures[here + 1] if here + 1 < len(figures) else None,
    }


@lru_cache(maxsize=64)
def _projected(document: str, here: int, language: str) -> Projected:
    """Years that may be compared go before buurten; alone the figure is drawn over the whole width."""
    figure: FrozenFigure = figures_in(document)[here]
    years = drawing.years(figure) if _is_a_series(figure) else None
    second = years or drawing.buurten(figure)
    return Projected(drawing.beside(figure, wide=second is None), second)


def _is_a_series(figure: FrozenFigure) -> bool:
    editions = [moment.edition for moment in figure.moments]
    return bool(editions) and editions.count(editions[-1]) > 1

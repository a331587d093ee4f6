"""Which figures a meeting draws from: the published profile of its wijk, else the newest figures of the sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samenwijk.figures.comparison import Comparison, compare_all
from samenwijk.figures.frozen import FrozenFigure
from samenwijk.figures.models import Indicator, ProfileVersion
from samenwijk.figures.practice.words import OF_PRACTICES
from samenwijk.figures.practices import PracticeReading, practice_readings
from samenwijk.places.models import Wijk

NO_PROFILE = 0


@dataclass(frozen=True)
class Drawn:
    """The figures that were asked for, in that order; `number` is the version they come from, 0 without a profile.

    `practices` are read anew each time: who took a figure back, took it from the evening too.
    """

    number: int
    figures: dict[str, FrozenFigure]
    comparisons: dict[str, Comparison]
    practices: dict[str, PracticeReading]

    @property
    def from_profile(self) -> bool:
        return self.number != NO_PROFILE


def newest_number(wijk: Wijk) -> int:
    """The number of the version that is published now; 0 when there is none."""
    version = ProfileVersion.objects.newest_of(wijk)
    return version.number if version else NO_PROFILE


def drawn(wijk: Wijk, indicators: Iterable[str], number: int | None = None) -> Drawn:
    """Figures from that version (None: the newest). What is not in it comes from the sources as they are now."""
    slugs = list(indicators)
    version = None if number == NO_PROFILE else _version(wijk, number)
    figures = {one.indicator: one for one in version.figures} if version else {}
    missing = [slug for slug in slugs if slug not in figures and not slug.startswith(OF_PRACTICES)]
    others = {one.slug: one for one in compare_all(missing, wijk)} if missing else {}
    kept = {slug: figures[slug].comparison if slug in figures else others.get(slug) for slug in slugs}
    return Drawn(
        number=version.number if version else NO_PROFILE,
        figures={slug: figures[slug] for slug in slugs if slug in figures},
        comparisons={slug: one for slug, one in kept.items() if one},
        practices=_of_practices(wijk, slugs),
    )


def _of_practices(wijk: Wijk, slugs: Sequence[str]) -> dict[str, PracticeReading]:
    if not any(slug.startswith(OF_PRACTICES) for slug in slugs):
        return {}
    found = {OF_PRACTICES + one.slug: one for one in practice_readings(wijk, viewer=None, in_session=True)}
    return {slug: found[slug] for slug in slugs if slug in found}


def offered(wijk: Wijk) -> list[tuple[str, str]]:
    """What a facilitator may choose from: the published profile, else every indicator; and what GPs counted."""
    version = ProfileVersion.objects.newest_of(wijk)
    if version is not None:
        figures = [(figure.indicator, figure.title) for figure in version.figures]
    else:
        figures = [(indicator.slug, indicator.words) for indicator in Indicator.objects.all()]
    counted = practice_readings(wijk, viewer=None, in_session=True)
    return figures + [
        (OF_PRACTICES + one.slug, _("Bij de huisarts: %(title)s") % {"title": one.title})
        for one in counted
        if one.is_figure
    ]


def _version(wijk: Wijk, number: int | None) -> ProfileVersion | None:
    if number is None:
        return ProfileVersion.objects.newest_of(wijk)
    return ProfileVersion.objects.filter(profile__wijk=wijk, number=number).select_related("profile").first()

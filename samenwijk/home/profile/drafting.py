"""What somebody who composes a profile sees: the draft in its order, and what the sources have besides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext as _

from samenwijk.figures.frozen import why_not
from samenwijk.figures.models import Indicator, Profile
from samenwijk.figures.models.profile import MOST
from samenwijk.figures.practice.words import OF_PRACTICES, topic_of
from samenwijk.figures.practices import PracticeReading, practice_readings
from samenwijk.figures.reading import WijkReading, of_wijk
from samenwijk.home.profile.page import published, rights_of
from samenwijk.people.models import Viewer
from samenwijk.places.models import Area, Wijk
from samenwijk.places.topics import topic_title


class Offer(Protocol):
    """Something to choose, with a plain hint of what it is."""

    @property
    def slug(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def hint(self) -> str: ...
    @property
    def group(self) -> str:
        """Where it goes when nobody said otherwise: by how it came about, so that unlike things stay apart."""

    @property
    def rank(self) -> int:
        """What stands first in the list: of practices, then what there is, then what is missing."""

    @property
    def about(self) -> str:
        """What a search finds it by."""


@dataclass(frozen=True)
class OfSources:
    """An indicator as the sources have it for this wijk."""

    indicator: Indicator
    reading: WijkReading | None

    @property
    def slug(self) -> str:
        return self.indicator.slug

    @property
    def title(self) -> str:
        return self.indicator.words

    @property
    def hint(self) -> str:
        if self.reading is None:
            return _("geen cijfer voor deze wijk")
        own = self.reading.own
        where = level_words(self.reading)
        parts = [str(own.period), where, str(self.indicator.get_kind_display())]
        if own.modelled:
            parts.append(_("modelschatting"))
        if not own.is_figure:
            parts.append(why_not(own.status))
        return " · ".join(parts)

    @property
    def group(self) -> str:
        return _("Wie wonen hier") if self.indicator.kind in GROUPS_OF_COUNTS else _("Gezondheid en leven")

    @property
    def rank(self) -> int:
        return 1 if self.reading else 2

    @property
    def about(self) -> str:
        return " ".join((self.title, self.indicator.note, topic_title(self.indicator.topic), self.slug))


@dataclass(frozen=True)
class OfPractices:
    """A problem as practices counted it together."""

    reading: PracticeReading
    rank = 0

    @property
    def slug(self) -> str:
        return OF_PRACTICES + self.reading.slug

    @property
    def title(self) -> str:
        return self.reading.title

    @property
    def hint(self) -> str:
        parts = [str(self.reading.period), _("geteld bij de huisarts")]
        if not self.reading.is_figure:
            parts.append(self.reading.text)
        if not self.reading.is_public:
            parts.append(_("alleen voor wie in de wijk werkt"))
        return " · ".join(parts)

    @property
    def group(self) -> str:
        return _("Bij de huisarts")

    @property
    def about(self) -> str:
        return " ".join((self.title, topic_title(topic_of(self.reading.slug)), _("huisarts praktijk"), self.slug))


def level_words(reading: WijkReading) -> str:
    level = Area.Level(reading.own.level)
    return {
        Area.Level.GEMEENTE: _("alleen van de gemeente"),
        Area.Level.WIJK: _("van de wijk"),
        Area.Level.BUURT: _("van de buurt"),
        Area.Level.LAND: _("alleen van Nederland"),
    }[level]


def of_practices(wijk: Wijk, user: Viewer) -> list[OfPractices]:
    """What practices let this person see; one query."""
    return [OfPractices(one) for one in practice_readings(wijk, viewer=user)]


def group_for(wijk: Wijk, user: Viewer, slug: str) -> str | None:
    """Where this figure goes; None when there is no such figure to choose."""
    if slug.startswith(OF_PRACTICES):
        return next((one.group for one in of_practices(wijk, user) if one.slug == slug), None)
    indicator = Indicator.objects.public().filter(slug=slug).first()
    return OfSources(indicator, None).group if indicator else None


def fits(offer: Offer, asked: str) -> bool:
    """Whether every word that was typed stands somewhere in its title, topic or note."""
    about = offer.about.casefold()
    return all(word in about for word in asked.casefold().split())


MOST_OFFERED = 30
GROUPS_OF_COUNTS = {Indicator.Kind.COUNTED, Indicator.Kind.COMPUTED}


def draft_page(wijk: Wijk, user: Viewer, asked: str = "") -> dict[str, Any]:
    """The context of the page to compose on: a fixed number of queries, however many indicators there are."""
    profile = Profile.objects.filter(wijk=wijk).first()
    choices = profile.choices if profile else []
    readings = {reading.indicator: reading for reading in of_wijk(wijk)}
    offers: dict[str, Offer] = {one.slug: one for one in of_practices(wijk, user)}
    offers |= {one.slug: OfSources(one, readings.get(one.slug)) for one in Indicator.objects.order_by("title")}
    chosen = {choice.indicator for choice in choices}
    groups = [
        (group, [(choice.indicator, offers.get(choice.indicator)) for choice in choices if choice.group == group])
        for group in dict.fromkeys(choice.group for choice in choices)
    ]
    found = [one for one in offers.values() if one.slug not in chosen and fits(one, asked)]
    found.sort(key=lambda one: (one.rank, one.title))
    version = published(wijk)
    return {
        "wijk": wijk,
        "profile": profile,
        "groups": groups,
        "names": [name for name, _members in groups],
        "number": len(choices),
        "most": MOST,
        "full": len(choices) >= MOST,
        "asked": asked,
        "offers": found[:MOST_OFFERED],
        "more_offers": max(len(found) - MOST_OFFERED, 0),
        "version": version,
        **rights_of(wijk, user),
    }

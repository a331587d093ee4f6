"""What somebody who composes a profile sees: the draft in its order, and what the sources have besides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samenwijk.figures.frozen import why_not
from samenwijk.figures.models import Indicator, Profile
from samenwijk.figures.models.profile import MOST
from samenwijk.figures.reading import WijkReading, of_wijk
from samenwijk.home.profile.page import published, rights_of
from samenwijk.people.models import Viewer
from samenwijk.places.models import Area, Wijk
from samenwijk.places.topics import topic_title


@dataclass(frozen=True)
class Offer:
    """An indicator as the sources have it for this wijk, with a plain hint of level and period."""

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

    def fits(self, asked: str) -> bool:
        """Whether every word that was typed stands somewhere in its title, topic or note."""
        about = " ".join((self.title, self.indicator.note, topic_title(self.indicator.topic), self.slug)).casefold()
        return all(word in about for word in asked.casefold().split())


def level_words(reading: WijkReading) -> str:
    level = Area.Level(reading.own.level)
    return {
        Area.Level.GEMEENTE: _("alleen van de gemeente"),
        Area.Level.WIJK: _("van de wijk"),
        Area.Level.BUURT: _("van de buurt"),
        Area.Level.LAND: _("alleen van Nederland"),
    }[level]


def group_for(indicator: Indicator) -> str:
    """Where a figure goes when nobody said otherwise: by how it came about, so that unlike things stay apart."""
    if indicator.kind in GROUPS_OF_COUNTS:
        return _("Wie wonen hier")
    return _("Gezondheid en leven")


MOST_OFFERED = 30
GROUPS_OF_COUNTS = {Indicator.Kind.COUNTED, Indicator.Kind.COMPUTED}


def draft_page(wijk: Wijk, user: Viewer, asked: str = "") -> dict[str, Any]:
    """The context of the page to compose on: a fixed number of queries, however many indicators there are."""
    profile = Profile.objects.filter(wijk=wijk).first()
    choices = profile.choices if profile else []
    readings = {reading.indicator: reading for reading in of_wijk(wijk)}
    offers = {one.slug: Offer(one, readings.get(one.slug)) for one in Indicator.objects.order_by("title")}
    chosen = {choice.indicator for choice in choices}
    groups = [
        (group, [(choice.indicator, offers.get(choice.indicator)) for choice in choices if choice.group == group])
        for group in dict.fromkeys(choice.group for choice in choices)
    ]
    found = [one for one in offers.values() if one.slug not in chosen and one.fits(asked)]
    found.sort(key=lambda one: (one.reading is None, one.title))
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

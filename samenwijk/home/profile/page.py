"""What stands on the pages of a profile: cards of figures with pictures, stories and what grew from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samenwijk.figures import drawing
from samenwijk.figures.frozen import FrozenFigure, figures_in
from samenwijk.figures.models import Indicator, Profile, ProfileVersion, Story
from samenwijk.home.profile.practices import practices_of
from samenwijk.home.profile.thread import Thread, threads_of
from samenwijk.people.models import Person, User, Viewer
from samenwijk.places.models import Wijk
from samenwijk.ui.charts import Chart

QUOTED = 2


@dataclass(frozen=True)
class Pictures:
    """A figure in pictures; None where there is nothing to draw."""

    beside: Chart | None
    years: Chart | None
    buurten: Chart | None


@dataclass
class Card:
    """One figure on a page: what it says, what people say about it, and what came of it."""

    figure: FrozenFigure
    pictures: Pictures
    fixed: SafeString
    more: SafeString
    stories: list[Story] = field(default_factory=list)
    thread: Thread = field(default_factory=Thread)

    @property
    def quoted(self) -> list[Story]:
        return self.stories[:QUOTED]

    @property
    def other_stories(self) -> int:
        return max(len(self.stories) - QUOTED, 0)


def cards_of(document: str) -> list[Card]:
    """The figures of a document with their pictures; no queries."""
    return [Card(*parts) for parts in _parts(document, get_language() or "nl")]


def in_groups(cards: Sequence[Card]) -> list[tuple[str, list[Card], str]]:
    """Heading, cards, and what level all of them have when that is not the wijk itself: then it is said once."""
    groups = [(group or _("Cijfers"), list(found)) for group, found in groupby(cards, lambda card: card.figure.group)]
    return [(group, found, _level_of([card.figure for card in found])) for group, found in groups]


def _level_of(figures: Sequence[FrozenFigure]) -> str:
    places = {(figure.fallback, figure.own.place) for figure in figures}
    fallback, place = next(iter(places))
    if len(places) > 1 or not fallback:
        return ""
    return _("Deze cijfers zijn van de %(place)s. Voor de wijk zelf zijn ze er niet.") % {"place": place}


@lru_cache(maxsize=32)
def _parts(document: str, language: str) -> tuple[tuple[FrozenFigure, Pictures, SafeString, SafeString], ...]:
    """A version never changes: what is the same for every reader is drawn and written once for each language."""
    figures = figures_in(document)
    groups = {group: list(found) for group, found in groupby(figures, lambda figure: figure.group)}
    told = {group: bool(_level_of(found)) for group, found in groups.items()}
    found = []
    for figure in figures:
        pictures = Pictures(drawing.beside(figure), drawing.years(figure), drawing.buurten(figure))
        shown = {"figure": figure, "pictures": pictures, "told_above": told[figure.group]}
        fixed = render_to_string("home/_profile_fixed.html", shown)
        found.append((figure, pictures, fixed, render_to_string("home/_profile_more.html", shown)))
    return tuple(found)


def published(wijk: Wijk, number: int | None = None) -> ProfileVersion | None:
    """The version with this number, else the newest; None when there is none."""
    if number is None:
        return ProfileVersion.objects.newest_of(wijk)
    found = ProfileVersion.objects.filter(profile__wijk=wijk, number=number)
    return found.select_related("profile").first()


def page_of(
    wijk: Wijk, version: ProfileVersion | None, user: Viewer, *, only: str = "", on_paper: bool = False
) -> dict[str, Any]:
    """What a page of the profile, or of one figure, shows: a fixed number of queries, however many figures.

    On paper only what everybody may read who may read the profile.
    """
    cards = cards_of(version.document) if version else []
    cards = [card for card in cards if not only or card.figure.indicator == only]
    works_here = isinstance(user, User) and user.works_in(wijk) and not on_paper
    told = list(Story.objects.filter(wijk=wijk).exclude(status=Story.Status.HIDDEN))
    stories = stories_for(told, AnonymousUser() if on_paper else user)
    threads = threads_of(wijk, [card.figure for card in cards]) if works_here and cards else {}
    for card in cards:
        card.stories = [story for story in stories if story.indicator == card.figure.indicator]
        card.thread = threads.get(card.figure.indicator, card.thread)
    return {
        "wijk": wijk,
        "version": version,
        "cards": cards,
        "groups": in_groups(cards),
        "practices": [] if only or not version else practices_of(wijk, version.document, works_here=works_here),
        "sources": list(dict.fromkeys(card.figure.source_line for card in cards)),
        "works_here": works_here,
        "may_write": works_here,
        "me": person_of(user),
        "waiting": sum(1 for story in told if story.status == Story.Status.WAITING),
        **rights_of(wijk, user),
    }


def rights_of(wijk: Wijk, user: Viewer) -> dict[str, bool]:
    """What this person may do with the profile."""
    return {
        "may_compose": Profile.may_be_composed_by(user, wijk),
        "may_moderate": Profile.may_be_moderated_by(user, wijk),
    }


def stories_for(told: Sequence[Story], user: Viewer) -> list[Story]:
    """What everybody may read, and one's own stories that still wait."""
    me = person_of(user)
    return [
        story for story in told if story.status == Story.Status.SHOWN or (me is not None and story.author_id == me.pk)
    ]


def person_of(user: Viewer) -> Person | None:
    return user.known_person if isinstance(user, User) else None


def titles_of(wijk: Wijk) -> dict[str, str]:
    """How the figures are called, by indicator: those of the newest version, else of the sources."""
    version = published(wijk)
    titles = {indicator.slug: indicator.words for indicator in Indicator.objects.public()}
    return titles | {figure.indicator: figure.title for figure in (version.figures if version else ())}

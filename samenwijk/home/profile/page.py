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
from samenwijk.figures.frozen import FrozenFigure, NamedFigure, ProfileFigure, figures_in
from samenwijk.figures.models import Indicator, Profile, ProfileVersion, Story
from samenwijk.figures.practices import PracticeReading
from samenwijk.home.profile.practices import known_among, place_of, practices_for
from samenwijk.home.profile.thread import Thread, threads_of
from samenwijk.people.models import Person, User, Viewer
from samenwijk.places.models import Wijk
from samenwijk.ui.charts import Chart

QUOTED = 2


@dataclass(frozen=True)
class Pictures:
    """A figure in pictures; None where there is nothing to draw."""

    beside: Chart | None = None
    years: Chart | None = None
    buurten: Chart | None = None


@dataclass
class Card:
    """One figure on a page: what it says, what people say about it, and what came of it.

    Of a figure of practices `reading` is what may be seen now, None once it was taken back.
    """

    figure: ProfileFigure
    pictures: Pictures
    fixed: SafeString
    more: SafeString
    reading: PracticeReading | None = None
    stories: list[Story] = field(default_factory=list)
    thread: Thread = field(default_factory=Thread)

    @property
    def of_practices(self) -> bool:
        return isinstance(self.figure, NamedFigure)

    @property
    def source_line(self) -> str:
        if isinstance(self.figure, FrozenFigure):
            return self.figure.source_line
        return self.reading.source if self.reading else ""

    @property
    def quoted(self) -> list[Story]:
        return self.stories[:QUOTED]

    @property
    def other_stories(self) -> int:
        return max(len(self.stories) - QUOTED, 0)


def cards_of(wijk: Wijk, document: str, *, works_here: bool) -> list[Card]:
    """The figures of a document that this reader may see, with their pictures; a query where practices counted."""
    shown = practices_for(wijk, figures_in(document), works_here=works_here)
    known = {one.indicator for one in known_among(figures_in(document), shown)}
    cards = [Card(*parts) for parts in _parts(document, get_language() or "nl") if parts[0].indicator in known]
    for card in cards:
        if isinstance(card.figure, NamedFigure):
            card.reading = shown[place_of(card.figure)]
            card.pictures = Pictures(drawing.of_practices(card.reading) if card.reading else None)
    return cards


def in_groups(cards: Sequence[Card]) -> list[tuple[str, list[Card], str]]:
    """Heading, cards, and what has to be known of all of them: then it is said once."""
    groups = [(group, list(found)) for group, found in groupby(cards, lambda card: card.figure.heading)]
    return [(group, found, _said_of([card.figure for card in found])) for group, found in groups]


def _said_of(figures: Sequence[ProfileFigure]) -> str:
    """That none of them is of the wijk itself, or that practices counted all; empty when it differs."""
    if all(isinstance(figure, NamedFigure) for figure in figures):
        return _(
            "Geteld in de dossiers van huisartsen. Dat is iets anders dan een vragenlijst: "
            "zet de getallen niet naast elkaar."
        )
    places = {(one.fallback, one.own.place) if isinstance(one, FrozenFigure) else ("", "") for one in figures}
    fallback, place = next(iter(places))
    if len(places) > 1 or not fallback:
        return ""
    return _("Deze cijfers zijn van de %(place)s. Voor de wijk zelf zijn ze er niet.") % {"place": place}


@lru_cache(maxsize=32)
def _parts(document: str, language: str) -> tuple[tuple[ProfileFigure, Pictures, SafeString, SafeString], ...]:
    """A version never changes: what is the same for every reader is drawn and written once for each language."""
    figures = figures_in(document)
    groups = {group: list(found) for group, found in groupby(figures, lambda figure: figure.heading)}
    told = {group: bool(_said_of(found)) for group, found in groups.items()}
    found: list[tuple[ProfileFigure, Pictures, SafeString, SafeString]] = []
    for figure in figures:
        if isinstance(figure, NamedFigure):
            found.append((figure, Pictures(), SafeString(), SafeString()))
            continue
        pictures = Pictures(drawing.beside(figure), drawing.years(figure), drawing.buurten(figure))
        shown = {"figure": figure, "pictures": pictures, "told_above": told[figure.heading]}
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
    works_here = isinstance(user, User) and user.works_in(wijk) and not on_paper
    cards = cards_of(wijk, version.document, works_here=works_here) if version else []
    cards = [card for card in cards if not only or card.figure.indicator == only]
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
        "sources": list(dict.fromkeys(card.source_line for card in cards if card.source_line)),
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
    return titles | {figure.indicator: figure.title for figure in (version.all_figures if version else ())}

"""The ideas of a wijk, newest first: where each was written and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db.models import Max
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samenwijk.journal.models import Entry
from samenwijk.meetings.models import MeetingTheme
from samenwijk.places.models import Wijk
from samenwijk.plans.models import Action, ChoiceOption, Idea

ON_A_PAGE = 15
KEPT = 5
"""Seconds: a new wording is no entry in the journal, so the list may be so much behind."""
COLUMNS = (
    "pk",
    "public_id",
    "title",
    "created_at",
    "theme_id",
    "theme__title",
    "contribution__step__meeting_id",
    "contribution__step__meeting__title",
)

Stage = tuple[str | Promise, str]
WRITTEN: Stage = (_("op het bord"), "neutral")
NOT_CHOSEN: Stage = (_("niet gekozen"), "neutral")
CHOSEN: Stage = (_("gekozen"), "now")
PULLED: Stage = (_("iemand trekt dit"), "done")
DONE: Stage = (_("klaar"), "done")


@dataclass(frozen=True)
class Line:
    """One idea as the list shows it; `place` is that of its theme on the list of its evening: colour and shape."""

    public_id: UUID
    title: str
    theme: str
    place: int
    meeting: str
    written_on: date
    stage: Stage


def listed(request: HttpRequest, wijk: Wijk) -> SafeString:
    """The list as it stands, written out once for everybody who reads it until something happens in the wijk."""
    number = request.GET.get("pagina", "1")
    if not (number.isascii() and number.isdigit() and len(number) < 5):
        return render_to_string("home/_ideas.html", {"page": page_of(wijk, number)}, request)
    newest = Entry.objects.filter(wijk=wijk).aggregate(pk=Max("pk"))["pk"]
    key = f"ideas.{wijk.pk}.{number}.{get_language()}.{newest}"
    made: SafeString | None = cache.get(key)
    if made is None:
        made = render_to_string("home/_ideas.html", {"page": page_of(wijk, number)}, request)
        cache.set(key, made, KEPT)
    return made


def page_of(wijk: Wijk, number: str) -> Page[Any]:
    """Fifteen ideas with theme, meeting and stage: five small queries, however many ideas there are.

    The list is opened often, so it fetches the columns that it shows and no whole rows.
    """
    written = Idea.objects.filter(wijk=wijk).on_the_board().order_by("-created_at", "-pk")
    page: Page[Any] = Paginator(written.values_list(*COLUMNS), ON_A_PAGE).get_page(number)
    rows = list(page.object_list)
    stages, places = _stages({row[0] for row in rows}), _places_of_themes({row[4] for row in rows})
    page.object_list = [
        Line(public_id, title, theme, places.get((at, theme_id), 0), meeting or "", localdate(written), stages[pk])
        for pk, public_id, title, written, theme_id, theme, at, meeting in rows
    ]
    return page


def _places_of_themes(themes: set[int]) -> dict[tuple[int, int], int]:
    """(meeting, theme) -> its place on the list of that evening."""
    found = MeetingTheme.objects.filter(theme__in=themes).values_list("meeting_id", "theme_id", "position")
    return {(meeting, theme): place for meeting, theme, place in found}


def _stages(ideas: set[int]) -> dict[int, Stage]:
    """How far each idea has come on its journey: what happened last counts."""
    stages = dict.fromkeys(ideas, WRITTEN)
    counted = ChoiceOption.objects.filter(idea__in=ideas, choice__shown_at__isnull=False)
    for idea, chosen in counted.values_list("idea_id", "chosen"):
        if stages[idea] != CHOSEN:
            stages[idea] = CHOSEN if chosen else NOT_CHOSEN
    promised = Action.objects.filter(plan__idea__in=ideas).exclude(status=Action.Status.RELEASED).order_by("pk")
    for idea, status in promised.values_list("plan__idea_id", "status"):
        stages[idea] = PULLED if status == Action.Status.OPEN else DONE
    return stages

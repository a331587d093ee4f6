"""The ideas of a wijk, newest first: where each was written and how far it has come."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from samenwijk.meetings.models import MeetingTheme
from samenwijk.people.models import wijken_of
from samenwijk.people.rights import COORDINATE
from samenwijk.places.models import Wijk
from samenwijk.plans.models import Action, ChoiceOption, Idea

ON_A_PAGE = 15

Stage = tuple[str | Promise, str]
WRITTEN: Stage = (_("op het bord"), "neutral")
NOT_CHOSEN: Stage = (_("niet gekozen"), "neutral")
CHOSEN: Stage = (_("gekozen"), "now")
PULLED: Stage = (_("iemand trekt dit"), "done")
DONE: Stage = (_("klaar"), "done")


@login_required
@require_GET
def ideas(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that people in this wijk want to do, a page at a time."""
    own = get_object_or_404(wijken_of(request.user), slug=slug)
    may_coordinate = request.user.is_authenticated and request.user.may(COORDINATE, own)
    page = page_of(own, request.GET.get("pagina", ""))
    return render(request, "home/ideas.html", {"wijk": own, "page": page, "may_coordinate": may_coordinate})


def page_of(wijk: Wijk, number: str) -> Page[Idea]:
    """Fifteen ideas with theme, meeting and stage: seven queries, however many ideas there are."""
    counted = Prefetch("options", ChoiceOption.objects.filter(choice__shown_at__isnull=False))
    promised = Prefetch("plan__actions", Action.objects.order_by("pk"))
    written = Idea.objects.filter(wijk=wijk).on_the_board().order_by("-created_at", "-pk")
    whole = written.select_related("theme", "plan", "contribution__step__meeting").prefetch_related(counted, promised)
    page = Paginator(whole, ON_A_PAGE).get_page(number)
    listed = list(page.object_list)
    places = _places_of_themes(listed)
    for idea in listed:
        contribution = getattr(idea, "contribution", None)
        meeting = contribution.step.meeting if contribution else None
        idea.meeting = meeting  # type: ignore[attr-defined]
        idea.place = places.get((meeting.pk if meeting else 0, idea.theme_id), 0)  # type: ignore[attr-defined]
        idea.stage = stage_of(idea)  # type: ignore[attr-defined]
    page.object_list = listed
    return page


def _places_of_themes(listed: list[Idea]) -> dict[tuple[int, int], int]:
    """(meeting, theme) -> its place on the list of that evening, which gives it colour and shape."""
    found = MeetingTheme.objects.filter(theme__in={idea.theme_id for idea in listed})
    return {
        (meeting, theme): place for meeting, theme, place in found.values_list("meeting_id", "theme_id", "position")
    }


def stage_of(idea: Idea) -> Stage:
    """How far an idea has come on its journey, in a word and the kind of its badge."""
    plan = getattr(idea, "plan", None)
    stages = {action.status for action in plan.actions.all()} if plan else set()
    if Action.Status.OPEN in stages:
        return PULLED
    if stages & {Action.Status.COMPLETED, Action.Status.STOPPED}:
        return DONE
    options = idea.options.all()
    if any(option.chosen for option in options):
        return CHOSEN
    return NOT_CHOSEN if options else WRITTEN

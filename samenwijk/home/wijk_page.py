"""What stands on the front page of a wijk: the road it is on, what asks for you, figures, ideas and plans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenwijk.home.for_you import tiles_of
from samenwijk.home.last_evening import LastEvening, last_evening_of
from samenwijk.home.standing_out import lines_of, sources_of
from samenwijk.meetings.models import Meeting
from samenwijk.people.models import Person, Viewer
from samenwijk.people.rights import COORDINATE, FACILITATE
from samenwijk.places.models import Wijk, WijkQuerySet
from samenwijk.plans.models import Action, Plan


@dataclass(frozen=True)
class Running:
    """A plan with the action that says who pulls it now; none when it was given back."""

    plan: Plan
    action: Action | None


def for_members(wijk: Wijk, user: Viewer) -> dict[str, Any]:
    meetings = list(Meeting.objects.filter(wijk=wijk).order_by("starts_at"))
    coming = [meeting for meeting in meetings if not meeting.is_ended]
    held = [meeting for meeting in reversed(meetings) if meeting.is_ended]
    running = running_plans(wijk)
    evening = last_evening_of(wijk, meetings)
    page = {
        "wijk": wijk,
        "coming": coming,
        "held": held,
        "plans": running,
        "evening": evening,
        **_figures_of(wijk),
        "mine": [one.action for one in running if _is_mine(one.action, user)],
        "may_facilitate": user.is_authenticated and user.may(FACILITATE, wijk),
        "may_coordinate": user.is_authenticated and user.may(COORDINATE, wijk),
        "holds_figures": user.is_authenticated and user.practice_in(wijk) is not None,
        **_people_of(wijk),
    }
    return page | {"tiles": tiles_of(page), "road": _road(page)}


def for_visitors(wijk: Wijk) -> dict[str, Any]:
    """Only what the wijk opened: who they are with how many, the figures, the next evening and whom to call."""
    coming = Meeting.objects.joinable().filter(wijk=wijk, starts_at__gte=timezone.now()).order_by("starts_at").first()
    return {"wijk": wijk, "coming": coming, **_figures_of(wijk), **_people_of(wijk)}


def running_plans(wijk: Wijk) -> list[Running]:
    """The plans of a wijk, each once; open ones first, soonest first. One query."""
    actions = Action.objects.filter(wijk=wijk).select_related("plan__idea__theme", "owner")
    newest: dict[int, Running] = {}
    for action in actions.order_by("pk"):
        given_back = action.status == Action.Status.RELEASED
        before = newest.get(action.plan_id)
        newest[action.plan_id] = Running(action.plan, before.action if before and given_back else action)
        if given_back and before is None:
            newest[action.plan_id] = Running(action.plan, None)
    return sorted(newest.values(), key=_soonest)


def _soonest(one: Running) -> tuple[bool, Any, int]:
    closed = one.action is not None and one.action.status != Action.Status.OPEN
    return closed, one.action.due if one.action else timezone.localdate(), one.plan.pk


def _is_mine(action: Action | None, user: Viewer) -> bool:
    return (
        action is not None
        and action.status == Action.Status.OPEN
        and user.is_authenticated
        and user.is_person(action.owner)
    )


def _figures_of(wijk: Wijk) -> dict[str, Any]:
    lines = lines_of(wijk)
    return {"figures": lines, "sources": sources_of(lines)}


def with_numbers(wijken: WijkQuerySet) -> WijkQuerySet:
    """Wijken with how many people and organisations work there, in the query that fetches them."""
    there = Person.objects.filter(memberships__wijk=OuterRef("pk")).order_by().values("memberships__wijk")
    return wijken.select_related("region").annotate(
        people=Subquery(there.annotate(n=Count("pk", distinct=True)).values("n")),
        organisations=Subquery(there.annotate(n=Count("organisation", distinct=True)).values("n")),
    )


def _people_of(wijk: Wijk) -> dict[str, int]:
    return {
        "number_of_people": getattr(wijk, "people", None) or 0,
        "number_of_organisations": getattr(wijk, "organisations", None) or 0,
    }


def _road(page: dict[str, Any]) -> list[dict[str, Any]]:
    """Where the wijk stands between getting to know each other and following up; each stop counts real rows."""
    people, figures, plans = page["number_of_people"], len(page["figures"]), len(page["plans"])
    closed = sum(1 for one in page["plans"] if one.action and one.action.status != Action.Status.OPEN)
    stops = [
        (_("Elkaar kennen"), people, ngettext("%(n)d mens", "%(n)d mensen", people) % {"n": people}),
        (_("Cijfers delen"), figures, ngettext("%(n)d cijfer", "%(n)d cijfers", figures) % {"n": figures}),
        (_("Samen kiezen"), bool(page["evening"]), _chosen_on(page["evening"], page["coming"])),
        (_("Plannen maken"), plans, ngettext("%(n)d plan", "%(n)d plannen", plans) % {"n": plans}),
        (_("Opvolgen"), closed, ngettext("%(n)d afspraak klaar", "%(n)d afspraken klaar", closed) % {"n": closed}),
    ]
    reached = [bool(there) for _label, there, _note in stops]
    now = reached.index(False) if False in reached else len(reached) - 1
    return [
        {"label": label, "note": note, "state": "done" if index < now else "now" if index == now else "todo"}
        for index, (label, _there, note) in enumerate(stops)
    ]


def _chosen_on(evening: LastEvening | None, coming: list[Meeting]) -> str:
    if evening is not None:
        return ngettext("%(n)d idee", "%(n)d ideeën", evening.number) % {"n": evening.number}
    if coming:
        return date_format(timezone.localtime(coming[0].starts_at), "j F")
    return _("nog geen datum")

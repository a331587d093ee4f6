"""What stands on the front page of a wijk."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenwijk.meetings.models import Meeting, Participant
from samenwijk.people.models import Person, Viewer
from samenwijk.people.rights import COORDINATE, FACILITATE
from samenwijk.places.models import Wijk
from samenwijk.plans.models import Action, Plan


def for_members(wijk: Wijk, user: Viewer) -> dict[str, Any]:
    meetings = list(Meeting.objects.filter(wijk=wijk).order_by("starts_at"))
    coming = [meeting for meeting in meetings if not meeting.is_ended]
    plans = Plan.objects.filter(wijk=wijk).select_related("idea__theme").prefetch_related("actions__owner")
    people = Person.objects.filter(memberships__wijk=wijk).distinct()
    return {
        "wijk": wijk,
        "coming": coming,
        "held": [meeting for meeting in reversed(meetings) if meeting.is_ended],
        "plans": list(plans),
        "mine": list(Action.objects.open().filter(wijk=wijk, owner__user_id=user.pk or 0).select_related("plan__idea")),
        "number_of_people": people.count(),
        "number_of_organisations": people.exclude(organisation=None).values("organisation").distinct().count(),
        "road": _road(meetings, wijk),
        "may_facilitate": user.is_authenticated and user.may(FACILITATE, wijk),
        "may_coordinate": user.is_authenticated and user.may(COORDINATE, wijk),
    }


def for_visitors(wijk: Wijk) -> dict[str, Any]:
    people = Person.objects.filter(memberships__wijk=wijk).distinct()
    coming = Meeting.objects.joinable().filter(wijk=wijk, starts_at__gte=timezone.now()).order_by("starts_at").first()
    return {"wijk": wijk, "number_of_people": people.count(), "coming": coming}


def _road(meetings: list[Meeting], wijk: Wijk) -> list[dict[str, Any]]:
    """Where the wijk stands between getting to know each other and following up; each stop counts real rows."""
    ended = sum(1 for meeting in meetings if meeting.is_ended)
    joined = Participant.objects.filter(meeting__wijk=wijk).count()
    plans = Plan.objects.filter(wijk=wijk).count()
    closed = Action.objects.filter(wijk=wijk, status__in=[Action.Status.COMPLETED, Action.Status.STOPPED]).count()
    stops = [
        (_("Elkaar ontmoeten"), joined, ngettext("%(n)d deelnemer", "%(n)d deelnemers", joined)),
        (_("Samen kiezen"), ended, ngettext("%(n)d bijeenkomst", "%(n)d bijeenkomsten", ended)),
        (_("Plannen maken"), plans, ngettext("%(n)d plan", "%(n)d plannen", plans)),
        (_("Opvolgen"), closed, ngettext("%(n)d afspraak klaar", "%(n)d afspraken klaar", closed)),
    ]
    reached = [number > 0 for _label, number, _note in stops]
    now = reached.index(False) if False in reached else len(reached)
    return [
        {
            "label": label,
            "note": note % {"n": number},
            "state": "done" if index < now else "now" if index == now else "todo",
        }
        for index, (label, number, note) in enumerate(stops)
    ]

"""What is printed before and after the evening: poster, table signs, table sheets, and a card for each owner."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samenwijk.meetings.kinds.planning import plans_of
from samenwijk.meetings.models import Meeting
from samenwijk.meetings.projecting import way_in
from samenwijk.meetings.views.doors import for_leaders
from samenwijk.meetings.views.report import printed
from samenwijk.people.requests import UserRequest


@for_leaders
@require_safe
def poster(request: UserRequest, meeting: Meeting) -> HttpResponse:
    """The QR code and the spoken code, for the wall of the room."""
    context = {"meeting": meeting, "wijk": meeting.wijk, **way_in(request, meeting)}
    return printed(request, "meetings/print_poster.html", context, "poster")


@for_leaders
@require_safe
def signs(request: UserRequest, meeting: Meeting) -> HttpResponse:
    """A sign per table, to fold."""
    tables = list(meeting.tables.select_related("theme"))
    context = {"meeting": meeting, "wijk": meeting.wijk, "tables": tables}
    return printed(request, "meetings/print_signs.html", context, "tafelborden")


@for_leaders
@require_safe
def sheets(request: UserRequest, meeting: Meeting) -> HttpResponse:
    """A sheet per table and theme with room for what every kind of step takes on paper."""
    steps = [step for step in meeting.ordered_steps() if step.rules.on_paper]
    parts = [
        {"step": step, "template": step.rules.template("paper"), "context": step.rules.paper(step)} for step in steps
    ]
    tables = list(meeting.tables.select_related("theme"))
    context = {"meeting": meeting, "wijk": meeting.wijk, "tables": tables, "parts": parts}
    return printed(request, "meetings/print_sheets.html", context, "tafelvellen")


@for_leaders
@require_safe
def cards(request: UserRequest, meeting: Meeting) -> HttpResponse:
    """A card for each owner; those who left no address get theirs on paper only."""
    owned = [plan for plan in plans_of(meeting) if plan.owner]
    owned.sort(key=lambda plan: bool(plan.owner and plan.owner.email))
    context = {"meeting": meeting, "wijk": meeting.wijk, "plans": owned, "contact": meeting.contact}
    return printed(request, "meetings/print_cards.html", context, _("kaartjes"))


MEETING = "begeleiden/<uuid:public_id>/printen"
urls: list[URLPattern] = [
    path(f"{MEETING}/poster/", poster, name="print_poster"),
    path(f"{MEETING}/tafelborden/", signs, name="print_signs"),
    path(f"{MEETING}/tafelvellen/", sheets, name="print_sheets"),
    path(f"{MEETING}/kaartjes/", cards, name="print_cards"),
]

"""The console: running the evening. Each press is a post and a way back; the room moves once, whoever presses."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samenwijk.meetings import running
from samenwijk.meetings.forms import PhaseForm
from samenwijk.meetings.kinds.base import Refused
from samenwijk.meetings.models import Meeting, Step
from samenwijk.meetings.views.doors import carry_out, for_leaders, overview_of
from samenwijk.people.requests import UserRequest
from samenwijk.ui.respond import respond


def _context(request: UserRequest, meeting: Meeting, forms: dict[str, Any] | None = None) -> dict[str, Any]:
    """Everything on the console; `forms` holds a form of the step's kind that came back with errors."""
    context = overview_of(request, meeting)
    step = context["overview"].step
    offered = {act.name: act.form(step=step) for act in step.rules.acts} if step else {}
    links = {
        "start_url": reverse("meetings:start", args=[meeting.public_id]),
        "join_host": urlsplit(settings.BASE_URL).netloc,
        "join_url": settings.BASE_URL + reverse("meetings:qr", args=[meeting.join_token]),
        "screen_url": settings.BASE_URL + reverse("meetings:screen", args=[meeting.screen_token]),
        "console_url": settings.BASE_URL + meeting.get_absolute_url(),
    }
    return {
        **context["overview"].kind_context,
        **context,
        **links,
        "step": step,
        "forms": {**offered, **(forms or {})},
        "kind_template": step.rules.template("console") if step else "",
        "step_seconds": step.minutes * 60 if step else 0,
    }


@for_leaders
@require_GET
def console(request: UserRequest, meeting: Meeting) -> HttpResponse:
    return respond(request, "meetings/console.html", _context(request, meeting))


@for_leaders
@require_POST
def start(request: UserRequest, meeting: Meeting) -> HttpResponse:
    return carry_out(request, meeting, lambda: running.start(meeting, by=request.user))


@for_leaders
@require_POST
def go_on(request: UserRequest, meeting: Meeting) -> HttpResponse:
    seen = PhaseForm(request.POST).seen
    return carry_out(request, meeting, lambda: running.go_on(meeting, seen=seen, by=request.user))


@for_leaders
@require_POST
def skip_this(request: UserRequest, meeting: Meeting) -> HttpResponse:
    """Leaves the running step and marks it as skipped."""
    seen = PhaseForm(request.POST).seen
    return carry_out(request, meeting, lambda: running.go_on(meeting, seen=seen, by=request.user, skipping=True))


@for_leaders
@require_POST
def go_back(request: UserRequest, meeting: Meeting) -> HttpResponse:
    seen = PhaseForm(request.POST).seen
    return carry_out(request, meeting, lambda: running.go_back(meeting, seen=seen, by=request.user))


@for_leaders
@require_POST
def go_to(request: UserRequest, meeting: Meeting, step_id: UUID) -> HttpResponse:
    """Straight to any step of the script, forwards or backwards."""
    step = get_object_or_404(meeting.steps, public_id=step_id)
    seen = PhaseForm(request.POST).seen
    return carry_out(request, meeting, lambda: running.go_to(meeting, step, seen=seen, by=request.user))


@for_leaders
@require_POST
def end(request: UserRequest, meeting: Meeting) -> HttpResponse:
    seen = PhaseForm(request.POST).seen
    return carry_out(request, meeting, lambda: running.end(meeting, seen=seen, by=request.user))


@for_leaders
@require_POST
def longer(request: UserRequest, meeting: Meeting) -> HttpResponse:
    """Five minutes more."""
    form = PhaseForm(request.POST)
    ends = form.cleaned_data["ends"] if form.is_valid() else ""
    return carry_out(
        request, meeting, lambda: running.extend(_here(meeting, form.seen), minutes=5, by=request.user, seen=ends)
    )


@for_leaders
@require_POST
def end_talk(request: UserRequest, meeting: Meeting) -> HttpResponse:
    """The talk is over: phones may come out."""
    seen = PhaseForm(request.POST).seen
    return carry_out(request, meeting, lambda: running.end_talk(_here(meeting, seen)))


def _here(meeting: Meeting, seen: int) -> Step:
    """The running step, as long as it is the one that the presser saw. To be called inside the transaction."""
    meeting.refresh_from_db()
    if meeting.current is None or not meeting.is_running or meeting.phase != seen:
        raise Refused(_("De zaal is al verder gegaan. Kijk eerst even waar we nu zijn."))
    meeting.current.meeting = meeting
    return meeting.current


@for_leaders
@require_POST
def undo(request: UserRequest, meeting: Meeting) -> HttpResponse:
    seen = request.POST.get("deed", "")
    return carry_out(request, meeting, lambda: running.undo(meeting, by=request.user, seen=seen))


@for_leaders
@require_POST
def take_hold(request: UserRequest, meeting: Meeting) -> HttpResponse:
    return carry_out(
        request, meeting, lambda: meeting.take_hold(by=request.user), said=_("Jij leidt nu de bijeenkomst.")
    )


@for_leaders
@require_POST
def move(request: UserRequest, meeting: Meeting, step_id: UUID, places: int) -> HttpResponse:
    """A step that is still to come goes one place earlier or later."""
    step = get_object_or_404(meeting.steps, public_id=step_id)
    step.meeting = meeting
    return carry_out(
        request,
        meeting,
        lambda: running.move(step, by=request.user, places=places),
        then=meeting.get_absolute_url() + "#volgorde",
    )


@for_leaders
@require_POST
def leave_out(request: UserRequest, meeting: Meeting, step_id: UUID) -> HttpResponse:
    """A step that is still to come is left out, or put back in."""
    step = get_object_or_404(meeting.steps, public_id=step_id)
    step.meeting = meeting
    return carry_out(
        request, meeting, lambda: running.skip(step, by=request.user), then=meeting.get_absolute_url() + "#volgorde"
    )


@for_leaders
@require_POST
def act(request: UserRequest, meeting: Meeting, step_id: UUID, name: str) -> HttpResponse:
    """A button that belongs to one kind of step."""
    step = get_object_or_404(meeting.steps.select_related("choice"), public_id=step_id)
    step.meeting = meeting
    offered = step.rules.find_act(name)
    if offered is None:
        messages.warning(request, _("Deze knop hoort niet bij dit onderdeel."))
        return respond(request, "meetings/console.html", _context(request, meeting), then=meeting.get_absolute_url())
    form = offered.form(request.POST, step=step)
    if not form.is_valid():
        return respond(request, "meetings/console.html", _context(request, meeting, {name: form}), status=422)
    return carry_out(request, meeting, lambda: step.rules.do(step, offered, form.cleaned_data, request.user))


MEETING = "begeleiden/<uuid:public_id>/"
urls: list[URLPattern] = [
    path(MEETING, console, name="console"),
    path(MEETING + "start/", start, name="start"),
    path(MEETING + "verder/", go_on, name="go_on"),
    path(MEETING + "terug/", go_back, name="go_back"),
    path(MEETING + "langer/", longer, name="longer"),
    path(MEETING + "overslaan/", skip_this, name="skip_this"),
    path(MEETING + "praten-klaar/", end_talk, name="end_talk"),
    path(MEETING + "einde/", end, name="end"),
    path(MEETING + "ongedaan/", undo, name="undo"),
    path(MEETING + "leiding/", take_hold, name="take_hold"),
    path(MEETING + "naar/<uuid:step_id>/", go_to, name="go_to"),
    path(MEETING + "volgorde/<uuid:step_id>/eerder/", move, {"places": -1}, name="earlier"),
    path(MEETING + "volgorde/<uuid:step_id>/later/", move, {"places": 1}, name="later"),
    path(MEETING + "volgorde/<uuid:step_id>/overslaan/", leave_out, name="leave_out"),
    path(MEETING + "stap/<uuid:step_id>/<slug:name>/", act, name="act"),
]

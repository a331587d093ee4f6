"""Around the evening: what to prepare, who the ambassadors are, and what the region answers to proposals."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samenwijk.live.writer import write
from samenwijk.meetings import preparing
from samenwijk.meetings.ambassadors import link, off_the_list
from samenwijk.meetings.forms import AmbassadorForm, AnswerToProposalForm
from samenwijk.meetings.models import Ambassador, Answer, Contribution, Meeting
from samenwijk.meetings.seating_forms import InTheRoomForm
from samenwijk.meetings.views.console import MEETING
from samenwijk.meetings.views.doors import carry_out, for_facilitators, overview_of
from samenwijk.people.requests import UserRequest
from samenwijk.ui.respond import respond


@for_facilitators
@require_POST
def tick(request: UserRequest, meeting: Meeting, number: int) -> HttpResponse:
    """A line of the preparation is done, or not yet after all."""
    then = reverse("meetings:script", args=[meeting.public_id]) + "#voorbereiding"
    return carry_out(request, meeting, lambda: preparing.tick(meeting, number), then=then)


def _ambassadors(meeting: Meeting) -> str:
    return reverse("meetings:ambassadors", args=[meeting.public_id])


def _in_the_room(meeting: Meeting, one: Ambassador) -> InTheRoomForm:
    now = {"participant": one.participant.public_id if one.participant else ""}
    return InTheRoomForm(meeting=meeting, initial=now, auto_id=f"{one.public_id}-%s")


@for_facilitators
@require_http_methods(["GET", "POST"])
def ambassadors(request: UserRequest, meeting: Meeting) -> HttpResponse:
    """Who plays at which table. Only who organises the evening sees this page."""
    form = AmbassadorForm(request.POST or None, meeting=meeting)
    if form.is_bound and form.is_valid():
        return carry_out(
            request,
            meeting,
            lambda: Ambassador.invite(meeting, **form.cleaned_data) and None,
            then=_ambassadors(meeting),
            said=_("Bewaard."),
        )
    there = list(meeting.ambassadors.select_related("table", "participant"))
    shown = [(one, _in_the_room(meeting, one)) for one in there]
    without = meeting.tables.exclude(pk__in=[one.table_id for one in there if one.table_id])
    context = {**overview_of(request, meeting), "form": form, "ambassadors": shown, "without": list(without)}
    return respond(request, "meetings/ambassadors.html", context, status=422 if form.is_bound else 200)


@for_facilitators
@require_POST
def ambassador_leaves(request: UserRequest, meeting: Meeting, ambassador_id: UUID) -> HttpResponse:
    one = get_object_or_404(meeting.ambassadors.select_related("participant"), public_id=ambassador_id)
    said = _("%(name)s staat niet meer op de lijst.") % {"name": one}
    return carry_out(request, meeting, lambda: off_the_list(one), then=_ambassadors(meeting), said=said)


@for_facilitators
@require_POST
def ambassador_is(request: UserRequest, meeting: Meeting, ambassador_id: UUID) -> HttpResponse:
    """Who of the room it is: from then on the table plan counts them as ambassador."""
    one = get_object_or_404(meeting.ambassadors.select_related("participant", "table"), public_id=ambassador_id)
    form = InTheRoomForm(request.POST, meeting=meeting)
    if not form.is_valid():
        messages.warning(request, str(form.errors["participant"][0]))
        return HttpResponseRedirect(_ambassadors(meeting))
    who = form.cleaned_data["participant"]
    if who is not None:
        who.meeting = meeting
    said = _("Bewaard. Het tafelplan weet nu wie %(name)s is.") if who else _("Bewaard. %(name)s is nog niet binnen.")
    return carry_out(
        request, meeting, lambda: link(one, who), then=_ambassadors(meeting), said=said % {"name": one.first_name}
    )


@for_facilitators
@require_POST
def ambassador_called(request: UserRequest, meeting: Meeting, ambassador_id: UUID) -> HttpResponse:
    one: Ambassador = get_object_or_404(meeting.ambassadors, public_id=ambassador_id)
    return carry_out(request, meeting, one.was_called, then=_ambassadors(meeting), said=_("Genoteerd: er is gebeld."))


def _handed_to(request: UserRequest) -> Any:
    """What tables of my regions asked; who supports no region has no such page."""
    if not request.user.regions().exists():
        raise PermissionDenied
    found = Contribution.objects.handed_to(request.user)
    return found.select_related("step__meeting__wijk", "table", "answer").order_by("created_at")


@login_required
@require_GET
def proposals(request: UserRequest) -> HttpResponse:
    """Every proposal of the region's evenings; those without an answer come first."""
    return respond(request, "meetings/proposals.html", _proposals(request))


def _proposals(request: UserRequest, came_back: dict[int, AnswerToProposalForm] | None = None) -> dict[str, Any]:
    came_back = came_back or {}
    found = [
        {"proposal": one, "form": came_back.get(one.pk) or AnswerToProposalForm(auto_id=f"{one.public_id}-%s")}
        for one in _handed_to(request)
    ]
    return {
        "open": [one for one in found if not hasattr(one["proposal"], "answer")],
        "answered": [one for one in found if hasattr(one["proposal"], "answer")],
        "came_back": list(came_back.values()),
    }


@login_required
@require_POST
def answer(request: UserRequest, proposal_id: UUID) -> HttpResponse:
    proposal: Contribution = get_object_or_404(_handed_to(request), public_id=proposal_id)
    form = AnswerToProposalForm(request.POST, auto_id=f"{proposal.public_id}-%s")
    if not form.is_valid():
        context = _proposals(request, {proposal.pk: form})
        return respond(request, "meetings/proposals.html", context, status=422)
    write(lambda: Answer.give(proposal, by=request.user, **form.cleaned_data))
    messages.success(request, _("Het antwoord staat bij het voorstel en in het verslag."))
    return HttpResponseRedirect(reverse("meetings:proposals"))


AMBASSADORS = MEETING + "ambassadeurs/"
urls: list[URLPattern] = [
    path(MEETING + "voorbereiding/<int:number>/", tick, name="tick"),
    path(AMBASSADORS, ambassadors, name="ambassadors"),
    path(AMBASSADORS + "<uuid:ambassador_id>/weg/", ambassador_leaves, name="ambassador_leaves"),
    path(AMBASSADORS + "<uuid:ambassador_id>/wie/", ambassador_is, name="ambassador_is"),
    path(AMBASSADORS + "<uuid:ambassador_id>/gebeld/", ambassador_called, name="ambassador_called"),
    path("regio/voorstellen/", proposals, name="proposals"),
    path("regio/voorstellen/<uuid:proposal_id>/antwoord/", answer, name="answer_proposal"),
]

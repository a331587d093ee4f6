"""The participant's phone: the step that the room is in, and what people send."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samenwijk.live.writer import write
from samenwijk.meetings import pacing, passes
from samenwijk.meetings.contributing import Receipt, contribute
from samenwijk.meetings.join_forms import TableForm
from samenwijk.meetings.kinds.base import Refused, Sender, StepForm, Take
from samenwijk.meetings.models import Participant, Step
from samenwijk.meetings.own_page import own_page
from samenwijk.meetings.phone_page import (
    Sent,
    author_of,
    key_of,
    page,
    refuse_other_scribes,
    waited_long,
    was_on_its_way,
)


@never_cache
@require_safe
@passes.for_participants
def phone(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Where the room is now; after the end one's own page."""
    return _shown(request, participant, request.GET.dict())


def _shown(request: HttpRequest, participant: Participant, asked: dict[str, Any]) -> HttpResponse:
    context = page(participant, asked)
    if participant.meeting.is_ended:
        context |= own_page(participant)
    return render(request, "meetings/phone.html", context)


@never_cache
@require_POST
@passes.for_senders
def send(request: HttpRequest, participant: Participant, step_id: uuid.UUID, take: str) -> HttpResponse:
    """Somebody sends something into a step. Whatever happens, they get a sentence and keep their words."""
    step = _step(participant, step_id)
    offered = step.rules.find_take(take)
    if offered is None:
        raise Http404
    on_its_way, waited = was_on_its_way(request, step), waited_long(request)
    sender = author_of(offered, participant, queued=on_its_way, waited=waited)
    form = offered.form(request.POST, step=step, sender=sender)
    if pacing.writes_too_fast(participant.public_id):
        slower = _("Dat ging te snel achter elkaar. Wacht even en druk nog een keer. Wat je schreef, staat er nog.")
        return _again(request, participant, step, Sent(take, form, slower), status=429)
    if not form.is_valid():
        return _again(request, participant, step, Sent(take, form))
    try:
        refuse_other_scribes(step, offered, sender)
        receipt = _write(step, offered, sender, form, key_of(request))
    except Refused as refused:
        return _again(request, participant, step, Sent(take, form, refused.sentence))
    return _thanked(request, participant, receipt)


def _step(participant: Participant, step_id: uuid.UUID) -> Step:
    """The step that was sent to: nearly always the one where the room is, which came with the participant."""
    current = participant.meeting.current
    if current is not None and current.public_id == step_id:
        return current
    step = get_object_or_404(participant.meeting.steps.select_related("choice"), public_id=step_id)
    step.meeting = participant.meeting
    return step


def _write(step: Step, take: Take, sender: Sender, form: StepForm, key: uuid.UUID) -> Receipt:
    return write(lambda: contribute(step, take, sender, form.cleaned_data, key))


def _again(
    request: HttpRequest, participant: Participant, step: Step, sent: Sent, *, status: int = 422
) -> HttpResponse:
    """The page as it was filled in, with what to do now."""
    participant = passes.holder(request, participant.meeting.public_id) or participant
    current = participant.meeting.current
    step = current if current is not None and current == step else step
    step.meeting = participant.meeting
    context = page(participant, {}, step=step, sent=sent)
    return render(request, "meetings/phone.html", context, status=status)


def _thanked(request: HttpRequest, participant: Participant, receipt: Receipt) -> HttpResponse:
    """The sentence that says it is kept. The phone's outbox gets it with the page, for its next look may be later."""
    if receipt.sentence:
        say = messages.warning if receipt.is_late else messages.success
        say(request, str(receipt.sentence))
    fresh = passes.holder(request, participant.meeting.public_id) if request.headers.get("HX-Request") else None
    return _shown(request, fresh, {}) if fresh else _home(participant)


def _home(participant: Participant) -> HttpResponse:
    return HttpResponseRedirect(reverse("meetings:phone", args=[participant.meeting.public_id]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@passes.for_participants
def table(request: HttpRequest, participant: Participant) -> HttpResponse:
    """ "Ik zit aan een andere tafel": the phone follows where somebody really sits."""
    tables = list(participant.meeting.tables.select_related("theme"))
    at = participant.table.number if participant.table else None
    form = TableForm(
        request.POST if request.method == "POST" else None,
        numbers=[one.number for one in tables],
        initial={"number": at},
    )
    if not form.is_valid():
        context: dict[str, Any] = {"form": form, "participant": participant, "meeting": participant.meeting}
        context["wijk"] = participant.meeting.wijk
        return render(request, "meetings/phone_table.html", context, status=422 if form.is_bound else 200)
    chosen = next(one for one in tables if one.number == form.cleaned_data["number"])
    write(lambda: participant.sit_at(chosen))
    messages.success(request, _("Je zit nu aan tafel %(number)s.") % {"number": chosen.number})
    return _home(participant)


@require_POST
@passes.for_participants
def scribe(request: HttpRequest, participant: Participant) -> HttpResponse:
    """ "Deze telefoon schrijft voor de tafel": claimed, or taken over, in one tap."""
    seat = participant.table
    if seat is None:
        messages.warning(request, _("Kies eerst je tafel."))
        return redirect("meetings:table", public_id=participant.meeting.public_id)
    write(lambda: seat.write_here(participant))
    messages.success(request, _("Jij schrijft nu voor tafel %(number)s.") % {"number": seat.number})
    return _home(participant)


@require_POST
@passes.for_participants
def leave(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Going home early, or coming back after all."""
    if "terug" in request.POST:
        write(participant.come_back)
        return _home(participant)
    write(participant.leave)
    return redirect("meetings:mine", public_id=participant.meeting.public_id)


urls = [
    path("bijeenkomst/<uuid:public_id>/", phone, name="phone"),
    path("bijeenkomst/<uuid:public_id>/stap/<uuid:step_id>/<slug:take>/", send, name="send"),
    path("bijeenkomst/<uuid:public_id>/tafel/", table, name="table"),
    path("bijeenkomst/<uuid:public_id>/schrijven/", scribe, name="scribe"),
    path("bijeenkomst/<uuid:public_id>/weg/", leave, name="leave"),
]

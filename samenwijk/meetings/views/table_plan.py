"""The table plan: asking for one, looking at it, moving and locking people, and lists to print."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samenwijk.live.writer import write
from samenwijk.meetings import passes, plan_page, table_planning
from samenwijk.meetings.models import Acquaintance, Meeting, Participant
from samenwijk.meetings.seating_forms import LOCK, MOVE, KnowsForm, RoleForm, SeatForm, TablePlanForm, WishForm
from samenwijk.meetings.views.console import MEETING
from samenwijk.meetings.views.doors import carry_out, for_facilitators, overview_of
from samenwijk.meetings.views.report import printed
from samenwijk.people.requests import UserRequest
from samenwijk.ui.respond import respond


def _page(meeting: Meeting) -> str:
    return reverse("meetings:table_plan", args=[meeting.public_id])


def _context(request: UserRequest, meeting: Meeting, form: TablePlanForm | None = None) -> dict[str, Any]:
    context = overview_of(request, meeting)
    steps = context["overview"].steps
    context |= plan_page.page(meeting, steps)
    first = plan_page.first_answers(meeting, context["plan"], steps)
    answers = form.cleaned_data if form is not None and form.is_valid() else first
    context["form"] = form or TablePlanForm(initial=first)
    if not context["begun"]:
        context |= plan_page.advice(meeting, tables=answers["tables"], rounds=answers["rounds"])
    return context


@for_facilitators
@require_http_methods(["GET", "POST"])
def table_plan(request: UserRequest, meeting: Meeting) -> HttpResponse:
    """The plan as it is, and a form that asks for another one, or (without JavaScript) for advice first."""
    if request.method == "GET":
        return respond(request, "meetings/table_plan.html", _context(request, meeting))
    form = TablePlanForm(request.POST)
    if not form.is_valid() or "advies" in request.POST:
        status = 200 if form.is_valid() else 422
        return respond(request, "meetings/table_plan.html", _context(request, meeting, form), status=status)
    return carry_out(
        request,
        meeting,
        lambda: table_planning.ask(meeting, by=request.user, **form.cleaned_data),
        then=_page(meeting),
        said=_("We maken het tafelplan. Dat duurt een paar seconden."),
    )


@for_facilitators
@require_safe
def advice(request: UserRequest, meeting: Meeting) -> HttpResponse:
    """What can be said of these numbers, while somebody chooses them."""
    form = TablePlanForm(request.GET)
    context: dict[str, Any] = {"meeting": meeting, "form": form}
    if form.is_valid():
        asked = form.cleaned_data
        context |= plan_page.advice(meeting, tables=asked["tables"], rounds=asked["rounds"])
    return render(request, "meetings/_table_plan_advice.html", context)


@for_facilitators
@require_POST
def change_seat(request: UserRequest, meeting: Meeting, number: int) -> HttpResponse:
    """Moves or locks somebody in one round."""
    then = f"{_page(meeting)}#ronde-{number}"
    plan, form = plan_page.plan_of(meeting), SeatForm(request.POST, meeting=meeting)
    if plan is None:
        raise Http404
    if not form.is_valid():
        messages.warning(request, next(str(error) for errors in form.errors.values() for error in errors))
        return HttpResponseRedirect(then)
    who, table, do = (form.cleaned_data[name] for name in ("participant", "table", "do"))
    who.meeting = meeting
    words = {"name": who.name, "number": number, "table": table or ""}
    if do == MOVE:
        said = _("%(name)s zit in ronde %(number)s aan %(table)s en blijft daar.") % words
        return carry_out(request, meeting, lambda: table_planning.move(plan, who, number, table), then=then, said=said)
    seat = get_object_or_404(plan.seats, participant=who, round=number)
    said = _("%(name)s zit vast in ronde %(number)s.") if do == LOCK else _("%(name)s is weer los in ronde %(number)s.")
    return carry_out(
        request,
        meeting,
        lambda: table_planning.lock(plan, seat, locked=do == LOCK),
        then=then,
        said=said % words,
    )


@for_facilitators
@require_POST
def mend_plan(request: UserRequest, meeting: Meeting) -> HttpResponse:
    """Looks at the rounds to come again."""
    plan = plan_page.plan_of(meeting)
    if plan is None:
        raise Http404
    said = _("We werken het tafelplan bij.")
    return carry_out(
        request, meeting, lambda: table_planning.mend(plan, by=request.user), then=_page(meeting), said=said
    )


@for_facilitators
@require_POST
def role(request: UserRequest, meeting: Meeting, participant_id: Any) -> HttpResponse:
    """Who leads the talk at a table, and who speaks there from experience."""
    participant: Participant = get_object_or_404(meeting.participants, public_id=participant_id)
    participant.meeting = meeting
    form = RoleForm(request.POST)
    asked = form.cleaned_data if form.is_valid() else {"is_host": False, "is_ambassador": False}
    then = reverse("meetings:people", args=[meeting.public_id])
    said = _("Bewaard wat %(name)s aan tafel doet.") % {"name": participant.name}
    return carry_out(request, meeting, lambda: participant.take_role(**asked), then=then, said=said)


@for_facilitators
@require_safe
def seat_lists(request: UserRequest, meeting: Meeting) -> HttpResponse:
    """Who sits where, to print: a list per name and a page per round."""
    plan = plan_page.plan_of(meeting)
    if plan is None or not plan.is_ready:
        raise Http404
    rounds = plan_page.rounds_shown(plan, meeting.ordered_steps())
    context = {"meeting": meeting, "wijk": meeting.wijk, "plan": plan, "rounds": rounds}
    context["people"] = plan_page.tables_per_person(rounds)
    return printed(request, "meetings/print_seats.html", context, _("tafellijsten"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@passes.for_participants
def wish(request: HttpRequest, participant: Participant) -> HttpResponse:
    """The theme that somebody would like to work on: their own words, and never read from a vote."""
    meeting = participant.meeting
    now = participant.wish.public_id if participant.wish else None
    form = WishForm(request.POST if request.method == "POST" else None, meeting=meeting, initial={"theme": now})
    if not form.is_valid():
        context = {"form": form, "participant": participant, "meeting": meeting, "wijk": meeting.wijk}
        return render(request, "meetings/phone_wish.html", context, status=422 if form.is_bound else 200)
    write(lambda: participant.wish_for(form.cleaned_data["theme"]))
    messages.success(request, _("We houden er rekening mee als we de tafels verdelen."))
    return HttpResponseRedirect(reverse("meetings:phone", args=[meeting.public_id]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@passes.for_participants
def knows(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Whom of the room somebody knows already: for the table plan, and for nobody to read."""
    meeting = participant.meeting
    if meeting.is_ended:
        raise Http404
    now = participant.acquaintances.values_list("other__public_id", flat=True)
    form = KnowsForm(request.POST if request.method == "POST" else None, participant=participant)
    form.initial["others"] = [str(one) for one in now]
    if not form.is_valid():
        context = {"form": form, "participant": participant, "meeting": meeting, "wijk": meeting.wijk}
        return render(request, "meetings/phone_knows.html", context, status=422 if form.is_bound else 200)
    write(lambda: Acquaintance.say(participant, form.cleaned_data["others"]))
    messages.success(request, _("We houden er rekening mee als we de tafels verdelen."))
    return HttpResponseRedirect(reverse("meetings:phone", args=[meeting.public_id]))


urls: list[URLPattern] = [
    path(MEETING + "tafelplan/", table_plan, name="table_plan"),
    path(MEETING + "tafelplan/advies/", advice, name="table_plan_advice"),
    path(MEETING + "tafelplan/bijwerken/", mend_plan, name="mend_plan"),
    path(MEETING + "tafelplan/ronde/<int:number>/", change_seat, name="change_seat"),
    path(MEETING + "mensen/<uuid:participant_id>/rol/", role, name="role"),
    path(MEETING + "printen/tafellijsten/", seat_lists, name="print_seats"),
    path("bijeenkomst/<uuid:public_id>/wens/", wish, name="wish"),
    path("bijeenkomst/<uuid:public_id>/kennen/", knows, name="knows"),
]

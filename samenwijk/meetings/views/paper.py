"""Typing in what stands on the sheets of a table: the same records as from phones, marked "van papier"."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samenwijk.meetings import paper
from samenwijk.meetings.forms import PaperBallotForm, PaperDotsForm
from samenwijk.meetings.kinds.base import PAPER, StepForm, Take
from samenwijk.meetings.models import Meeting, Step, Table
from samenwijk.meetings.views.console import MEETING
from samenwijk.meetings.views.doors import carry_out, for_leaders, overview_of
from samenwijk.people.requests import UserRequest
from samenwijk.plans.models import Choice, ChoiceOption
from samenwijk.ui.respond import respond


@for_leaders
@require_GET
def sheets(request: UserRequest, meeting: Meeting) -> HttpResponse:
    """Which table's sheets to type in."""
    return respond(request, "meetings/paper_entry.html", overview_of(request, meeting))


@for_leaders
@require_GET
def sheet(request: UserRequest, meeting: Meeting, number: int) -> HttpResponse:
    """Everything that can stand on the sheets of one table, the running step first."""
    return respond(request, "meetings/paper_entry_table.html", _sheet(request, meeting, _table(meeting, number)))


def _table(meeting: Meeting, number: int) -> Table:
    table: Table = get_object_or_404(meeting.tables.select_related("theme"), number=number)
    table.meeting = meeting
    return table


def _page(meeting: Meeting, number: int, step: Step) -> str:
    return reverse("meetings:paper_table", args=[meeting.public_id, number]) + f"?stap={step.public_id}"


def _sheet(
    request: UserRequest, meeting: Meeting, table: Table, came_back: dict[tuple[UUID, str], Any] | None = None
) -> dict[str, Any]:
    """The sheet of one step: the asked one, else the running or last one. `came_back` holds a form with errors."""
    context, came_back = overview_of(request, meeting), came_back or {}
    asked = {str(step_id) for step_id, _form in came_back} or {request.GET.get("stap", "")}
    played = [step for step in context["overview"].steps if step.entered_at and step.rules.on_paper]
    played.sort(key=lambda step: (str(step.public_id) not in asked, step.pk != meeting.current_id, -step.position))
    part = _part(played[0], table, came_back) if played else None
    return {**context, "table": table, "part": part, "others": played[1:]}


def _part(step: Step, table: Table, came_back: dict[tuple[UUID, str], Any]) -> dict[str, Any]:
    sender = paper.sheet_of(table, None)
    forms = [
        (take.name, came_back.get((step.public_id, take.name)) or take.form(step=step, sender=sender))
        for take in takes_on_paper(step)
    ]
    choice = step.choice
    if choice is None:
        return {"step": step, "forms": forms, "choice": None}
    if not choice.counts_stickers:
        typed = choice.ballots.filter(table=table.public_id).count()
        return {
            "step": step,
            "forms": forms,
            "choice": choice,
            "ballot": came_back.get((step.public_id, "biljet")) or _ballot_form(step),
            "counted": typed,
            "left": max(0, paper.ballots_left_on_paper(choice, table)),
        }
    left = paper.dots_left_on_paper(choice, table)
    counted = sum(choice.paper.filter(table=table.public_id).values_list("dots", flat=True))
    return {
        "step": step,
        "forms": forms,
        "choice": choice,
        "dots": came_back.get((step.public_id, "stippen")) or _dots_form(step, table),
        "counted": counted,
        "most": max(0, left + counted),
    }


def takes_on_paper(step: Step) -> list[Take]:
    return [take for take in step.rules.takes_of(step) if PAPER in take.by]


def _dots_form(step: Step, table: Table, data: Any = None) -> PaperDotsForm:
    """The options that stand on the board; a merged idea only where this sheet has dots on it."""
    if step.choice is None:
        raise Http404
    counted = dict(step.choice.paper.filter(table=table.public_id).values_list("option_id", "dots"))
    return PaperDotsForm(data, options=_on_the_sheet(step.choice, counted), counted=counted)


def _on_the_sheet(choice: Choice, counted: Collection[int] = ()) -> list[ChoiceOption]:
    return [
        option
        for option in choice.options.select_related("theme", "idea__theme")
        if option.pk in counted or option.idea is None or not (option.idea.merged_into_id or option.idea.is_hidden)
    ]


def _ballot_form(step: Step, data: Any = None) -> PaperBallotForm:
    if step.choice is None:
        raise Http404
    return PaperBallotForm(data, options=_on_the_sheet(step.choice), scored=step.choice.is_scored)


@for_leaders
@require_POST
def count_dots(request: UserRequest, meeting: Meeting, number: int, step_id: UUID) -> HttpResponse:
    step, table = _step(meeting, step_id), _table(meeting, number)
    form = _dots_form(step, table, request.POST)
    if not form.is_valid():
        context = _sheet(request, meeting, table, {(step_id, "stippen"): form})
        return respond(request, "meetings/paper_entry_table.html", context, status=422)
    said = _("De stippen van tafel %(table)s zijn geteld.") % {"table": number}
    return carry_out(
        request,
        meeting,
        lambda: paper.count_dots(step, table, form.dots, by=request.user),
        then=_page(meeting, number, step),
        said=said,
    )


@for_leaders
@require_POST
def count_ballot(request: UserRequest, meeting: Meeting, number: int, step_id: UUID) -> HttpResponse:
    """One person's ballot, where ballots are not stickers of a whole table."""
    step, table = _step(meeting, step_id), _table(meeting, number)
    form = _ballot_form(step, request.POST)
    if not form.is_valid():
        context = _sheet(request, meeting, table, {(step_id, "biljet"): form})
        return respond(request, "meetings/paper_entry_table.html", context, status=422)
    filled = {"group": form.cleaned_data["group"], "scores": form.scores, "key": form.cleaned_data["key"]}
    return carry_out(
        request,
        meeting,
        lambda: paper.count_ballot(step, table, **filled, by=request.user),
        then=_page(meeting, number, step),
        said=_("Het biljet is ingevoerd."),
    )


@for_leaders
@require_POST
def take_ballot_back(request: UserRequest, meeting: Meeting, number: int, step_id: UUID) -> HttpResponse:
    step, table = _step(meeting, step_id), _table(meeting, number)
    return carry_out(
        request,
        meeting,
        lambda: paper.take_last_ballot_back(step, table),
        then=_page(meeting, number, step),
        said=_("Het laatste biljet is weg. Voer het opnieuw in."),
    )


@for_leaders
@require_POST
def type_in(request: UserRequest, meeting: Meeting, number: int, step_id: UUID, take: str) -> HttpResponse:
    """One thing from a sheet: a dream, an idea, somebody who said yes."""
    step, table = _step(meeting, step_id), _table(meeting, number)
    offered = next((one for one in takes_on_paper(step) if one.name == take), None)
    if offered is None:
        raise Http404
    form: StepForm = offered.form(request.POST, step=step, sender=paper.sheet_of(table, request.user))
    if not form.is_valid():
        context = _sheet(request, meeting, table, {(step_id, take): form})
        return respond(request, "meetings/paper_entry_table.html", context, status=422)
    key = _key(request)

    def keep() -> str:
        return str(paper.type_in(step, offered, table, form.cleaned_data, key, by=request.user).sentence)

    return carry_out(request, meeting, keep, then=_page(meeting, number, step))


def _key(request: UserRequest) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def _step(meeting: Meeting, step_id: UUID) -> Step:
    step: Step = get_object_or_404(meeting.steps.select_related("choice"), public_id=step_id)
    step.meeting = meeting
    return step


urls: list[URLPattern] = [
    path(MEETING + "papier/", sheets, name="paper"),
    path(MEETING + "papier/<int:number>/", sheet, name="paper_table"),
    path(MEETING + "papier/<int:number>/<uuid:step_id>/stippen/", count_dots, name="paper_dots"),
    path(MEETING + "papier/<int:number>/<uuid:step_id>/biljet/", count_ballot, name="paper_ballot"),
    path(MEETING + "papier/<int:number>/<uuid:step_id>/biljet/weg/", take_ballot_back, name="paper_ballot_back"),
    path(MEETING + "papier/<int:number>/<uuid:step_id>/<slug:take>/", type_in, name="paper_type_in"),
]

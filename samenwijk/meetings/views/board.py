"""The board in the facilitator's hands: hiding and showing, putting together and taking apart, what came late."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samenwijk.meetings import running
from samenwijk.meetings.alike import APART, keep_apart, kept_apart, likely_doubles, propose_again
from samenwijk.meetings.board import came_late, columns, find_said, ideas_of
from samenwijk.meetings.contributing import adopt
from samenwijk.meetings.forms import LateForm, MergeForm
from samenwijk.meetings.kinds.base import Said
from samenwijk.meetings.merging import merge, merges_of, take_apart
from samenwijk.meetings.models import Contribution, Meeting
from samenwijk.meetings.views.console import MEETING
from samenwijk.meetings.views.doors import carry_out, for_leaders, overview_of, way_back
from samenwijk.people.requests import UserRequest
from samenwijk.plans.models import Idea
from samenwijk.ui.respond import respond


@for_leaders
@require_POST
def hide(request: UserRequest, meeting: Meeting, thing_id: UUID) -> HttpResponse:
    """Off every screen at once; the idea or line itself stays and can come back."""
    thing = _said(meeting, thing_id)
    return carry_out(
        request, meeting, lambda: running.hide(meeting, thing, by=request.user), then=way_back(request, meeting)
    )


@for_leaders
@require_POST
def restore(request: UserRequest, meeting: Meeting, thing_id: UUID) -> HttpResponse:
    thing = _said(meeting, thing_id)
    return carry_out(
        request, meeting, lambda: running.restore(meeting, thing, by=request.user), then=way_back(request, meeting)
    )


def _said(meeting: Meeting, thing_id: UUID) -> Idea | Contribution:
    thing = find_said(meeting, thing_id)
    if thing is None:
        raise Http404
    return thing


@for_leaders
@require_http_methods(["GET", "POST"])
def merging(request: UserRequest, meeting: Meeting) -> HttpResponse:
    """The board with boxes to tick: choose two or more ideas, look at the name they get, put them together."""
    page = reverse("meetings:merging", args=[meeting.public_id])
    on_the_board = ideas_of(meeting).on_the_board()
    if request.method == "GET":
        chosen = request.GET.getlist("ideas")
        form = MergeForm(ideas=on_the_board, initial=_together(on_the_board, chosen))
        return respond(request, "meetings/merging.html", _board(request, meeting, form, chosen))
    form = MergeForm(request.POST, ideas=on_the_board)
    if not form.is_valid():
        chosen = request.POST.getlist("ideas")
        return respond(request, "meetings/merging.html", _board(request, meeting, form, chosen), status=422)
    return carry_out(
        request,
        meeting,
        lambda: merge(meeting, by=request.user, **form.cleaned_data),
        then=page,
        said=_("De ideeën staan samen op het bord."),
    )


def _together(ideas: Any, chosen: list[str]) -> dict[str, str]:
    """A name and text to begin with: those of the first idea, with what the others say added."""
    parents = list(ideas.filter(public_id__in=[one for one in chosen if _is_uuid(one)]))
    if not parents:
        return {}
    texts = [idea.what or idea.title for idea in parents[1:]]
    what = "\n".join(text for text in [parents[0].what, *texts] if text)
    return {"title": parents[0].title, "what": what[:1000]}


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _board(request: UserRequest, meeting: Meeting, form: MergeForm, chosen: list[str]) -> dict[str, Any]:
    board = columns(meeting, with_hidden=True, with_parents=False)
    shown = [idea for column in board for idea in column.ideas if not idea.is_hidden]
    apart_now = kept_apart(meeting, shown)
    doubles = likely_doubles(shown, apart_now)
    alike = {
        one.pk: [other for other in double.ideas if other is not one] for double in doubles for one in double.ideas
    }
    for idea in shown:
        idea.looks_like = alike.get(idea.pk, [])  # type: ignore[attr-defined]
    picked = [idea for idea in shown if str(idea.public_id) in chosen]
    return {
        **overview_of(request, meeting),
        "columns": board,
        "doubles": doubles,
        "apart": apart_now,
        "merges": [(made, list(made.parents.all())) for made in merges_of(meeting)],
        "form": form,
        "picked": picked,
        "picked_ids": {idea.public_id for idea in picked},
    }


@for_leaders
@require_POST
def apart(request: UserRequest, meeting: Meeting, merge_id: UUID) -> HttpResponse:
    made = next((one for one in merges_of(meeting) if one.public_id == merge_id), None)
    if made is None:
        raise Http404
    return carry_out(
        request,
        meeting,
        lambda: take_apart(meeting, made, by=request.user),
        then=reverse("meetings:merging", args=[meeting.public_id]),
        said=_("De ideeën staan weer apart."),
    )


@for_leaders
@require_POST
def not_alike(request: UserRequest, meeting: Meeting) -> HttpResponse:
    """A proposal that is wrong: these ideas differ."""
    wanted = [one for one in request.POST.getlist("ideas") if _is_uuid(one)]
    ideas = list(ideas_of(meeting).on_the_board().filter(public_id__in=wanted))
    return carry_out(
        request,
        meeting,
        lambda: keep_apart(meeting, ideas, by=request.user),
        then=reverse("meetings:merging", args=[meeting.public_id]),
        said=_("Dit voorstel is weg. Je kunt het terughalen."),
    )


@for_leaders
@require_POST
def alike_again(request: UserRequest, meeting: Meeting, deed_id: UUID) -> HttpResponse:
    deed = get_object_or_404(meeting.deeds.select_related("meeting__room"), kind=APART, public_id=deed_id)
    return carry_out(
        request,
        meeting,
        lambda: propose_again(deed),
        then=reverse("meetings:merging", args=[meeting.public_id]),
        said=_("Het voorstel staat er weer."),
    )


@for_leaders
@require_GET
def late(request: UserRequest, meeting: Meeting) -> HttpResponse:
    """What came after its step had closed: nothing is lost, and some of it may still count."""
    context = {**overview_of(request, meeting), "submissions": came_late(meeting)}
    return respond(request, "meetings/late.html", context)


@for_leaders
@require_POST
def let_in(request: UserRequest, meeting: Meeting) -> HttpResponse:
    form = LateForm(request.POST)
    if not form.is_valid():
        raise Http404
    wanted = {"author_id": form.cleaned_data["author"], "key": form.cleaned_data["sending"], "late": True}
    submission = get_object_or_404(
        meeting.submissions.select_related("step", "meeting__wijk", "meeting__room"), **wanted
    )

    def let_it_count() -> Said:
        adopt(submission, by=request.user)
        return Said(_("Dit telt nu mee."))

    return carry_out(request, meeting, let_it_count, then=reverse("meetings:late", args=[meeting.public_id]))


urls: list[URLPattern] = [
    path(MEETING + "verberg/<uuid:thing_id>/", hide, name="hide"),
    path(MEETING + "toon/<uuid:thing_id>/", restore, name="restore"),
    path(MEETING + "samenvoegen/", merging, name="merging"),
    path(MEETING + "samenvoegen/<uuid:merge_id>/uit-elkaar/", apart, name="take_apart"),
    path(MEETING + "samenvoegen/niet-hetzelfde/", not_alike, name="not_alike"),
    path(MEETING + "samenvoegen/<uuid:deed_id>/toch/", alike_again, name="alike_again"),
    path(MEETING + "te-laat/", late, name="late"),
    path(MEETING + "te-laat/meetellen/", let_in, name="let_in"),
]

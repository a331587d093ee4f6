"""The people and the tables: moving somebody, adding who has no phone, leaving, and the theme of a table."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samenwijk.meetings import themes as theme_list
from samenwijk.meetings.forms import GuestForm, TableThemeForm, ThemeForm, WithTable
from samenwijk.meetings.kinds.base import Said
from samenwijk.meetings.models import Meeting, Participant
from samenwijk.meetings.paper import add_without_phone
from samenwijk.meetings.views.console import MEETING
from samenwijk.meetings.views.doors import carry_out, for_leaders, overview_of
from samenwijk.people.requests import UserRequest
from samenwijk.places.topics import TOPICS
from samenwijk.ui.respond import respond


def _page(meeting: Meeting) -> str:
    return reverse("meetings:people", args=[meeting.public_id])


def _room(request: UserRequest, meeting: Meeting, form: GuestForm | None = None) -> dict[str, Any]:
    themes = [item.theme for item in meeting.themes.select_related("theme")]
    return {**overview_of(request, meeting), "form": form or GuestForm(meeting=meeting), "themes": themes}


@for_leaders
@require_http_methods(["GET", "POST"])
def people(request: UserRequest, meeting: Meeting) -> HttpResponse:
    """Who sits where. Posting adds somebody without a phone."""
    if request.method == "GET":
        return respond(request, "meetings/people.html", _room(request, meeting))
    form = GuestForm(request.POST, meeting=meeting)
    if not form.is_valid():
        return respond(request, "meetings/people.html", _room(request, meeting, form), status=422)

    def let_in() -> Said:
        guest = add_without_phone(meeting, by=request.user, **form.cleaned_data)
        words = {"name": guest.name, "table": guest.table or _("nog geen tafel")}
        return Said(_("%(name)s doet mee op papier: %(table)s.") % words)

    return carry_out(request, meeting, let_in, then=_page(meeting))


def _somebody(meeting: Meeting, participant_id: UUID) -> Participant:
    participant: Participant = get_object_or_404(meeting.participants, public_id=participant_id)
    participant.meeting = meeting
    return participant


@for_leaders
@require_POST
def seat(request: UserRequest, meeting: Meeting, participant_id: UUID) -> HttpResponse:
    participant, form = _somebody(meeting, participant_id), WithTable(request.POST, meeting=meeting)
    table = form.cleaned_data["table"] if form.is_valid() else participant.table
    words = {"name": participant.name, "table": table or _("geen tafel")}
    return carry_out(
        request,
        meeting,
        lambda: participant.sit_at(table),
        then=_page(meeting),
        said=_("%(name)s zit nu aan: %(table)s.") % words,
    )


@for_leaders
@require_POST
def leave(request: UserRequest, meeting: Meeting, participant_id: UUID) -> HttpResponse:
    """Somebody went home: not counted as present any more. What they did stays."""
    participant = _somebody(meeting, participant_id)
    said = _("%(name)s is naar huis.") % {"name": participant.name}
    return carry_out(request, meeting, participant.leave, then=_page(meeting), said=said)


@for_leaders
@require_POST
def come_back(request: UserRequest, meeting: Meeting, participant_id: UUID) -> HttpResponse:
    participant = _somebody(meeting, participant_id)
    said = _("%(name)s is er weer.") % {"name": participant.name}
    return carry_out(request, meeting, participant.come_back, then=_page(meeting), said=said)


@for_leaders
@require_POST
def table_theme(request: UserRequest, meeting: Meeting, number: int) -> HttpResponse:
    table = get_object_or_404(meeting.tables, number=number)
    table.meeting = meeting
    form = TableThemeForm(request.POST, meeting=meeting)
    theme = form.cleaned_data["theme"] if form.is_valid() else table.theme
    words = {"number": number, "theme": theme or _("nog geen thema")}
    return carry_out(
        request,
        meeting,
        lambda: table.take_theme(theme),
        then=_page(meeting),
        said=_("Tafel %(number)s werkt aan: %(theme)s.") % words,
    )


@for_leaders
@require_http_methods(["GET", "POST"])
def themes(request: UserRequest, meeting: Meeting) -> HttpResponse:
    """The themes of the evening, with the words of the vocabulary to pick from."""
    page, form = reverse("meetings:themes", args=[meeting.public_id]), ThemeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        title, topic = form.cleaned_data["title"], form.topic
        said = _("Het thema staat op de lijst.")
        return carry_out(request, meeting, lambda: theme_list.add(meeting, title, topic=topic), then=page, said=said)
    context = {
        **overview_of(request, meeting),
        "form": form,
        "topics": TOPICS.values(),
        "on_the_table": meeting.themes.select_related("theme"),
    }
    return respond(request, "meetings/themes.html", context, status=422 if form.is_bound else 200)


@for_leaders
@require_POST
def take_theme_off(request: UserRequest, meeting: Meeting, theme_id: UUID) -> HttpResponse:
    item = get_object_or_404(meeting.themes.select_related("theme"), theme__public_id=theme_id)
    page = reverse("meetings:themes", args=[meeting.public_id])
    said = _("Het thema is van de lijst.")
    return carry_out(request, meeting, lambda: theme_list.take_off(meeting, item), then=page, said=said)


urls: list[URLPattern] = [
    path(MEETING + "mensen/", people, name="people"),
    path(MEETING + "mensen/<uuid:participant_id>/tafel/", seat, name="seat"),
    path(MEETING + "mensen/<uuid:participant_id>/weg/", leave, name="leave"),
    path(MEETING + "mensen/<uuid:participant_id>/terug/", come_back, name="bring_back"),
    path(MEETING + "tafels/<int:number>/thema/", table_theme, name="table_theme"),
    path(MEETING + "themas/", themes, name="themes"),
    path(MEETING + "themas/<uuid:theme_id>/weg/", take_theme_off, name="take_theme_off"),
]

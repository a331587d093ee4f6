"""Before the evening: the list of meetings, a new one, its script step by step, and scripts to keep."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samenwijk.live.writer import write
from samenwijk.meetings import preparing
from samenwijk.meetings.forms import KindForm, MeetingForm, NewMeetingForm, PartForm, TemplateForm
from samenwijk.meetings.kinds.base import Refused
from samenwijk.meetings.kinds.rounds import Kitchen
from samenwijk.meetings.models import Meeting, Step, Template
from samenwijk.meetings.overseeing import with_number_present
from samenwijk.meetings.scripts import SHIPPED
from samenwijk.meetings.views.console import MEETING
from samenwijk.meetings.views.doors import carry_out, for_facilitators, overview_of
from samenwijk.people.requests import UserRequest
from samenwijk.people.rights import FACILITATE
from samenwijk.places.models import Wijk
from samenwijk.ui.respond import respond


def _wijken_to_run_in(request: UserRequest) -> list[Wijk]:
    """Where the asker may prepare meetings; nowhere is a 403: the page exists, but not for this role."""
    wijken = [wijk for wijk in request.user.wijken() if request.user.may(FACILITATE, wijk)]
    if not wijken:
        raise PermissionDenied
    return wijken


@login_required
@require_GET
def meetings(request: UserRequest) -> HttpResponse:
    """The meetings of the wijken where I may run them: what is on now, what comes, what has been."""
    wijken = _wijken_to_run_in(request)
    mine = list(with_number_present(Meeting.objects.visible_to(request.user).filter(wijk__in=wijken)))
    context = {
        "running": [one for one in mine if one.is_running],
        "coming": sorted((one for one in mine if one.is_prepared), key=lambda one: one.starts_at),
        "ended": [one for one in mine if one.is_ended],
        "wijken": wijken,
        "wijk": wijken[0],
    }
    return respond(request, "meetings/meetings.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: UserRequest) -> HttpResponse:
    """A new meeting, from a script that comes with the product or one of the wijk's own."""
    wijken = _wijken_to_run_in(request)
    scripts = preparing.scripts_for(wijken)
    form = NewMeetingForm(request.POST or None, wijken=wijken, scripts=scripts)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            meeting = write(lambda: preparing.plan_meeting(data.pop("script"), **data))
        except Refused as refused:
            form.add_error("script", str(refused.sentence))
        else:
            messages.success(request, _("De bijeenkomst staat klaar. Loop het draaiboek na en kies de thema's."))
            return HttpResponseRedirect(reverse("meetings:script", args=[meeting.public_id]))
    context = {"form": form, "wijk": wijken[0]}
    return respond(request, "meetings/new.html", context, status=422 if form.is_bound else 200)


@for_facilitators
@require_GET
def script(request: UserRequest, meeting: Meeting) -> HttpResponse:
    return respond(request, "meetings/script.html", _script(request, meeting))


def _script(request: UserRequest, meeting: Meeting, **came_back: forms.Form) -> dict[str, Any]:
    return {
        **overview_of(request, meeting),
        "details": MeetingForm.of(meeting),
        "kinds": KindForm(),
        "template_form": TemplateForm(initial={"title": meeting.title[:80]}),
        "themes": meeting.themes.select_related("theme"),
        "before": meeting.before_in_series,
        "plays": _ambassadors_of(meeting),
        **came_back,
    }


def _ambassadors_of(meeting: Meeting) -> dict[str, int]:
    """How many tables miss an ambassador, where the script has a role play."""
    if not meeting.steps.filter(kind=Kitchen.slug).exists():
        return {}
    with_one = meeting.ambassadors.exclude(table=None).values("table").distinct().count()
    return {"tables": meeting.number_of_tables, "missing": max(0, meeting.number_of_tables - with_one)}


def _back(meeting: Meeting, step: Step | None = None) -> str:
    return reverse("meetings:script", args=[meeting.public_id]) + (f"#stap-{step.public_id}" if step else "")


@for_facilitators
@require_POST
def details(request: UserRequest, meeting: Meeting) -> HttpResponse:
    form = MeetingForm.of(meeting, request.POST)
    if not form.is_valid():
        return respond(request, "meetings/script.html", _script(request, meeting, details=form), status=422)
    return carry_out(
        request,
        meeting,
        lambda: preparing.revise_meeting(meeting, by=request.user, **form.cleaned_data),
        then=_back(meeting),
        said=_("Bewaard."),
    )


def _step(meeting: Meeting, step_id: UUID) -> Step:
    step: Step = get_object_or_404(meeting.steps, public_id=step_id)
    step.meeting = meeting
    return step


@for_facilitators
@require_http_methods(["GET", "POST"])
def step(request: UserRequest, meeting: Meeting, step_id: UUID) -> HttpResponse:
    """One step: its name, question and minutes, and what its kind asks."""
    part = _step(meeting, step_id)
    data = request.POST if request.method == "POST" else None
    fields = {name: getattr(part, name) for name in ("title", "question", "minutes", "talk_minutes")}
    first = {**fields, "new_tables": part.mixes}
    form, settings = PartForm(data, initial=first), part.rules.settings_of(part, data)
    if data is None or not (form.is_valid() and (settings is None or settings.is_valid())):
        context = {**overview_of(request, meeting), "part": part, "form": form, "settings": settings}
        return respond(request, "meetings/script_step.html", context, status=200 if data is None else 422)
    asked = {"new_tables": form.cleaned_data["new_tables"], **(settings.cleaned_data if settings else {})}
    said = {name: form.cleaned_data[name] for name in fields}
    return carry_out(
        request,
        meeting,
        lambda: preparing.revise(part, by=request.user, settings=asked, **said),
        then=_back(meeting, part),
        said=_("Het onderdeel is bewaard."),
    )


@for_facilitators
@require_POST
def add(request: UserRequest, meeting: Meeting) -> HttpResponse:
    form = KindForm(request.POST)
    if not form.is_valid():
        return respond(request, "meetings/script.html", _script(request, meeting, kinds=form), status=422)
    return carry_out(
        request,
        meeting,
        lambda: preparing.add_step(meeting, form.cleaned_data["kind"], by=request.user) and None,
        then=_back(meeting),
        said=_("Het onderdeel staat in het draaiboek."),
    )


@for_facilitators
@require_POST
def remove(request: UserRequest, meeting: Meeting, step_id: UUID) -> HttpResponse:
    part = _step(meeting, step_id)
    said = _("'%(title)s' is uit het draaiboek.") % {"title": part.title}
    return carry_out(
        request, meeting, lambda: preparing.remove_step(part, by=request.user), then=_back(meeting), said=said
    )


@for_facilitators
@require_POST
def move(request: UserRequest, meeting: Meeting, step_id: UUID, places: int) -> HttpResponse:
    part = _step(meeting, step_id)
    return carry_out(
        request,
        meeting,
        lambda: preparing.move_step(part, places=places, by=request.user),
        then=_back(meeting, part),
    )


@for_facilitators
@require_POST
def keep(request: UserRequest, meeting: Meeting) -> HttpResponse:
    """This script as one of the wijk's own."""
    form = TemplateForm(request.POST)
    if not form.is_valid():
        return respond(request, "meetings/script.html", _script(request, meeting, template_form=form), status=422)
    return carry_out(
        request,
        meeting,
        lambda: preparing.keep_as_template(meeting, form.cleaned_data["title"], by=request.user) and None,
        then=reverse("meetings:templates"),
        said=_("Het draaiboek is bewaard bij de draaiboeken van de wijk."),
    )


@login_required
@require_GET
def templates(request: UserRequest) -> HttpResponse:
    """Scripts to begin with: those that come with the product, and the wijk's own."""
    wijken = _wijken_to_run_in(request)
    own = Template.objects.visible_to(request.user).filter(wijk__in=wijken).select_related("wijk")
    context = {"shipped": SHIPPED.values(), "own": own, "wijken": wijken, "wijk": wijken[0]}
    return respond(request, "meetings/templates.html", context)


@login_required
@require_POST
def copy(request: UserRequest, slug: str) -> HttpResponse:
    """A shipped script becomes the wijk's own."""
    wijken = _wijken_to_run_in(request)
    wijk = next((one for one in wijken if str(one.public_id) == request.POST.get("wijk")), wijken[0])
    if slug not in SHIPPED:
        raise Http404
    write(lambda: preparing.copy_shipped(slug, wijk, by=request.user))
    messages.success(request, _("Het draaiboek is nu ook van jullie wijk. Je mag alles veranderen."))
    return HttpResponseRedirect(reverse("meetings:templates"))


def _template(request: UserRequest, template_id: UUID) -> Template:
    template = get_object_or_404(Template.objects.visible_to(request.user), public_id=template_id)
    if not request.user.may(FACILITATE, template.wijk):
        raise PermissionDenied
    return template


@login_required
@require_POST
def rename(request: UserRequest, template_id: UUID) -> HttpResponse:
    template, form = _template(request, template_id), TemplateForm(request.POST)
    if form.is_valid():
        write(lambda: preparing.rename_template(template, form.cleaned_data["title"]))
        messages.success(request, _("De naam is veranderd."))
    else:
        messages.warning(request, _("Geef het draaiboek een naam."))
    return HttpResponseRedirect(reverse("meetings:templates"))


@login_required
@require_POST
def throw_away(request: UserRequest, template_id: UUID) -> HttpResponse:
    template = _template(request, template_id)
    write(lambda: preparing.throw_away(template))
    messages.success(request, _("Het draaiboek is weg. Bijeenkomsten die ermee begonnen, veranderen niet."))
    return HttpResponseRedirect(reverse("meetings:templates"))


SCRIPT = MEETING + "draaiboek/"
urls: list[URLPattern] = [
    path("begeleiden/", meetings, name="meetings"),
    path("begeleiden/nieuw/", new, name="new"),
    path("begeleiden/draaiboeken/", templates, name="templates"),
    path("begeleiden/draaiboeken/<slug:slug>/kopie/", copy, name="copy_script"),
    path("begeleiden/draaiboeken/<uuid:template_id>/naam/", rename, name="rename_template"),
    path("begeleiden/draaiboeken/<uuid:template_id>/weg/", throw_away, name="throw_away_template"),
    path(SCRIPT, script, name="script"),
    path(SCRIPT + "gegevens/", details, name="details"),
    path(SCRIPT + "erbij/", add, name="add_step"),
    path(SCRIPT + "bewaren/", keep, name="keep_template"),
    path(SCRIPT + "<uuid:step_id>/", step, name="script_step"),
    path(SCRIPT + "<uuid:step_id>/weg/", remove, name="remove_step"),
    path(SCRIPT + "<uuid:step_id>/eerder/", move, {"places": -1}, name="step_earlier"),
    path(SCRIPT + "<uuid:step_id>/later/", move, {"places": 1}, name="step_later"),
]

"""The report, its files, the news item, and the certificate of attendance."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from samenwijk.meetings import passes
from samenwijk.meetings.export import csv_file, xlsx_file
from samenwijk.meetings.keeping import kept
from samenwijk.meetings.models import Meeting, Participant
from samenwijk.meetings.news import draft_of, odt_of
from samenwijk.meetings.report import report_of
from samenwijk.people.requests import UserRequest
from samenwijk.people.rights import SEE_REPORTS
from samenwijk.ui.pdf import is_available, pdf_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"


def readable_meeting(request: HttpRequest, public_id: UUID) -> Meeting:
    """For who works in the wijk, and for who was there; for others it does not exist."""
    participant = passes.holder(request, public_id)
    if participant is not None:
        return participant.meeting
    mine = Meeting.objects.visible_to(request.user).select_related("wijk", "follow_up", "room")
    found: Meeting = get_object_or_404(mine, public_id=public_id)
    return found


def exportable_meeting(request: UserRequest, public_id: UUID) -> Meeting:
    mine = Meeting.objects.visible_to(request.user).select_related("wijk", "follow_up", "room")
    found: Meeting = get_object_or_404(mine, public_id=public_id)
    if not request.user.may(SEE_REPORTS, found.wijk):
        raise PermissionDenied
    return found


@require_safe
def report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    meeting = readable_meeting(request, public_id)
    context = _report_context(meeting) | {"may_export": _may_export(request, meeting), "pdf": is_available()}
    return render(request, "meetings/report.html", context)


@require_safe
def report_pdf(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The report as PDF; without Pango the same A4 page, for the browser to print."""
    meeting = readable_meeting(request, public_id)
    return printed(request, "meetings/report_print.html", _report_context(meeting), _file_name(meeting, _("verslag")))


def _report_context(meeting: Meeting) -> dict[str, Any]:
    told = kept(meeting, "report", lambda: render_to_string("meetings/_report.html", {"report": report_of(meeting)}))
    return {"told": told, "meeting": meeting, "wijk": meeting.wijk, "contact": meeting.contact}


def _may_export(request: HttpRequest, meeting: Meeting) -> bool:
    return request.user.is_authenticated and request.user.may(SEE_REPORTS, meeting.wijk)


@login_required
@require_safe
def export_csv(request: UserRequest, public_id: UUID) -> HttpResponse:
    meeting = exportable_meeting(request, public_id)
    content = "\ufeff" + csv_file(meeting)
    return download(content.encode(), "text/csv; charset=utf-8", _file_name(meeting, _("gegevens")) + ".csv")


@login_required
@require_safe
def export_xlsx(request: UserRequest, public_id: UUID) -> HttpResponse:
    meeting = exportable_meeting(request, public_id)
    return download(xlsx_file(meeting), XLSX, _file_name(meeting, _("gegevens")) + ".xlsx")


@login_required
@require_safe
def news(request: UserRequest, public_id: UUID) -> HttpResponse:
    """A draft to copy or to download; nothing is published by itself."""
    meeting = exportable_meeting(request, public_id)
    draft = kept(meeting, "news", lambda: draft_of(meeting))
    return render(request, "meetings/news.html", {"meeting": meeting, "wijk": meeting.wijk, "draft": draft})


@login_required
@require_safe
def news_odt(request: UserRequest, public_id: UUID) -> HttpResponse:
    meeting = exportable_meeting(request, public_id)
    return download(odt_of(draft_of(meeting)), ODT, _file_name(meeting, _("nieuwsbericht")) + ".odt")


@require_safe
@passes.for_participants
def certificate(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Bewijs van deelname: that this person was there, how long, and who says so."""
    meeting = participant.meeting
    if not meeting.is_ended:
        raise Http404(_("Het bewijs van deelname is er na afloop."))
    programme = [step for step in meeting.ordered_steps() if step.entered_at and not step.skipped]
    context = {"participant": participant, "meeting": meeting, "wijk": meeting.wijk, "contact": meeting.contact}
    context |= {"programme": programme, "hours": in_hours(sum(step.minutes for step in programme))}
    return printed(request, "meetings/certificate.html", context, _file_name(meeting, _("bewijs-van-deelname")))


def in_hours(minutes: int) -> str:
    """120 -> 2 uur; 150 -> 2 uur en 30 minuten."""
    hours, left = divmod(minutes, 60)
    told = [ngettext("%(n)s uur", "%(n)s uur", hours) % {"n": hours}] * bool(hours)
    told += [ngettext("%(n)s minuut", "%(n)s minuten", left) % {"n": left}] * bool(left)
    return _(" en ").join(told)


def printed(request: HttpRequest, template: str, context: dict[str, Any], name: str) -> HttpResponse:
    """An A4 page: as PDF where that can be made, else as the page itself, ready to print."""
    if not is_available() or "scherm" in request.GET:
        return render(request, template, context)
    return download(pdf_of(render_to_string(template, context, request)), "application/pdf", f"{name}.pdf", show=True)


def download(content: bytes, content_type: str, name: str, *, show: bool = False) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'{"inline" if show else "attachment"}; filename="{name}"'
    return response


def _file_name(meeting: Meeting, what: str) -> str:
    return slugify(f"{meeting.wijk.slug} {meeting.starts_at:%Y-%m-%d} {what}")


urls: list[URLPattern] = [
    path("bijeenkomst/<uuid:public_id>/verslag/", report, name="report"),
    path("bijeenkomst/<uuid:public_id>/verslag/a4/", report_pdf, name="report_pdf"),
    path("bijeenkomst/<uuid:public_id>/verslag/gegevens.csv", export_csv, name="export_csv"),
    path("bijeenkomst/<uuid:public_id>/verslag/gegevens.xlsx", export_xlsx, name="export_xlsx"),
    path("bijeenkomst/<uuid:public_id>/nieuwsbericht/", news, name="news"),
    path("bijeenkomst/<uuid:public_id>/nieuwsbericht/nieuwsbericht.odt", news_odt, name="news_odt"),
    path("bijeenkomst/<uuid:public_id>/bewijs/", certificate, name="certificate"),
]

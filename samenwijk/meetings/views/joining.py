"""Coming in: by the code on the screen, by QR, or back again by one's own return code."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samenwijk.live.writer import write
from samenwijk.meetings import pacing, passes
from samenwijk.meetings.codes import tidy
from samenwijk.meetings.join_forms import CodeForm, JoinForm
from samenwijk.meetings.joining import Full, find_by_code, find_by_token, join, organisations_near
from samenwijk.meetings.joining import come_back as bring_back
from samenwijk.meetings.kinds.base import Refused
from samenwijk.meetings.models import Meeting
from samenwijk.meetings.phone_page import key_of

JOINING, RETURNING = "join", "return"
A_MOMENT = 5
"""Seconds, for who meets the limit of everybody together."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Type the code that stands on the screen."""
    if request.method != "POST":
        return render(request, "meetings/join_code.html", {"form": CodeForm()})
    form = CodeForm(request.POST)
    if pacing.guesses_too_often(request, JOINING):
        return _wait(request, "meetings/join_code.html", form)
    if not form.is_valid():
        return render(request, "meetings/join_code.html", {"form": form}, status=422)
    if pacing.looks_up_too_much(JOINING):
        return _wait(request, "meetings/join_code.html", form, seconds=A_MOMENT)
    if meeting := find_by_code(form.cleaned_data["code"]):
        return redirect("meetings:join_code", code=meeting.join_code)
    return _unknown(request, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def with_code(request: HttpRequest, code: str) -> HttpResponse:
    """The door of one meeting, by its short code in the address."""
    form = CodeForm({"code": code})
    if pacing.guesses_too_often(request, JOINING):
        return _wait(request, "meetings/join_code.html", form)
    if pacing.looks_up_too_much(JOINING):
        return _wait(request, "meetings/join_code.html", form, seconds=A_MOMENT)
    meeting = find_by_code(code) if CodeForm.could_exist(tidy(code)) else None
    return _door(request, meeting) if meeting else _unknown(request, form, status=404)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def qr(request: HttpRequest, token: str) -> HttpResponse:
    """The door of one meeting, by the long token in the QR code: nobody can guess it, so nobody is slowed down."""
    meeting = find_by_token(token)
    if meeting is None:
        return render(request, "meetings/join_code.html", {"form": CodeForm(), "unknown_link": True}, status=404)
    return _door(request, meeting)


def _door(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Three questions and you are in. Who is in already goes to their own page."""
    if passes.holder(request, meeting.public_id):
        return redirect("meetings:phone", public_id=meeting.public_id)
    if meeting.is_ended:
        return render(request, "meetings/join_ended.html", {"meeting": meeting, "wijk": meeting.wijk}, status=410)
    form = JoinForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = _questions(meeting, form)
        return render(request, "meetings/join.html", context, status=422 if form.is_bound else 200)
    try:
        participant = write(lambda: join(meeting, **form.cleaned_data, key=key_of(request)))
    except Full as full:
        form.add_error(None, str(full.sentence))
        return render(request, "meetings/join.html", _questions(meeting, form), status=422)
    except Refused:
        return render(request, "meetings/join_ended.html", {"meeting": meeting, "wijk": meeting.wijk}, status=410)
    return passes.give(redirect("meetings:phone", public_id=meeting.public_id), participant)


def _questions(meeting: Meeting, form: JoinForm) -> dict[str, Any]:
    return {"meeting": meeting, "wijk": meeting.wijk, "form": form, "organisations": organisations_near(meeting)}


def _unknown(request: HttpRequest, form: CodeForm, *, status: int = 422) -> HttpResponse:
    pacing.wrong_code(request, JOINING)
    if pacing.everybody_guesses(JOINING):
        return _wait(request, "meetings/join_code.html", form)
    if form.is_valid():
        form.add_error("code", _("Deze code kennen we niet. Kijk nog eens op het scherm, of scan de QR-code."))
    return render(request, "meetings/join_code.html", {"form": form}, status=status)


def _wait(request: HttpRequest, template: str, form: CodeForm, *, seconds: int = pacing.WRONG_WINDOW) -> HttpResponse:
    response = render(request, template, {"form": form, "wait": True}, status=429)
    response["Retry-After"] = str(seconds)
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    """The same participant on another phone."""
    if request.method != "POST":
        return render(request, "meetings/join_return.html", {"form": CodeForm()})
    form = CodeForm(request.POST)
    if pacing.guesses_too_often(request, RETURNING) or pacing.everybody_guesses(RETURNING):
        return _wait(request, "meetings/join_return.html", form)
    if not form.is_valid():
        return render(request, "meetings/join_return.html", {"form": form}, status=422)
    participant = write(lambda: bring_back(form.cleaned_data["code"]))
    if participant is None:
        pacing.wrong_code(request, RETURNING)
        form.add_error("code", _("Deze code kennen we niet. Hij staat op je andere telefoon, onder 'Jouw plek'."))
        return render(request, "meetings/join_return.html", {"form": form}, status=422)
    there = HttpResponseRedirect(reverse("meetings:phone", args=[participant.meeting.public_id]))
    return passes.give(there, participant)


urls = [
    path("doe-mee/", code, name="join"),
    path("doe-mee/<str:code>/", with_code, name="join_code"),
    path("m/<str:token>/", qr, name="qr"),
    path("terug/", come_back, name="come_back"),
]

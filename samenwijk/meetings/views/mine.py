"""'Jouw bijeenkomst': what one participant takes home."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samenwijk.meetings import passes
from samenwijk.meetings.models import Participant
from samenwijk.meetings.own_page import own_page
from samenwijk.meetings.views.report import printed


@never_cache
@require_safe
def mine(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One's own page; the link in the mail brings the pass along, and leaves it out of the address at once."""
    if by_mail := passes.holder_of_link(request, public_id):
        return passes.give(redirect("meetings:mine", public_id=public_id), by_mail)
    return _page(request, public_id)


@passes.for_participants
def _page(request: HttpRequest, participant: Participant) -> HttpResponse:
    return render(request, "meetings/mine.html", own_page(participant))


@never_cache
@require_safe
@passes.for_participants
def mine_pdf(request: HttpRequest, participant: Participant) -> HttpResponse:
    """The same as one A4, for the fridge door."""
    return printed(request, "meetings/mine_print.html", own_page(participant), _("jouw-bijeenkomst"))


urls = [
    path("bijeenkomst/<uuid:public_id>/jouw/", mine, name="mine"),
    path("bijeenkomst/<uuid:public_id>/jouw/a4/", mine_pdf, name="mine_pdf"),
]

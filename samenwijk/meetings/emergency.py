"""The emergency link: a signed cookie for the console of one meeting, checked against the link each time."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from samenwijk.meetings.models import EmergencyLink, Meeting

COOKIE = "nood"
SALT = "samenwijk.meetings.emergency"
LASTS = 14 * 3600
"""Seconds: one evening."""


def find(token: str) -> EmergencyLink | None:
    link = EmergencyLink.objects.with_token(token).first()
    return link if link is not None and link.works else None


def let_lead(response: HttpResponse, link: EmergencyLink) -> HttpResponse:
    """Gives this browser the console of the meeting."""
    response.set_cookie(
        COOKIE,
        signing.dumps(link.public_id.hex, salt=SALT),
        max_age=LASTS,
        path=reverse("meetings:console", args=[link.meeting.public_id]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def link_of(request: HttpRequest, meeting_id: uuid.UUID) -> EmergencyLink | None:
    """The link with which this browser leads that meeting; None without one, or when it was taken back."""
    try:
        public_id = uuid.UUID(hex=signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LASTS))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None
    alive = EmergencyLink.objects.alive().select_related("meeting__wijk", "made_by")
    link = alive.filter(public_id=public_id, meeting__public_id=meeting_id).first()
    return link if link is not None and link.works else None


def links_of(meeting: Meeting) -> list[EmergencyLink]:
    return list(EmergencyLink.objects.open_for(meeting))

"""A phone's pass: a signed cookie that says which participant this phone is. No account, no password."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from samenwijk.meetings.models import Meeting, Participant

COOKIE = "deelnemer"
SALT = "samenwijk.meetings.pass"
KEPT = 30 * 24 * 3600
"""Seconds that a phone remembers who it is: long enough to look up the next date a month later."""

FOLLOWED = (
    "meeting__wijk",
    "meeting__room",
    "meeting__follow_up",
    "meeting__current__choice",
    "table__theme",
    "table__scribe",
    "meeting__table_plan",
)
LEFT_OUT = (
    "meeting__table_plan__figures",
    *(f"meeting__{name}" for name in ("planned_script", "screen_token", "join_token", "held_by", "created_at")),
    *(f"meeting__follow_up__{name}" for name in ("discipline", "organisation", "email", "call_me_for", "user")),
    *(f"meeting__wijk__{name}" for name in ("intro", "is_open", "region", "public_id")),
    *(f"table__theme__{name}" for name in ("topic", "created_at", "wijk")),
    *(f"table__scribe__{name}" for name in ("organisation", "return_code", "call_me_for", "phone", "email", "key")),
    *(f"table__scribe__{name}" for name in ("on_paper", "shares_card", "joined_at", "left_at", "person", "discipline")),
)
"""What a phone's page does not show: each column costs time, on the page that is opened more than all others."""


def give(response: HttpResponse, participant: Participant) -> HttpResponse:
    """Puts the pass on the phone, for the pages of this meeting and for the doors through which people come in."""
    for name, path in _places(participant.meeting):
        response.set_cookie(
            name,
            signing.dumps(participant.public_id.hex, salt=SALT),
            max_age=KEPT,
            path=path,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def take_away(response: HttpResponse, meeting: Meeting) -> HttpResponse:
    """The phone forgets who it was: for somebody who borrows it."""
    for name, path in _places(meeting):
        response.delete_cookie(name, path=path, samesite="Lax")
    return response


FOLLOWED_BY_A_SENDING = ("meeting__current__choice", "table")
READ_BY_A_SENDING = (
    *("public_id", "first_name", "discipline", "meeting__public_id", "meeting__status"),
    *(f"meeting__current__{name}" for name in ("public_id", "kind", "settings", "left_at")),
    *(f"meeting__current__choice__{name}" for name in ("form", "dots", "closed_at")),
    *("table__number", "table__public_id", "table__theme", "table__scribe"),
)
"""What nearly every sending asks; it gets the rest when it uses it. Many come at once, and each column costs time."""


def holder(request: HttpRequest, meeting_id: uuid.UUID, *, follow: tuple[str, ...] = FOLLOWED) -> Participant | None:
    """The participant that this phone is in that meeting; one query brings all that a page asks for."""
    sent = (code for name, code in request.COOKIES.items() if name.startswith(COOKIE))
    who = next((found for code in sent if (found := _read(code, KEPT))), None)
    return _found(who, meeting_id, follow) if who else None


def link(participant: Participant) -> str:
    """The address of somebody's own page, for a mail to the address that they left themselves."""
    code = signing.dumps(participant.public_id.hex, salt=f"{SALT}.link")
    return reverse("meetings:mine", args=[participant.meeting.public_id]) + f"?pas={code}"


def holder_of_link(request: HttpRequest, meeting_id: uuid.UUID) -> Participant | None:
    who = _read(request.GET.get("pas", ""), None, salt=f"{SALT}.link")
    return _found(who, meeting_id) if who else None


def for_participants(
    view: Callable[..., HttpResponse], follow: tuple[str, ...] = FOLLOWED
) -> Callable[..., HttpResponse]:
    """The view gets the participant of this phone. Without a pass for this meeting there is nothing here: a 404."""

    @wraps(view)
    def guarded(request: HttpRequest, public_id: uuid.UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        participant = holder(request, public_id, follow=follow)
        if participant is None:
            return render(request, "meetings/phone_stranger.html", status=404)
        return view(request, participant, *args, **kwargs)

    return guarded


def for_senders(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The same for what a phone sends; a view that shows a page after all asks for its ``holder`` again."""
    return for_participants(view, FOLLOWED_BY_A_SENDING)


def _read(code: str, max_age: int | None, *, salt: str = SALT) -> uuid.UUID | None:
    try:
        return uuid.UUID(hex=signing.loads(code, salt=salt, max_age=max_age))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None


def _found(who: uuid.UUID, meeting_id: uuid.UUID, follow: tuple[str, ...] = FOLLOWED) -> Participant | None:
    known = Participant.objects.select_related(*follow).filter(public_id=who, meeting__public_id=meeting_id)
    known = known.only(*READ_BY_A_SENDING) if follow is FOLLOWED_BY_A_SENDING else known.defer(*LEFT_OUT)
    participant = next(iter(known.order_by()), None)
    if participant is None:
        return None
    meeting = participant.meeting
    if participant.table is not None:
        participant.table.meeting = meeting
    if meeting.current is not None:
        meeting.current.meeting = meeting
    return participant


def _places(meeting: Meeting) -> list[tuple[str, str]]:
    """Cookie names and paths. Django keeps one cookie per name in an answer, so each path has a name of its own."""
    join, qr = reverse("meetings:join"), reverse("meetings:qr", args=["x"]).removesuffix("x/")
    return [(COOKIE, _home(meeting)), (f"{COOKIE}_code", join), (f"{COOKIE}_qr", qr)]


def _home(meeting: Meeting) -> str:
    return reverse("meetings:phone", args=[meeting.public_id])

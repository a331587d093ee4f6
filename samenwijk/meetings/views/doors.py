"""The door to the facilitator's pages: the meeting of the address, for who may run it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from samenwijk.live import tickets
from samenwijk.live.writer import write
from samenwijk.meetings import emergency
from samenwijk.meetings.kinds.base import Refused, Said
from samenwijk.meetings.models import Meeting
from samenwijk.meetings.overseeing import Overview, who_moved_the_room, with_its_state
from samenwijk.people.requests import UserRequest

Words = str | Promise


def for_facilitators(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view its meeting: 404 in somebody else's wijk, 403 without the right to run it."""

    @wraps(view)
    def guarded(request: UserRequest, public_id: UUID, **kwargs: Any) -> HttpResponse:
        mine = with_its_state(Meeting.objects.visible_to(request.user))
        meeting = get_object_or_404(mine, public_id=public_id)
        if not meeting.may_be_run_by(request.user):
            raise PermissionDenied
        return view(request, meeting, **kwargs)

    return login_required(guarded)


def for_leaders(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The same, and for who leads with the emergency link: they act in the name of who printed it."""
    at_the_door = for_facilitators(view)

    @wraps(view)
    def guarded(request: UserRequest, public_id: UUID, **kwargs: Any) -> HttpResponse:
        if link := emergency.link_of(request, public_id):
            request.user = link.made_by
        return at_the_door(request, public_id=public_id, **kwargs)

    return guarded


def carry_out(
    request: HttpRequest, meeting: Meeting, deed: Callable[[], Any], *, then: str = "", said: Words = ""
) -> HttpResponse:
    """Does what was pressed, in one transaction, and goes back to the page. A refusal is a sentence, never an error."""
    try:
        answer = write(lambda: _in_turn(meeting, deed))
    except Refused as refused:
        messages.warning(request, str(refused.sentence))
    else:
        if answer is False:
            messages.info(request, was_first(meeting))
        elif words := _words(answer) or said:
            messages.success(request, str(words))
    return HttpResponseRedirect(then or meeting.get_absolute_url())


def _in_turn(meeting: Meeting, deed: Callable[[], Any]) -> Any:
    meeting.hold()
    return deed()


def _words(answer: Any) -> Words:
    if isinstance(answer, Said):
        return answer.sentence
    return answer if isinstance(answer, str) else ""


def was_first(meeting: Meeting) -> str:
    """Two people pressed at once: who was first, and where the room is now."""
    meeting.refresh_from_db()
    name = who_moved_the_room(meeting) or _("Iemand anders")
    where = meeting.current.title if meeting.current and meeting.is_running else _("afgelopen")
    return _("%(name)s was je voor. We zijn nu bij: %(where)s.") % {"name": name, "where": where}


def overview_of(request: UserRequest, meeting: Meeting) -> dict[str, Any]:
    """The context that every facilitator's page shares."""
    return {
        "meeting": meeting,
        "wijk": meeting.wijk,
        "overview": Overview(meeting, request.user),
        "ticket": tickets.issue(meeting.room, "facilitator", request.user.public_id),
    }


def way_back(request: HttpRequest, meeting: Meeting) -> str:
    """The page where the button stood: the board where ideas are put together, or the console."""
    if request.POST.get("back") == "board":
        return reverse("meetings:merging", args=[meeting.public_id])
    return meeting.get_absolute_url()

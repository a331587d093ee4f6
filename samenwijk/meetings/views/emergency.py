"""When the laptop dies: the emergency link on paper. And before the evening: does this room's network carry it?"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from samenwijk.live.writer import write
from samenwijk.meetings import emergency
from samenwijk.meetings.models import EmergencyLink, Meeting
from samenwijk.meetings.views.console import MEETING
from samenwijk.meetings.views.doors import carry_out, for_facilitators, for_leaders, overview_of
from samenwijk.people.requests import UserRequest
from samenwijk.ui.respond import respond


@never_cache
@for_facilitators
@require_http_methods(["GET", "POST"])
def links(request: UserRequest, meeting: Meeting) -> HttpResponse:
    """The emergency links of this meeting. Posting makes one and shows it, this once, as a page to print."""
    if request.method == "GET" or meeting.is_ended:
        context = {**overview_of(request, meeting), "links": emergency.links_of(meeting)}
        return respond(request, "meetings/emergency.html", context)
    _link, token = write(lambda: EmergencyLink.make(meeting, by=request.user))
    address = settings.BASE_URL + reverse("meetings:emergency", args=[token])
    context = {"meeting": meeting, "wijk": meeting.wijk, "address": address}
    return render(request, "meetings/print_emergency.html", context)


@for_facilitators
@require_POST
def revoke(request: UserRequest, meeting: Meeting, link_id: UUID) -> HttpResponse:
    link = get_object_or_404(meeting.emergency_links, public_id=link_id)
    link.meeting = meeting
    page = reverse("meetings:emergency_links", args=[meeting.public_id])
    said = _("De noodlink werkt niet meer.")
    return carry_out(request, meeting, lambda: link.revoke(by=request.user), then=page, said=said)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def use(request: HttpRequest, token: str) -> HttpResponse:
    """Who scanned the paper leads in one tap. A link that was taken back is no link: a 404."""
    link = emergency.find(token)
    if link is None:
        raise Http404
    if request.method != "POST":
        context = {"meeting": link.meeting, "wijk": link.meeting.wijk, "link": link}
        return render(request, "meetings/emergency_use.html", context)
    write(link.use)
    return emergency.let_lead(HttpResponseRedirect(link.meeting.get_absolute_url()), link)


@never_cache
@for_leaders
@require_http_methods(["GET", "POST"])
def room_test(request: UserRequest, meeting: Meeting) -> HttpResponse:
    """ "Test deze zaal": the page measures what gets through; a press sends a message to whoever has it open."""
    if request.method == "GET":
        return respond(request, "meetings/room_test.html", overview_of(request, meeting))
    write(lambda: meeting.announce("test", to=("facilitator",)))
    return HttpResponse(status=204)


urls: list[URLPattern] = [
    path(MEETING + "noodlink/", links, name="emergency_links"),
    path(MEETING + "noodlink/<uuid:link_id>/intrekken/", revoke, name="revoke_emergency_link"),
    path("nood/<str:token>/", use, name="emergency"),
    path(MEETING + "zaal-testen/", room_test, name="room_test"),
]

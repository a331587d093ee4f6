"""The pages of the demo: the doors, the keys of the doors, the mailbox, and the buttons for the evening."""

import ipaddress
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from samenwijk.demo import keys
from samenwijk.demo.again import begin_again
from samenwijk.demo.doors import DOORS, Door, account_of, the_evening
from samenwijk.demo.mail_parts import parts_of
from samenwijk.demo.models import Attachment, Mail
from samenwijk.demo.performance import performance
from samenwijk.live.writer import write
from samenwijk.meetings.models import Meeting
from samenwijk.ui.respond import respond

HOST_MARK = "demo_host"
MAILS_PER_PAGE = 20
View = Callable[..., HttpResponse]


def for_the_host(view: View) -> View:
    """Only whoever started the demo, or came in with a key of the front door, may hand out roles."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_host(request):
            return view(request, *args, **kwargs)
        return render(request, "demo/closed.html", _about(the_evening()), status=403)

    return guarded


def is_host(request: HttpRequest) -> bool:
    if settings.DEMO_LAN and request.session.get(HOST_MARK):
        return True
    own_names = {"127.0.0.1", "localhost", "[::1]", "testserver", urlsplit(settings.BASE_URL).hostname}
    return _is_this_machine(request) and split_domain_port(request.get_host())[0] in own_names


def _is_this_machine(request: HttpRequest) -> bool:
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


@require_safe
@for_the_host
def front(request: HttpRequest) -> HttpResponse:
    meeting = the_evening()
    doors = [(door, _qr_address(door, meeting)) for door in DOORS.values()]
    context = {"doors": doors, "mails": Mail.objects.public().count(), **_about(meeting)}
    return respond(request, "demo/front.html", context)


def _qr_address(door: Door, meeting: Meeting) -> str:
    """Real phones can only come in over the network. Everyone may join, so that door's key is the meeting's own."""
    if not settings.DEMO_LAN:
        return ""
    if door.card is None:
        return settings.BASE_URL + door.leads_to(meeting)
    return keys.address_of(door.slug)


def _about(meeting: Meeting) -> dict[str, Any]:
    """What every page of the demo tells: the evening, how its play goes, and whom to call."""
    return {"meeting": meeting, "wijk": meeting.wijk, "play": performance}


@require_POST
@for_the_host
def enter(request: HttpRequest, slug: str) -> HttpResponse:
    if slug not in DOORS:
        raise Http404
    return go_through(request, DOORS[slug])


def go_through(request: HttpRequest, door: Door) -> HttpResponse:
    """Signs in as the person behind the door, without a password: this is a demo."""
    if door.card is not None:
        login(request, account_of(door.card), backend="django.contrib.auth.backends.ModelBackend")
    return redirect(door.leads_to(the_evening()))


def key(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """A door on another device: looking does not use the key up, pressing does."""
    context = {"door": DOORS.get(slug), "slug": slug, "key": key, "used": True, **_about(the_evening())}
    if not settings.DEMO_LAN or not keys.fits(slug, key):
        return render(request, "demo/closed.html", context, status=403)
    if request.method != "POST":
        return render(request, "demo/key.html", context)
    if not write(lambda: keys.turn(slug, key)):
        return render(request, "demo/closed.html", context, status=403)
    if slug == keys.FRONT:
        request.session[HOST_MARK] = True
        return redirect("demo:front")
    return go_through(request, DOORS[slug])


@require_safe
@for_the_host
def mailbox(request: HttpRequest) -> HttpResponse:
    page = Paginator(Mail.objects.public(), MAILS_PER_PAGE).get_page(request.GET.get("pagina"))
    return respond(request, "demo/mailbox.html", {"page": page, **_about(the_evening())})


@require_safe
@for_the_host
def mail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    found = get_object_or_404(Mail.objects.public(), public_id=public_id)
    shown = {"mail": found, "parts": parts_of(found.text), "attachments": list(found.attachments.all())}
    return respond(request, "demo/mail.html", {**shown, **_about(the_evening())})


@require_safe
@for_the_host
def attachment(request: HttpRequest, public_id: UUID) -> HttpResponse:
    found = get_object_or_404(Attachment.objects.public(), public_id=public_id)
    response = HttpResponse(bytes(found.content), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{safe_name(found.name)}"'
    return response


def safe_name(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-_. " else "-" for letter in name).strip()


@require_POST
@for_the_host
def play(request: HttpRequest) -> HttpResponse:
    """Starts the play; `begeleider` says whether somebody wants to lead it from the console."""
    evening = the_evening()
    if not evening.is_ended:
        performance.start(_own_address(request), by_hand=request.POST.get("begeleider") == "zelf")
    return redirect("demo:evening")


def _own_address(request: HttpRequest) -> str:
    """The play speaks to this server over the loopback, whatever name the browser used."""
    port = request.META.get("SERVER_PORT") or urlsplit(settings.BASE_URL).port or 8000
    return f"http://127.0.0.1:{port}"


@require_safe
@for_the_host
def evening(request: HttpRequest) -> HttpResponse:
    """How the play goes; the page fetches its own fragment every two seconds."""
    return respond(request, "demo/evening.html", _about(the_evening()))


@require_POST
@for_the_host
def again(request: HttpRequest) -> HttpResponse:
    """Back to the prepared evening: everybody is signed out and what was said is gone."""
    performance.stop()
    was_host = request.session.get(HOST_MARK)
    request.session.flush()
    write(begin_again)
    if was_host:
        request.session[HOST_MARK] = True
    return redirect("demo:front")

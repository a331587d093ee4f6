"""Views that press the buttons of a live room, and tell what the server sees."""

import os
import threading
from functools import partial

from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.urls import path

from samenwijk.live import presence, tickets
from samenwijk.live.models import Room
from samenwijk.live.wire import CHANNELS
from samenwijk.live.writer import write
from tests.live import pages

runs = {"count_rooms": 0, "fail": 0}


def count_rooms() -> None:
    Room.objects.count()
    runs["count_rooms"] += 1


def fail() -> None:
    runs["fail"] += 1
    raise ValueError("broken on purpose")


def room(request: HttpRequest) -> JsonResponse:
    made = write(Room.objects.create)
    return JsonResponse({"room": made.pk, **{channel: tickets.issue(made, channel) for channel in CHANNELS}})


def ticket(request: HttpRequest) -> JsonResponse:
    found = Room.objects.get(pk=request.GET["room"])
    seconds = int(request.GET.get("seconds", 3600))
    issued = tickets.issue(found, request.GET["channel"], request.GET.get("who", ""), seconds=seconds)
    return JsonResponse({"ticket": issued})


def announce(request: HttpRequest) -> JsonResponse:
    found = Room.objects.get(pk=request.GET["room"])
    voters = int(request.GET["voters"]) if "voters" in request.GET else None
    channels = tuple(request.GET["channels"].split()) if "channels" in request.GET else CHANNELS
    say = partial(found.announce, request.GET.get("kind", "idea"), channels=channels, voters=voters)
    if request.GET.get("directly"):
        with transaction.atomic():
            return JsonResponse({"seq": say()})
    for _ in range(int(request.GET.get("times", 1)) - 1):
        write(say)
    seq = write(say)
    return JsonResponse({"seq": seq, "seen": found.frames.filter(seq=seq).exists()})


def state(request: HttpRequest) -> JsonResponse:
    found = Room.objects.get(pk=request.GET["room"])
    return JsonResponse(
        {
            "seq": found.seq,
            "numbers": list(found.frames.order_by("seq").values_list("seq", flat=True)),
            "connected": presence.connected(found),
            "pending": presence.pending(found),
            "threads": threading.active_count(),
            "process": os.getpid(),
            "runs": runs,
        }
    )


def echo(request: HttpRequest) -> JsonResponse:
    spoofed = [name for name in request.headers if name.lower() == "x-spoofed"]
    return JsonResponse({"query": request.META["QUERY_STRING"], "spoofed": spoofed})


urlpatterns = [
    *pages.urlpatterns,
    path("room", room),
    path("ticket", ticket),
    path("announce", announce),
    path("state", state),
    path("echo", echo),
]

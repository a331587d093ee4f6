"""A page with everything that the scripts of a live page do: a line, a region, a counter and a form with an outbox."""

import uuid
from functools import partial
from html import escape
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from samenwijk.live import tickets
from samenwijk.live.models import Room
from samenwijk.live.writer import write

SCRIPT = Path(__file__).resolve().parents[2] / "samenwijk" / "ui" / "static" / "ui" / "live.js"
answers: dict[int, dict[str, str]] = {}


def page(request: HttpRequest) -> HttpResponse:
    room = Room.objects.get(pk=request.GET["room"])
    return shown(request, room)


def shown(request: HttpRequest, room: Room, error: str = "", status: int = 200) -> HttpResponse:
    items = "".join(f"<li>{escape(text)}</li>" for text in answers.get(room.pk, {}).values())
    task = f"""<ul>{items}</ul><p id="error">{error}</p>
      <form method="post" action="/answer?room={room.pk}" data-outbox>
      <input type="hidden" name="key" value="{uuid.uuid4()}">
      <input name="text" aria-label="Antwoord"><button>Sturen</button></form>"""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(task, status=status)
    ticket = tickets.issue(room, request.GET.get("channel", "phone"), who=request.GET.get("who", "ans"))
    return HttpResponse(
        f"""<!doctype html><html lang="nl"><title>Test</title><body>
        <div data-live data-ticket="{ticket}" data-seq="{room.seq}"></div><p data-live-state></p>
        <p data-voters>0</p><main><div id="task" data-refresh="/page?room={room.pk}"
        data-refresh-on="answer step">{task}</div></main><script src="/live.js"></script></body></html>""",
        status=status,
    )


@csrf_exempt
def answer(request: HttpRequest) -> HttpResponse:
    room = Room.objects.get(pk=request.GET["room"])
    text = request.POST["text"]
    if not text:
        return shown(request, room, error="Schrijf eerst iets.", status=422)
    write(partial(keep, room, request.POST["key"], text))
    return HttpResponseRedirect(f"/page?room={room.pk}")


def keep(room: Room, key: str, text: str) -> None:
    """Sent twice is kept once; the text says how often it really came, so that doubling shows."""
    kept = answers.setdefault(room.pk, {})
    if key not in kept:
        kept[key] = text
        room.announce("answer.added")


def script(request: HttpRequest) -> HttpResponse:
    return HttpResponse(SCRIPT.read_bytes(), content_type="text/javascript")


urlpatterns = [path("page", page), path("answer", answer), path("live.js", script)]

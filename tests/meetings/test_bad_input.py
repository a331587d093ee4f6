"""Whatever comes in, through any form of phone and console, is answered with a page and never with an error.

What people really type wrong is in test_joining, test_phone_bad_input and test_console; this is everything else.
"""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from samenwijk.meetings.models import Meeting
from tests.meetings.phones import Phone

pytestmark = pytest.mark.django_db

NASTY = (
    "",
    " ",
    "\0",
    "a\0b",
    "\a\b\x1b[31m",
    "-1",
    "0",
    "1e9",
    "9" * 30,
    "NaN",
    "true",
    "null",
    "{}",
    "[]",
    "=1+1",
    "@SUM(A1)",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}{% debug %}",
    "%s%n%(x)s",
    "' OR 1=1 --",
    "../../etc/passwd",
    "\u202eomgekeerd\u202c",
    "👩🏽‍⚕️" * 20,
    "é" * 5000,
    "\ud83d",
    "\ufffe\uffff",
    "00000000-0000-0000-0000-000000000000",
    "2026-02-30",
    "9999-12-31",
    "0001-01-01",
    "2026-13-01T25:61",
)
COMMON = ("key", "queued", "age", "sequence", "phase", "ends", "deed", "back", "options", "among", "ideas", "terug")


def nonsense(chance: random.Random, names: list[str]) -> dict[str, Any]:
    """A form with some of its fields filled in with something that no browser would send, often more than once."""
    chosen = chance.sample(names, k=min(len(names), chance.randint(1, 6)))
    return {name: chance.choices(NASTY, k=chance.choice((1, 1, 2, 4))) for name in chosen}


def body(fields: dict[str, list[str]]) -> bytes:
    """As bytes on the line: half a character stays half a character."""
    from urllib.parse import quote_from_bytes

    pairs = [(name, text.encode("utf-8", "surrogatepass")) for name, texts in fields.items() for text in texts]
    return "&".join(f"{name}={quote_from_bytes(raw)}" for name, raw in pairs).encode()


def post(browser: Client, path: str, fields: dict[str, list[str]]) -> Any:
    return browser.post(path, body(fields), content_type="application/x-www-form-urlencoded")


@pytest.fixture
def people(evening):
    return evening.fills(4)


@pytest.mark.parametrize("kind", ["welcome", "meet", "figures", "themes", "group", "vote", "plan", "share", "close"])
def test_no_form_of_a_phone_breaks(evening, people, kind: str):
    """Every take of every kind, sent to the running step and to one that has been."""
    phone = Phone(evening.meeting)
    phone.joins()
    phone.browser.raise_request_exception = False
    if kind in ("plan", "share", "close"):
        evening.comes_to_plans(people)
    step = evening.goes_to(kind)
    phone.writes_for_the_table()
    chance = random.Random(f"phone {kind}")
    for take in [*step.rules.takes, *evening.meeting.steps.first().rules.takes]:
        fields = [*take.form.base_fields, *COMMON, *(f"{n}" for n in ("ken", "prioriteiten", "aan-de-slag"))]
        address = reverse("meetings:send", args=[evening.meeting.public_id, step.public_id, take.name])
        for _again in range(14):
            sent = nonsense(chance, fields)
            cache.clear()  # or most of it would only hear that it goes too fast
            answer = post(phone.browser, address, sent)
            assert answer.status_code in (302, 404, 422, 429), (take.name, sent)
    assert phone.looks("?deel=own&idea=%00&plan=x").status_code == 200
    everything_still_opens(evening)


def everything_still_opens(evening) -> None:
    """What was kept, is shown and exported, whatever signs are in it."""
    from samenwijk.meetings.export import csv_file, xlsx_file
    from samenwijk.meetings.news import draft_of, odt_of
    from samenwijk.meetings.report import report_of

    meeting = Meeting.objects.get(pk=evening.meeting.pk)
    assert csv_file(meeting)
    assert xlsx_file(meeting)
    assert odt_of(draft_of(meeting))
    assert report_of(meeting)
    screen = Client().get(reverse("meetings:screen", args=[meeting.screen_token]))
    assert screen.status_code == 200
    assert "<script>alert" not in screen.content.decode()


@pytest.mark.parametrize("place", ["join", "join_code", "qr", "come_back"])
def test_no_door_breaks(evening, place: str):
    meeting = evening.meeting
    given = {"join_code": [meeting.join_code], "qr": [meeting.join_token]}.get(place, [])
    chance, browser = random.Random(place), Client(raise_request_exception=False)
    for _again in range(30):
        sent = nonsense(chance, ["code", "first_name", "discipline", "organisation", *COMMON])
        assert post(browser, reverse(f"meetings:{place}", args=given), sent).status_code < 500, sent


CONSOLE_FIELDS = [
    *COMMON,
    *("title", "what", "table", "theme", "first_name", "discipline", "organisation", "author", "sending", "kind"),
    *("starts_at", "place", "tables", "minutes", "talk_minutes", "question", "number", "to", "on", "participant"),
    *(
        "idea",
        "first_step",
        "due",
        "email",
        "phone",
        "wijk",
        "script",
        "soort-dots",
        "soort-number",
        "soort-indicators",
    ),
]


def console_addresses() -> list[str]:
    from tests.test_access import ADDRESSES

    return [route for route, one in ADDRESSES.items() if route.startswith("begeleiden/") and one.post]


def test_no_form_of_the_console_breaks(db):
    """Every form and button of the facilitator, in the middle of an evening."""
    from tests.everybody import Everybody, undone
    from tests.test_access import table

    everybody, names = Everybody.in_place(), table()
    chance = random.Random("console")
    for route in console_addresses():
        path = everybody.own.path(names[route], route)
        for _again in range(5):
            sent = nonsense(chance, CONSOLE_FIELDS)
            with undone():
                answer = post(everybody.browser("facilitator"), path, sent)
            assert answer.status_code < 500, (route, sent)

"""A phone on a slow line: what the first page and the later ones weigh, and that nothing comes from another host.

`python -m bench.pages` measures the same over the wire in a browser.
"""

import gzip
import re
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from tests.meetings.phones import Phone
from tests.prepared import prepared

KB = 1000
FIRST_PAGE, FIRST_WITH_FONTS, LATER_PAGE = 60 * KB, 150 * KB, 15 * KB
PART = re.compile(r'<(?:link rel="(?:stylesheet|icon)" href|script src)="([^"]+)"')
LOADED = re.compile(r"url\(\s*[\"']?([^\"')]+)")


@prepared
def phone(evening):
    """A phone in a full room that writes ideas: the longest page of an ordinary evening."""
    people = evening.fills(42)
    phone = Phone(evening.meeting)
    phone.joins()
    evening.goes_to("themes")
    evening.everybody_dots(people)
    evening.goes_to("group").end_talk()
    evening.each_table_writes(ideas=3)
    return phone


def sent(client: Client, address: str) -> bytes:
    """The bytes that go over the wire, with gzip where the server packs."""
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200, address
    return answer.content


def unpacked(body: bytes) -> str:
    return (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()


def parts_of(page: str) -> list[str]:
    return [part for part in PART.findall(page) if not part.startswith("data:")]


def fonts_of(client: Client, page: str) -> list[str]:
    """Every font that the stylesheets name, except the one for who asked for easier letters."""
    found = []
    for sheet in (part for part in parts_of(page) if ".css" in part):
        found += [urljoin(sheet, name) for name in LOADED.findall(unpacked(sent(client, sheet))) if ".woff2" in name]
    return [font for font in dict.fromkeys(found) if "atkinson" not in font]


def test_the_first_page_of_a_phone_is_light(phone):
    body = sent(phone.browser, phone.home)
    parts = {part: len(sent(phone.browser, part)) for part in parts_of(unpacked(body))}
    fonts = {font: len(sent(phone.browser, font)) for font in fonts_of(phone.browser, unpacked(body))}
    first = len(body) + sum(parts.values())
    assert len(parts) >= 3
    assert fonts
    assert first <= FIRST_PAGE, (len(body), parts)
    assert first + sum(fonts.values()) <= FIRST_WITH_FONTS, (first, fonts)


def test_a_later_page_is_only_its_own_words(phone, evening):
    weights = {"group": len(sent(phone.browser, phone.home))}
    for kind in ("break", "vote", "plan", "share", "close"):
        step = evening.goes_to(kind)
        step.end_talk()
        weights[kind] = len(sent(phone.browser, phone.home))
    assert max(weights.values()) <= LATER_PAGE, weights


def test_what_was_loaded_is_kept_for_a_year(phone):
    for part in parts_of(unpacked(sent(phone.browser, phone.home))):
        assert "immutable" in phone.browser.get(part).headers["Cache-Control"], part


@pytest.mark.parametrize("surface", ["phone", "door", "screen", "front"])
def test_no_page_asks_anything_of_another_host(phone, evening, surface):
    meeting = evening.meeting
    address = {
        "phone": phone.home,
        "door": reverse("meetings:qr", args=[meeting.join_token]),
        "screen": reverse("meetings:screen", args=[meeting.screen_token]),
        "front": "/",
    }[surface]
    client = phone.browser if surface == "phone" else Client()
    page = unpacked(sent(client, address))
    loaded = [*parts_of(page), *re.findall(r'<(?:img|iframe|source)[^>]* src(?:set)?="([^"]+)"', page)]
    for sheet in (part for part in loaded if ".css" in part):
        loaded += LOADED.findall(unpacked(sent(client, sheet)))
    assert [part for part in loaded if urlsplit(part).netloc and not part.startswith("data:")] == []

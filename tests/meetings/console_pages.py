"""The facilitator's hands in tests: what a browser would post to the console."""

from __future__ import annotations

import html
import re
import uuid
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from samenwijk.meetings.export import csv_file
from samenwijk.meetings.models import Deed, Meeting


class Desk:
    """A browser at the console of one meeting. `press` posts what a button would, with the phase of now."""

    def __init__(self, client: Client, meeting: Meeting) -> None:
        self.client, self.meeting = client, meeting

    def address(self, name: str, *args: Any) -> str:
        return reverse(f"meetings:{name}", args=[self.meeting.public_id, *args])

    def press(self, name: str, *args: Any, status: int = 302, **data: Any) -> HttpResponse:
        self.meeting.refresh_from_db()
        sent = {"phase": self.meeting.phase, "key": str(uuid.uuid4()), **data}
        response = self.client.post(self.address(name, *args), {k: v for k, v in sent.items() if v is not None})
        assert response.status_code == status, response.status_code
        self.meeting.refresh_from_db()
        return response

    def act(self, step: Any, name: str, **data: Any) -> HttpResponse:
        return self.press("act", step.public_id, name, **data)

    def reads(self, name: str = "console", *args: Any, query: str = "") -> str:
        """The words on a page, without its markup."""
        response = self.client.get(self.address(name, *args) + query)
        assert response.status_code == 200, response.status_code
        return words(response)


def words(response: HttpResponse) -> str:
    text = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def undo(desk: Desk) -> str:
    """Presses "ongedaan maken" as the page offers it; gives the words of the page that follows."""
    page = desk.client.get(desk.address("console")).content.decode()
    deed = Deed.objects.to_undo().filter(meeting=desk.meeting).first()
    assert deed is not None
    assert str(deed.public_id) in page
    return words(desk.client.post(desk.address("undo"), {"deed": str(deed.public_id)}, follow=True))


def comes_to_ideas(evening: Any, number: int = 6) -> Any:
    """A room that chose its themes and now works in groups."""
    people = evening.fills(number)
    evening.goes_to("themes")
    evening.everybody_dots(people)
    evening.goes_to("group")
    return people


def exported(evening: Any, kind: str) -> list[str]:
    """The lines of one kind in the file that a facilitator downloads."""
    return [line for line in csv_file(evening.meeting).splitlines() if line.startswith(f"{kind},")]

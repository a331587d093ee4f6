"""A phone in a test's hands: a browser without JavaScript that joins, looks and sends the forms it is shown."""

from __future__ import annotations

import re
import uuid
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

from samenwijk.meetings.models import Meeting, Participant, Step


class Phone:
    """One participant's phone in one meeting."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting, self.browser = meeting, Client()
        self.home = reverse("meetings:phone", args=[meeting.public_id])

    def joins(self, **given: Any) -> Any:
        """Fills in the door's three questions, as after scanning the QR code."""
        door = reverse("meetings:qr", args=[self.meeting.join_token])
        answers = {"first_name": "Ans", "discipline": "bewoner", "organisation": "", "key": str(uuid.uuid4())}
        return self.browser.post(door, {**answers, **given})

    @property
    def participant(self) -> Participant:
        cookie = self.browser.cookies["deelnemer"]
        assert cookie
        return (
            self.meeting.participants.select_related("table", "person")
            .order_by("-pk")
            .get(public_id=self.looks().context["participant"].public_id)
        )

    def looks(self, query: str = "") -> Any:
        return self.browser.get(self.home + query)

    def sees(self, query: str = "") -> str:
        """The words on the screen, without the markup."""
        return words(self.looks(query))

    def sends(self, take: str, *, step: Step | None = None, key: uuid.UUID | None = None, **data: Any) -> Any:
        self.meeting.refresh_from_db()
        step = step or self.meeting.current
        assert step is not None
        address = reverse("meetings:send", args=[self.meeting.public_id, step.public_id, take])
        return self.browser.post(address, {"key": str(key or uuid.uuid4()), **data})

    def says(self, take: str, **data: Any) -> str:
        """Sends and follows: the words of the page that comes back."""
        answer = self.sends(take, **data)
        return words(self.browser.get(answer["Location"])) if answer.status_code == 302 else words(answer)

    def writes_for_the_table(self) -> Any:
        return self.browser.post(reverse("meetings:scribe", args=[self.meeting.public_id]))


def words(response: Any) -> str:
    html = response.content.decode()
    main = re.search(r"<main.*?</main>", html, re.DOTALL)
    bar = re.search(r'<div class="action-bar".*', html, re.DOTALL)
    both = " ".join(part.group() for part in (main, bar) if part)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", both)).split())

"""Writing a mail: rendered once, put in the outbox in the transaction of what it tells about.

A mail greets by name, says one thing, has one link, and names a person to call. `x.txt` extends
`notify/mail/base.txt` (blocks `subject` and `body`), `x.html` extends `notify/mail/base.html` (block `body`).
"""

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from samenwijk.notify.models import Message, Unsubscribe, unsubscribe_url
from samenwijk.people.models import Person
from samenwijk.places.models import Wijk


@dataclass(frozen=True)
class Contact:
    """Whom to call."""

    name: str
    phone: str
    role: str = ""

    @classmethod
    def of(cls, wijk: Wijk | None) -> Self:
        """The wijk's contact, else whoever answers for the installation."""
        if wijk is not None and wijk.contact_name:
            return cls(wijk.contact_name, wijk.contact_phone, wijk.contact_role)
        return cls(str(settings.ORGANISATION_NAME), settings.CONTACT_PHONE)


@dataclass(frozen=True)
class Link:
    """The one thing to press. `path` begins with a slash."""

    path: str
    label: str

    @property
    def url(self) -> str:
        return self.path if self.path.startswith("http") else f"{settings.BASE_URL}{self.path}"


@dataclass(frozen=True)
class File:
    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Recipient:
    """Who gets it: a name to greet with, an address, and the person behind it where we know."""

    name: str
    address: str
    person: Person | None = None

    @classmethod
    def of(cls, to: "Person | Recipient") -> "Recipient":
        return to if isinstance(to, Recipient) else cls(to.first_name, to.email, to)


def post(
    to: "Person | Recipient",
    template: str,
    context: Mapping[str, Any] | None = None,
    attachments: Iterable[File] = (),
    *,
    contact: Contact,
    link: Link,
    key: str | None = None,
    send_after: datetime.datetime | None = None,
    asked_for: bool = False,
) -> Message | None:
    """Put a mail in the outbox; nothing for somebody without an address or who unsubscribed.

    `asked_for`: the reader has just asked for this very mail, which goes before having unsubscribed.
    `key`: posting again with the same key gives the message that is there.
    """
    recipient = Recipient.of(to)
    if not recipient.address or (Unsubscribe.stands_for(recipient.address) and not asked_for):
        return None
    if key and (known := Message.objects.filter(key=key).first()):
        return known
    subject, text, html = _render(template, recipient, {**(context or {}), "contact": contact, "link": link})
    with transaction.atomic():
        message = Message.objects.create(
            key=key,
            template=template.replace("/", "-"),
            person=recipient.person,
            to_address=recipient.address,
            to_name=recipient.name,
            subject=subject,
            text=text,
            html=html,
            send_after=send_after or timezone.now(),
        )
        for file in attachments:
            message.attachments.create(name=file.name, content_type=file.content_type, content=file.content)
    return message


def _render(template: str, recipient: Recipient, context: dict[str, Any]) -> tuple[str, str, str]:
    """Subject, text and html, in the language of the installation: the reader's is not known."""
    context |= {"to_name": recipient.name, "unsubscribe_url": unsubscribe_url(recipient.address)}
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(f"notify/mail/{template}.txt", context)
        subject, _, body = text.strip().partition("\n")
        html = render_to_string(f"notify/mail/{template}.html", {**context, "subject": subject.strip()})
    return subject.strip()[:200], re.sub(r"\n{3,}", "\n\n", body).strip() + "\n", html

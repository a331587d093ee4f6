"""Sending what waits in the outbox: at least once, and hardly ever twice.

A message is claimed before it is sent. If the process dies between sending and noting so, the claim runs out
after ten minutes and the message goes again, under the same Message-ID, and the log says so.
"""

import logging
from email.utils import formataddr, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.text import slugify

from samenwijk.notify.models import Message

AT_A_TIME = 100
log = logging.getLogger(__name__)


def send_due() -> int:
    """Send what is due; the number of messages sent."""
    sent = 0
    connection: BaseEmailBackend | None = None
    for message in Message.objects.due()[:AT_A_TIME]:
        if not message.claim():
            continue
        if message.claimed_at:
            log.warning("Message %s was claimed but never noted as sent; it goes out again.", message.public_id)
        connection = connection or get_connection()
        sent += _send(message, connection)
    return sent


def _send(message: Message, connection: BaseEmailBackend) -> bool:
    try:
        as_mail(message, connection).send()
    except Exception as error:
        message.note_failed(slugify(type(error).__name__))
        log.warning("Message %s could not be sent: %s", message.public_id, type(error).__name__)
        return False
    message.note_sent()
    return True


def as_mail(message: Message, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """The message as it travels: text, html, attachments, and a way out in the headers."""
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[formataddr((_plain(message.to_name), message.to_address))],
        connection=connection,
        headers={
            "Message-ID": f"<{message.public_id}@{host}>",
            "List-Unsubscribe": f"<{message.unsubscribe_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    for attachment in message.attachments.all():
        mail.attach(attachment.name, bytes(attachment.content), attachment.content_type)
    return mail


def forget_old_bodies() -> int:
    """Empty what was sent 30 days ago; the number of messages emptied."""
    outdated = list(Message.objects.outdated())
    for message in outdated:
        message.empty()
    return len(outdated)


def _plain(name: str) -> str:
    """A name as it may stand in a header: one line, and nothing that reads as an address."""
    return parseaddr(formataddr((" ".join(name.split()), "x@x")))[0]

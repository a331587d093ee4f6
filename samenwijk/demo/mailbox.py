"""The demo's post office: every mail that the product sends is kept here and leaves for nowhere."""

from collections.abc import Iterator, Sequence
from email.message import MIMEPart
from email.mime.base import MIMEBase
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from samenwijk.demo.models import Attachment, Mail
from samenwijk.live.writer import write


class MailboxBackend(BaseEmailBackend):
    """Django's way to send mail, ending in a table that /demo/postvak/ shows."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        return write(lambda: sum(keep(message) for message in email_messages))


def keep(message: EmailMessage) -> bool:
    recipients = message.recipients()
    if not recipients:
        return False
    mail = Mail.objects.create(
        to=", ".join(recipients)[:500],
        sender=str(message.from_email)[:200],
        subject=" ".join(str(message.subject).split())[:300],
        text=str(message.body),
    )
    Attachment.objects.bulk_create(Attachment(mail=mail, **fields) for fields in attachments_of(message))
    return True


def attachments_of(message: EmailMessage) -> Iterator[dict[str, Any]]:
    """Files may be attached as a ready part or as name, content and type."""
    for attachment in message.attachments:
        if isinstance(attachment, MIMEBase | MIMEPart):
            name, content, kind = (
                attachment.get_filename(),
                attachment.get_payload(decode=True),
                attachment.get_content_type(),
            )
        else:
            name, content, kind = attachment
        raw = content.encode() if isinstance(content, str) else bytes(content)
        yield {"name": (name or "bijlage")[:200], "content": raw, "content_type": kind or "application/octet-stream"}

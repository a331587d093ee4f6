"""What only a demo keeps: the mark that this database is a demo, the mail it sent, and the keys of its doors."""

import uuid
from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class DemoMark(models.Model):
    """Stands in every database that the demo made, from its first moment. Without it the demo touches nothing."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    filled_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["DemoMark"]] = models.Manager()

    def __str__(self) -> str:
        return f"demo {self.public_id}"


class MailQuerySet(models.QuerySet["Mail"]):
    def public(self) -> "MailQuerySet":
        """Nobody in the demo is real, so whoever started it may read all mail."""
        return self.all()


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def public(self) -> "AttachmentQuerySet":
        return self.all()


class Mail(models.Model):
    """A mail that would have left the building."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    to = models.CharField(_("aan"), max_length=500)
    sender = models.CharField(_("van"), max_length=200)
    subject = models.CharField(_("onderwerp"), max_length=300)
    text = models.TextField(_("tekst"))
    at = models.DateTimeField(auto_now_add=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("demo:mail", args=[self.public_id])


class Attachment(models.Model):
    """A file that came with a mail."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    mail = models.ForeignKey(Mail, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=120)
    content = models.BinaryField()

    objects = AttachmentQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class UsedKey(models.Model):
    """A key of a door that somebody went in with: each opens once."""

    nonce = models.CharField(max_length=40, unique=True)
    used_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["UsedKey"]] = models.Manager()

    def __str__(self) -> str:
        return self.nonce

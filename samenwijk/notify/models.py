"""The outbox: mail that waits, was sent or failed, and the addresses that asked for no more."""

import datetime
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from samenwijk.people.models import Person

BODIES_KEPT = datetime.timedelta(days=30)
CLAIM_HOLDS = datetime.timedelta(minutes=10)
WAITS = [datetime.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440)]


EMPTY = {"to_address": "", "to_name": "", "subject": "", "text": "", "html": "", "person": None}


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self) -> Self:
        """What may be sent now: its time has come, it was not given up, and nobody is busy with it."""
        now = timezone.now()
        free = models.Q(claimed_at=None) | models.Q(claimed_at__lt=now - CLAIM_HOLDS)
        return self.filter(free, sent_at=None, send_after__lte=now, tries__lte=len(WAITS)).order_by("send_after", "id")

    def waiting(self) -> Self:
        return self.filter(sent_at=None, tries__lte=len(WAITS))

    def given_up(self) -> Self:
        """Tried again and again, and never accepted: somebody has to call."""
        return self.filter(sent_at=None, tries__gt=len(WAITS))

    def outdated(self) -> Self:
        """Sent or given up so long ago that nobody needs the body or the address any more."""
        longest_ago = timezone.now() - BODIES_KEPT
        old = models.Q(sent_at__lt=longest_ago) | models.Q(sent_at=None, send_after__lt=longest_ago)
        return self.filter(old).exclude(to_address="")


class Message(models.Model):
    """One mail to one address. Body and address go 30 days after sending; that it was sent stays."""

    public_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    key = models.CharField(max_length=120, unique=True, null=True, blank=True)
    template = models.SlugField()
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    to_address = models.EmailField(blank=True)
    to_name = models.CharField(max_length=150, blank=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    send_after = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    last_error = models.SlugField(blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["send_after"], condition=models.Q(sent_at=None), name="unsent_messages_by_time"),
        ]
        verbose_name = _("mail")
        verbose_name_plural = _("mails")

    def __str__(self) -> str:
        return f"{self.template} {self.public_id}"

    @property
    def unsubscribe_url(self) -> str:
        return unsubscribe_url(self.to_address)

    def claim(self) -> bool:
        """Take this message for sending; false when another process was first."""
        mine = Message.objects.due().filter(pk=self.pk, claimed_at=self.claimed_at)
        return bool(mine.order_by().update(claimed_at=timezone.now(), tries=models.F("tries") + 1))

    def note_sent(self) -> None:
        Message.objects.filter(pk=self.pk).update(sent_at=timezone.now(), claimed_at=None, last_error="")

    def note_failed(self, error: str) -> None:
        """Try again later, and later still; after the last wait it is given up."""
        self.refresh_from_db(fields=["tries"])
        wait = WAITS[min(self.tries, len(WAITS)) - 1]
        Message.objects.filter(pk=self.pk).update(
            claimed_at=None, last_error=error[:50], send_after=timezone.now() + wait
        )

    def empty(self) -> None:
        """Take away body and address; that a mail of this kind was sent, and when, stays."""
        self.attachments.all().delete()
        Message.objects.filter(pk=self.pk).update(**EMPTY)


class Attachment(models.Model):
    """A file that travels with a mail."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()

    class Meta:
        ordering = ["id"]
        verbose_name = _("bijlage")
        verbose_name_plural = _("bijlagen")

    def __str__(self) -> str:
        return self.name


class Unsubscribe(models.Model):
    """An address that wants no mail, kept as a keyed hash: enough to recognise it, too little to read it."""

    address_key = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("afmelding")
        verbose_name_plural = _("afmeldingen")

    def __str__(self) -> str:
        return self.address_key[:8]

    @classmethod
    def stands_for(cls, address: str) -> bool:
        return cls.objects.filter(address_key=address_key(address)).exists()

    @classmethod
    def by_token(cls, token: str) -> None:
        """Press the link in a mail; pressing twice is harmless. What already waits is not sent either."""
        key = read_token(token)
        cls.objects.get_or_create(address_key=key)
        for message in Message.objects.waiting():
            if address_key(message.to_address) == key:
                message.delete()

    @classmethod
    def undo_by_token(cls, token: str) -> None:
        cls.objects.filter(address_key=read_token(token)).delete()


def address_key(address: str) -> str:
    return salted_hmac("samenwijk.notify.address", address.strip().lower(), algorithm="sha256").hexdigest()


def unsubscribe_token(address: str) -> str:
    return signing.Signer(salt="samenwijk.notify.unsubscribe").sign(address_key(address))


def read_token(token: str) -> str:
    """The key of the address in the link; raises BadSignature for a link that we never sent."""
    return signing.Signer(salt="samenwijk.notify.unsubscribe").unsign(token)


def unsubscribe_url(address: str) -> str:
    return f"{settings.BASE_URL}/afmelden/{unsubscribe_token(address)}/"

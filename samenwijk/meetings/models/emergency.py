from __future__ import annotations

import hashlib
import uuid
from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone

from samenwijk.journal.models import Entry
from samenwijk.meetings.codes import long_token
from samenwijk.meetings.models.meeting import Meeting
from samenwijk.people.models import User


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class EmergencyLinkQuerySet(models.QuerySet["EmergencyLink"]):
    def open_for(self, meeting: Meeting) -> Self:
        """Those of this meeting that may still be used, newest first."""
        return self.alive().filter(meeting=meeting).select_related("made_by__person").order_by("-made_at")

    def alive(self) -> Self:
        return self.filter(revoked_at=None).exclude(meeting__status=Meeting.Status.ENDED)

    def with_token(self, token: str) -> Self:
        """By the secret on the paper; only its digest is stored."""
        return self.alive().filter(digest=digest(token)).select_related("meeting__wijk", "meeting__room", "made_by")


class EmergencyLink(models.Model):
    """A link on paper with which somebody without an account leads one meeting, when the laptop dies.

    Whoever holds it acts in the name of who printed it, in the console of this meeting and nowhere else, until
    the meeting ends, somebody takes the link back, or the maker may no longer lead.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="emergency_links")
    made_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = EmergencyLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"emergency link {self.public_id}"

    @classmethod
    @transaction.atomic
    def make(cls, meeting: Meeting, *, by: User) -> tuple[EmergencyLink, str]:
        """A new link and its token, which is told this once and stored nowhere."""
        token = long_token()
        link = cls.objects.create(meeting=meeting, made_by=by, digest=digest(token))
        Entry.record("emergency_link.made", about=link, wijk=meeting.wijk, by=by)
        return link, token

    @property
    def works(self) -> bool:
        """Whether it leads anywhere now."""
        alive = self.revoked_at is None and not self.meeting.is_ended
        return alive and self.meeting.may_be_run_by(self.made_by)

    @transaction.atomic
    def use(self) -> None:
        """Somebody leads with it from here on; the others at a console are told."""
        self.meeting.hold()
        EmergencyLink.objects.filter(pk=self.pk).update(used_at=timezone.now())
        Entry.record("emergency_link.used", about=self, wijk=self.meeting.wijk)
        self.meeting.take_hold(by=self.made_by)

    @transaction.atomic
    def revoke(self, *, by: Any) -> bool:
        """From now on it opens nothing, also for who is leading with it."""
        if not EmergencyLink.objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=timezone.now()):
            return False
        Entry.record("emergency_link.revoked", about=self, wijk=self.meeting.wijk, by=by)
        return True

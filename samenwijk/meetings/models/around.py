"""What stands around an evening: the series it belongs to, its ambassadors, and what the region answered."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenwijk.journal.models import Entry
from samenwijk.meetings.models.contribution import Contribution
from samenwijk.meetings.models.meeting import Meeting
from samenwijk.meetings.models.participant import Participant, Table


class Ambassador(models.Model):
    """Somebody who plays from their own experience at a table. Only who organises the evening sees this.

    Their story is never written down. Compensation is offered in forms, because money can cost somebody a benefit.
    """

    class Compensation(models.TextChoices):
        OPEN = "open", _("nog bespreken")
        MONEY = "money", _("geld")
        VOUCHER = "voucher", _("een cadeaubon")
        TRAVEL = "travel", _("alleen reiskosten")
        TRAINING = "training", _("een cursus of training")
        NONE = "none", _("wil geen vergoeding")

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="ambassadors")
    table = models.ForeignKey(Table, on_delete=models.SET_NULL, null=True, blank=True, related_name="ambassadors")
    participant = models.OneToOneField(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="ambassador"
    )
    first_name = models.CharField(max_length=40)
    compensation = models.CharField(max_length=10, choices=Compensation.choices, default=Compensation.OPEN)
    boundaries_agreed = models.BooleanField(default=False)
    aftercare_by = models.CharField(max_length=80, blank=True)
    aftercare_done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("table__number", "pk")

    def __str__(self) -> str:
        return self.first_name

    @classmethod
    def invite(cls, meeting: Meeting, **agreed: Any) -> Ambassador:
        """Puts somebody on the organiser's list, with what was agreed."""
        return cls.objects.create(meeting=meeting, **agreed)

    def leaves(self) -> None:
        """Off the list; nothing of them stays."""
        Ambassador.objects.filter(pk=self.pk).delete()

    def was_called(self) -> None:
        """Somebody called afterwards to hear how they are."""
        Ambassador.objects.filter(pk=self.pk, aftercare_done_at=None).update(aftercare_done_at=timezone.now())


class Answer(models.Model):
    """What the organisation of the region says to a proposal: "pakken we op", or "nu niet, omdat"."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    proposal = models.OneToOneField(Contribution, on_delete=models.CASCADE, related_name="answer")
    taken_on = models.BooleanField()
    because = models.CharField(max_length=300)
    at = models.DateTimeField()

    def __str__(self) -> str:
        said = _("Pakken we op") if self.taken_on else _("Nu niet, omdat")
        return f"{said}: {self.because}"

    @classmethod
    @transaction.atomic
    def give(cls, proposal: Contribution, *, taken_on: bool, because: str, by: Any) -> Answer:
        """Every proposal gets an answer, also a no. A later answer takes the place of the first."""
        answer, _made = cls.objects.update_or_create(
            proposal=proposal, defaults={"taken_on": taken_on, "because": because, "at": timezone.now()}
        )
        meeting = proposal.step.meeting
        Entry.record("proposal.answered", about=meeting, wijk=meeting.wijk, by=by, taken_on=taken_on)
        return answer

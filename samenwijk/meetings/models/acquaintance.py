from __future__ import annotations

from collections.abc import Iterable

from django.db import models, transaction
from django.db.models import F, Q

from samenwijk.meetings.models.participant import Participant


class Acquaintance(models.Model):
    """Somebody says that they know another in the room. Only a table plan reads it; it goes when the meeting ends."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="acquaintances")
    other = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "other"], name="acquaintance_is_said_once"),
            models.CheckConstraint(condition=~Q(participant=F("other")), name="acquaintance_is_with_somebody_else"),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} - {self.other_id}"

    @staticmethod
    @transaction.atomic
    def say(participant: Participant, others: Iterable[Participant]) -> None:
        """These are the people that somebody knows; what they said before no longer counts."""
        participant.acquaintances.all().delete()
        Acquaintance.objects.bulk_create([Acquaintance(participant=participant, other=other) for other in others])

from __future__ import annotations

import datetime
import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenwijk.meetings.models.meeting import Meeting
from samenwijk.meetings.models.participant import Participant, Table

WORKS_AT_MOST = datetime.timedelta(minutes=2)
"""Longer than any plan takes: whoever worked on it has died, and another may take it up."""


class TablePlanQuerySet(models.QuerySet["TablePlan"]):
    def ready(self) -> Self:
        return self.filter(status=TablePlan.Status.READY)

    def to_do(self) -> Self:
        """What waits for work: a plan that was asked for, one whose worker died, and one that must be mended."""
        died = Q(status=TablePlan.Status.WORKING, claimed_at__lt=timezone.now() - WORKS_AT_MOST)
        mend = Q(status=TablePlan.Status.READY, mending=True)
        return self.filter(Q(status=TablePlan.Status.WAITING) | died | mend).exclude(
            meeting__status=Meeting.Status.ENDED
        )


class TablePlan(models.Model):
    """Who sits where in each round of an evening. Made off the request; `revision` says for which question."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("gevraagd")
        WORKING = "working", _("bezig")
        READY = "ready", _("klaar")
        FAILED = "failed", _("mislukt")

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="table_plan")
    rounds = models.PositiveSmallIntegerField(default=1)
    theme_share = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    revision = models.PositiveIntegerField(default=0)
    mending = models.BooleanField(default=False)
    now = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    figures = models.JSONField(default=dict)

    objects = TablePlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(rounds__gte=1), name="table_plan_has_a_round"),
            models.CheckConstraint(condition=Q(theme_share__lte=100), name="theme_share_is_at_most_a_hundred"),
            models.CheckConstraint(condition=Q(now__lte=models.F("rounds")), name="running_round_is_in_the_plan"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} ({self.rounds})"

    @property
    def is_ready(self) -> bool:
        return self.status == self.Status.READY

    @property
    def is_being_made(self) -> bool:
        return self.status in (self.Status.WAITING, self.Status.WORKING)

    @property
    def has_failed(self) -> bool:
        return self.status == self.Status.FAILED

    @property
    def seated_round(self) -> int:
        """The round in which people sit now; before the first one they sit down for it."""
        return max(self.now, 1)

    def needs_mending(self) -> None:
        """Somebody came or went: the rounds to come are looked at again, off the request."""
        TablePlan.objects.ready().filter(pk=self.pk).update(mending=True)


class SeatQuerySet(models.QuerySet["Seat"]):
    def in_round(self, number: int) -> Self:
        return self.filter(round=number)


class Seat(models.Model):
    """Somebody's table in one round. A locked seat stays when the plan is made or mended again."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(TablePlan, on_delete=models.CASCADE, related_name="seats")
    round = models.PositiveSmallIntegerField()
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="seats")
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="seats")
    locked = models.BooleanField(default=False)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ("round", "table__number", "participant__number")
        constraints = [
            models.UniqueConstraint(fields=["plan", "round", "participant"], name="participant_sits_once_per_round"),
            models.CheckConstraint(condition=Q(round__gte=1), name="seat_is_in_a_round"),
        ]

    def __str__(self) -> str:
        return f"{self.participant}: {self.table} ({self.round})"

    @classmethod
    def follow(cls, participant: Participant, table: Table | None) -> None:
        """Somebody sits elsewhere in the round of now: the plan knows it, and plans on from there."""
        plan: Any = TablePlan.objects.ready().filter(meeting=participant.meeting_id).first()
        if plan is None or table is None:
            return
        cls.objects.update_or_create(
            plan=plan,
            round=plan.seated_round,
            participant=participant,
            defaults={"table": table, "locked": True},
        )
        plan.needs_mending()

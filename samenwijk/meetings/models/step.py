from __future__ import annotations

import datetime
import uuid
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

from samenwijk.meetings.models.meeting import Meeting
from samenwijk.plans.models import Choice

if TYPE_CHECKING:
    from samenwijk.meetings.kinds.base import Kind


class Step(models.Model):
    """One part of the evening. Its kind says what people do in it; `settings` is the script, `state` is the evening."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    kind = models.SlugField(max_length=30)
    title = models.CharField(max_length=80)
    question = models.CharField(max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField()
    talk_minutes = models.PositiveSmallIntegerField(default=0)
    settings = models.JSONField(default=dict, blank=True)
    state = models.JSONField(default=dict, blank=True)
    choice = models.OneToOneField(Choice, on_delete=models.SET_NULL, null=True, blank=True, related_name="step")
    entered_at = models.DateTimeField(null=True, blank=True)
    talk_until = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    skipped = models.BooleanField(default=False)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def rules(self) -> Kind:
        """The class of this step's kind: what it takes, shows and hands on."""
        from samenwijk.meetings.kinds import kind

        return kind(self.kind)

    @property
    def is_current(self) -> bool:
        return self.meeting.is_running and self.meeting.current_id == self.pk

    @property
    def is_done(self) -> bool:
        return self.left_at is not None and not self.is_current

    @property
    def is_left_out(self) -> bool:
        """Taken out before its turn came. One that was skipped while it ran has been: the room can go back to it."""
        return self.skipped and self.entered_at is None

    @property
    def is_talking(self) -> bool:
        """Praat eerst, telefoon weg."""
        return self.talk_until is not None and timezone.now() < self.talk_until

    def setting(self, name: str) -> Any:
        return self.settings.get(name, self.rules.settings_of_the_kind.get(name))

    @property
    def mixes(self) -> bool:
        """Whether everybody goes to a new table here, when there is a table plan: the next round begins."""
        return bool(self.settings.get("new_tables", self.rules.new_tables))

    def allows(self, take: str, by: str) -> bool:
        """Does it make sense now: may this kind of author do this in the step as it stands?"""
        return self.is_current and self.rules.allows(self, take, by)

    def enter(self) -> None:
        now = timezone.now()
        if self.talk_minutes and not self._has_talked:
            self.talk_until = now + datetime.timedelta(minutes=self.talk_minutes)
        self.entered_at, self.left_at, self.skipped = self.entered_at or now, None, False
        self.ends_at = now + datetime.timedelta(minutes=self.minutes)
        self.save(update_fields=["entered_at", "left_at", "skipped", "talk_until", "ends_at"])
        self.rules.enter(self)

    @property
    def _has_talked(self) -> bool:
        """Whether the talk was over when the room left: who comes back need not begin it again."""
        return self.left_at is not None and self.talk_until is not None and self.talk_until <= self.left_at

    def leave(self, *, skipped: bool) -> None:
        self.left_at, self.skipped = timezone.now(), skipped
        self.save(update_fields=["left_at", "skipped"])
        self.rules.leave(self)

    def extend(self, minutes: int) -> None:
        """More (or, to undo, fewer) minutes from the planned end, or from now if that has passed."""
        base = max(self.ends_at or timezone.now(), timezone.now()) if minutes > 0 else self.ends_at or timezone.now()
        self.ends_at = base + datetime.timedelta(minutes=minutes)
        self.save(update_fields=["ends_at"])

    def end_talk(self) -> None:
        """The facilitator lets the phones come out earlier."""
        self.talk_until = timezone.now()
        self.save(update_fields=["talk_until"])

    def remember(self, **facts: Any) -> None:
        """Changes the state of the evening in this step, on top of what is stored now."""
        fresh = Step.objects.select_for_update(no_key=True).get(pk=self.pk)
        self.state = {**fresh.state, **facts}
        self.save(update_fields=["state"])

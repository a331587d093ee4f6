from __future__ import annotations

import uuid
from typing import Any, Self

from django.db import models
from django.utils import timezone

from samenwijk.journal.models import Entry
from samenwijk.meetings.models.meeting import Meeting
from samenwijk.meetings.models.participant import Participant, Table
from samenwijk.meetings.models.step import Step
from samenwijk.people.models import Viewer
from samenwijk.places.models import Region
from samenwijk.plans.models import Idea, Theme
from samenwijk.plans.models.idea import AuthorKind


class MeetingTheme(models.Model):
    """A theme on the table this evening; its position gives it colour and shape."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="themes")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="meetings")
    position = models.PositiveSmallIntegerField()
    chosen = models.BooleanField(default=False)
    figure = models.SlugField(max_length=120, blank=True)

    class Meta:
        ordering = ("position", "pk")
        constraints = [models.UniqueConstraint(fields=["meeting", "theme"], name="theme_is_on_the_table_once")]

    def __str__(self) -> str:
        return str(self.theme)


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def shown(self) -> Self:
        return self.filter(hidden_at=None)

    def handed_to(self, user: Viewer) -> Self:
        """What tables asked of the regions that this user supports: once the evening is over, it is handed over."""
        regions = user.regions() if user.is_authenticated else Region.objects.none()
        found = self.shown().filter(take="proposal", step__kind="proposals", step__meeting__wijk__region__in=regions)
        return found.filter(step__meeting__status=Meeting.Status.ENDED)


class Contribution(models.Model):
    """What somebody said in a step: an answer, a line, a dream, an idea. The kind of step says what `take` means.

    `more` holds the further fields of a note by their name, as text.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="contributions")
    take = models.SlugField(max_length=20)
    author_kind = models.CharField(max_length=12, choices=AuthorKind.choices)
    author_id = models.UUIDField()
    participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="contributions"
    )
    table = models.ForeignKey(Table, on_delete=models.SET_NULL, null=True, blank=True, related_name="contributions")
    about = models.CharField(max_length=120, blank=True)
    value = models.CharField(max_length=20, blank=True)
    text = models.TextField(max_length=1000, blank=True)
    more = models.JSONField(default=dict, blank=True)
    released = models.BooleanField(default=False)
    single = models.BooleanField(default=False)
    idea = models.OneToOneField(Idea, on_delete=models.CASCADE, null=True, blank=True, related_name="contribution")
    key = models.UUIDField()
    from_paper = models.BooleanField(default=False)
    hidden_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["author_id", "key"], name="contribution_is_sent_once_by_its_author"),
            models.UniqueConstraint(
                fields=["step", "take", "author_id", "about"],
                condition=models.Q(single=True),
                name="single_answer_is_a_state",
            ),
        ]
        indexes = [models.Index(fields=["step", "take"])]

    def __str__(self) -> str:
        return f"{self.take} {self.public_id}"

    def hide(self, *, by: Any) -> None:
        if Contribution.objects.filter(pk=self.pk, hidden_at=None).update(hidden_at=timezone.now()):
            Entry.record("contribution.hidden", about=self, wijk=self.step.meeting.wijk, by=by)

    def restore(self, *, by: Any) -> None:
        if Contribution.objects.filter(pk=self.pk, hidden_at__isnull=False).update(hidden_at=None):
            Entry.record("contribution.restored", about=self, wijk=self.step.meeting.wijk, by=by)

    def let_go(self) -> None:
        """Nobody can be linked to it any more: author, table and the key that it was sent with are gone."""
        Contribution.objects.filter(pk=self.pk).update(
            author_id=uuid.uuid4(), participant=None, table=None, key=uuid.uuid4(), single=False
        )


class Submission(models.Model):
    """Every sending that was answered, by its key: sending twice is harmless, and what came too late is kept."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="submissions")
    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="submissions")
    take = models.SlugField(max_length=20)
    author_kind = models.CharField(max_length=12, choices=AuthorKind.choices)
    author_id = models.UUIDField()
    key = models.UUIDField()
    late = models.BooleanField(default=False)
    payload = models.JSONField(default=dict, blank=True)
    adopted_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("at", "pk")
        constraints = [models.UniqueConstraint(fields=["author_id", "key"], name="sending_is_answered_once")]

    def __str__(self) -> str:
        return f"{self.take} {self.key}"

    @property
    def lines(self) -> list[str]:
        """What was written in a sending that came too late, for the facilitator: not where to reach its sender."""
        said = {name: value for name, value in self.payload.items() if name not in ("email", "phone")}
        return [value for value in said.values() if isinstance(value, str) and value]

from __future__ import annotations

import uuid
from typing import Self

from django.db import models

from samenwijk.meetings.models.meeting import Meeting


class DeedQuerySet(models.QuerySet["Deed"]):
    def to_undo(self) -> Self:
        return self.filter(undone_at=None).order_by("-at", "-pk")


class Deed(models.Model):
    """What a facilitator did, with what is needed to undo it. `before` holds ids and numbers, no text."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="deeds")
    kind = models.SlugField(max_length=20)
    before = models.JSONField(default=dict)
    by_id = models.UUIDField()
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = DeedQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

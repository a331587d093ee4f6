from __future__ import annotations

import uuid
from typing import Self

from django.db import models

from samenwijk.people.models import Viewer, wijken_of
from samenwijk.places.models import Wijk


class ThemeQuerySet(models.QuerySet["Theme"]):
    def visible_to(self, user: Viewer) -> Self:
        return self.filter(wijk__in=wijken_of(user))


class Theme(models.Model):
    """What a wijk cares about, in its own words; the topic links it to the vocabulary that all wijken share."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    wijk = models.ForeignKey(Wijk, on_delete=models.CASCADE, related_name="themes")
    title = models.CharField(max_length=80)
    topic = models.SlugField(max_length=40, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ("title", "pk")
        constraints = [
            models.UniqueConstraint("wijk", models.functions.Lower("title"), name="theme_is_named_once_per_wijk")
        ]

    def __str__(self) -> str:
        return self.title

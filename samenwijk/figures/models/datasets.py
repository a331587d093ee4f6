"""The block store: every import of a table is one immutable version, kept as arrays in two orientations.

A block is made by `samenwijk.figures.store.blocks`; what its places mean stands in the version's layout.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from samenwijk.figures.models.sources import Source
from samenwijk.places.models import Area


class DatasetVersionSet(models.QuerySet["DatasetVersion"]):
    def current(self) -> "DatasetVersionSet":
        """What is shown. Of two current versions with the same cell the newer one counts."""
        return self.filter(is_current=True)


class DatasetVersion(models.Model):
    """What one import brought of one table, for one boundary year. It never changes; it can be replaced."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="versions")
    boundary_year = models.PositiveSmallIntegerField()
    fingerprint = models.CharField(max_length=64, help_text=_("Twee versies met dezelfde inhoud hebben dezelfde."))
    layout = models.JSONField(help_text=_("De kolommen en perioden van de blokken, in volgorde."))
    axis = models.BinaryField(help_text=_("De gebieden van de blokken, in volgorde."))
    areas = models.PositiveIntegerField()
    cells = models.PositiveBigIntegerField()
    report = models.JSONField(default=dict)
    is_current = models.BooleanField(default=True)
    imported_at = models.DateTimeField(auto_now_add=True)

    objects = DatasetVersionSet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["is_current", "source"], name="current_versions_of_source")]

    def __str__(self) -> str:
        return f"{self.source} · {self.imported_at:%Y-%m-%d}"

    def retire(self) -> None:
        """No longer shown. The row stays as provenance; its blocks go, for a newer version holds all of them."""
        self.is_current = False
        self.save(update_fields=["is_current"])
        AreaBlock.objects.filter(version=self).delete()
        ColumnBlock.objects.filter(version=self).delete()


class AreaBlockSet(models.QuerySet["AreaBlock"]):
    def of(self, codes: Iterable[str]) -> "AreaBlockSet":
        """What is shown of these areas, the newest version first."""
        found = self.filter(area__code__in=set(codes), version__is_current=True)
        return found.select_related("area").order_by("-version_id")


class AreaBlock(models.Model):
    """All columns of one area in one period."""

    version = models.ForeignKey(DatasetVersion, on_delete=models.CASCADE, related_name="area_blocks", db_index=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="blocks")
    period = models.PositiveSmallIntegerField()
    data = models.BinaryField()

    objects = AreaBlockSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "area", "period"], name="one_block_per_area_and_period"),
        ]

    def __str__(self) -> str:
        return f"{self.area} · {self.period}"


class ColumnBlock(models.Model):
    """One column (an indicator of one age group, with its interval) in one period, for all areas of the version."""

    version = models.ForeignKey(DatasetVersion, on_delete=models.CASCADE, related_name="column_blocks", db_index=False)
    column = models.PositiveIntegerField()
    period = models.PositiveSmallIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "column", "period"], name="one_block_per_column_and_period"),
        ]

    def __str__(self) -> str:
        return f"{self.column} · {self.period}"


def as_bytes(data: Any) -> bytes:
    """A binary column as bytes: PostgreSQL gives a memoryview, SQLite bytes."""
    return bytes(data)

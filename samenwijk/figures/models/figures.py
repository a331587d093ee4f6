"""The values themselves, never altered."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samenwijk.figures.models.sources import Indicator, Source
from samenwijk.places.models import Area


class FigureSet(models.QuerySet["Figure"]):
    """Adjectives for figures."""

    def known(self) -> "FigureSet":
        return self.filter(status=Figure.Status.FIGURE)

    def of(self, *indicators: str) -> "FigureSet":
        return self.filter(indicator__slug__in=indicators).select_related("indicator", "source", "area")


class Figure(models.Model):
    """One value of one indicator for one area and period, or why there is none. Missing is never zero."""

    class Status(models.TextChoices):
        FIGURE = "figure", _("cijfer")
        SECRET = "secret", _("geheim")
        TOO_SMALL = "too_small", _("te klein aantal")
        UNKNOWN = "unknown", _("onbekend")
        NOT_APPLICABLE = "not_applicable", _("niet van toepassing")
        NOT_PUBLISHED = "not_published", _("nog niet gepubliceerd")

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="figures")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="figures")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="figures")
    period = models.PositiveSmallIntegerField()
    boundary_year = models.PositiveSmallIntegerField()
    age_group = models.SlugField(blank=True)
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.FIGURE)
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    low = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    high = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    modelled = models.BooleanField(default=False)

    objects = FigureSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "source", "area", "period", "age_group"],
                name="one_figure_per_source_and_place",
            ),
            models.CheckConstraint(
                condition=Q(status="figure", value__isnull=False)
                | (~Q(status="figure") & Q(value__isnull=True, low__isnull=True, high__isnull=True)),
                name="only_a_figure_has_a_value",
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True, high__isnull=True)
                | Q(low__isnull=False, high__isnull=False, low__lte=F("value"), high__gte=F("value")),
                name="the_interval_holds_the_value",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} · {self.area} · {self.period}"

"""Figures about places: where they come from, what they measure, and the values themselves, never altered."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samenwijk.figures.indicators import INDICATORS
from samenwijk.places.models import Area


class Source(models.Model):
    """One edition of one published table. Its line stands under every figure that came from it."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(unique=True)
    publisher = models.CharField(max_length=120)
    table = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    licence = models.CharField(max_length=40)
    rounding = models.PositiveSmallIntegerField(default=1, help_text=_("Aantallen zijn afgerond op dit getal."))

    def __str__(self) -> str:
        return f"{self.title} ({self.table})"

    @property
    def line(self) -> str:
        return _("Bron: %(publisher)s, %(table)s, %(licence)s") % {
            "publisher": self.publisher,
            "table": self.table,
            "licence": self.licence,
        }


class Indicator(models.Model):
    """What is measured. Shipped indicators take their words from code, so that they can be translated."""

    class Kind(models.TextChoices):
        COUNTED = "counted", _("geteld")
        COMPUTED = "computed", _("berekend uit aantallen")
        SURVEY = "survey", _("uit een vragenlijst")

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=120)
    unit = models.CharField(max_length=20, blank=True)
    decimals = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    topic = models.SlugField(blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(decimals__lte=4), name="at_most_four_decimals")]

    def __str__(self) -> str:
        return str(self.words)

    @property
    def words(self) -> str:
        return str(INDICATORS[self.slug].title) if self.slug in INDICATORS else self.title

    @property
    def note(self) -> str:
        return str(INDICATORS[self.slug].note) if self.slug in INDICATORS else ""


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

"""Where figures come from and what they measure."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samenwijk.figures.indicators import INDICATORS


def source_line(publisher: str, table: str, licence: str) -> str:
    """What stands under every figure of a source."""
    return gettext("Bron: %(publisher)s, %(table)s, %(licence)s") % {
        "publisher": publisher,
        "table": table,
        "licence": licence,
    }


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
    family = models.SlugField(blank=True, help_text=_("Uitgaven die dezelfde dingen meten, zijn familie."))
    modelled = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.title} ({self.table})"

    @property
    def line(self) -> str:
        return source_line(self.publisher, self.table, self.licence)


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def public(self) -> "IndicatorQuerySet":
        """What is measured is no secret: everybody may know every indicator."""
        return self.all()


class Indicator(models.Model):
    """What is measured. Shipped indicators take their words from code, so that they can be translated."""

    class Kind(models.TextChoices):
        COUNTED = "counted", _("geteld")
        COMPUTED = "computed", _("berekend uit aantallen")
        SURVEY = "survey", _("uit een vragenlijst")
        PUBLISHED = "published", _("door de bron berekend")

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(unique=True, max_length=120)
    title = models.CharField(max_length=250)
    unit = models.CharField(max_length=60, blank=True)
    decimals = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    topic = models.SlugField(blank=True)

    objects = IndicatorQuerySet.as_manager()

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

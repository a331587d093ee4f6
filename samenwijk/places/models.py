"""Where: regions, the areas for which figures exist, and the wijk: a set of areas that people call theirs."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _


class Region(models.Model):
    """Several wijken that share support."""

    public_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    name = models.CharField(_("naam"), max_length=120)
    slug = models.SlugField(_("adres"), unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("regio")
        verbose_name_plural = _("regio's")

    def __str__(self) -> str:
        return self.name


class Area(models.Model):
    """A statistical area in one boundary year; the same code in another year may be another piece of land."""

    class Level(models.TextChoices):
        LAND = "land", _("Nederland")
        GEMEENTE = "gemeente", _("gemeente")
        WIJK = "wijk", _("wijk")
        BUURT = "buurt", _("buurt")

    code = models.CharField(_("code"), max_length=10)
    boundary_year = models.PositiveSmallIntegerField(_("indelingsjaar"))
    name = models.CharField(_("naam"), max_length=120)
    level = models.CharField(_("niveau"), max_length=10, choices=Level)

    class Meta:
        ordering = ["boundary_year", "code"]
        constraints = [
            models.UniqueConstraint("code", "boundary_year", name="area_code_is_unique_within_a_boundary_year"),
        ]
        verbose_name = _("gebied")
        verbose_name_plural = _("gebieden")

    def __str__(self) -> str:
        return f"{self.name} ({self.boundary_year})"


class WijkQuerySet(models.QuerySet["Wijk"]):
    def public(self) -> "WijkQuerySet":
        """Wijken that opened their pages to everyone."""
        return self.filter(is_open=True)


class Wijk(models.Model):
    """A neighbourhood as its people draw it: a set of areas, with a person to call."""

    public_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    slug = models.SlugField(_("adres"), unique=True)
    name = models.CharField(_("naam"), max_length=120)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="wijken", verbose_name=_("regio"))
    areas = models.ManyToManyField(Area, blank=True, related_name="wijken", verbose_name=_("gebieden"))
    is_open = models.BooleanField(
        _("openbaar"), default=False, help_text=_("Iedereen mag de openbare pagina's van deze wijk lezen.")
    )
    contact_name = models.CharField(_("contactpersoon"), max_length=120, blank=True)
    contact_role = models.CharField(_("rol van de contactpersoon"), max_length=120, blank=True)
    contact_phone = models.CharField(_("telefoon van de contactpersoon"), max_length=30, blank=True)
    intro = models.TextField(_("over de wijk"), max_length=2000, blank=True)

    objects = WijkQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("wijk")
        verbose_name_plural = _("wijken")

    def __str__(self) -> str:
        return self.name

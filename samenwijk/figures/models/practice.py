"""Figures that a practice gives to its wijk: only what may be shown, never what came in.

The numbers of a file or a form are protected in memory (see `samenwijk.figures.practice.protecting`); what is hidden
has no number here either. A delivery belongs to its practice: it sees it, approves it and takes it back.
"""

import uuid
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenwijk.figures.practice.cells import Cell, Delivered
from samenwijk.journal.models import Entry, Named
from samenwijk.people.models import Organisation, User, Viewer
from samenwijk.people.rights import OWN_FIGURES
from samenwijk.places.models import Wijk


class DeliverySet(models.QuerySet["Delivery"]):
    """Adjectives for deliveries."""

    def visible_to(self, user: Viewer) -> Self:
        """Those of the practices for which this person holds the figures; nobody else sees a delivery."""
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        mine = Q(pk__in=[])
        for membership in user.memberships:
            if OWN_FIGURES in membership.role.rights and membership.organisation_id and membership.wijk_id:
                mine |= Q(practice=membership.organisation_id, wijk=membership.wijk_id)
        return self.filter(mine)

    def approved(self) -> Self:
        return self.filter(approved_at__isnull=False)

    def waiting(self) -> Self:
        """Not approved (yet): seen by the practice only."""
        return self.filter(approved_at__isnull=True)

    def of_the_same_year(self, delivery: "Delivery") -> Self:
        same = {"practice": delivery.practice_id, "wijk": delivery.wijk_id, "period": delivery.period}
        return self.filter(**same, publisher=delivery.publisher).exclude(pk=delivery.pk)


class Delivery(models.Model):
    """What a practice gives a wijk about one year. Without a practice: a published file, with its publisher."""

    class Visibility(models.TextChoices):
        """From narrow to wide. A figure is shown as widely as all practices in it allow."""

        SESSION = "session", _("alleen tijdens bijeenkomsten van de wijk")
        WIJK = "wijk", _("voor wie in de wijk werkt, en tijdens bijeenkomsten")
        PUBLIC = "public", _("voor iedereen die de pagina van de wijk mag zien")

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    practice = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="deliveries"
    )
    wijk = models.ForeignKey(Wijk, on_delete=models.CASCADE, related_name="deliveries")
    period = models.PositiveSmallIntegerField()
    origin = models.CharField(max_length=60, blank=True)
    publisher = models.CharField(max_length=120, blank=True)
    licence = models.CharField(max_length=40, blank=True)
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.SESSION)
    delivered_at = models.DateTimeField(default=timezone.now, editable=False)
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = DeliverySet.as_manager()

    class Meta:
        ordering = ["-period", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(practice__isnull=False, publisher="") | (Q(practice__isnull=True) & ~Q(publisher="")),
                name="a_delivery_comes_from_a_practice_or_a_publisher",
            ),
            models.UniqueConstraint(
                fields=["practice", "wijk", "period", "publisher"],
                condition=Q(approved_at__isnull=False),
                name="a_practice_has_one_approved_delivery_of_a_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice or self.publisher} · {self.wijk} · {self.period}"

    @property
    def is_approved(self) -> bool:
        return self.approved_at is not None

    @classmethod
    @transaction.atomic
    def deliver(
        cls,
        delivered: Delivered,
        *,
        practice: Organisation | None,
        wijk: Wijk,
        key: uuid.UUID,
        by: Named | None = None,
        **about: Any,
    ) -> "Delivery":
        """Keep what may be shown of one year, for the practice to look at. Sending it twice is harmless.

        What was waiting about the same year makes place for it; what was approved stays until this is approved too.
        """
        key = uuid.uuid5(key, f"{practice and practice.public_id} {wijk.public_id} {delivered.period}")
        new = {"practice": practice, "wijk": wijk, "period": delivered.period, "origin": delivered.origin}
        delivery, is_new = cls.objects.get_or_create(key=key, defaults={**new, **about})
        if is_new:
            earlier = cls.objects.of_the_same_year(delivery)
            shown_before = earlier.approved().first()
            earlier.waiting().delete()
            hidden_before = shown_before.hidden_places() if shown_before else set()
            DeliveredCell.objects.bulk_create(
                DeliveredCell.of(delivery, cell.hidden() if cell.place in hidden_before else cell)
                for cell in delivered.cells
            )
            Entry.record("practice_figures.delivered", about=delivery, wijk=wijk, by=by)
        return delivery

    @transaction.atomic
    def approve(self, *, visibility: str, by: Named | None = None) -> None:
        """Let others see it, in the sum of the practices; what this practice gave before about the year goes away.

        Approving again only says anew how widely it may be seen.
        """
        is_new = Delivery.objects.waiting().filter(pk=self.pk).exists()
        if is_new:
            Delivery.objects.of_the_same_year(self).approved().delete()
        still_there = Delivery.objects.filter(pk=self.pk)
        if still_there.update(approved_at=self.approved_at or timezone.now(), visibility=visibility) and is_new:
            Entry.record("practice_figures.approved", about=self, wijk=self.wijk, by=by)
        self.refresh_from_db()

    @transaction.atomic
    def withdraw(self, *, by: Named | None = None) -> None:
        """Take it back: the numbers leave the database, and every figure that was computed with them changes."""
        if Delivery.objects.filter(pk=self.pk).delete()[0]:
            Entry.record("practice_figures.withdrawn", about=self, wijk=self.wijk, by=by)

    def shown_cells(self) -> list[Cell]:
        return [cell.cell() for cell in self.cells.all()]

    def hidden_places(self) -> set[tuple[str, str, str]]:
        """Which cells were hidden: what was hidden once stays hidden, for two versions together could tell."""
        hidden = self.cells.filter(status=DeliveredCell.Status.HIDDEN)
        return set(hidden.values_list("indicator", "age_group", "sex"))


class DeliveredCell(models.Model):
    """A count of people and of how many they are, for an age group and sex or for all ("")."""

    class Status(models.TextChoices):
        FIGURE = "figure", _("cijfer")
        HIDDEN = "hidden", _("te klein, of verborgen omdat een ander aantal te klein is")

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="cells")
    indicator = models.SlugField(max_length=60)
    title = models.CharField(max_length=120)
    age_group = models.CharField(max_length=12, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(max_length=6, choices=Status)
    count = models.PositiveIntegerField(null=True, blank=True)
    registered = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["delivery", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "indicator", "age_group", "sex"], name="one_cell_per_indicator_age_and_sex"
            ),
            models.CheckConstraint(
                condition=Q(status="figure", count__isnull=False) | Q(status="hidden", count__isnull=True),
                name="what_is_hidden_has_no_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.age_group} {self.sex}".strip()

    @classmethod
    def of(cls, delivery: Delivery, cell: Cell) -> "DeliveredCell":
        return cls(
            delivery=delivery,
            indicator=cell.indicator,
            title=cell.title,
            age_group=cell.age_group,
            sex=cell.sex,
            position=cell.position,
            status=cls.Status.HIDDEN if cell.count is None else cls.Status.FIGURE,
            count=cell.count,
            registered=cell.registered,
        )

    def cell(self) -> Cell:
        return Cell(self.indicator, self.title, self.age_group, self.sex, self.count, self.registered, self.position)

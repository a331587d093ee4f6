"""What a person is, and where: roles are data, memberships give them."""

from typing import Any, Self
from uuid import uuid4

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenwijk.journal.models import Entry, Named
from samenwijk.people import rights
from samenwijk.people.models.person import Organisation, Person
from samenwijk.people.models.user import User, Viewer, wijken_of
from samenwijk.places.models import Region, Wijk


class Scope(models.TextChoices):
    """How far a role reaches. Visitors and participants have theirs without a membership."""

    INSTALLATION = rights.INSTALLATION, _("hele installatie")
    REGION = rights.REGION, _("regio")
    WIJK = rights.WIJK, _("wijk")
    MEETING = rights.MEETING, _("bijeenkomst")


class Role(models.Model):
    """A bundle of rights with a reach. The shipped ones are put in place after every migrate."""

    slug = models.SlugField(_("code"), unique=True)
    scope = models.CharField(_("bereik"), max_length=12, choices=Scope)
    rights = models.JSONField(_("rechten"), default=list, blank=True)
    by_membership = models.BooleanField(_("door lidmaatschap"), default=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("rol")
        verbose_name_plural = _("rollen")

    def __str__(self) -> str:
        return rights.role_title(self.slug)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, user: Viewer) -> Self:
        """Those of the wijken I work in, and my own."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(Q(wijk__in=wijken_of(user)) | Q(person__user=user))

    def with_right(self, right: str, wijk: Wijk) -> "list[Membership]":
        """Who may do this in this wijk, the longest serving first."""
        here = self.filter(wijk=wijk).select_related("role", "person").order_by("since", "id")
        return [membership for membership in here if right in membership.role.rights]


class Membership(models.Model):
    """A person has a role in a wijk, in a region, or in the whole installation, as the role's scope says."""

    public_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("persoon"))
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("rol"))
    scope = models.CharField(_("bereik"), max_length=12, choices=Scope, editable=False)
    wijk = models.ForeignKey(
        Wijk,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("wijk"),
    )
    region = models.ForeignKey(
        Region,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("regio"),
    )
    # Not the organisation on somebody's card, which they change themselves: whoever gives the role says for which one.
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("voor deze praktijk"),
        help_text=_("Alleen bij de rol huisartsenpraktijk: van welke praktijk deze persoon de cijfers beheert."),
    )
    since = models.DateTimeField(_("sinds"), default=timezone.now, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(scope=Scope.WIJK, wijk__isnull=False, region__isnull=True)
                | Q(scope=Scope.REGION, wijk__isnull=True, region__isnull=False)
                | Q(scope=Scope.INSTALLATION, wijk__isnull=True, region__isnull=True),
                name="membership_has_the_place_its_role_reaches",
                violation_error_message=_(
                    "Kies een wijk, een regio, of geen van beide: zoals het bereik van deze rol zegt."
                ),
            ),
            models.UniqueConstraint(
                fields=["person", "role", "wijk"],
                condition=Q(scope=Scope.WIJK),
                name="a_person_has_a_role_in_a_wijk_once",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "region"],
                condition=Q(scope=Scope.REGION),
                name="a_person_has_a_role_in_a_region_once",
            ),
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=Q(scope=Scope.INSTALLATION),
                name="a_person_has_a_role_in_the_installation_once",
            ),
        ]
        verbose_name = _("lidmaatschap")
        verbose_name_plural = _("lidmaatschappen")

    def __str__(self) -> str:
        return " · ".join(str(part) for part in (self.person, self.role, self.wijk or self.region) if part)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.scope = self.role.scope
        super().save(*args, **kwargs)

    def reaches(self, wijk: Wijk | None) -> bool:
        """Whether the role counts in this wijk; a role for the installation counts with or without one."""
        if self.scope == Scope.INSTALLATION:
            return True
        if wijk is None:
            return False
        return self.wijk_id == wijk.pk if self.scope == Scope.WIJK else self.region_id == wijk.region_id

    @classmethod
    def give(
        cls,
        role: str,
        person: Person,
        *,
        wijk: Wijk | None = None,
        region: Region | None = None,
        organisation: Organisation | None = None,
        by: Named | None = None,
    ) -> "Membership":
        """Give a person a role in a place; giving it twice is harmless.

        The role that owns figures is given for one practice: `organisation`, or where the person works at that moment.
        """
        with transaction.atomic():
            given = Role.objects.get(slug=role)
            practice = (organisation or person.organisation) if rights.OWN_FIGURES in given.rights else None
            membership, is_new = cls.objects.get_or_create(
                person=person, role=given, wijk=wijk, region=region, defaults={"organisation": practice}
            )
            if is_new:
                Entry.record("membership.given", about=membership, by=by, wijk=wijk, role=role)
        return membership

    def end(self, *, by: Named | None = None) -> None:
        """Take the role away; the person and everything they did stay."""
        with transaction.atomic():
            if Membership.objects.filter(pk=self.pk).delete()[0]:
                Entry.record("membership.ended", about=self, by=by, wijk=self.wijk, role=self.role.slug)


def put_shipped_roles_in_place(**_signal: Any) -> None:
    """After migrate, and after a flush: add what is missing and leave what an administrator changed."""
    for role in rights.ROLES:
        Role.objects.get_or_create(
            slug=role.slug,
            defaults={"scope": role.scope, "rights": list(role.rights), "by_membership": role.by_membership},
        )

"""Persons and organisations: who is who. A person needs no account, and an account is no person."""

from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samenwijk.journal.models import Entry, Named
from samenwijk.people.disciplines import RESIDENTS, discipline_title
from samenwijk.people.models.user import User, Viewer, same, wijken_of
from samenwijk.people.rights import WIJK
from samenwijk.places.models import Region, Wijk


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: Viewer) -> Self:
        """Organisations of the people I may see."""
        return self.filter(people__in=Person.objects.visible_to(user)).distinct()


class Organisation(models.Model):
    """Where people work or whom they speak for."""

    class Kind(models.TextChoices):
        HUISARTSENPRAKTIJK = "huisartsenpraktijk", _("huisartsenpraktijk")
        GEZONDHEIDSCENTRUM = "gezondheidscentrum", _("gezondheidscentrum")
        APOTHEEK = "apotheek", _("apotheek")
        PARAMEDISCHE_PRAKTIJK = (
            "paramedische_praktijk",
            _("praktijk van fysiotherapeut, diëtist of logopedist"),
        )
        THUISZORG = "thuiszorg", _("thuiszorg")
        GGZ = "ggz", _("psychische zorg")
        ZIEKENHUIS = "ziekenhuis", _("ziekenhuis")
        GGD = "ggd", _("GGD")
        GEMEENTE = "gemeente", _("gemeente")
        SOCIAAL_WIJKTEAM = "sociaal_wijkteam", _("sociaal wijkteam")
        WELZIJNSORGANISATIE = "welzijnsorganisatie", _("welzijnsorganisatie")
        WONINGCORPORATIE = "woningcorporatie", _("woningcorporatie")
        SCHOOL = "school", _("school")
        SPORTORGANISATIE = "sportorganisatie", _("sportorganisatie")
        BEWONERSORGANISATIE = "bewonersorganisatie", _("bewonersorganisatie")
        ZORGGROEP = "zorggroep", _("zorggroep of regio-organisatie")
        ROS = "ros", _("organisatie die de regio ondersteunt")
        ZORGVERZEKERAAR = "zorgverzekeraar", _("zorgverzekeraar")
        KENNISINSTELLING = "kennisinstelling", _("kennisinstelling")
        VRIJWILLIGERSORGANISATIE = "vrijwilligersorganisatie", _("vrijwilligersorganisatie")
        OTHER = "anders", _("anders")

    public_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    name = models.CharField(_("naam"), max_length=120)
    kind = models.CharField(_("soort"), max_length=30, choices=Kind, default=Kind.OTHER)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="organisation_name_is_unique_in_any_case")]
        verbose_name = _("organisatie")
        verbose_name_plural = _("organisaties")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def named(cls, name: str, *, kind: str = Kind.OTHER) -> "Organisation":
        """The organisation with this name in any case and spacing; a new one when nobody named it before."""
        name = " ".join(name.split())[:120]
        return cls.objects.filter(name__iexact=name).first() or cls.objects.create(name=name, kind=kind)


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, user: Viewer) -> Self:
        """Who works in my wijken, who supports their region or mine, and myself."""
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        mine = wijken_of(user)
        regions = Region.objects.filter(Q(wijken__in=mine) | Q(pk__in=user.regions()))
        return (
            self.known()
            .filter(
                Q(user=user)
                | Q(memberships__scope=WIJK, memberships__wijk__in=mine)
                | Q(memberships__region__in=regions)
            )
            .distinct()
        )

    def known(self) -> Self:
        """Without those who asked to be forgotten."""
        return self.filter(forgotten_at__isnull=True)

    def with_address(self, email: str) -> Self:
        """Those who gave this address, likeliest to sign in with it first: two people may share a mailbox."""
        return (
            self.known()
            .filter(email__iexact=email.strip())
            .exclude(email="")
            .annotate(roles=models.Count("memberships"))
            .order_by(models.F("user").asc(nulls_last=True), "-roles", "id")
        )


class Person(models.Model):
    """Somebody in a wijk: a name, a discipline and what to call them for. The account is optional."""

    CARD = ("first_name", "last_name", "discipline", "organisation", "phone", "call_me_for")

    public_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    first_name = models.CharField(_("voornaam"), max_length=60, blank=True)
    last_name = models.CharField(_("achternaam"), max_length=80, blank=True)
    discipline = models.CharField(_("beroep of rol"), max_length=40, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("organisatie"),
    )
    email = models.EmailField(_("mailadres"), blank=True)
    phone = models.CharField(_("telefoon"), max_length=30, blank=True)
    call_me_for = models.CharField(_("bel mij voor"), max_length=80, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="person"
    )
    forgotten_at = models.DateTimeField(_("vergeten op"), null=True, blank=True, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["first_name", "last_name", "id"]
        indexes = [models.Index(Lower("email"), name="person_by_address")]
        constraints = [
            models.CheckConstraint(
                condition=Q(forgotten_at__isnull=True)
                | Q(first_name="", last_name="", email="", phone="", call_me_for="", user__isnull=True),
                name="forgotten_person_has_no_name_or_address",
            ),
        ]
        verbose_name = _("persoon")
        verbose_name_plural = _("personen")

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or gettext("iemand")

    @property
    def discipline_title(self) -> str:
        return discipline_title(self.discipline)

    @property
    def is_resident(self) -> bool:
        return self.discipline in RESIDENTS

    @classmethod
    def meet(cls, *, first_name: str, email: str = "", **card: object) -> "Person":
        """The person who gave this first name and address before, else a new one.

        Both must agree, for two people may share a mailbox; without an address everybody is new.
        """
        first_name, email = first_name.strip(), email.strip().lower()
        known = cls.objects.with_address(email).filter(first_name__iexact=first_name).first()
        return known or cls.objects.create(first_name=first_name, email=email, **card)

    def change_card(
        self,
        *,
        first_name: str,
        last_name: str,
        discipline: str,
        organisation_name: str,
        phone: str,
        call_me_for: str,
        by: Named | None = None,
    ) -> None:
        """Change what others see of me."""
        self.first_name, self.last_name, self.discipline = first_name, last_name, discipline
        self.phone, self.call_me_for = phone, call_me_for
        with transaction.atomic():
            self.organisation = Organisation.named(organisation_name) if organisation_name else None
            self.save(update_fields=self.CARD)
            Entry.record("person.changed_card", about=self, by=by)

    def _said_elsewhere(self, account: User | None) -> "list[Person]":
        """The cards that came from a yes in a room with this name and address; see `User.is_person`."""
        if account is None:
            return []
        said = Person.objects.known().filter(user=None, email__iexact=account.email)
        return list(said.filter(first_name__iexact=self.first_name))

    def _no_longer_to_call(self) -> None:
        """A wijk that names this person as the one to call does so no more; its coordinator names another."""
        mine = Wijk.objects.filter(memberships__person=self)
        named = [wijk.pk for wijk in mine if wijk.contact_name and same(wijk.contact_name, self.full_name)]
        Wijk.objects.filter(pk__in=named).update(contact_name="", contact_role="", contact_phone="")

    def forget(self, *, by: Named | None = None) -> None:
        """Remove name, address, number and account; what this person did stays, done by "iemand".

        Apps above remove their own traces when they read `person.forgotten` in the journal.
        """
        with transaction.atomic():
            known = Person.objects.known().filter(pk=self.pk)
            account = User.objects.filter(person=self.pk).first()
            blank = {"first_name": "", "last_name": "", "email": "", "phone": "", "call_me_for": ""}
            self._no_longer_to_call()
            if known.update(**blank, user=None, organisation=None, forgotten_at=timezone.now()):
                self.memberships.all().delete()
                for other_card in self._said_elsewhere(account):
                    other_card.forget(by=by)
                Entry.record("person.forgotten", about=self, by=by if by != account else None)
                if account:
                    account.close()
        self.refresh_from_db()

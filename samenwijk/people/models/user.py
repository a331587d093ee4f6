"""Accounts. A user signs in with a mail address; what a user may do follows from the person's memberships."""

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.db import models, transaction
from django.db.models.functions import Lower
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenwijk.people.rights import ADMINISTER, COORDINATE, OWN_FIGURES, WIJK
from samenwijk.places.models import Region, Wijk, WijkQuerySet

if TYPE_CHECKING:
    from samenwijk.people.models.membership import Membership
    from samenwijk.people.models.person import Organisation, Person


account_closed = Signal()
"""Sent within the transaction with `user`: whatever keeps a key to the account lets go of it."""


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        """An account without a password: people sign in with a code by mail."""
        user = self.model(email=email.strip().lower(), **extra)
        if password:
            user.set_password(password)
        else:
            user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, **extra)

    def open_for(self, email: str) -> "User | None":
        """The account with this address; a new one when a person we know gave it; otherwise nothing."""
        from samenwijk.people.models.person import Person

        email = email.strip().lower()
        if found := self.filter(email__iexact=email).first():
            return found
        person = Person.objects.with_address(email).filter(user=None).first()
        if person is None:
            return None
        with transaction.atomic():
            user, _is_new = self.get_or_create(email=email, defaults={"password": make_password(None)})
            Person.objects.filter(pk=person.pk, user=None).update(user=user)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """An account: a mail address and nothing else. Who it is stands on the Person."""

    public_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    email = models.EmailField(_("mailadres"), unique=True)
    is_active = models.BooleanField(_("mag inloggen"), default=True)
    date_joined = models.DateTimeField(_("sinds"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_address_in_any_case")]
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.email

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        self.__dict__.pop("memberships", None)
        self.__dict__.pop("known_person", None)
        super().refresh_from_db(*args, **kwargs)

    @cached_property
    def known_person(self) -> "Person | None":
        """The person behind this account, if there is one; `user.person` raises where this is None."""
        from samenwijk.people.models.person import Person

        return Person.objects.filter(user=self).select_related("organisation").first()

    @cached_property
    def memberships(self) -> "list[Membership]":
        """What this person is, and where; read once per request."""
        from samenwijk.people.models.membership import Membership

        mine = Membership.objects.filter(person__user=self, person__user__isnull=False)
        return list(mine.select_related("role", "wijk", "region", "organisation"))

    @property
    def is_staff(self) -> bool:
        """Django's word for who may open /beheer/."""
        return self.is_superuser or self.may(ADMINISTER)

    def wijken(self) -> WijkQuerySet:
        """The wijken this user works in: the root of all access to what a wijk keeps to itself."""
        return Wijk.objects.filter(memberships__person__user=self, memberships__scope=WIJK).distinct()

    def regions(self) -> models.QuerySet[Region]:
        """The regions this user supports; in their wijken this opens only what the wijk opened itself."""
        return Region.objects.filter(memberships__person__user=self).distinct()

    def may(self, right: str, wijk: Wijk | None = None) -> bool:
        """Whether one of this person's roles carries the right in this wijk (or in the installation)."""
        return self.is_active and any(
            right in membership.role.rights and membership.reaches(wijk) for membership in self.memberships
        )

    def practice_in(self, wijk: Wijk | None) -> "Organisation | None":
        """The practice whose figures this person holds in this wijk."""
        holding = (one for one in self.memberships if OWN_FIGURES in one.role.rights and one.reaches(wijk))
        return next((one.organisation for one in holding if self.is_active and one.organisation), None)

    def coordinates(self, wijk: Wijk | None) -> bool:
        return wijk is not None and self.may(COORDINATE, wijk)

    def close(self) -> None:
        """End the account and every way to sign in with it; a row without an address stays for references."""
        self.email = f"{self.public_id}@vergeten.invalid"
        self.is_active = self.is_superuser = False
        self.set_unusable_password()
        self.save()
        account_closed.send(sender=User, user=self)

    def is_person(self, person: "Person | None") -> bool:
        """Whether that is me: my own card, or a yes that was said with my first name and my address, which I proved."""
        if person is None or person.user_id is not None:
            return person is not None and person.user_id == self.pk
        if not (person.email and same(person.email, self.email)):
            return False
        me = self.known_person
        return bool(me and same(person.first_name, me.first_name))

    def works_in(self, wijk: Wijk | None) -> bool:
        """Whether this wijk is among `wijken()`, without another query."""
        return wijk is not None and any(m.wijk_id == wijk.pk for m in self.memberships)


def same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


Viewer: TypeAlias = User | AnonymousUser
"""Whoever looks at a page; every `visible_to` takes one."""


def wijken_of(user: Viewer) -> WijkQuerySet:
    """`user.wijken()` for whoever looks: somebody who did not sign in works nowhere."""
    return user.wijken() if isinstance(user, User) and user.is_active else Wijk.objects.none()


def is_person_of(user: Viewer, persons: "Iterable[Person]") -> bool:
    return isinstance(user, User) and any(user.is_person(person) for person in persons)

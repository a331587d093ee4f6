from __future__ import annotations

import uuid
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from samenwijk.journal.models import Entry
from samenwijk.meetings.codes import join_code
from samenwijk.meetings.models.meeting import Meeting
from samenwijk.people.disciplines import DISCIPLINES, RESIDENTS
from samenwijk.people.models import Organisation, Person
from samenwijk.plans.models import Theme


class Table(models.Model):
    """A table in the room: the group that talks, and writes on one device (its scribe's)."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="tables")
    number = models.PositiveSmallIntegerField()
    theme = models.ForeignKey(Theme, on_delete=models.SET_NULL, null=True, blank=True, related_name="tables")
    scribe = models.ForeignKey("Participant", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="table_number_is_used_once")]

    def __str__(self) -> str:
        return _("Tafel %(number)s") % {"number": self.number}

    def write_here(self, participant: Participant) -> None:
        """This phone writes for the table from now on; another one at the table may take over just as easily."""
        Table.objects.filter(pk=self.pk).update(scribe=participant)
        self.meeting.announce("table", to=("phone", "facilitator"))

    def take_theme(self, theme: Theme | None) -> None:
        Table.objects.filter(pk=self.pk).update(theme=theme)
        self.meeting.announce("table")


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def present(self) -> Self:
        return self.filter(left_at=None)

    def residents(self) -> Self:
        return self.filter(discipline__in=RESIDENTS)

    def forget(self) -> int:
        """Removes who they were; that somebody of this discipline and organisation took part stays."""
        known = self.exclude(first_name="", phone="", email="", call_me_for="", person=None)
        return known.update(first_name="", phone="", email="", call_me_for="", shares_card=False, person=None)


class Participant(models.Model):
    """Somebody in the room. No account; a person is linked only when they say yes to something that lasts."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="participations")
    number = models.PositiveSmallIntegerField()
    first_name = models.CharField(max_length=40, blank=True)
    discipline = models.SlugField(max_length=30)
    organisation = models.CharField(max_length=80, blank=True)
    table = models.ForeignKey(Table, on_delete=models.SET_NULL, null=True, blank=True, related_name="participants")
    return_code = models.CharField(max_length=6, unique=True, default=join_code)
    on_paper = models.BooleanField(default=False)
    is_host = models.BooleanField(default=False)
    is_ambassador = models.BooleanField(default=False)
    wish = models.ForeignKey(Theme, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    call_me_for = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    shares_card = models.BooleanField(default=False)
    email = models.EmailField(blank=True)
    key = models.UUIDField(default=uuid.uuid4)
    joined_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="participant_number_is_used_once"),
            models.UniqueConstraint(fields=["meeting", "key"], name="participant_joins_once_per_key"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.first_name or _("Gast %(number)s") % {"number": self.number}

    @property
    def discipline_title(self) -> str:
        return str(DISCIPLINES.get(self.discipline, self.discipline))

    @property
    def is_resident(self) -> bool:
        return self.discipline in RESIDENTS

    @property
    def group(self) -> str:
        return "resident" if self.is_resident else "professional"

    def sit_at(self, table: Table | None) -> None:
        Participant.objects.filter(pk=self.pk).update(table=table)
        elsewhere = Table.objects.filter(scribe=self)
        (elsewhere.exclude(pk=table.pk) if table else elsewhere).update(scribe=None)
        self.table = table
        self._plan_follows(table)
        self.meeting.announce("people", to=("screen", "facilitator"))

    def _plan_follows(self, table: Table | None) -> None:
        from samenwijk.meetings.models.table_plan import Seat

        Seat.follow(self, table)

    def take_role(self, *, is_host: bool, is_ambassador: bool) -> None:
        """Leads the talk at a table, or speaks there from experience; a table plan spreads both over the tables."""
        Participant.objects.filter(pk=self.pk).update(is_host=is_host, is_ambassador=is_ambassador)
        self.is_host, self.is_ambassador = is_host, is_ambassador
        if not is_ambassador:
            self._off_the_list_of_ambassadors()
        self.meeting.announce("people", to=("facilitator",))

    def _off_the_list_of_ambassadors(self) -> None:
        """Whoever it is on the organiser's list, it is not this one."""
        from samenwijk.meetings.models.around import Ambassador

        Ambassador.objects.filter(participant=self).update(participant=None)

    def wish_for(self, theme: Theme | None) -> None:
        """The theme that somebody says they would like to work on: said aloud, and never read from a vote."""
        Participant.objects.filter(pk=self.pk).update(wish=theme)
        self.wish = theme

    def share_card(self, *, call_me_for: str, phone: str, shares: bool) -> None:
        Participant.objects.filter(pk=self.pk).update(call_me_for=call_me_for, phone=phone, shares_card=shares)
        self.refresh_from_db(fields=["call_me_for", "phone", "shares_card"])

    def leave(self) -> None:
        if Participant.objects.filter(pk=self.pk, left_at=None).update(left_at=timezone.now()):
            self._plan_is_mended()
        self.meeting.announce("people", to=("screen", "facilitator"))

    def come_back(self) -> None:
        if Participant.objects.filter(pk=self.pk, left_at__isnull=False).update(left_at=None):
            self._plan_is_mended()
            self.meeting.announce("people", to=("screen", "facilitator"))

    def _plan_is_mended(self) -> None:
        from samenwijk.meetings.models.table_plan import TablePlan

        for plan in TablePlan.objects.ready().filter(meeting=self.meeting_id):
            plan.needs_mending()

    def leave_address(self, email: str) -> None:
        """Where "Jouw bijeenkomst" is sent after the meeting; empty takes the address away."""
        Participant.objects.filter(pk=self.pk).update(email=email)
        self.email = email
        if email:
            Entry.record("participant.left_address", about=self, wijk=self.meeting.wijk, by=self)

    def as_person(self, *, email: str = "", phone: str = "") -> Person:
        """The lasting person behind this participant, made at the first yes.

        Always a new one: anybody can type somebody's address. Whoever signs in with it finds it under their own.
        """
        person = self.person or Person.objects.create(
            first_name=self.name,
            email=email.strip().lower(),
            discipline=self.discipline,
            organisation=Organisation.named(self.organisation) if self.organisation else None,
            phone=phone or self.phone,
        )
        if self.person_id == person.pk:
            self._complete(person, email=email, phone=phone)
        Participant.objects.filter(pk=self.pk).update(person=person)
        self.person = person
        return person

    @staticmethod
    def _complete(person: Person, **given: str) -> None:
        """Fills in what was still empty; what somebody said before is not overwritten."""
        missing: dict[str, Any] = {
            field: value for field, value in given.items() if value and not getattr(person, field)
        }
        if missing:
            Person.objects.filter(pk=person.pk).update(**missing)
            person.refresh_from_db()

from __future__ import annotations

import datetime
import uuid
from typing import TYPE_CHECKING, Any, Literal, Self

from django.db import connection, models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenwijk.journal.models import Entry
from samenwijk.live.models import Room
from samenwijk.meetings.codes import join_code, long_token
from samenwijk.people.models import Person, Viewer, wijken_of
from samenwijk.places.models import Wijk

if TYPE_CHECKING:
    from samenwijk.meetings.models.step import Step
    from samenwijk.meetings.models.table_plan import TablePlan


class TemplateQuerySet(models.QuerySet["Template"]):
    def visible_to(self, user: Viewer) -> Self:
        return self.filter(wijk__in=wijken_of(user))


class Template(models.Model):
    """A script without a date: a wijk's own copy, in the wijk's own words. Shipped scripts live in meetings.scripts."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    wijk = models.ForeignKey(Wijk, on_delete=models.CASCADE, related_name="templates")
    title = models.CharField(max_length=80)
    script = models.JSONField(default=list)
    themes = models.JSONField(default=list, blank=True)
    preparation = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        ordering = ("title", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def minutes(self) -> int:
        return sum(step["minutes"] for step in self.script)


class Series(models.Model):
    """Meetings of the same group, one after the other: each next one begins with what was promised before."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    wijk = models.ForeignKey(Wijk, on_delete=models.CASCADE, related_name="series")
    title = models.CharField(max_length=80)

    class Meta:
        ordering = ("title",)
        constraints = [models.UniqueConstraint(fields=["wijk", "title"], name="series_has_its_title_once_in_a_wijk")]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def named(cls, title: str, wijk: Wijk) -> Series | None:
        """The series of this name in the wijk, made when it is new; nothing without a name."""
        title = " ".join(title.split())
        if not title:
            return None
        return cls.objects.filter(wijk=wijk, title__iexact=title).first() or cls.objects.create(wijk=wijk, title=title)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: Viewer) -> Self:
        return self.filter(wijk__in=wijken_of(user))

    def joinable(self) -> Self:
        return self.exclude(status=Meeting.Status.ENDED)

    def held(self) -> Self:
        """Locks the meetings until the end of the transaction.

        Whoever changes an evening holds its meeting first and takes other rows after that, so that no two people wait
        for each other. Rows that point to the meeting may be added meanwhile.
        """
        return self.select_for_update(of=("self",), no_key=True)

    def with_token(self, kind: Literal["join", "screen"], token: str) -> Self:
        """By the secret in an address that somebody holds: the QR code of the room, or the projector's page."""
        return self.none() if "\0" in token else self.filter(**{f"{kind}_token": token})


class Meeting(models.Model):
    """One evening of a wijk. Where it stands is `current` and `phase`; no control state lives in a browser."""

    class Status(models.TextChoices):
        PREPARED = "prepared", _("voorbereid")
        RUNNING = "running", _("bezig")
        ENDED = "ended", _("afgelopen")

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    wijk = models.ForeignKey(Wijk, on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    series = models.ForeignKey(Series, on_delete=models.SET_NULL, null=True, blank=True, related_name="meetings")
    preparation = models.JSONField(default=list, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PREPARED)
    number_of_tables = models.PositiveSmallIntegerField(default=6)
    join_code = models.CharField(max_length=6, unique=True, default=join_code)
    join_token = models.CharField(max_length=43, unique=True, default=long_token)
    screen_token = models.CharField(max_length=43, unique=True, default=long_token)
    room = models.OneToOneField(Room, on_delete=models.PROTECT, related_name="meeting")
    current = models.ForeignKey("Step", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    phase = models.PositiveIntegerField(default=0)
    planned_script = models.JSONField(null=True, blank=True)
    next_meeting_on = models.DateTimeField(null=True, blank=True)
    next_meeting_place = models.CharField(max_length=120, blank=True)
    follow_up = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="follow_ups")
    held_by = models.UUIDField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="ended") | models.Q(ended_at__isnull=False),
                name="ended_meeting_has_an_end",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meetings:console", args=[self.public_id])

    @classmethod
    @transaction.atomic
    def plan(
        cls,
        *,
        wijk: Wijk,
        title: str,
        starts_at: datetime.datetime,
        script: list[dict[str, Any]],
        tables: int = 6,
        place: str = "",
    ) -> Meeting:
        """A prepared meeting with its steps and tables, ready to be joined."""
        meeting = cls.objects.create(
            wijk=wijk,
            title=title,
            starts_at=starts_at,
            place=place,
            number_of_tables=tables,
            room=Room.objects.create(),
        )
        for position, planned in enumerate(script, start=1):
            meeting.steps.create(position=position, **planned)
        for number in range(1, tables + 1):
            meeting.tables.create(number=number)
        Entry.record("meeting.planned", about=meeting, wijk=wijk, minutes=meeting.minutes)
        return meeting

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps.all())

    @property
    def is_prepared(self) -> bool:
        return self.status == self.Status.PREPARED

    @property
    def is_running(self) -> bool:
        return self.status == self.Status.RUNNING

    @property
    def is_ended(self) -> bool:
        return self.status == self.Status.ENDED

    @property
    def contact(self) -> tuple[str, str]:
        """Whom to call about this meeting: the person of the follow-up, else the wijk's contact. (name, telephone)"""
        if self.follow_up and self.follow_up.phone:
            return str(self.follow_up), self.follow_up.phone
        return self.wijk.contact_name, self.wijk.contact_phone

    def may_be_run_by(self, user: Viewer) -> bool:
        return user.is_authenticated and user.may("facilitate", self.wijk)

    @property
    def before_in_series(self) -> list[Meeting]:
        """The earlier meetings of its series, oldest first."""
        if self.series_id is None:
            return []
        return list(Meeting.objects.filter(series=self.series_id, starts_at__lt=self.starts_at).order_by("starts_at"))

    def announce(
        self,
        kind: str,
        *,
        to: tuple[str, ...] = ("phone", "screen", "facilitator"),
        voters: int | None = None,
    ) -> None:
        self.room.announce(kind, channels=to, voters=voters)

    def ordered_steps(self) -> list[Step]:
        """The steps in order; they share this meeting object, so that a page asks for it once."""
        steps = list(self.steps.select_related("choice").order_by("position"))
        for step in steps:
            step.meeting = self
        return steps

    def hold(self) -> None:
        """Takes this meeting for the rest of the transaction; SQLite has one writer at a time and needs nothing."""
        if connection.features.has_select_for_update:
            Meeting.objects.held().only("pk").get(pk=self.pk)

    def take_hold(self, *, by: Any) -> None:
        """A facilitator leads from here on. It only informs the others; it locks nobody out."""
        if Meeting.objects.filter(pk=self.pk).exclude(held_by=by.public_id).update(held_by=by.public_id):
            self.announce("facilitator", to=("facilitator",))
            Entry.record("meeting.taken_over", about=self, wijk=self.wijk, by=by)
        self.refresh_from_db(fields=["held_by"])

    def agree_next(self, when: datetime.datetime | None, place: str) -> None:
        Meeting.objects.filter(pk=self.pk).update(next_meeting_on=when, next_meeting_place=place)
        self.refresh_from_db(fields=["next_meeting_on", "next_meeting_place"])
        self.announce("step")

    @property
    def seated_plan(self) -> TablePlan | None:
        """The table plan that the room follows now: made, and in one of its rounds."""
        plan: TablePlan | None = getattr(self, "table_plan", None)
        return plan if plan is not None and plan.is_ready and plan.now else None

    @property
    def elapsed(self) -> datetime.timedelta:
        return (self.ended_at or timezone.now()) - self.started_at if self.started_at else datetime.timedelta()

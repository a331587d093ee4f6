"""Choosing with dots. Totals exist only after closing; who chose what is known to nobody, and not kept."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Self

from django.db import connection, models, transaction
from django.utils import timezone

from samenwijk.journal.models import Entry
from samenwijk.methods.prioritising import tied_at_the_edge, top
from samenwijk.places.models import Wijk
from samenwijk.plans.models.idea import Idea
from samenwijk.plans.models.theme import Theme

GRACE = timedelta(seconds=20)
WRITE_BALLOT = """
    INSERT INTO plans_ballot (choice_id, voter, "group", sequence, late, at) VALUES (%s, %s, %s, %s, %s, %s)
    ON CONFLICT (choice_id, voter, late) DO UPDATE
    SET sequence = excluded.sequence, "group" = excluded."group", at = excluded.at
    WHERE plans_ballot.sequence < excluded.sequence RETURNING id
"""
"""A new ballot, or the voter's own one unless that is newer: in one statement, for a whole room votes at once."""


class ChoiceQuerySet(models.QuerySet["Choice"]):
    def waiting(self) -> Self:
        """Closed, but not shown yet: answers that were on their way may still arrive."""
        return self.filter(closed_at__isnull=False, shown_at=None)


class Choice(models.Model):
    """One round of dots over themes or ideas: open, then closed, then shown. Never back once it is shown."""

    class Subject(models.TextChoices):
        THEMES = "themes"
        IDEAS = "ideas"

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    wijk = models.ForeignKey(Wijk, on_delete=models.CASCADE, related_name="choices")
    subject = models.CharField(max_length=10, choices=Subject.choices)
    dots = models.PositiveSmallIntegerField(default=3)
    per_option = models.PositiveSmallIntegerField(default=1)
    places = models.PositiveSmallIntegerField(default=3)
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)

    objects = ChoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(shown_at=None) | models.Q(closed_at__isnull=False),
                name="shown_choice_is_closed",
            ),
            models.CheckConstraint(condition=models.Q(dots__gte=1), name="choice_has_dots"),
        ]

    def __str__(self) -> str:
        return f"choice {self.public_id}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_waiting(self) -> bool:
        return self.closed_at is not None and self.shown_at is None

    @property
    def is_shown(self) -> bool:
        return self.shown_at is not None

    @property
    def grace_ends_at(self) -> Any:
        return self.closed_at + GRACE if self.closed_at else None

    def offer(self, things: Iterable[Theme | Idea]) -> None:
        """Puts themes or ideas among the options, each once, in the order given."""
        field = "theme" if self.subject == self.Subject.THEMES else "idea"
        there = set(self.options.values_list(f"{field}_id", flat=True))
        position = self.options.count()
        for thing in things:
            if thing.pk not in there:
                position += 1
                self.options.create(position=position, **{field: thing})

    @transaction.atomic
    def cast(
        self,
        voter: uuid.UUID,
        options: Iterable[ChoiceOption],
        *,
        group: str,
        sequence: int,
        late: bool = False,
    ) -> bool:
        """Makes these options the voter's whole choice. An older sequence than the stored one changes nothing.

        ``late`` ballots are kept apart: the facilitator sees that they came, they never count.
        Returns whether this ballot is now the voter's ballot.
        """
        chosen = list(options)
        if len(chosen) > self.dots:
            raise TooManyDots
        written = {"choice": self.pk, "voter": voter, "group": group, "sequence": sequence, "late": late}
        fields: list[tuple[Any, Any]] = [
            (Ballot._meta.get_field(name), value) for name, value in (written | {"at": timezone.now()}).items()
        ]
        with connection.cursor() as cursor:
            if connection.features.has_select_for_update:
                # Whoever counts waits for this ballot, or this ballot waits for the count.
                cursor.execute("SELECT 1 FROM plans_choice WHERE id = %s FOR UPDATE", [self.pk])
            cursor.execute(WRITE_BALLOT, [field.get_db_prep_save(value, connection) for field, value in fields])
            newest = cursor.fetchall()
            for (ballot,) in newest:
                cursor.execute("DELETE FROM plans_dot WHERE ballot_id = %s", [ballot])
                rows = [(ballot, option.pk) for option in chosen]
                cursor.executemany("INSERT INTO plans_dot (ballot_id, option_id) VALUES (%s, %s)", rows)
        return bool(newest)

    def chosen_by(self, voter: uuid.UUID) -> list[uuid.UUID]:
        """The public ids of the options that this voter put dots on: for the voter's own screen only."""
        dots = Dot.objects.filter(ballot__choice=self, ballot__voter=voter, ballot__late=False)
        return list(dots.values_list("option__public_id", flat=True))

    def number_of_voters(self) -> int:
        return Ballot.objects.filter(choice=self.pk, late=False).count()

    def number_of_late_ballots(self) -> int:
        return self.ballots.filter(late=True).count()

    def close(self, *, by: Any) -> bool:
        """Stops new votes. Totals follow with ``show``, when what was on its way has arrived."""
        if not Choice.objects.filter(pk=self.pk, closed_at=None).update(closed_at=timezone.now()):
            return False
        self.refresh_from_db(fields=["closed_at"])
        Entry.record("choice.closed", about=self, wijk=self.wijk, by=by, voters=self.number_of_voters())
        return True

    def reopen(self, *, by: Any) -> bool:
        """Undoes a closing by mistake, as long as nobody has seen the result."""
        if not Choice.objects.filter(pk=self.pk, closed_at__isnull=False, shown_at=None).update(closed_at=None):
            return False
        self.refresh_from_db(fields=["closed_at"])
        Entry.record("choice.reopened", about=self, wijk=self.wijk, by=by)
        return True

    @transaction.atomic
    def show(self, *, by: Any = None) -> bool:
        """Counts once and for good. What comes later is late and changes nothing."""
        if not Choice.objects.filter(pk=self.pk, closed_at__isnull=False, shown_at=None).update(
            shown_at=timezone.now()
        ):
            return False
        self.refresh_from_db(fields=["shown_at"])
        self._keep(self._count())
        Entry.record("choice.shown", about=self, wijk=self.wijk, by=by, voters=self.number_of_voters())
        return True

    def _count(self) -> dict[int, int]:
        """Points per option: a voter's dots on ideas that were merged count once, for the idea they became."""
        options = list(self.options.select_related("idea__merged_into__merged_into__merged_into"))
        by_idea: dict[int | None, int] = {option.idea_id: option.pk for option in options if option.idea_id}
        standing_for = {option.pk: self._stands_for(option, by_idea) for option in options}
        voters: dict[int, set[int]] = defaultdict(set)
        for ballot_id, option_id in Dot.objects.filter(ballot__choice=self, ballot__late=False).values_list(
            "ballot_id", "option_id"
        ):
            voters[standing_for[option_id]].add(ballot_id)
        points = {option_pk: len(voters[option_pk]) for option_pk in set(standing_for.values())}
        for option_id, dots in self.paper.values_list("option_id", "dots"):
            points[standing_for[option_id]] += dots
        return points

    @staticmethod
    def _stands_for(option: ChoiceOption, by_idea: Mapping[int | None, int]) -> int:
        idea = option.idea
        while idea is not None and idea.merged_into is not None:
            idea = idea.merged_into
        return by_idea.get(idea.pk, option.pk) if idea else option.pk

    def _keep(self, points: Mapping[int, int]) -> None:
        options = list(self.options.select_related("idea"))
        for option in options:
            option.points = points.get(option.pk)
        for group in self._contests(options).values():
            placed = top({option: option.points or 0 for option in group}, self.places)
            edge = set(tied_at_the_edge(placed, self.places))
            for option, _points, place in placed:
                option.place = place
                option.tied = option in edge
                option.chosen = None if option in edge else True
        ChoiceOption.objects.bulk_update(options, ["points", "place", "tied", "chosen"])

    def _contests(self, options: Iterable[ChoiceOption]) -> dict[int, list[ChoiceOption]]:
        """Themes compete with all themes, ideas with the ideas of their own theme."""
        contests: dict[int, list[ChoiceOption]] = defaultdict(list)
        for option in options:
            if option.idea is None:
                contests[0].append(option)
            elif (
                option.idea.merged_into_id is None
                and option.idea.hidden_at is None
                and option.idea.withdrawn_at is None
            ):
                contests[option.idea.theme_id].append(option)
        return contests

    @transaction.atomic
    def settle(self, chosen: Iterable[ChoiceOption], among: Iterable[ChoiceOption], *, by: Any) -> None:
        """The room settled a tie: of ``among``, these go on. The result keeps saying that it was a tie."""
        goes_on = {option.pk for option in chosen}
        for option in among:
            self.options.filter(pk=option.pk, tied=True).update(chosen=option.pk in goes_on)
        Entry.record("tie.settled", about=self, wijk=self.wijk, by=by, chosen=len(goes_on))

    def ties(self) -> list[list[ChoiceOption]]:
        """The groups of options that compete for the last place and are not settled yet."""
        open_ties = [
            option for option in self.options.select_related("idea", "theme") if option.tied and option.chosen is None
        ]
        return list(self._contests(open_ties).values())

    def winners(self) -> list[ChoiceOption]:
        return sorted(
            self.options.filter(chosen=True).select_related("idea__theme", "theme"),
            key=lambda option: (-(option.points or 0), option.position),
        )

    def forget_voters(self) -> None:
        """Cuts the link between ballots and people; points and number of voters stay."""
        self.ballots.update(voter=None, sequence=0, at=self.opened_at)


class TooManyDots(ValueError):
    """More dots than the choice allows."""


class ChoiceOption(models.Model):
    """A theme or an idea among the options. Points, place and the rest are empty until the choice is shown."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    choice = models.ForeignKey(Choice, on_delete=models.CASCADE, related_name="options")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, null=True, blank=True, related_name="options")
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, null=True, blank=True, related_name="options")
    position = models.PositiveSmallIntegerField()
    points = models.PositiveIntegerField(null=True, blank=True)
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    tied = models.BooleanField(default=False)
    chosen = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["choice", "theme"], name="theme_is_offered_once"),
            models.UniqueConstraint(fields=["choice", "idea"], name="idea_is_offered_once"),
            models.CheckConstraint(
                condition=models.Q(theme=None, idea__isnull=False) | models.Q(theme__isnull=False, idea=None),
                name="option_is_a_theme_or_an_idea",
            ),
        ]

    def __str__(self) -> str:
        return str(self.theme or self.idea)

    @property
    def settled_in_the_room(self) -> bool:
        return self.tied and self.chosen is not None


class Ballot(models.Model):
    """One voter's dots. The voter is known only while the meeting lasts, so that a choice can be changed."""

    choice = models.ForeignKey(Choice, on_delete=models.CASCADE, related_name="ballots")
    voter = models.UUIDField(null=True, blank=True)
    group = models.CharField(max_length=12)
    sequence = models.BigIntegerField(default=0)
    late = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["choice", "voter", "late"], name="voter_has_one_ballot")]

    def __str__(self) -> str:
        return f"ballot {self.pk}"


class Dot(models.Model):
    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="dots")
    option = models.ForeignKey(ChoiceOption, on_delete=models.CASCADE, related_name="dots")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "option"], name="ballot_has_one_dot_per_option")]

    def __str__(self) -> str:
        return f"dot {self.pk}"


class PaperDots(models.Model):
    """Stickers counted on a table's sheet: a state per table and option, so typing it in again changes nothing."""

    choice = models.ForeignKey(Choice, on_delete=models.CASCADE, related_name="paper")
    option = models.ForeignKey(ChoiceOption, on_delete=models.CASCADE, related_name="paper")
    table = models.UUIDField()
    dots = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["choice", "option", "table"], name="table_counts_an_option_once")
        ]

    def __str__(self) -> str:
        return f"{self.dots} paper dots"

"""Choosing, with dots or otherwise. Totals exist only after closing; who chose what is known to nobody."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self

from django.db import connection, models, transaction
from django.utils import timezone

from samenwijk.journal.models import Entry
from samenwijk.methods.prioritising import lowest_group_support
from samenwijk.places.models import Wijk
from samenwijk.plans import counting
from samenwijk.plans.models.idea import Idea
from samenwijk.plans.models.theme import Theme

GRACE = timedelta(seconds=20)
WRITE_BALLOT = """
    INSERT INTO plans_ballot (choice_id, voter, "group", sequence, late, "table", at)
    VALUES (%s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (choice_id, voter, late) DO UPDATE
    SET sequence = excluded.sequence, "group" = excluded."group", at = excluded.at
    WHERE plans_ballot.sequence < excluded.sequence RETURNING id
"""
"""A new ballot, or the voter's own one unless that is newer: in one statement, for a whole room votes at once."""
SMALLEST_GROUP = 3


class ChoiceQuerySet(models.QuerySet["Choice"]):
    def waiting(self) -> Self:
        """Closed, but not shown yet: answers that were on their way may still arrive."""
        return self.filter(closed_at__isnull=False, shown_at=None)


class Choice(models.Model):
    """One round of dots over themes or ideas: open, then closed, then shown. Never back once it is shown."""

    class Subject(models.TextChoices):
        THEMES = "themes"
        IDEAS = "ideas"

    class Form(models.TextChoices):
        DOTS = "dots"
        APPROVAL = "approval"
        SCORE = "score"
        SHARES = "shares"

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    wijk = models.ForeignKey(Wijk, on_delete=models.CASCADE, related_name="choices")
    subject = models.CharField(max_length=10, choices=Subject.choices)
    form = models.CharField(max_length=10, choices=Form.choices, default=Form.DOTS)
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
    def counts_stickers(self) -> bool:
        """On paper only the stickers of a table are counted; otherwise a ballot is typed in for each person."""
        return self.form == self.Form.DOTS

    @property
    def is_scored(self) -> bool:
        return self.form == self.Form.SCORE

    @property
    def is_shared(self) -> bool:
        """Equal shares: one selection over all themes together."""
        return self.form == self.Form.SHARES

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
    def is_untouched(self) -> bool:
        """Nobody has chosen yet, by phone or on paper: there is nothing to count."""
        return not self.ballots.filter(late=False).exists() and not self.paper.exists()

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
                there.add(thing.pk)
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
        scores: Mapping[int, int] | None = None,
        table: uuid.UUID | None = None,
    ) -> bool:
        """Makes these options the voter's whole choice. An older sequence than the stored one changes nothing.

        ``scores`` gives the value of an option by its primary key (else 1); ``table`` is where a ballot on paper lay.

        ``late`` ballots are kept apart: the facilitator sees that they came, they never count.
        Returns whether this ballot is now the voter's ballot.
        """
        chosen = list(options)
        if self.counts_stickers and len(chosen) > self.dots:
            raise TooManyDots
        worth = scores or {}
        with connection.cursor() as cursor:
            if connection.features.has_select_for_update:
                # Whoever counts waits for this ballot, or this ballot waits for the count and then comes too late.
                cursor.execute("SELECT shown_at FROM plans_choice WHERE id = %s FOR NO KEY UPDATE", [self.pk])
                late = late or cursor.fetchone()[0] is not None
            written = {
                "choice": self.pk,
                "voter": voter,
                "group": group,
                "sequence": sequence,
                "late": late,
                "table": table,
                "at": timezone.now(),
            }
            fields: list[tuple[Any, Any]] = [(Ballot._meta.get_field(name), value) for name, value in written.items()]
            cursor.execute(WRITE_BALLOT, [field.get_db_prep_save(value, connection) for field, value in fields])
            newest = cursor.fetchall()
            for (ballot,) in newest:
                cursor.execute("DELETE FROM plans_dot WHERE ballot_id = %s", [ballot])
                rows = [(ballot, option.pk, worth.get(option.pk, 1)) for option in chosen]
                cursor.executemany("INSERT INTO plans_dot (ballot_id, option_id, value) VALUES (%s, %s, %s)", rows)
        return bool(newest)

    def scores_by(self, voter: uuid.UUID) -> dict[uuid.UUID, int]:
        """Public id of an option -> this voter's value: for the voter's own screen only."""
        mine = Dot.objects.filter(ballot__choice=self.pk, ballot__voter=voter, ballot__late=False)
        return dict(mine.order_by().values_list("option__public_id", "value"))

    def turnout(self) -> tuple[int, int, int]:
        """Ballots in time, ballots that came too late, and dots on paper: what may be known at any moment."""
        paper = PaperDots.objects.filter(choice=models.OuterRef("pk")).order_by().values("choice")
        ballots = {late: models.Count("ballots", filter=models.Q(ballots__late=late)) for late in (False, True)}
        counted = Choice.objects.filter(pk=self.pk).annotate(
            in_time=ballots[False],
            too_late=ballots[True],
            on_paper=models.Subquery(paper.annotate(dots_together=models.Sum("dots")).values("dots_together")),
        )
        in_time, too_late, on_paper = counted.values_list("in_time", "too_late", "on_paper").get()
        return in_time, too_late, on_paper or 0

    def number_of_voters(self) -> int:
        return Ballot.objects.filter(choice=self.pk, late=False).count()

    def number_of_late_ballots(self) -> int:
        return self.ballots.filter(late=True).count()

    def support(self) -> Support:
        """What each group of voters supports, for the facilitator only, once the result is shown."""
        if not self.is_shown:
            return Support({}, {})
        return counting.support(self)

    def choose_by(self, form: str, *, places: int) -> None:
        """Another way of choosing, as long as nobody has chosen; a ballot that came late never counts."""
        unused = Choice.objects.filter(pk=self.pk, closed_at=None, paper=None).exclude(ballots__late=False)
        Choice.objects.filter(pk__in=unused).update(form=form, places=places)
        self.refresh_from_db(fields=["form", "places"])

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
        counting.count(self)
        Entry.record("choice.shown", about=self, wijk=self.wijk, by=by, voters=self.number_of_voters())
        return True

    @transaction.atomic
    def settle(self, chosen: Iterable[ChoiceOption], among: Iterable[ChoiceOption], *, by: Any) -> None:
        """The room settled a tie: of ``among``, these go on. The result keeps saying that it was a tie."""
        goes_on = {option.pk for option in chosen}
        for option in among:
            self.options.filter(pk=option.pk, tied=True).update(chosen=option.pk in goes_on, by_order=False)
        Entry.record("tie.settled", about=self, wijk=self.wijk, by=by, chosen=len(goes_on))

    def ties(self) -> list[list[ChoiceOption]]:
        """The groups of options that compete for the last place and are not settled yet."""
        open_ties = [
            option for option in self.options.select_related("idea", "theme") if option.tied and option.chosen is None
        ]
        return list(counting.contests(self, open_ties).values())

    def winners(self) -> list[ChoiceOption]:
        return sorted(
            self.options.filter(chosen=True).select_related("idea__theme", "theme"),
            key=lambda option: (-(option.points or 0), option.position),
        )

    def forget_voters(self) -> None:
        """Cuts the link between ballots and people; points and number of voters stay.

        One or two in a group would be known by their group: then no ballot keeps it.
        """
        self.ballots.update(voter=None, table=None, sequence=0, at=self.opened_at)
        self.ballots.filter(late=True).update(group="")
        if counting.voters_of(self).small:
            self.ballots.update(group="")


@dataclass(frozen=True)
class Support:
    """How many of each group voted, and the share of each group that supports an option (by primary key).

    With one or two voters in any group there are no shares at all: with the total beside it, the other group's share
    would tell theirs.
    """

    voters: dict[str, int]
    shares: dict[str, dict[int, float]]

    @property
    def small(self) -> list[str]:
        return [group for group, number in self.voters.items() if number < SMALLEST_GROUP]

    def lowest(self) -> dict[int, tuple[float, str]]:
        """For each option the lowest share that any group gives it, and which group."""
        return lowest_group_support(self.shares)


class TooManyDots(ValueError):
    """More dots than the choice allows."""


class ChoiceOption(models.Model):
    """A theme or an idea among the options. Points, place and the rest are empty until the choice is shown.

    ``narrow``: a few other ballots would have changed whether it goes on. ``by_order``: it tied, and the order on the
    board decided.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    choice = models.ForeignKey(Choice, on_delete=models.CASCADE, related_name="options")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, null=True, blank=True, related_name="options")
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, null=True, blank=True, related_name="options")
    position = models.PositiveSmallIntegerField()
    points = models.PositiveIntegerField(null=True, blank=True)
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    tied = models.BooleanField(default=False)
    chosen = models.BooleanField(null=True, blank=True)
    supporters = models.PositiveIntegerField(null=True, blank=True)
    narrow = models.BooleanField(default=False)
    by_order = models.BooleanField(default=False)

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
        return self.tied and self.chosen is not None and not self.by_order


class Ballot(models.Model):
    """One voter's dots. The voter is known only while the meeting lasts, so that a choice can be changed.

    ``table`` is set, just as long, on a ballot that was typed in from paper.
    """

    choice = models.ForeignKey(Choice, on_delete=models.CASCADE, related_name="ballots")
    voter = models.UUIDField(null=True, blank=True)
    group = models.CharField(max_length=12)
    sequence = models.BigIntegerField(default=0)
    late = models.BooleanField(default=False)
    table = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["choice", "voter", "late"], name="voter_has_one_ballot")]

    def __str__(self) -> str:
        return f"ballot {self.pk}"


class Dot(models.Model):
    """What a ballot gives an option: 1, or a score of 1 to 5."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="dots")
    option = models.ForeignKey(ChoiceOption, on_delete=models.CASCADE, related_name="dots")
    value = models.PositiveSmallIntegerField(default=1, db_default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "option"], name="ballot_has_one_dot_per_option"),
            models.CheckConstraint(condition=models.Q(value__gte=1, value__lte=5), name="dot_is_worth_1_to_5"),
        ]

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

"""What the table planner is asked about a meeting (people, who knows whom, wishes, locks), and its answer in rows."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import Any

from samenwijk.meetings.models import Acquaintance, Meeting, Participant, Seat, Table, TablePlan
from samenwijk.methods.seating import Bounds, Person, Plan, bounds
from samenwijk.methods.seating.people import EXPERT, HOST, RESIDENT, measured

Seats = list[tuple[int, int, int]]
"""(round from 1, participant, table), the last two by primary key."""

FULL_WEIGHT = 5.0
"""At the far end of the slider a table without one's theme costs as much as meeting five people again. The slider is
squared: at a fifth it draws people to their theme while they still meet nobody twice."""
EXPERTS = "ervaringsdeskundige"


def person_of(participant: Participant) -> Person:
    """A participant as the planner knows them: no name, but what makes a table a mixed one."""
    roles = {
        HOST: participant.is_host,
        EXPERT: participant.is_ambassador or participant.discipline == EXPERTS,
        RESIDENT: participant.is_resident,
    }
    return Person(
        participant.pk,
        participant.discipline,
        participant.organisation.casefold().strip() or None,
        frozenset(role for role, has in roles.items() if has),
        (str(participant.wish_id),) if participant.wish_id else (),
    )


def people_of(meeting: Meeting) -> list[Person]:
    return [person_of(participant) for participant in meeting.participants.present().order_by("number")]


def bounds_for(meeting: Meeting, *, tables: int, rounds: int) -> Bounds | None:
    """What can be said of this number of tables and rounds for who is in; nothing while there are too few people."""
    people = people_of(meeting)
    return bounds(people, tables, rounds) if len(people) >= tables else None


def acquaintances(meeting: Meeting) -> list[tuple[int, int]]:
    """Pairs of whom one said so on a phone, or who sat at one table in an earlier meeting of the wijk.

    The latter is known only of who gave a yes before (a person who is linked); of everybody else nothing is remembered.
    """
    said = Acquaintance.objects.filter(participant__meeting=meeting, participant__left_at=None, other__left_at=None)
    pairs = {(min(pair), max(pair)) for pair in said.values_list("participant", "other")}
    return sorted(pairs | _sat_together(meeting))


def _sat_together(meeting: Meeting) -> set[tuple[int, int]]:
    here = {
        participant.person_id: participant.pk
        for participant in meeting.participants.present().exclude(person=None).order_by("number")
    }
    together: dict[tuple[int, int], set[int]] = defaultdict(set)
    earlier = Participant.objects.filter(person__in=list(here), meeting__wijk=meeting.wijk_id).exclude(meeting=meeting)
    for person, table in earlier.exclude(table=None).values_list("person_id", "table_id"):
        together[(0, table)].add(here[person])
    sat = Seat.objects.filter(participant__in=earlier).values_list("round", "table_id", "participant__person_id")
    for number, table, person in sat:
        together[(number, table)].add(here[person])
    return {pair for group in together.values() for pair in combinations(sorted(group), 2)}


class Question:
    """One look at a meeting and its plan, to think about without the database."""

    def __init__(self, table_plan: TablePlan) -> None:
        self.table_plan, meeting = table_plan, table_plan.meeting
        self.tables: list[Table] = list(meeting.tables.order_by("number"))
        self.at = {table.pk: index for index, table in enumerate(self.tables)}
        self.everybody = list(meeting.participants.order_by("number"))
        self.people = [person_of(participant) for participant in self.everybody]
        self.present = {participant.pk for participant in self.everybody if participant.left_at is None}
        self.seats = list(table_plan.seats.all().order_by("round", "participant__number"))
        self.locked = {(seat.participant_id, seat.round) for seat in self.seats if seat.locked}
        self.known = acquaintances(meeting)
        self.themes = [str(table.theme_id) if table.theme_id else None for table in self.tables]
        self.weight = (table_plan.theme_share / 100) ** 2 * FULL_WEIGHT
        self.at_their_table = dict(
            meeting.ambassadors.exclude(participant=None).exclude(table=None).values_list("participant", "table")
        )
        self.first_round = 1
        self.figures: dict[str, Any] = {}

    def planned(self) -> Seats:
        """A new plan for who is in; who is locked keeps their seat."""
        from samenwijk.methods.seating import plan  # loads numpy

        there = [person for person in self.people if person.id in self.present]
        found = plan(
            there,
            len(self.tables),
            self.table_plan.rounds,
            known_pairs=self.known,
            themes=self.themes,
            theme_weight=self.weight,
            fixed=self._fixed(),
            seed=self.table_plan.revision,
        )
        return self._told(found)

    def mended(self) -> Seats:
        """The plan as it was, with who came and without who went. While a round runs nobody in it is moved: the rounds
        after it are; before the first one the whole plan is."""
        from samenwijk.methods.seating import replan  # loads numpy

        now = self.table_plan.now
        before = self._as_it_was()
        after = replan(
            before,
            absent=[person.id for person in before.people if person.id not in self.present | before.absent],
            late=[person for person in before.people if person.id in self.present & before.absent],
            from_round=max(now, 1) - 1,
        )
        self.first_round = now + 1
        seats = self._told(after)
        if now:
            # Who sits at a table stays there; figures count the seats as they are.
            kept = [(seat.round, seat.participant_id, seat.table_id) for seat in self.seats if seat.round <= now]
            seats = kept + [seat for seat in seats if seat[0] > now]
            self.figures = self._figures(self._rounds(seats))
        return seats

    def counted(self) -> dict[str, Any]:
        """The figures of the seats as they are."""
        return self._figures(self._rounds([(seat.round, seat.participant_id, seat.table_id) for seat in self.seats]))

    def _fixed(self) -> list[tuple[int, int, int]]:
        """Seats that stay: those locked by hand, and an ambassador at the table that was agreed with them."""
        locked = {
            (seat.participant_id, seat.round - 1): self.at[seat.table_id]
            for seat in self.seats
            if seat.locked and seat.participant_id in self.present and seat.round <= self.table_plan.rounds
        }
        agreed = {
            (person, this): self.at[table]
            for person, table in self.at_their_table.items()
            for this in range(self.table_plan.rounds)
            if person in self.present and table in self.at
        }
        return [(person, this, table) for (person, this), table in sorted((agreed | locked).items())]

    def _as_it_was(self) -> Plan:
        """Who lacks a seat in a round to come counts as absent until now: the planner then sees them as late."""
        from samenwijk.methods.seating.planning import told  # loads numpy

        rounds = self._rounds([(seat.round, seat.participant_id, seat.table_id) for seat in self.seats])
        coming = rounds[self.table_plan.now :] or rounds[-1:]
        without = {
            person.id
            for person in self.people
            if any(all(person.id not in table for table in seating) for seating in coming)
        }
        return told(
            rounds,
            tuple(self.people),
            len(self.tables),
            frozenset(without),
            tuple(self.known),
            tuple(self.themes),
            self.weight,
            self.table_plan.revision,
            tuple(self._fixed()),
        )

    def _rounds(self, seats: Seats) -> list[list[tuple[Any, ...]]]:
        rounds: list[list[list[int]]] = [[[] for _table in self.tables] for _round in range(self.table_plan.rounds)]
        for number, person, table in seats:
            if number <= self.table_plan.rounds and table in self.at:
                rounds[number - 1][self.at[table]].append(person)
        return [[tuple(table) for table in seating] for seating in rounds]

    def _told(self, found: Plan) -> Seats:
        self.figures = self._figures(found.rounds)
        return [
            (number, int(person), table.pk)  # type: ignore[call-overload]
            for number, seating in enumerate(found.rounds, start=1)
            for table, sitting in zip(self.tables, seating, strict=True)
            for person in sitting
        ]

    def _figures(self, rounds: list[list[tuple[Any, ...]]]) -> dict[str, Any]:
        """The figures, and how many seats have the theme that somebody wished for."""
        wishes = {person.id: person.wishes[0] for person in self.people if person.wishes}
        seats = [
            theme == wishes[person]
            for seating in rounds
            for theme, table in zip(self.themes, seating, strict=True)
            for person in table
            if person in wishes
        ]
        return {
            **measured(rounds, self.people, self.known),
            "wished_seats": len(seats),
            "granted_seats": sum(seats),
        }

"""Mending a table plan during the evening: some stay away, some walk in, and as few as can be change places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np

from samenwijk.methods.seating.limits import SMALLEST_TALK, least_lone_residents, most_disciplines, with_role
from samenwijk.methods.seating.people import EXPERT, HOST, RESIDENT, Id, Person, Plan, Seating, no_doubles
from samenwijk.methods.seating.planning import budget_for, hold, pair_costs, problem_for, theme_costs, told
from samenwijk.methods.seating.room import (
    LONE_RESIDENT,
    NO_EXPERT,
    NO_HOST,
    REPEAT,
    WRONG_SIZE,
    Ints,
    Numbers,
)
from samenwijk.methods.seating.searching import better

MOVED_AT_MOST = 0.1
MOVING = (8, 14, 19, 30, 60, 1_200)
"""What it costs to move somebody in a later round: first less than a repeat, and more while too many move in it."""
GETTING_UP = 1_500
"""What it costs to let somebody get up who already sits: more than any wish, less than a hard rule."""


def replan(plan: Plan, *, absent: Iterable[Id] = (), late: Iterable[Person] = (), from_round: int = 0) -> Plan:
    """The plan without who is ``absent`` (ids) and with who is ``late`` (people), from the running round on.

    Rounds before ``from_round`` (from 0) do not change. In the running round only who is new gets a seat, unless a
    table has under three people, or no host or experience expert though there are enough of them: then as few as can
    be get up. Later rounds keep everybody's seat where that is good enough: sizes differ by at most two, and at most a
    tenth of those present move, unless a hard rule asks for more. Somebody who was absent may be late after all.
    Raises ``ValueError`` for ids that are unknown or double and a round that is not there.
    """
    late, gone = tuple(late), tuple(absent)
    _check(plan, gone, late, from_round)
    new = {person.id: person for person in late}
    absent_now = (plan.absent | frozenset(gone)) - new.keys()
    if absent_now == plan.absent and not late:
        return plan
    known = {person.id for person in plan.people}
    people = tuple(new.get(person.id, person) for person in plan.people)
    people += tuple(person for person in late if person.id not in known)
    mending = _Mending(plan, tuple(person for person in people if person.id not in absent_now))
    rounds = plan.rounds[:from_round]
    rounds.append(mending.running(plan.rounds[from_round], rounds))
    rounds += mending.later(plan.rounds[from_round + 1 :], rounds)
    return told(
        rounds, people, plan.tables, absent_now, plan.known_pairs, plan.themes, plan.theme_weight, plan.seed, plan.fixed
    )


def _check(plan: Plan, absent: Sequence[Id], late: Sequence[Person], from_round: int) -> None:
    if isinstance(from_round, bool) or not isinstance(from_round, int):
        raise ValueError(f"from_round must be a whole number, not {from_round!r}")
    if not 0 <= from_round < len(plan.rounds):
        raise ValueError(f"from_round must be one of the rounds 0 to {len(plan.rounds) - 1}, not {from_round}")
    ids = {person.id for person in plan.people}
    if unknown := [person_id for person_id in absent if person_id not in ids]:
        raise ValueError(f"absent names somebody who is not in the plan: {unknown[0]!r}")
    coming = no_doubles([person.id for person in late])
    if both := [person_id for person_id in absent if person_id in coming]:
        raise ValueError(f"somebody cannot be absent and late at once: {both[0]!r}")
    if there := [person.id for person in late if person.id in ids and person.id not in plan.absent]:
        raise ValueError(f"late names somebody who is in the plan already: {there[0]!r}")


@dataclass(frozen=True)
class _Mending:
    plan: Plan
    people: tuple[Person, ...]

    def running(self, seating: Seating, before: Sequence[Seating]) -> Seating:
        """The running round: who is new gets a seat; somebody gets up only where a hard rule asks for it."""
        tables, number = self.plan.tables, len(self.people)
        old = self._row(seating)
        pairs = self._pairs(before)
        row = self._with_the_new(old, pairs)
        least = min(SMALLEST_TALK, number // tables)
        filled = np.bincount(row, minlength=tables)
        if filled.min() >= least and not self._breaks_a_rule(row, filled):
            return self._seating(row)
        sizes = (least, max(int(filled.max()), least + 1))
        return self._seating(
            self._searched([row], [old], pairs, moving=[GETTING_UP], sizes=sizes, start=len(before))[0]
        )

    def _breaks_a_rule(self, row: Ints, filled: Numbers) -> bool:
        """Whether a table misses a host or experience expert, or a resident is alone, where that need not be so."""
        tables = self.plan.tables
        for role in (HOST, EXPERT):
            if len(set(row[self._flags(role)].tolist())) < min(tables, with_role(self.people, role)):
                return True
        residents = np.bincount(row[self._flags(RESIDENT)], minlength=tables)
        lone = int(((residents == 1) & (filled > 1)).sum())
        return lone > least_lone_residents(self.people, tables)

    def later(self, seatings: Sequence[Seating], before: Sequence[Seating]) -> list[Seating]:
        """The rounds to come: sizes that differ by at most two, and few people who move."""
        if not seatings:
            return []
        pairs = self._pairs(before)
        old = [self._row(seating) for seating in seatings]
        first = [self._with_the_new(row, pairs) for row in old]
        sizes = self._sizes(first)
        allowed = int(MOVED_AT_MOST * len(self.people))
        steps = [0] * len(first)
        while True:
            rows = self._searched(
                first, old, pairs, moving=[MOVING[step] for step in steps], sizes=sizes, start=len(before)
            )
            moved = [int(((row != was) & (was >= 0)).sum()) for row, was in zip(rows, old, strict=True)]
            too_many = [at for at, number in enumerate(moved) if number > allowed and steps[at] < len(MOVING) - 1]
            if not too_many:
                break
            for at in too_many:
                steps[at] += 1
        return [self._seating(row) for row in rows]

    def _sizes(self, rows: Sequence[Ints]) -> tuple[int, int]:
        """The least and the most people at a table, two apart, for which the fewest have to move."""
        size, more = divmod(len(self.people), self.plan.tables)
        choices = [(max(size - 1, 0), size + 1)] + ([(size, size + 2)] if more else [])

        def misfits(choice: tuple[int, int]) -> int:
            filled = [np.bincount(row, minlength=self.plan.tables) for row in rows]
            return sum(
                max(int(np.maximum(each - choice[1], 0).sum()), int(np.maximum(choice[0] - each, 0).sum()))
                for each in filled
            )

        return min(choices, key=misfits)

    def _searched(
        self,
        rows: Sequence[Ints],
        old: Sequence[Ints],
        pairs: Ints,
        *,
        moving: Sequence[int],
        sizes: tuple[int, int],
        start: int,
    ) -> list[Ints]:
        plan, number, tables = self.plan, len(self.people), self.plan.tables
        least, most = sizes
        chairs = max(most, *(int(np.bincount(row, minlength=tables).max()) for row in rows))
        wishes = theme_costs(self.people, tables, plan.themes, plan.theme_weight)
        seats = np.repeat(wishes[None], len(rows), axis=0)
        for this, was in enumerate(old):
            for person in np.flatnonzero(was >= 0):
                seats[this, :, person] += moving[this]
                seats[this, was[person], person] -= moving[this]
        hold(seats, self.people, [(at, this - start, table) for at, this, table in plan.fixed if this >= start])
        problem = problem_for(
            self.people,
            tables,
            pairs=pairs,
            seats=seats,
            empty=tables * chairs - number,
            chairs=[
                WRONG_SIZE * (max(0, chairs - empty - most) + max(0, least - (chairs - empty)))
                for empty in range(chairs + 1)
            ],
            most=min(most_disciplines(self.people, tables), least),
        )
        at = np.stack([self._with_empty_chairs(row, chairs) for row in rows])
        dice = Random(plan.seed)  # noqa: S311
        found, _cost = better(problem, at, max(200, budget_for(problem) // 8), dice)
        return [row[:number] for row in found]

    def _with_empty_chairs(self, row: Ints, chairs: int) -> Ints:
        filled = np.bincount(row, minlength=self.plan.tables)
        empty = [table for table, number in enumerate(filled) for _chair in range(chairs - int(number))]
        return np.concatenate((row, np.array(empty, dtype=np.int32)))

    def _pairs(self, before: Sequence[Seating]) -> Ints:
        """What it costs to put two people at one table: also that they met in a round before."""
        pairs = pair_costs(self.people, self.plan.known_pairs)
        for seating in before:
            row = self._row(seating)
            met = (row[:, None] == row[None, :]) & (row >= 0)[:, None]
            pairs += REPEAT * met.astype(np.int32)
        np.fill_diagonal(pairs, 0)
        return pairs

    def _row(self, seating: Seating) -> Ints:
        """The table of each of the people in a round, -1 for who has none."""
        tables = {person_id: table for table, sitting in enumerate(seating) for person_id in sitting}
        return np.array([tables.get(person.id, -1) for person in self.people], dtype=np.int32)

    def _flags(self, role: str) -> list[bool]:
        return [role in person.roles for person in self.people]

    def _with_the_new(self, old: Ints, pairs: Ints) -> Ints:
        """Gives who has no seat one: where a role is missing, else at the smallest table with the fewest they know."""
        row = old.copy()
        tables = self.plan.tables
        counts = {
            role: np.bincount(row[(row >= 0) & self._flags(role)], minlength=tables)
            for role in (HOST, EXPERT, RESIDENT)
        }
        filled = np.bincount(row[row >= 0], minlength=tables)
        new = np.flatnonzero(row < 0).tolist()
        for person in sorted(new, key=lambda at: -len({HOST, EXPERT} & self.people[at].roles)):
            met = np.array([int(pairs[person, row == table].sum()) for table in range(tables)])
            cost = 2 * GETTING_UP * filled + met
            for role, each in ((HOST, NO_HOST), (EXPERT, NO_EXPERT)):
                if role in self.people[person].roles:
                    cost -= each * (counts[role] == 0)
            if RESIDENT in self.people[person].roles:
                cost -= LONE_RESIDENT * (counts[RESIDENT] == 1)
            table = int(cost.argmin())
            row[person] = table
            filled[table] += 1
            for role, count in counts.items():
                count[table] += role in self.people[person].roles
        return row

    def _seating(self, row: Ints) -> Seating:
        return [
            tuple(self.people[at].id for at in np.flatnonzero(row == table).tolist())
            for table in range(self.plan.tables)
        ]

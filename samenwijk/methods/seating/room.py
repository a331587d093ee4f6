"""The room as numbers: what a seat costs, and what two people who change places would add or save.

All costs are whole numbers, so that the same question has the same answer on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.signedinteger]

REPEAT, KNOWN, SAME_ORGANISATION = 20, 5, 10
FEW_DISCIPLINES, MORE_DISCIPLINES, ENOUGH_DISCIPLINES = 15, 2, 4
NO_HOST, NO_EXPERT, LONE_RESIDENT, WRONG_SIZE, NOT_FIXED = 16_000, 8_000, 4_000, 40_000, 100_000
NEVER = 1 << 27
"""More than any sum of costs; twice this still fits in 32 bits."""


@dataclass(frozen=True)
class Problem:
    """N chairs (people, then empty chairs) at T tables over R rounds.

    ``pairs`` (N x N): cost of sharing a table once; ``seats`` (R x T x N): cost of a seat, such as a theme nobody asked
    for or a place somebody was moved to; ``host``, ``expert``, ``resident``, ``empty`` (N): 0 or 1; ``discipline`` (N):
    its number, for an empty chair the last. ``no_host``, ``no_expert``, ``lone``: cost by how many there are at a
    table, ``chairs``: by empty chairs, ``disciplines``: by disciplines.
    """

    tables: int
    pairs: Ints
    seats: Ints
    host: Ints
    expert: Ints
    resident: Ints
    empty: Ints
    discipline: Ints
    no_host: list[int]
    no_expert: list[int]
    lone: list[int]
    chairs: list[int]
    disciplines: list[int]
    least: int
    """A cost that no seating of this problem goes under: the search stops there."""

    @cached_property
    def rounds(self) -> int:
        return len(self.seats)

    @cached_property
    def number(self) -> int:
        return len(self.pairs)


class Room:
    """A seating of a problem that knows its cost, and keeps it up to date while people change places."""

    def __init__(self, problem: Problem, at: Ints, *, whole: bool) -> None:
        """``at`` (R x N): everybody's table. With ``whole`` the room is ready for `every_swap`."""
        self.problem, self.whole = problem, whole
        self.at = at.astype(np.int32, copy=True)
        rounds, number, tables = problem.rounds, problem.number, problem.tables
        self.everybody = np.arange(number, dtype=np.int32)
        kinds = problem.host + 2 * problem.expert + 4 * problem.resident + 8 * problem.empty
        self.kinds, self.kind = np.unique(kinds, return_inverse=True)
        self.kind = self.kind.astype(np.int32)
        self._kind_costs: dict[tuple[int, ...], Ints] = {}
        self._discipline_steps = np.array(
            [
                [problem.disciplines[max(count - 1, 0)] - here, 0, problem.disciplines[count + 1] - here]
                for count, here in enumerate(problem.disciplines[:-1])
            ],
            dtype=np.int32,
        )
        self.of_discipline = np.zeros((rounds, tables, int(problem.discipline.max()) + 1), dtype=np.int32)
        together = np.stack([(row[:, None] == row[None, :]) for row in self.at]).astype(np.int32)
        people = 1 - problem.empty
        together *= people[:, None] * people[None, :]
        met = together.sum(axis=0, dtype=np.int32)
        self.pairs = problem.pairs[None] + np.int32(REPEAT) * (met[None] - together)
        self.pairs *= people[:, None] * people[None, :]
        self.pairs[:, self.everybody, self.everybody] = 0
        self.of_table = problem.seats.astype(np.int32, copy=True)
        self._counts: list[list[list[int]]] = []
        for this in range(rounds):
            seated = np.zeros((tables, number), dtype=np.int32)
            seated[self.at[this], self.everybody] = 1
            for table in range(tables):
                self.of_table[this, table] += self.pairs[this][seated[table] == 1].sum(axis=0, dtype=np.int32)
            np.add.at(self.of_discipline[this], (self.at[this], problem.discipline), people)
            self._counts.append(
                [
                    [
                        int((seated[table] * flag).sum())
                        for flag in (problem.host, problem.expert, problem.resident, problem.empty)
                    ]
                    for table in range(tables)
                ]
            )
        self._marks = [
            tuple(map(int, marks))
            for marks in zip(
                problem.host, problem.expert, problem.resident, problem.empty, problem.discipline, strict=True
            )
        ]
        self._differs = (problem.discipline[:, None] != problem.discipline[None, :]).astype(np.int32)
        self._repeat = (REPEAT * people).astype(np.int32)
        self.distinct = np.count_nonzero(self.of_discipline, axis=2).astype(np.int32)
        self.table_costs = np.zeros((rounds, tables), dtype=np.int32)
        self._by_kind = np.zeros((rounds, tables, len(self.kinds), len(self.kinds)), dtype=np.int32)
        for this in range(rounds):
            for table in range(tables):
                self._renew_table(this, table)
        self._rows = (np.arange(rounds, dtype=np.int32) * tables)[:, None]
        self._own_at = (np.arange(rounds, dtype=np.int32) * tables * number)[:, None]
        self.refresh_own()
        self.cost = self._whole_cost()
        if whole:
            self._make_whole()

    # What it costs

    def refresh_own(self) -> None:
        """What everybody's own seat costs in each round (R x N)."""
        number = self.problem.number
        self.own = self.of_table.reshape(-1).take(self._own_at + self.at * number + self.everybody)

    def _whole_cost(self) -> int:
        problem = self.problem
        own_seats = problem.seats.reshape(-1).take(self._own_at + self.at * problem.number + self.everybody)
        # A pair's own cost counts in every round; each coincidence of two rounds is seen from both of them.
        twice_pairs = int((self.own - own_seats).sum(dtype=np.int64))
        repeats = 0
        base = 0
        for this in range(problem.rounds):
            together = self.at[this][:, None] == self.at[this][None, :]
            base += int((problem.pairs * together).sum(dtype=np.int64))
        repeats = (twice_pairs - base) // 2
        cost = base // 2 + repeats // 2 + int(own_seats.sum(dtype=np.int64))
        return cost + int(self.table_costs.sum(dtype=np.int64))

    def _renew_table(self, this: int, table: int) -> None:
        """What is wrong with a table as a whole (roles, size, disciplines), and what another there does to that."""
        hosts, experts, residents, empty = self._counts[this][table]
        problem = self.problem
        self.table_costs[this, table] = (
            problem.no_host[hosts]
            + problem.no_expert[experts]
            + problem.lone[residents]
            + problem.chairs[empty]
            + problem.disciplines[self.distinct[this, table]]
        )
        self._by_kind[this, table] = self._kind_cost(this, table)

    # What a swap would change

    def _kind_cost(self, this: int, table: int) -> Ints:
        """For a table (kinds x kinds): what it costs when one of the first kind makes room for one of the second."""
        key = tuple(self._counts[this][table])
        found = self._kind_costs.get(key)
        if found is None:
            problem = self.problem
            costs = (problem.no_host, problem.no_expert, problem.lone, problem.chairs)
            found = np.zeros((len(self.kinds), len(self.kinds)), dtype=np.int32)
            for bit, (count, by_count) in enumerate(zip(key, costs, strict=True)):
                has = (self.kinds >> bit) & 1
                change = has[None, :] - has[:, None]
                steps = [by_count[max(count - 1, 0)] - by_count[count], 0, by_count[count + 1] - by_count[count]]
                found += np.array(steps, dtype=np.int32)[change + 1]
            self._kind_costs[key] = found
        return found

    def replacing(self, this: int, table: int, leaving: Ints) -> Ints:
        """What the table as a whole costs more when somebody of ``leaving`` makes room for each (leaving x N)."""
        problem = self.problem
        cost: Ints = self._by_kind[this, table][self.kind[leaving]].take(self.kind, axis=1)
        there = self.of_discipline[this, table]
        steps = self._discipline_steps[self.distinct[this, table]]
        if steps[0] or steps[2]:
            new = (there == 0).astype(np.int32)
            new[-1] *= not problem.empty.any()
            gain = new.take(problem.discipline)[None, :]
            lose = ((there == 1).take(problem.discipline[leaving]) & (problem.empty[leaving] == 0))[:, None]
            cost += steps.take(1 + (gain - lose) * self._differs[leaving])
        return cost

    def swaps_of(self, this: int, person: int) -> Ints:
        """What the room costs more when this person changes places with each other one (N)."""
        problem = self.problem
        table = int(self.at[this, person])
        change: Ints = (
            self.of_table[this, :, person].take(self.at[this])
            - self.own[this, person]
            + self.of_table[this, table]
            - self.own[this]
            - 2 * self.pairs[this, person]
        )
        change += self.replacing(this, table, np.array([person], dtype=np.int32))[0]
        change += self._replaced_by(this, person)
        change[self.at[this] == table] = NEVER
        if problem.empty[person]:
            change[problem.empty == 1] = NEVER
        return change

    def _replaced_by(self, this: int, person: int) -> Ints:
        """What everybody's own table costs more when this person takes their chair (N)."""
        problem = self.problem
        kind = self.kind[person]
        cost: Ints = self._by_kind[this, :, :, kind][self.at[this], self.kind]
        there = self.of_discipline[this]
        steps = self._discipline_steps.take(self.distinct[this], axis=0)
        if steps.any():
            discipline = problem.discipline
            gain = (there[:, discipline[person]] == 0) & (problem.empty[person] == 0)
            lose = (there[self.at[this], discipline] == 1) & (problem.empty == 0)
            change = gain[self.at[this]].astype(np.int32) - lose
            change[discipline == discipline[person]] = 0
            cost = cost + steps[self.at[this], change + 1]
        return cost

    def _make_whole(self) -> None:
        problem = self.problem
        rounds, number = problem.rounds, problem.number
        self._whole = np.zeros((rounds, number, number), dtype=np.int32)
        self._gather = np.empty((rounds * number, number), dtype=np.int32)
        self._changes = np.empty((rounds, number, number), dtype=np.int32)
        self._both_empty = problem.empty.astype(bool) if problem.empty.any() else None
        for this in range(rounds):
            for table in range(problem.tables):
                self._renew_rows(this, table)

    def _renew_rows(self, this: int, table: int) -> None:
        """Keeps, for who sits at this table, the part of a swap's change that only they and their table decide."""
        members = np.flatnonzero(self.at[this] == table).astype(np.int32)
        rows = self.replacing(this, table, members)
        rows -= self.pairs[this, members]
        rows[:, members] = NEVER
        if self._both_empty is not None:
            rows[np.ix_(self._both_empty[members], self._both_empty)] = NEVER
        self._whole[this, members] = rows

    def every_swap(self, resting: Ints) -> Ints:
        """What the room costs more for every swap in every round (R x N x N); ``resting`` (R x N) is added to both."""
        rounds, number = self.at.shape
        flat = self.of_table.reshape(-1, number)
        # mode="clip" lets numpy write straight into the array that is there; every index is within it.
        flat.take((self._rows + self.at).reshape(-1), axis=0, out=self._gather, mode="clip")
        half = self._gather.reshape(rounds, number, number)
        half += self._whole
        half += (resting - self.own)[:, None, :]
        np.add(half, half.transpose(0, 2, 1), out=self._changes)
        return self._changes

    # Changing places

    def swap(self, this: int, one: int, other: int, change: int) -> None:
        """These two change places in this round, which costs ``change`` more."""
        row = self.at[this]
        first, second = int(row[one]), int(row[other])
        if self.problem.rounds > 1:
            self._meet_others(this, one, other, first, second)
        row[one], row[other] = second, first
        difference = self.pairs[this, other] - self.pairs[this, one]
        self.of_table[this, first] += difference
        self.of_table[this, second] -= difference
        for person, table, sign in ((one, first, -1), (other, second, -1), (other, first, 1), (one, second, 1)):
            host, expert, resident, empty, discipline = self._marks[person]
            counts = self._counts[this][table]
            counts[0] += sign * host
            counts[1] += sign * expert
            counts[2] += sign * resident
            counts[3] += sign * empty
            if not empty:
                was = int(self.of_discipline[this, table, discipline])
                self.of_discipline[this, table, discipline] = was + sign
                self.distinct[this, table] += int(was + sign > 0) - int(was > 0)
        self._renew_table(this, first)
        self._renew_table(this, second)
        self.cost += change
        self.refresh_own()
        if self.whole:
            self._renew_rows(this, first)
            self._renew_rows(this, second)

    def _meet_others(self, this: int, one: int, other: int, first: int, second: int) -> None:
        """``one`` leaves the first table for the second and ``other`` comes from there: in the other rounds they meet
        the people of one table again from now on, and those of the other no more."""
        row = self.at[this]
        costs = ((row == second).astype(np.int32) - (row == first)) * self._repeat
        costs[one] = costs[other] = 0
        for round_ in range(self.problem.rounds):
            if round_ == this:
                continue
            at, of_table, pairs = self.at[round_], self.of_table[round_], self.pairs[round_]
            by_table = np.bincount(at, costs, self.problem.tables).astype(np.int32)
            for person, side, by in ((one, costs, by_table), (other, -costs, -by_table)):
                if self._marks[person][3]:
                    continue
                pairs[person] += side
                pairs[:, person] += side
                of_table[:, person] += by
                of_table[at[person]] += side
                if self.whole:
                    self._whole[round_, person] -= side
                    self._whole[round_, :, person] -= side

"""From a first seating to a good one: tabu search over swaps. Its budget is in steps, so a clock decides nothing."""

from __future__ import annotations

from random import Random

import numpy as np

from samenwijk.methods.seating.room import LONE_RESIDENT, NEVER, REPEAT, Ints, Numbers, Problem, Room

WHOLE_NEIGHBOURHOOD_TO = 150
"""Up to this many chairs every swap of every round is looked at in each step; above it those of one person."""

RESTING = 1 << 22
PATIENCE = 250


def dealt(problem: Problem, sizes: list[int], dice: Random) -> Ints:
    """A first seating (R x N), one person after the other at the cheapest table with a free chair."""
    at = np.full((problem.rounds, problem.number), -1, dtype=np.int32)
    pairs = problem.pairs.copy()
    for this in range(problem.rounds):
        row = at[this]
        free = np.array(sizes, dtype=np.int32)
        costs = problem.seats[this].copy()
        roles = [
            (flag, np.array(by_count), np.zeros(problem.tables, dtype=np.int32))
            for flag, by_count in ((problem.host, problem.no_host), (problem.expert, problem.no_expert))
        ]
        residents = np.zeros(problem.tables, dtype=np.int32)
        # Residents sit in twos (one group of three when they are odd), at as many tables as that gives.
        groups = int(problem.resident.sum()) // 2
        seen = np.zeros((problem.tables, int(problem.discipline.max()) + 1), dtype=np.int32)
        for person in _order(problem, dice):
            cost = costs[:, person].astype(np.int64)
            for flag, by_count, count in roles:
                if flag[person]:
                    cost += by_count[count + 1] - by_count[count]
            if problem.resident[person]:
                opening = int(residents.sum()) < min(groups, problem.tables)
                cost += LONE_RESIDENT * (
                    residents > 0 if opening else np.where(residents == 1, -1, 10 * (residents == 0))
                )
            # At the same cost where their discipline is new, and where most chairs are free.
            cost = cost * 4 * problem.number + 2 * problem.number * seen[:, problem.discipline[person]] - free
            cost[free == 0] = np.iinfo(np.int64).max
            table = _one_of(np.flatnonzero(cost == cost.min()), dice)
            row[person] = table
            free[table] -= 1
            for flag, _by_count, count in roles:
                count[table] += flag[person]
            residents[table] += problem.resident[person]
            seen[table, problem.discipline[person]] += 1
            costs[table] += pairs[person]
        people = 1 - problem.empty
        met = (row[:, None] == row[None, :]) * people[:, None] * people[None, :]
        pairs += REPEAT * met.astype(np.int32)
    return at


def _order(problem: Problem, dice: Random) -> list[int]:
    """Who is hardest to place comes first; who is equal in that is shuffled."""
    people = list(range(problem.number))
    dice.shuffle(people)
    weight = 4 * problem.host + 4 * problem.expert + 2 * problem.resident - 8 * problem.empty
    return sorted(people, key=lambda person: -int(weight[person]))


def _one_of(candidates: Numbers, dice: Random) -> int:
    return int(candidates[int(dice.random() * len(candidates))])


def better(problem: Problem, at: Ints, budget: int, dice: Random) -> tuple[Ints, int]:
    """The best seating found from this one in at most ``budget`` steps, and its cost. Never a worse one."""
    if problem.tables == 1:
        return at, Room(problem, at, whole=False).cost
    search = _everybody if problem.number <= WHOLE_NEIGHBOURHOOD_TO else _one_by_one
    return search(problem, at, budget, dice)


def _everybody(problem: Problem, at: Ints, budget: int, dice: Random) -> tuple[Ints, int]:
    room = Room(problem, at, whole=True)
    best, best_cost = room.at.copy(), room.cost
    number = problem.number
    longest = max(2, min(12, number // 4))
    resting = np.zeros(room.at.shape, dtype=np.int32)
    waking: list[list[tuple[int, int]]] = [[] for _step in range(longest + 2)]
    quiet = 0
    for step in range(budget):
        if best_cost <= problem.least:
            break
        for seat in waking[step % len(waking)]:
            resting[seat] -= RESTING
        waking[step % len(waking)].clear()
        changes = room.every_swap(resting)
        change = int(changes.min())
        if change >= NEVER:
            break
        this, rest = divmod(_one_of(np.flatnonzero(changes == change), dice), number * number)
        one, other = divmod(rest, number)
        change -= int(resting[this, one]) + int(resting[this, other])
        room.swap(this, one, other, change)
        wakes = waking[(step + 2 + int(dice.random() * longest)) % len(waking)]
        for seat in ((this, one), (this, other)):
            resting[seat] += RESTING
            wakes.append(seat)
        quiet += 1
        if room.cost < best_cost:
            best, best_cost, quiet = room.at.copy(), room.cost, 0
        elif quiet >= PATIENCE:
            quiet = 0
            room = Room(problem, _shaken(problem, best, dice), whole=True)
            resting[:] = 0
            for seats in waking:
                seats.clear()
    return best, best_cost


def _shaken(problem: Problem, at: Ints, dice: Random) -> Ints:
    """This seating after a handful of random swaps: another place to search from."""
    at = at.copy()
    for _swap in range(max(2, problem.number // 8)):
        this = int(dice.random() * problem.rounds)
        one, other = (int(dice.random() * problem.number) for _person in range(2))
        at[this, one], at[this, other] = at[this, other], at[this, one]
    return at


def _one_by_one(problem: Problem, at: Ints, budget: int, dice: Random) -> tuple[Ints, int]:
    """In a large room: take somebody whose seat or table costs something, and give them their best other seat."""
    room = Room(problem, at, whole=False)
    best, best_cost = room.at.copy(), room.cost
    resting = np.zeros(room.at.shape, dtype=np.int64)
    for step in range(budget):
        if best_cost <= problem.least:
            break
        this = step % problem.rounds
        restless = ((room.own[this] > 0) | (room.table_costs[this] > 0)[room.at[this]]) & (resting[this] <= step)
        candidates = np.flatnonzero(restless)
        if not len(candidates):
            continue
        person = _one_of(candidates, dice)
        changes = room.swaps_of(this, person)
        changes[resting[this] > step] = NEVER
        change = int(changes.min())
        if change >= NEVER:
            continue
        other = _one_of(np.flatnonzero(changes == change), dice)
        resting[this, person] = step + 3 * problem.rounds + int(dice.random() * problem.number / 2)
        if change > 0 and dice.random() > 0.02:
            continue
        room.swap(this, person, other, change)
        resting[this, other] = resting[this, person]
        if room.cost < best_cost:
            best, best_cost = room.at.copy(), room.cost
    return best, best_cost

"""The table planner beside a greedy planner and random restarts, on the same people in the same run.

    .venv/bin/python -m bench.seating [--every 4] [--quick]

Sweeps 12 to 60 people at tables of 4 to 8 over 1 to 3 rounds, then the named rooms, then mending for no-shows. Cost of
a plan, for all three: repeat 20, each discipline under four (or under what is reachable) 15, same organisation 10,
known 5, a resident alone 200, no experience expert 400, no host 800. Random restarts get the processor time that the
planner took, and at least 50 tries.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from samenwijk.methods.seating import Bounds, Person, bounds, plan, replan
from samenwijk.methods.seating.limits import sizes
from samenwijk.methods.seating.people import Pair, Seating, measured

DISCIPLINES = {
    "huisarts": 6,
    "wijkverpleegkundige": 6,
    "welzijn": 6,
    "gemeente": 5,
    "fysiotherapeut": 4,
    "ggz": 3,
    "apotheker": 2,
    "praktijkondersteuner": 3,
}
NAMED = (
    (20, 5, 3),
    (30, 5, 3),
    (30, 6, 3),
    (43, 6, 3),
    (43, 7, 3),
    (43, 8, 3),
    (43, 8, 5),
    (100, 16, 3),
    (200, 33, 3),
    (500, 80, 3),
)
ABSENCES = ((43, 7, 5, 3), (100, 16, 10, 0), (100, 16, 12, 6), (500, 80, 50, 25))


def room_of(number: int, tables: int, seed: int, *, residents: int | None = None) -> tuple[list[Person], list[Pair]]:
    """Skewed disciplines, three organisations each, a host and an experience expert to spare, 6 % known pairs."""
    dice = random.Random(seed)
    residents = max(4, number // 6) if residents is None else residents
    kinds = ["bewoner"] * residents + dice.choices(list(DISCIPLINES), list(DISCIPLINES.values()), k=number - residents)
    dice.shuffle(kinds)
    hosts, experts = (set(dice.sample(range(number), min(number, tables + 1))) for _role in range(2))
    people = [
        Person(
            at,
            kind,
            None if kind == "bewoner" else f"{kind} {dice.randrange(3)}",
            frozenset(
                role
                for role, has in (
                    ("host", at in hosts),
                    ("experience_expert", at in experts),
                    ("resident", kind == "bewoner"),
                )
                if has
            ),
        )
        for at, kind in enumerate(kinds)
    ]
    return people, [pair for pair in combinations(range(number), 2) if dice.random() < 0.06]


def cost_of(rounds: Sequence[Seating], people: Sequence[Person], known: Sequence[Pair], least: Bounds) -> int:
    told = measured(rounds, people, known)
    who = {person.id: person for person in people}
    enough = min(4, least.disciplines_min)
    missing = sum(max(0, enough - len({who[at].discipline for at in table})) for seating in rounds for table in seating)
    return int(
        20 * told["repeats"]
        + 5 * told["known"]
        + 10 * told["same_organisation"]
        + 15 * missing
        + 200 * told["lone_residents"]
        + 400 * told["tables_without_experience_expert"]
        + 800 * told["tables_without_host"]
    )


def greedy(people: Sequence[Person], tables: int, rounds: int, known: Sequence[Pair]) -> list[Seating]:
    """Round by round, hosts and experts first, everybody at the table with room that costs least at that moment."""
    met: dict[frozenset[object], int] = {}
    knows = {frozenset(pair) for pair in known}
    found: list[Seating] = []
    for _round in range(rounds):
        room: list[list[Person]] = [[] for _table in range(tables)]
        limits = sizes(len(people), tables)
        for person in sorted(people, key=lambda one: -len(one.roles)):

            def cost(table: int, person: Person = person, room: list[list[Person]] = room) -> int:
                sitting = room[table]
                total = len(sitting) + 30 * any(one.discipline == person.discipline for one in sitting)
                for role, weight in (("host", 800), ("experience_expert", 400)):
                    total -= weight * (role in person.roles and not any(role in one.roles for one in sitting))
                for one in sitting:
                    pair = frozenset((one.id, person.id))
                    total += 20 * met.get(pair, 0) + 5 * (pair in knows)
                    total += 10 * bool(person.organisation and one.organisation == person.organisation)
                return total

            room[min((table for table in range(tables) if len(room[table]) < limits[table]), key=cost)].append(person)
        for table in room:
            for one, other in combinations(table, 2):
                met[frozenset((one.id, other.id))] = met.get(frozenset((one.id, other.id)), 0) + 1
        found.append([tuple(person.id for person in table) for table in room])
    return found


def shuffled(people: Sequence[Person], tables: int, rounds: int, dice: random.Random) -> list[Seating]:
    found: list[Seating] = []
    for _round in range(rounds):
        ids = [person.id for person in people]
        dice.shuffle(ids)
        seating: Seating = []
        for size in sizes(len(people), tables):
            seating.append(tuple(ids[:size]))
            del ids[:size]
        found.append(seating)
    return found


@dataclass(frozen=True)
class Line:
    number: int
    tables: int
    rounds: int
    busy: float
    wall: float
    repeats: int
    least: Bounds
    cost: int
    greedy: int
    restarts: int
    said: str


def compared(number: int, tables: int, rounds: int, seed: int, *, residents: int | None = None) -> Line:
    people, known = room_of(number, tables, seed, residents=residents)
    least = bounds(people, tables, rounds)
    busy, wall = time.process_time(), time.perf_counter()
    found = plan(people, tables, rounds, known_pairs=known, seed=seed)
    busy, wall = time.process_time() - busy, time.perf_counter() - wall
    by_greed = cost_of(greedy(people, tables, rounds, known), people, known, least)
    dice, until, tries = random.Random(seed), time.process_time() + busy, 0
    by_chance: int | None = None
    while tries < 50 or time.process_time() < until:
        cost = cost_of(shuffled(people, tables, rounds, dice), people, known, least)
        by_chance = cost if by_chance is None else min(cost, by_chance)
        tries += 1
    said = (
        f"organisation {found.same_organisation} ({least.same_organisation}), known {found.known}, disciplines "
        f"{found.disciplines_min} ({least.disciplines_min}), no host {found.tables_without_host}, no expert "
        f"{found.tables_without_experience_expert}, alone {found.lone_residents} ({least.lone_residents})"
    )
    cost = cost_of(found.rounds, people, known, least)
    return Line(number, tables, rounds, busy, wall, found.repeats, least, cost, by_greed, by_chance or 0, said)


def sweep(every: int, residents: int | None) -> list[Line]:
    lines = []
    for rounds in (1, 2, 3):
        for number in range(12, 61, every):
            for tables in sorted({round(number / size) for size in range(4, 9)}):
                each = sizes(number, tables)
                if each[-1] >= 4 and each[0] <= 8:
                    lines.append(compared(number, tables, rounds, number * 100 + tables, residents=residents))
    return lines


def tell(title: str, lines: Sequence[Line]) -> None:
    reached = sum(line.repeats == line.least.repeats for line in lines)
    busy = sorted(line.busy for line in lines)
    print(f"\n{title}: {len(lines)} settings, repeats at the bound in {reached} ({reached / len(lines):.0%})")
    print(f"  processor time: median {busy[len(busy) // 2]:.2f} s, most {busy[-1]:.2f} s")
    for name in ("greedy", "restarts"):
        worse = [line for line in lines if line.cost > getattr(line, name)]
        print(f"  dearer than {name}: {len(worse)}", *[(line.number, line.tables, line.rounds) for line in worse])
    total = {name: sum(getattr(line, name) for line in lines) for name in ("cost", "greedy", "restarts")}
    print(f"  cost summed: planner {total['cost']}, greedy {total['greedy']}, restarts {total['restarts']}")
    missed = [line for line in lines if line.repeats != line.least.repeats]
    print("  above the bound:", *[f"{x.number}/{x.tables}/{x.rounds}: {x.repeats} ({x.least.repeats})" for x in missed])


def mended(number: int, tables: int, absent: int, late: int) -> None:
    people, known = room_of(number, tables, number)
    before = plan(people, tables, 3, known_pairs=known)
    dice = random.Random(number)
    gone = set(dice.sample(range(number), absent))
    coming = [Person(f"late {at}", dice.choice(list(DISCIPLINES))) for at in range(late)]
    busy, wall = time.process_time(), time.perf_counter()
    after = replan(before, absent=sorted(gone), late=coming)
    busy, wall = time.process_time() - busy, time.perf_counter() - wall
    stay = [person.id for person in people if person.id not in gone]
    moved = [sum(before.table_of(at, this) != after.table_of(at, this) for at in stay) for this in range(3)]
    print(
        f"  {number}/{tables}/3, -{absent} +{late}: {busy:.2f} s busy, {wall:.2f} s; moved {moved} of {len(stay)}; "
        f"repeats {before.repeats} -> {after.repeats}, no host {after.tables_without_host}, "
        f"alone {after.lone_residents}"
    )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--every", type=int, default=4, help="step in the number of people (1: all of them)")
    asked.add_argument("--quick", action="store_true", help="only the named rooms")
    options = asked.parse_args()
    if not options.quick:
        tell("Sweep with a sixth residents", sweep(options.every, None))
        tell("Sweep without residents", sweep(options.every, 0))
    print("\nNamed rooms (cost: planner / greedy / restarts)")
    for number, tables, rounds in NAMED:
        line = compared(number, tables, rounds, 1)
        print(
            f"  {number}/{tables}/{rounds}: {line.busy:.2f} s busy, {line.wall:.2f} s; repeats {line.repeats} "
            f"({line.least.repeats}); {line.said}; {line.cost} / {line.greedy} / {line.restarts}"
        )
    print("\nMending, from round 0")
    for absence in ABSENCES:
        mended(*absence)


if __name__ == "__main__":
    main()

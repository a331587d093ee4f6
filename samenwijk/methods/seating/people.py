"""Who sits where: the values that go in and come out of the planner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

Id = Hashable
Pair = tuple[Id, Id]
Fixed = tuple[Id, int, int]
"""Who sits where whatever comes: an id, the index of a round and the index of a table."""
Seating = list[tuple[Id, ...]]
"""One round: for every table, in the order of the tables, the ids of who sits there."""

HOST = "host"
EXPERT = "experience_expert"
RESIDENT = "resident"


@dataclass(frozen=True)
class Person:
    """Somebody who gets a seat. ``roles`` that count: "host", "experience_expert", "resident"; ``wishes`` are
    themes, the dearest first. Without ``organisation`` somebody comes on their own."""

    id: Id
    discipline: str
    organisation: str | None = None
    roles: frozenset[str] = frozenset()
    wishes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """Something to tell the organiser: a ``code`` with its ``numbers``, and the Dutch ``sentence``."""

    code: str
    sentence: str
    numbers: dict[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Figures:
    """What a plan costs, or can cost at the least.

    ``repeats`` is the sum over pairs of C(times at one table, 2); ``same_organisation`` and ``known`` count pairs at
    one table, summed over rounds; ``disciplines_min`` is the least number of disciplines at a table (more is better);
    ``tables_without_host``, ``tables_without_experience_expert`` and ``lone_residents`` are summed over rounds;
    ``pairs_met`` is the share of all pairs that sit together at least once (more is better), 0 to 1.
    """

    repeats: int
    same_organisation: int
    known: int
    disciplines_min: int
    tables_without_host: int
    tables_without_experience_expert: int
    lone_residents: int
    pairs_met: float
    findings: tuple[Finding, ...]

    @property
    def advice(self) -> list[str]:
        return [finding.sentence for finding in self.findings]


@dataclass(frozen=True)
class Bounds(Figures):
    """What no plan can better: a minimum, and for ``disciplines_min`` and ``pairs_met`` a maximum."""


@dataclass(frozen=True)
class Plan(Figures):
    """Where everybody sits in each round, what it costs, and what is needed to mend it later."""

    rounds: list[Seating]
    people: tuple[Person, ...]
    tables: int
    absent: frozenset[Id]
    known_pairs: tuple[Pair, ...]
    themes: tuple[str | None, ...] | None
    theme_weight: float
    seed: int
    fixed: tuple[Fixed, ...] = ()

    def table_of(self, person_id: Id, round_index: int) -> int | None:
        """The index of somebody's table in a round, or None for who is not there."""
        return next((at for at, table in enumerate(self.rounds[round_index]) if person_id in table), None)


def measured(
    rounds: Sequence[Seating], people: Iterable[Person], known_pairs: Iterable[Pair]
) -> dict[str, int | float]:
    """The figures of these rounds, counted plainly from the seats; empty tables are left out of ``disciplines_min``."""
    who = {person.id: person for person in people}
    order = {person_id: index for index, person_id in enumerate(who)}
    known = {_pair(order[one], order[other]) for one, other in known_pairs}
    meetings: Counter[tuple[int, int]] = Counter()
    same_organisation = lone = without_host = without_expert = 0
    disciplines: list[int] = []
    for table in (table for seating in rounds for table in seating):
        sitting = [who[person_id] for person_id in table]
        meetings.update(_pair(order[one], order[other]) for one, other in combinations(table, 2))
        organisations = Counter(person.organisation for person in sitting if person.organisation)
        same_organisation += sum(count * (count - 1) // 2 for count in organisations.values())
        without_host += not any(HOST in person.roles for person in sitting)
        without_expert += not any(EXPERT in person.roles for person in sitting)
        lone += len(sitting) > 1 and sum(RESIDENT in person.roles for person in sitting) == 1
        if sitting:
            disciplines.append(len({person.discipline for person in sitting}))
    seated = {person_id for seating in rounds for table in seating for person_id in table}
    pairs = len(seated) * (len(seated) - 1) // 2
    return {
        "repeats": sum(count * (count - 1) // 2 for count in meetings.values()),
        "same_organisation": same_organisation,
        "known": sum(count for pair, count in meetings.items() if pair in known),
        "disciplines_min": min(disciplines, default=0),
        "tables_without_host": without_host,
        "tables_without_experience_expert": without_expert,
        "lone_residents": lone,
        "pairs_met": len(meetings) / pairs if pairs else 1.0,
    }


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def checked(
    people: Sequence[Person],
    tables: int,
    rounds: int,
    known_pairs: Iterable[Pair] = (),
    themes: Sequence[str | None] | None = None,
    theme_weight: float = 0.0,
    fixed: Iterable[Fixed] = (),
) -> tuple[Person, ...]:
    """The people, when the question makes sense; otherwise ``ValueError`` with a sentence."""
    people = tuple(people)
    for name, number in (("tables", tables), ("rounds", rounds)):
        if isinstance(number, bool) or not isinstance(number, int):
            raise ValueError(f"{name} must be a whole number, not {number!r}")
        if number < 1:
            raise ValueError(f"{name} must be at least 1, not {number}")
    ids = no_doubles([person.id for person in people])
    if tables > len(people):
        raise ValueError(f"there are more tables ({tables}) than people ({len(people)})")
    for pair in known_pairs:
        one, other = pair
        if one == other:
            raise ValueError(f"known_pairs has a pair of somebody with themselves: {one!r}")
        if unknown := [person_id for person_id in (one, other) if person_id not in ids]:
            raise ValueError(f"known_pairs names somebody who is not in people: {unknown[0]!r}")
    for person_id, this, table in fixed:
        if person_id not in ids:
            raise ValueError(f"fixed names somebody who is not in people: {person_id!r}")
        if not (0 <= this < rounds and 0 <= table < tables):
            raise ValueError(f"fixed names a round or table that is not there: {this}, {table}")
    if themes is not None and len(themes) != tables:
        raise ValueError(f"themes must have one theme per table: {tables}, not {len(themes)}")
    if not 0 <= theme_weight < float("inf"):
        raise ValueError(f"theme_weight must be 0 or more, not {theme_weight}")
    if theme_weight and themes is None:
        raise ValueError("theme_weight needs themes: one per table")
    return people


def no_doubles(ids: Sequence[Id]) -> frozenset[Id]:
    """These ids as a set; ``ValueError`` when one occurs twice."""
    if doubles := [person_id for person_id, count in Counter(ids).items() if count > 1]:
        raise ValueError(f"the same id occurs more than once: {doubles[0]!r}")
    return frozenset(ids)

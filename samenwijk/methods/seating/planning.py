"""A table plan for an evening: everybody meets new people at mixed tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random

import numpy as np

from samenwijk.methods.seating.limits import (
    advice_before,
    bounds,
    least_repeats_at_all,
    most_disciplines,
    repeats_of_residents,
    shared_out,
    sizes,
)
from samenwijk.methods.seating.people import (
    EXPERT,
    HOST,
    RESIDENT,
    Finding,
    Fixed,
    Id,
    Pair,
    Person,
    Plan,
    checked,
    measured,
)
from samenwijk.methods.seating.room import (
    ENOUGH_DISCIPLINES,
    FEW_DISCIPLINES,
    KNOWN,
    LONE_RESIDENT,
    MORE_DISCIPLINES,
    NO_EXPERT,
    NO_HOST,
    NOT_FIXED,
    REPEAT,
    SAME_ORGANISATION,
    Ints,
    Problem,
)
from samenwijk.methods.seating.searching import WHOLE_NEIGHBOURHOOD_TO, better, dealt

LATER_WISH = 0.4
"""A table with somebody's second or later wish leaves this share of the cost of a table they did not wish for."""


def plan(
    people: Sequence[Person],
    tables: int,
    rounds: int,
    *,
    known_pairs: Iterable[Pair] = (),
    themes: Sequence[str | None] | None = None,
    theme_weight: float = 0.0,
    seed: int = 0,
    fixed: Iterable[Fixed] = (),
) -> Plan:
    """Seats everybody once in each of ``rounds`` rounds at one of ``tables`` tables, whose sizes differ by at most one.

    First a host and an experience expert at every table while there are enough, and no resident alone among
    professionals; then few repeated meetings, mixed disciplines, few of one organisation and few ``known_pairs``
    together. ``themes`` gives each table (the same in every round) a theme; at ``theme_weight`` 1 a seat without a
    theme that somebody wished for costs as much as meeting the same person again. The same question with the same
    ``seed`` has the same answer on every machine. Who is ``fixed`` (id, round, table) sits there whatever comes, as
    long as the table has chairs enough. Raises ``ValueError`` for a question that makes no sense.
    Source: docs/methods/seating.md.
    """
    known_pairs = tuple((one, other) for one, other in known_pairs)
    fixed = tuple(fixed)
    people = checked(people, tables, rounds, known_pairs, themes, theme_weight, fixed)
    themes = None if themes is None else tuple(themes)
    dice = Random(seed)  # noqa: S311
    problem = _problem(people, tables, rounds, known_pairs, themes, theme_weight)
    hold(problem.seats, people, fixed)
    at = best_tables(problem, dealt(problem, sizes(len(people), tables), dice))
    at, cost = better(problem, at, budget_for(problem), dice)
    at = best_tables(problem, at)
    if cost <= problem.least:
        # Nothing is left to better, so there is time to mix the disciplines further than is asked.
        mixed = replace(problem, disciplines=discipline_costs(most_disciplines(people, tables), len(people), more=True))
        at, cost = better(mixed, at, budget_for(problem) // 10, dice)
    seating = [_seating(row, people, tables) for row in at]
    return told(seating, people, tables, frozenset(), known_pairs, themes, theme_weight, seed, fixed)


def best_tables(problem: Problem, at: Ints) -> Ints:
    """The same groups in each round, each at the table where its seats cost least: what no swap of two people finds."""
    if not problem.seats.any():
        return at
    from scipy.optimize import linear_sum_assignment

    at = at.copy()
    for row, seats in zip(at, problem.seats, strict=True):
        groups = np.stack([seats[:, row == group].sum(axis=1) for group in range(problem.tables)])
        row[:] = linear_sum_assignment(groups)[1][row]
    return at


def budget_for(problem: Problem) -> int:
    """How many steps a search may take: under a second's work, but counted in what one step looks at."""
    if problem.number > WHOLE_NEIGHBOURHOOD_TO:
        return 25_000
    return min(80 * problem.number, 80_000_000 // (20_000 + problem.rounds * problem.number**2))


def _seating(row: Ints, people: Sequence[Person], tables: int) -> list[tuple[Id, ...]]:
    return [
        tuple(people[at].id for at in np.flatnonzero(row[: len(people)] == table).tolist()) for table in range(tables)
    ]


def _problem(
    people: Sequence[Person],
    tables: int,
    rounds: int,
    known_pairs: Iterable[Pair],
    themes: Sequence[str | None] | None,
    theme_weight: float,
) -> Problem:
    pairs = pair_costs(people, known_pairs)
    organisations = sum(shared_out(count, tables) for count in _members(people).values())
    hosts, experts = (sum(role in person.roles for person in people) for role in (HOST, EXPERT))
    number = len(people)
    least = (
        REPEAT * max(least_repeats_at_all(number, tables, rounds), repeats_of_residents(people, tables, rounds))
        + rounds * SAME_ORGANISATION * organisations
        + rounds * NO_HOST * max(0, tables - hosts)
        + rounds * NO_EXPERT * max(0, tables - experts)
        + LONE_RESIDENT * bounds(people, tables, rounds).lone_residents
    )
    return problem_for(
        people,
        tables,
        pairs=pairs,
        seats=np.repeat(theme_costs(people, tables, themes, theme_weight)[None], rounds, axis=0),
        empty=0,
        chairs=[0] * 3,
        most=most_disciplines(people, tables),
        least=least,
    )


def problem_for(
    people: Sequence[Person],
    tables: int,
    *,
    pairs: Ints,
    seats: Ints,
    empty: int,
    chairs: list[int],
    most: int,
    least: int = 0,
) -> Problem:
    """The room of these people and ``empty`` chairs, with what a table without a role costs."""
    number = len(people) + empty
    longest = number + 2
    flags = {role: np.zeros(number, dtype=np.int32) for role in (HOST, EXPERT, RESIDENT)}
    for at, person in enumerate(people):
        for role in flags:
            flags[role][at] = role in person.roles
    names = {name: index for index, name in enumerate(dict.fromkeys(person.discipline for person in people))}
    discipline = np.full(number, len(names), dtype=np.int32)
    discipline[: len(people)] = [names[person.discipline] for person in people]
    is_empty = np.zeros(number, dtype=np.int32)
    is_empty[len(people) :] = 1
    whole = np.zeros((number, number), dtype=np.int32)
    whole[: len(people), : len(people)] = pairs
    where = np.zeros((len(seats), tables, number), dtype=np.int32)
    where[:, :, : len(people)] = seats
    return Problem(
        tables=tables,
        pairs=whole,
        seats=where,
        host=flags[HOST],
        expert=flags[EXPERT],
        resident=flags[RESIDENT],
        empty=is_empty,
        discipline=discipline,
        no_host=[NO_HOST] + [0] * longest,
        no_expert=[NO_EXPERT] + [0] * longest,
        lone=[0, LONE_RESIDENT] + [0] * longest,
        chairs=chairs + [chairs[-1]] * longest,
        disciplines=discipline_costs(most, number),
        least=least,
    )


def discipline_costs(most: int, number: int, *, more: bool = False) -> list[int]:
    """What a table costs by its number of disciplines, when every table can have ``most`` of them."""
    enough = min(ENOUGH_DISCIPLINES, most)
    return [
        FEW_DISCIPLINES * max(0, enough - count) + more * MORE_DISCIPLINES * max(0, most - count)
        for count in range(number + 2)
    ]


def pair_costs(people: Sequence[Person], known_pairs: Iterable[Pair]) -> Ints:
    """What it costs to put two people at one table once (n x n)."""
    index = {person.id: at for at, person in enumerate(people)}
    pairs = np.zeros((len(people), len(people)), dtype=np.int32)
    for one, other in {frozenset(pair) for pair in known_pairs}:
        if one in index and other in index:
            pairs[index[one], index[other]] = pairs[index[other], index[one]] = KNOWN
    members: dict[str, list[int]] = {}
    for at, person in enumerate(people):
        if person.organisation:
            members.setdefault(person.organisation, []).append(at)
    for group in members.values():
        pairs[np.ix_(group, group)] += SAME_ORGANISATION
    np.fill_diagonal(pairs, 0)
    return pairs


def _members(people: Sequence[Person]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for person in people:
        if person.organisation:
            counts[person.organisation] = counts.get(person.organisation, 0) + 1
    return counts


def theme_costs(
    people: Sequence[Person], tables: int, themes: Sequence[str | None] | None, theme_weight: float
) -> Ints:
    """What it costs to seat somebody at a table whose theme they did not wish for (T x n)."""
    costs = np.zeros((tables, len(people)), dtype=np.int32)
    if themes is None or not theme_weight:
        return costs
    full = round(REPEAT * min(theme_weight, 50.0))
    for at, person in enumerate(people):
        if person.wishes:
            costs[:, at] = full
            for place, wish in reversed(list(enumerate(person.wishes))):
                costs[[theme == wish for theme in themes], at] = 0 if place == 0 else round(full * LATER_WISH)
    return costs


def hold(seats: Ints, people: Sequence[Person], fixed: Iterable[Fixed]) -> None:
    """Makes every other seat dear for who is ``fixed``, for as long as the table has chairs enough."""
    index = {person.id: at for at, person in enumerate(people)}
    for person_id, this, table in fixed:
        if (at := index.get(person_id)) is not None and 0 <= this < len(seats):
            seats[this, :, at] += NOT_FIXED
            seats[this, table, at] -= NOT_FIXED


def told(
    seating: list[list[tuple[Id, ...]]],
    people: tuple[Person, ...],
    tables: int,
    absent: frozenset[Id],
    known_pairs: tuple[Pair, ...],
    themes: tuple[str | None, ...] | None,
    theme_weight: float,
    seed: int,
    fixed: tuple[Fixed, ...],
) -> Plan:
    """These seats as a plan: with its figures, and with what the organiser should know of it."""
    figures = measured(seating, people, known_pairs)
    present = [person for person in people if person.id not in absent]
    findings = list(advice_before(present, tables, len(seating)))
    findings += _on_wishes(present, themes)
    return Plan(
        **figures,  # type: ignore[arg-type]
        findings=tuple(findings),
        rounds=seating,
        people=people,
        tables=tables,
        absent=absent,
        known_pairs=known_pairs,
        themes=themes,
        theme_weight=theme_weight,
        seed=seed,
        fixed=fixed,
    )


def _on_wishes(people: Sequence[Person], themes: Sequence[str | None] | None) -> list[Finding]:
    """Wishes that no seat in the room can meet, with their number."""
    if themes is None:
        return []
    wished: dict[str, int] = {}
    for person in people:
        if person.wishes and not set(person.wishes) & set(themes):
            wished[person.wishes[0]] = wished.get(person.wishes[0], 0) + 1
    return [
        Finding(
            "theme_without_table",
            f"{count} {'wens' if count == 1 else 'wensen'} voor het thema {theme}: er is geen tafel met dat thema.",
            {"theme": theme, "count": count},
        )
        for theme, count in sorted(wished.items())
    ]

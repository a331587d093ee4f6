"""What no table plan can better, and what to tell the organiser about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from samenwijk.methods.seating.people import EXPERT, HOST, RESIDENT, Bounds, Finding, Person, checked

SMALLEST_TALK = 3
"""A table of fewer people is no table talk: no number of tables is advised that makes them so small."""


def bounds(people: Sequence[Person], tables: int, rounds: int) -> Bounds:
    """What no plan of these people at ``tables`` tables (sizes differing by at most one) over ``rounds`` can better.

    Each figure is bounded on its own; together they can be out of reach. ``known`` is 0: who knows whom is not asked.
    Raises ``ValueError`` for a question that makes no sense. The formulas are in docs/methods/seating.md.
    """
    people = checked(people, tables, rounds)
    repeats = _least_repeats(len(people), tables, rounds)
    return Bounds(
        repeats=repeats,
        same_organisation=rounds * sum(shared_out(members, tables) for members in _organisations(people).values()),
        known=0,
        disciplines_min=most_disciplines(people, tables),
        tables_without_host=rounds * max(0, tables - with_role(people, HOST)),
        tables_without_experience_expert=rounds * max(0, tables - with_role(people, EXPERT)),
        lone_residents=rounds * least_lone_residents(people, tables),
        pairs_met=_most_pairs_met(len(people), tables, rounds, repeats),
        findings=advice_before(people, tables, rounds),
    )


def sizes(number: int, tables: int) -> list[int]:
    """The sizes of the tables, the larger ones first; they differ by at most one."""
    size, larger = divmod(number, tables)
    return [size + 1] * larger + [size] * (tables - larger)


def shared_out(number: int, tables: int) -> int:
    """The pairs that share a table when ``number`` people are spread over ``tables`` as evenly as can be."""
    return sum(size * (size - 1) // 2 for size in sizes(number, tables))


def _least_repeats(number: int, tables: int, rounds: int) -> int:
    # A table of s people draws from the T tables of another round, so at least this many of its pairs met there.
    each = sum(shared_out(size, tables) for size in sizes(number, tables))
    return each * rounds * (rounds - 1) // 2


def least_repeats_at_all(number: int, tables: int, rounds: int) -> int:
    """Also counts that more pairs sit together than there are: for stopping a search, not shown."""
    seats = rounds * shared_out(number, tables)
    pairs = number * (number - 1) // 2
    often, more = divmod(seats, pairs) if pairs else (0, 0)
    counted = more * often * (often + 1) // 2 + (pairs - more) * often * (often - 1) // 2
    return max(counted, _least_repeats(number, tables, rounds))


def _most_pairs_met(number: int, tables: int, rounds: int, repeats: int) -> float:
    pairs = number * (number - 1) // 2
    if not pairs:
        return 1.0
    # A pair that meets m times adds C(m, 2) repeats and loses m - 1 meetings: at least 2/R of its repeats.
    lost = -(-2 * repeats // rounds)
    return min(pairs, rounds * shared_out(number, tables) - lost) / pairs


def most_disciplines(people: Sequence[Person], tables: int) -> int:
    """The most disciplines that every table can have at once: a discipline of m people reaches min(m, T) tables."""
    spread = sum(min(count, tables) for count in Counter(person.discipline for person in people).values())
    return min(spread // tables, len(people) // tables)


def least_lone_residents(people: Sequence[Person], tables: int) -> int:
    """How many residents must be the only one among others in each round."""
    residents = with_role(people, RESIDENT)
    each = sizes(len(people), tables)
    if residents == 0 or each[-1] <= 1:
        return 0
    return int(residents == 1 or (each[0] == 2 and residents % 2 == 1))


def repeats_of_residents(people: Sequence[Person], tables: int, rounds: int) -> int:
    """The repeats that follow from never leaving a resident alone: 2 or 3 of them always sit together, and 5 of them
    sit as 2 and 3, so that in another round two of those three meet again."""
    if least_lone_residents(people, tables) or len(people) // tables == 1:
        return 0
    each = {2: 1, 3: 3, 5: 1}.get(with_role(people, RESIDENT), 0)
    return each * rounds * (rounds - 1) // 2


def with_role(people: Sequence[Person], role: str) -> int:
    return sum(role in person.roles for person in people)


def _organisations(people: Sequence[Person]) -> Counter[str]:
    return Counter(person.organisation for person in people if person.organisation)


def advice_before(people: Sequence[Person], tables: int, rounds: int) -> tuple[Finding, ...]:
    """What can be said of this number of tables and these people before anybody has a seat."""
    found = [*_on_repeats(len(people), tables, rounds)]
    for role, code, plural in ((HOST, "host", "gastheren"), (EXPERT, "expert", "ervaringsdeskundigen")):
        there = with_role(people, role)
        if there < tables:
            found.append(_too_few(code, plural, tables - there, there))
    if least_lone_residents(people, tables):
        residents = with_role(people, RESIDENT)
        sentence = (
            "1 bewoner zit alleen tussen professionals: er is maar 1 bewoner."
            if residents == 1
            else f"1 bewoner zit alleen tussen professionals: {residents} bewoners gaan niet op in tafels van 2."
        )
        found.append(Finding("lone_resident", sentence, {"residents": residents}))
    if again := repeats_of_residents(people, tables, rounds):
        residents = with_role(people, RESIDENT)
        sentence = f"Er zijn maar {residents} bewoners. Niemand van hen zit alleen, en daarom zitten zij minstens "
        sentence += f"{again} keer opnieuw bij elkaar."
        found.append(Finding("few_residents", sentence, {"residents": residents, "repeats": again}))
    if len(people) < SMALLEST_TALK * tables:
        fewer = max(1, len(people) // SMALLEST_TALK)
        sentence = f"Aan {tables} tafels zitten met {len(people)} mensen niet overal 3 mensen: neem hooguit {fewer} "
        sentence += f"{'tafel' if fewer == 1 else 'tafels'}."
        found.append(Finding("too_many_tables", sentence, {"tables": tables, "people": len(people), "fewer": fewer}))
    found += [
        Finding(
            "large_organisation",
            f"{name} komt met {members} mensen en er zijn {tables} tafels: per ronde zitten "
            f"minstens {shared_out(members, tables)} keer twee van hen samen.",
            {"organisation": name, "members": members, "tables": tables, "pairs": shared_out(members, tables)},
        )
        for name, members in sorted(_organisations(people).items())
        if members > tables
    ]
    disciplines = len({person.discipline for person in people})
    reachable = most_disciplines(people, tables)
    if reachable < min(4, len(people) // tables):
        sentence = f"Een tafel met {reachable} {'discipline' if reachable == 1 else 'disciplines'}: "
        sentence += f"{disciplines} disciplines zijn niet over {tables} tafels te verdelen tot meer."
        numbers: dict[str, int | str] = {"reachable": reachable, "disciplines": disciplines, "tables": tables}
        found.append(Finding("few_disciplines", sentence, numbers))
    return tuple(found)


def _too_few(code: str, plural: str, without: int, there: int) -> Finding:
    tables = "1 tafel" if without == 1 else f"{without} tafels"
    one = {"gastheren": "gastheer", "ervaringsdeskundigen": "ervaringsdeskundige"}[plural]
    why = "er is er geen" if there == 0 else "er is er maar 1" if there == 1 else f"er zijn er maar {there}"
    return Finding(f"too_few_{code}s", f"{tables} zonder {one}: {why}.", {"without": without, "there": there})


def _on_repeats(number: int, tables: int, rounds: int) -> list[Finding]:
    least = _least_repeats(number, tables, rounds)
    if not least:
        return []
    better = next(
        (more for more in range(tables + 1, number // SMALLEST_TALK + 1) if not _least_repeats(number, more, rounds)),
        None,
    )
    # Repeats are summed over pairs of rounds, so this is how often at the least a pair meets once more.
    start = f"Met {tables} {'tafel' if tables == 1 else 'tafels'} en {rounds} rondes zijn minstens {least} herhalingen "
    start += "niet te vermijden"
    numbers: dict[str, int | str] = {"tables": tables, "rounds": rounds, "repeats": least}
    if better is None:
        return [Finding("repeats_forced", f"{start}.", numbers)]
    numbers["better"] = better
    return [
        Finding(
            "take_more_tables",
            f"{start}: neem {better} tafels, dan hoeft niemand elkaar twee keer te treffen.",
            numbers,
        )
    ]

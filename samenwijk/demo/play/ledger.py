"""What was sent, and whether the export holds exactly that: by key and text, nothing lost, nothing doubled."""

from __future__ import annotations

import csv
import io
import threading
import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from samenwijk.demo.play import outcome
from samenwijk.demo.play.ballots import Ballot

STATEMENTS = ("ken", "prioriteiten", "aan-de-slag")


@dataclass(frozen=True)
class Sent:
    """One accepted sending. `slot` is set for what somebody has once: a newer one takes its place."""

    kind: str
    key: str
    text: str
    slot: tuple[str, ...] = ()
    exported: bool = True


@dataclass
class Difference:
    lost: list[Sent] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    leaked: list[Sent] = field(default_factory=list)
    counts: list[str] = field(default_factory=list)
    seats: int = 0
    seats_told: int = 0

    @property
    def nothing(self) -> bool:
        return not (self.lost or self.doubled or self.changed or self.leaked or self.counts)


class Ledger:
    """Written to by all participants at once; compared at the end."""

    def __init__(self) -> None:
        self._gate = threading.Lock()
        self._sent: list[Sent] = []
        self._slots: dict[tuple[str, ...], Sent] = {}
        self._ballots: dict[tuple[str, str], Ballot] = {}
        self._seats: dict[tuple[str, str], str] = {}
        self._placed: dict[tuple[str, str], str] = {}
        self._paper: Counter[str] = Counter()
        self._merged: dict[str, str] = {}
        self.refused = 0
        self.late = 0
        self.faults: list[str] = []

    def sent(self, entry: Sent) -> None:
        with self._gate:
            if entry.slot:
                self._slots[entry.slot] = entry
            else:
                self._sent.append(entry)

    def taken_back(self, slot: tuple[str, ...]) -> None:
        with self._gate:
            self._slots.pop(slot, None)

    def ballot(self, step: str, voter: str, given: Ballot | None) -> None:
        """A voter's newest ballot in a round; nothing takes it away."""
        with self._gate:
            self._ballots.pop((step, voter), None)
            if given is not None:
                self._ballots[(step, voter)] = given

    def sat(self, key: str, number: str, table: str) -> None:
        """The table that somebody's phone told last in a round."""
        with self._gate:
            self._seats[(key, number)] = table

    def placed(self, public_id: str, number: str, table: str) -> None:
        """Somebody whom the facilitator gave a table by hand in a round."""
        with self._gate:
            self._placed[(public_id, number)] = table

    def paper(self, option: str, dots: int) -> None:
        with self._gate:
            self._paper[option] += dots

    def was_refused(self) -> None:
        with self._gate:
            self.refused += 1

    def came_late(self) -> None:
        with self._gate:
            self.late += 1

    def fault(self, what: str) -> None:
        with self._gate:
            self.faults.append(what)

    @property
    def entries(self) -> list[Sent]:
        return [*self._sent, *self._slots.values()]

    def totals(self) -> Counter[str]:
        return Counter(entry.kind for entry in self.entries if entry.exported)

    def points(self) -> Counter[str]:
        """Points per option, as they were sent."""
        return outcome.points_of(self._ballots, self._paper)

    def compare(self, exported: str) -> Difference:
        rows = list(csv.DictReader(io.StringIO(exported.removeprefix("\ufeff"))))
        found = Difference()
        by_key: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in rows:
            if row["key"] and row["kind"] != "late":
                by_key[row["key"]].append(row)
        for entry in self.entries:
            self._check(entry, by_key, found)
        found.doubled += [f"{rows[0]['kind']} {key}" for key, rows in by_key.items() if len(rows) > 1]
        found.counts += outcome.differences(rows, self._ballots, self._paper)
        self._check_seats(rows, found)
        return found

    def _check_seats(self, rows: list[dict[str, str]], found: Difference) -> None:
        """Whoever was told a table has that seat in the export, and nobody has two in a round."""
        ids = {row["key"]: row["id"] for row in rows if row["kind"] == "participant"}
        seats = [row for row in rows if row["kind"] == "seat"]
        exported = {(row["about"], row["value"]): row["table"] for row in seats}
        if len(exported) < len(seats):
            found.doubled.append(f"{len(seats) - len(exported)} plaatsen aan tafel")
        told = {(ids.get(key, ""), number): table for (key, number), table in self._seats.items()} | self._placed
        for (who, number), table in told.items():
            there = exported.get((who, number), "geen")
            if there == table:
                found.seats += 1
            else:
                found.counts.append(f"tafel van {who} in ronde {number}: verteld {table}, in export {there}")
        found.seats_told = len(told)

    @staticmethod
    def _check(entry: Sent, by_key: dict[str, list[dict[str, str]]], found: Difference) -> None:
        rows = by_key.get(entry.key, [])
        if not entry.exported:
            if rows:
                found.leaked.append(entry)
            return
        if not rows:
            found.lost.append(entry)
        elif rows[0]["text"].removeprefix("'") != entry.text.removeprefix("'"):
            found.changed.append(f"{entry.kind} {entry.key}: {entry.text!r} -> {rows[0]['text']!r}")


def statement_keys(key: str, given: list[str]) -> dict[str, str]:
    """The keys under which the answers to the three statements are kept: one sending, an answer each."""
    return {slug: str(uuid.uuid5(uuid.UUID(key), slug)) for slug in given}

"""What goes over the wire: a frame says that something happened, of which kind; never text, never a tally."""

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

CHANNELS = ("phone", "screen", "facilitator")
"""The three audiences of a room."""

OPEN_VOTE_CHANNELS = ("screen", "facilitator")
"""Who hears how many people have voted while a vote is open; 45 phones need not hear of 45 votes."""


@dataclass(frozen=True, slots=True)
class Signal:
    """A frame as the hub holds it: encoded once, sent to everybody."""

    room: int
    seq: int
    kind: str
    channels: frozenset[str]
    voters: int | None
    at: float
    event: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "event", encode(self.facts(), number=self.seq))

    def facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = {"kind": self.kind, "seq": self.seq, "at": milliseconds(self.at)}
        return facts if self.voters is None else {**facts, "voters": self.voters}


def encode(facts: dict[str, Any], *, name: str = "", number: int | None = None) -> bytes:
    """One server-sent event; without a name the browser calls it a message."""
    lines = [] if number is None else [f"id: {number}"]
    if name:
        lines.append(f"event: {name}")
    lines.append("data: " + json.dumps(facts, separators=(",", ":")))
    return ("\n".join(lines) + "\n\n").encode()


def milliseconds(at: float | None = None) -> int:
    return round((time.time() if at is None else at) * 1000)


def newest_votes_only(signals: Iterable[Signal]) -> list[Signal]:
    """Of open-vote signals of one kind only the last says anything new."""
    kept: list[Signal] = []
    seen: set[str] = set()
    for signal in reversed(list(signals)):
        if signal.voters is not None:
            if signal.kind in seen:
                continue
            seen.add(signal.kind)
        kept.append(signal)
    return kept[::-1]

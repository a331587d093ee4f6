"""Who is in the room: phones with a live line, and which of them hold answers that did not reach us yet.

Closing a vote waits for `pending(room)` to become 0, so that an answer given in time is counted although it
arrives late. It is about this minute and lives in the memory of the serving process.
"""

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samenwijk.live.models import Room

BETWEEN_PAGES = 6.0
"""Seconds that a phone without a line still counts: it is loading its next page or polling again."""
STILL_SENDING = 20.0
"""Seconds that unsent answers of a phone that lost its line are waited for."""
MOST_BROWSERS = 100
"""Browsers of one person, or projectors of one room, that are told apart; what comes after them counts as one."""


@dataclass(slots=True)
class Listener:
    who: str
    channel: str
    lines: int = 0
    pending: int = 0
    left_at: float = 0.0

    def away_for(self, now: float) -> float:
        return 0.0 if self.lines else now - self.left_at


@dataclass(frozen=True, slots=True)
class Count:
    """Listeners of one room in one process."""

    phone: int
    screen: int
    facilitator: int
    pending: int


class Presence:
    """Counts people, not sockets: two tabs, or a stream and a late poll, are one phone."""

    def __init__(self) -> None:
        self._rooms: dict[int, dict[str, dict[str, Listener]]] = {}
        """Room -> person, or the channel where nobody has a name -> browser -> listener."""
        self._gate = threading.Lock()

    def connected(self, room: int, channel: str) -> int:
        now = time.monotonic()
        return len({one.who for one in self._listeners(room, channel) if one.away_for(now) <= BETWEEN_PAGES})

    def pending(self, room: int) -> int:
        now = time.monotonic()
        holding = (one for one in self._listeners(room, "phone") if one.pending)
        return len({one.who for one in holding if one.away_for(now) <= STILL_SENDING})

    def counts(self) -> dict[int, Count]:
        """For each room that this process knows, how many of each."""
        with self._gate:
            rooms = list(self._rooms)
        return {room: self._count(room) for room in rooms}

    def _count(self, room: int) -> Count:
        return Count(
            phone=self.connected(room, "phone"),
            screen=self.connected(room, "screen"),
            facilitator=self.connected(room, "facilitator"),
            pending=self.pending(room),
        )

    def arrive(self, room: int, channel: str, who: str, client: str, pending: int | None) -> Listener:
        """A line opens; `client` tells the browsers of one person apart."""
        with self._gate:
            listener = self._listener(room, channel, who, client)
            listener.lines += 1
            if pending is not None:
                listener.pending = pending
        return listener

    def leave(self, listener: Listener) -> None:
        with self._gate:
            listener.lines -= 1
            listener.left_at = time.monotonic()

    def report(self, room: int, channel: str, who: str, client: str, pending: int) -> None:
        with self._gate:
            listener = self._listener(room, channel, who, client)
            listener.pending = pending
            if not listener.lines:
                listener.left_at = time.monotonic()

    def lines(self, room: int, who: str) -> int:
        """How many lines one person holds open in a room."""
        with self._gate:
            return sum(one.lines for one in self._rooms.get(room, {}).get(who, {}).values())

    def forget(self, room: int) -> None:
        with self._gate:
            self._rooms.pop(room, None)

    def forget_gone(self) -> None:
        """Drops who left more than a minute ago."""
        long_ago = time.monotonic() - 60
        with self._gate:
            for people in self._rooms.values():
                for who, browsers in list(people.items()):
                    for client, one in list(browsers.items()):
                        if not one.lines and one.left_at < long_ago:
                            del browsers[client]
                    if not browsers:
                        del people[who]

    def _listener(self, room: int, channel: str, who: str, client: str) -> Listener:
        browsers = self._rooms.setdefault(room, {}).setdefault(who or channel, {})
        if client not in browsers and len(browsers) >= MOST_BROWSERS:
            client = ""
        return browsers.setdefault(client, Listener(who or client, channel))

    def _listeners(self, room: int, channel: str) -> list[Listener]:
        with self._gate:
            people = self._rooms.get(room, {}).values()
            return [one for browsers in people for one in browsers.values() if one.channel == channel]


presence = Presence()


def connected(room: "Room", channel: str = "phone") -> int:
    """The number of different phones (or screens, or consoles) that are connected to this room now."""
    from samenwijk.live.attendance import elsewhere

    return presence.connected(room.pk, channel) + elsewhere(room, channel)


def pending(room: "Room") -> int:
    """The number of connected phones that hold answers which did not reach us yet."""
    from samenwijk.live.attendance import elsewhere

    return presence.pending(room.pk) + elsewhere(room, "pending")

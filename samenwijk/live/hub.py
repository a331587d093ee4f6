"""The hub: per room the last frames, encoded once, and one pulse per channel.

A subscriber owns nothing but a cursor, so a slow phone costs no memory and skips to the newest. All of it
lives in the event loop of one process; only `Hub.wake` may be called from other threads. The truth is in
the database: whatever a process missed, it pulls.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from itertools import takewhile

from samenwijk.live.presence import presence
from samenwijk.live.wire import CHANNELS, Signal, newest_votes_only

RING = 256
BETWEEN_OPEN_VOTES = 0.25
"""Seconds between frames of an open vote: at most four a second in a room."""
FORGOTTEN_AFTER = 600
"""Seconds without a listener after which a room leaves memory."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Latest:
    """What the log holds of one room: its number and the last frames up to it."""

    seq: int
    signals: list[Signal]


Log = Callable[[int, int], Awaitable[Latest | None]]
"""Reads the newest frames of a room after a number; None when there is no such room."""


class Feed:
    """One room in memory: the ring, its head, and how far subscribers may read."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.ring: deque[Signal] = deque(maxlen=RING)
        self.head = 0
        self.released = 0
        self.loaded = False
        self.listeners = 0
        self.left_at = 0.0
        self.lock = asyncio.Lock()
        self.pulses = {channel: asyncio.Event() for channel in CHANNELS}
        self._fresh: dict[tuple[int, str], list[Signal]] = {}
        self._loop = asyncio.get_running_loop()
        self._votes_released_at = -1.0
        self._release_later: asyncio.TimerHandle | None = None

    @property
    def floor(self) -> int:
        """The lowest cursor that the ring can serve."""
        return self.ring[0].seq - 1 if self.ring else self.head

    def after(self, cursor: int, channel: str) -> list[Signal]:
        """What a subscriber at this cursor has not heard yet, oldest first; not to be changed.

        Most of a room stand at the same cursor, so it is worked out once for all of them.
        """
        if cursor >= self.released:
            return []
        known = self._fresh.get((cursor, channel))
        if known is None:
            fresh = takewhile(lambda signal: signal.seq > cursor, reversed(self.ring))
            heard = [s for s in fresh if s.seq <= self.released and channel in s.channels]
            known = self._fresh[cursor, channel] = newest_votes_only(reversed(heard))
        return known

    def add(self, signals: Iterable[Signal]) -> None:
        """Takes signals in order; what it already has is skipped."""
        self._fresh.clear()
        for signal in signals:
            if signal.seq <= self.head:
                continue
            if signal.seq != self.head + 1:
                self.ring.clear()
            self.ring.append(signal)
            self.head = signal.seq
        if self.head > self.released:
            self._release_soon()

    def start_at(self, latest: Latest) -> None:
        self._fresh.clear()
        self.ring.extend(latest.signals)
        self.head = self.released = latest.seq
        self.loaded = True

    def pulse(self, channels: Iterable[str] = CHANNELS) -> None:
        """Wakes everybody who waits; a fresh event makes sure that nobody sleeps through the next one."""
        for channel in channels:
            self.pulses[channel].set()
            self.pulses[channel] = asyncio.Event()

    def _release_soon(self) -> None:
        waiting = [s for s in self.ring if s.seq > self.released]
        if any(s.voters is None for s in waiting):
            self._release()
        elif self._release_later is None:
            due = self._votes_released_at + BETWEEN_OPEN_VOTES
            if due <= self._loop.time():
                self._release()
            else:
                self._release_later = self._loop.call_at(due, self._release)

    def _release(self) -> None:
        if self._release_later is not None:
            self._release_later.cancel()
            self._release_later = None
        waiting = [s for s in self.ring if s.seq > self.released]
        self.released = self.head
        self._fresh.clear()
        if any(s.voters is not None for s in waiting):
            self._votes_released_at = self._loop.time()
        self.pulse(frozenset[str]().union(*(s.channels for s in waiting)))


class Hub:
    """All rooms that somebody listens to in this process."""

    def __init__(self) -> None:
        self.feeds: dict[int, Feed] = {}
        self.beat = 0
        self.closing = False
        self.blind = False
        """The database does not answer: no line can be trusted until it does."""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._log: Log | None = None
        self._pulls: set[asyncio.Task[None]] = set()

    def open(self, log: Log) -> None:
        self._loop = asyncio.get_running_loop()
        self._log = log
        self.feeds, self.beat, self.closing, self.blind = {}, 0, False, False

    def close(self) -> None:
        """Ends every stream: each subscriber wakes, sees that we are closing and leaves."""
        self.closing = True
        for feed in self.feeds.values():
            feed.pulse()

    @property
    def silent(self) -> bool:
        """Nobody can be told anything now: lines end, and who knocks is asked to come back."""
        return self.closing or self.blind

    def see(self, database_answers: bool) -> None:
        """Ends the lines when the database is gone, so that phones say so and keep what they have."""
        self.blind = not database_answers
        if self.blind:
            for feed in self.feeds.values():
                feed.pulse()

    def wake(self, signal: Signal) -> None:
        """From any thread, after the commit: here is the next frame of a room."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._arrived, signal)

    def hint(self, room: int, seq: int) -> None:
        """Somebody says that this room has come as far as seq."""
        feed = self.feeds.get(room)
        if feed is not None and feed.loaded and seq > feed.head:
            self._pull_soon(feed)

    def tick(self) -> None:
        """The heartbeat of all streams."""
        self.beat += 1
        for feed in self.feeds.values():
            feed.pulse()

    def forget_empty_rooms(self) -> None:
        assert self._loop is not None
        long_ago = self._loop.time() - FORGOTTEN_AFTER
        for room, feed in list(self.feeds.items()):
            if not feed.listeners and feed.left_at < long_ago:
                del self.feeds[room]
                presence.forget(room)

    async def join(self, room: int) -> Feed | None:
        """The feed of a room, read from the log if nobody listened before; None for an unknown room."""
        feed = self.feeds.get(room)
        if feed is None:
            feed = self.feeds[room] = Feed(room)
            feed.left_at = feed._loop.time()
        if not feed.loaded:
            async with feed.lock:
                if not feed.loaded:
                    latest = await self._read(room, 0)
                    if latest is None:
                        self.feeds.pop(room, None)
                        return None
                    feed.start_at(latest)
        return feed

    async def pull(self, feed: Feed) -> None:
        """Reads what the feed lacks from the log."""
        async with feed.lock:
            latest = await self._read(feed.room, feed.head)
            if latest is not None:
                feed.add(latest.signals)

    async def _read(self, room: int, after: int) -> Latest | None:
        assert self._log is not None
        return await self._log(room, after)

    def _arrived(self, signal: Signal) -> None:
        feed = self.feeds.get(signal.room)
        if feed is None or signal.seq <= feed.head:
            return
        if feed.loaded and signal.seq == feed.head + 1:
            feed.add([signal])
        else:
            # The frame before it is committed already (it had the row lock first); its hook has yet to run.
            self._pull_soon(feed)

    def _pull_soon(self, feed: Feed) -> None:
        task = asyncio.get_running_loop().create_task(self.pull(feed))
        self._pulls.add(task)
        task.add_done_callback(self._pulled)

    def _pulled(self, task: asyncio.Task[None]) -> None:
        """A pull that failed is made up for by the next sweep."""
        self._pulls.discard(task)
        if not task.cancelled() and (error := task.exception()):
            logger.warning("A room could not be read: %s", type(error).__name__)


hub = Hub()

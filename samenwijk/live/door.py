"""The door of the live room: /live/<ticket>/stream, /poll and /pending, as plain ASGI.

No Django request, session or database connection belongs to an open line: a Django view would hold one
thread and, after one query, one database connection for each phone in the room.
"""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qsl

from django.db import DatabaseError

from samenwijk.live import log, tickets
from samenwijk.live.hub import Feed, Hub, hub
from samenwijk.live.presence import Listener, presence
from samenwijk.live.tickets import Ticket
from samenwijk.live.wire import Signal, encode, milliseconds

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

POLL_WAITS = 25.0
LINES_PER_PERSON = 12
PLAIN = (b"content-type", b"text/plain; charset=utf-8")
JSON = (b"content-type", b"application/json")
STREAM = (b"content-type", b"text/event-stream; charset=utf-8")
ALWAYS = [
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-accel-buffering", b"no"),
    (b"referrer-policy", b"same-origin"),
]


class Asked:
    """What a listener asked for, read from the address and the headers; nonsense reads as absent."""

    def __init__(self, scope: Scope) -> None:
        parts = scope["path"].split("/")
        self.method: str = scope["method"]
        self.ticket = tickets.read(parts[2]) if len(parts) == 4 else None
        self.action = parts[3] if len(parts) == 4 else ""
        query = dict(parse_qsl(bytes(scope["query_string"]).decode("latin-1")))
        headers = dict(scope["headers"])
        self.since = max(
            (n for n in (number(query.get("since")), number(header(headers, b"last-event-id"))) if n is not None),
            default=None,
        )
        self.pending = number(query.get("pending") or query.get("n"))
        self.client = query.get("client", "")[:40]
        self.waits = POLL_WAITS if query.get("wait") != "0" else 0.0


def number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else None


def header(headers: dict[bytes, bytes], name: bytes) -> str:
    return headers.get(name, b"").decode("latin-1")


async def door(scope: Scope, receive: Receive, send: Send) -> None:
    """Lets a listener in, or answers 404 as if nothing were here."""
    asked = Asked(scope)
    actions = {"stream": ("GET", stream), "poll": ("GET", poll), "pending": ("POST", pending)}
    if asked.ticket is None or asked.action not in actions:
        return await answer(send, 404, PLAIN, b"Niet gevonden.\n")
    method, action = actions[asked.action]
    if asked.method != method:
        return await answer(send, 405, PLAIN, b"", (b"allow", method.encode()))
    return await action(asked, asked.ticket, receive, send)


async def stream(asked: Asked, ticket: Ticket, receive: Receive, send: Send) -> None:
    """Server-sent events until the listener leaves, the ticket expires or the server stops."""
    entered = await enter(asked, ticket, send)
    if entered is None:
        return
    feed, listener = entered
    leaving = asyncio.create_task(until_gone(receive, asyncio.current_task()))
    try:
        await send({"type": "http.response.start", "status": 200, "headers": [STREAM, *ALWAYS]})
        await Line(hub, feed, ticket, send).tell(asked.since)
        await send({"type": "http.response.body", "body": b""})
    except DatabaseError:
        await send({"type": "http.response.body", "body": b""})  # what was missed is told after coming back
    except asyncio.CancelledError:
        if not leaving.done():
            raise
    except OSError:
        pass  # The line broke while we spoke; the listener will come back with its last number.
    finally:
        leaving.cancel()
        presence.leave(listener)
        left(feed)


async def poll(asked: Asked, ticket: Ticket, receive: Receive, send: Send) -> None:
    """The same frames as JSON: at once when there are any, else after at most 25 seconds."""
    entered = await enter(asked, ticket, send)
    if entered is None:
        return
    feed, listener = entered
    leaving = asyncio.create_task(until_gone(receive, asyncio.current_task()))
    try:
        facts = await polled(feed, ticket, asked)
        await answer(send, 200, JSON, json.dumps(facts, separators=(",", ":")).encode())
    except DatabaseError:
        await come_back(send)
    except asyncio.CancelledError:
        if not leaving.done():
            raise
    finally:
        leaving.cancel()
        presence.leave(listener)
        left(feed)


async def pending(asked: Asked, ticket: Ticket, receive: Receive, send: Send) -> None:
    """A phone says how many answers it has yet to send."""
    if asked.pending is None:
        return await answer(send, 400, PLAIN, b"n?\n")
    if ticket.room in hub.feeds:
        presence.report(ticket.room, ticket.channel, ticket.who, asked.client, asked.pending)
    return await answer(send, 204, PLAIN, b"")


async def enter(asked: Asked, ticket: Ticket, send: Send) -> tuple[Feed, Listener] | None:
    """Counts the listener in; not when we are closing, the room is gone or one person opens too much."""
    if hub.silent:
        await come_back(send)
        return None
    if ticket.who and presence.lines(ticket.room, ticket.who) >= LINES_PER_PERSON:
        await answer(send, 429, PLAIN, b"Te veel tabbladen.\n", (b"retry-after", b"30"))
        return None
    try:
        feed = await hub.join(ticket.room)
    except DatabaseError:
        await come_back(send)
        return None
    if feed is None:
        await answer(send, 404, PLAIN, b"Niet gevonden.\n")
        return None
    feed.listeners += 1
    return feed, presence.arrive(ticket.room, ticket.channel, ticket.who, asked.client, asked.pending)


async def come_back(send: Send) -> None:
    await answer(send, 503, PLAIN, b"Even geduld.\n", (b"retry-after", b"2"))


def left(feed: Feed) -> None:
    feed.listeners -= 1
    feed.left_at = asyncio.get_running_loop().time()


class Line:
    """One open stream: a cursor that follows the feed."""

    def __init__(self, hub: Hub, feed: Feed, ticket: Ticket, send: Send) -> None:
        self.hub, self.feed, self.ticket, self._send = hub, feed, ticket, send
        self.cursor = feed.released

    async def tell(self, since: int | None) -> None:
        missed = [] if since is None else await catch_up(self.feed, self.ticket.channel, since)
        self.cursor = self.feed.released
        start = self.cursor if since is None else since
        await self.write(encode({"seq": start, "now": milliseconds()}, name="hello"))
        if missed is None:
            await self.write(encode({"seq": self.cursor, "now": milliseconds()}, name="reset", number=self.cursor))
        else:
            await self.signals(missed)
        await self.follow()

    async def follow(self) -> None:
        beat = self.hub.beat
        while not self.hub.silent and self.ticket.expires * 1000 > milliseconds():
            pulse = self.feed.pulses[self.ticket.channel]
            fresh = self.feed.after(self.cursor, self.ticket.channel)
            self.cursor = self.feed.released
            if fresh:
                await self.signals(fresh)
            elif beat != self.hub.beat:
                beat = self.hub.beat
                await self.write(encode({"now": milliseconds()}, name="beat", number=self.cursor))
            else:
                await pulse.wait()

    async def signals(self, signals: list[Signal]) -> None:
        if len(signals) == 1:
            await self.write(signals[0].event)
        elif signals:
            await self.write(b"".join(signal.event for signal in signals))

    async def write(self, body: bytes) -> None:
        await self._send({"type": "http.response.body", "body": body, "more_body": True})


async def polled(feed: Feed, ticket: Ticket, asked: Asked) -> dict[str, Any]:
    """What a poll answers; without `since` it says at once how far the room is."""
    since = feed.released if asked.since is None else asked.since
    waits = 0.0 if asked.since is None else asked.waits
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(waits):
            await news(feed, ticket.channel, since)
    missed = await catch_up(feed, ticket.channel, since)
    facts: dict[str, Any] = {"seq": feed.released, "now": milliseconds()}
    if missed is None:
        return {**facts, "reset": True, "frames": []}
    return {**facts, "frames": [signal.facts() for signal in missed]}


async def news(feed: Feed, channel: str, since: int) -> None:
    """Returns as soon as a listener at this number has something to hear."""
    while not hub.silent:
        pulse = feed.pulses[channel]
        if since < feed.floor or since > feed.head or feed.after(since, channel):
            return
        await pulse.wait()


async def catch_up(feed: Feed, channel: str, since: int) -> list[Signal] | None:
    """Frames after `since` up to where the feed is on return, from ring or log; None means reset."""
    if since > feed.head:
        await hub.pull(feed)
    if since > feed.head:
        return None
    told: list[Signal] = []
    while since < (floor := feed.floor):
        older = await log.missed(feed.room, channel, since, floor)
        if older is None:
            return None
        told, since = [*told, *older], floor
    return [*told, *feed.after(since, channel)]


async def until_gone(receive: Receive, line: asyncio.Task[None] | None) -> None:
    """Ends the line when its listener goes."""
    while (await receive())["type"] != "http.disconnect":
        pass
    if line is not None:
        line.cancel()


async def answer(send: Send, status: int, kind: tuple[bytes, bytes], body: bytes, *more: tuple[bytes, bytes]) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [kind, length, *ALWAYS, *more]})
    await send({"type": "http.response.body", "body": body})

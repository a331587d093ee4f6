"""Waiting for what a browser sends, before a thread begins: a phone on a bad line keeps nobody waiting but itself."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samenwijk.live.door import Message, Receive, Scope, Send

PATIENCE = 60.0
"""Seconds for all of it, as long as a proxy waits for an answer."""
SMALL = 1024 * 1024
MOST = 20 * 1024 * 1024
"""Bytes. What is larger is refused without being read (`samenwijk.config.uploads`)."""
LARGE_AT_ONCE = 4
"""Bodies that are more than a form; each is in memory."""

_large = asyncio.Semaphore(LARGE_AT_ONCE)


async def arrived(scope: Scope, receive: Receive) -> Receive | None:
    """A way to read the body without waiting; None when it did not come in time, or the sender left."""
    length = length_of(scope)
    if not 0 < length <= MOST:
        return receive
    try:
        async with asyncio.timeout(PATIENCE):
            if length <= SMALL:
                return await _whole(receive)
            async with _large:
                return await _whole(receive)
    except TimeoutError:
        return None


async def too_slow(send: Send) -> None:
    headers = [(b"content-length", b"0"), (b"connection", b"close"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 408, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def length_of(scope: Scope) -> int:
    """What the browser says; without it Django reads no body."""
    said = dict(scope["headers"]).get(b"content-length", b"")
    return int(said) if said.isdigit() else 0


async def _whole(receive: Receive) -> Receive | None:
    body, more = bytearray(), True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        more = message.get("more_body", False)
    read: Iterator[Message] = iter([{"type": "http.request", "body": bytes(body), "more_body": False}])

    async def again() -> Message:
        return next(read, None) or await receive()

    return again

"""What runs beside the requests of a server: hub, heartbeat, sweep, hints, writer, background work."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine

from django.conf import settings
from django.db import DatabaseError, connection

from samenwijk.live import attendance, log
from samenwijk.live.background import background
from samenwijk.live.door import Receive, Scope, Send
from samenwijk.live.hints import CHANNEL
from samenwijk.live.hub import hub
from samenwijk.live.presence import Count, presence
from samenwijk.live.serving import AlreadyServing, lock
from samenwijk.live.writer import writer

HEARTBEAT = 15.0
SWEEP = 2.0
TELL_OTHERS = 0.5
NO_ROOM = 0
"""Asked for when nobody listens, to see whether the database answers again."""

journal = logging.getLogger(__name__)


async def lifespan(scope: Scope, receive: Receive, send: Send) -> None:
    """The ASGI lifespan: the server tells us when it starts and stops."""
    await receive()
    try:
        lock.take()
    except AlreadyServing as error:
        await send({"type": "lifespan.startup.failed", "message": str(error)})
        return
    tasks = start()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await stop(tasks)
    await send({"type": "lifespan.shutdown.complete"})


def start() -> list[asyncio.Task[None]]:
    hub.open(log.latest)
    if connection.vendor == "sqlite":
        writer.start()
    background.start()
    work: list[Coroutine[None, None, None]] = [again(HEARTBEAT, beat), again(SWEEP, sweep)]
    if attendance.shared():
        work.append(tell_others())
    if settings.REDIS_URL:
        work.append(listen_for_hints())
    return [asyncio.create_task(one) for one in work]


async def stop(tasks: list[asyncio.Task[None]]) -> None:
    hub.close()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.to_thread(background.stop)
    await asyncio.to_thread(writer.stop)
    if attendance.shared():
        await log.in_reader(attendance.leave)
    lock.release()


async def again(seconds: float, act: Callable[[], Awaitable[None]]) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            await act()
        except Exception:  # one failure must not end what keeps all lines alive
            journal.exception("%s failed; it is tried again", act.__name__)


async def beat() -> None:
    hub.tick()
    hub.forget_empty_rooms()
    presence.forget_gone()


async def sweep() -> None:
    """Finds what other processes and commands announced in the rooms that somebody here listens to."""
    rooms = [room for room, feed in hub.feeds.items() if feed.listeners]
    if not rooms and not hub.blind:
        return
    try:
        numbers = await log.numbers(rooms or [NO_ROOM])
    except DatabaseError as error:
        if not hub.blind:
            journal.warning("The database does not answer: rooms wait. %s", type(error).__name__)
        hub.see(False)
        return
    hub.see(True)
    for room, seq in numbers.items():
        hub.hint(room, seq)


async def tell_others() -> None:
    """Tells the other processes who is connected here: soon after a change, and again before they forget."""
    told: dict[int, Count] = {}
    told_at = 0.0
    while True:
        await asyncio.sleep(TELL_OTHERS)
        counts, now = presence.counts(), time.monotonic()
        if counts == told and (not counts or now - told_at < attendance.TOLD_AGAIN_AFTER):
            continue
        try:
            await log.in_reader(attendance.tell, counts)
            told, told_at = counts, now
        except DatabaseError:
            journal.exception("The other processes could not be told who is here; it is tried again")


async def listen_for_hints() -> None:
    """Redis only says where to look; it may come and go."""
    from redis.asyncio import Redis
    from redis.exceptions import RedisError

    while True:
        redis = Redis.from_url(settings.REDIS_URL, socket_connect_timeout=2)
        try:
            async with redis.pubsub() as subscription:
                await subscription.subscribe(CHANNEL)
                await sweep()
                async for message in subscription.listen():
                    if message["type"] == "message":
                        room, _, seq = message["data"].decode().partition(":")
                        hub.hint(int(room), int(seq))
        except (RedisError, OSError, ValueError) as error:
            journal.warning("No hints from Redis now: %s", type(error).__name__)
        finally:
            await redis.aclose()
        await asyncio.sleep(1)

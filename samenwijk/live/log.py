"""The log read for the hub: short reads in one thread, each giving its database connection back."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connections

from samenwijk.live.hub import RING, Latest
from samenwijk.live.models import Frame, Room
from samenwijk.live.wire import Signal, newest_votes_only

T = TypeVar("T")
CATCH_UP_AT_MOST = 256

_reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="live-log")


async def in_reader(function: Callable[..., T], *arguments: object) -> T:
    """Runs a read beside the event loop; no connection stays open."""
    return await asyncio.get_running_loop().run_in_executor(_reader, _read_and_let_go, function, *arguments)


def _read_and_let_go(function: Callable[..., T], *arguments: object) -> T:
    try:
        return function(*arguments)
    finally:
        connections.close_all()


async def latest(room: int, after: int) -> Latest | None:
    """The newest frames of a room after a number, at most a ring full; None when there is no such room."""
    return await in_reader(_latest, room, after)


async def missed(room: int, channel: str, since: int, upto: int) -> list[Signal] | None:
    """What a listener missed in (since, upto]; None when that is no longer known or too much to tell."""
    return await in_reader(_missed, room, channel, since, upto)


async def numbers(rooms: list[int]) -> dict[int, int]:
    """How far these rooms have come."""
    return await in_reader(_numbers, rooms)


def _latest(room: int, after: int) -> Latest | None:
    seq = Room.objects.filter(pk=room).values_list("seq", flat=True).first()
    if seq is None:
        return None
    newest = Frame.objects.filter(room=room, seq__gt=after).order_by("-seq")[:RING]
    signals = [frame.as_signal() for frame in reversed(newest)]
    return Latest(seq=max(seq, signals[-1].seq if signals else 0), signals=signals)


def _missed(room: int, channel: str, since: int, upto: int) -> list[Signal] | None:
    known = Frame.objects.filter(room=room)
    oldest = known.order_by("seq").values_list("seq", flat=True).first()
    if oldest is None or since + 1 < oldest:
        return None
    heard = known.filter(seq__gt=since, seq__lte=upto, channels__contains=channel).order_by("seq")
    events = list(heard.filter(voters=None)[: CATCH_UP_AT_MOST + 1])
    if len(events) > CATCH_UP_AT_MOST:
        return None
    counts = list(heard.exclude(voters=None).order_by("-seq")[:CATCH_UP_AT_MOST])
    frames = sorted([*events, *counts], key=lambda frame: frame.seq)
    return newest_votes_only(frame.as_signal() for frame in frames)


def _numbers(rooms: list[int]) -> dict[int, int]:
    return dict(Room.objects.filter(pk__in=rooms).values_list("pk", "seq"))

"""Rows 6, 7 and 8: nothing is lost or doubled when phones come and go, when the server is killed, when Redis stops."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import os
import random
import sqlite3
import threading
import time
import uuid
from pathlib import Path
from typing import Any

import psycopg

from bench.live_rows import Row, median, quantile
from bench.serving import Server as Product
from bench.serving import filled, place
from tests.live.postgres import Cluster
from tests.live.redis_server import Redis
from tests.live.world import Listener, LiveRoom, Server, eventually

MEAN_LIFE = 3.0
LASTS = 16.0
LOST = 0.1
READ = """
import json
from samenwijk.live.models import Frame
from samenwijk.plans.models import Idea
print(json.dumps([list(Frame.objects.filter(room={room}, channels__contains="phone").order_by("seq")
      .values_list("seq", flat=True)), Idea.objects.count()]))
"""


class Phone:
    """Listens, leaves after three seconds on average, and comes back with the last number that it heard."""

    def __init__(self, state: Churn, ticket: str, since: int) -> None:
        self.state, self.ticket, self.since = state, ticket, since
        self.heard: list[int] = []
        self.at = 0.0
        self.connections = 0

    async def live(self) -> None:
        while not self.state.over:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, TimeoutError, asyncio.LimitOverrunError):
                async with asyncio.timeout(min(12.0, random.expovariate(1 / MEAN_LIFE)) if not self.state.last else 30):
                    await self.listen()
            await asyncio.sleep(random.uniform(0.05, 0.3))

    async def listen(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.state.port)
        try:
            since = self.heard[-1] if self.heard else self.since
            address = f"/live/{self.ticket}/stream?since={since}&client={id(self)}"
            writer.write(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            self.connections += 1
            number = 0
            while (line := await reader.readline()) and not self.state.over:
                if line.startswith(b"id: "):
                    number = int(line[4:])
                elif line.startswith(b"data: ") and b'"kind"' in line:
                    self.heard.append(number)
                    self.at = time.monotonic()
        finally:
            writer.close()


class Churn:
    """One evening of bad weather; `last` is set when nothing new comes any more."""

    def __init__(self, environment: dict[str, str], told: dict[str, Any]) -> None:
        self.environment, self.room = environment, told["rooms"][0]
        self.over = self.last = False
        self.repeated = 0
        self.keys: list[str] = []
        self.product = self.serve(0)
        self.port = self.product.port

    def serve(self, port: int) -> Product:
        return Product(["-m", "samenwijk.config.cli", "serve", "--port", str(port)], self.environment)

    async def kill(self) -> None:
        await asyncio.sleep(LASTS / 2)
        self.product.process.kill()
        await asyncio.to_thread(self.product.process.wait)
        self.product = await asyncio.to_thread(self.serve, self.port)

    async def send(self, number: int, until: float) -> None:
        """Ideas, each with a key, sent again until an answer came; one answer in ten gets lost."""
        while time.monotonic() < until:
            key = str(uuid.uuid4())
            while not await self.once(number, key):
                self.repeated += 1
                await asyncio.sleep(random.uniform(0.05, 0.4))
            self.keys.append(key)
            await asyncio.sleep(random.uniform(0.5, 1.5))

    async def once(self, number: int, key: str) -> bool:
        form = (("key", key), ("title", f"Idee {key}"), ("what", ""), ("theme", self.room["theme"]))
        from bench.load import Asked

        asked = Asked(self.room["idea"], f"deelnemer={self.room['passes'][number]}", form)
        try:
            async with asyncio.timeout(15):
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
                writer.write(asked.raw())
                head = await reader.readuntil(b"\r\n\r\n")
                writer.close()
        except (OSError, asyncio.IncompleteReadError, TimeoutError):
            return False
        return b" 302 " in head.splitlines()[0] + b" " and random.random() >= LOST


def churn(folder: Path, phones: int) -> Row:
    os.environ |= {"BENCH_ROOMS": "1", "BENCH_STEP": "group", "BENCH_PEOPLE": str(phones)}
    random.seed(20260106)
    try:
        with place(False) as environment:
            told = filled(environment, "bench.live_data")
            state = Churn(environment, told)
            try:
                return asyncio.run(weathered(state, environment, phones))
            finally:
                state.product.stop()
    finally:
        for name in ("BENCH_STEP", "BENCH_PEOPLE"):
            os.environ.pop(name, None)


async def weathered(state: Churn, environment: dict[str, str], phones: int) -> Row:
    start = await asyncio.to_thread(logged, environment, state.room["room"])
    since = start[0][-1] if start[0] else 0
    crowd = [Phone(state, state.room["phone"][number], since) for number in range(phones)]
    lives = [asyncio.create_task(phone.live()) for phone in crowd]
    until = time.monotonic() + LASTS
    await asyncio.gather(state.kill(), *(state.send(number, until) for number in range(15)))
    ended, state.last = time.monotonic(), True
    frames, ideas = await asyncio.to_thread(logged, environment, state.room["room"])
    expected = [number for number in frames if number > since]
    while time.monotonic() < ended + 20 and any(len(phone.heard) < len(expected) for phone in crowd):
        await asyncio.sleep(0.05)
    took = max((phone.at for phone in crowd), default=ended) - ended
    state.over = True
    for life in lives:
        life.cancel()
    await asyncio.gather(*lives, return_exceptions=True)
    gaps = sum(len(set(expected) - set(phone.heard)) for phone in crowd)
    doubles = sum(len(phone.heard) - len(set(phone.heard)) for phone in crowd)
    disorder = sum(phone.heard != sorted(phone.heard) for phone in crowd)
    lost = len(state.keys) - ideas
    connections = sum(phone.connections for phone in crowd)
    found = f"{gaps} gaps, {doubles} doubles in {len(expected)} x {phones}; {max(0.0, took):.1f} s"
    found += f"; {ideas} ideas of {len(state.keys)}"
    holds = not gaps and not doubles and not disorder and not lost and took <= 5
    facts = {"connections": connections, "repeated": state.repeated, "events": len(expected)}
    return Row(
        "6", f"{phones} phones that come and go, kill -9, 10 % lost", "0, 0, all within 5 s", found, holds, "", facts
    )


def logged(environment: dict[str, str], room: int) -> tuple[list[int], int]:
    import json
    import subprocess
    import sys

    from bench.serving import ROOT

    words = [sys.executable, "-m", "samenwijk.config.cli", "shell", "--verbosity", "0", "-c", READ.format(room=room)]
    done = subprocess.run(
        words, env={**os.environ, **environment}, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    frames, ideas = json.loads(done.stdout)
    return frames, ideas


def kills(folder: Path, times: int) -> list[Row]:
    """Row 7, on both databases."""
    rows = [killed(Server(folder / "sqlite"), times, "SQLite FULL", folder / "sqlite" / "samenwijk.sqlite3")]
    cluster = Cluster().start()
    try:
        server = Server(folder / "postgresql", SAMENWIJK_DATABASE_URL=cluster.url)
        rows.append(killed(server, times, "PostgreSQL", cluster.url))
    finally:
        cluster.remove()
    return rows


def killed(server: Server, times: int, name: str, database: Path | str) -> Row:
    room = server.migrate().start().room()
    acknowledged: list[int] = []
    stop = threading.Event()
    writers = [threading.Thread(target=keep_writing, args=(room, acknowledged, stop)) for _ in range(4)]
    for writer in writers:
        writer.start()
    try:
        for _ in range(times):
            enough = len(acknowledged) + 60
            eventually(lambda enough=enough: len(acknowledged) > enough, within=60)
            port = server.port
            server.kill()
            server.start(port)
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    state = room.state()
    server.stop()
    missing = len(set(acknowledged) - set(state["numbers"]))
    whole = is_whole(database)
    rows = state["numbers"] == list(range(1, state["seq"] + 1))
    found = f"{len(acknowledged)} acknowledged, {missing} missing, {'whole' if whole else 'BROKEN'}, seq = rows: {rows}"
    return Row("7", f"kill -9 {times} times while writing, {name}", "0 missing, whole, seq = rows", found,
               not missing and whole and rows)  # fmt: skip


def keep_writing(room: LiveRoom, acknowledged: list[int], stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            acknowledged.append(room.announce())
        except (OSError, AssertionError, ValueError, http.client.HTTPException):
            time.sleep(0.05)


def is_whole(database: Path | str) -> bool:
    if isinstance(database, Path):
        with contextlib.closing(sqlite3.connect(database)) as line:
            return bool(line.execute("PRAGMA integrity_check").fetchone() == ("ok",))
    with psycopg.connect(database) as asked:
        found = asked.execute("SELECT count(*), count(DISTINCT (room_id, seq)) FROM live_frame").fetchone()
        return found is not None and found[0] == found[1]


def without_redis(folder: Path, phones: int = 50) -> Row:
    """Two processes; phones on the one hear what the other writes, before, while and after Redis is away."""
    cluster, redis = Cluster().start(), Redis(folder)
    redis.start()
    variables = {
        "SAMENWIJK_DATABASE_URL": cluster.url,
        "SAMENWIJK_REDIS_URL": redis.url,
        "SAMENWIJK_SECRET_KEY": "both processes have the same key" * 2,
    }
    first, second = (Server(folder / name, **variables) for name in ("first", "second"))
    try:
        first.migrate().start()
        second.start()
        here = first.room()
        there = LiveRoom(second, {"room": here.number, **here.tickets})
        lines = [there.listen(since=0, client=number) for number in range(phones)]
        time.sleep(0.5)
        before = told_to_all(here, lines, 40, 4.0)
        redis.stop()
        meanwhile = told_to_all(here, lines, 30, 4.0)
        redis.start()
        eventually(lambda: told_to_all(here, lines, 1, 0)[0] < 500, within=15)
        after = told_to_all(here, lines, 40, 4.0)
        numbers = here.state()["numbers"]
        gaps = sum(line.numbers != numbers for line in lines)
    finally:
        Listener.hang_up_all()
        first.stop()
        second.stop()
        redis.stop()
        cluster.remove()
    found = f"{gaps} with gaps; p95 {quantile(meanwhile, 0.95):.0f} ms without, {quantile(after, 0.95):.0f} ms after"
    facts = {name: {"p50": median(one), "p95": quantile(one, 0.95)} for name, one in
             (("before", before), ("meanwhile", meanwhile), ("after", after))}  # fmt: skip
    holds = not gaps and quantile(meanwhile, 0.95) <= 2500 and quantile(after, 0.95) <= 100
    return Row("8", f"2 processes, {phones} phones, Redis stopped for 4 s", "0 gaps, p95 <= 2500, after <= 100 ms",
               found, holds, "", facts)  # fmt: skip


def told_to_all(here: LiveRoom, lines: list[Listener], times: int, seconds: float) -> list[float]:
    """Milliseconds from the answer to the writer until the last phone of the other process has it."""
    found = []
    for _ in range(times):
        number = here.announce()
        began = time.perf_counter()
        eventually(lambda number=number: all(line.numbers[-1:] >= [number] for line in lines), within=10)
        found.append(1000 * (time.perf_counter() - began))
        time.sleep(max(0.0, seconds / times - found[-1] / 1000))
    return found

"""Rows 4, 5 and 13: rooms of 45 through the whole product on SQLite with FULL, and people who join or misbehave."""

from __future__ import annotations

import asyncio
import os
import random
import threading
import time
import uuid
from pathlib import Path
from typing import Any

from bench.live_rows import Row, median, quantile
from bench.load import Asked, Line
from bench.serving import Server, filled, place, product

VOTES_EACH = 3
FRAMES_APART = 250
"""Milliseconds between frames of an open vote, by design: a vote that just missed one is seen so much later."""
FLOOD = 60


class Kept:
    """One kept connection of a phone, in the event loop."""

    def __init__(self, port: int) -> None:
        self.port = port

    async def open(self) -> Kept:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        return self

    async def post(self, path: str, cookies: str, form: list[tuple[str, str]]) -> int:
        self.writer.write(Asked(path, cookies, tuple(form)).raw())
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        if "content-length: " in head:
            await self.reader.readexactly(int(head.split("content-length: ")[1].split("\r\n")[0]))
        return int(head.split()[1])

    def close(self) -> None:
        self.writer.close()


class Listening:
    """A stream; notes the number of each frame and when it came."""

    def __init__(self, port: int, ticket: str) -> None:
        self.port, self.ticket = port, ticket
        self.frames: list[tuple[int, float]] = []

    async def open(self) -> Listening:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.writer.write(f"GET /live/{self.ticket}/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        hello = await self.reader.readuntil(b"}\n\n")
        self.start = int(hello.split(b'"seq":')[1].split(b",")[0])
        self.task = asyncio.create_task(self._read())
        return self

    async def _read(self) -> None:
        while line := await self.reader.readline():
            if line.startswith(b"id: "):
                number, moment = int(line[4:]), time.perf_counter()
                if (await self.reader.readline()).startswith(b"data:"):
                    self.frames.append((number, moment))

    def close(self) -> None:
        self.task.cancel()
        self.writer.close()


async def vote(kept: Kept, room: dict[str, Any], phone: int, sent: list[tuple[float, float, int]]) -> None:
    options = random.sample(room["options"], 3)
    form = [("key", str(uuid.uuid4())), *(("options", option) for option in options)]
    began = time.perf_counter()
    status = await kept.post(room["dots"], f"deelnemer={room['passes'][phone]}", form)
    sent.append((began, time.perf_counter(), status))


async def votes(port: int, rooms: list[dict[str, Any]], seconds: float) -> dict[str, Any]:
    """Every phone of every room votes three times, spread over these seconds; a screen of each room looks on."""
    screens = [await Listening(port, room["screen"]).open() for room in rooms]
    streams = [await Listening(port, ticket).open() for room in rooms for ticket in room["phone"]]
    sent: list[list[tuple[float, float, int]]] = [[] for _ in rooms]
    begin = time.perf_counter() + 0.2

    async def phone(number: int, one: int) -> None:
        room, size = rooms[number], len(rooms[number]["passes"])
        kept = await Kept(port).open()
        for turn in range(VOTES_EACH):
            at = begin + seconds * (turn * size + one + number / len(rooms)) / (VOTES_EACH * size)
            await asyncio.sleep(max(0.0, at - time.perf_counter()))
            await vote(kept, room, one, sent[number])
        kept.close()

    await asyncio.gather(*(phone(n, one) for n, room in enumerate(rooms) for one in range(len(room["passes"]))))
    seen = []
    for screen, of_room in zip(screens, sent, strict=True):
        await until(screen, screen.start + len(of_room))
        seen += delays(screen, sorted(of_room))
    for line in [*screens, *streams]:
        line.close()
    everything = [one for of_room in sent for one in of_room]
    return {
        "answer": [1000 * (answered - began) for began, answered, _ in everything],
        "screen": seen,
        "refused": sum(status != 302 for _, _, status in everything),
        "unseen": len(everything) - len(seen),
        "votes": len(everything),
    }


async def until(screen: Listening, number: int) -> None:
    end = time.perf_counter() + 15
    while time.perf_counter() < end and not (screen.frames and screen.frames[-1][0] >= number):
        await asyncio.sleep(0.02)


def delays(screen: Listening, sent: list[tuple[float, float, int]]) -> list[float]:
    """Each vote takes the next number of its room, and a frame with a number shows all votes up to it."""
    found = []
    for count, (began, _answered, _status) in enumerate(sent, start=1):
        moment = next((at for number, at in screen.frames if number >= screen.start + count), None)
        if moment is not None:
            found.append(1000 * (moment - began))
    return found


def with_rooms(number: int, act: Any) -> Any:
    os.environ["BENCH_ROOMS"] = str(number)
    with place(False) as environment:
        told = filled(environment, "bench.live_data")
        with product(environment) as server:
            return act(server, told["rooms"], environment)


def one_room(folder: Path) -> list[Row]:
    """Two rooms of 45: one votes in five seconds, the other in one."""
    random.seed(20260101)

    def measured(server: Server, rooms: list[dict[str, Any]], _environment: dict[str, str]) -> list[Row]:
        asyncio.run(votes(server.port, rooms[2:], 3.0))  # the first requests of a process warm it up
        return [row_of_a_room(server, rooms[0], 5.0, 100, 250), row_of_a_room(server, rooms[1], 1.0, 300, None)]

    rows: list[Row] = with_rooms(3, measured)
    return rows


def row_of_a_room(server: Server, room: dict[str, Any], seconds: float, p95: float, p99: float | None) -> Row:
    before = server.cpu()
    found = asyncio.run(votes(server.port, [room], seconds))
    cpu = 100 * (server.cpu() - before) / seconds
    screen, answer = found["screen"], found["answer"]
    reached = quantile(screen, 0.95)
    fine = not found["refused"] and not found["unseen"]
    holds = fine and reached <= p95 and (p99 is None or quantile(screen, 0.99) <= p99)
    why = ""
    if not holds and fine and quantile(answer, 0.95) + FRAMES_APART >= reached:
        why = (
            f"At most four frames a second go to the screen, so up to {FRAMES_APART} ms of this is waiting by design; "
            "the answer to the phone shows the way through the product itself."
        )
    text = (
        f"screen p50 {median(screen):.0f}, p95 {reached:.0f}, p99 {quantile(screen, 0.99):.0f}; "
        f"answer p95 {quantile(answer, 0.95):.0f} ms; {found['refused'] + found['unseen']} lost"
    )
    demanded = f"vote to screen p95 <= {p95:.0f}" + (f", p99 <= {p99:.0f} ms" if p99 else " ms")
    return Row("4", f"room of 45, {found['votes']} votes in {seconds:.0f} s, SQLite FULL", demanded, text, holds, why,
               {"cpu_percent": cpu, "screen": summary(screen), "answer": summary(answer)})  # fmt: skip


def summary(values: list[float]) -> dict[str, float]:
    return {name: round(quantile(values, share), 1) for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))}


def many_rooms(folder: Path, number: int) -> Row:
    random.seed(20260102)

    def measured(server: Server, rooms: list[dict[str, Any]], _environment: dict[str, str]) -> Row:
        before, began = server.cpu(), time.perf_counter()
        found = asyncio.run(votes(server.port, rooms, 10.0))
        used, took = server.cpu() - before, time.perf_counter() - began
        cpu = 100 * used / took
        screen, answer = found["screen"], found["answer"]
        holds = quantile(screen, 0.95) <= 500 and not found["refused"] and not found["unseen"]
        text = (
            f"screen p95 {quantile(screen, 0.95):.0f}, answer p95 {quantile(answer, 0.95):.0f} ms; "
            f"{found['unseen']} unseen, {found['refused']} refused; {cpu:.0f} % of a core"
        )
        why = "" if holds else (
            f"{used / found['votes'] * 1000:.1f} ms of processor for each vote through the product; with the "
            "clients and whatever else runs on the same two cores the queue grows."
        )  # fmt: skip
        facts = {"screen": summary(screen), "answer": summary(answer), "cpu_percent": cpu}
        what = f"{number} rooms, {found['votes']} votes in 10 s, one process"
        return Row("5", what, "p95 <= 500 ms, 0 lost, 0 locked", text, holds, why, facts)

    row: Row = with_rooms(number, measured)
    return row


def joining(folder: Path, people: int) -> list[Row]:
    def measured(server: Server, rooms: list[dict[str, Any]], _environment: dict[str, str]) -> list[Row]:
        return [joins(server, rooms[0], people), flood(server, rooms[1])]

    rows: list[Row] = with_rooms(2, measured)
    return rows


def joins(server: Server, room: dict[str, Any], people: int) -> Row:
    """From one address, each with a browser of its own; they come in a third of a minute."""
    times: list[float] = []
    refused: list[int] = []

    def come_in(number: int) -> None:
        time.sleep(20 * number / people)
        line = Line(server.port)
        began = time.perf_counter()
        line.ask(Asked(room["qr"], ""))
        form = {"key": str(uuid.uuid4()), "first_name": f"Mens {number}", "discipline": "huisarts", "organisation": "X"}
        answer = line.ask(Asked(room["qr"], "", tuple(form.items())))
        times.append(time.perf_counter() - began)
        if answer.status != 302:
            refused.append(answer.status)
        line.close()

    threads = [threading.Thread(target=come_in, args=(number,)) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = f"{len(refused)} refused of {len(times)}; both pages p95 {1000 * quantile(times, 0.95):.0f} ms"
    return Row("13", f"{people} phones behind one address join in 20 s", "in 60 s: 0 refused", found,
               not refused and len(times) == people)  # fmt: skip


def flood(server: Server, room: dict[str, Any]) -> Row:
    """One phone sends sixty times in a row; nine others send one each second."""
    found = asyncio.run(flooded(server.port, room))
    slow, others = found["slow"], found["others"]
    text = f"it: {slow.count(429)} of {len(slow)} slowed; others: {others.count(429)} of {len(others)}"
    holds = slow.count(429) > 0 and others.count(429) == 0 and others.count(302) == len(others)
    return Row("13", "one phone floods", "only it is slowed", f"{text}, p95 {found['p95']:.0f} ms", holds)


async def flooded(port: int, room: dict[str, Any]) -> dict[str, Any]:
    by_flood: list[tuple[float, float, int]] = []
    by_others: list[tuple[float, float, int]] = []
    kept = [await Kept(port).open() for _ in range(10)]

    async def misbehaves() -> None:
        for _ in range(FLOOD):
            await vote(kept[0], room, 0, by_flood)

    async def behaves(phone: int) -> None:
        for _ in range(4):
            await vote(kept[phone], room, phone, by_others)
            await asyncio.sleep(1)

    await asyncio.gather(misbehaves(), *(behaves(phone) for phone in range(1, 10)))
    for one in kept:
        one.close()
    return {
        "slow": [status for _, _, status in by_flood],
        "others": [status for _, _, status in by_others],
        "p95": 1000 * quantile([answered - began for began, answered, _ in by_others], 0.95),
    }

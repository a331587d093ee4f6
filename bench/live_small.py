"""The live room in numbers: fan-out beside a bare socket server, votes from phone to screen, what an open line costs.

    .venv/bin/python -m bench.live_small [--streams 50,500,2000] [--rounds 15]

One serving process on SQLite and its clients share this machine, so read the ratios before the milliseconds. The bare
server is the least that any Python server could do: it writes the same bytes to the same number of sockets.
"""

import argparse
import asyncio
import contextlib
import json
import statistics
import tempfile
import time
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path

import psutil
import uvloop

from tests.live.world import LiveRoom, Server

EVENT = b'id: 1\ndata: {"kind":"idea.added","seq":1,"at":1795327009956}\n\n'


def milliseconds(times: list[float], share: float) -> float:
    return 1000 * sorted(times)[min(len(times) - 1, int(len(times) * share))]


class Crowd:
    """Many listeners in one event loop, each an open stream; it notes when the last of them has heard a frame."""

    def __init__(self, port: int, address: str) -> None:
        self.port, self.address = port, address
        self.lines: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
        self.heard = 0
        self.expected = 0
        self.all_heard = asyncio.Event()
        self.times: list[float] = []
        self._readers: list[asyncio.Task[None]] = []

    async def grow(self, size: int) -> None:
        while len(self.lines) < size:
            batch = min(100, size - len(self.lines))
            self.lines += await asyncio.gather(*(self._open() for _ in range(batch)))
        self._readers = [asyncio.create_task(self._read(reader)) for reader, _ in self.lines[len(self._readers) :]]

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(f"GET {self.address} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        await reader.readuntil(b"\n\n")
        return reader, writer

    async def _read(self, reader: asyncio.StreamReader) -> None:
        while data := await reader.read(65536):
            frames = data.count(b'"kind"')
            if frames:
                self.heard += frames
                self.times += [time.monotonic()] * frames
                if self.heard >= self.expected:
                    self.all_heard.set()

    def expect(self, frames: int) -> None:
        self.heard, self.expected = 0, frames * len(self.lines)
        self.times = []
        self.all_heard.clear()

    async def close(self) -> None:
        for task in self._readers:
            task.cancel()
        for _, writer in self.lines:
            writer.close()
        await asyncio.sleep(0.2)


class Press:
    """A kept connection that posts to the server, as a phone does."""

    def __init__(self, port: int) -> None:
        self.port = port

    async def __aenter__(self) -> "Press":
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.writer.close()

    async def ask(self, address: str) -> dict[str, object]:
        self.writer.write(f"POST {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n".encode())
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode().lower()
        assert head.startswith("http/1.1 200"), head
        length = int(head.split("content-length: ")[1].split("\r\n")[0])
        found: dict[str, object] = json.loads(await self.reader.readexactly(length))
        return found


async def bare_server() -> tuple[asyncio.Server, set[asyncio.StreamWriter]]:
    """Writes what a POST brings to everybody who asked, without HTTP, rooms or numbers."""
    listeners: set[asyncio.StreamWriter] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        if head.startswith(b"GET"):
            listeners.add(writer)
            writer.write(b"HTTP/1.1 200 OK\r\n\r\ndata: {}\n\n")
            await reader.read()
            listeners.discard(writer)
        while head.startswith(b"POST"):
            for listener in listeners:
                listener.write(EVENT)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
            with contextlib.suppress(asyncio.IncompleteReadError):
                head = await reader.readuntil(b"\r\n\r\n")
                continue
            break
        writer.close()

    return await asyncio.start_server(serve, "127.0.0.1", 0, backlog=2048), listeners


async def fan_out(crowd: Crowd, port: int, announce: str, rounds: int) -> float:
    """Median of the seconds from the post until the last listener has it."""
    took = []
    async with Press(port) as press:
        for _ in range(rounds):
            crowd.expect(1)
            begin = time.monotonic()
            await press.ask(announce)
            await asyncio.wait_for(crowd.all_heard.wait(), 20)
            took.append(max(crowd.times) - begin)
    return statistics.median(took)


async def writing(port: int, announce: str, rounds: int) -> float:
    took = []
    async with Press(port) as press:
        for _ in range(rounds):
            begin = time.monotonic()
            await press.ask(announce)
            took.append(time.monotonic() - begin)
    return statistics.median(took)


def run_bare(pipe: Connection) -> None:
    async def stay() -> None:
        server, _ = await bare_server()
        pipe.send(server.sockets[0].getsockname()[1])
        await asyncio.to_thread(pipe.recv)

    uvloop.run(stay())


async def votes(room: LiveRoom, seconds: float) -> tuple[list[float], list[float], int]:
    """45 phones and a screen listen; each phone votes three times, spread over these seconds."""
    server = room.server
    screen = Crowd(server.port, f"/live/{room.tickets['screen']}/stream")
    phones = Crowd(server.port, f"/live/{room.tickets['phone']}/stream")
    await screen.grow(1)
    await phones.grow(45)
    screen.expect(135)
    posted: list[float] = []
    sent: list[float] = []

    async def vote(phone: int) -> None:
        async with Press(server.port) as press:
            for turn in range(3):
                await asyncio.sleep(max(0.0, begin + seconds * (turn * 45 + phone) / 135 - time.monotonic()))
                start = time.monotonic()
                await press.ask(f"/announce?room={room.number}&kind=vote&channels=screen")
                sent.append(start)
                posted.append(time.monotonic() - start)

    begin = time.monotonic()
    await asyncio.gather(*(vote(phone) for phone in range(45)))
    await asyncio.wait_for(screen.all_heard.wait(), 20)
    seen = [arrival - start for start, arrival in zip(sorted(sent), sorted(screen.times), strict=False)]
    await screen.close()
    await phones.close()
    return posted, seen, screen.heard


async def measure(server: Server, bare_port: int, sizes: list[int], rounds: int) -> None:
    assert server.process is not None
    process = psutil.Process(server.process.pid)
    room = server.room()
    write = await writing(server.port, f"/announce?room={room.number}", rounds)
    print(f"one change on disk, nobody listening: {write * 1000:.1f} ms (within 'ours', taken out of the ratio)")
    print(f"{'streams':>8} {'ours ms':>9} {'bare ms':>9} {'ratio':>6} {'kB/stream':>10} {'threads':>8} {'idle CPU':>9}")
    for size in sizes:
        threads, memory = process.num_threads(), process.memory_info().rss
        ours, bare = Crowd(server.port, f"/live/{room.tickets['phone']}/stream"), Crowd(bare_port, "/")
        await ours.grow(size)
        grown = (process.memory_info().rss - memory) / 1024 / size
        more = process.num_threads() - threads
        process.cpu_percent()
        await asyncio.sleep(3)
        idle = process.cpu_percent()
        mine = await fan_out(ours, server.port, f"/announce?room={room.number}", rounds)
        await ours.close()
        await bare.grow(size)
        least = await fan_out(bare, bare_port, "/", rounds)
        await bare.close()
        print(
            f"{size:8} {mine * 1000:9.1f} {least * 1000:9.1f} {max(0.0, mine - write) / least:6.1f} "
            f"{grown:10.1f} {more:+8} {idle:8.1f}%"
        )
    for seconds in (5.0, 1.0):
        posted, seen, heard = await votes(server.room(), seconds)
        print(
            f"135 votes in {seconds:.0f} s: answer p50 {milliseconds(posted, 0.5):.0f} "
            f"p95 {milliseconds(posted, 0.95):.0f} ms; "
            f"phone to screen p50 {milliseconds(seen, 0.5):.0f} p95 {milliseconds(seen, 0.95):.0f} "
            f"p99 {milliseconds(seen, 0.99):.0f} ms; seen {heard} of 135"
        )
    print(f"serving process: {process.memory_info().rss / 1024 / 1024:.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--streams", default="50,500,2000")
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    sizes = [int(size) for size in options.streams.split(",")]
    with tempfile.TemporaryDirectory(prefix="samenwijk-bench-") as folder:
        server = Server(Path(folder)).migrate().start()
        near, far = Pipe()
        bare = Process(target=run_bare, args=(far,))
        bare.start()
        try:
            uvloop.run(measure(server, near.recv(), sizes, options.rounds))
        finally:
            near.send("stop")
            bare.join()
            server.stop()


if __name__ == "__main__":
    main()

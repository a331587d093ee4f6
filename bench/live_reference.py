"""The raw references of the live room: two C programs, compiled here, and a bare socket server in Python."""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

HERE = Path(__file__).resolve().parent / "c"
SECONDS = 240
"""After so long a reference ends by itself, whatever became of who started it."""
MOST = 6000
EVENT = b'id: 1\ndata: {"kind":"idea.added","seq":1,"at":1795327009956}\n\n'


def compiled(folder: Path, name: str) -> str:
    gcc = shutil.which("gcc") or shutil.which("cc")
    if gcc is None:
        raise SystemExit("The raw references need a C compiler (apt install gcc).")
    program = folder / name
    subprocess.run([gcc, "-O2", "-Wall", "-Wextra", "-o", str(program), str(HERE / f"{name}.c")], check=True)
    return str(program)


@dataclass
class Used:
    """Processor seconds and memory of a process."""

    process: psutil.Process

    @classmethod
    def of(cls, pid: int) -> Used:
        return cls(psutil.Process(pid))

    def cpu(self) -> float:
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def memory(self) -> float:
        return float(self.process.memory_info().rss)

    def threads(self) -> int:
        return int(self.process.num_threads())


@dataclass
class Reference:
    port: int
    used: Used


@contextmanager
def reference(words: list[str]) -> Iterator[Reference]:
    """A reference server that prints its address, ended afterwards."""
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        port = int(process.stdout.readline().strip().rpartition(":")[2])
        yield Reference(port, Used.of(process.pid))
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@contextmanager
def epoll_server(folder: Path) -> Iterator[Reference]:
    """The physical limit: one epoll loop in C."""
    with reference([compiled(folder, "sse"), str(SECONDS), str(MOST)]) as found:
        yield found


@contextmanager
def socket_server() -> Iterator[Reference]:
    """The limit of Python: asyncio with uvloop and no HTTP program."""
    with reference([sys.executable, "-m", "bench.live_reference"]) as found:
        yield found


class Crowd:
    """The C listeners: open, told to begin, told what they heard."""

    def __init__(
        self, folder: Path, port: int, stream: str, post: str, size: int, rounds: int, patience: int = 20
    ) -> None:
        program = folder / "crowd"
        if not program.exists():
            compiled(folder, "crowd")
        words = [str(program), str(port), stream, post, str(size), str(rounds), str(patience)]
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.opened: dict[str, Any] = self._said()

    def _said(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        found: dict[str, Any] = json.loads(self.process.stdout.readline())
        return found

    def play(self) -> dict[str, Any]:
        assert self.process.stdin is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        return self._said()

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()


async def bare() -> None:
    """Writes what a POST brings to everybody who asked, without HTTP, rooms or numbers."""
    listeners: set[asyncio.StreamWriter] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            head = await reader.readuntil(b"\r\n\r\n")
            if head.startswith(b"GET"):
                listeners.add(writer)
                writer.write(b"HTTP/1.1 200 OK\r\n\r\nevent: hello\ndata: {}\n\n")
                await reader.read()
            while head.startswith(b"POST"):
                for listener in listeners:
                    listener.write(EVENT)
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
                head = await reader.readuntil(b"\r\n\r\n")
        listeners.discard(writer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, backlog=4096)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await asyncio.sleep(SECONDS)


@contextmanager
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="samenwijk-bench-") as place:
        yield Path(place)


if __name__ == "__main__":
    import resource

    import uvloop

    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    uvloop.run(bare())

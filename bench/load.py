"""A closed loop of threads that ask and wait, over kept connections as browsers do."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from bench.serving import Server

CSRF = "w1" * 16
T = TypeVar("T")


@dataclass(frozen=True)
class Asked:
    """One request: a GET, or a POST when there is a form."""

    path: str
    cookies: str
    form: tuple[tuple[str, str], ...] = ()

    def raw(self) -> bytes:
        head = f"{'POST' if self.form else 'GET'} {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n"
        head += f"Cookie: csrftoken={CSRF}; {self.cookies}\r\n"
        if not self.form:
            return (head + "\r\n").encode()
        body = urlencode([("csrfmiddlewaretoken", CSRF), *self.form]).encode()
        head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        return head.encode() + body


@dataclass(frozen=True)
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Line:
    """One kept connection."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.reader = self.socket.makefile("rb", 65536)

    def ask(self, asked: Asked) -> Answer:
        self.socket.sendall(asked.raw())
        status = int(self.reader.readline().split()[1])
        headers, length = [], 0
        while (line := self.reader.readline()) not in (b"\r\n", b""):
            name, _, value = line.decode("latin-1").strip().partition(": ")
            headers.append((name, value))
            if name.lower() == "content-length":
                length = int(value)
        return Answer(status, headers, self.reader.read(length))

    def close(self) -> None:
        self.reader.close()
        self.socket.close()


@dataclass(frozen=True)
class Measured:
    """What a run took: requests per second, times in ms, and processor of the server per request in ms."""

    per_second: float
    p50: float
    p95: float
    cpu: float

    @classmethod
    def of(cls, times: Sequence[float], took: float, cpu: float = 0.0) -> Measured:
        return cls(
            len(times) / took, 1000 * quantile(times, 0.5), 1000 * quantile(times, 0.95), 1000 * cpu / len(times)
        )


def quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def measure(server: Server, asked: Sequence[Asked], concurrency: int, expect: int) -> Measured:
    """Asks all of these, so many at a time; every answer must have the expected status."""
    lines = [Line(server.port) for _ in range(concurrency)]

    def ask(one: Asked, thread: int) -> None:
        answer = lines[thread].ask(one)
        if answer.status != expect:
            raise SystemExit(f"{one.path}: {answer.status}\n{answer.body[:2000].decode('utf-8', 'replace')}")

    before = server.cpu()
    times, took = in_threads(asked, concurrency, ask)
    used = server.cpu() - before
    for line in lines:
        line.close()
    return Measured.of(times, took, used)


def in_threads(work: Sequence[T], concurrency: int, act: Callable[[T, int], None]) -> tuple[list[float], float]:
    """Times of each piece of work and of the whole, with so many threads taking one piece after another."""
    queue, gate = iter(work), threading.Lock()
    times: list[float] = []
    wrong: list[BaseException] = []

    def pieces() -> Iterator[T]:
        while not wrong:
            with gate:
                piece = next(queue, None)
            if piece is None:
                return
            yield piece

    def run(thread: int) -> None:
        try:
            for piece in pieces():
                begin = time.perf_counter()
                act(piece, thread)
                times.append(time.perf_counter() - begin)
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(concurrency)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise wrong[0]
    return times, time.perf_counter() - began

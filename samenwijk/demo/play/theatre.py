"""A server to play against: the one that runs already, or one of our own in a folder that goes away afterwards."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from samenwijk.demo.play.browser import Browser, Offline

USUAL = "http://127.0.0.1:8000"
START_TAKES = 120
FIRST_ERROR = re.compile(r"^\S+ \S+ ERROR .*?(?=^\d{4}-\d\d-\d\d |\Z)", re.MULTILINE | re.DOTALL)


@contextmanager
def somewhere(url: str) -> Iterator[str]:
    """The address to play at: the given one, the demo at its usual address, else a server of our own."""
    if url:
        yield url.rstrip("/")
    elif is_demo(USUAL):
        yield USUAL
    else:
        with own_server() as base:
            yield base


def is_demo(base: str) -> bool:
    try:
        return Browser(base).get("/").form("/demo/deur/begeleider/") is not None
    except Offline:
        return False


@contextmanager
def own_server() -> Iterator[str]:
    """A demo of our own on loopback; on the database of SAMENWIJK_DATABASE_URL when that is set (an empty one)."""
    with tempfile.TemporaryDirectory(prefix="samenwijk-play-") as folder:
        port = free_port()
        command = [sys.executable, "-m", "samenwijk.config.cli", "demo", "--port", str(port), "--reset"]
        settings = {"SAMENWIJK_DATA_DIR": folder, "SAMENWIJK_BASE_URL": f"http://127.0.0.1:{port}"}
        with open(os.path.join(folder, "server.log"), "w+") as log:
            server = subprocess.Popen(command, env={**os.environ, **settings}, stdout=log, stderr=log)  # noqa: S603
            try:
                await_server(server, port, log.name)
                yield f"http://127.0.0.1:{port}"
            finally:
                server.terminate()
                try:
                    server.wait(timeout=15)
                except subprocess.TimeoutExpired:
                    server.kill()
                tell_what_went_wrong(log.name)


def tell_what_went_wrong(log: str) -> None:
    """The first error that the server wrote down, so that a failed play says why."""
    with open(log) as told:
        fault = FIRST_ERROR.search(told.read())
    if fault:
        sys.stderr.write(fault[0][-3000:] + "\n")


def await_server(server: subprocess.Popen[bytes], port: int, log: str) -> None:
    until = time.monotonic() + START_TAKES
    while time.monotonic() < until and server.poll() is None:
        if is_demo(f"http://127.0.0.1:{port}"):
            return
        time.sleep(0.3)
    with open(log) as told:
        raise Offline(f"de eigen server startte niet: {told.read()[-800:]}")


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])

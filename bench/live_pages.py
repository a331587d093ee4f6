"""Row 10: what a page with one SQL read costs in processor, beside a bare WSGI server with the same view."""

from __future__ import annotations

import importlib.util
import os
import socketserver
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from wsgiref.simple_server import ServerHandler, WSGIRequestHandler, WSGIServer

import psutil

from bench.live_rows import Row
from bench.load import Asked, Line
from tests.live.world import ROOT, Server

ASKED = 1500
PAGE = Asked("/one-read", "")
SETTINGS = "bench.page_settings"


def cpu_per_page(port: int, pids: list[int]) -> float:
    """Milliseconds of processor of the server for each page, asked over one kept connection."""
    processes = [psutil.Process(pid) for pid in pids]
    processes += [child for process in processes for child in process.children(recursive=True)]
    line = Line(port)
    for _ in range(100):
        assert line.ask(PAGE).status == 200
    before = sum(one.cpu_times().user + one.cpu_times().system for one in processes)
    for _ in range(ASKED):
        line.ask(PAGE)
    used = sum(one.cpu_times().user + one.cpu_times().system for one in processes) - before
    line.close()
    return float(1000 * used / ASKED)


def page(folder: Path) -> Row:
    server = Server(folder / "page", DJANGO_SETTINGS_MODULE=SETTINGS).migrate().start()
    assert server.process is not None
    try:
        mine = cpu_per_page(server.port, [server.process.pid])
    finally:
        server.stop()
    granian = importlib.util.find_spec("granian") is not None
    with bare(server.environment, granian) as (port, pid):
        least = cpu_per_page(port, [pid])
    name = "granian" if granian else "wsgiref"
    found = f"{mine:.2f} ms, {name} {least:.2f} ms: {mine / least:.1f} x"
    why = (
        ""
        if granian
        else "granian is not installed here (put it on PYTHONPATH to compare with it): wsgiref stands in for it."
    )
    return Row("10", "page with one SQL read, processor of the server", "<= 2 x a bare WSGI server", found,
               mine <= 2 * least, why)  # fmt: skip


@contextmanager
def bare(environment: dict[str, str], granian: bool) -> Iterator[tuple[int, int]]:
    """The same Django program behind a WSGI server and nothing else."""
    from tests.live.postgres import free_port

    port = free_port()
    words = [
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--port",
        str(port),
        "--no-log",
        "samenwijk.config.wsgi:application",
    ]
    command = [sys.executable, *words] if granian else [sys.executable, "-m", "bench.live_pages", str(port)]
    process = subprocess.Popen(
        command,
        env={**os.environ, **environment, "PYTHONPATH": os.pathsep.join(sys.path)},
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                Line(port).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


class Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle(self) -> None:
        """Keeps the connection, which wsgiref by itself does not."""
        self.close_connection = False
        while not self.close_connection:
            self.raw_requestline = self.rfile.readline(65537)
            if not self.raw_requestline or not self.parse_request():
                return
            handler = ServerHandler(self.rfile, self.wfile, self.get_stderr(), self.get_environ(), multithread=True)
            handler.request_handler = self  # type: ignore[attr-defined]
            handler.run(self.server.get_app())  # type: ignore[attr-defined]
            self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:
        pass


class Threaded(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


def main() -> None:
    from samenwijk.config.wsgi import application

    server = Threaded(("127.0.0.1", int(sys.argv[1])), Handler)
    server.set_app(application)
    server.serve_forever()


if __name__ == "__main__":
    main()

"""A server process of the product with a data folder, a database and a port of its own, and a bare one beside it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parent.parent
POSTGRES = os.environ.get("SAMENWIJK_TEST_POSTGRES", "postgresql://postgres@127.0.0.1/postgres")
DATABASE_OF_ITS_OWN = re.compile(r"/[^/]*$")


class Server:
    """`samenwijk serve` (or another program that prints its address) as a process of its own."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.environment = {**os.environ, **environment}
        self.process = subprocess.Popen(
            [sys.executable, *command], env=self.environment, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)", said)
        if found is None:
            raise SystemExit(f"The server said {said!r} instead of its address.")
        self.port = int(found[1])
        self.about = psutil.Process(self.process.pid)

    def cpu(self) -> float:
        """Seconds of processor that the process took until now."""
        used = self.about.cpu_times()
        return float(used.user + used.system)

    def memory(self) -> float:
        """MB in memory (RSS)."""
        return float(self.about.memory_info().rss) / 1024 / 1024

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()


@contextmanager
def place(postgresql: bool) -> Iterator[dict[str, str]]:
    """The environment of an installation that exists for this run only, its database migrated."""
    with tempfile.TemporaryDirectory(prefix="samenwijk-bench-") as folder, database(postgresql) as url:
        environment = {"SAMENWIJK_DATA_DIR": folder, "SAMENWIJK_DATABASE_URL": url, "SAMENWIJK_DEBUG": "0"}
        manage(environment, "migrate", "--verbosity", "0")
        yield environment


@contextmanager
def database(postgresql: bool) -> Iterator[str]:
    """An empty PostgreSQL database that is dropped afterwards; for SQLite the file in the data folder."""
    if not postgresql:
        yield ""
        return
    import psycopg

    name = f"samenwijk_bench_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(POSTGRES, autocommit=True) as door:
        door.execute(f'CREATE DATABASE "{name}"')
        try:
            yield DATABASE_OF_ITS_OWN.sub(f"/{name}", POSTGRES)
        finally:
            door.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def manage(environment: dict[str, str], *arguments: str) -> None:
    command = [sys.executable, "-m", "samenwijk.config.cli", *arguments]
    subprocess.run(command, env={**os.environ, **environment}, check=True, cwd=ROOT)


def filled(environment: dict[str, str], module: str) -> dict[str, Any]:
    """What `fill()` of a module of the bench tells, run inside the installation."""
    command = [sys.executable, "-m", "bench.inside", module]
    done = subprocess.run(
        command, env={**os.environ, **environment}, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@contextmanager
def product(environment: dict[str, str]) -> Iterator[Server]:
    server = Server(["-m", "samenwijk.config.cli", "serve", "--port", "0"], environment)
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def bare(folder: str, bodies: dict[str, tuple[list[tuple[str, str]], bytes]]) -> Iterator[Server]:
    """The same uvicorn and a2wsgi around a WSGI program that answers with stored bytes."""
    stored = Path(folder, "bare")
    stored.mkdir(exist_ok=True)
    for name, (headers, body) in bodies.items():
        (stored / name).write_bytes(body)
        (stored / f"{name}.headers").write_text("\n".join(f"{key}: {value}" for key, value in headers))
    server = Server(["-m", "bench.bare", str(stored)], {})
    try:
        yield server
    finally:
        server.stop()


def busy(seconds: float) -> float:
    """Share of the whole machine that was busy during these seconds, in per cent."""
    share: Any = psutil.cpu_percent(interval=seconds)
    return float(share)

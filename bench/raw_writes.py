"""The least that a write can cost: seven small rows in one transaction that is on disk, without any product."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path
from typing import Any

from bench.load import Measured, in_threads
from bench.serving import database
from samenwijk.config.environment import SQLITE_PRAGMAS

ROWS = 7
TABLE = "CREATE TABLE kept (id {identity}, author TEXT NOT NULL, words TEXT NOT NULL)"


def sqlite(folder: str, number: int, concurrency: int) -> Measured:
    path = Path(folder, "raw.sqlite3")
    path.unlink(missing_ok=True)
    own = threading.local()

    def line() -> sqlite3.Connection:
        if not hasattr(own, "line"):
            own.line = sqlite3.connect(path, timeout=30, isolation_level=None)
            own.line.executescript(SQLITE_PRAGMAS)
        found: sqlite3.Connection = own.line
        return found

    line().execute(TABLE.format(identity="INTEGER PRIMARY KEY"))

    def write(piece: int, _thread: int) -> None:
        kept = line()
        kept.execute("BEGIN IMMEDIATE")
        kept.executemany("INSERT INTO kept (author, words) VALUES (?, ?)", [(str(piece), "x" * 60)] * ROWS)
        kept.execute("COMMIT")

    return Measured.of(*in_threads(range(number), concurrency, write))


def postgresql(number: int, concurrency: int) -> Measured:
    import psycopg

    with database(True) as url:
        lines: list[psycopg.Connection[Any]] = [psycopg.connect(url) for _ in range(concurrency)]
        lines[0].execute(TABLE.format(identity="bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY"))
        lines[0].commit()

        def write(piece: int, thread: int) -> None:
            with lines[thread].transaction(), lines[thread].cursor() as cursor:
                cursor.executemany("INSERT INTO kept (author, words) VALUES (%s, %s)", [(str(piece), "x" * 60)] * ROWS)

        measured = Measured.of(*in_threads(range(number), concurrency, write))
        for line in lines:
            line.close()
        return measured

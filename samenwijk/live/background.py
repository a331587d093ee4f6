"""Work that returns by itself, such as sending mail: registered in `AppConfig.ready()`, run by the server.

    background.every(30, send_waiting_mail)

Each job has a thread of its own in the serving process, gives its database connections back after every
run, and an error is logged and tried again next time. With several serving processes on PostgreSQL a job
runs in one at a time.
"""

import logging
import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, connections

FIRST_RUN_AFTER = 1.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    seconds: float
    function: Callable[[], object]
    name: str

    def run(self) -> None:
        """Runs once, whatever comes of it."""
        try:
            if self._is_mine():
                self.function()
        # Whatever went wrong, its thread must live: the database may be back, and the cause gone, the next time.
        except Exception:
            log.exception("Background work %s failed; it is tried again in %s s", self.name, self.seconds)
        finally:
            connections.close_all()

    def _is_mine(self) -> bool:
        """On PostgreSQL takes a lock that ends with this connection; SQLite has one serving process."""
        if connection.vendor != "postgresql":
            return True
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [zlib.crc32(self.name.encode())])
            return bool(cursor.fetchone()[0])


class Background:
    """The registered jobs and, in a serving process, their threads."""

    def __init__(self) -> None:
        self.jobs: dict[str, Job] = {}
        self._stop: threading.Event | None = None
        self._threads: list[threading.Thread] = []

    def every(self, seconds: float, function: Callable[[], object], name: str = "") -> None:
        name = name or f"{function.__module__}.{getattr(function, '__qualname__', 'work')}"
        self.jobs[name] = Job(seconds, function, name)

    def start(self) -> None:
        if self._stop is not None:
            return
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._repeat, args=(job, self._stop), name=f"every-{job.name}", daemon=True)
            for job in self.jobs.values()
        ]
        for thread in self._threads:
            thread.start()

    def stop(self, patience: float = 5.0) -> None:
        """Starts nothing new and gives what runs a moment to finish."""
        stop, self._stop = self._stop, None
        if stop is None:
            return
        stop.set()
        for thread in self._threads:
            thread.join(timeout=patience)

    @staticmethod
    def _repeat(job: Job, stop: threading.Event) -> None:
        wait = min(FIRST_RUN_AFTER, job.seconds)
        while not stop.wait(wait):
            job.run()
            wait = job.seconds


background = Background()


def every(seconds: float, function: Callable[[], object], name: str = "") -> None:
    """Registers a function to be run again and again, this many seconds after it last ended."""
    background.every(seconds, function, name)

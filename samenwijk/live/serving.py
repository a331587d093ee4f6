"""One serving process per SQLite file: its writer thread and its hub must be the only ones."""

import fcntl
import os
from pathlib import Path

from django.db import connection


class AlreadyServing(Exception):
    """Another process serves this database file."""

    def __init__(self, database: Path) -> None:
        super().__init__(
            f"Er draait al een Samenwijk op {database}. Stop die eerst, of gebruik PostgreSQL voor meer processen."
        )


class ServingLock:
    """Held as long as the process lives; the system lets go of it when the process dies, however it dies."""

    def __init__(self) -> None:
        self._descriptor: int | None = None

    def take(self) -> None:
        """Takes the lock beside the SQLite file; taking it twice in one process is harmless."""
        if self._descriptor is not None or connection.vendor != "sqlite":
            return
        database = Path(connection.settings_dict["NAME"])
        descriptor = os.open(database.with_name(database.name + ".serving"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(descriptor)
            raise AlreadyServing(database) from error
        self._descriptor = descriptor

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


lock = ServingLock()

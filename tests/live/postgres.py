"""A PostgreSQL of the test's own on loopback, to restart while an evening runs."""

import os
import re
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest


def program(name: str) -> str | None:
    """A program of PostgreSQL; Debian keeps them by version."""
    places = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    found = sorted(places, key=lambda path: int(re.sub(r"\D", "", str(path))))
    return str(found[-1]) if found else shutil.which(name)


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


class Cluster:
    """A cluster in a folder of its own; as root it runs as the user postgres, for it refuses root."""

    def __init__(self) -> None:
        if program("initdb") is None:
            pytest.skip("PostgreSQL is not installed (apt install postgresql)")
        if os.geteuid() == 0 and shutil.which("runuser") is None:
            pytest.skip("PostgreSQL does not run as root, and there is no runuser")
        self.folder = Path(tempfile.mkdtemp(prefix="samenwijk-postgres-"))
        self.port = free_port()
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self.run("initdb", "-D", str(self.folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")

    @property
    def url(self) -> str:
        return self.database("postgres")

    def database(self, name: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def run(self, name: str, *words: str) -> None:
        as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        found = program(name)
        assert found is not None
        # The server inherits no pipe of ours: it would keep it open.
        with open(self.folder.with_suffix(".log"), "a+") as log:
            done = subprocess.run(
                [*as_postgres, found, *words], stdout=log, stderr=log, cwd="/", timeout=60, check=False
            )
            log.seek(0)
            assert done.returncode == 0, log.read()[-2000:]

    def start(self, settings: str = "") -> "Cluster":
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 {settings}"
        log = str(self.folder / "log")
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-o", options, "-l", log, "-w", "start")
        return self

    def stop(self, how: str = "fast") -> None:
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", how, "-w", "stop")

    def remove(self) -> None:
        if (self.folder / "data" / "postmaster.pid").exists():
            self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.with_suffix(".log").unlink(missing_ok=True)

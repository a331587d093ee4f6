"""A real server in a process of its own, and listeners that hear what a browser would hear."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 15.0


def eventually(check: Callable[[], Any], within: float = PATIENCE) -> Any:
    """Waits until the check says something true, and returns it."""
    end = time.monotonic() + within
    while not (found := check()):
        if time.monotonic() > end:
            raise AssertionError(f"{check} did not come true within {within} s")
        time.sleep(0.02)
    return found


class Server:
    """`samenwijk serve` with the small installation of server_settings.py."""

    def __init__(self, data_dir: Path, **variables: str) -> None:
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("SAMENWIJK_")},
            "DJANGO_SETTINGS_MODULE": "tests.live.server_settings",
            "PYTHONPATH": str(ROOT),
            "SAMENWIJK_DATA_DIR": str(data_dir),
            **variables,
        }
        self.process: subprocess.Popen[str] | None = None
        self.port = 0

    def command(self, *words: str, **options: Any) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "django", *words]
        return subprocess.run(
            line, env=self.environment, capture_output=True, text=True, timeout=180, cwd=ROOT, **options
        )

    def does(self, code: str) -> str:
        """Runs this code in the installation; what it printed."""
        done = self.command("shell", "--verbosity", "0", "-c", code)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def migrate(self) -> "Server":
        done = self.command("migrate", "--verbosity", "0")
        assert done.returncode == 0, done.stderr
        return self

    def start(self, port: int = 0) -> "Server":
        self.process = subprocess.Popen(
            [sys.executable, "-m", "django", "serve", "--port", str(port)],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
        )
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)", said)
        assert found, f"The server said {said!r}"
        self.port = int(found[1])
        return self

    def stop(self) -> float:
        """Asks the server to stop, as a system does; returns the seconds that it took."""
        if self.process is None:
            return 0.0
        begin = time.monotonic()
        self.ask_to_stop()
        self.process.wait(timeout=PATIENCE)
        return self._closed(begin)

    def ask_to_stop(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)

    def kill(self) -> float:
        assert self.process is not None
        begin = time.monotonic()
        self.process.kill()
        self.process.wait(timeout=PATIENCE)
        return self._closed(begin)

    def _closed(self, begin: float) -> float:
        assert self.process is not None
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process = None
        return time.monotonic() - begin

    def ask(self, method: str, path: str, headers: dict[str, str] | None = None, **query: Any) -> tuple[int, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=40)
        try:
            line.request(method, f"{path}?{urlencode(query)}" if query else path, headers=headers or {})
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        finally:
            line.close()

    def json(self, path: str, method: str = "GET", **query: Any) -> dict[str, Any]:
        status, body = self.ask(method, path, **query)
        assert status == 200, (status, body[:300])
        found: dict[str, Any] = json.loads(body)
        return found

    def room(self) -> "LiveRoom":
        return LiveRoom(self, self.json("/room"))


class LiveRoom:
    def __init__(self, server: Server, made: dict[str, Any]) -> None:
        self.server = server
        self.number: int = made.pop("room")
        self.tickets: dict[str, str] = made

    def announce(self, **facts: Any) -> int:
        return int(self.server.json("/announce", room=self.number, **facts)["seq"])

    def state(self) -> dict[str, Any]:
        return self.server.json("/state", room=self.number)

    def ticket(self, channel: str = "phone", **options: Any) -> str:
        return str(self.server.json("/ticket", room=self.number, channel=channel, **options)["ticket"])

    def poll(self, channel: str = "phone", **query: Any) -> dict[str, Any]:
        return self.server.json(f"/live/{self.tickets[channel]}/poll", **query)

    def listen(self, channel: str = "phone", ticket: str = "", **query: Any) -> "Listener":
        return Listener(self.server.port, ticket or self.tickets[channel], **query)


class Listener(threading.Thread):
    """Reads a stream as EventSource does; keeps every event."""

    open: ClassVar[set["Listener"]] = set()

    def __init__(self, port: int, ticket: str, headers: dict[str, str] | None = None, **query: Any) -> None:
        super().__init__(daemon=True)
        self.events: list[dict[str, Any]] = []
        self.ended = threading.Event()
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._line.request("GET", f"/live/{ticket}/stream?{urlencode(query)}", headers=headers or {})
        self._socket = self._line.sock
        self.answer = self._line.getresponse()
        Listener.open.add(self)
        self.status = self.answer.status
        self.start()
        if self.status == 200:
            eventually(lambda: self.events)

    def run(self) -> None:
        event: dict[str, Any] = {"name": "message"}
        try:
            while line := self.answer.readline():
                field, _, value = line.decode().rstrip("\n").partition(": ")
                if field == "data":
                    event.update(json.loads(value))
                elif field == "event":
                    event["name"] = value
                elif field == "id":
                    event["id"] = int(value)
                elif not field:
                    self.events.append(event)
                    event = {"name": "message"}
        except (OSError, http.client.HTTPException, ValueError, AttributeError):
            pass  # The line was cut, by us or by the server.
        self.ended.set()

    @property
    def frames(self) -> list[dict[str, Any]]:
        return [event for event in self.events if event["name"] == "message"]

    @property
    def numbers(self) -> list[int]:
        return [frame["seq"] for frame in self.frames]

    def hears(self, seq: int, within: float = PATIENCE) -> None:
        eventually(lambda: seq in self.numbers, within)

    def hang_up(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self.join(timeout=PATIENCE)
        self.answer.close()
        self._line.close()
        Listener.open.discard(self)

    @classmethod
    def hang_up_all(cls) -> None:
        for listener in list(cls.open):
            listener.hang_up()

"""Plays the evening against this very server: `samenwijk play` beside it, with its words kept for the page."""

import os
import subprocess
import sys
import threading
from collections import deque

from django.conf import settings

LINES = 24
SPEED = 60


class Performance:
    """One play at a time. It lives as long as the server does."""

    def __init__(self) -> None:
        self._gate = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._told: deque[str] = deque(maxlen=LINES)
        self._by_hand = False

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def ended(self) -> bool:
        return self._process is not None and self._process.poll() is not None

    @property
    def went_well(self) -> bool:
        return self.ended and self._process is not None and self._process.returncode == 0

    @property
    def by_hand(self) -> bool:
        """Whether somebody at the console leads, and the play only brings the participants."""
        return self._by_hand

    @property
    def lines(self) -> list[str]:
        return list(self._told)

    def start(self, address: str, *, by_hand: bool = False) -> None:
        """Starts the play, unless one is running: pressing twice is harmless."""
        with self._gate:
            if self.running:
                return
            self._told.clear()
            self._by_hand = by_hand
            command = [sys.executable, "-u", "-m", "samenwijk.config.cli", "play"]
            command += ["--url", address, "--speed", str(SPEED), *(["--no-facilitator"] if by_hand else [])]
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                env={**os.environ, "SAMENWIJK_DATA_DIR": str(settings.DATA_DIR), "PYTHONIOENCODING": "utf-8"},
            )
            threading.Thread(target=self._listen, args=[self._process], daemon=True).start()

    def stop(self) -> None:
        with self._gate:
            process, self._process = self._process, None
            self._told.clear()
        if process is not None and process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()

    def _listen(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None
        for line in process.stdout:
            if self._process is process and line.strip():
                self._told.append(line.rstrip())
        process.wait()


performance = Performance()

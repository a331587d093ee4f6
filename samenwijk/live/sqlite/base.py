"""Django's SQLite, where those who write in one process take turns, in the order in which they came.

SQLite lets who wants to write ask again and again, with pauses of up to 100 ms. A thread that writes all the time
leaves gaps that the others never hit, so that they give up after their timeout: "database is locked".
"""

from __future__ import annotations

import re
import threading
from collections import deque
from collections.abc import Callable
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

PATIENCE = 60
"""Seconds that somebody waits for a turn; what holds it longer has gone wrong."""
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)


class Turns:
    """A lock that goes to who waits longest."""

    def __init__(self) -> None:
        self._gate = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Event] = deque()

    def take(self) -> None:
        with self._gate:
            if not self._taken:
                self._taken = True
                return
            mine = threading.Event()
            self._waiting.append(mine)
        if not mine.wait(PATIENCE) and self._gave_up(mine):
            raise OperationalError("database is locked: no turn to write")

    def give(self) -> None:
        with self._gate:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False

    def _gave_up(self, mine: threading.Event) -> bool:
        """Leaves the row, unless the turn came at the last moment."""
        with self._gate:
            if mine.is_set():
                return False
            self._waiting.remove(mine)
            return True


_turns: dict[str, Turns] = {}


class DatabaseWrapper(base.DatabaseWrapper):
    """A transaction has the turn from its beginning to its end, a statement outside one for as long as it runs."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self._turns = _turns.setdefault(str(self.settings_dict["NAME"]), Turns())
        self._has_turn = False
        self.execute_wrappers.append(self._in_turn)

    def _in_turn(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if self.in_atomic_block or self._has_turn or not WRITES.match(sql):
            return execute(sql, params, many, context)
        self._turns.take()
        try:
            return execute(sql, params, many, context)
        finally:
            self._turns.give()

    def _start_transaction_under_autocommit(self) -> None:
        self._turns.take()
        self._has_turn = True
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._give_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._give_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._give_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._give_turn()

    def _give_turn(self) -> None:
        if self._has_turn:
            self._has_turn = False
            self._turns.give()

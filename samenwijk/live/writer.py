"""One way to write on the live path: `write(fn)` runs fn in one transaction and returns after its commit.

SQLite takes one writer at a time and lets the others sleep, unfairly, up to seconds. So the serving
process on SQLite has one writer thread that takes whatever waits (at most 128 changes), runs each in its
own savepoint and commits them together: one wait for the disk instead of 128. Everywhere else fn simply
runs in a transaction in its own thread.
"""

import contextvars
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from django.db import connection, connections, transaction
from django.utils import timezone, translation

T = TypeVar("T")
AT_ONCE = 128
PATIENCE = 30
"""Seconds that a caller waits; the same form sent again is harmless, so giving up loses nothing."""

log = logging.getLogger(__name__)


class Change:
    """A function that waits for its commit, with the language, clock and context of its request."""

    def __init__(self, function: Callable[[], Any]) -> None:
        self.function = function
        self.context = contextvars.copy_context()
        self.language = translation.get_language()
        self.timezone = timezone.get_current_timezone()
        self.answer: Future[Any] = Future()
        self.result: Any = None
        self.error: BaseException | None = None

    def run(self) -> None:
        """Runs in a savepoint of its own: when it fails, only this change is undone."""
        try:
            with transaction.atomic():
                self.result = self.context.run(self._as_the_caller)
        except BaseException as error:
            self.error = error

    def _as_the_caller(self) -> Any:
        with translation.override(self.language), timezone.override(self.timezone):
            return self.function()

    def reply(self, failed_commit: BaseException | None = None) -> None:
        if error := self.error or failed_commit:
            self.answer.set_exception(error)
        else:
            self.answer.set_result(self.result)


class Writer:
    """The writer thread with its queue."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[Change | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._gate = threading.Lock()

    @property
    def running(self) -> bool:
        return self._thread is not None

    def start(self) -> None:
        with self._gate:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="live-writer", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Finishes what waits and ends the thread; later changes run in their own thread."""
        with self._gate:
            thread, self._thread = self._thread, None
            if thread is not None:
                self._queue.put(None)
        if thread is not None:
            thread.join()

    def submit(self, change: Change) -> bool:
        """Puts the change in the queue, unless the thread is not there or is the one asking."""
        with self._gate:
            if self._thread is None or self._thread is threading.current_thread():
                return False
            self._queue.put(change)
            return True

    def _work(self) -> None:
        try:
            while changes := self._waiting():
                self._commit([change for change in changes if change is not None])
                if changes[-1] is None:
                    return
        finally:
            connections.close_all()

    def _waiting(self) -> list[Change | None]:
        """Waits for one change and takes with it what has come in meanwhile."""
        changes = [self._queue.get()]
        while changes[-1] is not None and len(changes) < AT_ONCE:
            try:
                changes.append(self._queue.get_nowait())
            except Empty:
                break
        return changes

    def _commit(self, changes: list[Change]) -> None:
        if not changes:
            return
        failed: BaseException | None = None
        try:
            with transaction.atomic():
                for change in changes:
                    change.run()
                if connection.needs_rollback:
                    raise transaction.TransactionManagementError("The database gave up the whole group.")
                self._let_no_hook_stop_another()
        except BaseException as error:
            log.exception("A group of %d changes was not committed", len(changes))
            failed = error
            connection.close()
        for change in changes:
            change.reply(failed)

    def _let_no_hook_stop_another(self) -> None:
        """What runs after the commit belongs to several people: an error in one is logged, the others run."""
        hooks: Any = connection
        hooks.run_on_commit = [(savepoints, hook, True) for savepoints, hook, _robust in hooks.run_on_commit]


writer = Writer()


def write(function: Callable[[], T]) -> T:
    """Runs the function in one transaction and returns its result after the commit; an error undoes all."""
    if not connection.in_atomic_block:
        change = Change(function)
        if writer.submit(change):
            answer: T = change.answer.result(timeout=PATIENCE)
            return answer
    with transaction.atomic():
        return function()

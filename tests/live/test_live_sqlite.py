"""SQLite with several who write in one process: everybody gets a turn, nobody is locked out."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connections, transaction

from samenwijk.config.environment import sqlite

IMPATIENT = 0.05
HELD = 0.02
WRITERS = 8
FILE = "file"


@pytest.fixture
def file(tmp_path: Path, django_db_blocker: Any) -> Iterator[Path]:
    """A database of its own that gives up waiting for another connection almost at once."""
    path = tmp_path / "room.sqlite3"
    settings = sqlite(path)
    settings["OPTIONS"]["timeout"] = IMPATIENT
    connections.settings[FILE] = connections.configure_settings({"default": {}, FILE: settings})[FILE]
    with django_db_blocker.unblock():
        with connections[FILE].cursor() as cursor:
            cursor.execute("CREATE TABLE note (who INTEGER)")
        yield path
        connections[FILE].close()
    del connections[FILE], connections.settings[FILE]


def atomic() -> transaction.Atomic:
    return transaction.atomic(using=FILE)


def note(who: int) -> None:
    with connections[FILE].cursor() as cursor:
        cursor.execute("INSERT INTO note (who) VALUES (%s)", [who])


def notes() -> int:
    with connections[FILE].cursor() as cursor:
        return int(cursor.execute("SELECT count(*) FROM note").fetchone()[0])


def note_for_a_while(who: int) -> None:
    with atomic():
        note(who)
        time.sleep(HELD)


def at_once(deed: Callable[[int], object]) -> list[Exception]:
    """Does the deed five times in each of eight threads; what went wrong."""
    wrong: list[Exception] = []

    def does(who: int) -> None:
        try:
            for _turn in range(5):
                deed(who)
        except Exception as error:
            wrong.append(error)
        finally:
            connections[FILE].close()

    threads = [threading.Thread(target=does, args=[who]) for who in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return wrong


def test_many_transactions_at_once_all_come_through(file: Path) -> None:
    assert at_once(note_for_a_while) == []
    assert notes() == 5 * WRITERS


def test_statements_outside_a_transaction_wait_for_their_turn(file: Path) -> None:
    assert at_once(lambda who: note(who) if who % 2 else note_for_a_while(who)) == []
    assert notes() == 5 * WRITERS


@pytest.mark.parametrize("closes", [False, True])
def test_a_turn_ends_with_its_transaction_however_that_ends(file: Path, closes: bool) -> None:
    @atomic()
    def goes_wrong(who: int) -> None:
        note(who)
        if closes:
            connections[FILE].close()
        raise ZeroDivisionError

    wrong = at_once(goes_wrong)
    assert len(wrong) == WRITERS
    assert {type(error) for error in wrong} == {ZeroDivisionError}
    note(1)
    assert notes() == 1


def test_readers_wait_for_nobody(file: Path) -> None:
    with atomic():
        note(1)
        assert at_once(lambda _who: notes()) == []


def test_another_process_that_holds_the_file_is_said_to_lock_it(file: Path) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="locked"), atomic():
        pass
    other.execute("ROLLBACK")
    other.close()
    note_for_a_while(1)

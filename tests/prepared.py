"""Worlds and evenings that are made once per process and then put back row by row, for every test that asks for one.

    @prepared
    def held(evening):
        people = evening.fills(9)
        evening.comes_to_plans(people)
        evening.people = people
        return evening

    def test_somebody_reads_the_report(held, cast, as_user): ...

What is kept is the difference that the function made: rows that came, changed and went, and the objects that it left in
its fixtures and gave back. Each test gets its own copy, in its own transaction; what was written "now" is now again.
A prepared fixture stands on the world of the cast and on other prepared fixtures, so it takes no other ones, and it is
put in place before everything else that a test asks for.
"""

from __future__ import annotations

import inspect
import io
import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, wraps
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from django.utils.translation import get_language

Row = tuple[Any, ...]
Rows = dict[Any, Row]
"""The rows of a table by their key."""

PREPARED: set[str] = set()
"""Names of the fixtures that come before all others; see conftest.py."""


class Table(NamedTuple):
    name: str
    key: str
    moments: frozenset[str]
    """Columns that hold a moment."""


@dataclass
class Change:
    """What happened to one table."""

    table: Table
    columns: list[str]
    gone: list[Any]
    new: list[Row]
    moving: list[tuple[int, int]] = field(init=False)
    """Row and column of what was counted from "now"."""

    def __post_init__(self) -> None:
        self.moving = [
            (number, at)
            for at, column in enumerate(self.columns)
            if column in self.table.moments
            for number, row in enumerate(self.new)
            if counted_from_now(row[at])
        ]


@dataclass
class Kept:
    """What a function did to the database and to its objects, and when."""

    changes: list[Change]
    objects: bytes
    end: datetime

    @classmethod
    def of(cls, play: Callable[[], Any], given: Mapping[str, Any]) -> tuple[Kept, Any]:
        """Plays, and keeps what that made."""
        before = contents()
        result = play()
        after, end = contents(), timezone.now()
        changes = [change for table in tables() if (change := _change(table, before[table][1], *after[table]))]
        packed = _Packer.pack((result, {name: vars(each) for name, each in given.items()}), given)
        return cls(changes, packed, end), result

    def put_back(self, given: Mapping[str, Any]) -> Any:
        """Does the same again to the database and to these objects; gives what the function gave."""
        later = timezone.now() - self.end
        # In one transaction, so that rows may point at rows that follow: journeys have none around them.
        with transaction.atomic(), connection.cursor() as cursor:
            for change in self.changes:
                if change.gone:
                    where = f'DELETE FROM "{change.table.name}" WHERE "{change.table.key}" = %s'
                    cursor.executemany(where, [(key,) for key in change.gone])
            for change in self.changes:
                if change.new:
                    names = ", ".join(f'"{column}"' for column in change.columns)
                    places = ", ".join(["%s"] * len(change.columns))
                    into = f'INSERT INTO "{change.table.name}" ({names}) VALUES ({places})'
                    cursor.executemany(into, self._moved(change, later))
        result, inside = _Unpacker.unpack(self.objects, given, later)
        for name, each in given.items():
            vars(each).clear()
            vars(each).update(inside[name])
        return result

    def _moved(self, change: Change, later: timedelta) -> list[Row]:
        """The rows, with what was written while playing as long ago as it was then."""
        rows = [*change.new]
        for number, at in change.moving:
            row = rows[number]
            rows[number] = (*row[:at], row[at] + later, *row[at + 1 :])
        return rows


def counted_from_now(moment: datetime | None) -> bool:
    """What somebody chose falls on a whole second; what a clock said does not."""
    return moment is not None and moment.microsecond != 0


@cache
def tables() -> tuple[Table, ...]:
    """Every table that a test may write in."""
    return tuple(
        Table(
            model._meta.db_table,
            model._meta.pk.column,
            frozenset(
                each.column for each in model._meta.concrete_fields if each.get_internal_type() == "DateTimeField"
            ),
        )
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and model._meta.label not in ("contenttypes.ContentType", "auth.Permission")
    )


def contents(only: Any = None) -> dict[Table, tuple[list[str], Rows]]:
    """All rows of all tables."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables() if only is None else only:
            cursor.execute(f'SELECT * FROM "{table.name}"')
            columns = [column[0] for column in cursor.description]
            at = columns.index(table.key)
            found[table] = (columns, {row[at]: tuple(row) for row in cursor.fetchall()})
    return found


def _change(table: Table, before: Rows, columns: list[str], after: Rows) -> Change | None:
    gone = [key for key, row in before.items() if after.get(key) != row]
    new = [row for key, row in after.items() if before.get(key) != row]
    return Change(table, columns, gone, new) if gone or new else None


class _Packer(pickle.Pickler):
    """Objects as they stand, with holes for the fixtures and for what was counted from "now"."""

    @classmethod
    def pack(cls, thing: Any, given: Mapping[str, Any]) -> bytes:
        out = io.BytesIO()
        packer = cls(out, pickle.HIGHEST_PROTOCOL)
        packer.holes = {id(each): name for name, each in given.items()}
        packer.dump(thing)
        return out.getvalue()

    def persistent_id(self, thing: Any) -> Any:
        if name := self.holes.get(id(thing)):
            return name
        if isinstance(thing, datetime) and counted_from_now(thing):
            return (thing.isoformat(),)
        return None

    def reducer_override(self, thing: Any) -> Any:
        # A browser is what it remembers; the handler behind it is made anew.
        return (_browser, (dict(thing.cookies),)) if isinstance(thing, Client) else NotImplemented


class _Unpacker(pickle.Unpickler):
    @classmethod
    def unpack(cls, packed: bytes, given: Mapping[str, Any], later: timedelta) -> Any:
        unpacker = cls(io.BytesIO(packed))
        unpacker.given, unpacker.later = given, later
        return unpacker.load()

    def persistent_load(self, hole: Any) -> Any:
        return self.given[hole] if isinstance(hole, str) else datetime.fromisoformat(hole[0]) + self.later


def _browser(cookies: dict[str, Any]) -> Client:
    client = Client()
    for name, morsel in cookies.items():
        client.cookies[name] = morsel
    return client


# Standing on the world ------------------------------------------------------------------------------------------------

Chain = tuple[str, ...]

_kept: dict[Chain, Kept] = {}
_standing: dict[str, tuple[Chain, int]] = {}
"""For each database what was put in place, one on the other, and how much had been written then."""


def put_in_place(name: str, play: Callable[[], Any], given: Mapping[str, Any], *, on_nothing: bool = False) -> Any:
    """Plays the first time; later puts back what that made, on the same ground."""
    ground: Chain = (connection.alias,)
    if not on_nothing:
        ground, written = _standing[connection.alias]
        assert written == _writes(), f"something was written before {name} was put in place"
    key = (*ground, name)
    if key in _kept:
        result = _kept[key].put_back(given)
    else:
        _kept[key], result = Kept.of(play, given)
    _standing[connection.alias] = (key, _writes())
    return result


def nothing_stands() -> None:
    """A new test begins."""
    _standing.clear()


def _writes() -> int:
    """How many rows were ever written: what SQLite counts for a connection, and PostgreSQL for a transaction."""
    if connection.vendor == "sqlite":
        return int(connection.connection.total_changes)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables")
        return int(cursor.fetchone()[0] or 0)


def played_once(method: Callable[..., Any]) -> Callable[..., Any]:
    """A step of an evening that is put in place when it was played before on the same ground.

    That is when the test wrote nothing of its own since the last such step, in the transaction of a test: a journey has
    browsers that listen, so it plays everything.
    """

    @wraps(method)
    def step(evening: Any, *given: Any, **options: Any) -> Any:
        ground = _standing.get(connection.alias)
        if not connection.in_atomic_block or _playing or ground is None or ground[1] != _writes():
            return method(evening, *given, **options)
        people = [each for some in given if isinstance(some, list) for each in some]
        inside = {name: each for name, each in vars(evening).items() if hasattr(each, "__dict__")}
        objects = {"evening": evening, **inside, **{f"person {n}": each for n, each in enumerate(people)}}
        said = [[each.pk for each in some] if isinstance(some, list) else some for some in given]
        name = f"{method.__name__} {evening.meeting.pk} {said} {options} {get_language()}"
        _playing.append(name)
        try:
            return put_in_place(name, lambda: method(evening, *given, **options), objects)
        finally:
            _playing.pop()

    return step


_playing: list[str] = []


def prepared(play: Callable[..., Any]) -> Any:
    """A fixture that is played once per process and then put in place."""
    name, parameters = play.__name__, inspect.signature(play).parameters
    asked = [*parameters, *(each for each in ("cast", "evening") if each not in parameters)]
    strangers = set(asked) - {"cast", "evening"} - PREPARED
    assert not strangers, f"{name} stands on the cast and on prepared fixtures only, not on {sorted(strangers)}"
    PREPARED.add(name)

    def in_place(**given: Any) -> Any:
        objects = {each: thing for each, thing in given.items() if hasattr(thing, "__dict__")}
        _playing.append(name)
        try:
            return put_in_place(
                f"{play.__module__}.{name}", lambda: play(**{each: given[each] for each in parameters}), objects
            )
        finally:
            _playing.pop()

    in_place.__name__, in_place.__doc__, in_place.__module__ = name, play.__doc__, play.__module__
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    in_place.__signature__ = inspect.Signature([inspect.Parameter(each, kind) for each in asked])  # type: ignore[attr-defined]
    return pytest.fixture(in_place)


def first(names: list[str], after: str) -> None:
    """Puts the prepared fixtures of a test before the others that it asks for."""
    ahead = [name for name in names if name in PREPARED]
    if ahead:
        others = [name for name in names if name not in PREPARED]
        at = others.index(after) + 1
        names[:] = [*others[:at], *ahead, *others[at:]]

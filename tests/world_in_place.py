"""The world of the demo, built once per process and then put back row by row: a test gets it in milliseconds."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, transaction

from samenwijk.demo.world import World, build_world

Rows = list[tuple[object, ...]]


@dataclass
class Snapshot:
    world: World
    rows: dict[str, tuple[list[str], Rows]]
    before: dict[str, set[tuple[object, ...]]]


_snapshot: dict[str, Snapshot] = {}


def world_in_place() -> World:
    """The same world as `build_world()` gives, in the transaction of the test."""
    known = _snapshot.get(connection.alias)
    if known is None:
        return _built()
    if known.before != _before(known.before):
        # A journey emptied the database after itself: the roles came back under other numbers.
        return build_world()
    # In one transaction, so that rows may point at rows that follow: journeys have none around them.
    with transaction.atomic(), connection.cursor() as cursor:
        for table, (columns, rows) in known.rows.items():
            names = ", ".join(f'"{column}"' for column in columns)
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', rows)
    return copy.deepcopy(known.world)


def _built() -> World:
    before = _before()
    world = build_world()
    added = {
        table: (columns, [row for row in rows if row not in before[table]])
        for table, (columns, rows) in _everything().items()
    }
    rows = {table: kept for table, kept in added.items() if kept[1]}
    _snapshot[connection.alias] = Snapshot(
        copy.deepcopy(world), rows, {t: found for t, found in before.items() if found}
    )
    return world


def _before(tables: Iterable[str] | None = None) -> dict[str, set[tuple[object, ...]]]:
    """What stands in the tables before there is a world: the roles."""
    return {table: set(rows) for table, (_columns, rows) in _everything(tables).items()}


def _everything(tables: Iterable[str] | None = None) -> dict[str, tuple[list[str], Rows]]:
    if tables is None:
        tables = [
            model._meta.db_table
            for model in apps.get_models(include_auto_created=True)
            if model.__module__.startswith("samenwijk.")
        ]
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = ([column[0] for column in cursor.description], [tuple(row) for row in cursor.fetchall()])
    return found

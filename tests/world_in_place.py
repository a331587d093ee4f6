"""The world of the demo, built once per process and then put back: a test gets it in milliseconds."""

from __future__ import annotations

from django.db import connection, transaction

from samenwijk.demo.world import World, build_world
from tests.prepared import Rows, Table, contents, put_in_place

_before: dict[str, dict[Table, tuple[list[str], Rows]]] = {}


def world_in_place() -> World:
    """The same world as `build_world()` gives, in the transaction of the test."""
    as_it_was()
    world: World = put_in_place("world", build_world, {}, on_nothing=True)
    return world


def as_it_was() -> None:
    """What stands in the tables before there is a world: the roles, under the numbers that they had at first.

    A journey empties the database after itself, and then they come back under other numbers.
    """
    known = _before.get(connection.alias)
    if known is None:
        everything = contents()
        _before[connection.alias] = {table: found for table, found in everything.items() if found[1]}
        return
    if contents(known) == known:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        for table, (columns, rows) in known.items():
            cursor.execute(f'DELETE FROM "{table.name}"')
            names = ", ".join(f'"{column}"' for column in columns)
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({places})', list(rows.values()))

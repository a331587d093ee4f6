"""The demo makes its own database and touches no other."""

import contextlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys

import pytest
from django.db import connection


def demo(folder, *options):
    """Prepares the demo as a command in a folder, without serving it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SAMENWIJK_")}
    environment |= {"SAMENWIJK_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "samenwijk.config.settings"}
    return subprocess.run(
        [sys.executable, "-m", "samenwijk.config.cli", "demo", "--prepare", *options],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def change(folder, statement):
    with sqlite3.connect(folder / "samenwijk.sqlite3") as database:
        database.execute(statement)


def count(folder, table):
    with sqlite3.connect(folder / "samenwijk.sqlite3") as database:
        return database.execute(f"select count(*) from {table}").fetchone()[0]


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    """The folder of a demo that was started once."""
    folder = tmp_path_factory.mktemp("demo")
    assert demo(folder).returncode == 0
    return folder


def shape(database):
    """Tables with their columns, keys, indexes and named constraints, whatever their order."""

    def written(index):
        [sql] = database.execute("select sql from sqlite_master where name = ?", [index]).fetchone()
        return (sql or "").partition(" ON ")[2]

    found = {}
    tables = database.execute("select name, sql from sqlite_master where type = 'table' and name not like 'sqlite_%'")
    for table, sql in tables.fetchall():
        columns = database.execute(f'pragma table_info("{table}")').fetchall()
        keys = database.execute(f'pragma foreign_key_list("{table}")').fetchall()
        indexes = database.execute(f'pragma index_list("{table}")').fetchall()
        found[table] = {
            "columns": {(name, kind, needed, key) for _n, name, kind, needed, _default, key in columns},
            "keys": {(into, here, there) for _n, _m, into, here, there, *_rest in keys},
            "indexes": sorted(
                (str([row[2] for row in database.execute(f'pragma index_info("{name}")')]), unique, written(name))
                for _n, name, unique, _origin, _partial in indexes
            ),
            "constraints": set(re.findall(r'CONSTRAINT "(\w+)" (?:CHECK|UNIQUE)', sql)),
        }
    return found


def test_migrations_make_the_tables_that_the_models_describe(started, db):
    """Tests make their tables from the models, which is quicker; an installation makes them by migrating."""
    if connection.vendor != "sqlite":
        pytest.skip("the demo keeps its data in SQLite")
    connection.ensure_connection()
    with contextlib.closing(sqlite3.connect(started / "samenwijk.sqlite3")) as migrated:
        made, described = shape(migrated), shape(connection.connection)
    assert made.pop("django_migrations")
    assert len(made) > 40
    assert made == {table: described[table] for table in made}
    assert set(described) - set(made) == set()


def test_the_first_start_makes_a_marked_database_and_the_second_leaves_it(started, tmp_path):
    shutil.copytree(started, tmp_path, dirs_exist_ok=True)
    assert (tmp_path / "DEMO.txt").exists()
    assert count(tmp_path, "demo_demomark") == 1
    assert count(tmp_path, "meetings_meeting") == 2
    change(tmp_path, "delete from figures_areablock")
    assert demo(tmp_path).returncode == 0
    assert count(tmp_path, "figures_areablock") == 0
    # A start that was broken off is finished by the next one.
    change(tmp_path, "update demo_demomark set filled_at = null")
    assert demo(tmp_path).returncode == 0
    assert count(tmp_path, "figures_areablock") > 30
    assert count(tmp_path, "meetings_meeting") == 2


@pytest.mark.parametrize("options", [(), ("--reset",)])
def test_a_database_of_somebody_else_is_refused_with_a_sentence(tmp_path, options):
    with sqlite3.connect(tmp_path / "samenwijk.sqlite3") as database:
        database.execute("create table dierbaar (wat text)")
        database.execute("insert into dierbaar values ('niet weggooien')")
    answer = demo(tmp_path, *options)
    assert answer.returncode != 0
    assert "De demo raakt ze niet aan" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert count(tmp_path, "dierbaar") == 1

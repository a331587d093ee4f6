"""The demo makes its own database and touches no other."""

import os
import sqlite3
import subprocess
import sys

import pytest


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


def test_the_first_start_makes_a_marked_database_and_the_second_leaves_it(tmp_path):
    assert demo(tmp_path).returncode == 0
    assert (tmp_path / "DEMO.txt").exists()
    assert count(tmp_path, "demo_demomark") == 1
    assert count(tmp_path, "meetings_meeting") == 2
    change(tmp_path, "delete from figures_figure")
    assert demo(tmp_path).returncode == 0
    assert count(tmp_path, "figures_figure") == 0
    # A start that was broken off is finished by the next one.
    change(tmp_path, "update demo_demomark set filled_at = null")
    assert demo(tmp_path).returncode == 0
    assert count(tmp_path, "figures_figure") > 300
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

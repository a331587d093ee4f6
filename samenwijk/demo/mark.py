"""Keeps the demo away from databases that it did not make."""

from collections.abc import Collection
from pathlib import Path

from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from samenwijk.demo.models import DemoMark

SIGN = "DEMO.txt"
WORDS = """\
Deze map is van de demo van Samenwijk. Alle mensen en organisaties erin zijn verzonnen.
Je kunt de map weggooien; de demo maakt haar dan opnieuw.
This folder belongs to the demo of Samenwijk. You can delete it; the demo makes it again.
"""


class ForeignDatabase(Exception):
    """There is already something in this database, and the demo did not put it there."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"In de database {name} staan gegevens die niet van de demo zijn. De demo raakt ze niet aan. "
            "Kies een lege map met SAMENWIJK_DATA_DIR, of haal SAMENWIJK_DATABASE_URL weg."
        )


def make_ours() -> None:
    """Puts the mark in an empty database, before anything else; refuses one that is somebody else's."""
    tables = set(connection.introspection.table_names())
    if DemoMark._meta.db_table not in tables:
        if tables:
            raise ForeignDatabase(database_name())
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes("demo"))
        DemoMark.objects.create()
    elif not DemoMark.objects.exists():
        raise ForeignDatabase(database_name())
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    (settings.DATA_DIR / SIGN).write_text(WORDS, encoding="utf-8")


def is_filled() -> bool:
    return DemoMark.objects.filter(filled_at__isnull=False).exists()


def mark_as_filled() -> None:
    DemoMark.objects.update(filled_at=timezone.now())


def throw_away() -> None:
    """Removes the demo's own SQLite file, after making sure that it is the demo's own."""
    make_ours()
    if connection.vendor != "sqlite":
        empty()
        return
    path = Path(database_name())
    connection.close()
    for leftover in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        leftover.unlink(missing_ok=True)


KEPT = {"demo_demomark", "django_content_type", "auth_permission", "people_role"}


def empty(keep: Collection[str] = ()) -> None:
    """Empties every table but the mark and the vocabularies. No number is given out twice, so that nobody who
    was signed in becomes somebody else."""
    existing = connection.introspection.django_table_names(only_existing=True, include_views=False)
    tables = [table for table in existing if table not in {*KEPT, *keep}]
    with transaction.atomic(), connection.cursor() as cursor:
        connection.check_constraints()  # PostgreSQL empties no table that still waits for a check
        for statement in connection.ops.sql_flush(no_style(), tables, reset_sequences=False, allow_cascade=False):
            cursor.execute(statement)
        DemoMark.objects.update(filled_at=None)


def database_name() -> str:
    return str(connection.settings_dict["NAME"])

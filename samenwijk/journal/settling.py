"""Keeps a reader from stepping over an entry that got its number early and was committed late.

On PostgreSQL writers hold a shared lock until they commit; a reader takes it exclusively for a moment, so at
that moment every number handed out is committed or gone. SQLite has one writer at a time and needs nothing.
"""

from django.db import connection, transaction

LOCK = 7_301_946_011


def hold() -> None:
    """For writers, inside their transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])


def wait() -> None:
    """For readers: return when nobody is writing; what is visible afterwards has no holes."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])

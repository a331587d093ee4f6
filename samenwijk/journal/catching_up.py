"""Reading the journal without missing or repeating anything: each reader keeps a cursor."""

import logging
from collections.abc import Callable, Container

from django.db import transaction

from samenwijk.journal import settling
from samenwijk.journal.models import Cursor, Entry

BATCH = 200
log = logging.getLogger(__name__)


def catch_up(
    reader: str,
    handle: Callable[[Entry], None],
    *,
    kinds: Container[str] | None = None,
    limit: int = 10_000,
    batch: int = BATCH,
) -> int:
    """Hand every entry that this reader has not seen to `handle`, in order; the number of entries handled.

    An entry and its cursor step are one transaction: a handler that raises stops the reader at that entry,
    and the next call offers it again. Two processes may call this at once; one of them handles an entry.
    Who reads only some `kinds` steps over the others together, for each step is a wait for the disk.
    """
    cursor, _made = Cursor.objects.get_or_create(reader=reader)
    if not Entry.objects.filter(id__gt=cursor.last_id).exists():
        return 0
    newest = _newest()
    done = 0
    last_id = cursor.last_id
    while done < limit and (entries := list(Entry.objects.filter(id__gt=last_id, id__lte=newest)[:batch])):
        for entry in entries:
            if kinds is not None and entry.kind not in kinds and entry is not entries[-1]:
                continue
            done += _handle_once(reader, last_id, entry, handle)
            last_id = entry.id
    return done


def start_at_now(reader: str) -> None:
    """Let a new reader begin with what happens from now on."""
    Cursor.objects.get_or_create(reader=reader, defaults={"last_id": _newest()})


def _newest() -> int:
    """The last number up to which everything is there to be read."""
    settling.wait()
    return Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0


def _handle_once(reader: str, last_id: int, entry: Entry, handle: Callable[[Entry], None]) -> int:
    with transaction.atomic():
        if not Cursor.objects.filter(reader=reader, last_id=last_id).update(last_id=entry.id):
            return 0
        handle(entry)
    return 1

"""With several serving processes each tells the others, through the database, how many listeners it has.

Only on PostgreSQL: on SQLite one process serves, and its memory is the whole truth.
"""

import uuid
from dataclasses import asdict
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Sum
from django.utils import timezone

from samenwijk.live.models import Attendance, Room
from samenwijk.live.presence import Count

ME = uuid.uuid4()
TOLD_AGAIN_AFTER = 10.0
BELIEVED_FOR = timedelta(seconds=30)


def shared() -> bool:
    return connection.vendor == "postgresql"


def elsewhere(room: Room, what: str) -> int:
    """How many of these the other processes have: `phone`, `screen`, `facilitator` or `pending`."""
    if not shared():
        return 0
    believed = Attendance.objects.filter(room=room, at__gt=timezone.now() - BELIEVED_FOR).exclude(process=ME)
    return believed.aggregate(total=Sum(what))["total"] or 0


def tell(counts: dict[int, Count]) -> None:
    """Writes this process's counts where the others read them, and clears away who has been silent for long."""
    with transaction.atomic():
        Attendance.objects.filter(at__lt=timezone.now() - 2 * BELIEVED_FOR).delete()
        for room in Room.objects.filter(pk__in=counts):
            Attendance.objects.update_or_create(room=room, process=ME, defaults=facts(counts[room.pk]))


def facts(count: Count) -> dict[str, object]:
    return {**asdict(count), "at": timezone.now()}


def leave() -> None:
    """This process stops: it has nobody any more."""
    Attendance.objects.filter(process=ME).delete()

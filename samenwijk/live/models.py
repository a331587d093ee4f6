"""A room has a sequence; every change that people in the room must see is a frame with the next number."""

import uuid
from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from django.db import connection, models, transaction
from django.utils import timezone

from samenwijk.live.hints import hints
from samenwijk.live.hub import hub
from samenwijk.live.wire import CHANNELS, OPEN_VOTE_CHANNELS, Signal

KEPT_FOR = timedelta(days=30)


class Room(models.Model):
    """What phones, screen and facilitator of one meeting listen to."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    seq = models.PositiveBigIntegerField(default=0, editable=False)

    def __str__(self) -> str:
        return str(self.public_id)

    def announce(self, kind: str, channels: Iterable[str] = CHANNELS, voters: int | None = None) -> int:
        """Tells the room, once the transaction is committed, that something of this kind happened.

        `voters` is the number of people who voted while a vote is open; such frames go to screen and
        facilitator only, at most four a second. Returns the sequence number, which is gapless in a room
        because the row is locked from here until the commit.
        """
        if not connection.in_atomic_block:
            raise transaction.TransactionManagementError("Announce inside the transaction of the change.")
        if unknown := set(channels) - set(CHANNELS):
            raise ValueError(f"Unknown channels: {sorted(unknown)}")
        heard_by = [
            channel for channel in CHANNELS if channel in channels and (voters is None or channel in OPEN_VOTE_CHANNELS)
        ]
        self.seq = self._next_number()
        frame = Frame.objects.create(room=self, seq=self.seq, kind=kind, channels=" ".join(heard_by), voters=voters)
        transaction.on_commit(partial(wake, frame.as_signal()), robust=True)
        return self.seq

    def _next_number(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE live_room SET seq = seq + 1 WHERE id = %s RETURNING seq", [self.pk])
            rows = cursor.fetchall()
        if not rows:
            raise Room.DoesNotExist(f"Room {self.pk} is gone.")
        return int(rows[0][0])


class FrameQuerySet(models.QuerySet["Frame"]):
    def past_keeping(self) -> "FrameQuerySet":
        return self.filter(at__lt=timezone.now() - KEPT_FOR)


class Frame(models.Model):
    """One numbered change in a room; kept so that a phone that was away can catch up."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="frames")
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=60)
    channels = models.CharField(max_length=40)
    voters = models.PositiveIntegerField(null=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = FrameQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "seq"], name="one_frame_per_number_in_a_room")]

    def __str__(self) -> str:
        return f"{self.room_id}:{self.seq} {self.kind}"

    def as_signal(self) -> Signal:
        return Signal(
            room=self.room_id,
            seq=self.seq,
            kind=self.kind,
            channels=frozenset(self.channels.split()),
            voters=self.voters,
            at=self.at.timestamp(),
        )


class Attendance(models.Model):
    """What one serving process says of a room's listeners to the others (see attendance.py); minutes old at most."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="attendance")
    process = models.UUIDField()
    phone = models.PositiveIntegerField()
    screen = models.PositiveIntegerField()
    facilitator = models.PositiveIntegerField()
    pending = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "process"], name="one_count_per_room_and_process")]

    def __str__(self) -> str:
        return f"{self.room_id}: {self.phone}"


def wake(signal: Signal) -> None:
    """After the commit: this process hears it at once, other processes get a hint."""
    hub.wake(signal)
    hints.publish(signal.room, signal.seq)

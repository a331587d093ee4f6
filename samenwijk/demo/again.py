"""Puts the evening back to its beginning, under the eyes of whoever has it open."""

from django.db import transaction

from samenwijk.demo import mark
from samenwijk.demo.doors import the_evening
from samenwijk.demo.world import build_world
from samenwijk.live.models import Room
from samenwijk.meetings.models import Meeting

ADDRESSES = ("public_id", "join_code", "join_token", "screen_token", "room_id")


@transaction.atomic
def begin_again() -> None:
    """Everything that was said is gone; projector, console and QR code keep their address and show the new evening."""
    before = {name: getattr(the_evening(), name) for name in ADDRESSES}
    mark.empty(keep={Room._meta.db_table})
    evening = build_world().evening
    Meeting.objects.filter(pk=evening.pk).update(**before)
    Room.objects.filter(meeting=None).delete()
    Room.objects.get(pk=before["room_id"]).announce("step")
    mark.mark_as_filled()

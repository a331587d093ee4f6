"""Announcing, tickets and the log, without a server."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import TestCase
from django.utils import timezone

from samenwijk.live import presence, tickets
from samenwijk.live.models import Frame, Room


@pytest.fixture
def room(db: None) -> Room:
    return Room.objects.create()


def test_every_announcement_takes_the_next_number(room: Room) -> None:
    assert [room.announce("idea.added") for _ in range(3)] == [1, 2, 3]
    assert list(room.frames.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3]


def test_two_copies_of_a_room_share_its_numbers(room: Room) -> None:
    same = Room.objects.get(pk=room.pk)
    assert [room.announce("a"), same.announce("b"), room.announce("c")] == [1, 2, 3]


def test_rooms_count_apart(room: Room) -> None:
    room.announce("a")
    assert Room.objects.create().announce("a") == 1


@pytest.mark.django_db(transaction=True)
def test_announcing_outside_a_transaction_is_refused() -> None:
    room = Room.objects.create()
    with pytest.raises(transaction.TransactionManagementError):
        room.announce("idea.added")


@pytest.mark.django_db(transaction=True)
def test_what_is_undone_leaves_no_gap() -> None:
    room = Room.objects.create()
    with transaction.atomic():
        room.announce("a")
        transaction.set_rollback(True)
    with transaction.atomic():
        assert room.announce("b") == 1


def test_a_count_of_voters_never_goes_to_the_phones(room: Room) -> None:
    room.announce("vote", voters=7)
    frame = room.frames.get()
    assert frame.channels == "screen facilitator"
    assert frame.voters == 7


def test_an_unknown_channel_is_refused(room: Room) -> None:
    with pytest.raises(ValueError, match="hall"):
        room.announce("a", channels=("phone", "hall"))


def test_nobody_is_woken_before_the_commit(room: Room) -> None:
    with TestCase.captureOnCommitCallbacks() as hooks:
        room.announce("a")
    assert len(hooks) == 1


def test_a_number_occurs_once_in_a_room(room: Room) -> None:
    room.announce("a")
    with pytest.raises(Exception, match=r"one_frame_per_number|UNIQUE"), transaction.atomic():
        Frame.objects.create(room=room, seq=1, kind="b", channels="phone")


def test_frames_older_than_a_month_may_go(room: Room) -> None:
    room.announce("a")
    room.announce("b")
    room.frames.filter(seq=1).update(at=timezone.now() - timedelta(days=31))
    assert list(Frame.objects.past_keeping().values_list("seq", flat=True)) == [1]


def test_a_ticket_names_room_channel_and_an_unrecognisable_person(room: Room) -> None:
    issued = tickets.issue(room, "phone", who="c0ffee")
    found = tickets.read(issued)
    assert found is not None
    assert (found.room, found.channel) == (room.pk, "phone")
    assert found.who
    assert "c0ffee" not in issued


def test_the_same_person_is_recognised_in_one_room_only(room: Room) -> None:
    def digest(place: Room) -> str:
        found = tickets.read(tickets.issue(place, "phone", who="c0ffee"))
        assert found is not None
        return found.who

    assert digest(room) == digest(room)
    assert digest(room) != digest(Room.objects.create())


def test_a_ticket_lasts_an_evening_and_no_longer(room: Room) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        issued = tickets.issue(room, "phone")
        clock.shift(timedelta(hours=13))
        assert tickets.read(issued) is not None
        clock.shift(timedelta(hours=2))
        assert tickets.read(issued) is None


def test_a_ticket_to_an_unknown_channel_is_not_issued(room: Room) -> None:
    with pytest.raises(ValueError, match="hall"):
        tickets.issue(room, "hall")


def test_without_a_server_nobody_is_connected(room: Room) -> None:
    assert (presence.connected(room), presence.pending(room)) == (0, 0)


def test_ever_new_names_of_browsers_fill_no_memory() -> None:
    room = presence.Presence()
    for number in range(300):
        room.arrive(1, "screen", "", f"browser {number}", None)
        room.report(1, "phone", "ans", f"browser {number}", 1)
    assert room.connected(1, "screen") <= presence.MOST_BROWSERS + 1
    assert room.lines(1, "screen") == 300
    assert room.pending(1) == 1

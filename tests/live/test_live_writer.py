"""Writing: one transaction per change for the caller, shared waits for the disk underneath."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction
from django.utils import translation

from samenwijk.live.models import Frame, Room
from samenwijk.live.writer import write, writer


class Stop(Exception):
    pass


def failing(act: Callable[[], object]) -> Callable[[], None]:
    def fail() -> None:
        act()
        raise Stop

    return fail


@pytest.fixture(params=["inline", "thread"])
def writing(request: pytest.FixtureRequest, transactional_db: None) -> Iterator[str]:
    """Each behaviour holds without the writer thread, as in commands, and with it, as in the serving process."""
    if request.param == "thread":
        writer.start()
    yield request.param
    writer.stop()


def test_the_result_comes_back(writing: str) -> None:
    room = write(Room.objects.create)
    assert Room.objects.filter(pk=room.pk).exists()


def test_an_error_undoes_the_change_and_reaches_the_caller(writing: str) -> None:
    with pytest.raises(Stop):
        write(failing(Room.objects.create))
    assert not Room.objects.exists()


def test_what_runs_after_the_commit_runs_only_for_what_succeeded(writing: str) -> None:
    ran: list[str] = []
    write(lambda: transaction.on_commit(lambda: ran.append("kept")))
    with pytest.raises(Stop):
        write(failing(lambda: transaction.on_commit(lambda: ran.append("undone"))))
    write(lambda: None)
    assert ran == ["kept"]


def test_writing_inside_a_transaction_belongs_to_it(writing: str) -> None:
    def cancelled() -> None:
        with transaction.atomic():
            write(Room.objects.create)
            raise Stop

    with pytest.raises(Stop):
        cancelled()
    assert not Room.objects.exists()


def test_writing_within_a_write_is_one_change(writing: str) -> None:
    with pytest.raises(Stop):
        write(failing(lambda: write(Room.objects.create)))
    assert not Room.objects.exists()


def test_the_language_of_the_caller_goes_along(writing: str) -> None:
    with translation.override("en"):
        assert write(translation.get_language) == "en"


def held(act: Callable[[], object]) -> list[object]:
    """Lets the writer wait at its first change until forty others stand in its queue, so that they go together."""
    release = threading.Event()
    with ThreadPoolExecutor(41) as people:
        first = people.submit(write, lambda: release.wait(5))
        rest = [people.submit(write, act) for _ in range(40)]
        threading.Timer(0.3, release.set).start()
        first.result()
        return [one.exception() or one.result() for one in rest]


@pytest.fixture
def thread(transactional_db: None) -> Iterator[None]:
    writer.start()
    yield
    writer.stop()


def test_a_group_commits_together_and_one_failure_undoes_only_itself(thread: None) -> None:
    room = Room.objects.create()
    turns = iter(range(40))

    def act() -> int:
        seq = room.announce("idea.added")
        if next(turns) % 4 == 0:
            raise Stop
        return seq

    results = held(act)
    numbers = sorted(result for result in results if isinstance(result, int))
    assert numbers == list(range(1, 31))
    assert sum(isinstance(result, Stop) for result in results) == 10
    assert list(Frame.objects.order_by("seq").values_list("seq", flat=True)) == numbers


def test_an_error_after_the_commit_does_not_stop_the_others(thread: None, caplog: pytest.LogCaptureFixture) -> None:
    ran: list[int] = []
    turns = iter(range(40))

    def hook(turn: int) -> None:
        if turn == 3:
            raise Stop
        ran.append(turn)

    def act() -> None:
        turn = next(turns)
        transaction.on_commit(lambda: hook(turn))

    assert held(act) == [None] * 40
    assert sorted(ran) == [turn for turn in range(40) if turn != 3]
    assert "on_commit" in caplog.text


def test_stopping_finishes_what_waits(thread: None) -> None:
    release = threading.Event()
    with ThreadPoolExecutor(21) as people:
        first = people.submit(write, lambda: release.wait(5))
        waiting = [people.submit(write, Room.objects.create) for _ in range(20)]
        threading.Timer(0.3, release.set).start()
        time.sleep(0.1)
        writer.stop()
        assert first.result()
        made = [one.result() for one in waiting]
    assert Room.objects.count() == len(made) == 20
    assert not writer.running

"""PostgreSQL restarts under a running evening: the room says so, nothing is lost, and it goes on."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.postgres import Cluster
from tests.live.world import Server, eventually

pytestmark = pytest.mark.skipif(
    not os.environ.get("SAMENWIJK_DATABASE_URL", "").startswith("postgres"),
    reason="belongs to the tests on PostgreSQL",
)


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    made = Cluster()
    made.start("-c fsync=off")
    yield made
    made.remove()


def test_a_restart_of_the_database_ends_the_lines_and_loses_nothing(cluster: Cluster, tmp_path: Path) -> None:
    server = Server(tmp_path, SAMENWIJK_DATABASE_URL=cluster.url, LIVE_TESTS_IN_A_HURRY="1").migrate().start()
    try:
        room = server.room()
        line = room.listen(since=0)
        before = [room.announce() for _ in range(3)]
        line.hears(before[-1])

        cluster.stop()
        assert line.ended.wait(10), "phones are told that the line is gone"
        status, _ = server.ask("GET", f"/live/{room.tickets['phone']}/poll", since=0)
        assert status == 503
        assert server.ask("GET", "/announce", room=room.number)[0] == 500, "so the outbox keeps it"

        cluster.start("-c fsync=off")
        after = eventually(lambda: announced(server, room.number))
        again = eventually(lambda: line_again(room, before[-1]))
        again.hears(after)
        assert again.numbers == [number for number in room.state()["numbers"] if number > before[-1]]
        assert room.state()["numbers"] == list(range(1, after + 1))
    finally:
        server.stop()


def announced(server: Server, room: int) -> int | None:
    status, body = server.ask("GET", "/announce", room=room)
    return int(body.split('"seq": ')[1].split(",")[0]) if status == 200 else None


def line_again(room: object, since: int) -> object | None:
    line = room.listen(since=since)  # type: ignore[attr-defined]
    if line.status == 200:
        return line  # type: ignore[no-any-return]
    line.hang_up()
    return None

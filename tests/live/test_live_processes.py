"""Two serving processes on one PostgreSQL, with Redis for hints that may come and go."""

import os
import secrets
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.live.redis_server import Redis
from tests.live.world import LiveRoom, Server, eventually


def beside(url: str, name: str) -> str:
    """The same server, another database."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/{name}" + (f"?{parts.query}" if parts.query else "")


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """A PostgreSQL database of our own on the server that SAMENWIJK_DATABASE_URL names."""
    url = os.environ.get("SAMENWIJK_DATABASE_URL", "")
    if not url.startswith("postgres"):
        pytest.skip("SAMENWIJK_DATABASE_URL names no PostgreSQL")
    name = f"samenwijk_live_{secrets.token_hex(4)}"
    maintenance = beside(url, "postgres")
    try:
        with psycopg.connect(maintenance, autocommit=True, connect_timeout=3) as line:
            line.execute(f"CREATE DATABASE {name}".encode())
    except psycopg.OperationalError as error:
        pytest.skip(f"PostgreSQL cannot be reached: {error}")
    yield beside(url, name)
    with psycopg.connect(maintenance, autocommit=True) as line:
        line.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redis]:
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed")
    made = Redis(tmp_path_factory.mktemp("redis"))
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def pair(database: str, redis: Redis, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Server]]:
    variables = {
        "SAMENWIJK_DATABASE_URL": database,
        "SAMENWIJK_REDIS_URL": redis.url,
        "SAMENWIJK_SECRET_KEY": "both processes have the same key" * 2,
    }
    first, second = (Server(tmp_path_factory.mktemp("live"), **variables) for _ in range(2))
    first.migrate().start()
    second.start()
    yield first, second
    first.stop()
    second.stop()


@pytest.fixture
def rooms(pair: tuple[Server, Server]) -> tuple[LiveRoom, LiveRoom]:
    """One room, as each of the two processes has it."""
    first, second = pair
    here = first.room()
    return here, LiveRoom(second, {"room": here.number, **here.tickets})


def delay(here: LiveRoom, line: object) -> float:
    begin = time.monotonic()
    line.hears(here.announce())  # type: ignore[attr-defined]
    return time.monotonic() - begin


def test_listeners_of_the_other_process_hear_it_at_once(rooms: tuple[LiveRoom, LiveRoom]) -> None:
    here, there = rooms
    line = there.listen()
    time.sleep(0.3)
    assert sorted(delay(here, line) for _ in range(9))[4] < 0.5


def test_writing_in_both_processes_makes_one_sequence(rooms: tuple[LiveRoom, LiveRoom]) -> None:
    lines = [room.listen(since=0) for room in rooms for _ in range(3)]
    with ThreadPoolExecutor(12) as people:
        numbers = list(people.map(lambda n: rooms[n % 2].announce(), range(80)))
    assert sorted(numbers) == list(range(1, 81))
    for line in lines:
        line.hears(80)
        assert line.numbers == list(range(1, 81))


def test_redis_may_die_and_return_without_loss(rooms: tuple[LiveRoom, LiveRoom], redis: Redis) -> None:
    here, there = rooms
    line = there.listen(since=0)
    line.hears(here.announce())
    redis.stop()
    assert max(delay(here, line) for _ in range(2)) < 5
    redis.start()
    eventually(lambda: delay(here, line) < 0.5)
    assert line.numbers == list(range(1, line.numbers[-1] + 1))


def test_each_process_counts_the_phones_of_both(rooms: tuple[LiveRoom, LiveRoom]) -> None:
    here, there = rooms
    here.listen(ticket=here.ticket(who="ans"), client="a")
    there.listen(ticket=here.ticket(who="bea"), client="b", pending=2)
    eventually(lambda: [room.state()["connected"] for room in rooms] == [2, 2])
    eventually(lambda: [room.state()["pending"] for room in rooms] == [1, 1])


def test_a_killed_process_loses_nothing_that_it_acknowledged(rooms: tuple[LiveRoom, LiveRoom]) -> None:
    here, there = rooms
    line = there.listen(since=0)
    numbers = [here.announce() for _ in range(20)]
    here.server.kill()
    here.server.start()
    line.hears(numbers[-1])
    assert line.numbers == numbers
    assert there.state()["numbers"] == numbers

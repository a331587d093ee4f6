"""Starting, stopping and dying of the serving process."""

import contextlib
import http.client
import socket
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from samenwijk.config.asgi import PAGE_THREADS
from samenwijk.live.management.commands.serve import may_listen_on
from tests.live.world import LiveRoom, Server, eventually


def test_a_second_server_on_the_same_file_is_refused_with_a_sentence(server: Server) -> None:
    second = server.command("serve", "--port", "0")
    assert second.returncode == 1
    assert "Er draait al een Samenwijk op" in second.stderr


def test_another_program_that_serves_the_application_is_refused_too(server: Server) -> None:
    import subprocess
    import sys

    words = [sys.executable, "-m", "uvicorn", "samenwijk.config.asgi:application", "--port", "0"]
    second = subprocess.run(words, env=server.environment, capture_output=True, text=True, timeout=30, check=False)
    assert second.returncode != 0
    assert "Er draait al een Samenwijk op" in second.stderr


@pytest.fixture
def plain(settings: Any) -> Any:
    settings.HTTPS = settings.PLAIN_HTTP_ALLOWED = settings.DEMO_LAN = False
    return settings


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "wijk.example"])
def test_plain_http_beyond_this_machine_is_refused_with_a_sentence(plain: Any, host: str) -> None:
    with pytest.raises(CommandError, match="SAMENWIJK_PLAIN_HTTP=1"):
        call_command("serve", host=host, port=0)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_plain_http_on_this_machine_is_fine(plain: Any, host: str) -> None:
    assert may_listen_on(host)


@pytest.mark.parametrize("choice", ["HTTPS", "PLAIN_HTTP_ALLOWED", "DEMO_LAN"])
def test_plain_http_further_away_is_a_choice(plain: Any, choice: str) -> None:
    setattr(plain, choice, True)
    assert may_listen_on("0.0.0.0")


def test_a_port_in_use_is_said_plainly(fresh: Server, server: Server) -> None:
    taken = fresh.command("serve", "--port", str(server.port))
    assert taken.returncode == 1
    assert f"Kan niet luisteren op 127.0.0.1:{server.port}" in taken.stderr


def test_phones_that_send_slowly_keep_nobody_waiting(server: Server) -> None:
    """More of them than there are threads: a form on a bad line, and a file of a practice."""
    begun = "POST /{path}/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: csrftoken={token}\r\nContent-Length: {size}\r\n"
    form = "Content-Type: application/x-www-form-urlencoded\r\n\r\ncode="
    lines = [socket.create_connection(("127.0.0.1", server.port), timeout=20) for _ in range(PAGE_THREADS + 4)]
    for number, line in enumerate(lines):
        size = 9 if number else 2 * 1024 * 1024
        line.sendall((begun.format(path="made", token="a" * 32, size=size) + form).encode())
    time.sleep(0.3)
    status, _body = server.ask("GET", "/nothing/here/")
    assert status == 404
    lines[-1].sendall(b"CDFH")
    assert lines[-1].recv(100).startswith(b"HTTP/1.1 4"), "what came at last is answered"
    for line in lines:
        line.close()


def test_stopping_ends_streams_and_polls_within_two_seconds(fresh: Server) -> None:
    room = fresh.start().room()
    lines = [room.listen() for _ in range(20)]
    poll = threading.Thread(target=room.poll, kwargs={"since": 0})
    poll.start()
    time.sleep(0.2)
    end = time.monotonic() + 2
    fresh.ask_to_stop()
    for line in lines:
        assert line.ended.wait(max(0.0, end - time.monotonic()))
    poll.join(timeout=2)
    assert not poll.is_alive()
    fresh.stop()


def test_after_a_restart_listeners_go_on_where_they_were(fresh: Server) -> None:
    room = fresh.start().room()
    line = room.listen()
    first = room.announce()
    line.hears(first)
    fresh.stop()
    fresh.start()
    second = room.announce()
    again = room.listen(since=first)
    again.hears(second)
    assert again.numbers == [second]


def keep_announcing(room: LiveRoom, acknowledged: list[int], stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            acknowledged.append(room.announce())
        except (OSError, AssertionError, ValueError, http.client.HTTPException):
            time.sleep(0.1)


def test_what_was_acknowledged_survives_a_killed_server(fresh: Server, tmp_path: Path) -> None:
    room = fresh.start().room()
    acknowledged: list[int] = []
    stop = threading.Event()
    people = [threading.Thread(target=keep_announcing, args=(room, acknowledged, stop)) for _ in range(4)]
    for one in people:
        one.start()
    for _ in range(2):
        enough = len(acknowledged) + 40
        eventually(lambda enough=enough: len(acknowledged) > enough)
        fresh.kill()
        fresh.start()
    stop.set()
    for one in people:
        one.join()
    state = room.state()
    assert state["numbers"] == list(range(1, state["seq"] + 1))
    assert set(acknowledged) <= set(state["numbers"])
    assert len(acknowledged) == len(set(acknowledged))
    with contextlib.closing(sqlite3.connect(tmp_path / "samenwijk.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_registered_work_returns_by_itself_also_after_an_error(room: LiveRoom) -> None:
    eventually(lambda: room.state()["runs"]["fail"] >= 2)
    eventually(lambda: room.state()["runs"]["count_rooms"] >= 2)


def test_an_answer_means_that_every_other_connection_sees_the_change(room: LiveRoom) -> None:
    def announce(_: int) -> bool:
        return bool(room.server.json("/announce", room=room.number)["seen"])

    with ThreadPoolExecutor(8) as people:
        assert all(people.map(announce, range(80)))

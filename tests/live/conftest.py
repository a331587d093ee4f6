from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.world import Listener, LiveRoom, Server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server on SQLite for the tests that leave it standing."""
    made = Server(tmp_path_factory.mktemp("live"), LIVE_TESTS_IN_A_HURRY="1").migrate().start()
    yield made
    made.stop()


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Server]:
    """A server of the test's own, to stop and to kill."""
    made = Server(tmp_path).migrate()
    yield made
    made.stop()


@pytest.fixture(autouse=True)
def _hang_up() -> Iterator[None]:
    yield
    Listener.hang_up_all()


@pytest.fixture
def room(server: Server) -> LiveRoom:
    return server.room()

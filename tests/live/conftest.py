import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.world import Listener, LiveRoom, Server


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an installation that never served."""
    folder = tmp_path_factory.mktemp("migrated")
    Server(folder).migrate()
    return folder


@pytest.fixture(scope="session")
def server(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server on SQLite for the tests that leave it standing."""
    folder = Path(shutil.copytree(migrated, tmp_path_factory.mktemp("live"), dirs_exist_ok=True))
    made = Server(folder, LIVE_TESTS_IN_A_HURRY="1").start()
    yield made
    made.stop()


@pytest.fixture
def fresh(migrated: Path, tmp_path: Path) -> Iterator[Server]:
    """A server of the test's own, to stop and to kill."""
    made = Server(Path(shutil.copytree(migrated, tmp_path, dirs_exist_ok=True)))
    yield made
    made.stop()


@pytest.fixture(autouse=True)
def _hang_up() -> Iterator[None]:
    yield
    Listener.hang_up_all()


@pytest.fixture
def room(server: Server) -> LiveRoom:
    return server.room()

"""What journeys on a real server share."""

import pytest

from tests.live.world import Server


@pytest.fixture
def installation(tmp_path):
    """The product itself, as it is served, with its live line; `does` is somebody else at work in it."""
    made = Server(tmp_path, DJANGO_SETTINGS_MODULE="samenwijk.config.settings", SAMENWIJK_DEBUG="1").migrate()
    yield made
    made.stop()

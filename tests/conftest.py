"""What every test may use. The known cast is in cast.py, the browser in browser.py."""

from importlib.util import find_spec

import pytest
from django.core.cache import cache
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from tests.prepared import first, nothing_stands

pytest_plugins = [module for module in ("tests.cast", "tests.browser") if find_spec(module)]

# The same examples on every machine, and no failure because a machine was busy.
hypothesis_settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis_settings.load_profile("steady")


def pytest_collection_modifyitems(items):
    """A prepared evening is put in place before anything else is written."""
    for item in items:
        first(getattr(item, "fixturenames", []), after="_start_clean")


@pytest.fixture(autouse=True)
def _start_clean():
    """Caches and the language of the thread outlive a test; neither may lead into the next one."""
    nothing_stands()
    cache.clear()
    translation.activate("nl")
    yield
    cache.clear()


@pytest.fixture
def demo_mode(settings):
    """The installation as `samenwijk demo` starts it: marked as a demo, with its doors and its mailbox."""
    settings.DEMO = True
    settings.ROOT_URLCONF = "tests.demo_urls"
    return settings

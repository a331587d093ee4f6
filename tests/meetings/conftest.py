"""What the tests of a meeting share: the browsers of the two facilitators."""

import pytest

from tests.meetings.console_pages import Desk


@pytest.fixture
def desk(cast, as_user):
    """The facilitator's browser at the console of this evening."""
    return Desk(as_user(cast.facilitator), cast.meeting)


@pytest.fixture
def second(cast, as_user):
    """The browser of the co-facilitator, at the same console."""
    return Desk(as_user(cast.co_facilitator), cast.meeting)

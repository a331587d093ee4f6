"""What the tests of a meeting share: the browsers of the two facilitators."""

import pytest

from tests.meetings.console_pages import Desk
from tests.meetings.phones import Phone
from tests.meetings.rooms import Room


@pytest.fixture
def desk(cast, as_user):
    """The facilitator's browser at the console of this evening."""
    return Desk(as_user(cast.facilitator), cast.meeting)


@pytest.fixture
def second(cast, as_user):
    """The browser of the co-facilitator, at the same console."""
    return Desk(as_user(cast.co_facilitator), cast.meeting)


@pytest.fixture
def phone_at(evening):
    """A phone of somebody who sits at a table of this evening; with `writes` it is the table's."""

    def join(table=1, writes=False, **given):
        phone = Phone(evening.meeting)
        phone.joins(**given)
        phone.participant.sit_at(evening.meeting.tables.get(number=table))
        if writes:
            phone.writes_for_the_table()
        return phone

    return join


@pytest.fixture
def room(evening, desk):
    """An evening that comes to its vote on ideas, chosen in any way."""
    return Room(evening, desk)

"""A prepared evening is the evening that was played, for every test anew."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from samenwijk.meetings.models import Meeting, Participant
from tests.meetings.phones import Phone
from tests.prepared import prepared, put_in_place


@prepared
def in_groups(evening):
    """A phone and three others that came as far as the group work."""
    phone = Phone(evening.meeting)
    phone.joins(first_name="Noor")
    evening.fills(3)
    evening.goes_to("group")
    return phone


@prepared
def without_themes(in_groups, evening):
    evening.meeting.themes.all().delete()
    return list(evening.meeting.participants.all())


SEEN: dict[str, object] = {}


@pytest.mark.parametrize("again", [1, 2, 3])
def test_each_test_finds_it_as_it_was_played(again, in_groups, evening, cast):
    assert cast.meeting is evening.meeting is in_groups.meeting
    found = (evening.step.kind, sorted(Participant.objects.values_list("public_id", flat=True)))
    assert SEEN.setdefault("found", found) == found
    assert len(found[1]) == 4
    assert "Noor" in in_groups.sees("?deel=tafel")
    # What this test does is not there for the next one.
    Participant.objects.all().delete()
    evening.ends()
    in_groups.meeting.title = "Anders"


@pytest.mark.parametrize("again", [1, 2])
def test_one_stands_on_the_other_and_rows_may_be_gone(again, without_themes, evening):
    assert evening.step.kind == "group"
    assert len(without_themes) == 4
    assert not evening.meeting.themes.exists()


@pytest.mark.parametrize("later", [0, 3])
def test_what_was_written_now_is_now_again(later, request):
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=later)):
        phone, evening = request.getfixturevalue("in_groups"), request.getfixturevalue("evening")
        entered = evening.step.entered_at
        assert timezone.now() - entered < datetime.timedelta(minutes=30)
        assert phone.meeting.started_at <= entered


def test_it_refuses_to_stand_on_something_else(cast):
    Meeting.objects.update(title="Anders")
    with pytest.raises(AssertionError, match="something was written before"):
        put_in_place("other", lambda: None, {})


def test_it_takes_no_fixture_that_is_not_prepared():
    with pytest.raises(AssertionError, match="stands on the cast"):

        @prepared
        def wrong(client): ...

"""Being forgotten reaches every meeting, and the file with one's data tells what was there."""

import pytest

from samenwijk.meetings.forgetting import forget_the_forgotten
from samenwijk.meetings.models import Participant
from samenwijk.people.own_data import own_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def ans(evening):
    participant = evening.joins("Ans")
    evening.starts()
    participant.share_card(call_me_for="de tuin", phone="06-11111111", shares=True)
    participant.as_person(email="ans@voorbeeld.example")
    return participant


def test_a_meeting_forgets_the_name_and_the_card_and_keeps_that_somebody_was_there(evening, ans):
    wim = evening.joins("Wim")
    ans.person.forget()
    forget_the_forgotten()
    left = Participant.objects.get(pk=ans.pk)
    assert (left.first_name, left.phone, left.call_me_for, left.email) == ("", "", "", "")
    assert not left.shares_card
    assert left.discipline == "bewoner"
    assert Participant.objects.get(pk=wim.pk).first_name == "Wim"


def test_the_file_tells_in_which_meetings_one_was_and_nothing_of_others(evening, ans):
    evening.joins("Wim")
    data = own_data(ans.person)
    (meeting,) = data["bijeenkomsten"]
    assert meeting["bijeenkomst"] == evening.meeting.title
    assert meeting["bel mij voor"] == "de tuin"
    assert "Wim" not in str(data)


def test_everything_in_the_file_can_be_written_down(ans):
    import json

    assert json.loads(json.dumps(own_data(ans.person)))

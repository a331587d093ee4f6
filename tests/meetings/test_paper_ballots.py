"""Ballots on paper, where a vote is not stickers of a whole table: typed in person by person."""

import uuid

import pytest

from samenwijk.meetings.kinds.base import Refused
from samenwijk.plans.models import Ballot
from tests.meetings.console_pages import words

pytestmark = pytest.mark.django_db


def types(room, step, *, table=1, status=302, key=None, **data):
    sent = {"group": "resident", "key": str(key or uuid.uuid4()), **data}
    answer = room.desk.client.post(room.desk.address("paper_ballot", table, step.public_id), sent)
    assert answer.status_code == status
    return words(answer if status != 302 else room.desk.client.get(answer["Location"]))


def test_paper_is_typed_in_person_by_person_and_counts_like_phones(room):
    step = room.opens("score")
    option = str(room.of(0).public_id)
    assert "Het biljet is ingevoerd." in types(room, step, **{option: "5"})
    page = types(room, step, group="professional", **{option: "2"})
    assert "Ingevoerd: 2 biljetten." in page
    assert "Er kunnen nog 0 biljetten bij." in page
    assert "er geen biljet meer over" in types(room, step, **{option: "1"})
    room.closes()
    assert (room.of(0).points, room.of(0).supporters) == (7, 2)


def test_the_same_ballot_twice_is_one_and_the_last_one_can_be_taken_back(room):
    step, key = room.opens("approval"), uuid.uuid4()
    option = str(room.of(0).public_id)
    for _time in range(2):
        types(room, step, key=key, **{option: "on"})
    assert Ballot.objects.filter(choice=step.choice).count() == 1
    room.desk.press("paper_ballot_back", 1, step.public_id)
    assert not Ballot.objects.filter(choice=step.choice).exists()
    answer = room.desk.client.post(room.desk.address("paper_ballot_back", 1, step.public_id), follow=True)
    assert "is er geen biljet ingevoerd" in words(answer)


def test_a_table_that_voted_on_paper_does_not_vote_again_by_phone(room, evening):
    step = room.opens("approval")
    option = str(room.of(0).public_id)
    for _person in range(2):
        types(room, step, **{option: "on"})
    sitting = evening.meeting.tables.get(number=1).participants.first()
    with pytest.raises(Refused, match="op papier gestemd"):
        room.ticks(sitting, 0)


@pytest.mark.parametrize(
    "wrong", [{"group": ""}, {"group": "huisarts"}, {"score": "6"}, {"score": "nul"}, {"key": "geen"}]
)
def test_a_ballot_that_is_not_filled_in_well_comes_back(room, wrong):
    step = room.opens("score")
    score = wrong.pop("score", "3")
    types(room, step, status=422, **{str(room.of(0).public_id): score, **wrong})
    assert not Ballot.objects.filter(choice=step.choice).exists()


def test_stickers_and_ballots_do_not_mix(room):
    step = room.opens("score")
    answer = room.desk.client.post(
        room.desk.address("paper_dots", 1, step.public_id), {str(room.of(0).public_id): "1"}, follow=True
    )
    assert "Voer hier per persoon een biljet in." in words(answer)


def test_what_is_shown_takes_no_paper_any_more(room):
    step = room.opens("approval")
    room.closes()
    assert "Papier telt niet meer mee." in types(room, step, **{str(room.of(0).public_id): "on"})


def test_at_the_end_nothing_ties_a_ballot_to_a_person_or_a_table(room, evening):
    step = room.opens("score")
    room.scores(room.people[0], o0=5)
    types(room, step, **{str(room.of(0).public_id): "5"})
    room.closes()
    evening.ends()
    assert set(Ballot.objects.values_list("voter", "table")) == {(None, None)}

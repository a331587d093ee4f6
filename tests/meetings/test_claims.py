"""Anybody in the room can type anybody's address or name: what that opens, and what it does not."""

import datetime
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from samenwijk.meetings.contributing import contribute
from samenwijk.meetings.export import csv_file
from samenwijk.meetings.kinds.base import Sender
from samenwijk.meetings.kinds.planning import chosen_ideas
from samenwijk.meetings.models import Submission
from samenwijk.people.models import Person, User
from samenwijk.plans.models import Action
from samenwijk.plans.models.choice import Ballot

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(evening):
    return evening.fills(5)


def says_yes(evening, participant, **given):
    idea = chosen_ideas(evening.meeting)[0]
    due = timezone.localdate() + datetime.timedelta(days=9)
    promise = {"idea": str(idea.public_id), "first_step": "Bellen", "due": due, "email": "", "phone": ""}
    evening.sends(participant, "own", promise | given)
    return Action.objects.get(plan__idea=idea)


def test_typing_the_name_and_address_of_somebody_known_makes_nobody_that_person(cast, evening, people):
    """Not their surname, their number or their promises; and their card stays as it was."""
    hassan = cast.gp.person
    Person.objects.filter(pk=hassan.pk).update(phone="")
    evening.comes_to_plans(people)
    action = says_yes(evening, evening.joins(hassan.first_name), email=hassan.email, phone="0900-1234")
    assert action.owner != hassan
    assert action.owner.last_name == ""
    hassan.refresh_from_db()
    assert hassan.phone == ""
    assert not hassan.participations.exists()


def test_the_number_of_somebody_known_is_not_shown_for_who_typed_their_address(cast, evening, people):
    known = cast.gp.person
    evening.goes_to("close")
    claimer = evening.joins(known.first_name)
    evening.sends(claimer, "follow_up", {"phone": "071-1", "email": known.email})
    evening.meeting.refresh_from_db()
    assert evening.meeting.contact == (known.first_name, "071-1")


def test_who_claims_an_address_cannot_give_back_what_its_owner_took_on(cast, evening, people):
    evening.comes_to_plans(people)
    action = says_yes(evening, people[0], email="ans@voorbeeld.example")
    claimer = evening.joins(people[0].first_name)
    claimer.as_person(email="ans@voorbeeld.example")
    assert claimer.person != action.owner


def test_who_signs_in_with_the_address_finds_the_promise_among_the_own(cast, evening, people, as_user):
    evening.comes_to_plans(people)
    action = says_yes(evening, evening.joins(cast.gp.person.first_name), email=cast.gp.email.upper())
    assert cast.gp.is_person(action.owner)
    assert not cast.resident.is_person(action.owner)
    assert not cast.gp.is_person(says_yes_as_another(action.owner))


def says_yes_as_another(owner):
    """Somebody else at the same mailbox."""
    return Person.objects.create(first_name="Iemand anders", email=owner.email)


def test_being_forgotten_forgets_the_yes_that_was_said_in_a_room_too(cast, evening, people):
    evening.comes_to_plans(people)
    action = says_yes(evening, evening.joins(cast.gp.person.first_name), email=cast.gp.email)
    cast.gp.person.forget(by=cast.gp)
    action.owner.refresh_from_db()
    assert action.owner.email == ""
    assert action.owner.forgotten_at


def test_a_claimed_address_opens_no_account_of_its_own_and_sends_nothing_of_the_owner(cast, evening, people):
    before = set(User.objects.values_list("email", flat=True))
    evening.comes_to_plans(people)
    says_yes(evening, people[1], email=cast.gp.email)
    assert set(User.objects.values_list("email", flat=True)) == before
    assert User.objects.open_for(cast.gp.email) == cast.gp


def late(evening, participant, take, step, **data):
    offered, sender = step.rules.find_take(take), Sender.of(participant)
    form = offered.form(data, step=step, sender=sender)
    assert form.is_valid(), form.errors
    return contribute(step, offered, sender, form.cleaned_data, uuid.uuid4())


def test_what_stays_with_its_giver_is_not_among_what_came_late(cast, evening, people, as_user):
    step = evening.goes_to("close")
    evening.ends()
    assert late(evening, people[0], "tomorrow", step, text="Mijn buurman bellen").outcome == "kept"
    assert late(evening, people[0], "address", step, email="geheim@voorbeeld.example").outcome == "kept"
    assert late(evening, people[0], "follow_up", step, phone="06-9876543", email="geheim@voorbeeld.example").is_late
    page = as_user(cast.facilitator).get(f"/begeleiden/{evening.meeting.public_id}/te-laat/").content.decode()
    for shown in (csv_file(evening.meeting), page):
        assert "buurman" not in shown
        assert "geheim" not in shown
        assert "06-9876543" not in shown


def test_a_vote_that_comes_after_the_end_does_not_say_whose_it_was(evening, people):
    vote = evening.goes_to("themes")
    option = str(vote.choice.options.first().public_id)
    evening.ends()
    assert late(evening, people[0], "dots", vote, options=[option]).is_late
    assert Ballot.objects.get(late=True).voter is None
    assert not Submission.objects.filter(payload__icontains=option).exists()


@pytest.mark.parametrize("path", ["/m/%00/", "/scherm/%00/", "/doe-mee/%00/", "/mijn-plan/%00/", "/afmelden/%00/"])
def test_a_broken_address_is_not_found(path, db):
    assert Client(raise_request_exception=False).get(path).status_code == 404

"""Many people change an evening at once: where the database allows it, nobody is stopped by somebody else."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from samenwijk.meetings.models import Contribution
from samenwijk.plans.models import Plan

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]

TIMES = 25


@pytest.fixture
def sharing(evening):
    """Six people, one plan with an owner, and the room tells each other about it."""
    people = evening.fills(6)
    step = evening.comes_to_plans(people)
    idea = step.rules.rows(evening.meeting)[0]["idea"]
    evening.sends(people[0], "own", {"idea": str(idea.public_id), "first_step": "bellen", "due": "2030-01-01"})
    evening.goes_to("share")
    return people


def at_the_same_time(*deeds):
    """Does each of the deeds in a thread of its own, so many times; raises what one of them raised."""
    went_wrong, start = [], threading.Barrier(len(deeds))

    def again_and_again(deed):
        try:
            start.wait(10)
            for number in range(TIMES):
                deed(number)
        except Exception as error:
            went_wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=again_and_again, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    if went_wrong:
        raise went_wrong[0]


def test_somebody_who_offers_help_and_a_facilitator_who_turns_the_page_do_not_stop_each_other(
    sharing, evening, cast, as_user
):
    desk, step = as_user(cast.facilitator), evening.step
    plan = Plan.objects.get()
    turn = reverse("meetings:act", args=[evening.meeting.public_id, step.public_id, "turn"])

    def turns_the_page(number):
        assert desk.post(turn, {"to": number % 2}).status_code == 302

    def helps(who):
        def offer(number):
            take = "help" if number % 2 == 0 else "no_help"
            evening.sends(who, take, {"plan": str(plan.public_id), "offer": "help", "note": ""}, step=step)

        return offer

    at_the_same_time(turns_the_page, helps(sharing[1]), helps(sharing[2]))
    assert Contribution.objects.filter(step=step, take="help").count() == 2
    assert evening.step.state["at"] == (TIMES - 1) % 2

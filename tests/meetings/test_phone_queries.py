"""A phone page asks little of the database, however many people, ideas and plans there are."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samenwijk.live.writer import write
from samenwijk.meetings.models import Contribution
from samenwijk.plans.models import Idea
from tests.meetings.phones import Phone

MOST = 10
VOTE = 12 if connection.vendor == "sqlite" else 13
"""PostgreSQL locks the choice in a statement of its own."""


@pytest.fixture
def phone(evening):
    phone = Phone(evening.meeting)
    phone.joins()
    return phone


@pytest.fixture
def people(evening):
    return evening.fills(43)


def writes_ideas(evening, number):
    author, step = uuid.uuid4(), evening.step
    for theme in [item.theme for item in evening.meeting.themes.filter(chosen=True).select_related("theme")]:
        for count in range(number):
            idea = Idea.objects.create(
                wijk=evening.meeting.wijk,
                theme=theme,
                title=f"Idee {count}",
                author_kind="facilitator",
                author_id=author,
                key=uuid.uuid4(),
            )
            Contribution.objects.create(
                step=step, take="idea", author_kind="facilitator", author_id=author, idea=idea, key=idea.key
            )


def test_no_page_of_the_evening_asks_more_than_ten_queries(phone, evening, people, django_assert_max_num_queries):
    def looks(query=""):
        with django_assert_max_num_queries(MOST, info=f"{evening.meeting.current}{query}"):
            assert phone.looks(query).status_code == 200

    looks()
    for kind in ("welcome", "meet", "figures", "themes"):
        step = evening.goes_to(kind)
        write(step.end_talk)
        looks()
    evening.everybody_dots(people)
    looks()
    step = evening.goes_to("group")
    write(step.end_talk)
    looks()
    phone.writes_for_the_table()
    phone.says("dream", text="Dromen")
    phone.says("idea", title="Soep")
    looks()
    looks(f"?deel=reword&idea={Idea.objects.first().public_id}")
    evening.each_table_writes()
    writes_ideas(evening, 10)
    evening.goes_to("vote")
    evening.everybody_dots(people)
    looks()
    step = evening.goes_to("plan")
    write(step.end_talk)
    ideas = [row["idea"] for row in step.rules.rows(evening.meeting)]
    looks()
    looks(f"?deel=own&idea={ideas[0].public_id}")
    for person, idea in zip(people, ideas, strict=False):
        evening.sends(person, "own", {"idea": str(idea.public_id), "first_step": "Bellen", "due": "2030-01-15"})
    looks()
    evening.goes_to("share")
    looks()
    evening.goes_to("close")
    for part in ("", "?deel=statements", "?deel=quote", "?deel=address", "?deel=follow_up", "?deel=klaar"):
        looks(part)
    evening.ends()
    looks()


@pytest.mark.parametrize("kind", ["group", "vote"])
def test_three_ideas_ask_no_more_than_one(phone, evening, people, kind, django_assert_num_queries):
    evening.goes_to("themes")
    evening.everybody_dots(people[:5])
    step = evening.goes_to("group")
    writes_ideas(evening, 1)
    if kind == "vote":
        step = evening.goes_to("vote")
    write(step.end_talk)
    with CaptureQueriesContext(connection) as first:
        phone.looks()
    writes_ideas(evening, 3)
    step.rules.enter(step)
    with django_assert_num_queries(len(first)):
        phone.looks()


def test_a_vote_asks_the_database_little_the_first_time_and_when_it_is_changed(phone, evening, people):
    """Two reads before the transaction, three in it, the ballot with its dots, the count and what tells the room."""
    step = evening.goes_to("themes")
    options = [str(public_id) for public_id in step.choice.options.values_list("public_id", flat=True)]
    address = reverse("meetings:send", args=[evening.meeting.public_id, step.public_id, "dots"])
    for dots in (options[:3], options[1:3]):
        with CaptureQueriesContext(connection) as asked:
            assert phone.browser.post(address, {"key": str(uuid.uuid4()), "options": dots}).status_code == 302
        assert len([one for one in asked if "SAVEPOINT" not in one["sql"]]) <= VOTE


def test_the_door_asks_little_too(evening, people, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST):
        assert client.get(reverse("meetings:qr", args=[evening.meeting.join_token])).status_code == 200


def test_ones_own_page_asks_no_more_with_three_plans_than_with_one(
    phone, evening, people, django_assert_max_num_queries
):
    step = evening.comes_to_plans(people)
    ideas = [row["idea"] for row in step.rules.rows(evening.meeting)]
    for person, idea in zip(people, ideas[:4], strict=False):
        evening.sends(person, "own", {"idea": str(idea.public_id), "first_step": "Bellen", "due": "2030-01-15"})
    evening.goes_to("share")
    for row in phone.looks().context["rows"]:
        phone.says("help", plan=str(row["plan"].public_id), offer="help")
    with django_assert_max_num_queries(MOST):
        phone.browser.get(reverse("meetings:mine", args=[evening.meeting.public_id]))

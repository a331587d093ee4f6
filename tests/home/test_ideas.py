"""The ideas of a wijk, a page at a time."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samenwijk.home.journey import journey_of
from samenwijk.plans.models import Idea, Theme


@pytest.fixture
def ideas(cast, evening):
    """Two ideas on the board of the evening."""
    people = evening.fills(6)
    evening.goes_to("themes")
    evening.everybody_dots(people)
    evening.goes_to("group")
    evening.each_table_writes(ideas=2)
    return list(Idea.objects.order_by("-created_at", "-pk"))


def page_of(client, wijk, query=""):
    return client.get(reverse("home:ideas", args=[wijk.slug]) + query)


def titles(response):
    return re.findall(r'class="card__title"><a href="[^"]+">([^<]+)</a>', response.content.decode())


def written(wijk, number):
    theme = Theme.objects.filter(wijk=wijk).first()
    for n in range(number):
        key = f"00000000-0000-4000-8000-{n:012}"
        Idea.objects.create(wijk=wijk, theme=theme, title=f"Los idee {n}", author_kind="person", author_id=key, key=key)


def test_the_newest_idea_comes_first_with_theme_meeting_and_stage(cast, as_user, ideas):
    page = page_of(as_user(cast.resident), cast.wijk)
    assert titles(page)[:3] == [idea.title for idea in ideas[:3]]
    html = page.content.decode()
    assert ideas[0].theme.title in html
    assert cast.meeting.title in html
    assert "op het bord" in html


def test_fifteen_ideas_stand_on_a_page_and_the_rest_on_the_next(cast, as_user):
    written(cast.wijk, 17)
    client = as_user(cast.resident)
    assert len(titles(page_of(client, cast.wijk))) == 15
    assert titles(page_of(client, cast.wijk, "?pagina=2")) == ["Los idee 1", "Los idee 0"]
    assert "Pagina 1 van 2" in page_of(client, cast.wijk).content.decode()


def test_a_page_that_is_not_there_gives_the_nearest(cast, as_user):
    written(cast.wijk, 17)
    client = as_user(cast.resident)
    assert len(titles(page_of(client, cast.wijk, "?pagina=-1"))) == 2
    assert len(titles(page_of(client, cast.wijk, "?pagina=eerste"))) == 15


def test_hidden_merged_and_withdrawn_ideas_are_not_listed(cast, as_user, ideas):
    hidden, merged, withdrawn, shown = ideas[:4]
    hidden.hide(by=cast.facilitator)
    Idea.objects.filter(pk=merged.pk).update(merged_into=shown)
    Idea.objects.filter(pk=withdrawn.pk).update(withdrawn_at=timezone.now())
    listed = titles(page_of(as_user(cast.resident), cast.wijk))
    assert shown.title in listed
    assert not {hidden.title, merged.title, withdrawn.title} & set(listed)


def test_a_plan_moves_an_idea_along_its_journey(cast, evening, as_user):
    people = evening.fills(6)
    step = evening.comes_to_plans(people)
    idea = step.rules.rows(evening.meeting)[0]["idea"]
    client = as_user(cast.resident)
    assert "gekozen" in page_of(client, cast.wijk).content.decode()
    evening.sends(people[0], "own", {"idea": str(idea.public_id), "first_step": "Bellen", "due": "2030-01-15"})
    assert "iemand trekt dit" in page_of(client, cast.wijk).content.decode()
    idea.plan.action.complete(by=cast.facilitator, outcome="Gelukt")
    assert "klaar" in page_of(client, cast.wijk).content.decode()


def test_an_empty_wijk_says_where_ideas_come_from(cast, as_user):
    assert "Nog geen ideeën" in page_of(as_user(cast.resident), cast.wijk).content.decode()


def test_the_ideas_of_another_wijk_do_not_exist(cast, as_user, ideas):
    assert page_of(as_user(cast.outsider), cast.wijk).status_code == 404
    assert page_of(as_user(None), cast.wijk).status_code == 302


def test_forty_ideas_ask_no_more_of_the_database_than_two(cast, as_user):
    client = as_user(cast.resident)
    asked = []
    for number in (2, 40):
        Idea.objects.all().delete()
        written(cast.wijk, number)
        with CaptureQueriesContext(connection) as queries:
            page_of(client, cast.wijk)
        asked.append(len(queries))
    assert asked[1] <= asked[0] <= 10


def test_a_journey_tells_the_day_as_it_was_in_the_netherlands(ideas):
    """After midnight here it is still yesterday in the clock of the server."""
    idea = ideas[0]
    Idea.objects.filter(pk=idea.pk).update(created_at=datetime.datetime(2026, 7, 1, 22, 30, tzinfo=datetime.UTC))
    idea.refresh_from_db()
    assert [stop.on for stop in journey_of(idea) if stop.label == "Idee"] == [datetime.date(2026, 7, 2)]

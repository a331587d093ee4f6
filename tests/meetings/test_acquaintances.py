"""Who knows whom: said on a phone, read by the table plan only, and gone when the meeting ends."""

from itertools import combinations

import pytest
from django.urls import reverse

from samenwijk.live.writer import write
from samenwijk.meetings import plan_questions, table_planning
from samenwijk.meetings.export import csv_file
from samenwijk.meetings.models import Acquaintance, TablePlan
from tests.meetings.console_pages import words
from tests.meetings.phones import Phone

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(evening):
    """The phone of Zus, in a room with eleven others."""
    evening.fills(11)
    phone = Phone(evening.meeting)
    phone.joins(first_name="Zus")
    return phone


def page_of(meeting):
    return reverse("meetings:knows", args=[meeting.public_id])


def says(phone, people):
    return phone.browser.post(page_of(phone.meeting), {"others": [str(one.public_id) for one in people]})


def test_somebody_ticks_whom_they_know_and_may_change_it(phone, evening):
    first, second = list(evening.meeting.participants.all())[:2]
    page = words(phone.browser.get(page_of(evening.meeting)))
    assert f"{first.name}, {first.discipline_title}" in page
    assert "Niemand anders ziet dit." in page
    assert "Zus, bewoner" not in page
    assert says(phone, [first, second]).status_code == 302
    body = phone.browser.get(page_of(evening.meeting)).content.decode()
    assert body.count(" checked") == 2
    says(phone, [second])
    zus = phone.participant
    assert list(zus.acquaintances.values_list("other", flat=True)) == [second.pk]
    assert plan_questions.acquaintances(evening.meeting) == [(second.pk, zus.pk)]


def test_who_knows_each_other_is_put_at_different_tables(phone, evening):
    everybody = list(evening.meeting.participants.order_by("number"))
    known = everybody[:4]
    for one, other in combinations(known, 2):
        Acquaintance.say(one, [*(a.other for a in one.acquaintances.all()), other])
    write(lambda: table_planning.ask(evening.meeting, tables=4, rounds=2, theme_share=0, by=evening.leader))
    table_planning.make_plans()
    for number in (1, 2):
        at = dict(TablePlan.objects.get().seats.filter(round=number).values_list("participant", "table"))
        assert len({at[one.pk] for one in known}) == 4


def test_nobody_else_reads_it_and_it_goes_with_the_meeting(phone, evening, desk):
    bo = evening.joins("Bo-die-ik-ken", "huisarts")
    other = Phone(evening.meeting)
    other.joins(first_name="Cas")
    before = desk.reads("people"), desk.reads(), other.sees()
    says(phone, [bo])
    assert (desk.reads("people"), desk.reads(), other.sees()) == before
    evening.goes_to("meet")
    assert Acquaintance.objects.count() == 1
    assert "knows" not in csv_file(evening.meeting)
    evening.ends()
    assert not Acquaintance.objects.exists()
    assert phone.browser.get(page_of(evening.meeting)).status_code == 404


def test_who_went_home_is_no_longer_counted(phone, evening):
    first = evening.meeting.participants.first()
    says(phone, [first])
    first.leave()
    assert plan_questions.acquaintances(evening.meeting) == []


@pytest.mark.parametrize("wrong", ["iets", "2f622b9c-6bf6-4ceb-bb59-a564cf7b6d89"])
def test_somebody_who_is_not_there_is_asked_again(phone, evening, wrong):
    response = phone.browser.post(page_of(evening.meeting), {"others": [wrong]})
    assert response.status_code == 422
    assert "Iemand van je lijst is er niet meer." in words(response)
    assert not Acquaintance.objects.exists()


def test_the_first_one_in_is_told_so(evening):
    phone = Phone(evening.meeting)
    phone.joins()
    assert "Er is nog niemand anders binnen." in words(phone.browser.get(page_of(evening.meeting)))

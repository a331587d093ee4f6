"""Figures of practices on an evening: for the room as far as the practices allow, and nowhere after they are gone."""

import uuid

import pytest
from django.urls import reverse

from samenwijk.figures.models import Delivery
from samenwijk.figures.practice.cells import Row
from samenwijk.figures.practice.protecting import protected
from samenwijk.meetings.export import csv_file
from tests.meetings.console_pages import Desk
from tests.meetings.phones import Phone

pytestmark = pytest.mark.django_db

DIABETES = "huisarts-icpc-t90"
NUMBER = "40,0 per 1.000"
STAYS_IN_THE_ROOM = "Daarbuiten laten de praktijken het niet zien."


@pytest.fixture
def given(cast):
    """Suikerziekte, of 120 in 3,000 people of one practice: for meetings only."""
    rows = [Row(2024, "icpc-t90", "Suikerziekte", "", "", 120, 3000)]
    practice = cast.practice.practice_in(cast.wijk)
    (delivery,) = [
        Delivery.deliver(year, practice=practice, wijk=cast.wijk, key=uuid.uuid4()) for year in protected(rows)
    ]
    delivery.approve(visibility=Delivery.Visibility.SESSION)
    return delivery


@pytest.fixture
def phone(evening, given):
    """A phone on an evening that has come to this figure."""
    step = evening.meeting.steps.get(kind="figures")
    step.settings = {"indicators": ["overgewicht", DIABETES]}
    step.save()
    phone = Phone(evening.meeting)
    phone.joins()
    evening.goes_to("figures")
    return phone


@pytest.fixture
def desk(evening, phone, cast, as_user):
    desk = Desk(as_user(cast.facilitator), evening.meeting)
    desk.act(evening.step, "turn", to=1)
    return desk


def screen(evening, client):
    return client.get(reverse("meetings:screen", args=[evening.meeting.screen_token])).content.decode()


def test_the_room_sees_it_with_its_denominator_and_no_picture_that_a_survey_has(evening, phone, desk, client):
    shown = screen(evening, client)
    figure = shown[shown.index('class="figure"') : shown.index('class="heard"')]
    for words in ("Suikerziekte", "2024", NUMBER, "Ingeschreven bij 1 praktijk, niet alle bewoners"):
        assert words in figure
    assert "<svg" not in figure
    assert NUMBER in phone.looks().content.decode()
    assert NUMBER in desk.reads()


def test_people_say_whether_they_recognise_it(evening, phone, desk):
    answer = phone.sends("recognise", about=DIABETES, value="herken", text="In de flat zie ik het ook.")
    assert answer.status_code in (200, 302)
    assert "In de flat zie ik het ook." in desk.reads()


def test_a_facilitator_may_choose_it_for_the_evening(evening, given):
    step = evening.meeting.steps.get(kind="figures")
    offered = dict(step.rules.settings_of(step).fields["indicators"].choices)
    assert offered[DIABETES] == "Bij de huisarts: Suikerziekte (diabetes)"


@pytest.mark.parametrize("visibility", ["session", "wijk", "public"])
def test_only_what_is_for_everybody_leaves_the_room_in_report_and_download(evening, phone, desk, given, visibility):
    Delivery.objects.filter(pk=given.pk).update(visibility=visibility)
    phone.sends("recognise", about=DIABETES, value="herken", text="")
    evening.ends()
    report, download = desk.reads("report"), csv_file(evening.meeting)
    assert "Suikerziekte" in report
    assert "Suikerziekte" in download
    travels = visibility == "public"
    assert (NUMBER in report, NUMBER in download) == (travels, travels)
    assert (STAYS_IN_THE_ROOM in report) is not travels


def test_what_was_taken_back_is_gone_from_every_surface(evening, phone, desk, given, client):
    given.withdraw()
    pages = [screen(evening, client), phone.looks().content.decode(), desk.reads()]
    evening.ends()
    for page in [*pages, desk.reads("report"), csv_file(evening.meeting)]:
        assert NUMBER not in page
        assert "Suikerziekte" not in page

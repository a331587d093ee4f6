"""A story that may name somebody: the page shows the words and asks; only a citizen number is refused."""

import logging
import re
import uuid

import pytest
from django.urls import reverse

from samenwijk.figures.models import Story
from samenwijk.people.models import Organisation

pytestmark = pytest.mark.django_db
FIGURE = "aandeel-een-persoon"
NAMES_SOMEBODY = "Fatima uit de Zijlsingel 3 zit altijd alleen."
ASKS = "Kan iemand hieraan te herkennen zijn?"


@pytest.fixture(autouse=True)
def no_stories(cast):
    Story.objects.all().delete()


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def tells(cast, browser, text, **more):
    address = reverse("home:profile_tell", args=[cast.wijk.slug, FIGURE])
    return browser.post(address, {"text": text, "key": uuid.uuid4(), **more})


def looks_over(cast, browser, text):
    return browser.post(reverse("home:profile_look_over", args=[cast.wijk.slug]), {"text": text})


def test_a_story_that_may_name_somebody_is_asked_about_and_not_yet_kept(cast, as_user):
    answer = tells(cast, as_user(cast.resident), NAMES_SOMEBODY)
    assert answer.status_code == 422
    page = text_of(answer)
    assert ASKS in page
    assert "Fatima (misschien een naam)" in page
    assert "Zijlsingel 3 (misschien een adres)" in page
    assert f">{NAMES_SOMEBODY}</textarea>" in answer.content.decode().replace("\n", "")
    assert not Story.objects.exists()


def test_the_writer_decides(cast, as_user):
    assert tells(cast, as_user(cast.resident), NAMES_SOMEBODY, sure="on").status_code == 302
    assert Story.objects.get().text == NAMES_SOMEBODY


def test_a_citizen_number_is_refused_whatever_the_writer_says(cast, as_user):
    answer = tells(cast, as_user(cast.resident), "Het nummer is 498 259 791.", sure="on")
    assert answer.status_code == 422
    assert "kan zijn. Dat mag hier niet komen. Haal het weg. Gaat het om één persoon? Bel dan" in text_of(answer)
    assert not Story.objects.exists()


def test_a_story_about_nobody_in_particular_goes_at_once(cast, as_user):
    assert tells(cast, as_user(cast.resident), "In de Merenwijk en Leiden is het stil.").status_code == 302


def test_the_places_and_organisations_of_the_wijk_are_no_persons(cast, as_user):
    organisation = Organisation.objects.visible_to(cast.gp).order_by("name").first()
    for known in (cast.wijk.name, "Leiden", organisation.name):
        assert ASKS not in text_of(looks_over(cast, as_user(cast.gp), f"Wij zien dat bij {known} ook."))


def test_while_writing_the_same_is_said_and_nothing_is_kept_or_logged(cast, as_user, caplog):
    caplog.set_level(logging.DEBUG)
    browser = as_user(cast.resident)
    said = looks_over(cast, browser, NAMES_SOMEBODY)
    assert said.status_code == 200
    assert "Fatima (misschien een naam)" in text_of(said)
    assert "burgerservicenummer" in text_of(looks_over(cast, browser, "Het nummer is 498259791."))
    assert text_of(looks_over(cast, browser, "Het is hier stil.")).strip() == ""
    assert "Fatima" not in caplog.text
    assert "498259791" not in caplog.text
    assert not Story.objects.exists()


def test_markup_in_a_name_stays_text(cast, as_user):
    said = looks_over(cast, as_user(cast.resident), 'mevrouw Jansen<script>alert("x")</script>').content.decode()
    assert "<script>" not in said

"""Who chose English reads the product's own words in English, and the wijk's words as they were typed."""

import datetime

import pytest
from django.conf import settings
from django.utils import translation

from samenwijk.people.disciplines import DISCIPLINES
from samenwijk.places.topics import TOPICS
from tests.meetings.phones import Phone


@pytest.fixture
def english(evening):
    phone = Phone(evening.meeting)
    phone.browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    phone.joins(first_name="Sam", discipline="bewoner")
    return phone


def test_the_phone_speaks_english(english):
    seen = english.sees()
    assert "Welcome, Sam" in seen
    assert "We start at 17.30." in seen


def test_a_question_that_we_ship_is_asked_in_english(english, evening):
    step = evening.goes_to("themes")
    assert step.question == "Waar willen we vanavond mee verder?"
    assert "What do we want to work on tonight?" in english.sees()


def test_a_question_of_the_facilitator_stays_as_it_was_typed(english, evening):
    step = evening.goes_to("themes")
    step.question = "Wat doen we <b>samen</b>, 100% zeker?"
    step.save(update_fields=["question"])
    assert "Wat doen we &lt;b&gt;samen&lt;/b&gt;, 100% zeker?" in english.looks().content.decode()


def test_an_answer_to_what_was_sent_comes_in_english(english, evening):
    step = evening.goes_to("close")
    step.talk_until = step.entered_at - datetime.timedelta(minutes=1)
    step.save(update_fields=["talk_until"])
    assert "Saved. You can find it at 'Your meeting'." in english.says("tomorrow", text="Bellen")


def test_the_console_speaks_english(desk, evening):
    evening.goes_to("themes")
    desk.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    seen = desk.reads()
    assert "Choosing themes" in seen
    assert "Close the vote" in seen


def test_every_word_of_the_vocabularies_has_an_english_one():
    words = [*DISCIPLINES.values(), *TOPICS.values()]
    with translation.override("nl"):
        dutch = [str(word) for word in words]
    with translation.override("en"):
        english_words = [str(word) for word in words]
    alike = {one for one, other in zip(dutch, english_words, strict=True) if one == other}
    assert alike <= {"Alcohol", "student", "school"}

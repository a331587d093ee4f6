"""Stories behind the figures: they start closed, are shown and hidden with a way back, and name nobody."""

import uuid

import pytest

from samenwijk.figures.models import Story
from samenwijk.journal.models import Entry

pytestmark = pytest.mark.django_db
WAITING, SHOWN, HIDDEN = Story.Status.WAITING, Story.Status.SHOWN, Story.Status.HIDDEN


@pytest.fixture
def story(cast):
    Story.objects.all().delete()
    return told(cast.wijk, cast.resident)


def told(wijk, by, key=None, text="Op het plein zit bijna nooit iemand alleen."):
    return Story.tell(wijk=wijk, indicator="aandeel-een-persoon", text=text, by=by, key=key or uuid.uuid4())


def test_a_story_starts_closed(story):
    assert story.status == WAITING
    assert not Story.objects.shown().exists()


def test_a_resident_is_called_a_resident_and_a_professional_is_not(cast, story):
    assert story.by_resident
    assert not told(cast.wijk, cast.gp).by_resident


def test_sending_twice_tells_once(cast, story):
    key = uuid.uuid4()
    assert told(cast.wijk, cast.gp, key) == told(cast.wijk, cast.gp, key)
    assert Story.objects.count() == 2


def test_showing_and_hiding_can_be_undone(cast, story):
    story.show(by=cast.facilitator)
    story.hide(by=cast.coordinator)
    assert story.status == HIDDEN
    story.undo(by=cast.coordinator)
    assert story.status == SHOWN
    kinds = list(Entry.objects.about(story).order_by("id").values_list("kind", flat=True))
    assert kinds == ["story.told", "story.shown", "story.hidden", "story.shown"]


def test_deciding_twice_counts_once(cast, story):
    story.show(by=cast.facilitator)
    story.show(by=cast.adviser)
    assert Entry.objects.about(story).of_kind("story.shown").count() == 1


def test_the_journal_holds_no_word_of_the_story(story):
    assert all(story.text not in str(entry.facts) for entry in Entry.objects.about(story))


def test_a_writer_takes_a_story_back_for_good(cast, story):
    story.take_back(by=cast.resident)
    assert not Story.objects.exists()


def test_whoever_is_forgotten_is_no_longer_its_writer(cast, story):
    assert story.is_by(cast.resident)
    cast.resident.known_person.forget()
    story.refresh_from_db()
    assert "Ans" not in str(story.author or "")
    assert story.text

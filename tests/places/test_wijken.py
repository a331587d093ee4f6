"""Places: the vocabulary of topics, and which wijken are public."""

import pytest
from django.db import IntegrityError

from samenwijk.places.models import Area, Region, Wijk
from samenwijk.places.topics import TOPICS, topic_title

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return Region.objects.create(name="Holland", slug="holland")


def test_only_wijken_that_opened_themselves_are_public(region):
    Wijk.objects.create(name="Open", slug="open", region=region, is_open=True)
    Wijk.objects.create(name="Dicht", slug="dicht", region=region)
    assert [wijk.slug for wijk in Wijk.objects.public()] == ["open"]


def test_a_wijk_starts_closed(region):
    assert not Wijk.objects.create(name="Nieuw", slug="nieuw", region=region).is_open


def test_a_code_stands_once_in_a_boundary_year_and_may_return_in_another():
    Area.objects.create(code="WK054608", boundary_year=2020, name="Merenwijk", level="wijk")
    Area.objects.create(code="WK054608", boundary_year=2024, name="Merenwijk", level="wijk")
    with pytest.raises(IntegrityError):
        Area.objects.create(code="WK054608", boundary_year=2024, name="Iets anders", level="wijk")


def test_there_are_28_topics():
    assert len(TOPICS) == 28


def test_a_topic_is_shown_in_words_and_a_wijks_own_word_as_it_is():
    assert topic_title("polyfarmacie") == "Veel medicijnen tegelijk"
    assert topic_title("hondenpoep") == "hondenpoep"

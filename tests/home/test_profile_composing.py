"""Composing a profile: searching, choosing, grouping and ordering with plain forms, and publishing."""

import re

import pytest
from django.urls import reverse

from samenwijk.figures.models import Profile, ProfileVersion

pytestmark = pytest.mark.django_db


def address(name, cast):
    return reverse(f"home:profile_{name}", args=[cast.wijk.slug])


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def adviser(cast, as_user):
    Profile.objects.filter(wijk=cast.wijk).delete()
    return as_user(cast.adviser)


def draft_of(cast):
    return [choice.indicator for choice in Profile.objects.get(wijk=cast.wijk).choices]


def test_the_adviser_searches_and_sees_level_and_period(cast, adviser):
    page = text_of(adviser.get(address("draft", cast), {"zoek": "overgewicht"}))
    assert "Volwassenen met overgewicht 2020 · alleen van de gemeente · uit een vragenlijst" in page
    assert "Inwoners 2024" not in page
    assert "Niets gevonden voor ‘xyz’" in text_of(adviser.get(address("draft", cast), {"zoek": "xyz"}))


def test_everything_is_done_with_plain_forms(cast, adviser):
    for slug in ("inwoners", "aandeel-65-plus", "overgewicht"):
        adviser.post(address("choose", cast), {"indicator": slug})
    adviser.post(address("move", cast), {"indicator": "aandeel-65-plus"})
    adviser.post(address("put", cast), {"indicator": "overgewicht", "group": "Gezondheid"})
    adviser.post(address("move_group", cast), {"group": "Gezondheid"})
    adviser.post(address("rename_group", cast), {"group": "Wie wonen hier", "name": "Onze mensen"})
    profile = Profile.objects.get(wijk=cast.wijk)
    assert [(one.indicator, one.group) for one in profile.choices] == [
        ("overgewicht", "Gezondheid"),
        ("aandeel-65-plus", "Onze mensen"),
        ("inwoners", "Onze mensen"),
    ]
    adviser.post(address("drop", cast), {"indicator": "inwoners"})
    assert draft_of(cast) == ["overgewicht", "aandeel-65-plus"]


def test_the_draft_is_looked_at_before_it_is_published(cast, adviser):
    adviser.post(address("choose", cast), {"indicator": "overgewicht"})
    assert "39,9%" in text_of(adviser.get(address("preview", cast)))
    assert not ProfileVersion.objects.exists()
    answer = adviser.post(address("publish", cast), follow=True)
    assert "Versie 1 van het gezondheidsprofiel staat klaar." in text_of(answer)


def test_what_cannot_be_done_is_a_sentence(cast, adviser):
    assert "Kies eerst minstens één cijfer." in text_of(adviser.post(address("publish", cast), follow=True))
    unknown = adviser.post(address("choose", cast), {"indicator": "bestaat-niet"}, follow=True)
    assert "Dit cijfer bestaat niet." in text_of(unknown)
    empty = adviser.post(address("rename_group", cast), {"group": "x", "name": ""}, follow=True)
    assert "Geef de groep een naam" in text_of(empty)


def test_a_full_profile_offers_no_more(cast, adviser):
    profile = Profile.of(cast.wijk)
    for number in range(12):
        profile.choose(f"indicator-{number}", "Groep")
    page = text_of(adviser.get(address("draft", cast)))
    assert "Het profiel is vol: 12 cijfers." in page
    assert "Kies : Inwoners" not in page
    assert "al 12 cijfers" in text_of(adviser.post(address("choose", cast), {"indicator": "inwoners"}, follow=True))


@pytest.mark.parametrize(("who", "status"), [("coordinator", 200), ("adviser", 200), ("facilitator", 403), ("gp", 403)])
def test_who_may_compose(cast, as_user, who, status):
    assert as_user(getattr(cast, who)).get(address("draft", cast)).status_code == status


def test_an_adviser_of_another_region_finds_nothing(cast, as_user):
    other = reverse("home:profile_draft", args=[cast.other_wijk.slug])
    assert as_user(cast.adviser).get(other).status_code == 404

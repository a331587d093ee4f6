"""Figures of practices beside a profile: on no axis with others, never kept, and gone everywhere once taken back."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from samenwijk.figures.models import Delivery, Profile, ProfileVersion

pytestmark = pytest.mark.django_db
OBESITY = "Ernstig overgewicht, vastgesteld in dat jaar"


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def profile_page(cast, browser, *number):
    name = "home:profile_version" if number else "home:profile"
    return text_of(browser.get(reverse(name, args=[cast.wijk.slug, *number])))


def test_a_published_file_of_gps_is_shown_with_its_denominator_and_hides_small_counts(cast):
    page = profile_page(cast, Client())
    assert f"{OBESITY} 2020 · Mensen uit de wijk" in page
    assert "niet alle bewoners (ongeveer 9.990 mensen)" in page
    assert "2,0 per 1.000" in page
    assert "Eenzaamheid, vastgesteld in dat jaar" in page
    assert "Geen cijfer: te klein aantal" in page


def test_it_stands_in_no_picture_with_a_survey(cast):
    page = Client().get(reverse("home:profile", args=[cast.wijk.slug])).content.decode()
    assert "<svg" not in page[page.index('id="bij-de-huisarts"') : page.index('id="waar-vandaan"')]


def test_the_version_keeps_no_number_of_it(cast):
    version = ProfileVersion.objects.get(profile__wijk=cast.wijk)
    assert "elan-ernstig-overgewicht" in version.document
    assert '"2.0"' not in version.document


def test_what_was_taken_back_is_gone_from_older_versions_too_and_they_say_so(cast, as_user):
    profile = Profile.objects.get(wijk=cast.wijk)
    profile.drop("roken")
    profile.publish(by=cast.adviser)
    before = ProfileVersion.objects.get(profile=profile, number=1).document
    Delivery.objects.get(wijk=cast.wijk, period=2020).withdraw()
    for number in (1, 2):
        page = profile_page(cast, Client(), number)
        assert "2,0 per 1.000" not in page
        assert f"{OBESITY} 2020 Dit cijfer is teruggenomen." in page
    assert ProfileVersion.objects.get(profile=profile, number=1).document == before


def test_what_is_for_the_wijk_only_is_not_named_to_visitors(cast, as_user):
    Delivery.objects.filter(wijk=cast.wijk, period=2020).update(visibility=Delivery.Visibility.WIJK)
    assert OBESITY not in profile_page(cast, Client())
    assert OBESITY not in profile_page(cast, as_user(cast.adviser))
    assert OBESITY in profile_page(cast, as_user(cast.gp))

"""Figures of practices in a profile: among the twelve, on no axis with others, never kept, gone once taken back."""

import csv
import gzip
import io
import json
import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from samenwijk.demo.profile import CHOSEN
from samenwijk.figures.models import Delivery, Profile, ProfileVersion, Story

pytestmark = pytest.mark.django_db
OBESITY = "Ernstig overgewicht, vastgesteld in dat jaar"
LONELY = "Eenzaamheid, vastgesteld in dat jaar"
FIGURE, SMALL = "huisarts-elan-ernstig-overgewicht", "huisarts-elan-eenzaamheid"
TAKEN_BACK = "Dit cijfer is teruggenomen."


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def address(cast, name, *more):
    return reverse(f"home:{name}", args=[cast.wijk.slug, *more])


def reads(cast, browser, name="profile", *more):
    return text_of(browser.get(address(cast, name, *more)))


def screen(cast, browser, *more):
    name = "home:profile_screen_figure" if more else "home:profile_screen"
    return text_of(browser.get(reverse(name, args=[Profile.objects.get(wijk=cast.wijk).screen_token, *more])))


def publishes(cast, *slugs):
    profile = Profile.of(cast.wijk)
    for slug in slugs:
        profile.choose(slug, "Bij de huisarts")
    return profile.publish(by=cast.adviser)


def narrows(cast, visibility):
    Delivery.objects.filter(wijk=cast.wijk, period=2020).update(visibility=visibility)


def test_it_stands_among_the_others_with_its_denominator_and_source(cast):
    for page in (reads(cast, Client()), reads(cast, Client(), "profile_figure", FIGURE)):
        assert f"{OBESITY}" in page
        assert "2020 · Mensen uit de wijk van wie gegevens van de huisarts er zijn, niet alle bewoners" in page
        assert "(ongeveer 9.990 mensen)" in page
        assert "2,0 per 1.000 (tussen 1,3 en 3,1)" in page
        assert "Geteld in de dossiers van huisartsen." in page
        assert "Bron: ELAN wijkprofielen" in page


def test_what_is_too_small_says_so(cast):
    Profile.objects.get(wijk=cast.wijk).drop("roken")
    publishes(cast, SMALL)
    page = reads(cast, Client())
    assert f"{LONELY} 2020" in page
    assert "Geen cijfer: te klein aantal" in page
    assert "Geen cijfer: te klein aantal" in screen(cast, Client(), SMALL)


def test_it_stands_in_no_picture_with_a_survey(cast):
    page = Client().get(address(cast, "profile")).content.decode()
    card = page[page.index(f'id="cijfer-{FIGURE}"') :]
    picture = card[card.index("<svg") : card.index("</svg>")]
    assert "In de dossiers van huisartsen: 2,0 per 1.000, waarschijnlijk tussen 1,3 per 1.000 en 3,1" in picture
    assert picture.count("<circle") == 1
    assert "c-tick" not in picture
    assert "Nederland" not in picture
    assert len(gzip.compress(picture.encode())) <= 2048


def test_the_room_sees_its_margin_in_a_picture_of_its_own(cast):
    profile = Profile.objects.get(wijk=cast.wijk)
    page = Client().get(reverse("home:profile_screen_figure", args=[profile.screen_token, FIGURE])).content.decode()
    assert page.count("chart__svg--wide") == 1
    assert "waarschijnlijk tussen 1,3 per 1.000 en 3,1 per 1.000" in page


def test_what_was_taken_back_or_is_too_small_has_no_picture(cast):
    Delivery.objects.filter(wijk=cast.wijk, period=2020).delete()
    page = Client().get(address(cast, "profile_figure", FIGURE)).content.decode()
    assert TAKEN_BACK in page
    assert "chart__svg" not in page


def test_it_counts_among_the_twelve(cast, as_user):
    coordinator = as_user(cast.coordinator)
    assert len(CHOSEN) == 12
    full = coordinator.post(address(cast, "profile_choose"), {"indicator": SMALL}, follow=True)
    assert "al 12 cijfers" in text_of(full)
    coordinator.post(address(cast, "profile_drop"), {"indicator": FIGURE})
    coordinator.post(address(cast, "profile_choose"), {"indicator": SMALL})
    choices = Profile.objects.get(wijk=cast.wijk).choices
    assert [(one.indicator, one.group) for one in choices][-1] == (SMALL, "Bij de huisarts")
    assert OBESITY not in reads(cast, coordinator, "profile_preview")
    assert LONELY in reads(cast, coordinator, "profile_preview")


def test_who_composes_finds_what_practices_counted_and_puts_it_where_it_belongs(cast, as_user):
    adviser = as_user(cast.adviser)
    adviser.post(address(cast, "profile_drop"), {"indicator": FIGURE})
    found = text_of(adviser.get(address(cast, "profile_draft"), {"zoek": "huisarts overgewicht"}))
    assert f"{OBESITY} 2020 · geteld bij de huisarts" in found
    adviser.post(address(cast, "profile_choose"), {"indicator": FIGURE})
    adviser.post(address(cast, "profile_put"), {"indicator": FIGURE, "group": "Hoe leven we"})
    adviser.post(address(cast, "profile_publish"))
    page = reads(cast, Client())
    assert "Bij de huisarts" not in page
    assert "Geteld in de dossiers van huisartsen." in page


@pytest.mark.parametrize(
    ("visibility", "finders"), [("session", []), ("wijk", ["coordinator"]), ("public", ["coordinator", "adviser"])]
)
def test_only_what_the_reader_may_see_can_be_chosen(cast, as_user, visibility, finders):
    narrows(cast, visibility)
    found = []
    for who in ("coordinator", "adviser"):
        Profile.objects.get(wijk=cast.wijk).drop(FIGURE)
        browser = as_user(getattr(cast, who))
        offered = OBESITY in reads(cast, browser, "profile_draft")
        answer = text_of(browser.post(address(cast, "profile_choose"), {"indicator": FIGURE}, follow=True))
        assert offered is (FIGURE in Profile.objects.get(wijk=cast.wijk).indicators)
        assert offered is ("Dit cijfer bestaat niet." not in answer)
        found += [who] if offered else []
    assert found == finders


def test_the_adviser_of_a_closed_wijk_sees_what_is_for_every_reader_of_the_profile(cast, as_user):
    cast.wijk.is_open = False
    cast.wijk.save()
    assert OBESITY in reads(cast, as_user(cast.adviser))
    assert OBESITY in reads(cast, as_user(cast.adviser), "profile_draft")


def test_the_version_keeps_no_number_of_it(cast):
    version = ProfileVersion.objects.get(profile__wijk=cast.wijk)
    (kept,) = [one for one in json.loads(version.document)["figures"] if one["indicator"] == FIGURE]
    assert set(kept) == {"indicator", "group", "title", "period", "visibility"}
    assert '"2.0"' not in version.document


def test_what_was_taken_back_is_gone_from_older_versions_too_and_they_say_so(cast, as_user):
    profile = Profile.objects.get(wijk=cast.wijk)
    profile.drop("roken")
    profile.publish(by=cast.adviser)
    before = ProfileVersion.objects.get(profile=profile, number=1).document
    assert "2,0 per 1.000" in screen(cast, Client(), FIGURE)
    Delivery.objects.get(wijk=cast.wijk, period=2020).withdraw()
    pages = [reads(cast, Client(), "profile_version", number) for number in (1, 2)]
    pages += [screen(cast, Client(), FIGURE), reads(cast, Client(), "profile_figure", FIGURE)]
    for page in pages:
        assert "2,0 per 1.000" not in page
        assert f"{OBESITY} 2020" in page
        assert TAKEN_BACK in page
    assert FIGURE not in Client().get(address(cast, "profile_csv", 2)).content.decode()
    assert ProfileVersion.objects.get(profile=profile, number=1).document == before


def test_what_is_for_the_wijk_only_is_not_named_to_visitors(cast, as_user):
    narrows(cast, "wijk")
    publishes(cast)
    outside, inside = (Client(), as_user(cast.adviser)), as_user(cast.gp)
    for browser in outside:
        for name, more in (("profile", ()), ("profile_versions", ()), ("profile_print", (1,)), ("profile_csv", (1,))):
            answer = browser.get(address(cast, name, *more))
            assert answer.status_code == 200
            assert OBESITY.encode() not in answer.content
        assert browser.get(address(cast, "profile_figure", FIGURE)).status_code == 404
        assert OBESITY not in screen(cast, browser)
    assert OBESITY in reads(cast, inside)
    assert OBESITY in screen(cast, inside, FIGURE)
    assert OBESITY not in inside.get(address(cast, "profile_csv", 1)).content.decode(), "a file travels"


def test_the_projector_counts_only_what_it_shows(cast):
    assert "cijfer 12 van 12" in screen(cast, Client(), FIGURE)
    narrows(cast, "session")
    assert "cijfer 1 van 11" in screen(cast, Client())


def test_the_file_says_of_whom_it_is(cast):
    content = Client().get(address(cast, "profile_csv", 1)).content.decode("utf-8-sig")
    lines = [line for line in csv.DictReader(io.StringIO(content), delimiter=";") if line["indicator"] == FIGURE]
    (line,) = lines
    assert (line["waarde"], line["ondergrens"], line["bovengrens"]) == ("2,0", "1,3", "3,1")
    assert (line["niveau"], line["code"], line["jaar"]) == ("praktijken", "", "2020")
    assert line["eenheid"] == "per 1.000 ingeschreven mensen"
    assert line["gebied"].startswith("Mensen uit de wijk van wie")
    assert line["uitgever"].startswith("Bron: ELAN wijkprofielen")


def test_people_tell_their_story_and_read_what_grew_from_it(cast, as_user):
    told = {"text": "Afvallen lukt samen beter dan alleen.", "key": str(uuid.uuid4())}
    as_user(cast.gp).post(address(cast, "profile_tell", FIGURE), told)
    Story.objects.get(indicator=FIGURE).show(by=cast.facilitator)
    page = reads(cast, as_user(cast.gp), "profile_figure", FIGURE)
    assert told["text"] in page
    assert "Wat eruit groeide Overgewicht" in page, "the theme is about the same topic"
    assert OBESITY in reads(cast, as_user(cast.facilitator), "profile_stories")


def test_versions_say_when_it_came_went_and_moved(cast):
    profile = Profile.objects.get(wijk=cast.wijk)
    profile.put_in_group(FIGURE, "Gezondheid")
    publishes(cast)
    profile.drop(FIGURE)
    publishes(cast)
    page = reads(cast, Client(), "profile_versions")
    assert f"{OBESITY} : Niet meer in het profiel." in page
    assert f"{OBESITY} : Staat nu onder ‘Gezondheid’." in page


def test_a_version_of_before_keeps_its_own_place_for_them(cast):
    """Versions of the first format named every figure of practices apart."""
    version = ProfileVersion.objects.get(profile__wijk=cast.wijk)
    kept = json.loads(version.document)
    named = next(one for one in kept["figures"] if one["indicator"] == FIGURE)
    kept["figures"].remove(named)
    kept |= {"format": 1, "practices": [{**named, "slug": "elan-ernstig-overgewicht"}]}
    for part in ("indicator", "group"):
        del kept["practices"][0][part]
    ProfileVersion.objects.filter(pk=version.pk).update(document=ProfileVersion.written(kept))
    page = reads(cast, Client())
    assert page.index("Bij de huisarts") < page.index(OBESITY)
    assert "2,0 per 1.000" in page

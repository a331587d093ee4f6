"""The pages of a profile: what everybody reads, what only the wijk sees, and what stays as it was."""

import csv
import io
import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from samenwijk.figures.models import Profile, ProfileVersion, Story
from samenwijk.home.profile.export import COLUMNS

pytestmark = pytest.mark.django_db
FIGURE = "aandeel-een-persoon"


def address(name, cast, *more):
    return reverse(f"home:{name}", args=[cast.wijk.slug, *more])


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def version(cast) -> ProfileVersion:
    return ProfileVersion.objects.get(profile__wijk=cast.wijk)


def test_a_figure_shows_value_margin_level_year_source_and_words(cast):
    page = text_of(Client().get(address("profile", cast)))
    assert "Volwassenen met overgewicht 2020 · gemeente Leiden · uit een vragenlijst 39,9%" in page
    assert "(tussen 37,7 en 42,1%) gemeentecijfer Lager dan Nederland" in page
    assert "Deze cijfers zijn van de gemeente Leiden. Voor de wijk zelf zijn ze er niet." in page
    assert "85012NED, CC BY 4.0" in page
    assert not re.search(r"gunstig|slechter|beter dan|ranglijst", page)


def test_a_closed_wijk_shows_its_profile_to_nobody_outside(cast, as_user):
    cast.wijk.is_open = False
    cast.wijk.save()
    for name in ("profile", "profile_versions"):
        assert Client().get(address(name, cast)).status_code == 404
        assert as_user(cast.outsider).get(address(name, cast)).status_code == 404
        assert as_user(cast.gp).get(address(name, cast)).status_code == 200
        assert as_user(cast.adviser).get(address(name, cast)).status_code == 200


def test_visitors_and_the_adviser_do_not_see_what_the_wijk_did_with_a_figure(cast, as_user):
    for browser in (Client(), as_user(cast.adviser)):
        assert "Wat eruit groeide" not in text_of(browser.get(address("profile", cast)))
    assert "Wat eruit groeide" in text_of(as_user(cast.gp).get(address("profile", cast)))


def test_without_a_profile_the_page_says_what_will_come(cast, as_user):
    Profile.objects.filter(wijk=cast.wijk).delete()
    page = text_of(as_user(cast.coordinator).get(address("profile", cast)))
    assert "Er is nog geen gezondheidsprofiel" in page
    assert "Kies de eerste cijfers" in page
    assert "Kies de eerste cijfers" not in text_of(Client().get(address("profile", cast)))


def test_an_older_version_stays_to_be_read_and_says_that_it_is_older(cast, as_user, version):
    profile = version.profile
    profile.drop("roken")
    profile.publish(by=cast.adviser)
    old = text_of(Client().get(address("profile_version", cast, 1)))
    assert "Dit is versie 1, zoals die toen was." in old
    assert "Volwassenen die roken" in old
    assert "Volwassenen die roken" not in text_of(Client().get(address("profile", cast)))
    assert "Volwassenen die roken : Niet meer in het profiel." in text_of(
        Client().get(address("profile_versions", cast))
    )


def test_a_story_that_waits_is_read_by_its_writer_only(cast, as_user):
    story = Story.objects.waiting().filter(author=cast.resident.known_person).first()
    page = address("profile_figure", cast, story.indicator)
    assert story.text in as_user(cast.resident).get(page).content.decode()
    for browser in (Client(), as_user(cast.gp), as_user(cast.facilitator)):
        assert story.text not in browser.get(page).content.decode()
    assert story.text in as_user(cast.facilitator).get(address("profile_stories", cast)).content.decode()


def test_telling_a_story_twice_keeps_it_once_and_waits(cast, as_user):
    browser, key = as_user(cast.gp), str(uuid.uuid4())
    for _again in range(2):
        answer = browser.post(address("profile_tell", cast, FIGURE), {"text": "Zo zie ik het.", "key": key})
        assert answer.status_code == 302
    assert Story.objects.waiting().filter(text="Zo zie ik het.").count() == 1


def test_a_story_that_is_too_long_keeps_what_was_typed(cast, as_user):
    long = "woord " * 120
    answer = as_user(cast.gp).post(address("profile_tell", cast, FIGURE), {"text": long, "key": str(uuid.uuid4())})
    assert answer.status_code == 422
    assert "Dat is te lang." in text_of(answer)
    assert long.strip() in answer.content.decode()


def test_what_people_type_is_shown_as_text(cast, as_user):
    story = Story.tell(wijk=cast.wijk, indicator=FIGURE, text="<script>alert(1)</script>", by=cast.gp, key=uuid.uuid4())
    story.show(by=cast.facilitator)
    assert b"<script>alert" not in Client().get(address("profile", cast)).content


def test_who_moderates_shows_hides_and_undoes(cast, as_user):
    story = Story.objects.waiting().first()
    browser = as_user(cast.facilitator)
    for name, status in (("story_show", "shown"), ("story_hide", "hidden"), ("story_undo", "shown")):
        assert browser.post(reverse(f"home:{name}", args=[story.public_id])).status_code == 302
        story.refresh_from_db()
        assert story.status == status
    hidden = reverse("home:story_hide", args=[story.public_id])
    assert as_user(cast.gp).post(hidden).status_code == 403
    assert as_user(cast.outsider).post(hidden).status_code in (403, 404)


def test_the_file_has_a_line_for_every_number_with_where_it_came_from(cast, version):
    answer = Client().get(address("profile_csv", cast, 1))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert list(rows[0]) == list(COLUMNS)
    own = next(row for row in rows if row["indicator"] == "overgewicht")
    assert (own["waarde"], own["ondergrens"], own["bovengrens"]) == ("39,9", "37,7", "42,1")
    assert (own["niveau"], own["vervangt_wijk"], own["tabel"], own["licentie"]) == (
        "gemeente",
        "ja",
        "85012NED",
        "CC BY 4.0",
    )
    buurt = next(row for row in rows if row["niveau"] == "buurt")
    assert (buurt["versie"], buurt["gebied"]) == ("1", "Leedewijk-Noord")


def test_the_projector_shows_one_figure_to_who_has_its_address(cast, version):
    token = version.profile.screen_token
    page = text_of(Client().get(reverse("home:profile_screen_figure", args=[token, "overgewicht"])))
    assert "39,9%" in page
    assert "cijfer 7 van" in page
    assert Client().get(reverse("home:profile_screen", args=[token])).status_code == 200
    assert Client().get(reverse("home:profile_screen", args=[token[:-1] + "x"])).status_code == 404
    assert Client().get(reverse("home:profile_screen_figure", args=[token, "bestaat-niet"])).status_code == 404


def test_a_version_that_does_not_exist_is_not_there(cast):
    assert Client().get(address("profile_version", cast, 9)).status_code == 404
    assert Client().get(address("profile_figure", cast, "inwoners-25-45")).status_code == 404

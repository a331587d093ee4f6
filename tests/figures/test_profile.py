"""The profile of a wijk: choosing figures, publishing versions that never change, and what differs between them."""

import json
import uuid
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from samenwijk.figures import drawing
from samenwijk.figures.changes import changes
from samenwijk.figures.freezing import frozen
from samenwijk.figures.models import AreaBlock, Indicator, Profile, Shape
from samenwijk.figures.models.profile import MOST, Choice, NotPossible
from samenwijk.journal.models import Entry
from samenwijk.places.models import Area
from tests.figures.putting import put

pytestmark = pytest.mark.django_db
PEOPLE, HEALTH = "Wie wonen hier", "Gezondheid"


@pytest.fixture
def profile(cast):
    Profile.objects.filter(wijk=cast.wijk).delete()
    return Profile.of(cast.wijk)


def chosen(profile, *slugs, group=PEOPLE):
    for slug in slugs:
        profile.choose(slug, group)
    return profile


def renew(value):
    """The source publishes its newest count again."""
    put("inwoners", {"WK054608": value, "GM0546": 130108, "NL00": 17942942})


def draft(profile):
    return [(choice.indicator, choice.group) for choice in Profile.objects.get(pk=profile.pk).choices]


def test_choosing_twice_is_harmless(profile):
    chosen(profile, "inwoners", "inwoners")
    assert draft(profile) == [("inwoners", PEOPLE)]


def test_a_profile_has_at_most_twelve_figures(profile):
    chosen(profile, *(f"indicator-{number}" for number in range(MOST)))
    with pytest.raises(NotPossible, match="al 12 cijfers"):
        profile.choose("nog-een")
    assert len(draft(profile)) == MOST


def test_a_group_stays_in_one_piece(profile):
    chosen(profile, "inwoners")
    chosen(profile, "roken", group=HEALTH)
    chosen(profile, "aandeel-65-plus")
    assert draft(profile) == [("inwoners", PEOPLE), ("aandeel-65-plus", PEOPLE), ("roken", HEALTH)]


def test_moving_stays_within_the_group_and_groups_move_as_a_whole(profile):
    chosen(profile, "inwoners", "aandeel-65-plus")
    chosen(profile, "roken", group=HEALTH)
    profile.move("aandeel-65-plus", later=False)
    profile.move("aandeel-65-plus", later=False)
    profile.move("inwoners", later=True)
    profile.move_group(HEALTH, later=False)
    assert draft(profile) == [("roken", HEALTH), ("aandeel-65-plus", PEOPLE), ("inwoners", PEOPLE)]


def test_a_figure_gets_another_group_and_a_group_another_name(profile):
    chosen(profile, "inwoners", "roken", "mantelzorger")
    profile.put_in_group("roken", HEALTH)
    profile.rename_group(PEOPLE, "Onze mensen")
    profile.drop("mantelzorger")
    assert draft(profile) == [("inwoners", "Onze mensen"), ("roken", HEALTH)]


def test_an_empty_profile_is_not_published(cast, profile):
    with pytest.raises(NotPossible, match="minstens één"):
        profile.publish(by=cast.coordinator)


def test_publishing_keeps_every_number_as_its_source_gave_it(cast, profile):
    version = chosen(profile, "inwoners", "overgewicht").publish(by=cast.adviser)
    people, overweight = version.figures
    assert (version.number, people.own.value, people.country.value) == (1, Decimal(13965), Decimal(17942942))
    assert (overweight.text, overweight.interval_text) == ("39,9%", " (tussen 37,7 en 42,1%)")
    assert overweight.level_words == "gemeentecijfer"
    assert "Voor Merenwijk zelf is dit cijfer er niet" in overweight.explanation
    assert overweight.words == "Lager dan Nederland"
    assert people.words == ""
    assert overweight.source_line.endswith("85012NED, CC BY 4.0")
    assert Entry.objects.about(version).of_kind("profile.published").get().facts == {"version": 1, "figures": 2}


def test_a_published_version_stays_byte_for_byte_when_sources_and_draft_change(cast, profile):
    version = chosen(profile, "inwoners", "overgewicht").publish(by=cast.adviser)
    before = version.document
    AreaBlock.objects.filter(area__code="GM0546").delete()
    Indicator.objects.filter(slug="overgewicht").update(title="Iets anders")
    profile.drop("overgewicht")
    profile.publish(by=cast.adviser)
    version.refresh_from_db()
    assert version.document == before
    assert version.figure("inwoners").own.value == 13965
    with pytest.raises(NotPossible):
        version.save()


def test_publishing_the_same_again_gives_the_same_version(cast, profile):
    first = chosen(profile, "inwoners").publish(by=cast.adviser)
    with translation.override("en"):
        assert profile.publish(by=cast.coordinator) == first
    assert profile.versions.count() == 1


def test_what_differs_between_versions_is_listed(cast, profile):
    first = chosen(profile, "inwoners", "overgewicht", "roken").publish(by=cast.adviser)
    profile.drop("roken")
    profile.put_in_group("overgewicht", HEALTH)
    profile.choose("mantelzorger", HEALTH)
    renew(14000)
    second = profile.publish(by=cast.adviser)
    told = {(change.kind, change.title): change.words for change in changes(first.figures, second.figures)}
    assert told["renewed", "Inwoners"] == "De bron heeft dit cijfer aangepast: was 13.965, is nu 14.000."
    assert told["moved", "Volwassenen met overgewicht"] == "Staat nu onder ‘Gezondheid’."
    assert ("added", "Volwassenen die mantelzorg geven") in told
    assert ("gone", "Volwassenen die roken") in told
    assert changes(first.figures, first.figures) == []


def test_titles_are_kept_in_every_language(cast, profile):
    version = chosen(profile, "overgewicht").publish(by=cast.adviser)
    with translation.override("en"):
        assert version.figure("overgewicht").title == "Adults who are overweight"
    with translation.override("nl"):
        assert version.figure("overgewicht").title == "Volwassenen met overgewicht"


def test_reading_a_draft_asks_no_more_with_more_figures(cast):
    counts = []
    for slugs in (["inwoners"], ["inwoners", "overgewicht", "roken", "mantelzorger", "aandeel-65-plus"]):
        with CaptureQueriesContext(connection) as asked:
            frozen(cast.wijk, [Choice(slug, "") for slug in slugs])
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_buurten_of_the_wijk_are_listed_by_name_while_there_are_no_outlines(cast, profile):
    figure = chosen(profile, "aandeel-65-plus").publish(by=cast.adviser).figures[0]
    names = [place.name for place in figure.places]
    assert names == sorted(names)
    assert len(names) == 6
    assert figure.box is None
    assert [row[0] for row in drawing.buurten(figure).rows] == names


def test_the_buurten_are_a_map_once_all_outlines_are_known(cast, profile):
    areas = Area.objects.filter(code__startswith="BU054608", boundary_year=2024).order_by("code")
    for place, area in enumerate(areas):
        left = 94000 + 500 * place
        path = f"M{left} -465000h500v400h-500z"
        Shape.objects.create(area=area, path=path, left=left, top=-465000, width=500, height=400)
    figure = chosen(profile, "aandeel-65-plus").publish(by=cast.adviser).figures[0]
    assert figure.box == (94000, -465000, 500 * len(areas), 400)
    svg = drawing.buurten(figure).svg
    assert svg.count('<path class="c-map-') == len(areas)
    assert 'd="M0 0l' in svg


def test_counts_are_not_set_beside_a_country(cast, profile):
    figure = chosen(profile, "inwoners").publish(by=cast.adviser).figures[0]
    assert drawing.beside(figure) is None


def test_a_figure_that_is_gone_from_the_sources_is_left_out(cast, profile):
    version = chosen(profile, "inwoners", "bestaat-niet").publish(by=cast.adviser)
    assert [figure.indicator for figure in version.figures] == ["inwoners"]


def test_a_wijk_without_areas_has_an_empty_document(cast):
    cast.wijk.areas.clear()
    assert frozen(cast.wijk, [Choice("inwoners", "")])["figures"] == []


def test_a_missing_figure_says_why_and_is_not_zero(cast, profile):
    put("huurwoningen", {"WK054608": "secret", "GM0546": "secret"})
    figure = chosen(profile, "huurwoningen").publish(by=cast.adviser).figures[0]
    assert (figure.text, figure.own.why, figure.comparison) == ("", "geheim", None)


def test_the_document_is_plain_and_holds_no_person(cast, profile):
    version = chosen(profile, "inwoners").publish(by=cast.adviser)
    assert set(json.loads(version.document)) == {"format", "wijk", "figures"}
    assert str(uuid.UUID(str(version.public_id))) not in version.document
    assert len(version.digest) == 12

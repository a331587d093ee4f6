"""What pages may ask of the figures, and what a wijk of several areas may show."""

from dataclasses import FrozenInstanceError, fields
from decimal import Decimal

import pytest
from django.db import connection

from samenwijk.demo.figures import import_figures
from samenwijk.figures.models import AreaBlock
from samenwijk.figures.reading import Observation, map_of, observations, of_wijk, trend
from samenwijk.places.models import Area, Region, Wijk
from tests.figures.files import PUBLISHED, shown, take_in
from tests.figures.putting import put

pytestmark = pytest.mark.django_db


@pytest.fixture
def merenwijk():
    import_figures()
    return wijk_of("WK054608")


def wijk_of(*codes):
    region = Region.objects.get_or_create(name="Regio", slug="regio")[0]
    wijk = Wijk.objects.create(name="Onze wijk", slug="onze-wijk", region=region)
    wijk.areas.set(Area.objects.filter(code__in=codes, boundary_year=2024))
    return wijk


def one(readings, slug):
    (found,) = [reading for reading in readings if reading.indicator == slug]
    return found


def test_the_newest_period_of_each_indicator_comes_by_default(merenwijk):
    found = {seen.indicator: seen for seen in observations(["WK054608"])}
    assert (found["inwoners"].period, found["inwoners"].value) == (2024, 13965)
    assert (found["huishoudens"].period, found["huishoudens"].boundary_year) == (2020, 2020)
    assert [seen.period for seen in observations(["WK054608"], indicators=["inwoners"], all_periods=True)] == [
        2024,
        2020,
    ]


def test_a_wijk_shows_its_own_figure_with_gemeente_and_country_of_the_same_edition(merenwijk):
    seen = one(of_wijk(merenwijk), "inwoners")
    assert (seen.own.value, seen.gemeente.value, seen.country.value) == (13965, 130108, 17942942)
    assert (seen.fallback, seen.approximate, seen.explanation) == ("", False, "")


def test_the_gemeente_stands_in_and_says_so(merenwijk):
    seen = one(of_wijk(merenwijk), "overgewicht")
    assert (seen.fallback, str(seen.own.value), seen.gemeente) == ("gemeente", "39.9", None)
    assert "Voor Onze wijk zelf is dit cijfer er niet" in seen.explanation


def test_buurten_together_are_approximate(merenwijk):
    wijk = wijk_two("BU05460801", "BU05460802")
    people = one(of_wijk(wijk), "inwoners")
    parts = [seen.value for seen in observations(["BU05460801", "BU05460802"], indicators=["inwoners"])]
    assert (people.own.value, people.error, people.approximate) == (sum(parts), 8, True)
    assert people.combined_from == ("BU05460801", "BU05460802")
    assert "hoogstens 8 ernaast" in people.explanation
    share = one(of_wijk(wijk, indicators=["aandeel-65-plus"]), "aandeel-65-plus")
    assert share.approximate
    assert share.error < 1


def test_the_value_that_is_shown_lies_within_the_error_that_is_told(merenwijk):
    """200.5 of the areas together becomes 201 and says so: the half that was added counts."""
    put("gemiddelde-woz-waarde-van-woningen", {"BU05460801": 201, "BU05460802": 200}, kind="published")
    put("woningvoorraad", {"BU05460801": 2000, "BU05460802": 2000})
    seen = one(of_wijk(wijk_two("BU05460801", "BU05460802")), "gemiddelde-woz-waarde-van-woningen")
    assert (seen.own.value, seen.error) == (201, Decimal("1.1"))
    assert "hoogstens 1,1 ernaast" in seen.explanation


def wijk_two(*codes):
    Wijk.objects.all().delete()
    return wijk_of(*codes)


def test_the_parts_of_a_wijk_in_the_set_do_not_count_twice(merenwijk):
    seen = one(of_wijk(wijk_two("WK054608", "BU05460801")), "inwoners")
    assert (seen.own.value, seen.approximate) == (13965, False)


def test_what_cannot_be_combined_falls_back_to_the_wijk_around_it(merenwijk):
    put("inwoners", {"BU05460801": "secret"})
    put("inwoners", {"BU05460801": "too_small"}, year=2020, table="84799NED")
    seen = one(of_wijk(wijk_two("BU05460801", "BU05460802")), "inwoners")
    assert (seen.own.area, seen.fallback, seen.own.value) == ("WK054608", "wijk", 13965)


def test_a_map_has_one_edition_of_all_areas(merenwijk):
    found = map_of("inwoners", "GM0546")
    assert {seen.period for seen in found.values()} == {2024}
    assert found["WK054608"].value == 13965
    assert set(map_of("inwoners", ["BU05460801", "BU05460802"], 2020)) == {"BU05460801", "BU05460802"}


def test_a_trend_has_only_editions_in_which_the_area_is_the_same(merenwijk):
    assert [seen.period for seen in trend("inwoners", "WK054608")] == [2020, 2024]
    Area.objects.filter(code="WK054608", boundary_year=2020).update(name="Iets anders")
    assert [seen.period for seen in trend("inwoners", "WK054608")] == [2024]


def test_however_many_codes_it_is_one_query(merenwijk, django_assert_num_queries):
    with django_assert_num_queries(1):
        observations(["WK054608", "GM0546", "NL00", "BU05460801"])
    with django_assert_num_queries(2):
        of_wijk(merenwijk)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite needs no counts to choose an index")
def test_right_after_an_import_the_database_knows_how_many_blocks_there_are(merenwijk):
    """Without these counts it reads all blocks to find those of one area."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'figures_areablock'::regclass")
        assert cursor.fetchone() == (AreaBlock.objects.count(),)


def test_values_have_exactly_the_digits_of_their_source(merenwijk):
    found = observations(["GM0546"], indicators=["overgewicht"])
    (seen,) = [seen for seen in found if seen.age_group == "18-plus"]
    assert (seen.value, seen.low, seen.high) == (Decimal("39.9"), Decimal("37.7"), Decimal("42.1"))
    assert (seen.measure, seen.table, seen.licence, seen.age_group) == (
        "Overgewicht",
        "85012NED",
        "CC BY 4.0",
        "18-plus",
    )


REAL = PUBLISHED / "cbs-kwb-2020-v3"


@pytest.fixture
def utrecht(db):
    if not REAL.is_dir():
        pytest.skip("the published files do not stand beside this project")
    take_in("cbs", "84799NED", "--gemeente", "GM0344", "--file", REAL)


def real_wijk(*codes):
    region = Region.objects.create(name="Regio", slug="regio")
    wijk = Wijk.objects.create(name="Zuilen", slug="zuilen", region=region)
    wijk.areas.set(Area.objects.filter(code__in=codes, boundary_year=2020))
    assert wijk.areas.count() == len(codes)
    return wijk


def test_ondiep_is_one_buurt_with_its_own_figures(utrecht):
    seen = one(of_wijk(real_wijk("BU03440222")), "inwoners")
    (published,) = observations(["BU03440222"], indicators=["inwoners"])
    assert (seen.own, seen.approximate, seen.fallback) == (published, False, "")
    assert (seen.own.area_name, seen.gemeente.area_name, seen.country.area_name) == ("Ondiep", "Utrecht", "Nederland")


def test_zuilen_is_several_buurten_of_a_larger_wijk(utrecht):
    codes = ["BU03440241", "BU03440242", "BU03440243", "BU03440244", "BU03440245", "BU03440246"]
    buurten = sorted(Area.objects.filter(code__in=codes, boundary_year=2020).values_list("code", flat=True))
    readings = of_wijk(real_wijk(*buurten))
    people = one(readings, "inwoners")
    parts = [seen.value for seen in observations(buurten, indicators=["inwoners"])]
    assert (people.own.value, people.error, people.approximate) == (sum(parts), 4 * len(parts), True)
    assert people.combined_from == tuple(buurten)
    household = one(readings, "particuliere-huishoudens-gemiddelde-huishoudensgrootte")
    assert household.approximate
    assert Decimal("1.5") < household.own.value < Decimal("2.5")
    distance = next(reading for reading in readings if reading.indicator.endswith("afstand-tot-grote-supermarkt"))
    assert (distance.fallback, distance.own.area) == ("wijk", "WK034402")
    assert "grotere wijk" in distance.explanation
    income = one(readings, "inkomen-van-personen-gemiddeld-inkomen-per-inwoner")
    assert (income.own.status, income.own.value) == ("not_published", None)


def test_a_wijk_of_the_product_is_shown_by_its_address(utrecht):
    real_wijk("BU03440222", "BU03440241")
    people = shown("zuilen")["inwoners", ""]
    assert (people["approximate"], people["error"], people["combined_from"]) == (
        True,
        8,
        ["BU03440222", "BU03440241"],
    )


def test_an_observation_has_all_its_fields_and_cannot_be_changed(merenwijk):
    seen = observations(["WK054608"], indicators=["inwoners"])[0]
    assert seen == Observation(**{field.name: getattr(seen, field.name) for field in fields(Observation)})
    with pytest.raises(FrozenInstanceError):
        seen.value = Decimal(0)

"""A figure of a wijk as a room may see it."""

from decimal import Decimal

import pytest

from samenwijk.figures.comparison import compare, compare_all, series
from samenwijk.places.models import Area, Region, Wijk
from tests.figures.putting import put

pytestmark = pytest.mark.django_db
OVERWEIGHT = {"unit": "%", "decimals": 1, "kind": "survey", "table": "85012NED"}


def area(code, name="Merenwijkdistrict", year=2024):
    level = {"NL": "land", "GM": "gemeente", "WK": "wijk", "BU": "buurt"}[code[:2]]
    return Area.objects.get_or_create(code=code, boundary_year=year, defaults={"name": name, "level": level})[0]


def wijk_of(*areas):
    region = Region.objects.get_or_create(name="Regio", slug="regio")[0]
    wijk = Wijk.objects.create(name="Merenwijk", slug="merenwijk", region=region)
    wijk.areas.set(areas)
    return wijk


def test_the_wijk_itself_comes_first_with_gemeente_and_country_beside_it():
    put("inwoners", {"WK054608": 13965, "GM0546": 130108, "NL00": 17942942})
    found = compare("inwoners", wijk_of(area("WK054608")))
    assert (found.level, found.value, found.text) == ("wijk", Decimal(13965), "13.965")
    assert (found.gemeente.value, found.country.value) == (Decimal(130108), Decimal(17942942))
    assert found.fallback == ""
    assert found.words == ""
    assert found.source == "Bron: CBS, 85984NED, CC BY 4.0"


def test_without_a_figure_of_the_wijk_the_gemeente_stands_in_and_says_so():
    put("overgewicht", {"GM0546": (39.9, 37.7, 42.1), "NL00": (49.4, 49.2, 49.7)}, **OVERWEIGHT)
    found = compare("overgewicht", wijk_of(area("WK054608")))
    assert found.level == "gemeente"
    assert found.fallback == "Voor Merenwijk zelf is dit cijfer er niet. Je ziet het cijfer van de gemeente Leiden."
    assert found.gemeente is None
    assert str(found.value) == "39.9"
    assert found.words == "Lager dan Nederland"
    assert "Leiden 39,9% (tussen 37,7 en 42,1%); Nederland 49,4%" in found.sentence


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ((39.9, 37.7, 42.1), "Lager dan Nederland"),
        ((39.9, 39, 49.3), "Vergelijkbaar met Nederland"),
        (39.9, ""),
    ],
)
def test_only_intervals_give_a_judgement(own, words):
    put("overgewicht", {"GM0546": own, "NL00": (49.4, 49.2, 49.7)}, **OVERWEIGHT)
    assert compare("overgewicht", wijk_of(area("WK054608"))).words == words


def test_a_wijk_of_several_cbs_wijken_is_never_summed():
    put("inwoners", {"WK054608": 13965, "WK054609": 10000})
    assert compare("inwoners", wijk_of(area("WK054608"), area("WK054609", "Andere wijk"))) is None


def test_a_cbs_wijk_with_its_own_buurten_named_is_still_that_wijk():
    put("inwoners", {"WK054608": 13965})
    assert compare("inwoners", wijk_of(area("WK054608"), area("BU05460800", "Slaaghwijk"))).value == 13965


def test_a_code_that_got_another_name_is_another_place():
    put("inwoners", {"WK054608": 500}, year=2020, table="84799NED", names={"WK054608": "Iets heel anders"})
    assert compare("inwoners", wijk_of(area("WK054608"))) is None


def test_boundary_years_never_stand_in_one_row():
    put("inwoners", {"WK054608": 13965})
    put("inwoners", {"GM0546": 125099}, year=2020, table="84799NED")
    found = compare("inwoners", wijk_of(area("WK054608")))
    assert found.gemeente is None
    assert found.country is None


def test_moments_are_told_apart_with_a_caution():
    put("inwoners", {"WK054608": 13965})
    put("inwoners", {"WK054608": 14335}, year=2020, table="84799NED")
    told = series("inwoners", wijk_of(area("WK054608")))
    assert [(reading.period, reading.value) for reading in told.readings] == [(2020, 14335), (2024, 13965)]
    assert "2020, 2024" in told.caution


def test_missing_is_not_zero():
    put("inwoners", {"WK054608": "secret"})
    assert compare("inwoners", wijk_of(area("WK054608"))) is None


def test_what_has_no_figure_is_left_out():
    put("inwoners", {"WK054608": 13965})
    assert [found.slug for found in compare_all(["roken", "inwoners"], wijk_of(area("WK054608")))] == ["inwoners"]


def test_of_several_age_groups_all_adults_stand_for_the_wijk():
    for age, value in (("65-plus", 60), ("18-plus", 50), ("18-65", 45)):
        put("overgewicht", {"GM0546": value}, age=age, **OVERWEIGHT)
    assert compare("overgewicht", wijk_of(area("WK054608"))).value == 50


def test_one_comparison_costs_two_queries(django_assert_num_queries):
    put("inwoners", {"WK054608": 13965})
    wijk = wijk_of(area("WK054608"))
    with django_assert_num_queries(2):
        compare("inwoners", wijk)

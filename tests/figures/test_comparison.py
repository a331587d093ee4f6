"""A figure of a wijk as a room may see it."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from samenwijk.figures.comparison import compare, compare_all, series
from samenwijk.figures.models import Figure, Indicator, Source
from samenwijk.places.models import Area, Region, Wijk

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    return Source.objects.create(
        slug="kwb",
        publisher="CBS",
        table="85984NED",
        title="Kerncijfers",
        year=2024,
        licence="CC BY 4.0",
        rounding=5,
    )


@pytest.fixture
def overweight():
    return Indicator.objects.create(slug="overgewicht", title="x", unit="%", decimals=1, kind="survey")


@pytest.fixture
def inhabitants():
    return Indicator.objects.create(slug="inwoners", title="x", kind="counted")


def area(code, name="Merenwijkdistrict", year=2024):
    level = {"NL": "land", "GM": "gemeente", "WK": "wijk", "BU": "buurt"}[code[:2]]
    return Area.objects.get_or_create(code=code, boundary_year=year, name=name, level=level)[0]


def wijk_of(*areas):
    region = Region.objects.get_or_create(name="Regio", slug="regio")[0]
    wijk = Wijk.objects.create(name="Merenwijk", slug="merenwijk", region=region)
    wijk.areas.set(areas)
    return wijk


def figure(indicator, source, place, value, low=None, high=None, **more):
    year = place.boundary_year
    values = {"period": year, "boundary_year": year, "value": value, "low": low, "high": high} | more
    return Figure.objects.create(indicator=indicator, source=source, area=place, **values)


def test_the_wijk_itself_comes_first_with_gemeente_and_country_beside_it(source, inhabitants):
    own, city, country = area("WK054608"), area("GM0546", "Leiden"), area("NL00", "Nederland")
    for place, value in ((own, 13965), (city, 130108), (country, 17942942)):
        figure(inhabitants, source, place, value)
    found = compare("inwoners", wijk_of(own))
    assert (found.level, found.value, found.text) == ("wijk", Decimal(13965), "13.965")
    assert (found.gemeente.value, found.country.value) == (Decimal(130108), Decimal(17942942))
    assert found.fallback == ""
    assert found.words == ""
    assert found.source == "Bron: CBS, 85984NED, CC BY 4.0"


def test_without_a_figure_of_the_wijk_the_gemeente_stands_in_and_says_so(source, overweight):
    city, country = area("GM0546", "Leiden"), area("NL00", "Nederland")
    figure(overweight, source, city, "39.9", "37.7", "42.1")
    figure(overweight, source, country, "49.4", "49.2", "49.7")
    found = compare("overgewicht", wijk_of(area("WK054608")))
    assert found.level == "gemeente"
    assert found.fallback == "Voor Merenwijk zelf is dit cijfer er niet. Je ziet het cijfer van de gemeente Leiden."
    assert found.gemeente is None
    assert str(found.value) == "39.9"
    assert found.words == "Lager dan Nederland"
    assert "Leiden 39,9% (tussen 37,7 en 42,1%); Nederland 49,4%" in found.sentence


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        ("37.7", "42.1", "Lager dan Nederland"),
        ("39", "49.3", "Vergelijkbaar met Nederland"),
        (None, None, ""),
    ],
)
def test_only_intervals_give_a_judgement(source, overweight, low, high, words):
    figure(overweight, source, area("GM0546", "Leiden"), "39.9", low, high)
    figure(overweight, source, area("NL00", "Nederland"), "49.4", "49.2", "49.7")
    assert compare("overgewicht", wijk_of(area("WK054608"))).words == words


def test_a_wijk_of_several_cbs_wijken_is_never_summed(source, inhabitants):
    first, second = area("WK054608"), area("WK054609", "Andere wijk")
    figure(inhabitants, source, first, 13965)
    figure(inhabitants, source, second, 10000)
    assert compare("inwoners", wijk_of(first, second)) is None


def test_a_cbs_wijk_with_its_own_buurten_named_is_still_that_wijk(source, inhabitants):
    own = area("WK054608")
    figure(inhabitants, source, own, 13965)
    assert compare("inwoners", wijk_of(own, area("BU05460800", "Slaaghwijk"))).value == 13965


def test_a_code_that_got_another_name_is_another_place(source, inhabitants):
    figure(inhabitants, source, area("WK054608", "Iets heel anders", 2020), 500)
    assert compare("inwoners", wijk_of(area("WK054608"))) is None


def test_boundary_years_never_stand_in_one_row(source, inhabitants):
    own = area("WK054608")
    figure(inhabitants, source, own, 13965)
    figure(inhabitants, source, area("GM0546", "Leiden", 2020), 125099)
    found = compare("inwoners", wijk_of(own))
    assert found.gemeente is None
    assert found.country is None


def test_moments_are_told_apart_with_a_caution(source, inhabitants):
    own = area("WK054608")
    figure(inhabitants, source, own, 13965)
    figure(inhabitants, source, area("WK054608", year=2020), 14335)
    told = series("inwoners", wijk_of(own))
    assert [(reading.period, reading.value) for reading in told.readings] == [(2020, 14335), (2024, 13965)]
    assert "2020, 2024" in told.caution


def test_missing_is_not_zero(source, inhabitants):
    own = area("WK054608")
    figure(inhabitants, source, own, None, status="secret")
    assert compare("inwoners", wijk_of(own)) is None


def test_what_has_no_figure_is_left_out(source, inhabitants):
    own = area("WK054608")
    figure(inhabitants, source, own, 13965)
    assert [found.slug for found in compare_all(["roken", "inwoners"], wijk_of(own))] == ["inwoners"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": None},
        {"value": "3", "status": "secret"},
        {"value": "3", "low": "4", "high": "5"},
        {"value": "3", "low": "2"},
    ],
)
def test_a_figure_that_contradicts_itself_is_refused(source, overweight, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        figure(overweight, source, area("GM0546", "Leiden"), **wrong)


def test_one_comparison_costs_two_queries(source, inhabitants, django_assert_num_queries):
    own = area("WK054608")
    figure(inhabitants, source, own, 13965)
    wijk = wijk_of(own)
    with django_assert_num_queries(2):
        compare("inwoners", wijk)

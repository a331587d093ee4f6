"""From counts to what may be kept: small ones are gone, and nothing that stays gives them away."""

import numpy as np
import pytest

from samenwijk.figures.practice.cells import Row
from samenwijk.figures.practice.files import Refused
from samenwijk.figures.practice.protecting import protected
from samenwijk.figures.practice.standard import BANDS, weights_of
from samenwijk.figures.practice.tables import rounded, tables_of
from samenwijk.figures.practice.words import age_of, sex_of
from samenwijk.methods.disclosure import Protected, attack

AGES, SEXES = ("0-44", "45-64", "65+"), ("v", "m")
COUNTS = {
    ("0-44", "v"): 4,
    ("0-44", "m"): 22,
    ("45-64", "v"): 40,
    ("45-64", "m"): 61,
    ("65+", "v"): 88,
    ("65+", "m"): 70,
}


def row(age="", sex="", count=120, registered=3000, period=2024, indicator="icpc-t90"):
    return Row(period, indicator, "Suikerziekte", age, sex, count, registered)


def grid(counts=None, registered=800):
    return [row(age, sex, count, registered) for (age, sex), count in (counts or COUNTS).items()]


def kept(rows):
    (year,) = protected(rows)
    return {(cell.age_group, cell.sex): cell.count for cell in year.cells}


def test_a_small_count_is_gone_and_others_with_it():
    found = kept(grid())
    assert found["0-44", "v"] is None
    assert sum(number is None for number in found.values()) >= 4
    assert all(number in (None, *COUNTS.values()) for place, number in found.items() if all(place))


def test_nobody_can_work_out_what_is_gone():
    found = kept(grid())
    places = [[found[age, sex] for sex in (*SEXES, "")] for age in (*AGES, "")]
    published = np.array([[np.nan if n is None else n for n in line] for line in places], dtype=float)
    hidden = np.isnan(published)
    assert attack(Protected(hidden, hidden, published)).high[0, 0] >= 10


def test_a_raised_threshold_hides_more(settings):
    settings.SMALL_COUNT = 25
    assert kept(grid())["0-44", "m"] is None


def test_one_number_under_the_threshold_leaves_nothing():
    assert kept([row(count=9)]) == {("", ""): None}
    assert kept([row(count=10)]) == {("", ""): 10}
    assert kept([row(count=0)]) == {("", ""): 0}


def test_what_the_source_did_not_tell_stays_untold():
    assert kept([row(count=None)]) == {("", ""): None}
    with pytest.raises(Refused, match="echte aantallen"):
        protected([row(age="0-44", count=None), row(age="45+", count=30)])


def test_when_nearly_everybody_has_it_who_has_not_is_hidden():
    assert kept([row(count=2995)]) == {("", ""): None}
    assert kept(grid({**COUNTS, ("0-44", "v"): 40}, registered=800))["", ""] == 321
    nearly = dict.fromkeys(COUNTS, 100) | {("65+", "m"): 98}
    assert kept(grid(nearly, registered=100)) == {("", ""): None}


def test_ages_alone_and_sexes_alone_are_tables_too():
    assert kept([row(age=age, count=50) for age in AGES])["", ""] == 150
    assert kept([row(sex=sex, count=50) for sex in SEXES]) == {("", ""): 100, ("", "v"): 50, ("", "m"): 50}
    ages = kept([row(age=age, count=count) for age, count in zip(AGES, (3, 50, 60), strict=True)])
    assert ages["0-44", ""] is None
    assert list(ages.values()).count(None) == 2


def test_totals_in_the_file_are_checked_and_not_counted_twice():
    assert kept([*grid({**COUNTS, ("0-44", "v"): 40}), row(count=321, registered=4800)])["", ""] == 321
    with pytest.raises(Refused, match="een totaal niet"):
        protected([*grid(), row(count=999, registered=4800)])


def test_numbers_registered_are_protected_as_well():
    rows = [row("0-89", "v", 300, 1500), row("0-89", "m", 300, 1500), row("90+", "v", 0, 7), row("90+", "m", 0, 60)]
    (year,) = protected(rows)
    people = {(cell.age_group, cell.sex): cell.registered for cell in year.cells}
    assert people["90+", "v"] is None
    assert people["0-89", "v"] is None or people["", "v"] is None


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([row(), row()], "twee keer"),
        (grid()[:-1], "ontbreekt"),
        ([row("0-44"), row("40-64")], "over elkaar heen"),
        ([row("0+"), row("65+")], "over elkaar heen"),
        ([row(count=0, registered=0)], "geen ingeschrevenen"),
    ],
)
def test_what_makes_no_table_is_refused(rows, sentence):
    with pytest.raises(Refused, match=sentence):
        protected(rows)


def test_every_year_stands_by_itself():
    years = protected([row(period=2022), row(period=2024), row(period=2023)])
    assert [year.period for year in years] == [2024, 2023, 2022]


def test_a_table_to_look_at_is_rounded_to_five_and_says_what_is_hidden():
    (table,) = tables_of(protected(grid())[0].cells)
    numbers = dict(table.lines)
    assert table.columns == ("Vrouwen", "Mannen", "Iedereen")
    assert numbers["0 tot en met 44 jaar"][0] == "te klein"
    assert all(text == "te klein" or int(text) % 5 == 0 for line in numbers.values() for text in line)
    assert [rounded(number, 5) for number in (10, 12, 13, 17, 18)] == [10, 10, 15, 15, 20]


@pytest.mark.parametrize(
    ("text", "age"),
    [("0-14", "0-14"), ("15 t/m 44 jaar", "15-44"), ("15 tot en met 44", "15-44"), ("75+", "75+"),
     ("75 en ouder", "75+"), (">=75", "75+"), ("> 74", "75+"), ("≥75", "75+"), ("75 jaar of ouder", "75+"),
     ("Totaal", ""), ("", ""),
     ("alle leeftijden", ""), ("oud", None), ("44-15", None), ("12", None)],
)  # fmt: skip
def test_ages_as_people_write_them(text, age):
    assert age_of(text) == age


@pytest.mark.parametrize(
    ("text", "sex"), [("V", "v"), ("vrouwen", "v"), ("Man", "m"), ("totaal", ""), ("", ""), ("x", None)]
)
def test_sexes_as_people_write_them(text, sex):
    assert sex_of(text) == sex


def test_age_groups_weigh_as_in_the_standard_population():
    weights = weights_of(["0-14", "15-44", "45-64", "65-74", "75+"])
    assert weights is not None
    assert sum(weights.values()) == sum(BANDS) == 100_000
    assert weights["75+"] == 9000
    for unusable in (["0-12", "13+"], ["0-14", "20+"], ["5-64", "65+"], ["0-14", "15-64"], [], ["0-92", "93+"]):
        assert weights_of(unusable) is None

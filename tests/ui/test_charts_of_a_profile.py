"""The charts of a profile: a figure beside others, through the years, and per buurt; without a judgement or a rank."""

import gzip
import json
import re

import pytest

from samenwijk.ui import charts
from samenwijk.ui.charts import COUNTRY, GEMEENTE, REGION, Mark, Moment, Place, Value

MOST = 2048
OWN = Value("de wijk", 44.2, 39.9, 48.6)
MARKS = [
    Mark(GEMEENTE, Value("gemeente Leiden", 39.9, 37.7, 42.1)),
    Mark(REGION, Value("GGD-regio", 46.8)),
    Mark(COUNTRY, Value("Nederland", 50.1, 49.8, 50.4)),
]
YEARS = [
    Moment(2012, 38.1, 36.2, 40.0, "2012"),
    Moment(2016, 41.2, 39.0, 43.4, "2022"),
    Moment(2022, 47.4, 45.8, 49.0, "2022"),
]
SQUARE = "M0 0h40v40h-40z"
BUURTEN = [
    Place("Leedewijk", 12.0, path=SQUARE, at=(20, 20)),
    Place("Slaaghwijk", None, "te klein aantal", path="M40 0h40v40h-40z"),
    Place("Zijlwijk", 31.0, path="M80 0h40v40h-40z", at=(100, 20)),
]


def every_chart() -> dict[str, charts.Chart]:
    return {
        "beside": charts.beside("Overgewicht", OWN, MARKS),
        "trend": charts.trend("Overgewicht", YEARS),
        "map": charts.area_map("Overgewicht", BUURTEN, (120, 40)),
        "list": charts.area_list("Overgewicht", BUURTEN),
    }


@pytest.mark.parametrize("name", ["beside", "trend", "map", "list"])
def test_a_chart_is_light_and_needs_no_style_or_script(name):
    chart = every_chart()[name]
    assert len(gzip.compress(chart.svg.encode())) <= MOST
    assert not re.search(r"style=|<style|<script|\son\w+=", chart.svg)
    assert chart.sentence in chart.svg


@pytest.mark.parametrize("name", ["beside", "trend", "map", "list"])
def test_a_chart_says_nothing_is_good_or_bad(name):
    chart = every_chart()[name]
    assert not re.search(r"gunstig|beter|slechter|goed|slecht", chart.svg + chart.sentence, re.IGNORECASE)


def test_a_figure_stands_on_one_line_with_gemeente_region_and_country():
    chart = charts.beside("Overgewicht", OWN, MARKS)
    assert [row[0] for row in chart.rows] == ["De wijk", "Gemeente Leiden", "GGD-regio", "Nederland"]
    assert chart.rows[0][1:] == ["44,2%", "39,9% tot 48,6%"]
    assert "lager dan Nederland" in chart.sentence
    assert "verschilt niet duidelijk van gemeente Leiden" in chart.sentence


def test_a_missing_figure_beside_others_is_a_dash_and_no_dot():
    chart = charts.beside("Overgewicht", Value("de wijk", None), MARKS)
    assert chart.rows[0] == ["De wijk", "–", "–"]
    assert "c-main" not in chart.svg


def test_a_line_runs_only_between_comparable_moments():
    chart = charts.trend("Overgewicht", YEARS)
    assert chart.svg.count('class="c-line"') == 1
    assert "stroke-dasharray" in chart.svg
    assert chart.sentence.startswith("In 2016: 41,2%. In 2022: 47,4%. Dat verschil is groter dan de marge.")
    assert "andere grenzen" in chart.sentence


def test_a_difference_within_the_margin_is_called_so():
    moments = [Moment(2020, 40.0, 38.0, 42.0), Moment(2022, 41.0, 39.0, 43.0)]
    assert "valt binnen de marge" in charts.trend("Roken", moments).sentence


def test_a_year_without_a_figure_says_why_and_is_not_zero():
    chart = charts.trend("Roken", [Moment(2020, None, why="te klein aantal"), Moment(2022, 13.0)])
    assert chart.rows[0] == ["2020", "te klein aantal", "–"]
    assert chart.svg.count("<circle") == 1


def test_buurten_keep_the_order_of_their_names_and_gaps_are_hatched():
    chart = charts.area_map("Overgewicht", BUURTEN, (120, 40), name="kaart-overgewicht")
    assert [row[0] for row in chart.rows] == ["Leedewijk", "Slaaghwijk", "Zijlwijk"]
    assert chart.rows[1] == ["Slaaghwijk", "te klein aantal"]
    assert 'fill="url(#kaart-overgewicht)"' in chart.svg
    assert "Geen cijfer: Slaaghwijk (te klein aantal)." in chart.sentence
    assert "geen cijfer" in chart.svg


def test_a_map_without_any_figure_says_so():
    gaps = [Place("A", None, "geheim", path=SQUARE), Place("B", None, "geheim", path=SQUARE)]
    assert charts.area_map("Roken", gaps, (120, 40)).sentence == "Van geen van deze buurten is dit cijfer er."


def test_many_long_names_and_one_value_for_all_draw_without_a_step():
    places = [Place(f"Buurt met een lange naam {n}", 20.0) for n in range(12)]
    chart = charts.area_list("Roken", places)
    assert chart.sentence == "Van 12 van de 12 buurten is er een cijfer: van 20,0% tot 20,0%."


@pytest.mark.parametrize("values", [[0.0], [3, 3], [1, 2], [0.1, 0.9], [2, 98], [14480, 20, 3900]])
def test_every_value_has_a_tint_and_every_tint_its_words(values):
    places = [Place(str(value), value, path=SQUARE) for value in values]
    svg = charts.area_map("x", places, (40, 40), unit="").svg
    used = set(re.findall(r'<path class="c-map-(\d)', svg))
    explained = set(re.findall(r'<rect class="c-map-(\d)', svg))
    assert explained == (used if len(set(values)) > 1 else set())


def test_real_buurten_of_a_gemeente_fit_the_weight():
    from tests.ui.real_shapes import baarn

    places, size = baarn()
    assert len(places) == 21
    assert len(gzip.compress(charts.area_map("65 jaar of ouder", places, size, decimals=0).svg.encode())) <= MOST
    assert json.dumps(size)


LONG_NAME = "Samenwerkingsgebied Hollands Midden en de Kust-en-Bollenstreek-Noordoost"


def test_a_name_that_is_too_long_is_cut_in_the_picture_and_whole_in_the_table():
    found = charts.beside(
        "Roken", charts.Value("Merenwijk", 17.6), [charts.Mark(charts.GEMEENTE, charts.Value(LONG_NAME, 16.1))]
    )
    assert "…" in found.svg
    assert "… 16,1%</text>" in found.svg
    assert LONG_NAME in [row[0] for row in found.rows]
    places = charts.area_list(
        "Per buurt", [charts.Place(LONG_NAME, 20.1, "", "", None)], unit="%", decimals=1, name="k"
    )
    assert "…</text>" in places.svg
    assert LONG_NAME in [row[0] for row in places.rows]
    alone = charts.interval("Roken", [charts.Value(LONG_NAME, 17.6, 15.0, 20.0)])
    assert "…</text>" in alone.svg
    assert LONG_NAME in [row[0] for row in alone.rows]

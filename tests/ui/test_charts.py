"""Charts: picture, table and sentence say the same, without judging."""

import re

import pytest

from samenwijk.ui import charts

LEIDEN = charts.Value("gemeente Leiden", 39.9, 37.7, 42.1)
COUNTRY = charts.Value("Nederland", 50.1)


def test_a_figure_below_the_country_is_called_lower_and_nothing_else():
    chart = charts.interval("Overgewicht", [LEIDEN, COUNTRY])
    assert chart.sentence == (
        "Gemeente Leiden: 39,9%, waarschijnlijk tussen 37,7% en 42,1%. Dat is lager dan Nederland (50,1%)."
    )


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (charts.Value("Nederland", 30.0), "hoger dan Nederland"),
        (charts.Value("Nederland", 41.0), "verschilt niet duidelijk"),
        (charts.Value("de regio", 44.0, 42.0, 46.0), "verschilt niet duidelijk"),
        (charts.Value("de regio", 46.0, 45.0, 47.0), "lager dan de regio"),
    ],
)
def test_only_intervals_that_do_not_touch_are_called_different(other, said):
    assert said in charts.interval("Overgewicht", [LEIDEN, other]).sentence


def test_without_an_interval_nothing_is_called_higher_or_lower():
    sentence = charts.interval("Inwoners", [charts.Value("wijk", 12.0), COUNTRY]).sentence
    assert "hoger" not in sentence
    assert "lager" not in sentence


def test_a_missing_figure_is_not_zero():
    chart = charts.interval("Overgewicht", [charts.Value("de wijk", None), COUNTRY])
    assert chart.sentence == "Van de wijk is dit cijfer er niet."
    assert chart.rows[0] == ["de wijk", "–", "–"]
    assert ">0" not in re.sub(r">0%<", "", chart.svg)


def test_the_table_has_the_numbers_of_the_picture():
    chart = charts.interval("Overgewicht", [LEIDEN, COUNTRY])
    assert chart.rows == [["gemeente Leiden", "39,9%", "37,7% tot 42,1%"], ["Nederland", "50,1%", "–"]]
    assert ">39,9%<" in chart.svg
    assert ">50,1%<" in chart.svg


def test_a_tie_at_the_top_is_said_and_stands_in_the_table():
    items = [
        charts.Bar("A", 5, place=1, tied=True),
        charts.Bar("B", 5, place=1, tied=True),
        charts.Bar("C", 1, place=3),
    ]
    chart = charts.bars("Uitslag", items, unit=("stip", "stippen"))
    assert chart.sentence == "Gelijk bovenaan: “A”, “B”, elk met 5 van de 11 stippen."
    assert chart.rows == [["1 (gelijk)", "A", "5"], ["1 (gelijk)", "B", "5"], ["3", "C", "1"]]
    assert chart.columns == ["Plaats", "Keuze", "Stippen"]
    assert chart.svg.count(">gelijk<") == 2


def test_no_answers_yet_is_a_sentence_too():
    assert charts.bars("Herken je dit?", []).sentence == "Er zijn nog geen stemmen."
    assert (
        "nog geen antwoorden"
        in charts.stacked("Slot", [("Ik ga aan de slag", [0, 0, 0])], ["eens", "deels", "nee"]).sentence
    )


def test_long_ideas_wrap_and_stay_whole():
    words = "een idee van tweehonderd tekens " * 6
    chart = charts.bars("Uitslag", [charts.Bar(words.strip(), 3)])
    shown = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", chart.svg))
    assert words.strip() in shown


def test_statements_count_who_agrees():
    chart = charts.stacked("Slot", [("Ik ken meer mensen", [36, 5, 0])], ["eens", "een beetje", "oneens"])
    assert chart.sentence == "“Ik ken meer mensen”: 36 van de 41 zeggen “eens”."
    assert chart.rows == [["Ik ken meer mensen", "36", "5", "0"]]


@pytest.mark.parametrize("wide", [False, True])
def test_a_picture_has_a_name_is_small_and_needs_no_inline_style(wide):
    items = [charts.Bar(f"Idee {n} <b>", 9 - n, theme=n, theme_title="Slaap", place=n + 1) for n in range(5)]
    svg = charts.bars("Uitslag", items, wide=wide).svg
    assert 'role="img"' in svg
    assert "<title>Uitslag</title>" in svg
    assert "style=" not in svg
    assert "<b>" not in svg
    assert len(svg) < 6000

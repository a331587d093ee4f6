"""Rates and their intervals, as docs/methods/rates.md defines them and as PHEindicatormethods computes them."""

import csv
from math import inf, isclose, nan
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenwijk.methods.rates import (
    TooFewEvents,
    directly_standardised_rate,
    indirectly_standardised_rate,
    indirectly_standardised_ratio,
    proportion,
    rate,
)

ORACLE = Path(__file__).resolve().parents[3] / "shared" / "data" / "phe-indicatormethods"
needs_oracle = pytest.mark.skipif(
    not ORACLE.exists(), reason="the tables of PHEindicatormethods are not beside the project"
)
COUNTS, PEOPLE, STANDARD = [4, 0, 9.5], [100, 80, 60], [5000, 3000, 2000]


def table(name):
    with (ORACLE / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def agrees(estimate, value, lower, upper):
    found = estimate.value, estimate.lower, estimate.upper
    return all(
        isclose(ours, float(theirs), rel_tol=1e-9) for ours, theirs in zip(found, (value, lower, upper), strict=True)
    )


def limits(row):
    if "confidence" in row:
        return [(float(row["confidence"].rstrip("%")) / 100, row["lowercl"], row["uppercl"])]
    return [(0.95, row["lower95_0cl"], row["upper95_0cl"]), (0.998, row["lower99_8cl"], row["upper99_8cl"])]


@needs_oracle
@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("proportion", proportion),
        ("proportion_grouped_results", proportion),
        ("rate", rate),
        ("rate_grouped_results", rate),
    ],
)
def test_proportions_and_rates_are_those_of_the_reference(name, method):
    rows = [row for row in table(name) if row["value"]]
    assert rows
    for row in rows:
        for confidence, lower, upper in limits(row):
            found = method(
                float(row["Numerator"]),
                float(row["Denominator"]),
                confidence=confidence,
                multiplier=float(row["multiplier"]),
            )
            assert agrees(found, row["value"], lower, upper), row
            assert found.method == row["method"]


@needs_oracle
def test_wilson_is_that_of_the_reference_for_fractions_of_events_and_for_120_groups_of_children():
    for row in (row for row in table("byars_wilson") if row["method"] == "Wilson"):
        ((confidence, lower, upper),) = limits(row)
        found = proportion(float(row["x"]), float(row["n"]), confidence=confidence)
        assert agrees(found, float(row["x"]) / float(row["n"]), lower, upper), row
    for row in table("ncmp_wilson"):
        found = proportion(float(row["Count"]), float(row["Measured"]), multiplier=100)
        assert agrees(found, row["Rate"], row["LCL"], row["UCL"]), row


@needs_oracle
def test_direct_standardisation_is_that_of_the_reference():
    inputs = {
        "testdata_1976": [(row["count"], row["pop"], row["esp1976"]) for row in table("dsr_inputs_1976")],
        "testdata_big": [
            (row["count"], row["pop"], standard["stdpop"])
            for row, standard in zip(
                [row for row in table("dsr_inputs_multiarea") if row["area"] == "testdata_big"],
                table("esp2013"),
                strict=True,
            )
        ],
    }
    for row in (row for row in table("dsr_expected") if row["area"] in inputs):
        series = [[float(item) for item in column] for column in zip(*inputs[row["area"]], strict=True)]
        # Upstream writes the 99.8 % limits of testdata_1976 ten times too large.
        for confidence, lower, upper in limits(row)[: 1 if row["area"] == "testdata_1976" else 2]:
            multiplier = float(row["statistic"].removeprefix("dsr per "))
            found = directly_standardised_rate(*series, confidence=confidence, multiplier=multiplier)
            assert agrees(found, row["value"], lower, upper), row
            assert found.method == "Dobson"


@needs_oracle
def test_indirect_standardisation_is_that_of_the_reference():
    reference = [[float(row[name]) for row in table("isr_reference")] for name in ("refcount", "refpop")]
    for row in table("isr_expected"):
        rows = [item for item in table("isr_inputs") if item["area"] == row["area"]]
        series = [[float(item[name]) for item in rows] for name in ("count", "pop")]
        method = indirectly_standardised_rate if "rate" in row["statistic"] else indirectly_standardised_ratio
        multiplier = float(row["statistic"].split()[-1])
        for confidence, lower, upper in limits(row):
            found = method(*series, *reference, confidence=confidence, multiplier=multiplier)
            assert agrees(found, row["value"], lower, upper), row
            assert found.method == "Byars"


def test_the_examples_of_the_documentation():
    assert agrees(proportion(5, 100), 0.05, 0.021543679154367973, 0.11175046923191914)
    assert agrees(rate(65, 1, multiplier=1), 65, 50.163187710459454, 82.84913854593984)


def test_ten_events_is_where_byar_takes_over_also_between_whole_numbers():
    assert [rate(count, 1000).method for count in (0, 9.999, 10, 10.5)] == ["Exact", "Exact", "Byars", "Byars"]
    assert indirectly_standardised_ratio([4], [10], [40], [100]).method == "Exact"


def test_no_events_at_all_is_a_figure_with_an_upper_limit():
    assert agrees(rate(0, 1000, multiplier=1000), 0, 0, 3.688879454113936)
    none = proportion(0, 40)
    assert (none.value, none.lower) == (0, 0)
    assert 0 < none.upper < 0.1
    assert proportion(40, 40).upper == 1


def test_a_stratum_without_events_is_fine_also_in_the_reference():
    assert directly_standardised_rate(COUNTS, PEOPLE, STANDARD).value > 0
    assert indirectly_standardised_ratio([3, 2], [50, 50], [0, 10], [500, 500]).value == pytest.approx(5)


def test_a_directly_standardised_rate_needs_ten_events():
    with pytest.raises(TooFewEvents, match="at least 10 events"):
        directly_standardised_rate([4, 5.9], [100, 100], [1, 1])
    assert directly_standardised_rate([4, 6], [100, 100], [1, 1]).value == pytest.approx(5000)
    assert issubclass(TooFewEvents, ValueError)


WRONG = [-1, nan, inf, -inf, None, "many", "3"]


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("method", [proportion, rate])
def test_what_is_no_count_or_denominator_is_refused_with_a_sentence(method, wrong):
    for arguments in [(wrong, 100), (1, wrong)]:
        with pytest.raises(ValueError, match="must"):
            method(*arguments)
    for option in ("confidence", "multiplier"):
        with pytest.raises(ValueError, match="must"):
            method(1, 100, **{option: wrong})


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_no_number_in_a_stratum_is_refused_with_a_sentence(wrong):
    good = [COUNTS, PEOPLE, [40, 30, 0], [1000, 900, 800]]
    for place in range(4):
        bad = [list(series) for series in good]
        bad[place][1] = wrong
        for method in (indirectly_standardised_ratio, indirectly_standardised_rate):
            with pytest.raises(ValueError, match="every number in"):
                method(*bad)
        if place < 3:
            with pytest.raises(ValueError, match="every number in"):
                directly_standardised_rate(*bad[:3])


@pytest.mark.parametrize("confidence", [0, 1, 1.5, 95])
def test_a_confidence_lies_between_0_and_1(confidence):
    with pytest.raises(ValueError, match="confidence must be"):
        rate(5, 100, confidence=confidence)
    with pytest.raises(ValueError, match="confidence must be"):
        directly_standardised_rate(COUNTS, PEOPLE, STANDARD, confidence=confidence)


@pytest.mark.parametrize(
    ("impossible", "sentence"),
    [
        (lambda: proportion(11, 10), "not be more than the denominator"),
        (lambda: proportion(0, 0), "denominator must be more than 0"),
        (lambda: rate(1, 0), "exposure must be more than 0"),
        (lambda: rate(1, 1, multiplier=0), "multiplier must be more than 0"),
        (lambda: rate(1e308, 1e-10), "too large"),
        (lambda: rate(10**400, 1), "finite"),
        (lambda: directly_standardised_rate([], [], []), "at least one stratum"),
        (lambda: directly_standardised_rate(20, [100], [1]), "one number per stratum"),
        (lambda: directly_standardised_rate([20, 20], [100], [1, 1]), "lengths differ"),
        (lambda: directly_standardised_rate([20, 20], [100, 0], [1, 1]), "populations must be more than 0"),
        (lambda: directly_standardised_rate([20, 20], [100, 100], [0, 0]), "sum of standard"),
        (lambda: indirectly_standardised_ratio([1], [10], [0], [10]), "reference expects"),
        (lambda: indirectly_standardised_ratio([1], [10], [1], [0]), "reference_populations must be more than 0"),
        (lambda: indirectly_standardised_rate([1], [10], [1, 2], [10, 10]), "lengths differ"),
    ],
)
def test_the_impossible_is_refused_with_a_sentence(impossible, sentence):
    with pytest.raises(ValueError, match=sentence):
        impossible()


amounts = st.floats(0, 1e9, allow_subnormal=False)
positive = st.floats(1e-3, 1e9)
confidences = st.floats(0.01, 0.9999)


@settings(max_examples=60)
@given(amounts, positive, confidences)
def test_a_value_lies_within_its_limits_and_more_confidence_makes_them_wider(count, exposure, confidence):
    for method in (
        lambda level: rate(count, exposure, confidence=level),
        lambda level: proportion(min(count, exposure), exposure, confidence=level),
    ):
        narrow, wide = method(confidence / 2), method(confidence)
        assert 0 <= wide.lower <= narrow.lower <= narrow.value <= narrow.upper <= wide.upper
    assert proportion(min(count, exposure), exposure).upper <= 1


@settings(max_examples=60)
@given(st.lists(st.tuples(amounts, positive, positive), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_strata_and_the_size_of_a_standard_decide_nothing(strata, chance):
    strata = [(count + 10, people, weight) for count, people, weight in strata]
    shuffled = list(strata)
    chance.shuffle(shuffled)
    counts, people, weights = zip(*strata, strict=True)
    others = zip(*shuffled, strict=True)
    one = directly_standardised_rate(counts, people, [weight * 3 for weight in weights])
    assert agrees(directly_standardised_rate(*others), one.value, one.lower, one.upper)


@settings(max_examples=60)
@given(st.lists(st.tuples(positive, positive), min_size=1, max_size=6))
def test_a_population_that_is_the_reference_is_exactly_what_was_expected(strata):
    counts, people = zip(*strata, strict=True)
    assert isclose(indirectly_standardised_ratio(counts, people, counts, people).value, 1, rel_tol=1e-9)
    crude = rate(sum(counts), sum(people))
    same = indirectly_standardised_rate(counts, people, counts, people)
    assert isclose(same.value, crude.value, rel_tol=1e-9)

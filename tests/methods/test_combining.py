"""Areas together, with the error that rounding at the source can have made."""

import random
from decimal import Decimal

import pytest

from samenwijk.methods.combining import combined_share, share_of_sums, sum_of_counts


def d(*numbers):
    return [None if number is None else Decimal(str(number)) for number in numbers]


def test_counts_add_up_with_the_error_of_their_rounding():
    together = sum_of_counts(d(5145, 3765, 4000), rounding=5)
    assert (together.value, together.error, together.is_exact) == (12910, 12, False)


def test_exact_counts_add_up_exactly():
    assert sum_of_counts(d(3, 4), rounding=1).is_exact


@pytest.mark.parametrize(
    ("counts", "rounding"), [((100, None), 5), ((100, 200), None), ((5, 10, 0, 5), 5), ((0, 0), 5)]
)
def test_missing_unknown_or_too_coarse_gives_nothing(counts, rounding):
    assert sum_of_counts(d(*counts), rounding=rounding) is None


def test_a_share_weighs_by_its_own_denominator():
    together = combined_share(d(10, 20), d(1000, 3000), share_error=Decimal("0.05"), rounding=5)
    assert together.value == Decimal("17.5")
    assert Decimal("0.05") < together.error < Decimal("0.1")


@pytest.mark.parametrize("seed", range(20))
def test_no_denominators_within_their_rounding_give_a_larger_error(seed):
    chance = random.Random(seed)
    shares = d(*(chance.randint(0, 1000) / 10 for _ in range(4)))
    weights = d(*(chance.randint(4, 40) * 5 for _ in range(4)))
    told = combined_share(shares, weights, share_error=Decimal(0), rounding=5, tolerance=Decimal(100))
    corners = [[weight + sign * 4 for weight, sign in zip(weights, signs, strict=True)] for signs in all_signs(4)]
    means = [sum(s * w for s, w in zip(shares, corner, strict=True)) / sum(corner) for corner in corners]
    assert told.error == max(abs(mean - told.value) for mean in means)


def all_signs(length):
    return [[1 if number >> place & 1 else -1 for place in range(length)] for number in range(2**length)]


@pytest.mark.parametrize(
    ("shares", "weights", "rounding"),
    [((10, None), (100, 100), 1), ((10, 20), (100, None), 1), ((10, 20), (100, 100), None), ((10,), (0,), 1)],
)
def test_a_share_without_what_it_needs_is_not_combined(shares, weights, rounding):
    assert combined_share(d(*shares), d(*weights), share_error=Decimal(0), rounding=rounding) is None


def test_an_area_without_people_needs_no_share():
    assert combined_share(d(10, None), d(100, 0), share_error=Decimal(0), rounding=1).value == 10


def test_a_share_of_two_counts():
    together = share_of_sums(d(100, 300), d(1000, 3000), rounding=5, tolerance=Decimal(1))
    assert together.value == 10
    assert Decimal("0.2") < together.error < Decimal("0.3")
    assert share_of_sums(d(1, 3), d(10, 30), rounding=5) is None
    assert share_of_sums(d(1, None), d(10, 30), rounding=1) is None


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: sum_of_counts([], rounding=1),
        lambda: sum_of_counts(d(1), rounding=0),
        lambda: sum_of_counts(d(-1), rounding=1),
        lambda: sum_of_counts([Decimal("NaN")], rounding=1),
        lambda: sum_of_counts(d(1), rounding=1, tolerance=Decimal(-1)),
        lambda: combined_share(d(1), d(1, 2), share_error=Decimal(0), rounding=1),
        lambda: share_of_sums(d(1), d(1, 2), rounding=1),
    ],
)
def test_impossible_input_is_refused(wrong):
    with pytest.raises(ValueError, match=r"\.$"):
        wrong()

"""The European Standard Population of 2013 (Eurostat), to compare practices with younger and older people in them."""

from collections.abc import Iterable

from samenwijk.figures.practice.words import bounds

STANDARD_NAME = "European Standard Population 2013"
# People per 100,000 in each band of five years, from 0-4; the last one is 90 and older.
BANDS = (
    5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000,
)  # fmt: skip
YEARS = 5


def weights_of(ages: Iterable[str]) -> dict[str, int] | None:
    """The weight of each age group; None unless the groups cover all ages and cut only at multiples of five."""
    groups = sorted(ages, key=bounds)
    weights: dict[str, int] = {}
    start = 0
    for group in groups:
        low, high = bounds(group)
        end = len(BANDS) * YEARS if high is None else high + 1
        if low != start or end % YEARS or (high is not None and end > (len(BANDS) - 1) * YEARS):
            return None
        weights[group] = sum(BANDS[low // YEARS : end // YEARS])
        start = end
    return weights if groups and bounds(groups[-1])[1] is None else None

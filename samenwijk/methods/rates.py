"""Proportions, rates and standardised rates with their intervals.

Definitions, sources and an example of each are in docs/methods/rates.md. Counts may be fractional (a weighted sum),
exposures are in any unit of the caller, and every result is ``estimate * multiplier``. All functions raise
``ValueError`` with a sentence when the input is impossible: negative, not finite, a denominator of 0, series of
unequal length, a confidence outside (0, 1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, isfinite, sqrt
from statistics import NormalDist

FEW_EVENTS = 10


class TooFewEvents(ValueError):
    """Under 10 events a directly standardised rate and its interval mean nothing."""


@dataclass(frozen=True)
class Estimate:
    """A value with its confidence interval, all three times the multiplier, and how the interval was made.

    ``method`` is "Wilson", "Exact", "Byars" or "Dobson".
    """

    value: float
    lower: float
    upper: float
    method: str


def proportion(count: float, denominator: float, *, confidence: float = 0.95, multiplier: float = 1.0) -> Estimate:
    """The share ``count / denominator`` with Wilson's score interval (Wilson 1927, Newcombe 1998).

    ``count`` of ``denominator`` people (or households): at most all of them.
    """
    x, n, scale = _amount("count", count), _more_than_zero("denominator", denominator), _multiplier(multiplier)
    if x > n:
        raise ValueError("count must not be more than the denominator of a proportion")
    z2 = _z(confidence) ** 2
    share = x / n
    half = z2 / (2 * n)
    root = sqrt(z2 * share * (1 - share) / n + half * half) if isfinite(half) else half
    upper = min((share + half + root) / (1 + 2 * half), 1.0)
    # The roots multiply to share² / (1 + z²/n): without the subtraction that loses digits when the share is small.
    lower = share * share / ((1 + 2 * half) * upper) if upper else 0.0
    return _estimate(share, lower, upper, scale, "Wilson")


def rate(count: float, exposure: float, *, confidence: float = 0.95, multiplier: float = 100_000) -> Estimate:
    """Events per exposure: exact Poisson limits below 10 events, Byar's approximation from 10 (Breslow & Day 1987).

    ``exposure`` is in person-years, persons or whatever the caller counts; events may be more than persons.
    """
    x, n, scale = _amount("count", count), _more_than_zero("exposure", exposure), _multiplier(multiplier)
    low, high, method = _limits_of_a_count(x, _confidence(confidence))
    return _estimate(x / n, low / n, high / n, scale, method)


def directly_standardised_rate(
    counts: Sequence[float],
    populations: Sequence[float],
    standard: Sequence[float],
    *,
    confidence: float = 0.95,
    multiplier: float = 100_000,
) -> Estimate:
    """What the rate would be in the standard population, with Dobson's interval (Dobson et al. 1991).

    One item per stratum (age band, or age band by sex) in the same order in all three. ``standard`` holds the weights
    of the standard population; name that population beside the figure. Raises ``TooFewEvents`` below 10 events.
    """
    events, people = _series("counts", counts), _series("populations", populations, positive=True)
    weights = _series("standard", standard)
    _same_length(counts=events, populations=people, standard=weights)
    level, scale = _confidence(confidence), _multiplier(multiplier)
    whole = _more_than_zero("the sum of standard", fsum(weights))
    total = fsum(events)
    if total < FEW_EVENTS:
        raise TooFewEvents(f"a directly standardised rate needs at least {FEW_EVENTS} events, there are {total:g}")
    shares = [weight / whole for weight in weights]
    value = fsum(share * x / n for share, x, n in zip(shares, events, people, strict=True))
    variance = fsum((share / n) ** 2 * x for share, x, n in zip(shares, events, people, strict=True))
    low, high, _method = _limits_of_a_count(total, level)
    spread = sqrt(variance / total)
    return _estimate(value, value + spread * (low - total), value + spread * (high - total), scale, "Dobson")


def indirectly_standardised_ratio(
    counts: Sequence[float],
    populations: Sequence[float],
    reference_counts: Sequence[float],
    reference_populations: Sequence[float],
    *,
    confidence: float = 0.95,
    multiplier: float = 1.0,
) -> Estimate:
    """Observed events over those expected at the rates of the reference, stratum by stratum.

    One item per stratum in the same order in all four. The interval is that of the observed count: exact Poisson below
    10 events, Byar's from 10. A reference without any event expects nothing and is refused.
    """
    observed, expected, _crude = _against_reference(counts, populations, reference_counts, reference_populations)
    scale = _multiplier(multiplier)
    low, high, method = _limits_of_a_count(observed, _confidence(confidence))
    return _estimate(observed / expected, low / expected, high / expected, scale, method)


def indirectly_standardised_rate(
    counts: Sequence[float],
    populations: Sequence[float],
    reference_counts: Sequence[float],
    reference_populations: Sequence[float],
    *,
    confidence: float = 0.95,
    multiplier: float = 100_000,
) -> Estimate:
    """The standardised ratio times the crude rate of the reference: a rate that can stand beside that of the reference.

    Arguments, interval and errors are those of `indirectly_standardised_ratio`.
    """
    observed, expected, crude = _against_reference(counts, populations, reference_counts, reference_populations)
    scale = _multiplier(multiplier)
    low, high, method = _limits_of_a_count(observed, _confidence(confidence))
    return _estimate(observed / expected * crude, low / expected * crude, high / expected * crude, scale, method)


def _against_reference(
    counts: Sequence[float],
    populations: Sequence[float],
    reference_counts: Sequence[float],
    reference_populations: Sequence[float],
) -> tuple[float, float, float]:
    """The observed count, the expected count and the crude rate of the reference."""
    events, people = _series("counts", counts), _series("populations", populations, positive=True)
    their_events = _series("reference_counts", reference_counts)
    their_people = _series("reference_populations", reference_populations, positive=True)
    _same_length(counts=events, populations=people, reference_counts=their_events, reference_populations=their_people)
    expected = fsum(n * (x / m) for n, x, m in zip(people, their_events, their_people, strict=True))
    expected = _more_than_zero("the number of events that the reference expects", expected)
    return fsum(events), expected, fsum(their_events) / fsum(their_people)


def _limits_of_a_count(count: float, confidence: float) -> tuple[float, float, str]:
    """Limits of a Poisson count: by the chi-square distribution below 10, from 10 by Byar's approximation of it."""
    if count < FEW_EVENTS:
        from scipy.special import gammainccinv, gammaincinv

        tail = (1 - confidence) / 2
        low = float(gammaincinv(count, tail)) if count else 0.0
        return low, float(gammainccinv(count + 1, tail)), "Exact"
    z = _z(confidence)
    more = count + 1
    low = count * (1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3
    return max(low, 0.0), more * (1 - 1 / (9 * more) + z / (3 * sqrt(more))) ** 3, "Byars"


def _estimate(value: float, lower: float, upper: float, scale: float, method: str) -> Estimate:
    """Rounding may put a limit a hair on the wrong side of the value; a result that is no number is refused."""
    numbers = value * scale, min(lower, value) * scale, max(upper, value) * scale
    if not all(isfinite(number) for number in numbers):
        raise ValueError("the result is too large to be a number")
    return Estimate(*numbers, method)


def _z(confidence: float) -> float:
    return -NormalDist().inv_cdf((1 - _confidence(confidence)) / 2)


def _confidence(confidence: float) -> float:
    level = _amount("confidence", confidence)
    # What is so close to 1 that nothing is left beside it would ask for an endless interval.
    if not 0 < level < 1:
        raise ValueError("confidence must be more than 0 and less than 1")
    return level


def _multiplier(multiplier: float) -> float:
    return _more_than_zero("multiplier", multiplier)


def _amount(name: str, number: float) -> float:
    try:
        amount = float(number)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{name} must be a finite number") from None
    if isinstance(number, str | bytes) or not isfinite(amount):
        raise ValueError(f"{name} must be a finite number")
    if amount < 0:
        raise ValueError(f"{name} must not be negative")
    return amount


def _more_than_zero(name: str, number: float) -> float:
    amount = _amount(name, number)
    if amount == 0:
        raise ValueError(f"{name} must be more than 0")
    return amount


def _series(name: str, numbers: Sequence[float], *, positive: bool = False) -> list[float]:
    try:
        items = list(numbers)
    except TypeError:
        raise ValueError(f"{name} must be a series with one number per stratum") from None
    if not items:
        raise ValueError(f"{name} must have at least one stratum")
    check = _more_than_zero if positive else _amount
    return [check(f"every number in {name}", item) for item in items]


def _same_length(**series: list[float]) -> None:
    if len({len(items) for items in series.values()}) > 1:
        lengths = ", ".join(f"{name} {len(items)}" for name, items in series.items())
        raise ValueError(f"every series must have the same strata, but their lengths differ: {lengths}")

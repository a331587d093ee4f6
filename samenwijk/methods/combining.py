"""One figure of several areas together, with the largest error that rounding at the source can have made.

Areas are counted apart and their counts are rounded, so a total of areas is never exact. These functions say by how
much it may be off, and give nothing at all where an area is missing or where the error would be too large to show.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

ZERO = Decimal(0)
TOLERANCE = Decimal("0.05")


@dataclass(frozen=True)
class Combined:
    """A combined value; the value before rounding at the source lies at most `error` away from it."""

    value: Decimal
    error: Decimal

    @property
    def is_exact(self) -> bool:
        return self.error == ZERO


def sum_of_counts(
    counts: Sequence[Decimal | None], *, rounding: int | None, tolerance: Decimal = TOLERANCE
) -> Combined | None:
    """The sum of counts of areas that do not overlap, or None.

    `rounding` is the step to which the source rounds each count (1 = exact, None = not known). Random rounding moves
    a count by less than one step. None when a count is missing (missing is not zero), when the rounding is not
    known, or when the possible error is more than `tolerance` (a share of the sum).
    """
    _check(counts, rounding, tolerance)
    known = [count for count in counts if count is not None]
    if rounding is None or len(known) < len(counts):
        return None
    total, error = sum(known, ZERO), Decimal((rounding - 1) * len(known))
    return Combined(total, error) if error <= tolerance * total else None


def combined_share(
    shares: Sequence[Decimal | None],
    denominators: Sequence[Decimal | None],
    *,
    share_error: Decimal,
    rounding: int | None,
    tolerance: Decimal = Decimal(1),
) -> Combined | None:
    """Shares of areas, weighted with the denominators they are shares of: sum(share * denominator) / sum(denominator).

    `share_error` is how far a published share may be from the true one (half a unit of its last digit), `rounding`
    the step of the denominators. The error is the largest that any denominators within their rounding can give. None
    when a share of an area with a denominator, or a denominator, is missing, or when the error is above `tolerance`
    (in the unit of the shares). An area whose denominator is 0 needs no share.
    """
    if len(shares) != len(denominators):
        raise ValueError("Every share needs its own denominator.")
    _check(denominators, rounding, tolerance)
    if rounding is None or any(denominator is None for denominator in denominators):
        return None
    pairs = [(share, denominator) for share, denominator in zip(shares, denominators, strict=True) if denominator]
    known = [(share, denominator) for share, denominator in pairs if share is not None and denominator is not None]
    if not known or len(known) < len(pairs):
        return None
    value = _mean(known)
    step = Decimal(rounding - 1)
    error = share_error + max(_highest(known, step) - value, value - _lowest(known, step))
    return Combined(value, error) if error <= tolerance else None


def share_of_sums(
    parts: Sequence[Decimal | None],
    wholes: Sequence[Decimal | None],
    *,
    rounding: int | None,
    tolerance: Decimal = Decimal(1),
) -> Combined | None:
    """100 * sum(parts) / sum(wholes), of counts that are rounded to `rounding`; None as in `combined_share`."""
    if len(parts) != len(wholes):
        raise ValueError("Every part needs its own whole.")
    part = sum_of_counts(parts, rounding=rounding, tolerance=Decimal("Infinity"))
    whole = sum_of_counts(wholes, rounding=rounding, tolerance=Decimal("Infinity"))
    if part is None or whole is None or whole.value - whole.error <= 0:
        return None
    value = 100 * part.value / whole.value
    high = 100 * (part.value + part.error) / (whole.value - whole.error)
    low = 100 * max(part.value - part.error, ZERO) / (whole.value + whole.error)
    error = max(high - value, value - low)
    return Combined(value, error) if error <= tolerance else None


def _check(counts: Sequence[Decimal | None], rounding: int | None, tolerance: Decimal) -> None:
    if not counts:
        raise ValueError("There is nothing to combine.")
    if rounding is not None and rounding < 1:
        raise ValueError("A rounding step is 1 or more.")
    if tolerance < 0:
        raise ValueError("A tolerance is not negative.")
    if any(count is not None and (not count.is_finite() or count < 0) for count in counts):
        raise ValueError("Counts are finite and not negative.")


def _mean(pairs: Sequence[tuple[Decimal, Decimal]]) -> Decimal:
    return sum((share * weight for share, weight in pairs), ZERO) / sum((weight for _, weight in pairs), ZERO)


def _highest(pairs: Sequence[tuple[Decimal, Decimal]], step: Decimal) -> Decimal:
    """The highest weighted mean when each weight may be `step` more or less, never below 0.

    A quotient of linear functions is largest in a corner of the box: the highest shares weigh most, the others least.
    """
    ordered = sorted(pairs, key=lambda pair: -pair[0])
    heavy = [(weight + step) for _, weight in ordered]
    light = [max(weight - step, ZERO) for _, weight in ordered]
    heavy_sums = list(accumulate((share * weight for (share, _), weight in zip(ordered, heavy, strict=True))))
    heavy_weights = list(accumulate(heavy))
    light_sums = list(accumulate((share * weight for (share, _), weight in zip(ordered, light, strict=True))))
    light_weights = list(accumulate(light))
    return max(
        (heavy_sums[i] + light_sums[-1] - light_sums[i]) / (heavy_weights[i] + light_weights[-1] - light_weights[i])
        for i in range(len(ordered))
        if heavy_weights[i] + light_weights[-1] - light_weights[i] > 0
    )


def _lowest(pairs: Sequence[tuple[Decimal, Decimal]], step: Decimal) -> Decimal:
    return -_highest([(-share, weight) for share, weight in pairs], step)

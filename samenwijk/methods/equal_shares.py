"""The arithmetic of equal shares: purses, what an item costs each supporter, and who can be bought next.

``prioritising`` is the door to this; here are the two ways to count, exact (whole numbers over one common
denominator) and rough (floating point with a tolerance), behind the same four verbs.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# Rough numbers that differ less than this part count as equal.
TOLERANCE = 1e-9

Number = Fraction | float


class Purses(Protocol):
    """What every voter has left, and the supporters of each item (items are numbers from 0)."""

    def least(self, item: int) -> Number:
        """What an offer can never be under: everybody pays the same."""

    def offer(self, item: int) -> Number | None:
        """What the item costs a supporter for each unit of its cost; nothing when they cannot afford it together."""

    def buy(self, item: int) -> Number:
        """Lets the supporters pay as equally as they can; gives the most that one of them pays."""

    def wait(self, item: int) -> Number:
        """How much every voter must earn until the supporters can pay the item with all they have."""

    def earn_and_buy(self, item: int, earned: Number) -> None:
        """After everybody earned so much in total, the supporters spend all they have on the item."""

    def same(self, one: Number, other: Number) -> bool:
        """Whether two prices count as equal."""


class ExactPurses:
    """Whole numbers over a common denominator: exact, and much faster than a fraction for every voter."""

    def __init__(self, supporters: Sequence[Sequence[int]], costs: Sequence[int], share: Fraction, voters: int) -> None:
        self.supporters, self.costs = supporters, costs
        self.unit = share.denominator
        self.left = [share.numerator] * voters

    def _split(self, item: int) -> tuple[int, int] | None:
        """(rest, payers): the payers who are not emptied share ``rest`` (in units) equally."""
        purses = sorted([self.left[voter] for voter in self.supporters[item]])
        rest, payers = self.costs[item] * self.unit, len(purses)
        for purse in purses:
            if purse * payers >= rest:
                return rest, payers
            rest -= purse
            payers -= 1
        return None

    def least(self, item: int) -> Fraction:
        return Fraction(1, len(self.supporters[item]))

    def offer(self, item: int) -> Fraction | None:
        split = self._split(item)
        return Fraction(split[0], split[1] * self.unit * self.costs[item]) if split else None

    def buy(self, item: int) -> Fraction:
        split = self._split(item)
        if split is None:
            raise ValueError("the supporters of this item cannot afford it")
        rest, payers = split
        factor = payers // math.gcd(rest, payers)
        if factor > 1:
            self.unit *= factor
            self.left = [purse * factor for purse in self.left]
            rest *= factor
        price = rest // payers
        for voter in self.supporters[item]:
            self.left[voter] = max(0, self.left[voter] - price)
        return Fraction(price, self.unit)

    def wait(self, item: int) -> Fraction:
        there = sum(self.left[voter] for voter in self.supporters[item])
        return Fraction(self.costs[item] * self.unit - there, self.unit * len(self.supporters[item]))

    def earn_and_buy(self, item: int, earned: Number) -> None:
        # Purses are kept as they would be without the earnings: whoever spends all owes what everybody has earned.
        owed = Fraction(earned)
        factor = owed.denominator // math.gcd(owed.denominator, self.unit)
        if factor > 1:
            self.unit *= factor
            self.left = [purse * factor for purse in self.left]
        for voter in self.supporters[item]:
            self.left[voter] = -int(owed * self.unit)

    def same(self, one: Number, other: Number) -> bool:
        return one == other


def as_arrays(supporters: Sequence[Sequence[int]]) -> list[npt.NDArray[np.intp]]:
    """The supporters of each item, as ``RoughPurses`` counts them."""
    import numpy as np

    return [np.array(who, dtype=np.intp) for who in supporters]


class RoughPurses:
    """Floating point in arrays, for many voters; what differs less than the tolerance is equal."""

    def __init__(
        self, supporters: Sequence[npt.NDArray[np.intp]], costs: Sequence[int], share: Fraction, voters: int
    ) -> None:
        self.supporters, self.costs = supporters, [float(cost) for cost in costs]
        import numpy as np

        self.left = np.full(voters, float(share))

    def _price(self, item: int) -> float | None:
        import numpy as np

        purses = self.left[self.supporters[item]]
        rest = self.costs[item]
        if purses.size == 0 or float(purses.sum()) < rest * (1 - TOLERANCE):
            return None
        while True:
            price = rest / purses.size
            poor = purses < price * (1 - TOLERANCE)
            emptied = int(np.count_nonzero(poor))
            if not emptied:
                return price
            if emptied == purses.size:
                return float(purses.max())
            rest -= float(purses[poor].sum())
            purses = purses[~poor]

    def least(self, item: int) -> float:
        return 1 / len(self.supporters[item])

    def offer(self, item: int) -> float | None:
        price = self._price(item)
        return None if price is None else price / self.costs[item]

    def buy(self, item: int) -> float:
        price = self._price(item)
        if price is None:
            raise ValueError("the supporters of this item cannot afford it")
        import numpy as np

        who = self.supporters[item]
        self.left[who] = np.maximum(self.left[who] - price, 0.0)
        return price

    def wait(self, item: int) -> float:
        who = self.supporters[item]
        return (self.costs[item] - float(self.left[who].sum())) / len(who)

    def earn_and_buy(self, item: int, earned: Number) -> None:
        self.left[self.supporters[item]] = -float(earned)

    def same(self, one: Number, other: Number) -> bool:
        one, other = float(one), float(other)
        return abs(one - other) <= TOLERANCE * max(abs(one), abs(other))


@dataclass
class Bought:
    """What was bought, in order: (item, the most that one supporter pays); and the items that tied for a turn."""

    items: list[tuple[int, Number]] = field(default_factory=list)
    ties: list[list[int]] = field(default_factory=list)


def shop(purses: Purses, items: Sequence[int], *, at_most: int | None = None) -> Bought:
    """Buys the cheapest item for its supporters, until nothing is affordable or ``at_most`` are there.

    Purses only get emptier, so an old offer is a lower bound of the new one: only items whose old offer could still
    be the best are asked again.
    """
    bought = Bought()
    queue: list[tuple[Number, int]] = [(purses.least(item), item) for item in items]
    heapq.heapify(queue)
    while queue and (at_most is None or len(bought.items) < at_most):
        best: Number | None = None
        asked: list[tuple[Number, int]] = []
        while queue and (best is None or queue[0][0] <= best or purses.same(queue[0][0], best)):
            _bound, item = heapq.heappop(queue)
            offer = purses.offer(item)
            if offer is not None:
                asked.append((offer, item))
                best = offer if best is None else min(best, offer)
        if best is None:
            break
        tied = sorted(item for offer, item in asked if purses.same(offer, best))
        bought.items.append((tied[0], purses.buy(tied[0])))
        if len(tied) > 1:
            bought.ties.append(tied)
        for offer, item in asked:
            if item != tied[0]:
                heapq.heappush(queue, (offer, item))
    return bought


def wait_and_buy(
    purses: Purses, items: Sequence[int], fits: Callable[[int], bool]
) -> Iterator[tuple[int, Number, list[int]]]:
    """Phragmen's way from here: everybody earns steadily, an item is bought when its supporters can just pay it.

    Gives (item, what each voter had earned by then, the items that tied for this turn); the first of those is taken.
    ``fits`` says whether an item may still be taken; it is asked anew at every turn.
    """
    open_items = list(items)
    while open_items := [item for item in open_items if fits(item)]:
        waits = [purses.wait(item) for item in open_items]
        soonest = min(waits)
        tied = [item for item, wait in zip(open_items, waits, strict=True) if purses.same(wait, soonest)]
        purses.earn_and_buy(tied[0], soonest)
        open_items.remove(tied[0])
        yield tied[0], soonest, tied

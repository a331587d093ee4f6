"""Choosing: from points to places, and a selection in which every group of voters gets its share.

Definition: standard competition ranking ("1, 2, 2, 4"); everybody who ties at the last place is included,
so that a tie is seen and settled by people, never by the order of a list. Equal shares: every voter gets the same
part of the seats (or of the money), and an item is bought by its supporters together. See docs/methods/prioritising.md.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar, cast

from samenwijk.methods.equal_shares import (
    Bought,
    ExactPurses,
    Number,
    Purses,
    RoughPurses,
    as_arrays,
    shop,
    wait_and_buy,
)

Item = TypeVar("Item", bound=Hashable)
Voter = TypeVar("Voter", bound=Hashable)
Group = TypeVar("Group", bound=Hashable)

# Up to so many voters every comparison is exact.
EXACT_VOTERS = 500
COMPLETIONS = ("none", "phragmen", "approval", "add_one")


def top(points: Mapping[Item, float], places: int = 3) -> list[tuple[Item, float, int]]:
    """The best items as (item, points, place), best first, including all who tie at the last place.

    ``points`` maps items to points; items without points (0 or less) never appear. Items with equal points
    keep the order of ``points``. Raises ``ValueError`` when ``places`` is under 1 or a number of points is not finite.
    """
    if places < 1:
        raise ValueError("places must be at least 1")
    if any(value != value or value in (float("inf"), float("-inf")) for value in points.values()):
        raise ValueError("points must be finite numbers")
    ranked = sorted(((item, value) for item, value in points.items() if value > 0), key=lambda pair: -pair[1])
    placed: list[tuple[Item, float, int]] = []
    for position, (item, value) in enumerate(ranked, start=1):
        place = placed[-1][2] if placed and placed[-1][1] == value else position
        if place > places:
            break
        placed.append((item, value, place))
    return placed


def tied_at_the_edge(placed: list[tuple[Item, float, int]], places: int = 3) -> list[Item]:
    """The items that compete for the last place(s): empty when the top fits in ``places``."""
    if len(placed) <= places:
        return []
    last = placed[-1][2]
    return [item for item, _points, place in placed if place == last]


@dataclass(frozen=True)
class Turn(Generic[Item]):
    """How one item came in.

    ``supporters``: how many voters approve it. ``price``: what one supporter pays at most, in seats or money (with
    "phragmen": what every voter had earned by then); ``None`` when it was filled in by number of approvals or by order.
    ``how``: "shares", "phragmen", "approval" or "order".
    """

    item: Item
    supporters: int
    price: Number | None
    how: str


@dataclass(frozen=True)
class Selection(Generic[Item]):
    """The chosen items in the order in which they came in, how each came in, and every tie on the way.

    ``ties``: for each turn at which several items were equally good, those items; the first of them was taken.
    ``budget``: what was shared out in the end, in seats or money; more than was asked when "add_one" raised it.
    """

    chosen: tuple[Item, ...]
    steps: tuple[Turn[Item], ...]
    ties: tuple[tuple[Item, ...], ...]
    budget: Fraction

    @property
    def open_ties(self) -> tuple[tuple[Item, ...], ...]:
        """The ties that mattered: at least one of the equals did not come in at all."""
        return tuple(tie for tie in self.ties if not set(tie) <= set(self.chosen))


def equal_shares(
    approvals: Mapping[Voter, Iterable[Item]],
    seats: int | None = None,
    *,
    items: Iterable[Item] | None = None,
    costs: Mapping[Item, float | Fraction] | None = None,
    budget: float | Fraction | None = None,
    completion: str = "add_one",
) -> Selection[Item]:
    """The method of equal shares: a selection in which every large enough group that agrees gets its part.

    ``approvals`` maps each voter to the items that voter approves; a voter without any counts too. Give either
    ``seats`` (every item takes one) or ``costs`` with ``budget`` (an item's use is then its cost). ``items`` fixes
    the order that decides ties (default: the approved items, or those with a cost, sorted); items that nobody
    approves may fill seats, in that order. When there are fewer items than seats, all come in.
    ``completion`` says how what is left over is spent:

    - "none": not at all;
    - "phragmen": voters go on earning, each next item as soon as its supporters can pay it;
    - "approval": by number of approvals;
    - "add_one": shared anew with a total of one seat more (with costs: one more for every voter) until the seats
      are full (with costs: until it would cost more than the budget; the last outcome within it is kept).

    Exact up to ``EXACT_VOTERS`` voters, with a relative tolerance of 1e-9 above. Raises ``ValueError`` with a
    sentence for anything else than this.
    """
    election = _Election.of(approvals, seats, items=items, costs=costs, budget=budget)
    if completion not in COMPLETIONS:
        raise ValueError(f"completion must be one of {', '.join(COMPLETIONS)}")
    return cast("Selection[Item]", election.add_one() if completion == "add_one" else election.once(completion))


def support_by_group(
    approvals: Mapping[Voter, Iterable[Item]], groups: Mapping[Voter, Group]
) -> dict[Group, dict[Item, float]]:
    """For each group the share (0 to 1) of its voters that approves each item that anybody approves.

    ``groups`` maps each voter to a group; who did not vote is not counted, an empty ballot is. Groups and items come in
    the order in which they are met. Raises ``ValueError`` when a voter has no group.
    """
    if any(voter not in groups for voter in approvals):
        raise ValueError("every voter must have a group")
    ballots = {voter: dict.fromkeys(chosen) for voter, chosen in approvals.items()}
    items = list(dict.fromkeys(item for chosen in ballots.values() for item in chosen))
    size = Counter(groups[voter] for voter in ballots)
    yes = Counter((groups[voter], item) for voter, chosen in ballots.items() for item in chosen)
    return {group: {item: yes[group, item] / voters for item in items} for group, voters in size.items()}


def lowest_group_support(support: Mapping[Group, Mapping[Item, float]]) -> dict[Item, tuple[float, Group]]:
    """For each item the lowest share that any group gives it, and the first group that does.

    An item that most people want and one group hardly supports is found here and not in a plain count.
    """
    lowest: dict[Item, tuple[float, Group]] = {}
    for group, shares in support.items():
        for item, share in shares.items():
            if item not in lowest or share < lowest[item][0]:
                lowest[item] = (share, group)
    return lowest


class _Election:
    """The voters' approvals as numbers, with seats as items of cost 1."""

    def __init__(
        self,
        items: list[Hashable],
        supporters: list[list[int]],
        costs: list[Fraction],
        budget: Fraction,
        voters: int,
        seats: int | None,
    ) -> None:
        self.items, self.supporters, self.voters, self.seats = items, supporters, voters, seats
        # Whole numbers only: costs and budget in the same small unit.
        self.scale = math.lcm(budget.denominator, *(cost.denominator for cost in costs))
        self.costs = [int(cost * self.scale) for cost in costs]
        self.budget = budget * self.scale
        self.exact = voters <= EXACT_VOTERS
        self.members = [] if self.exact else as_arrays(supporters)
        self.approved = [number for number, who in enumerate(supporters) if who]

    @classmethod
    def of(
        cls,
        approvals: Mapping[Voter, Iterable[Item]],
        seats: int | None,
        *,
        items: Iterable[Item] | None,
        costs: Mapping[Item, float | Fraction] | None,
        budget: float | Fraction | None,
    ) -> _Election:
        if (seats is None) == (costs is None) or (costs is None) != (budget is None):
            raise ValueError("give either a number of seats, or costs together with a budget")
        if seats is not None and (isinstance(seats, bool) or not isinstance(seats, int) or seats < 1):
            raise ValueError("seats must be a whole number of at least 1")
        if any(isinstance(chosen, str) for chosen in approvals.values()):
            raise ValueError("the approvals of a voter must be a set of items, not one text")
        ballots = [set(chosen) for chosen in approvals.values()]
        order = list(items) if items is not None else in_order(set().union(*ballots, costs or ()))
        number = {item: position for position, item in enumerate(order)}
        if len(number) != len(order):
            raise ValueError("every item must be named once")
        if any(not ballot <= number.keys() for ballot in ballots):
            raise ValueError("a voter approves an item that is not among the items")
        supporters: list[list[int]] = [[] for _item in order]
        for voter, ballot in enumerate(ballots):
            for item in ballot:
                supporters[number[item]].append(voter)
        prices = [Fraction(1)] * len(order)
        if costs is not None:
            if any(item not in costs for item in order):
                raise ValueError("every item must have a cost")
            prices = [_amount(costs[item], "a cost") for item in order]
        total = Fraction(seats) if seats is not None else _amount(cast("float | Fraction", budget), "the budget")
        return cls(list(order), supporters, prices, total, len(ballots), seats)

    def once(self, completion: str) -> Selection[Hashable]:
        """One sharing of the budget, then the completion."""
        purses, bought = self._shop(self.budget)
        turns = [self._turn(item, price, "shares") for item, price in bought.items]
        ties = list(bought.ties)
        if completion == "phragmen":
            more = self._wait(purses, [item for item, _price in bought.items])
            turns += [self._turn(item, price, "phragmen") for item, price in more.items]
            ties += more.ties
        if completion != "none":
            self._fill(turns, ties)
        return self._selection(turns, ties, self.budget)

    def add_one(self) -> Selection[Hashable]:
        """Shares out more and more. With seats the supporters of enough items can always pay in the end."""
        if self.seats is not None:
            return self._add_one_to_all()
        return self._add_one_to_each()

    def _add_one_to_all(self) -> Selection[Hashable]:
        enough = min(cast("int", self.seats), len(self.approved))
        total = self.budget
        # Nothing at all is affordable before the most approved item is: begin there, in whole steps of one.
        most = max((len(self.supporters[item]) for item in self.approved), default=1)
        total += max(0, math.ceil(Fraction(self.voters, most) - total))
        while True:
            _purses, bought = self._shop(total, at_most=enough)
            if len(bought.items) == enough:
                break
            total += 1
        turns = [self._turn(item, price, "shares") for item, price in bought.items]
        ties = list(bought.ties)
        self._fill(turns, ties)
        return self._selection(turns, ties, total)

    def _add_one_to_each(self) -> Selection[Hashable]:
        total = self.budget
        _purses, bought = self._shop(total)
        kept, kept_total = bought, total
        while len(bought.items) < len(self.approved):
            total += self.voters * self.scale
            _purses, bought = self._shop(total)
            if sum(self.costs[item] for item, _price in bought.items) > self.budget:
                break
            kept, kept_total = bought, total
        turns = [self._turn(item, price, "shares") for item, price in kept.items]
        return self._selection(turns, list(kept.ties), kept_total)

    def _shop(self, total: Fraction, *, at_most: int | None = None) -> tuple[Purses, Bought]:
        share = total / max(1, self.voters)
        purses: Purses = (
            ExactPurses(self.supporters, self.costs, share, self.voters)
            if self.exact
            else RoughPurses(self.members, self.costs, share, self.voters)
        )
        return purses, shop(purses, self.approved, at_most=at_most)

    def _wait(self, purses: Purses, there: list[int]) -> Bought:
        left = self.budget - sum(self.costs[item] for item in there)
        taken = 0

        def fits(item: int) -> bool:
            return self.costs[item] <= left - taken

        waiting = Bought()
        open_items = [item for item in self.approved if item not in there]
        for item, price, tie in wait_and_buy(purses, open_items, fits):
            taken += self.costs[item]
            waiting.items.append((item, price))
            if len(tie) > 1:
                waiting.ties.append(tie)
        return waiting

    def _fill(self, turns: list[Turn[Hashable]], ties: list[list[int]]) -> None:
        """Whatever still fits: most approvals first, equals in the order of the items; seats also by order alone."""
        there = {turn.item for turn in turns}
        left = self.budget - sum(self.costs[number] for number, item in enumerate(self.items) if item in there)
        ranking = sorted(
            (number for number, item in enumerate(self.items) if item not in there),
            key=lambda number: -len(self.supporters[number]),
        )
        while fitting := [
            item for item in ranking if self.costs[item] <= left and (self.supporters[item] or self.seats is not None)
        ]:
            most = len(self.supporters[fitting[0]])
            equals = [item for item in fitting if len(self.supporters[item]) == most]
            turns.append(self._turn(equals[0], None, "approval" if most else "order"))
            if len(equals) > 1:
                ties.append(equals)
            left -= self.costs[equals[0]]
            ranking.remove(equals[0])

    def _turn(self, item: int, price: Number | None, how: str) -> Turn[Hashable]:
        paid = None if price is None else price / self.scale
        return Turn(self.items[item], len(self.supporters[item]), paid, how)

    def _selection(self, turns: list[Turn[Hashable]], ties: list[list[int]], total: Fraction) -> Selection[Hashable]:
        return Selection(
            chosen=tuple(turn.item for turn in turns),
            steps=tuple(turns),
            ties=tuple(tuple(self.items[item] for item in tie) for tie in ties),
            budget=total / self.scale,
        )


def in_order(items: AbstractSet[Item]) -> list[Item]:
    """Items in their own order. Raises ``ValueError`` where they have none."""
    try:
        return sorted(items)  # type: ignore[type-var]
    except TypeError:
        raise ValueError("these items have no order of their own: give them in order as items") from None


def _amount(value: object, what: str) -> Fraction:
    """Money as an exact number: whole, decimal, fraction or floating point."""
    if isinstance(value, bool | str):
        raise ValueError(f"{what} must be a finite number")
    try:
        amount = Fraction(value)  # type: ignore[call-overload]
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{what} must be a finite number") from None
    if amount <= 0:
        raise ValueError(f"{what} must be more than 0")
    return cast("Fraction", amount)

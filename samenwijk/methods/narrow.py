"""Which places are narrow: what would have come out otherwise if a few other people had been in the room.

A bootstrap (Efron and Tibshirani, 1993): ballots are drawn again from those given, and the result is made anew.
See docs/methods/narrow.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from samenwijk.methods.prioritising import Item, Voter, equal_shares, in_order

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


def narrow(
    ballots: Sequence[Mapping[Item, float]],
    places: int = 3,
    *,
    items: Iterable[Item] | None = None,
    draws: int = 400,
    at_least: float = 0.2,
    seed: int = 0,
) -> list[Item]:
    """The items that a few other ballots would move into the top, or out of it.

    ``ballots``: one mapping item -> points for each voter. A bootstrap: as many ballots are drawn, with replacement,
    ``draws`` times, and each time the top is made anew (all who tie at the last place are in). Narrow is what changes
    sides in ``at_least`` of the draws. The same input and ``seed`` give the same answer. In the order of ``items``
    (default: as met). Raises ``ValueError`` for ``places`` or ``draws`` under 1 and for points that are not finite.
    """
    if places < 1 or draws < 1:
        raise ValueError("places and draws must be at least 1")
    order = list(items) if items is not None else list(dict.fromkeys(item for ballot in ballots for item in ballot))
    if not ballots or not order:
        return []
    import numpy as np

    table = np.array([[ballot.get(item, 0) for item in order] for ballot in ballots], dtype=float)
    if not np.isfinite(table).all():
        raise ValueError("points must be finite numbers")
    generator = np.random.default_rng(seed)
    weights = generator.multinomial(len(ballots), np.full(len(ballots), 1 / len(ballots)), size=draws)
    inside = _in_the_top(table.sum(axis=0)[np.newaxis, :], places)[0]
    changed = (_in_the_top(weights @ table, places) != inside).mean(axis=0)
    return [item for item, share in zip(order, changed, strict=True) if share >= at_least]


def narrow_shares(
    approvals: Mapping[Voter, Iterable[Item]],
    seats: int,
    *,
    items: Iterable[Item] | None = None,
    draws: int = 60,
    at_least: float = 0.2,
    seed: int = 0,
) -> list[Item]:
    """As ``narrow``, for ``equal_shares`` with seats: what comes in or falls out in ``at_least`` of the draws."""
    if draws < 1:
        raise ValueError("draws must be at least 1")
    ballots = [set(chosen) for chosen in approvals.values()]
    order = list(items) if items is not None else in_order(set().union(*ballots))
    inside = set(equal_shares(dict(enumerate(ballots)), seats, items=order).chosen)
    import numpy as np

    generator = np.random.default_rng(seed)
    changed: Counter[Item] = Counter()
    for drawn in generator.integers(0, max(1, len(ballots)), size=(draws, len(ballots))):
        again = equal_shares({n: ballots[which] for n, which in enumerate(drawn)}, seats, items=order)
        changed.update(inside ^ set(again.chosen))
    return [item for item in order if changed[item] >= at_least * draws]


def _in_the_top(totals: npt.NDArray[np.float64], places: int) -> npt.NDArray[np.bool_]:
    """For each row of points (draws x items): whether an item is among the first places, ties included."""
    import numpy as np

    edge = np.sort(totals, axis=1)[:, ::-1][:, min(places, totals.shape[1]) - 1]
    inside: npt.NDArray[np.bool_] = (totals >= edge[:, np.newaxis]) & (totals > 0)
    return inside

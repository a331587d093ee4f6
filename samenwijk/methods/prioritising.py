"""Choosing: from points to places.

Definition: standard competition ranking ("1, 2, 2, 4"); everybody who ties at the last place is included,
so that a tie is seen and settled by people, never by the order of a list.
"""

from collections.abc import Hashable, Mapping
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)


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

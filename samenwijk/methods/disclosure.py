"""Hiding small counts in a table with totals so that nobody can work them out, and the attacker who tries.

Definitions, the model and its limits are in docs/methods/disclosure.md. In short: every cell of a two-way table with
margins is an arc of a network whose nodes are the rows and the columns, and "the rows and columns add up" says that
what flows into a node flows out of it. What an attacker can learn about one hidden cell is then a largest flow through
the other hidden cells, in whole numbers, without rounding; what has to be hidden is a cheapest set of arcs that leaves
every small cell enough flow (Fischetti & Salazar 2000; Castro 2012).
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from math import inf, isfinite

import numpy as np
import numpy.typing as npt

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]

# Every whole number up to here is a float of its own; published numbers are floats because NaN marks what is hidden.
LARGEST = 2**53
CLOSE = 1e-7
NICETY = 0.5


@dataclass(frozen=True)
class Protected:
    """A table that may be shown: all arrays have the shape (rows + 1, columns + 1), totals last.

    ``suppressed``: what is hidden; ``primary``: hidden because the count itself is small; ``published``: the counts,
    NaN where hidden; ``minimal``: whether it was proved that no fewer cells can be hidden.
    """

    suppressed: Flags
    primary: Flags
    published: Numbers
    minimal: bool = False


@dataclass(frozen=True)
class Attack:
    """The smallest and the largest whole number that each cell can be; equal where a cell is published."""

    low: Numbers
    high: Numbers


def protect(table: npt.ArrayLike, *, threshold: int = 10, time_limit: float = 5.0) -> Protected:
    """Hide the counts from 1 to ``threshold - 1``, and as few others as keep those from being worked out.

    ``table`` has shape (rows, columns) and holds whole counts from 0, without totals: these are computed. Nobody who
    knows the published numbers, and that counts are whole and not negative, can prove that a hidden small count is
    under the threshold. ``time_limit`` is in seconds: after it the answer is as safe but may hide more than is needed.
    Raises ``ValueError`` for what is no table of counts and for a threshold under 2.
    """
    counts = _with_totals(table)
    if isinstance(threshold, bool) or not _is_whole(threshold) or threshold < 2:
        raise ValueError("threshold must be a whole number of at least 2: a threshold of 1 protects nobody")
    if not time_limit >= 0:
        raise ValueError("time_limit must be a number of seconds from 0")
    # Loading the solver takes a second or more on a slow machine, once: that is not part of the time for choosing.
    import scipy.optimize
    import scipy.sparse  # noqa: F401

    deadline = time.monotonic() + time_limit
    primary = (counts >= 1) & (counts < threshold)
    small = np.flatnonzero(primary).tolist()
    choice = _Choice(_Network(counts.shape), counts.ravel().tolist(), small, int(threshold))
    hidden, minimal = _fewest(choice, deadline)
    suppressed: Flags = np.zeros(counts.shape, dtype=bool)
    suppressed.flat[sorted(hidden)] = True
    return Protected(suppressed, primary, np.where(suppressed, np.nan, counts.astype(float)), minimal)


def attack(protected: Protected) -> Attack:
    """What somebody who sees ``protected.published`` can work out about each hidden cell, exactly.

    Uses the published numbers only. ``high`` is infinite where nothing bounds a cell. Raises ``ValueError`` when no
    table of whole counts has these numbers, or when they are none.
    """
    published = np.asarray(protected.published, dtype=float)
    if published.ndim != 2 or min(published.shape) < 2:
        raise ValueError("published must be a table with a row and a column of totals")
    shown = published[~np.isnan(published)]
    if not np.all((shown >= 0) & (shown <= LARGEST) & (shown == np.floor(shown))):
        raise ValueError("published numbers must be whole counts from 0")
    hidden = np.flatnonzero(np.isnan(published)).tolist()
    network = _Network(published.shape)
    room = _complete(network, published.ravel(), hidden)
    low, high = published.copy(), published.copy()
    for cell in hidden:
        value, (tail, head) = room.down[cell], network.ends[cell]
        others = room.without(cell)
        low.flat[cell] = value - others.copy().push(tail, head, wanted=value)
        high.flat[cell] = value + others.push(head, tail, wanted=inf)
    return Attack(low, high)


def _with_totals(table: npt.ArrayLike) -> npt.NDArray[np.object_]:
    try:
        counts = np.asarray(table)
    except ValueError:
        raise ValueError("the rows of a table must be of equal length") from None
    if counts.ndim != 2 or 0 in counts.shape:
        raise ValueError("a table must have rows and columns, at least one of each")
    if not all(_is_whole(count) and count >= 0 for count in counts.flat):
        raise ValueError("a table must hold whole counts from 0")
    # Python's own numbers do not overflow while adding.
    whole = np.array([int(count) for count in counts.flat], dtype=object).reshape(counts.shape)
    rows = np.concatenate([whole, whole.sum(axis=1, keepdims=True)], axis=1)
    full = np.concatenate([rows, rows.sum(axis=0, keepdims=True)], axis=0)
    if full[-1, -1] > LARGEST:
        raise ValueError("the counts of a table must add up to at most 2 to the power 53")
    return full


def _is_whole(number: object) -> bool:
    if isinstance(number, bool | np.bool_) or not isinstance(number, int | float | np.integer | np.floating):
        return False
    return isfinite(number) and number == int(number)


class _Network:
    """Cells as arcs between rows and columns: every node passes on what comes in, whatever the counts are.

    An inner cell runs from its row to its column, the total of a column from that column to the row of totals, the
    grand total from there to the column of totals, and the total of a row from there to its row.
    """

    def __init__(self, shape: tuple[int, ...]) -> None:
        rows, columns = shape
        self.nodes = rows + columns
        self.ends: list[tuple[int, int]] = []
        self.is_total: list[bool] = []
        self.arcs: list[list[tuple[int, int, bool]]] = [[] for _node in range(self.nodes)]
        for cell in range(rows * columns):
            row, column = divmod(cell, columns)
            from_column = (row == rows - 1) != (column == columns - 1)
            tail, head = (rows + column, row) if from_column else (row, rows + column)
            self.ends.append((tail, head))
            self.arcs[tail].append((cell, head, True))
            self.arcs[head].append((cell, tail, False))
            self.is_total.append(row == rows - 1 or column == columns - 1)


class _Room:
    """How far each cell can still go up and down: endlessly and to 0 where hidden, not at all where published."""

    def __init__(self, network: _Network, up: list[float], down: list[float]) -> None:
        self.network, self.up, self.down = network, up, down

    def copy(self) -> _Room:
        return _Room(self.network, self.up.copy(), self.down.copy())

    def without(self, cell: int) -> _Room:
        other = self.copy()
        other.up[cell] = other.down[cell] = 0
        return other

    def push(self, start: int, end: int, *, wanted: float) -> float:
        """Bring at most ``wanted`` from ``start`` to ``end`` (largest flow, shortest paths first) and give how much."""
        done: float = 0
        while wanted - done > CLOSE and (path := self.path(start, {end})):
            amount = min(wanted - done, self.narrowest(path))
            if amount == inf:
                return inf
            self.move(path, amount)
            done += amount
        return done

    def path(self, start: int, ends: Container[int]) -> list[tuple[int, bool]] | None:
        """The cells to raise (True) and lower (False) on a shortest way from ``start`` to one of ``ends``."""
        came: list[tuple[int, int, bool] | None] = [None] * self.network.nodes
        came[start] = (start, -1, True)
        queue = deque([start])
        while queue:
            node = queue.popleft()
            for cell, other, raises in self.network.arcs[node]:
                if came[other] is None and (self.up if raises else self.down)[cell] > CLOSE:
                    came[other] = (node, cell, raises)
                    if other in ends:
                        return self._way_back(came, other, start)
                    queue.append(other)
        return None

    @staticmethod
    def _way_back(came: list[tuple[int, int, bool] | None], node: int, start: int) -> list[tuple[int, bool]]:
        path: list[tuple[int, bool]] = []
        while node != start:
            step = came[node]
            assert step is not None
            path.append(step[1:])
            node = step[0]
        return path

    def narrowest(self, path: list[tuple[int, bool]]) -> float:
        return min((self.up if raises else self.down)[cell] for cell, raises in path)

    def move(self, path: list[tuple[int, bool]], amount: float) -> None:
        for cell, raises in path:
            self.up[cell] += -amount if raises else amount
            self.down[cell] += amount if raises else -amount

    def cheapest(self, start: int, end: int, costs: list[float]) -> list[tuple[int, bool]]:
        """The way from ``start`` to ``end`` that costs least; there must be one."""
        came: list[tuple[int, int, bool] | None] = [None] * self.network.nodes
        queue = [(0.0, start, (start, -1, True))]
        while came[end] is None:
            cost, node, step = heappop(queue)
            if came[node] is not None:
                continue
            came[node] = step
            for cell, other, raises in self.network.arcs[node]:
                if came[other] is None and (self.up if raises else self.down)[cell] > CLOSE:
                    heappush(queue, (cost + costs[cell], other, (node, cell, raises)))
        return self._way_back(came, end, start)

    def reached(self, start: int, *, backwards: bool = False) -> set[int]:
        """The nodes that can be reached from ``start``, or ``backwards``: those from where ``start`` is reached."""
        seen, queue = {start}, deque([start])
        while queue:
            for cell, other, raises in self.network.arcs[queue.popleft()]:
                if other not in seen and (self.up if raises != backwards else self.down)[cell] > CLOSE:
                    seen.add(other)
                    queue.append(other)
        return seen


def _complete(network: _Network, published: Numbers, hidden: list[int]) -> _Room:
    """Counts for the hidden cells with which everything adds up (``down`` of the result)."""
    room = _Room(network, [0] * published.size, [0] * published.size)
    spare = [0] * network.nodes
    for cell, (tail, head) in enumerate(network.ends):
        if np.isnan(published[cell]):
            room.up[cell] = inf
        else:
            spare[tail] -= int(published[cell])
            spare[head] += int(published[cell])
    short = {node for node in range(network.nodes) if spare[node] < 0}
    for node in range(network.nodes):
        while spare[node] > 0:
            path = room.path(node, short)
            if path is None:
                raise ValueError("no table of whole counts has these published numbers")
            last, raised = path[0]
            end = network.ends[last][1 if raised else 0]
            amount = int(min(spare[node], -spare[end], room.narrowest(path)))
            room.move(path, amount)
            spare[node] -= amount
            spare[end] += amount
            if not spare[end]:
                short.remove(end)
    if any(spare):
        raise ValueError("no table of whole counts has these published numbers")
    return room


class _Choice:
    """Which cells to hide beside the small ones, so that each small one could be ``threshold`` or more.

    A set of nodes that holds the one end of a small cell but not the other is a cut: with too little room across it the
    cell is known to be small. Other cells are 0 or at least the threshold, so that each of them that can bring
    something out of the cut, alone, gives room enough: a cut says "hide at least one of these". There are too many cuts
    to write out; those that the choice so far violates are found as smallest cuts and added.
    """

    def __init__(self, network: _Network, values: list[int], primary: list[int], threshold: int) -> None:
        self.network, self.values, self.primary = network, values, set(primary)
        # The largest shortage first: what protects it often protects the others too.
        self.wanted = {cell: threshold - values[cell] for cell in sorted(primary, key=lambda cell: values[cell])}
        self.others = [cell for cell in range(len(values)) if cell not in self.primary]
        self.costs: list[float] = [1] * len(values)
        self.cuts: dict[frozenset[int], None] = {}

    def cost(self, hidden: set[int]) -> float:
        return sum(self.costs[cell] for cell in hidden - self.primary)

    def add_violated(self, share: Mapping[int, float], deadline: float = inf) -> bool:
        """Add cuts that this choice violates; ``share`` says for how much each other cell is hidden, 0 to 1."""
        before = len(self.cuts)
        for cell, wanted in self.wanted.items():
            if time.monotonic() > deadline:
                break
            up: list[float] = [wanted * share.get(other, 0) for other in range(len(self.values))]
            down: list[float] = [min(wanted * share.get(other, 0), value) for other, value in enumerate(self.values)]
            for other in self.primary:
                up[other], down[other] = wanted, self.values[other]
            room = _Room(self.network, up, down).without(cell)
            tail, head = self.network.ends[cell]
            if room.push(head, tail, wanted=wanted) < wanted - 10 * CLOSE:
                self._add(cell, wanted, room.reached(head))
                self._add(cell, wanted, set(range(self.network.nodes)) - room.reached(tail, backwards=True))
        return len(self.cuts) > before

    def _add(self, small: int, wanted: int, inside: set[int]) -> None:
        out = [cell for cell, (tail, head) in enumerate(self.network.ends) if tail in inside and head not in inside]
        back = [cell for cell, (tail, head) in enumerate(self.network.ends) if head in inside and tail not in inside]
        room = sum(self.values[cell] for cell in back if cell in self.primary and cell != small)
        if room < wanted and self.primary.isdisjoint(out):
            helps = frozenset(out) | {cell for cell in back if self.values[cell]}
            self.cuts[helps - self.primary] = None

    def solve(self, *, whole: bool, seconds: float) -> tuple[dict[int, float] | None, float]:
        """The cheapest other cells for the cuts so far (parts of cells unless ``whole``), and a bound on the cost."""
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        place = {cell: position for position, cell in enumerate(self.others)}
        columns = [place[cell] for cut in self.cuts for cell in sorted(cut)]
        starts = np.cumsum([0, *(len(cut) for cut in self.cuts)])
        rows = csr_array((np.ones(len(columns)), columns, starts), shape=(len(self.cuts), len(place)))
        found = milp(
            np.array([self.costs[cell] for cell in self.others]),
            integrality=np.full(len(place), int(whole)),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(rows, lb=1),
            options={"time_limit": max(seconds, 0.0), "mip_rel_gap": 0},
        )
        bound = found.mip_dual_bound if whole else found.fun if found.status == 0 else None
        if found.x is None:
            return None, 0.0
        parts = found.x.round() if whole else found.x
        share = {cell: float(parts[at]) for cell, at in place.items() if parts[at] > CLOSE}
        return share, bound if bound is not None and isfinite(bound) else 0.0

    def safe(self, share: Mapping[int, float]) -> set[int]:
        """The small cells and others, those with a share first: all is safe and none is hidden for nothing."""
        hidden = self.primary | {cell for cell, part in share.items() if part > 1 - 1e-5}
        ways = {cell: self._open_a_way(cell, hidden, share) for cell in self.wanted}
        for spare in sorted(hidden - self.primary, key=lambda cell: (share.get(cell, 0), -self.values[cell])):
            fewer = hidden - {spare}
            # Only what went by way of this cell can suffer from showing it.
            changed = {cell: self._way(cell, fewer) for cell, way in ways.items() if spare in way}
            if all(way is not None for way in changed.values()):
                hidden = fewer
                ways |= {cell: way for cell, way in changed.items() if way is not None}
        return hidden

    def _room(self, hidden: Iterable[int]) -> _Room:
        up: list[float] = [0] * len(self.values)
        down: list[float] = [0] * len(self.values)
        for cell in hidden:
            up[cell], down[cell] = inf, self.values[cell]
        return _Room(self.network, up, down)

    def _way(self, cell: int, hidden: set[int]) -> set[int] | None:
        """The hidden cells that change when this one becomes ``threshold``; None when it cannot."""
        tail, head = self.network.ends[cell]
        room = self._room(hidden - {cell})
        if room.push(head, tail, wanted=self.wanted[cell]) < self.wanted[cell]:
            return None
        return {other for other in hidden if room.down[other] != self.values[other] and other != cell}

    def _open_a_way(self, cell: int, hidden: set[int], share: Mapping[int, float]) -> set[int]:
        """Hide what this cell needs too, each time by the way that hides least more; gives what then changes."""
        tail, head = self.network.ends[cell]
        room = self._room(set(range(len(self.values))) - {cell})
        done: float = 0
        while (way := self._way(cell, hidden)) is None:
            costs = [0 if other in hidden else 1.001 - share.get(other, 0) for other in range(len(self.values))]
            path = room.cheapest(head, tail, costs)
            amount = min(self.wanted[cell] - done, room.narrowest(path))
            room.move(path, amount)
            done += amount
            hidden.update(used for used, _raises in path)
        return way


def _fewest(choice: _Choice, deadline: float) -> tuple[set[int], bool]:
    """The cells to hide, and whether fewer is proved to be impossible."""
    best, proved = _cheapest(choice, choice.safe({}), deadline)
    # Of equal numbers the one with fewest totals, which people read first: all together cost less than half a cell.
    choice.costs = [1 + is_total / (2 * len(choice.values)) for is_total in choice.network.is_total]
    nicer, _proved = _cheapest(choice, best, min(deadline, time.monotonic() + NICETY))
    return nicer, proved


def _cheapest(choice: _Choice, best: set[int], deadline: float) -> tuple[set[int], bool]:
    share: Mapping[int, float] = {}
    bound = 0.0
    whole = False
    while choice.cost(best) > bound + 1e-6 and time.monotonic() < deadline:
        # Parts are quick to choose and find nearly all cuts that matter; whole cells finish it.
        if not choice.add_violated(share, deadline):
            if whole:
                break
            whole = True
        found, at_least = choice.solve(whole=whole, seconds=deadline - time.monotonic())
        bound = max(bound, at_least)
        if found is None:
            break
        share = found
        best = min(best, choice.safe(share), key=choice.cost)
    return best, choice.cost(best) <= bound + 1e-6

"""Choosing: equal shares and the plain count, each beside a raw reference of the same run.

    .venv/bin/python -m bench.choosing

The reference is the definition written out in fractions (or floats) that asks every item again at every turn; for the
plain count a bare `Counter`. Voters approve each item with their own chance; the seed is fixed. Best of three, wall and
processor seconds; read the ratio first.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from samenwijk.methods.narrow import narrow
from samenwijk.methods.prioritising import equal_shares, top

Approvals = dict[int, set[int]]


def profile(voters: int, items: int, approved: float, seed: int = 1) -> Approvals:
    """Every voter approves about ``approved`` items; some items are liked more than others."""
    dice = random.Random(seed)
    weight = [dice.random() + 0.2 for _item in range(items)]
    chance = approved / sum(weight)
    return {voter: {item for item in range(items) if dice.random() < chance * weight[item]} for voter in range(voters)}


def reference(approvals: Approvals, items: int, seats: int, one: Any, *, raised: bool) -> list[int]:
    """Equal shares as it is defined: ``one`` is Fraction(1) for exact, 1.0 for rough counting."""
    supporters = [[voter for voter, chosen in approvals.items() if item in chosen] for item in range(items)]
    total = seats
    while True:
        left = dict.fromkeys(approvals, one * total / len(approvals))
        chosen: list[int] = []
        while len(chosen) < seats:
            offers = []
            for item in range(items):
                if item in chosen or sum(left[voter] for voter in supporters[item]) < one - 1e-12:
                    continue
                rich, rest = sorted(supporters[item], key=left.__getitem__), one
                while left[rich[0]] * len(rich) < rest - (0 if isinstance(one, Fraction) else 1e-12):
                    rest -= left[rich.pop(0)]
                offers.append((rest / len(rich), item))
            if not offers:
                break
            price, item = min(offers)
            chosen.append(item)
            for voter in supporters[item]:
                left[voter] -= min(price, left[voter])
        if len(chosen) == seats or not raised:
            return chosen
        total += 1


def timed(what: Callable[[], Any], times: int = 3) -> tuple[float, float, Any]:
    walls, processors, answer = [], [], None
    for _turn in range(times):
        wall, processor = time.perf_counter(), time.process_time()
        answer = what()
        walls.append(time.perf_counter() - wall)
        processors.append(time.process_time() - processor)
    return min(walls), min(processors), answer


def line(name: str, ours: tuple[float, float, Any], raw: tuple[float, float, Any] | None) -> None:
    beside = f"{raw[0]:9.4f} {raw[1]:9.4f} {raw[1] / max(ours[1], 1e-9):8.1f}" if raw else f"{'':>28}"
    print(f"{name:48} {ours[0]:9.4f} {ours[1]:9.4f} {beside}")


def main() -> None:
    print(f"{'':48} {'wall':>9} {'cpu':>9} {'raw wall':>9} {'raw cpu':>9} {'raw/ours':>8}")
    for voters, items, approved, seats in [
        (45, 60, 3, 9),
        (45, 60, 15, 9),
        (500, 100, 8, 15),
        (5000, 500, 5, 20),
        (5000, 500, 50, 20),
    ]:
        approvals = profile(voters, items, approved)
        one: Any = Fraction(1) if voters <= 500 else 1.0
        for completion in ("none", "phragmen", "approval", "add_one"):
            raised = completion == "add_one"

            def ours(
                completion: str = completion, approvals: Approvals = approvals, seats: int = seats, items: int = items
            ) -> Any:
                return equal_shares(approvals, seats, items=range(items), completion=completion)

            raw = None
            if completion in ("none", "add_one") and (voters < 5000 or not raised):
                raw = timed(
                    lambda approvals=approvals, seats=seats, items=items, one=one, raised=raised: reference(
                        approvals, items, seats, one, raised=raised
                    ),
                    1,
                )
            mine = timed(ours)
            if raw and list(mine[2].chosen) != raw[2]:
                print("  not the same as the reference:", mine[2].chosen, raw[2])
            line(
                f"{voters} x {items}, {approved} each, {completion}, {seats} seats ({float(mine[2].budget):g})",
                mine,
                raw,
            )
        count = timed(
            lambda approvals=approvals: top(Counter(item for chosen in approvals.values() for item in chosen), 9)
        )
        bare = timed(
            lambda approvals=approvals: Counter(item for chosen in approvals.values() for item in chosen).most_common(9)
        )
        line(f"{voters} x {items}, {approved} each, plain count", count, bare)
    ballots = [dict.fromkeys(chosen, 1) for chosen in profile(45, 60, 3).values()]
    line("45 x 60, narrow, 400 draws", timed(lambda: narrow(ballots, 9)), None)


if __name__ == "__main__":
    main()

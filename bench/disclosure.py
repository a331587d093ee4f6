"""Hiding small counts: how long it takes, how many more cells it hides, and what an attacker then costs.

python -m bench.disclosure [--tables 8]

Beside it, for the same tables: a plain attacker of two linear programs per hidden cell (scipy's `linprog`, HiGHS), and
what he finds when only the small counts themselves are hidden.
"""

import argparse
import os
import platform
import time

import numpy as np
from scipy.optimize import linprog

from samenwijk.methods.disclosure import attack, protect

SHAPES = [(6, 4), (10, 5), (18, 5), (18, 8), (40, 6)]
THRESHOLD = 10


def tables(rows, columns, number):
    """Skewed counts (negative binomial), poor ones (half of the cells 0) and narrow ones, with a fixed seed."""
    chance = np.random.default_rng(20)
    makers = [
        lambda: chance.negative_binomial(0.8, 0.8 / 40.8, (rows, columns)),
        lambda: chance.integers(0, 60, (rows, columns)) * chance.integers(0, 2, (rows, columns)),
        lambda: chance.poisson(14, (rows, columns)),
        lambda: chance.negative_binomial(0.3, 0.3 / 100.3, (rows, columns)),
    ]
    return [makers[item % len(makers)]() for item in range(number)]


def with_totals(table):
    rows = np.column_stack([table, table.sum(axis=1)])
    return np.vstack([rows, rows.sum(axis=0)])


def plain_attack(full, hidden, small):
    """Largest value of each small hidden cell, smallest too: two linear programs each."""
    rows, columns = full.shape
    equations = np.zeros((rows + columns, rows, columns))
    for row in range(rows):
        equations[row, row], equations[row, row, -1] = 1, -1
    for column in range(columns):
        equations[rows + column, :, column], equations[rows + column, -1, column] = 1, -1
    equations = equations.reshape(rows + columns, -1)
    places, shown = np.flatnonzero(hidden), np.flatnonzero(~hidden)
    rest = -equations[:, shown] @ full.ravel()[shown]
    found = {}
    for cell in np.flatnonzero(small):
        goal = (places == cell).astype(float)
        least = linprog(goal, A_eq=equations[:, places], b_eq=rest)
        most = linprog(-goal, A_eq=equations[:, places], b_eq=rest)
        found[int(cell)] = least.fun, -most.fun if most.status == 0 else np.inf
    return found


def timed(work):
    wall, busy = time.perf_counter(), time.process_time()
    result = work()
    return result, time.perf_counter() - wall, time.process_time() - busy


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tables", type=int, default=8, help="tables per size")
    options = parser.parse_args()
    protect([[4, 20], [30, 40]])  # loads the solver
    print(
        f"{platform.processor() or platform.machine()}, load {os.getloadavg()[0]:.1f}, {options.tables} tables per size"
    )
    print(
        "| size | small | hidden | known or provably small: only small hidden | after protect | protect s: median, most"
        " | processor s, most | proved fewest | our attacker s | plain attacker s |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for rows, columns in SHAPES:
        print(row_of(rows, columns, tables(rows, columns, options.tables)), flush=True)


def row_of(rows, columns, several):
    small, hidden, before, after, walls, busies, ours, plain, proved = 0, 0, 0, 0, [], [], 0.0, 0.0, 0
    for table in several:
        full = with_totals(table)
        protected, wall, busy = timed(lambda table=table: protect(table))
        walls.append(wall)
        busies.append(busy)
        proved += protected.minimal
        primary = protected.primary
        naive = plain_attack(full, primary, primary)
        found, wall, _busy = timed(lambda protected=protected: attack(protected))
        ours += wall
        theirs, wall, _busy = timed(
            lambda full=full, protected=protected: plain_attack(full, protected.suppressed, protected.primary)
        )
        plain += wall
        for cell, (low, high) in theirs.items():
            agrees = np.isclose(found.low.flat[cell], low, atol=1e-5) and np.isclose(
                found.high.flat[cell], high, atol=1e-5
            )
            assert agrees, "both attackers find the same"
        small += int(primary.sum())
        hidden += int(protected.suppressed.sum())
        before += sum(high < THRESHOLD - 1e-5 for _low, high in naive.values())
        after += sum(high < THRESHOLD - 1e-5 for _low, high in theirs.values())
    number = len(several)
    return (
        f"| {rows} x {columns} | {small / number:.1f} | {hidden / number:.1f} | {before / number:.1f} "
        f"| {after / number:.1f} | {np.median(walls):.3f}, {max(walls):.3f} | {max(busies):.3f} | {proved} of {number} "
        f"| {ours / number:.4f} | {plain / number:.3f} |"
    )


if __name__ == "__main__":
    main()

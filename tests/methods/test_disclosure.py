"""Hiding small counts and trying to find them again, held against linear programs and against every possible table."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import Bounds, LinearConstraint, milp

from samenwijk.methods.disclosure import Protected, attack, protect

small_tables = st.tuples(st.integers(1, 3), st.integers(1, 4)).flatmap(
    lambda shape: arrays(int, shape, elements=st.one_of(st.just(0), st.integers(0, 12), st.integers(0, 60)))
)


def with_totals(table):
    rows = np.column_stack([table, np.sum(table, axis=1)])
    return np.vstack([rows, rows.sum(axis=0)])


def solved(full, hidden, cell, sense):
    """The smallest (1) or largest (-1) whole number of a hidden cell, by a program that knows nothing of networks."""
    rows, columns = full.shape
    equations = np.zeros((rows + columns, rows, columns))
    for row in range(rows):
        equations[row, row] = 1
        equations[row, row, -1] = -1
    for column in range(columns):
        equations[rows + column, :, column] = 1
        equations[rows + column, -1, column] = -1
    equations = equations.reshape(rows + columns, -1)
    places, shown = np.flatnonzero(hidden), np.flatnonzero(~hidden)
    rest = -equations[:, shown] @ full.ravel()[shown]
    found = milp(
        np.where(places == cell, sense, 0),
        integrality=np.ones(len(places)),
        bounds=Bounds(0, np.inf),
        constraints=LinearConstraint(equations[:, places], rest, rest),
    )
    return np.inf if found.status in (3, 4) else round(sense * found.fun)


def is_safe(full, hidden, threshold):
    """Each hidden small count could be the threshold or more, after the program above."""
    small = np.flatnonzero((full >= 1) & (full < threshold))
    return all(hidden.flat[cell] and solved(full, hidden, cell, -1) >= threshold for cell in small)


def shown_again(protected, full, cell):
    published = protected.published.copy()
    published.flat[cell] = full.flat[cell]
    return Protected(np.isnan(published), protected.primary, published)


def holds(protected, full, threshold):
    """What is promised of every answer, minimal or not."""
    small = (full >= 1) & (full < threshold)
    assert np.array_equal(protected.primary, small)
    assert np.all(protected.suppressed | ~small)
    assert np.array_equal(np.isnan(protected.published), protected.suppressed)
    assert np.array_equal(protected.published[~protected.suppressed], full[~protected.suppressed])
    found = attack(protected)
    assert np.all(found.low <= full)
    assert np.all(full <= found.high)
    assert np.all(found.high[small] >= threshold)
    assert np.all(found.low[small] < found.high[small])
    for cell in np.flatnonzero(protected.suppressed & ~small):
        assert np.any(attack(shown_again(protected, full, cell)).high[small] < threshold), "hidden for nothing"


def test_the_example_of_the_documentation():
    protected = protect([[4, 20], [30, 40]])
    assert protected.suppressed.tolist() == [[True, True, False], [True, True, False], [False, False, False]]
    assert protected.minimal
    found = attack(protected)
    assert (found.low[0, 0], found.high[0, 0]) == (0, 24)


def test_only_leaving_out_the_small_count_gives_it_away():
    full = with_totals([[4, 20], [30, 40]]).astype(float)
    hidden = (full > 0) & (full < 10)
    found = attack(Protected(hidden, hidden, np.where(hidden, np.nan, full)))
    assert found.low[0, 0] == found.high[0, 0] == 4


@settings(max_examples=25)
@given(small_tables, st.sampled_from([2, 3, 5, 10]))
def test_every_promise_holds_and_a_program_that_knows_no_networks_finds_the_same(table, threshold):
    full = with_totals(table)
    protected = protect(table, threshold=threshold)
    assert protected.minimal
    holds(protected, full, threshold)
    found = attack(protected)
    for cell in np.flatnonzero(protected.suppressed):
        assert found.low.flat[cell] == solved(full, protected.suppressed, cell, 1)
        assert found.high.flat[cell] == solved(full, protected.suppressed, cell, -1)


@pytest.mark.parametrize("seed", range(8))
def test_no_smaller_choice_is_safe(seed):
    chance = np.random.default_rng(seed)
    table = chance.integers(0, 25, (2, 3 if seed % 2 else 2)) * chance.integers(0, 2, (2, 3 if seed % 2 else 2))
    full = with_totals(table)
    protected = protect(table)
    primary = np.flatnonzero(protected.primary).tolist()
    others = np.flatnonzero(~protected.primary).tolist()
    extra = int(protected.suppressed.sum()) - len(primary)
    for fewer in combinations(others, extra - 1) if extra else []:
        hidden = np.zeros(full.shape, dtype=bool)
        hidden.flat[[*primary, *fewer]] = True
        assert not is_safe(full, hidden, 10)


@pytest.mark.parametrize("seed", range(6))
def test_the_attacker_finds_exactly_what_writing_out_every_table_finds(seed):
    """Grand total shown, so that there is an end to the tables: every one of two by two with that total is tried."""
    chance = np.random.default_rng(seed)
    full = with_totals(chance.integers(0, 5, (2, 2)))
    hidden = chance.random(full.shape) < 0.6
    hidden[-1, -1] = False
    published = np.where(hidden, np.nan, full)
    total = int(full[-1, -1])
    possible = [
        other
        for cells in product(range(total + 1), repeat=3)
        if sum(cells) <= total
        for other in [with_totals(np.array([*cells, total - sum(cells)]).reshape(2, 2))]
        if np.array_equal(other[~hidden], full[~hidden])
    ]
    found = attack(Protected(hidden, hidden, published))
    assert np.array_equal(found.low, np.min(possible, axis=0))
    assert np.array_equal(found.high, np.max(possible, axis=0))


@pytest.mark.parametrize(
    "table",
    [
        [[0]],
        [[5]],
        [[5, 0, 0]],
        [[5], [0], [12]],
        [[3, 12, 40, 7]],
        [[0, 0], [0, 0]],
        [[1, 2], [3, 4]],
        [[1, 1, 1], [1, 1, 1], [1, 1, 1]],
        [[0, 0, 9], [0, 0, 0], [50, 0, 60]],
        [[9, 0], [0, 9]],
        [[2, 2, 2], [3, 3, 3]],
    ],
)
def test_single_rows_and_columns_zeros_and_tables_that_are_small_altogether(table):
    holds(protect(table), with_totals(table), 10)


def test_a_table_without_small_counts_is_shown_as_it_is():
    protected = protect([[10, 0], [25, 0]])
    assert not protected.suppressed.any()
    assert protected.minimal
    assert np.array_equal(protected.published, with_totals([[10, 0], [25, 0]]))


def test_a_total_that_is_small_is_hidden_too():
    protected = protect([[4, 3], [50, 60]])
    assert protected.primary.tolist() == [[True, True, True], [False, False, False], [False, False, False]]
    assert np.isnan(protected.published[0, 2])


def test_nothing_bounds_what_hides_with_its_totals():
    protected = protect([[5]])
    assert protected.suppressed.all()
    assert np.all(attack(protected).high == np.inf)
    assert np.all(attack(protected).low == 0)


def test_of_equal_numbers_inner_cells_go_before_totals():
    protected = protect([[4, 60, 70], [80, 90, 20], [50, 30, 40]])
    assert protected.suppressed.sum() == 4
    assert not protected.suppressed[-1].any()
    assert not protected.suppressed[:, -1].any()


def test_large_counts_lose_no_digits():
    large = 2**51 + 1
    table = [[4, large], [large, large + 4]]
    found = attack(protect(table))
    assert (found.low[0, 0], found.high[0, 0]) == (0, large + 4)
    holds(protect(table), with_totals(np.array(table)), 10)


@pytest.mark.parametrize(("rows", "columns"), [(10, 5), (18, 8)])
def test_without_time_the_answer_is_safe_and_hides_nothing_for_nothing(rows, columns):
    table = np.random.default_rng(7).negative_binomial(0.8, 0.8 / 40.8, (rows, columns))
    hurried, calm = protect(table, time_limit=0), protect(table, time_limit=60)
    holds(hurried, with_totals(table), 10)
    holds(calm, with_totals(table), 10)
    assert calm.minimal
    assert not hurried.minimal
    assert hurried.suppressed.sum() >= calm.suppressed.sum()


def test_counts_may_come_as_floats_and_as_lists():
    assert np.array_equal(
        protect([[4.0, 20.0], [30.0, 40.0]]).suppressed, protect(np.array([[4, 20], [30, 40]])).suppressed
    )


@pytest.mark.parametrize(
    ("table", "options", "sentence"),
    [
        ([[1, 2]], {"threshold": 1}, "threshold must be"),
        ([[1, 2]], {"threshold": 0}, "threshold must be"),
        ([[1, 2]], {"threshold": 2.5}, "threshold must be"),
        ([[1, 2]], {"threshold": float("nan")}, "threshold must be"),
        ([[1, 2]], {"threshold": True}, "threshold must be"),
        ([[1, 2]], {"time_limit": -1}, "time_limit must be"),
        ([[1, 2]], {"time_limit": float("nan")}, "time_limit must be"),
        ([[1, -2]], {}, "whole counts"),
        ([[1, 2.5]], {}, "whole counts"),
        ([[1, float("nan")]], {}, "whole counts"),
        ([[1, float("inf")]], {}, "whole counts"),
        ([["1", "2"]], {}, "whole counts"),
        ([[True, False]], {}, "whole counts"),
        ([[1, None]], {}, "whole counts"),
        ([1, 2], {}, "rows and columns"),
        ([], {}, "rows and columns"),
        ([[], []], {}, "rows and columns"),
        ([[1, 2], [3]], {}, "equal length"),
        ([[2**53, 1]], {}, "add up to at most"),
    ],
)
def test_what_is_no_table_of_counts_is_refused_with_a_sentence(table, options, sentence):
    with pytest.raises(ValueError, match=sentence):
        protect(table, **options)


@pytest.mark.parametrize(
    ("published", "sentence"),
    [
        ([[5, np.nan, 4], [1, 2, 3], [6, 5, 11]], "no table of whole counts"),
        ([[5, 3], [5, 5]], "no table of whole counts"),
        ([[np.nan, 2.5], [1, 2]], "whole counts"),
        ([[-1, -1], [-1, -1]], "whole counts"),
        ([[np.inf, 1], [1, 1]], "whole counts"),
        ([[1, 2, 3]], "a row and a column of totals"),
        ([1, 2], "a row and a column of totals"),
    ],
)
def test_numbers_that_cannot_be_a_table_are_refused(published, sentence):
    flags = np.isnan(np.array(published, dtype=float))
    with pytest.raises(ValueError, match=sentence):
        attack(Protected(flags, flags, np.array(published)))

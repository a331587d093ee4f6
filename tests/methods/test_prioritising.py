"""From points to places, as docs/methods/prioritising.md defines it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenwijk.methods.narrow import narrow
from samenwijk.methods.prioritising import lowest_group_support, support_by_group, tied_at_the_edge, top

POINTS = {"A": 9, "B": 5, "C": 5, "D": 3, "E": 3, "F": 0}
some_points = st.dictionaries(st.text(max_size=3), st.integers(-2, 6), max_size=12)


@pytest.mark.parametrize(
    ("places", "expected", "tied"),
    [
        (1, [("A", 9, 1)], []),
        (2, [("A", 9, 1), ("B", 5, 2), ("C", 5, 2)], ["B", "C"]),
        (3, [("A", 9, 1), ("B", 5, 2), ("C", 5, 2)], []),
        (4, [("A", 9, 1), ("B", 5, 2), ("C", 5, 2), ("D", 3, 4), ("E", 3, 4)], ["D", "E"]),
        (9, [("A", 9, 1), ("B", 5, 2), ("C", 5, 2), ("D", 3, 4), ("E", 3, 4)], []),
    ],
)
def test_the_example_of_the_documentation(places, expected, tied):
    assert top(POINTS, places) == expected
    assert tied_at_the_edge(expected, places) == tied


def test_without_points_there_is_no_top():
    assert top({}) == []
    assert top({"A": 0, "B": -1}) == []
    assert tied_at_the_edge([]) == []


@pytest.mark.parametrize(("points", "places"), [({"A": 1}, 0), ({"A": float("nan")}, 3), ({"A": float("inf")}, 3)])
def test_what_cannot_be_ranked_is_refused(points, places):
    with pytest.raises(ValueError, match="must be"):
        top(points, places)


@given(some_points, st.integers(1, 6))
def test_a_place_is_one_more_than_the_number_of_better_items(points, places):
    placed = top(points, places)
    expected = {
        item: 1 + sum(other > value for other in points.values()) for item, value in points.items() if value > 0
    }
    assert {item: place for item, _points, place in placed} == {
        item: place for item, place in expected.items() if place <= places
    }


@given(some_points, st.integers(1, 6))
def test_only_a_tie_makes_the_top_longer_and_whoever_ties_is_named(points, places):
    placed = top(points, places)
    tied = tied_at_the_edge(placed, places)
    assert bool(tied) == (len(placed) > places)
    assert len(placed) - len(tied) < places or not tied
    assert len({points[item] for item in tied}) <= 1


@given(some_points, st.integers(1, 6), st.randoms(use_true_random=False))
def test_the_order_of_a_list_decides_nothing(points, places, chance):
    shuffled = list(points.items())
    chance.shuffle(shuffled)
    assert set(top(dict(shuffled), places)) == set(top(points, places))


APPROVALS = {"arts": {"A", "B"}, "wijkverpleegkundige": {"A"}, "Joke": {"C"}, "Ali": {"A", "C"}, "Mo": set()}
GROUPS = {
    "arts": "professional",
    "wijkverpleegkundige": "professional",
    "Joke": "bewoner",
    "Ali": "bewoner",
    "Mo": "bewoner",
}


def test_support_is_a_share_of_the_voters_of_each_group():
    support = support_by_group(APPROVALS, {**GROUPS, "wie niet stemde": "bewoner"})
    assert support == {
        "professional": {"A": 1, "B": 0.5, "C": 0},
        "bewoner": {"A": pytest.approx(1 / 3), "B": 0, "C": pytest.approx(2 / 3)},
    }
    assert support_by_group({}, {}) == {}
    assert lowest_group_support(support) == {
        "A": (pytest.approx(1 / 3), "bewoner"),
        "B": (0, "bewoner"),
        "C": (0, "professional"),
    }


def test_a_voter_without_a_group_is_refused():
    with pytest.raises(ValueError, match="must have a group"):
        support_by_group({"iemand": {"A"}}, {})


def test_narrow_is_what_a_few_ballots_would_move_and_a_clear_result_is_not():
    close = [{"A": 1, "B": 1}] * 8 + [{"A": 1, "C": 1}] * 7
    assert narrow(close, 2) == ["B", "C"]
    clear = [{"A": 1, "B": 1}] * 18 + [{"A": 1, "C": 1}] * 2
    assert narrow(clear, 2) == []
    assert narrow(clear, 3) == []
    assert narrow([], 3) == []
    assert narrow([{}], 3) == []


def test_the_same_seed_gives_the_same_answer_and_the_items_fix_the_order():
    ballots = [{chr(65 + (n * step) % 9): 1 for step in (1, 2, 4)} for n in range(40)]
    assert narrow(ballots, 3, seed=5) == narrow(ballots, 3, seed=5)
    assert narrow(ballots, 3, items="IHGFEDCBA") == [item for item in "IHGFEDCBA" if item in narrow(ballots, 3)]


@pytest.mark.parametrize(
    ("ballots", "asked"), [([{"A": 1}], {"places": 0}), ([{"A": 1}], {"draws": 0}), ([{"A": float("nan")}], {})]
)
def test_a_bootstrap_of_nothing_or_of_no_numbers_is_refused(ballots, asked):
    with pytest.raises(ValueError, match="must be"):
        narrow(ballots, **asked)

"""Equal shares against published outcomes, and against what it promises: every group that agrees gets its part."""

import csv
import json
import re
from collections import Counter, defaultdict
from fractions import Fraction
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenwijk.methods import prioritising
from samenwijk.methods.prioritising import equal_shares, top

SHARED = Path(__file__).parents[3] / "shared" / "data"
COMMITTEES = SHARED / "abcvoting-instances"
ASSEN = SHARED / "pabulib-nl" / "Netherlands_Assen_2024.pb"
RULES = {
    "equal-shares": "phragmen",
    "equal-shares-with-av-completion": "approval",
    "equal-shares-with-increment-completion": "add_one",
}


@cache
def published():
    """Every instance as (name, approvals, number of candidates, seats, {rule: committees}); its lists are JSON."""
    return [read(path) for path in sorted(COMMITTEES.glob("*.abc.yaml"))]


def read(path):
    told = path.read_text()

    def field(name):
        return json.loads(re.search(rf"^{name}: (\[.*?\]\]|\d+)$", told, re.DOTALL | re.MULTILINE)[1])

    results = defaultdict(list)
    for rule, committees in re.findall(r"rule_id: (\S+)\n  result: (\[\[[\d,\s\[\]]*\]\])\n", told):
        results[rule] += [set(committee) for committee in json.loads(committees)]
    return path.name, dict(enumerate(map(set, field("profile")))), field("num_cand"), field("committeesize"), results


def votes_of(path):
    """A pabulib file as (approvals, costs, budget, selected)."""
    section, rows = "", {"META": [], "PROJECTS": [], "VOTES": []}
    for row in csv.reader(path.read_text().splitlines(), delimiter=";"):
        if row and row[0] in rows and len(row) == 1:
            section = row[0]
        else:
            rows[section].append(row)
    meta = dict(rows["META"][1:])
    heads = rows["PROJECTS"][0]
    projects = [dict(zip(heads, row, strict=True)) for row in rows["PROJECTS"][1:]]
    vote = rows["VOTES"][0].index("vote")
    return (
        {row[0]: set(row[vote].split(",")) for row in rows["VOTES"][1:]},
        {project["project_id"]: int(project["cost"]) for project in projects},
        int(meta["budget"]),
        {project["project_id"] for project in projects if project.get("selected") == "1"},
    )


def broken_promises(approvals, seats, chosen):
    """EJR+: an item left out, with a group that all approve it, is large enough for a number of seats, and in
    which nobody has that number of approved items chosen."""
    found = []
    for item in set().union(*approvals.values()) - set(chosen):
        satisfied = [len(approved & set(chosen)) for approved in approvals.values() if item in approved]
        for size in range(1, seats + 1):
            group = sum(number < size for number in satisfied)
            if group * seats >= size * len(approvals):
                found.append((item, size))
    return found


@pytest.mark.skipif(not COMMITTEES.exists(), reason="the published committees lie outside the repository")
@pytest.mark.parametrize("exact", [True, False], ids=["exact", "rough"])
def test_every_published_outcome_is_ours_too(exact, monkeypatch):
    if not exact:
        monkeypatch.setattr(prioritising, "EXACT_VOTERS", 0)
    compared = Counter()
    for name, approvals, candidates, seats, results in published():
        for rule, completion in RULES.items():
            if rule in results:
                selection = equal_shares(approvals, seats, items=range(candidates), completion=completion)
                assert set(selection.chosen) in results[rule], (name, rule)
                assert len(selection.chosen) == seats
                compared[rule] += 1
        counts = Counter(item for approved in approvals.values() for item in approved)
        placed = {item for item, _points, _place in top(counts, seats)}
        for committee in results["av"]:
            assert {item for item in committee if counts[item]} <= placed, name
    assert min(compared.values()) > 200


@pytest.mark.skipif(not COMMITTEES.exists(), reason="the published committees lie outside the repository")
@pytest.mark.parametrize("completion", ["none", "phragmen", "approval"])
def test_no_published_group_is_left_without_its_part(completion):
    for name, approvals, candidates, seats, _results in published():
        chosen = equal_shares(approvals, seats, items=range(candidates), completion=completion).chosen
        assert broken_promises(approvals, seats, chosen) == [], name


@pytest.mark.skipif(not ASSEN.exists(), reason="the votes of Assen lie outside the repository")
def test_the_official_result_of_assen():
    approvals, costs, budget, selected = votes_of(ASSEN)
    selection = equal_shares(approvals, costs=costs, budget=budget)
    assert set(selection.chosen) == selected
    assert sum(costs[item] for item in selection.chosen) <= budget
    assert len(selected) > 5


def test_the_checker_sees_a_group_that_is_left_out():
    approvals = {**{f"huisarts {n}": {"A", "B"} for n in range(6)}, **{f"bewoner {n}": {"C"} for n in range(6)}}
    assert broken_promises(approvals, 2, ["A", "B"]) == [("C", 1)]
    assert broken_promises(approvals, 2, ["A", "C"]) == []


def test_a_third_of_the_room_gets_one_of_three_and_a_plain_count_gives_it_none():
    approvals = {**{n: {"A", "B", "C"} for n in range(20)}, **{n: {"X"} for n in range(20, 30)}}
    assert [item for item, _points, _place in top({"A": 20, "B": 20, "C": 20, "X": 10})] == ["A", "B", "C"]
    selection = equal_shares(approvals, 3)
    assert selection.chosen == ("A", "B", "X")
    assert [(step.supporters, step.price) for step in selection.steps] == [
        (20, Fraction(1, 20)),
        (20, Fraction(1, 20)),
        (10, Fraction(1, 10)),
    ]
    assert selection.ties == (("A", "B", "C"), ("B", "C"))
    assert selection.open_ties == selection.ties


def test_the_order_of_the_items_decides_a_tie_and_an_innocent_one_stays_innocent():
    approvals = {1: {"A"}, 2: {"B"}}
    assert equal_shares(approvals, 1, items=["B", "A"]).chosen == ("B",)
    assert equal_shares(approvals, 1, items=["B", "A"]).open_ties == (("B", "A"),)
    both = equal_shares(approvals, 2)
    assert both.chosen == ("A", "B")
    assert both.ties == (("A", "B"),)
    assert both.open_ties == ()


def test_who_is_emptied_pays_less_and_the_others_share_the_rest():
    # Two seats, four voters: a purse each of 1/2. A costs three of them 1/3; then B's supporters have 1/6, 1/6 and 1/2.
    approvals = {1: {"A", "B"}, 2: {"A", "B"}, 3: {"A"}, 4: {"B"}}
    selection = equal_shares(approvals, 2, completion="none")
    assert selection.chosen == ("A",)
    assert equal_shares(approvals, 2, completion="phragmen").steps[1].price == Fraction(1, 18)
    raised = equal_shares(approvals, 2)
    assert raised.chosen == ("A", "B")
    assert raised.budget == 3
    assert raised.steps[1].price == Fraction(1, 3)


@pytest.mark.parametrize("completion", ["phragmen", "approval", "add_one"])
def test_what_nobody_approves_fills_the_last_seats_in_order(completion):
    selection = equal_shares({1: {"C"}, 2: set()}, 3, items=["D", "C", "B", "A"], completion=completion)
    assert selection.chosen == ("C", "D", "B")
    assert [step.how for step in selection.steps[1:]] == ["order", "order"]
    assert selection.open_ties == (("D", "B", "A"), ("B", "A"))


def test_fewer_items_than_seats_all_come_in_and_without_voters_the_order_counts():
    assert equal_shares({1: {"A"}}, 5, items=["A", "B"]).chosen == ("A", "B")
    assert equal_shares({}, 1, items=["A", "B"]).chosen == ("A",)
    assert equal_shares({}, 1).chosen == ()
    assert equal_shares({1: {"A"}}, 5, items=["A", "B"], completion="none").chosen == ("A",)


@pytest.mark.parametrize("completion", prioritising.COMPLETIONS)
def test_money_is_never_spent_twice(completion):
    approvals = {1: {"bank", "tuin"}, 2: {"bank", "feest"}, 3: {"tuin", "feest"}, 4: {"bank"}}
    costs = {"bank": 60.5, "tuin": 45, "feest": Fraction(80, 3)}
    selection = equal_shares(approvals, costs=costs, budget=100, completion=completion)
    assert sum(Fraction(costs[item]) for item in selection.chosen) <= 100
    assert selection.chosen


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"seats": 0}, "seats must be"),
        ({"seats": 2.0}, "seats must be"),
        ({"seats": True}, "seats must be"),
        ({}, "either"),
        ({"seats": 1, "costs": {"A": 1}, "budget": 1}, "either"),
        ({"costs": {"A": 1}}, "either"),
        ({"costs": {"A": -1}, "budget": 2}, "a cost must be"),
        ({"costs": {"A": "veel"}, "budget": 2}, "a cost must be"),
        ({"costs": {"A": 1}, "budget": float("nan")}, "the budget must be"),
        ({"costs": {"A": 1}, "budget": float("inf")}, "the budget must be"),
        ({"costs": {"B": 1}, "budget": 2, "items": ["A", "B"]}, "must have a cost"),
        ({"seats": 1, "items": ["B"]}, "not among the items"),
        ({"seats": 1, "items": ["A", "A"]}, "named once"),
        ({"seats": 1, "completion": "lot"}, "completion must be"),
    ],
)
def test_what_cannot_be_shared_is_refused_with_a_sentence(asked, sentence):
    with pytest.raises(ValueError, match=sentence):
        equal_shares({1: {"A"}}, **asked)


def test_items_without_an_order_of_their_own_and_a_ballot_that_is_a_text_are_refused():
    with pytest.raises(ValueError, match="give them in order"):
        equal_shares({1: {"A", 2}}, 1)
    with pytest.raises(ValueError, match="a set of items"):
        equal_shares({1: "AB"}, 1)


ballots = st.dictionaries(st.integers(0, 11), st.frozensets(st.integers(0, 6), max_size=5), min_size=1, max_size=12)


@settings(deadline=None)
@given(ballots, st.integers(1, 5), st.sampled_from(["none", "phragmen", "approval"]))
def test_a_group_that_agrees_gets_its_part_of_any_selection(approvals, seats, completion):
    chosen = equal_shares(approvals, seats, items=range(7), completion=completion).chosen
    assert broken_promises(approvals, seats, chosen) == []
    assert len(chosen) <= seats
    assert completion == "none" or len(chosen) == seats


@settings(deadline=None)
@given(ballots, st.integers(1, 5), st.sampled_from(prioritising.COMPLETIONS))
def test_rough_counting_gives_what_exact_counting_gives(approvals, seats, completion):
    exact = equal_shares(approvals, seats, items=range(7), completion=completion)
    many = pytest.MonkeyPatch()
    with many.context() as patch:
        patch.setattr(prioritising, "EXACT_VOTERS", 0)
        rough = equal_shares(approvals, seats, items=range(7), completion=completion)
    assert rough.chosen == exact.chosen
    assert rough.ties == exact.ties
    assert [float(step.price or 0) for step in rough.steps] == pytest.approx(
        [float(step.price or 0) for step in exact.steps]
    )


@settings(deadline=None)
@given(ballots, st.integers(1, 4))
def test_an_independent_plain_reading_of_the_definition_agrees(approvals, seats):
    assert list(equal_shares(approvals, seats, items=range(7), completion="none").chosen) == plain(approvals, seats)


def plain(approvals, seats):
    """The definition in fractions, as slow as it is short."""
    left = dict.fromkeys(approvals, Fraction(seats, len(approvals)))
    chosen = []
    while len(chosen) < seats:
        offers = []
        for item in range(7):
            who = [voter for voter in approvals if item in approvals[voter]]
            if item in chosen or sum(left[voter] for voter in who) < 1:
                continue
            prices = [
                (1 - sum(left[voter] for voter in poor)) / (len(who) - len(poor))
                for number in range(len(who))
                for poor in combinations(sorted(who, key=lambda voter: left[voter])[:number], number)
            ]
            offers.append((max(prices), item))
        if not offers:
            break
        price, item = min(offers)
        chosen.append(item)
        for voter in approvals:
            if item in approvals[voter]:
                left[voter] -= min(price, left[voter])
    return chosen

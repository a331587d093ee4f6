"""Which ideas say nearly the same: on thirteen lists of ideas, and in small."""

import random
from itertools import combinations
from pathlib import Path

import pytest

from samenwijk.methods.similarity import MOST, likeness, parts_of, root, suggest_groups

EVENINGS = (Path(__file__).parent / "doubles.txt").read_text(encoding="utf-8").split("## ")[1:]


def ideas_and_doubles(evening):
    """(ideas by number, the pairs that mean nearly the same)."""
    ideas, doubles = {}, set()
    for block in evening.split("\n\n")[1:]:
        numbers = []
        for line in block.split("\n"):
            if line:
                numbers.append(len(ideas))
                ideas[len(ideas)] = line
        doubles |= set(combinations(numbers, 2))
    return ideas, doubles


def pairs(groups):
    return {tuple(sorted(pair)) for group in groups for pair in combinations(group, 2)}


BAR = 0.6


@pytest.mark.parametrize("evening", EVENINGS, ids=[evening.partition("\n")[0] for evening in EVENINGS])
def test_most_doubles_are_found_and_most_proposals_are_doubles(evening):
    ideas, doubles = ideas_and_doubles(evening)
    assert len(ideas) >= 45
    assert len(doubles) >= 15
    proposed = pairs(suggest_groups(ideas))
    right = len(proposed & doubles)
    assert right / len(doubles) >= BAR
    assert right / len(proposed) >= BAR


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("eenzame ouderen opzoeken", "eenzaamheid bij oudere bewoners", True),
        ("avond voor de wijk organiseren", "fruit voor de school organiseren", False),
        ("wandelclub voor ouderen", "senioren die samen wandelen", True),
        ("voorlichting over hitte", "voorlichting over vaccinatie", False),
        ("mantelzorgers een vrije middag geven", "mantelzorgrs een vrije midag geven", True),
        ("een open spreekuur van de wijkagent", "een spreekuur voor zwangere vrouwen", False),
        ("een eetclub organiseren", "een sportclub organiseren", False),
        ("vaders en zonen dag", "zwemdiploma voor kinderen uit arme gezinnen", False),
        ("kortere wachttijd bij de jeugdhulp", "wachttijden jeudghulp inkorten", True),
        ("weerbaarheidstraining voor pubers", "training weerbaarheid voor tieners", True),
        ("breiclub in de buurtkamer", "samen breien en haken", True),
        ("schoolplein opknappen", "een groter schoolplein", True),
    ],
)
def test_what_belongs_together_and_what_does_not(one, other, alike):
    others = {"c": "zebrapad bij de brug", "d": "koor voor mannen", "e": "laadpalen"}
    assert ({"a", "b"} in suggest_groups({"a": one, "b": other, **others})) is alike
    assert ({"a", "b"} in suggest_groups({"a": one, "b": other})) is alike


def test_who_said_that_two_differ_does_not_get_them_together_again():
    ideas = {1: "samen wandelen", 2: "een wandeling samen", 3: "wandelen", 4: "laadpalen"}
    assert suggest_groups(ideas) == [{1, 2, 3}]
    apart = suggest_groups(ideas, apart=[(3, 1), (1, 99)])
    assert len(apart) == 1
    assert not {1, 3} <= apart[0]
    assert suggest_groups(ideas, apart=[(1, 2), (2, 3), (1, 3)]) == []


def test_groups_are_disjoint_small_and_the_same_in_any_order():
    ideas, _doubles = ideas_and_doubles(EVENINGS[0])
    groups = suggest_groups(ideas)
    assert len(set().union(*groups)) == sum(map(len, groups))
    assert {len(group) for group in groups} <= set(range(2, MOST + 1))
    shuffled = list(ideas.items())
    random.Random(4).shuffle(shuffled)
    assert pairs(suggest_groups(dict(shuffled))) == pairs(groups)


def test_the_same_idea_ten_times_stays_a_group_of_a_few():
    groups = suggest_groups(dict.fromkeys(range(10), "samen koken in het buurthuis"))
    assert sorted(map(len, groups), reverse=True)[0] <= MOST


def test_likeness_is_a_share_that_counts_both_ways():
    table = likeness(["samen wandelen met ouderen", "ouderen wandelen", "", "!!", "laadpalen"])
    assert table.shape == (5, 5)
    assert ((table >= 0) & (table <= 1)).all()
    assert (table == table.T).all()
    assert table.diagonal().tolist() == [1] * 5
    assert table[0, 1] > 0.9
    assert table[2].tolist() == [0, 0, 1, 0, 0]


def test_nothing_gives_nothing_and_what_is_no_text_is_refused():
    assert suggest_groups({}) == []
    assert suggest_groups({1: "samen koken"}) == []
    assert suggest_groups({1: "", 2: "", 3: "de het een", 4: "📦", 5: "12 34"}) == []
    assert likeness([]).shape == (0, 0)
    with pytest.raises(ValueError, match="must be a text"):
        suggest_groups({1: "koken", 2: None})


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("wandelclub", ("wandel", "club")),
        ("moestuin", ("moes", "tuin")),
        ("buurtontbijt", ("buurt", "ontbijt")),
        ("lotgenotengroep", ("lotgenotengroep",)),
        ("fiets", ("fiets",)),
        ("zzzzzzzzzz", ("zzzzzzzzzz",)),
    ],
)
def test_compounds_fall_apart(word, parts):
    assert parts_of(word) == parts


def test_forms_of_a_word_share_a_root():
    for one, other in [
        ("huizen", "huis"),
        ("loopt", "lopen"),
        ("eenzame", "eenzaamheid"),
        ("tuintje", "tuinen"),
        ("brieven", "brief"),
    ]:
        assert root(one) == root(other)

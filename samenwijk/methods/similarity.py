"""Which short Dutch texts say nearly the same: likely doubles among the ideas of an evening, for people to judge.

Words become stems, compounds fall apart into their parts, words of a wijk that mean the same count as the same, and
4-grams of letters catch typing errors. See docs/methods/similarity.md.
"""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from itertools import combinations, permutations
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Id = TypeVar("Id", bound=Hashable)
Matrix = npt.NDArray[np.float64]

LIKELY = 0.28
"""From this likeness on two ideas are proposed."""
LIKELY_TOGETHER = 0.5
"""And from this on average likeness three or four."""
MOST = 4
"""So many ideas together at most: more is a theme, not a double."""
VAGUE, PEOPLE, TELLING = 0.25, 0.6, 1.0
WHOLE = 0.5
"""A compound of parts that say little ("schoolplein", "wijkteam") says this as a whole."""
OTHER_PEOPLE = 0.7
"""Likeness is multiplied by this when two ideas are for other people."""
PEOPLE_UNSAID = 0.95
"""And by this when only one of them says for whom it is."""
PLACE = 0.5
"""Where something is tells less than what it is."""
WHERE = frozenset(["in", "bij", "op", "naast", "langs", "door", "aan", "achter"])
ARTICLES = frozenset(["de", "het", "een"])
LEAST_WEIGHT = 1.0
"""A text that says less than one telling word is not made to say more."""
SHORTEST_PART, SHORTEST_COMPOUND = 3, 7
SAME_LETTERS = 0.5
"""Words that share this part of their 4-grams are somewhat alike."""
DOUBLE = re.compile(r"(a|e|o|u)\1")
LONG_WORD = 6
SLIP, FIRST_PART, SAME_BEGINNING = 0.9, 0.8, 0.6
BEGINNING, WHOLE_PART, COMMON = 4, 4, 6
SYNONYM = 0.85
ALONE = 0.7
"""What no other text says, nor anything like it, weighs less: everybody adds something of their own."""


@dataclass(frozen=True)
class Vocabulary:
    """The shipped words: parts of compounds, and what words of a wijk say."""

    parts: frozenset[str]
    skip: frozenset[str]
    vague: frozenset[str]
    people: frozenset[str]
    meaning: Mapping[str, str]

    def knows(self, word: str) -> bool:
        """Whether the whole word says something by itself, so that it need not fall apart."""
        return word in self.skip or word in self.meaning or root(word) in self.vague


@cache
def vocabulary() -> Vocabulary:
    """Reads the word lists, once and only when somebody asks."""
    folder = files("samenwijk.methods") / "words"
    groups: dict[str, list[list[str]]] = {"skip": [], "vague": [], "people": [], "alike": []}
    for line in (folder / "wijk.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, _colon, words = line.partition(": ")
            groups[kind].append(words.split())
    meaning: dict[str, str] = {}
    for alike in groups["alike"]:
        for word in alike:
            meaning.setdefault(word, alike[0])
    for word in list(meaning):
        meaning.setdefault(root(word), meaning[word])
    return Vocabulary(
        parts=frozenset((folder / "parts.txt").read_text(encoding="utf-8").split()),
        skip=frozenset(groups["skip"][0]),
        vague=frozenset(map(root, groups["vague"][0])),
        people=frozenset(meaning.get(word, root(word)) for word in groups["people"][0]),
        meaning=meaning,
    )


@cache
def _stemmer() -> Any:
    # Loads the stemmers of thirty languages: only when there is something to compare.
    import snowballstemmer

    return snowballstemmer.stemmer("dutch_porter")


@lru_cache(maxsize=20_000)
def root(word: str) -> str:
    """The stem of a Dutch word, with the spelling of the stem made even ("huizen" and "huis", "loopt" and "lopen")."""
    stem: str = _stemmer().stemWord(word)
    stem = stem.removesuffix("tj")
    if len(stem) > 4 and stem.endswith("t"):
        stem = stem[:-1]
    stem = re.sub(r"(aa|ee|oo|uu)(?=[^aeiou]*$)", lambda found: found[0][0], stem)
    return stem[:-1] + {"z": "s", "v": "f"}.get(stem[-1:], stem[-1:])


@lru_cache(maxsize=20_000)
def parts_of(word: str) -> tuple[str, ...]:
    """The parts of a compound, without the letters that link them; a word that is no compound is its own only part.

    The fewest parts win, and of those the split whose shortest part is longest.
    """
    known = vocabulary()
    if len(word) < SHORTEST_COMPOUND or known.knows(word):
        return (word,)
    return _split(word, known.parts, 3) or (word,)


def _split(word: str, parts: frozenset[str], most: int) -> tuple[str, ...] | None:
    best: tuple[str, ...] | None = None
    for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        head, tail = word[:at], word[at:]
        if head not in parts:
            continue
        for link in ("", "s", "en", "n"):
            if not tail.startswith(link):
                continue
            rest = tail[len(link) :]
            ending: tuple[str, ...] | None = (rest,) if rest in parts else None
            if ending is None and most > 2 and len(rest) >= SHORTEST_COMPOUND:
                ending = _split(rest, parts, most - 1)
            if ending and (best is None or _better((head, *ending), best)):
                best = (head, *ending)
    return best


def _better(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return (-len(one), min(map(len, one))) > (-len(other), min(map(len, other)))


@dataclass(frozen=True)
class Term:
    """What a word says: its meaning, in which words (by their roots), and how much that tells."""

    meaning: str
    weight: float
    people: bool
    roots: frozenset[str]


@dataclass(frozen=True)
class Word:
    """A word of a text, in small letters without accents: is it a name, does it say where something is?"""

    letters: str
    name: bool
    where: bool


def words_of(text: str) -> list[Word]:
    """The words of a text. A name has a capital inside the text; "in de bibliotheek" says where."""
    plain = unicodedata.normalize("NFKD", text)
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    found: list[Word] = []
    before = ("", "")
    for number, match in enumerate(re.findall(r"[A-Za-z]{2,}", letters)):
        word = match.lower()
        where = before[0] in WHERE and before[1] in ARTICLES
        found.append(Word(word, number > 0 and match[0].isupper() and match[1].islower(), where))
        before = (before[1], word)
    return found


@lru_cache(maxsize=20_000)
def terms_of(word: Word) -> tuple[Term, ...]:
    """What the parts of a word say. A name says as little as a vague word, a place half of what it says elsewhere."""
    known = vocabulary()
    if word.letters in known.skip:
        return ()
    parts = [part for part in parts_of(word.letters) if part not in known.skip]
    if word.name and not any(part in known.meaning for part in parts):
        name = root(word.letters)
        return (Term(name, VAGUE, False, frozenset([name])),)
    found: list[Term] = []
    telling = sum(root(part) not in known.vague for part in parts) or 1
    for part in parts:
        stem = root(part)
        meaning = known.meaning.get(part) or known.meaning.get(stem, stem)
        people = meaning in known.people
        vague = meaning == stem and stem in known.vague
        weight = PEOPLE if people else VAGUE if vague else TELLING / telling**0.5
        found.append(Term(meaning, weight * (PLACE if word.where else 1), people, frozenset([stem])))
    if len(parts) > 1 and all(term.people or term.weight <= VAGUE for term in found):
        whole = root(word.letters)
        found.append(Term(whole, WHOLE, False, frozenset([whole])))
    return tuple(found)


def _spoken(texts: list[str]) -> list[dict[str, Term]]:
    """What each text says, after spelling words as most of the texts spell them."""
    words = [words_of(text) for text in texts]
    right = _spelled({word.letters for one in words for word in one})
    return [_said([replace(word, letters=right.get(word.letters, word.letters)) for word in one]) for one in words]


def _said(words: list[Word]) -> dict[str, Term]:
    """What a text says, each meaning once with the most it weighs."""
    said: dict[str, Term] = {}
    for word in words:
        for term in terms_of(word):
            before = said.get(term.meaning, term)
            heavier = term if term.weight > before.weight else before
            said[term.meaning] = replace(heavier, roots=before.roots | term.roots)
    return said


def _spelled(words: set[str]) -> dict[str, str]:
    """Words that look misspelt -> the word among these that they are one letter away from."""
    known = vocabulary()
    odd = {word for word in words if len(word) >= LONG_WORD and not _is_known(word, known)}
    right: dict[str, str] = {}
    for word, other in _one_letter_apart(sorted(words)):
        for wrong, good in ((word, other), (other, word)):
            if wrong in odd and good not in odd:
                right[wrong] = good
    return right


def _is_known(word: str, known: Vocabulary) -> bool:
    return known.knows(word) or word in known.parts or root(word) in known.meaning or len(parts_of(word)) > 1


def _one_letter_apart(words: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs of long words that differ in one letter, left out, put in, changed or swapped with its neighbour."""
    by_rest: dict[str, list[str]] = {}
    for word in words:
        if len(word) >= LONG_WORD:
            for rest in {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}:
                by_rest.setdefault(rest, []).append(word)
    pairs = {pair for alike in by_rest.values() for pair in combinations(alike, 2)}
    return (pair for pair in sorted(pairs) if _is_a_slip(*pair))


def _is_a_slip(one: str, other: str) -> bool:
    """One letter more, or the same length with one place changed or two neighbours swapped."""
    if len(one) != len(other):
        return True
    wrong = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and one[wrong[0]] == other[wrong[1]]
    return len(wrong) == 1 or (swapped and one[wrong[1]] == other[wrong[0]])


def likeness(texts: list[str]) -> Matrix:
    """How alike each two texts are, 0 to 1, as a square table with ones on its diagonal.

    Of each text the share of its weight that the other says too, where a word that only looks alike or means the same
    counts partly; the harmonic mean of both shares. A word that many of the texts use weighs less, and so does one that
    no other text uses. Texts for other people are less alike; who is meant is never enough, and vague words alone
    neither.
    """
    spoken = _spoken(texts)
    meanings = {meaning: number for number, meaning in enumerate(dict.fromkeys(word for one in spoken for word in one))}
    if not meanings:
        return np.eye(len(texts))
    telling = {meaning for one in spoken for meaning, term in one.items() if term.weight > VAGUE}
    close = _close(list(meanings), telling)
    weights = np.zeros((len(texts), len(meanings)))
    people, tells = np.zeros(weights.shape, dtype=bool), np.zeros(weights.shape, dtype=bool)
    said = np.zeros(weights.shape)
    for row, one in enumerate(spoken):
        columns = [meanings[meaning] for meaning in one]
        weights[row, columns] = [term.weight for term in one.values()]
        people[row, columns] = [term.people for term in one.values()]
        tells[row, columns] = [term.meaning in telling and not term.people for term in one.values()]
        said[row] = close[columns].max(axis=0) if columns else 0
    used = np.maximum((weights > 0).sum(axis=0), 1)
    weights *= np.minimum(1, np.log1p(len(texts) / used) / np.log1p(len(texts) / 2))
    weights *= np.where((close > 0).astype(float) @ (weights > 0).sum(axis=0) > 1, 1, ALONE)
    weights /= np.maximum(weights.sum(axis=1, keepdims=True), LEAST_WEIGHT)
    covered = weights @ said.T - _in_other_words(spoken, meanings, weights)
    both = covered + covered.T
    score: Matrix = np.divide(2 * covered * covered.T, both, out=np.zeros_like(both), where=both > 0)
    named = np.asarray(people.any(axis=1))
    others = ~_both_say(people, people) & named[:, None] & named[None, :]
    score = np.where(others, score * OTHER_PEOPLE, score)
    score = np.where(named[:, None] != named[None, :], score * PEOPLE_UNSAID, score)
    what, anything = _both_say(tells, said), _both_say(~people & (weights > 0), said)
    score = np.where(what | (_both_say(people, people) & anything), score, 0)
    np.fill_diagonal(score, 1.0)
    return score


def _both_say(mine: npt.NDArray[np.bool_], said: Matrix | npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Of each two texts: whether both say something of these words that the other says too."""
    shared: npt.NDArray[np.bool_] = mine.astype(float) @ said.astype(float).T > 0
    return shared & shared.T


def _in_other_words(spoken: list[dict[str, Term]], columns: Mapping[str, int], weights: Matrix) -> Matrix:
    """What to take off where two texts say the same in different words: the very word tells more."""
    less = np.zeros((len(spoken), len(spoken)))
    for meaning, column in columns.items():
        saying = [(row, one[meaning]) for row, one in enumerate(spoken) if meaning in one]
        for (row, term), (other, too) in permutations(saying, 2):
            if not term.people and not term.roots & too.roots:
                less[row, other] += (1 - SYNONYM) * weights[row, column]
    return less


def _close(meanings: list[str], telling: AbstractSet[str]) -> Matrix:
    """1 for the same meaning; for others what they share in 4-grams of letters, when that is enough to see.

    A telling word at the beginning of a longer one is the first part of a compound; two words that begin with the same
    six letters share one too; and one letter may be a slip.
    """
    grams = [{f" {word} "[at : at + 4] for at in range(max(1, len(word) - 1))} for word in meanings]
    number = {gram: column for column, gram in enumerate(sorted(set().union(*grams)))}
    table = np.zeros((len(meanings), len(number)), dtype=np.float32)
    for row, one in enumerate(grams):
        table[row, [number[gram] for gram in one]] = 1
    sizes = table.sum(axis=1)
    shared: Matrix = 2 * (table @ table.T).astype(float) / (sizes[:, None] + sizes[None, :])
    shared[shared < SAME_LETTERS] = 0
    even = {DOUBLE.sub(r"\1", meaning): row for row, meaning in enumerate(meanings) if meaning in telling}
    alike = [(word, other, SLIP) for word, other in _one_letter_apart(sorted(even))]
    alike += _same_beginning(sorted(even))
    for word, other, share in alike:
        for row, column in ((even[word], even[other]), (even[other], even[word])):
            shared[row, column] = max(shared[row, column], share)
    np.fill_diagonal(shared, 1)
    return shared


def _same_beginning(words: list[str]) -> Iterator[tuple[str, str, float]]:
    """Of words in the order of the alphabet: those that begin with another, or with the same letters."""
    for number, one in enumerate(words):
        for other in words[number + 1 :]:
            if not other.startswith(one[:BEGINNING]) or len(one) < WHOLE_PART:
                break
            if other.startswith(one):
                yield one, other, FIRST_PART
            elif other[:COMMON] == one[:COMMON] and len(one) >= COMMON:
                yield one, other, SAME_BEGINNING


def suggest_groups(
    ideas: Mapping[Id, str], *, likely: float = LIKELY, apart: Iterable[tuple[Id, Id]] = ()
) -> list[set[Id]]:
    """Likely doubles: disjoint sets of two to ``MOST`` ideas, the most alike first; ideas without a match are absent.

    ``ideas`` maps ids to short Dutch texts. Groups grow from the likest pair; one more idea joins when it is, on
    average, likely with all that are in. A proposal: people decide. The same ideas in the same order give the same
    groups. The pairs in ``apart`` are never in one group: somebody said that they differ. Raises ``ValueError`` when an
    idea is not a text.
    """
    if any(not isinstance(text, str) for text in ideas.values()):
        raise ValueError("every idea must be a text")
    ids = list(ideas)
    if len(ids) < 2:
        return []
    alike = likeness(list(ideas.values()))
    at = {one: row for row, one in enumerate(ids)}
    for one, other in apart:
        if one in at and other in at:
            alike[at[one], at[other]] = alike[at[other], at[one]] = -np.inf
    groups = _grown(alike, likely)
    return [{ids[row] for row in group} for group in groups]


def _grown(alike: Matrix, likely: float) -> list[list[int]]:
    """Groups by average likeness: the two groups that are most alike go together, as long as they are likely."""
    rows, columns = np.where(np.triu(alike, 1) >= likely)
    home = {row: [row] for row in sorted({*rows.tolist(), *columns.tolist()})}
    links = sorted(zip((-alike[rows, columns]).tolist(), rows.tolist(), columns.tolist(), strict=True))
    for _score, row, column in links:
        one, other = home[row], home[column]
        if one is other or len(one) + len(other) > MOST:
            continue
        least = likely if len(one) + len(other) == 2 else max(likely, LIKELY_TOGETHER)
        if alike[np.ix_(one, other)].mean() >= least:
            one += other
            for member in other:
                home[member] = one
    found = {id(group): group for group in home.values() if len(group) > 1}
    return sorted(found.values(), key=lambda group: -float(alike[np.ix_(group, group)].mean()))

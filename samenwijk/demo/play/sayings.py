"""What the simulated people write. Every text is given out once, so that a text that comes back twice is a fault."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import count, product

DOING = (
    "Samen koken",
    "Elke week wandelen",
    "Een open spreekuur",
    "Een belrondje",
    "Een buurtlunch",
    "Een kaartje met namen",
)
WITH = (
    "met mensen die alleen wonen",
    "met mantelzorgers",
    "voor jonge ouders",
    "bij de apotheek",
    "in de huiskamer van de flat",
    "met de school",
    "voor wie krap zit",
    "bij het gezondheidscentrum",
)
WHY = ("Dan kent iedereen elkaar.", "We beginnen klein.", "De ruimte is er al.", "Een vrijwilliger helpt mee.", "")
DREAMS = (
    "Niemand in onze straat is ongewild alleen.",
    "Wie zorgt voor een ander, staat er niet alleen voor.",
    "Gezond eten is gewoon, ook met weinig geld.",
    "Je weet altijd wie je kunt bellen.",
    "Kinderen spelen weer buiten.",
    "Ouderen blijven meedoen.",
    "De dokter en het wijkteam kennen elkaar bij naam.",
    "Praten over geldzorgen is normaal.",
)
LINES = (
    "Dit zie ik ook.",
    "In mijn straat is het anders.",
    "Ik mis de jongeren.",
    "Dit is hoger dan ik dacht.",
    "Dat herken ik niet.",
)
CALL_FOR = (
    "een luisterend oor",
    "vragen over geld",
    "samen wandelen",
    "overleg tussen de middag",
    "een klus in huis",
    "de weg vinden",
)
STEPS = (
    "Ik bel de wijkraad",
    "Ik vraag een zaal aan",
    "Ik nodig drie mensen uit",
    "Ik schrijf een stukje voor de krant",
    "Ik maak een lijst",
)
TOMORROW = (
    "Ik bel mijn buurvrouw.",
    "Ik loop langs bij de apotheek.",
    "Ik deel het nummer van Ans.",
    "Ik zeg ja tegen koffie.",
)
QUOTES = ("Eindelijk weet ik wie ik kan bellen.", "Ik ga met energie naar huis.", "Zo leer je elkaar echt kennen.")


class Sayings:
    """Texts in a random but repeatable order, each once; when they run out, with a number."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - a play, not a secret
        self._piles: dict[str, Iterator[str]] = {}

    def one(self, pile: str) -> str:
        if pile not in self._piles:
            self._piles[pile] = self._shuffled(pile)
        return next(self._piles[pile])

    def _shuffled(self, pile: str) -> Iterator[str]:
        texts = list(self._all(pile))
        self._random.shuffle(texts)
        for round_ in count(1):
            for text in texts:
                yield text if round_ == 1 else f"{text} ({round_})"

    @staticmethod
    def _all(pile: str) -> Iterator[str]:
        if pile == "idea":
            return (f"{doing} {who}" for doing, who in product(DOING, WITH))
        piles = {"dream": DREAMS, "line": LINES, "call": CALL_FOR, "step": STEPS, "tomorrow": TOMORROW, "quote": QUOTES}
        return iter(piles[pile])

    def why(self) -> str:
        return self._random.choice(WHY)

"""What all players share: the server, the pace, the texts, the ledger and the moment to stop."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass, field

from samenwijk.demo.play.browser import Browser
from samenwijk.demo.play.ledger import Ledger
from samenwijk.demo.play.sayings import Sayings
from samenwijk.demo.play.weather import BadLine, Weather


@dataclass
class Stage:
    """`speed` 60 plays an hour in a minute; `way` is how the room chooses among ideas. Seeded: the same players do the
    same things, as far as the room allows."""

    base: str
    speed: float
    seed: int
    people: int
    over: threading.Event = field(default_factory=threading.Event)
    ledger: Ledger = field(default_factory=Ledger)
    weather: Weather = field(default_factory=Weather)
    way: str = "dots"

    def __post_init__(self) -> None:
        self.sayings = Sayings(self.seed)
        self._gate = threading.Lock()

    def say(self, pile: str) -> str:
        with self._gate:
            return self.sayings.one(pile)

    def why(self) -> str:
        with self._gate:
            return self.sayings.why()

    def chance(self, who: str) -> random.Random:
        """A source of chance for one player."""
        return random.Random(f"{self.seed}:{who}")  # noqa: S311 - a play, not a secret

    def phone(self, who: str) -> Browser:
        """The browser of one participant; on a line as bad as the weather."""
        return BadLine(self.base, self.weather, self.chance(f"{who}-line")) if self.weather.drop else Browser(self.base)

    def wait(self, seconds: float) -> bool:
        """Waits so many seconds of the evening; True when the play is over."""
        return self.over.wait(seconds / self.speed)

"""Bad weather for a play: answers that get lost, phones that vanish and return, and one phone that misbehaves."""

from __future__ import annotations

import http.client
import random
import threading
import time
from dataclasses import dataclass, field
from itertools import pairwise

from samenwijk.demo.play.browser import REDIRECTS, Browser

SLEEPS_ONCE_IN = 8
SLEEP = (20, 240)
"""Seconds of the evening that a phone is away."""
FLOOD = 40
"""Sendings of the phone that misbehaves, one right after the other, each time it is asked something."""
TEN_SECONDS, TOO_MUCH = 10.0, 30


@dataclass
class Weather:
    """What is wrong in this room. `drop` is the share of answers that is lost on the way."""

    drop: float = 0.0
    sleep: bool = False
    flood: bool = False
    lost: int = 0
    slept: int = 0
    slowed: dict[str, int] = field(default_factory=dict)
    sent_by_the_flood: int = 0
    _times: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._gate = threading.Lock()

    @property
    def is_bad(self) -> bool:
        return bool(self.drop or self.sleep or self.flood)

    def was_lost(self) -> None:
        with self._gate:
            self.lost += 1

    def fell_asleep(self) -> None:
        with self._gate:
            self.slept += 1

    def was_slowed(self, who: str) -> None:
        with self._gate:
            self.slowed[who] = self.slowed.get(who, 0) + 1

    def flooded(self) -> None:
        with self._gate:
            self.sent_by_the_flood += 1
            self._times.append(time.monotonic())

    def really_flooded(self) -> bool:
        """Whether so much came in ten seconds as the server should slow down; a slow machine may prevent it."""
        return any(last - first < TEN_SECONDS for first, last in pairwise(self._times[::TOO_MUCH]))

    def faults(self, misbehaving: str) -> list[str]:
        """One phone that misbehaves is slowed down, and nobody else is."""
        others = {who: times for who, times in self.slowed.items() if who != misbehaving}
        found = [f"afgeremd zonder reden: {who}, {times} keer" for who, times in sorted(others.items())]
        if self.really_flooded() and not self.slowed.get(misbehaving):
            found.append(f"{misbehaving} stuurde {self.sent_by_the_flood} keer en werd niet afgeremd")
        return found


class BadLine(Browser):
    """A browser that loses what was asked, or the answer, and asks again with the same key until it is answered."""

    def __init__(self, base: str, weather: Weather, chance: random.Random) -> None:
        super().__init__(base)
        self.weather, self.chance = weather, chance

    def _send(self, method: str, url: str, content: str | None) -> tuple[http.client.HTTPResponse, bytes]:
        if method == "POST":
            self.taken_unheard = False
        while self.chance.random() < self.weather.drop:
            self.weather.was_lost()
            if self.chance.random() < 0.5:
                answer, _body = self._unheard(method, url, content)  # it arrived; the phone never hears so
                self.taken_unheard |= method == "POST" and answer.status in REDIRECTS
                self.close()
            time.sleep(self.chance.uniform(0.01, 0.05))
        return super()._send(method, url, content)


def queued(values: list[tuple[str, str]], since: float) -> list[tuple[str, str]]:
    """What the outbox of a phone sends later: with how many milliseconds it waited there."""
    return [*values, ("queued", "1"), ("age", str(int((time.monotonic() - since) * 1000)))]

"""The participant that misbehaves: answers one question forty times in a row, without looking up."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterable

from samenwijk.demo.play import ballots
from samenwijk.demo.play.browser import Form
from samenwijk.demo.play.guest import Guest
from samenwijk.demo.play.ledger import Sent
from samenwijk.demo.play.weather import FLOOD

CALM, TRIES = 11.0, 3
"""Seconds after which the server takes this phone again."""

Sending = tuple[list[tuple[str, str]], Callable[[], None]]
"""What is sent, and what is noted when it was taken."""


class Flooder(Guest):
    """Sends its line and its dots over and over, each with a key of its own: the last one that was kept counts."""

    def _line(self, step: str, take: str, form: Form) -> bool:
        if not self.once(step, take):
            return False
        self._all_at_once(form, (self._one_line(step, take, form, turn) for turn in range(FLOOD)))
        return True

    def _one_line(self, step: str, take: str, form: Form, turn: int) -> Sending:
        text, key = f"{self.stage.say('line')} {turn}", str(uuid.uuid4())
        entry = Sent(take, key, text, (self.author, step, take))
        return form.filled(text=text, key=key), lambda: self.stage.ledger.sent(entry)

    def answer_dots(self, step: str, form: Form) -> bool:
        options = ballots.offered(form)
        if not options or not self.once(step, "dots"):
            return False
        self._all_at_once(form, (self._one_ballot(step, form, options[turn % len(options)]) for turn in range(FLOOD)))
        return True

    def _one_ballot(self, step: str, form: Form, option: str) -> Sending:
        chosen = {option: 1}
        values = ballots.filled(form, chosen, key=str(uuid.uuid4()))
        return values, lambda: self.stage.ledger.ballot(step, self.author, chosen)

    def _all_at_once(self, form: Form, sendings: Iterable[Sending]) -> None:
        """Sends without thinking. Of the last that was taken while its answer got lost, it asks again when it may."""
        unsure: Sending | None = None
        for values, note in sendings:
            if self._taken(form, values):
                note()
                unsure = None
            elif self.browser.taken_unheard:
                unsure = values, note
        for _try in range(TRIES if unsure else 0):
            # Also when the evening is over meanwhile: the server is not calmer for that.
            time.sleep(CALM)
            assert unsure
            if self._taken(form, unsure[0]):
                unsure[1]()
                return

    def _taken(self, form: Form, values: list[tuple[str, str]]) -> bool:
        self.stage.weather.flooded()
        page = self.browser.submit(form, values)
        if page.status == 429:
            self.stage.weather.was_slowed(self.name)
        if page.status not in (200, 422, 429):
            self.stage.ledger.fault(f"{self.name}: {page.status} op {form.action}")
        return page.status == 200 and not self.came_late(page)

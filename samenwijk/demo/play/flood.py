"""The participant that misbehaves: answers one question forty times in a row, without looking up."""

from __future__ import annotations

import uuid

from samenwijk.demo.play import ballots
from samenwijk.demo.play.browser import Form
from samenwijk.demo.play.guest import Guest
from samenwijk.demo.play.ledger import Sent
from samenwijk.demo.play.weather import FLOOD


class Flooder(Guest):
    """Sends its line and its dots over and over, each with a key of its own: the last one that was kept counts."""

    def _line(self, step: str, take: str, form: Form) -> bool:
        if not self.once(step, take):
            return False
        for turn in range(FLOOD):
            text, key = f"{self.stage.say('line')} {turn}", str(uuid.uuid4())
            if self._at_once(form, form.filled(text=text, key=key)):
                self.stage.ledger.sent(Sent(take, key, text, (self.author, step, take)))
        return True

    def answer_dots(self, step: str, form: Form) -> bool:
        options = ballots.offered(form)
        if not options or not self.once(step, "dots"):
            return False
        for turn in range(FLOOD):
            chosen = {options[turn % len(options)]: 1}
            if self._at_once(form, ballots.filled(form, chosen, key=str(uuid.uuid4()))):
                self.stage.ledger.ballot(step, self.author, chosen)
        return True

    def _at_once(self, form: Form, values: list[tuple[str, str]]) -> bool:
        """Sends without thinking; whether it was kept."""
        self.stage.weather.flooded()
        page = self.browser.submit(form, values)
        if page.status == 429:
            self.stage.weather.was_slowed(self.name)
        if page.status not in (200, 422, 429):
            self.stage.ledger.fault(f"{self.name}: {page.status} op {form.action}")
        # What was taken, unheard, stays taken when the phone asks again too fast.
        kept = page.status == 200 or (page.status == 429 and self.browser.taken_unheard)
        return kept and not self.came_late(page)

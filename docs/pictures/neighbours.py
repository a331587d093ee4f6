"""The people on the pictures: each with an own small browser, doing what the pages let them do."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from samenwijk.demo.cast import Card
from samenwijk.demo.play.browser import Browser, Form, Page

OPTION = re.compile(r'name="options"[^>]*?value="([0-9a-f-]{36})"(.*?)(?=name="options"|</form>)', re.DOTALL)
TABLE = re.compile(r'task-header__where">\s*Tafel (\d+)')


class Neighbour:
    """Somebody with a phone. `send("idea", title=...)` fills in the form of that name and presses its button."""

    def __init__(self, base: str, card: Card) -> None:
        self.card = card
        self.browser = Browser(base)
        self.home = ""

    def join(self, door: str) -> None:
        page = self.browser.get(door)
        form = next(form for form in page.forms if form.has("first_name"))
        card = self.card
        values = form.filled(first_name=card.first_name, discipline=card.discipline, organisation=card.organisation)
        self.home = urlsplit(self.browser.submit(form, values).url).path

    def look(self, part: str = "") -> Page:
        return self.browser.get(self.home + (f"?deel={part}" if part else ""))

    def table(self) -> int:
        found = TABLE.search(self.look().text)
        return int(found[1]) if found else 0

    def theme(self, titles: list[str]) -> str:
        """What this neighbour's table talks about."""
        text = self.look().text.split("<h1", 1)[0]
        return next((title for title in titles if title in text), "")

    def send(self, take: str, part: str = "", **values: str | list[str] | None) -> bool:
        """Sends the first form of that name; False where the phone shows none."""
        form = self.look(part).form(f"/{take}/")
        return form is not None and self.submit(form, **values)

    def submit(self, form: Form, **values: str | list[str] | None) -> bool:
        page = self.browser.submit(form, form.filled(**values))
        if page.status != 200:
            raise LookupError(f"{self.card.first_name}: {page.status} on {form.action}")
        return True

    def take_the_pen(self) -> bool:
        form = self.look().form("/schrijven/")
        return form is not None and self.submit(form)

    def vote(self, wishes: list[str]) -> bool:
        """Puts a dot on each of these titles."""
        page = self.look()
        form = page.form("/dots/")
        values = {title: value for value, after in OPTION.findall(page.text) for title in wishes if title in after}
        return form is not None and self.submit(form, options=list(values.values()))


def shares(weights: dict[str, int], voters: int, each: int) -> list[list[str]]:
    """Divides the dots of so many voters over titles by weight, no voter twice on one; the same every time."""
    given = dict.fromkeys(weights, 0)
    ballots = []
    for _voter in range(voters):
        wanting = sorted(weights, key=lambda title: (given[title] / weights[title], -weights[title], title))
        ballots.append(wanting[:each])
        for title in wanting[:each]:
            given[title] += 1
    return ballots


def level(ballots: list[list[str]], pair: tuple[str, str]) -> None:
    """Takes dots away until two titles have as many: a tie for the room to settle."""
    first, second = (sum(title in ballot for ballot in ballots) for title in pair)
    most = pair[0] if first > second else pair[1]
    for ballot in [ballot for ballot in ballots if most in ballot][: abs(first - second)]:
        ballot.remove(most)

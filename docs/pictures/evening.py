"""The evening of the pictures: who does what, in which order. Moments are photographed in `moments.py`."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from docs.pictures import sayings
from docs.pictures.neighbours import Neighbour, level, shares
from samenwijk.demo.cast import PARTICIPANTS, RESIDENT, Card
from samenwijk.demo.play.browser import Browser, Form
from samenwijk.demo.play.evening import enter
from samenwijk.demo.play.leader import Leader

ON_PAPER = {"Greet", "Tineke"}
IDEA = re.compile(r'name="ideas"[^>]*?value="([0-9a-f-]{36})"(.*?)(?=name="ideas"|</form>)', re.DOTALL)


class Room:
    """The console, pressed over HTTP, and everybody in the room but the one whose phone is on the pictures."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.browser = Browser(base)
        self.console = enter(self.browser, "begeleider")
        self.door = enter(Browser(base), "deelnemer")
        self.screen = enter(Browser(base), "scherm")
        self.others = [Neighbour(base, card) for card in PARTICIPANTS if self.has_a_phone(card)]

    @staticmethod
    def has_a_phone(card: Card) -> bool:
        return card != RESIDENT and card.first_name not in ON_PAPER

    # The facilitator

    def press(self, ending: str) -> None:
        form = self.browser.get(self.console).form(ending)
        if form is None:
            raise LookupError(f"the console has no button for {ending}")
        self.browser.submit(form)

    def act(self, name: str, **values: str | list[str] | None) -> bool:
        form = self.act_form(name)
        if form is not None:
            self.browser.submit(form, form.filled(**values))
        return form is not None

    def act_form(self, name: str) -> Form | None:
        return Leader.act_form(self.browser.get(self.console), name)

    def go_on(self) -> None:
        self.press("/verder/")

    def talked(self) -> None:
        if self.browser.get(self.console).form("/praten-klaar/"):
            self.press("/praten-klaar/")

    def add_on_paper(self) -> None:
        for card in (card for card in PARTICIPANTS if card.first_name in ON_PAPER):
            page = self.browser.get(self.console + "mensen/")
            form = next(form for form in page.forms if form.has("first_name"))
            self.browser.submit(form, form.filled(first_name=card.first_name, discipline=card.discipline))

    def settle(self) -> None:
        """The room decides every tie: the first goes on."""
        for _tie in range(9):
            page = self.browser.get(self.console)
            form = Leader.act_form(page, "settle")
            if form is None or 'id="gelijk"' not in page.text:
                return
            self.browser.submit(form, form.filled(options=form.choices("options")[:1]))

    def ideas(self) -> dict[str, str]:
        """Every idea on the board: its title and its number."""
        text = self.browser.get(self.console + "samenvoegen/").text
        titles = [title for theme in sayings.IDEAS.values() for title, _what, _weight in theme]
        return {title: value for value, after in IDEA.findall(text) for title in titles if title in after}

    def unsaid(self, theme: str) -> list[tuple[str, str, int]]:
        """The ideas for a theme that no table wrote down yet."""
        said = self.ideas()
        return [idea for idea in sayings.IDEAS[theme] if idea[0] not in said][:3]

    def table_on_paper(self) -> str:
        """The number of a table where somebody takes part on paper."""
        people = self.browser.get(self.console + "mensen/").text
        tables = re.split(r'id="tafel-(\d+)"', people)
        numbered = zip(tables[1::2], tables[2::2], strict=True)
        return next(number for number, text in numbered if any(name in text for name in ON_PAPER))

    # Everybody

    def come_in(self, first: int, last: int | None = None) -> None:
        for one in self.others[first:last]:
            one.join(self.door)

    def share_cards(self) -> None:
        for one in self.others:
            one.send("card", call_me_for=one.card.call_me_for, phone=one.card.phone, shares_card="on")

    def recognise(self) -> None:
        for number, one in enumerate(self.others[:34]):
            answer = (0, 0, 0, 1, 0, 2)[number % 6]
            form = one.look().form("/recognise/")
            if form is not None:
                text = sayings.LINES[number // 12] if number % 12 == 0 else ""
                one.submit(form, value=form.choices("value")[answer], text=text)

    def choose_themes(self) -> None:
        ballots = shares(sayings.THEMES, len(self.others), 3)
        for one, wishes in zip(self.others, ballots, strict=True):
            one.vote(wishes)

    def dream_and_think(self, skip: int) -> None:
        """One phone writes for each table; the table of the pictures (`skip`) writes later, before our eyes."""
        told: dict[str, int] = {}
        for number, one in sorted({one.table(): one for one in reversed(self.others)}.items()):
            if number in (0, skip):
                continue
            one.take_the_pen()
            theme = one.theme(list(sayings.DREAMS))
            turn = told.get(theme, 0)
            if turn < len(sayings.DREAMS[theme]):
                one.send("dream", text=sayings.DREAMS[theme][turn])
            for title, what, _weight in sayings.IDEAS[theme][3 * turn : 3 * turn + 3]:
                one.send("idea", title=title, what=what)
            told[theme] = turn + 1

    def choose_ideas(self) -> None:
        """Everybody's dots, as `sayings.IDEAS` divides them over what is still on the board."""
        weights = {title: weight for theme in sayings.IDEAS.values() for title, _what, weight in theme}
        weights = {title: weight for title, weight in weights.items() if title not in sayings.MERGED}
        weights[sayings.MERGED[2]] = 10
        on_the_board = self.others[0].look().text
        ballots = shares({title: weights[title] for title in weights if title in on_the_board}, len(self.others), 3)
        level(ballots, sayings.TIED)
        for one, wishes in zip(self.others, ballots, strict=True):
            one.vote(wishes)

    def pull(self, number: int) -> int:
        """So many people say yes to an idea, each to one; how many did."""
        pulled = 0
        for one in self.others:
            free = re.findall(r'[?]deel=own&amp;idea=([0-9a-f-]{36})"', one.look().text)
            if pulled == number or not free:
                break
            step = sayings.STEPS[(pulled + 1) % len(sayings.STEPS)]
            address = one.card.email if pulled % 2 else ""
            values = {"first_step": step, "due": "2030-03-01", "email": address, "phone": one.card.phone}
            pulled += one.send("own", f"own&idea={free[0]}", **values)
        return pulled

    def help_out(self, every: int) -> None:
        for one in self.others[::every]:
            form = one.look().form("/help/")
            if form is not None:
                one.submit(form)

    def say_goodbye(self) -> None:
        for number, one in enumerate(self.others[:36]):
            form = one.look("statements").form("/statements/")
            if form is not None:
                names = dict.fromkeys(each.name for each in form.fields if each.kind == "radio")
                one.submit(form, **{name: form.choices(name)[doubt(number, at)] for at, name in enumerate(names)})
        for one, text in zip(self.others, sayings.OTHERS_TOMORROW, strict=False):
            one.send("tomorrow", "tomorrow", text=text, released="on")
        for one, text in zip(self.others[5:], sayings.QUOTES, strict=False):
            one.send("quote", "quote", text=text, released="on")

    def carry_the_follow_up(self) -> None:
        self.others[0].send("follow_up", "follow_up", phone=self.others[0].card.phone, email=self.others[0].card.email)

    def path(self, rest: str = "") -> str:
        return self.base + urlsplit(self.console).path + rest


def doubt(number: int, at: int) -> int:
    """Most agree with a statement, a few do in part, hardly anybody does not."""
    if (number + 3 * at) % 19 == 0:
        return 2
    return 1 if (number + at) % 4 == 0 else 0

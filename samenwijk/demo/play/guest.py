"""One simulated participant: joins, looks at the phone now and then, and answers what is asked."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

from samenwijk.demo.cast import Card
from samenwijk.demo.play import ballots, tables
from samenwijk.demo.play.browser import Form, Offline, Page
from samenwijk.demo.play.ledger import Sent, statement_keys
from samenwijk.demo.play.stage import Stage
from samenwijk.demo.play.weather import SLEEP, SLEEPS_ONCE_IN, queued

STEP = re.compile(r"/stap/([0-9a-f-]{36})/([a-z_]+)/$")
TAKE_ON = re.compile(r'href="[^"?]*(\?deel=own&amp;idea=[0-9a-f-]{36})"')
RETURN_CODE = re.compile(r'class="code__group">([A-Z0-9]{3})<')
TABLE = re.compile(r'task-header__where">\s*(Tafel \d+)')
ROUND = re.compile(r'class="new-table"><span>Ronde (\d+): jij zit aan</span> <strong>Tafel (\d+)<')
LATE = "Te laat:"
NOT_AN_ANSWER = {"take_back", "give_back", "reword", "withdraw", "no_help"}
OFFERS, NOTES = 3, 2
LOOKS_ANYHOW = 10
"""Seconds after which a guest looks at the page again, whatever was told: people wake their phones now and then."""
QUICK, SLOW = 8, 60
"""Seconds of the evening between seeing something and answering it."""


class Guest(threading.Thread):
    """Acts through pages and forms only. What was answered well goes into the ledger."""

    def __init__(self, stage: Stage, card: Card, number: int, door: str) -> None:
        super().__init__(name=f"guest-{number}", daemon=True)
        self.stage, self.card, self.number, self.door = stage, card, number, door
        self.chance = stage.chance(f"guest-{number}")
        self.browser = stage.phone(f"guest-{number}")
        self.done: set[tuple[str, ...]] = set()
        self.home = self.key = ""
        self.author = f"guest-{number}"
        self.table = ""
        self.offers = 0
        self.times: list[float] = []

    def run(self) -> None:
        try:
            self.stage.wait(self.chance.uniform(0, 600 if self.chance.random() < 0.9 else 2400))
            self.join_the_evening()
            while not self.stage.over.is_set():
                self.look_and_answer()
        except Offline as error:
            if not self.stage.over.is_set():
                self.stage.ledger.fault(f"{self.name}: geen antwoord van de server ({error})")
        except Exception as error:
            self.stage.ledger.fault(f"{self.name}: {type(error).__name__}: {error}")
        finally:
            self.browser.close()

    def join_the_evening(self) -> None:
        page = self.browser.get(self.door)
        form = next((form for form in page.forms if form.has("first_name")), None)
        if form is None:
            raise LookupError(f"geen formulier om mee te doen ({page.status})")
        filled = form.filled(
            first_name=self.card.first_name, discipline=self.card.discipline, organisation=self.card.organisation
        )
        page = self.browser.submit(form, filled)
        if page.status != 200:
            raise LookupError(f"meedoen lukte niet ({page.status})")
        self.home = urlsplit(page.url).path
        self.key = form.value("key")
        self.stage.ledger.sent(Sent("participant", self.key, self.card.organisation))

    def look_and_answer(self) -> None:
        began = time.monotonic()
        page = self.browser.get(self.home)
        self.times.append(time.monotonic() - began)
        if page.status != 200:
            self.stage.ledger.fault(f"{self.name}: {page.status} op {self.home}")
            self.stage.wait(60)
            return
        self.table = "".join(TABLE.findall(page.text)[:1])
        if new_table := ROUND.search(page.text):
            self.stage.ledger.sat(self.key, *new_table.groups())
        if not self.answer_something(page):
            self.wander(page)
            self.listen(page)

    def answer_something(self, page: Page) -> bool:
        """Answers the first thing on the page that this guest has not answered yet; whether there was one."""
        for form in [*page.forms]:
            found = STEP.search(urlsplit(form.action).path)
            if found is None or found[2] in NOT_AN_ANSWER:
                continue
            own: Callable[[str, Form], bool] | None = getattr(self, f"answer_{found[2]}", None)
            answer = own or partial(self.fill_in, found[2])
            if answer(found[1], form):
                return True
        if self.write_for_the_table(page) or tables.says_whom_they_know(self, page):
            return True
        return self.take_something_on(page) or self.carry_the_follow_up(page)

    def once(self, *what: str) -> bool:
        """True the first time."""
        first = what not in self.done
        self.done.add(what)
        return first

    def send(self, form: Form, values: list[tuple[str, str]]) -> tuple[bool, Page]:
        """Thinks, sends, and says whether it was kept."""
        self.stage.wait(self.chance.uniform(QUICK, SLOW))
        pressed = time.monotonic()
        if self.falls_asleep():
            values = queued(values, pressed)
        page = self.browser.submit(form, values)
        if page.status == 429:
            self.stage.weather.was_slowed(self.name)
        if page.status in (422, 429, 409, 404):
            self.stage.ledger.was_refused()
            return False, page
        if page.status != 200:
            self.stage.ledger.fault(f"{self.name}: {page.status} op {urlsplit(form.action).path}")
            return False, page
        return not self.came_late(page), page

    def came_late(self, page: Page) -> bool:
        late = LATE in page.text
        if late:
            self.stage.ledger.came_late()
        return late

    def falls_asleep(self) -> bool:
        """The screen goes dark with something unsent, and comes back later."""
        if not self.stage.weather.sleep or self.chance.randrange(SLEEPS_ONCE_IN):
            return False
        self.stage.weather.fell_asleep()
        self.browser.close()
        self.stage.wait(self.chance.uniform(*SLEEP))
        return True

    # What a phone can ask

    def answer_answer(self, step: str, form: Form) -> bool:
        return self._line(step, "answer", form)

    def _line(self, step: str, take: str, form: Form) -> bool:
        if not self.once(step, take):
            return False
        text = self.stage.say("line")
        kept, _page = self.send(form, form.filled(text=text))
        if kept:
            self.stage.ledger.sent(Sent(take, form.value("key"), text, (self.author, step, take)))
        return True

    def fill_in(self, take: str, step: str, form: Form) -> bool:
        """Whatever else a sheet asks: a line in the first field, one pile, and now and then the other fields."""
        asked = [one.name for one in form.fields if one.kind in ("text", "textarea")]
        mine = [one for one in self.done if one[:2] == (step, take)]
        if not asked or len(mine) >= NOTES:
            return False
        self.once(step, take, form.value("key"))
        text = self.stage.say("line")
        rest = {name: self.stage.say("line") for name in asked[1:]}
        piles = {name: self.chance.choice(form.choices(name)) for name in ("about",) if form.has(name)}
        kept, _page = self.send(form, form.filled(**{asked[0]: text, **rest, **piles}))
        if kept:
            private = form.has("released")
            slot = (self.table, step, take, form.value("seed")) if form.has("seed") else ()
            self.stage.ledger.sent(Sent(take, form.value("key"), text, slot, exported=not private))
        return True

    def answer_confirm(self, step: str, form: Form) -> bool:
        if not self.once(step, "confirm"):
            return False
        self.send(form, form.filled())
        return True

    def answer_scale(self, step: str, form: Form) -> bool:
        if not self.once(step, "scale"):
            return False
        kept, _page = self.send(form, form.filled(value=self.chance.choice(form.choices("value"))))
        if kept:
            # What is only counted must never be found by its key.
            slot = (self.author, step, "scale")
            self.stage.ledger.sent(Sent("scale", form.value("key"), "", slot, exported=False))
        return True

    def answer_begin(self, step: str, form: Form) -> bool:
        if not form.choices("tip") or not self.once(step, "begin"):
            return False
        kept, _page = self.send(form, form.filled(tip=self.chance.choice(form.choices("tip"))))
        if kept:
            self.stage.ledger.sent(Sent("begin", form.value("key"), "", (self.author, step, "begin"), exported=False))
        return True

    def answer_card(self, step: str, form: Form) -> bool:
        if not self.once(step, "card") or self.chance.random() < 0.15:
            return False
        text = self.card.call_me_for[:80] or self.stage.say("call")
        shares = self.chance.random() < 0.8
        filled = form.filled(call_me_for=text, phone=self.card.phone, shares_card="on" if shares else None)
        kept, _page = self.send(form, filled)
        if kept:
            self.stage.ledger.sent(Sent("card", form.value("key"), text, (self.author, step, "card"), exported=shares))
        return True

    def answer_recognise(self, step: str, form: Form) -> bool:
        about = form.value("about")
        if not self.once(step, "recognise", about):
            return False
        text = self.stage.say("line") if self.chance.random() < 0.3 else ""
        kept, _page = self.send(form, form.filled(value=self.chance.choice(form.choices("value")), text=text))
        if kept:
            slot = (self.author, step, "recognise", about)
            self.stage.ledger.sent(Sent("recognise", form.value("key"), text, slot))
        return True

    def answer_dots(self, step: str, form: Form) -> bool:
        changes = self.number % 6 == 0 and (step, "dots") in self.done and self.once(step, "dots", "changed")
        chosen = ballots.made_up(form, self.chance)
        if not chosen or not (self.once(step, "dots") or changes) or self.number % 23 == 7:
            return False
        kept, _page = self.send(form, ballots.filled(form, chosen))
        if kept:
            self.stage.ledger.ballot(step, self.author, chosen)
        return True

    def answer_propose(self, step: str, form: Form) -> bool:
        if self.number != 5 or not self.once(step, "propose"):
            return False
        self.send(form, form.filled(title="Een veilige weg naar school"))
        return True

    def answer_dream(self, step: str, form: Form) -> bool:
        if not self.once(step, "dream"):
            return False
        text = self.stage.say("dream")
        kept, _page = self.send(form, form.filled(text=text))
        if kept:
            self.stage.ledger.sent(Sent("dream", form.value("key"), text, (self.table or self.author, step, "dream")))
        return True

    def answer_idea(self, step: str, form: Form) -> bool:
        wanted = 2 + self.number % 2
        if len([one for one in self.done if one[:2] == (step, "idea")]) >= wanted:
            return False
        text = self.stage.say("idea")
        theme = {} if form.value("theme") else {"theme": self.chance.choice(form.choices("theme") or [""])}
        kept, _page = self.send(form, form.filled(title=text, what=self.stage.why(), **theme))
        self.once(step, "idea", form.value("key"))
        if kept:
            self.stage.ledger.sent(Sent("idea", form.value("key"), text))
        return True

    def answer_own(self, step: str, form: Form) -> bool:
        idea = form.value("idea")
        if not idea or not self.once(step, "own", idea):
            return False
        text = self.stage.say("step")
        address = self.card.email if self.number % 3 else ""
        kept, _page = self.send(
            form, form.filled(first_step=text, due="2030-06-01", email=address, phone=self.card.phone)
        )
        if kept:
            self.stage.ledger.sent(Sent("own", form.value("key"), text))
        return True

    def answer_help(self, step: str, form: Form) -> bool:
        plan, offer = form.value("plan"), form.value("offer")
        if not self.once(step, "help", plan, offer) or self.chance.random() > (0.25 if offer == "help" else 0.05):
            return False
        note = "mijn buurman" if offer == "knows" else ""
        kept, _page = self.send(form, form.filled(**({"note": note} if form.has("note") else {})))
        if kept:
            self.stage.ledger.sent(Sent("help", form.value("key"), note, (self.author, step, "help", plan, offer)))
        return True

    def answer_tomorrow(self, step: str, form: Form) -> bool:
        if not self.once(step, "tomorrow"):
            return False
        text, released = self.stage.say("tomorrow"), self.chance.random() < 0.4
        kept, _page = self.send(form, form.filled(text=text, released="on" if released else None))
        if kept:
            slot = (self.author, step, "tomorrow")
            self.stage.ledger.sent(Sent("tomorrow", form.value("key"), text, slot, exported=released))
        return True

    def answer_quote(self, step: str, form: Form) -> bool:
        if not self.once(step, "quote") or self.number % 4:
            return False
        text, released = self.stage.say("quote"), self.number % 8 == 0
        kept, _page = self.send(form, form.filled(text=text, released="on" if released else None))
        if kept:
            slot = (self.author, step, "quote")
            self.stage.ledger.sent(Sent("quote", form.value("key"), text, slot, exported=released))
        return True

    def answer_statements(self, step: str, form: Form) -> bool:
        if not self.once(step, "statements"):
            return False
        names = list(dict.fromkeys(one.name for one in form.fields if one.kind == "radio"))
        given = {name: self.chance.choice(form.choices(name)) for name in names if self.chance.random() < 0.9}
        kept, _page = self.send(form, form.filled(**given))
        if kept:
            for slug, key in statement_keys(form.value("key"), list(given)).items():
                self.stage.ledger.sent(Sent("statement", key, "", (self.author, step, "statement", slug)))
        return True

    def answer_address(self, step: str, form: Form) -> bool:
        if not self.once(step, "address") or self.number % 3:
            return False
        self.send(form, form.filled(email=self.card.email))
        return True

    def answer_follow_up(self, step: str, form: Form) -> bool:
        if not self.once(step, "follow_up"):
            return False
        self.send(form, form.filled(phone=self.card.phone, email=self.card.email))
        return True

    # What a guest starts by itself

    def write_for_the_table(self, page: Page) -> bool:
        """Somebody at each table takes up the pen; later a neighbour may take over."""
        form = page.form("/schrijven/")
        asked = "Wie doet dat?" in page.text
        if form is None or not asked or self.chance.random() > 0.8:
            return False
        self.stage.wait(self.chance.uniform(QUICK, SLOW))
        self.browser.submit(form)
        return True

    def take_something_on(self, page: Page) -> bool:
        """One in three is willing; somebody else may be quicker, so they try a few times."""
        free = TAKE_ON.findall(page.text)
        if not free or self.number % 3 or self.offers >= OFFERS:
            return False
        self.offers += 1
        asked = self.browser.get(self.home + self.chance.choice(free).replace("&amp;", "&"))
        form = next((form for form in asked.forms if form.action.endswith("/own/")), None)
        found = STEP.search(urlsplit(form.action).path) if form else None
        return bool(form and found and self.answer_own(found[1], form))

    def carry_the_follow_up(self, page: Page) -> bool:
        if '?deel=follow_up"' not in page.text or self.number % 7 or not self.once("carries"):
            return False
        asked = self.browser.get(self.home + "?deel=follow_up")
        form = asked.form("/follow_up/")
        found = STEP.search(urlsplit(form.action).path) if form else None
        return bool(form and found and self.answer_follow_up(found[1], form))

    def wander(self, page: Page) -> None:
        """A few close their browser and come back on another phone, with their return code."""
        if self.number % 11 != 4 or self.chance.random() > 0.1 or not self.once("wanders"):
            return
        code = "".join(RETURN_CODE.findall(page.text)[:2])
        if len(code) != 6:
            return
        self.browser.close()
        self.stage.wait(120)
        other = self.stage.phone(f"{self.name}-again")
        back = other.get("/terug/")
        form = next((form for form in back.forms if form.has("code")), None)
        if form is None:
            return
        arrived = other.submit(form, form.filled(code=code))
        if urlsplit(arrived.url).path == self.home:
            self.browser = other
        else:
            self.stage.ledger.fault(f"{self.name}: terugkomen met een code lukte niet ({arrived.status})")

    def listen(self, page: Page) -> None:
        """Waits until something happens in the room, as a phone on a slow network does: by long-poll."""
        ticket, seq = page.marks.get("data-ticket"), page.marks.get("data-seq", "0")
        if not ticket:
            self.stage.wait(60)
            return
        if page.form("/own/") or TAKE_ON.search(page.text):
            self.stage.wait(self.chance.uniform(30, 120))
            return
        until = time.monotonic() + LOOKS_ANYHOW
        while time.monotonic() < until and not self.stage.over.is_set():
            status, body = self.browser.raw(f"/live/{ticket}/poll?since={seq}&wait=10")
            if status != 200:
                self.stage.wait(60)
                return
            told = json.loads(body)
            seq = str(told["seq"])
            if told.get("reset") or any(page.follows(frame["kind"]) for frame in told["frames"]):
                break
        self.stage.wait(self.chance.uniform(0, 30))

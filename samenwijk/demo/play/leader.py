"""The simulated facilitator: acts through the console and nothing else, at the pace of the script."""

from __future__ import annotations

import html
import re
import threading
from urllib.parse import urlsplit

from samenwijk.demo.play import ballots, tables
from samenwijk.demo.play.browser import Browser, Form, Offline, Page
from samenwijk.demo.play.stage import Stage

COUNTED, TYPED = "zijn geteld", "Het biljet is ingevoerd."
UNSETTLED = 'id="gelijk"'
OPTION = re.compile(r"[0-9a-f-]{36}")
ACT = re.compile(r"/stap/([0-9a-f-]{36})/([a-z_]+)/$")
ON_PAPER = (("Greet", "mantelzorger", ""), ("Tineke", "bewoner", ""))
CODE = re.compile(r'class="code__group">([A-Z0-9]{3})<')
THEMES = ("Eenzaamheid", "Mantelzorg", "Bewegen", "Geldzorgen")
MINUTES = {
    "vote": 3,
    "themes": 3,
    "group": 14,
    "tips": 14,
    "plan": 8,
    "share": 6,
    "close": 8,
    "break": 5,
    "figures": 10,
    "round": 8,
    "routes": 10,
    "offers": 8,
    "garden_round": 8,
}


class Leader(threading.Thread):
    """Starts, goes on, merges, closes votes, settles ties, types in paper, and ends the evening."""

    def __init__(self, stage: Stage, console: str, *, shuffle: bool = False) -> None:
        super().__init__(name="leader", daemon=True)
        self.stage, self.console, self.shuffle = stage, console, shuffle
        self.chance = stage.chance("leader")
        self.browser = Browser(stage.base)
        self.ended = self.divided = False
        self.typed: dict[tuple[str, str], list[str]] = {}
        """Step and table -> the ballots that were typed in, as the ledger knows them."""

    def run(self) -> None:
        try:
            self.lead()
        except Exception as error:
            self.stage.ledger.fault(f"begeleider: {type(error).__name__}: {error}")
        finally:
            self.browser.close()

    def lead(self) -> None:
        self.stage.wait(300)
        tables.prepare_the_script(self, self.stage.way)
        self.add_people_on_paper()
        self.press("/start/")
        for _turn in range(60):
            if self.stage.over.is_set() or self.hold_a_step():
                return
        raise RuntimeError("de avond komt niet aan het einde")

    def watch(self) -> None:
        """Somebody else leads: waits until the evening is over."""
        while not self.stage.over.wait(2):
            page = self.look()
            if "/verslag/" in page.text and not page.form("/verder/") and not page.form("/start/"):
                self.ended = True
                return

    def hold_a_step(self) -> bool:
        """Gives the running step its time and goes on; True when the evening has ended."""
        page = self.look()
        kind = self.kind_of(page)
        minutes = MINUTES.get(kind, 4)
        if page.form("/praten-klaar/"):
            self.stage.wait(90)
            self.press("/praten-klaar/")
        self.during(kind, minutes)
        self.divided = self.divided or tables.divide(self)
        if self.shuffle and self.chance.random() < 0.25:
            return self.go_astray()
        self.finish(kind)
        return self.go_on()

    def during(self, kind: str, minutes: float) -> None:
        if kind == "figures":
            self.show_every_figure(minutes)
        elif kind == "share":
            self.show_every_plan(minutes)
        elif kind == "garden_round":
            self.pass_the_cards_on(minutes)
        elif kind == "promises":
            self.hear_the_first_promise(minutes)
        elif kind == "break":
            self.stage.wait(30)
            self.merge_two()
            self.stage.wait(minutes * 60)
        elif kind in ("themes", "vote"):
            self.stage.wait(minutes * 30)
            self.count_paper()
            self.stage.wait(minutes * 30)
        else:
            self.stage.wait(minutes * 60)
        if kind == "close":
            self.agree_on_the_next_date()
            self.stage.wait(60)

    def finish(self, kind: str) -> None:
        """Closes what must be closed, and settles what the room has to settle."""
        if kind == "scale":
            self.act("show")
        if kind not in ("themes", "vote"):
            return
        if self.act("close"):
            for _try in range(60):
                page = self.look()
                if self.act_form(page, "close") is None and self.act_form(page, "show") is None:
                    break
                self.stage.over.wait(0.5)
            self.settle_ties()

    def go_on(self) -> bool:
        page = self.look()
        if page.form("/verder/"):
            self.press("/verder/", page)
            return False
        if page.form("/einde/"):
            self.stage.wait(180)
            self.press("/einde/")
            self.ended = True
        return True

    def go_astray(self) -> bool:
        """What happens in a real room: back, skip, more time, undo, somewhere else."""
        way = self.chance.choice(("terug", "overslaan", "langer", "ongedaan", "naar"))
        page = self.look()
        if way == "naar":
            forms = [form for form in page.forms if "/naar/" in form.action]
            if forms:
                self.browser.submit(self.chance.choice(forms[:3]))
        elif page.form(f"/{way}/"):
            self.press(f"/{way}/", page)
        return False

    # Before the evening

    def make_a_meeting(self, template: str) -> str:
        """A new meeting from a shipped script, with themes where the room will choose; the way in for participants."""
        page = self.browser.get("/begeleiden/nieuw/")
        form = next((form for form in page.forms if form.has("script")), None)
        if form is None:
            raise Offline(f"geen formulier voor een nieuwe bijeenkomst ({page.status})")
        tables = "1" if self.stage.people < 8 else str(min(8, -(-self.stage.people // 8)))
        page = self.browser.submit(
            form,
            form.filled(
                title="Gespeelde avond", starts_at="2030-01-15T17:30", place="Buurthuis", tables=tables, script=template
            ),
        )
        if "/draaiboek/" not in page.url:
            raise Offline(f"de bijeenkomst werd niet gemaakt ({page.status})")
        self.console = urlsplit(page.url).path.replace("draaiboek/", "")
        if "Er staan nog geen thema's op de lijst." in html.unescape(page.text):
            for title in THEMES:
                themes = self.browser.get(self.console + "themas/")
                asked = next((form for form in themes.forms if form.has("title")), None)
                if asked is not None:
                    self.browser.submit(asked, asked.filled(title=title))
        return "/doe-mee/" + "".join(CODE.findall(self.look().text)[:2]) + "/"

    # The console

    def look(self) -> Page:
        for _try in range(5):
            page = self.browser.get(self.console)
            if page.status == 200:
                return page
            self.stage.wait(30)
        raise Offline(f"de console antwoordt met {page.status}")

    def press(self, ending: str, page: Page | None = None) -> bool:
        form = (page or self.look()).form(ending)
        if form is None:
            return False
        status = self.browser.submit(form).status
        if status != 200:
            self.stage.ledger.fault(f"begeleider: {status} op {ending}")
        return status == 200

    @staticmethod
    def kind_of(page: Page) -> str:
        found = re.search(r'data-kind="([a-z_-]+)"', page.text)
        return found[1] if found else ""

    @staticmethod
    def act_form(page: Page, name: str) -> Form | None:
        return next((form for form in page.forms if (found := ACT.search(form.action)) and found[2] == name), None)

    def act(self, name: str, **values: str | list[str] | None) -> bool:
        form = self.act_form(self.look(), name)
        if form is None:
            return False
        self.browser.submit(form, form.filled(**values))
        return True

    # What belongs to a kind of step

    def add_people_on_paper(self) -> None:
        for first_name, discipline, organisation in ON_PAPER:
            page = self.browser.get(self.console + "mensen/")
            form = next((form for form in page.forms if form.has("first_name")), None)
            if form is not None:
                self.browser.submit(
                    form, form.filled(first_name=first_name, discipline=discipline, organisation=organisation)
                )

    def pass_the_cards_on(self, minutes: float) -> None:
        for _turn in range(3):
            self.stage.wait(minutes * 60)
            self.act("turn")
        self.stage.wait(minutes * 60)

    def hear_the_first_promise(self, minutes: float) -> None:
        self.stage.wait(minutes * 30)
        self.act("outcome", how="done", outcome="Dit is gelukt.")
        self.stage.wait(minutes * 30)

    def show_every_figure(self, minutes: float) -> None:
        turns = self.turns(self.look())
        for _form, to in turns:
            self.stage.wait(minutes * 60 / (len(turns) + 1) * 0.8)
            self.act("reveal")
            self.stage.wait(20)
            self.turn(to)
        self.stage.wait(minutes * 60 / (len(turns) + 1))

    def show_every_plan(self, minutes: float) -> None:
        turns = self.turns(self.look())
        for _form, to in turns:
            self.stage.wait(max(20, minutes * 60 / (len(turns) + 1)))
            self.turn(to)
        self.stage.wait(60)

    @staticmethod
    def turns(page: Page) -> list[tuple[Form, str]]:
        """The pages that can be put on the projector, by the value of their button."""
        found = re.findall(r'name="to"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="to"', page.text)
        form = Leader.act_form(page, "turn")
        return [(form, first or second) for first, second in found] if form else []

    def turn(self, to: str) -> None:
        form = self.act_form(self.look(), "turn")
        if form is not None and to:
            self.browser.submit(form, form.filled(to=to))

    def merge_two(self) -> None:
        """Puts the first two ideas of a theme together, and takes one merge apart again and back."""
        address = self.console + "samenvoegen/"
        page = self.browser.get(address)
        picks = next((form for form in page.forms if form.method == "get" and form.choices("ideas")), None)
        if picks is None:
            return
        chosen = picks.choices("ideas")[:2]
        if len(chosen) < 2:
            return
        page = self.browser.submit(picks, [("ideas", one) for one in chosen])
        form = next((form for form in page.forms if form.method == "post" and form.has("title")), None)
        if form is not None:
            self.browser.submit(form, form.filled(title=form.value("title") or "Samen"))

    def count_paper(self) -> None:
        """Types in what lies at the tables where somebody sits without a phone: stickers, or a ballot each."""
        overview = self.browser.get(self.console + "papier/")
        for number in dict.fromkeys(re.findall(r"/papier/(\d+)/", overview.text)):
            people = self._on_paper_at(number)
            page = self.browser.get(f"{self.console}papier/{number}/")
            if people and page.form("/stippen/"):
                self._count_stickers(page)
            elif people and page.form("/biljet/"):
                self._type_ballots(number, people)

    def _on_paper_at(self, number: str) -> int:
        people = self.browser.get(self.console + "mensen/").text
        section = people.partition(f'id="tafel-{number}"')[2].partition("</section>")[0]
        return section.count("op papier")

    def _count_stickers(self, page: Page) -> None:
        """One person's stickers."""
        form = page.form("/stippen/")
        if form is None or not re.search(r"ruimte voor (\d+)", page.text):
            return
        names = [one.name for one in form.fields if OPTION.fullmatch(one.name)]
        picked = self.chance.sample(names, min(3, len(names)))
        answer = self.browser.submit(form, form.filled(**dict.fromkeys(picked, "1")))
        if answer.status == 200 and COUNTED in answer.text:
            for name in picked:
                self.stage.ledger.paper(name, 1)

    def _type_ballots(self, number: str, people: int) -> None:
        """A ballot for each; the first one is taken back and typed in anew, as after a slip."""
        for turn in range(people + 1):
            page = self.browser.get(f"{self.console}papier/{number}/")
            form, back = page.form("/biljet/"), page.form("/biljet/weg/")
            found = re.search(r"/([0-9a-f-]{36})/biljet/$", form.action) if form else None
            if form is None or found is None:
                return
            step, typed = found[1], self.typed.setdefault((found[1], number), [])
            if turn == 1 and back is not None and typed:
                self.browser.submit(back)
                self.stage.ledger.ballot(step, typed.pop(), None)
            given = ballots.made_up_on_paper(form, self.chance)
            answer = self.browser.submit(form, ballots.typed(form, given, self.chance.choice(form.choices("group"))))
            if answer.status == 200 and TYPED in answer.text:
                typed.append(f"paper-{form.value('key')}")
                self.stage.ledger.ballot(step, typed[-1], given)

    def settle_ties(self) -> None:
        for _tie in range(12):
            page = self.look()
            form = self.act_form(page, "settle")
            if form is None or UNSETTLED not in page.text:
                return
            options = form.choices("options")
            self.browser.submit(form, form.filled(options=options[:1]))

    def agree_on_the_next_date(self) -> None:
        self.act("next_date", on="2030-02-05T17:30", place="Buurthuis De Zeven Gevels")

    def export(self) -> str:
        """The CSV as the facilitator downloads it."""
        public_id = urlsplit(self.console).path.strip("/").rpartition("/")[2]
        status, body = self.browser.raw(f"/bijeenkomst/{public_id}/verslag/gegevens.csv")
        if status != 200:
            raise Offline(f"de export antwoordt met {status}")
        return body.decode("utf-8")

"""The moments of the evening that are photographed, in order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PIL import Image

from docs.pictures import sayings
from docs.pictures.camera import CONSOLE, PROJECTOR, Camera
from docs.pictures.evening import Room
from samenwijk.demo.cast import RESIDENT

WIDE = 1200
"""How wide the picture of a console or projector is in the handbook."""


class Photographer:
    """Stands at the console, before the projector and beside one phone: that of Ans."""

    def __init__(self, room: Room, camera: Camera, tell: Callable[[str], None]) -> None:
        self.room, self.camera, self.tell = room, camera, tell
        self.desk = camera.screen(CONSOLE)
        self.wall = camera.screen(PROJECTOR)
        self.phone = camera.phone()
        self.cover: dict[str, Image.Image] = {}

    def whole_evening(self) -> None:
        for part in (
            self.before,
            self.coming_in,
            self.meeting_and_figures,
            self.themes,
            self.ideas,
            self.merging,
            self.voting,
            self.plans,
            self.closing,
            self.afterwards,
        ):
            self.tell(part.__name__)
            part()

    # How to take them

    def at_the_desk(self, name: str, path: str = "", *, height: int = 0, open_: str = "") -> Image.Image:
        self.desk.goto(self.room.path(path))
        if open_:
            self.desk.evaluate("id => { document.getElementById(id).open = true }", open_)
        picture = self.camera.look(self.desk, height)
        if name:
            self.camera.keep(picture, name, width=WIDE)
        return picture

    def on_the_wall(self, name: str) -> Image.Image:
        self.wall.goto(self.room.base + self.room.screen)
        self.wall.wait_for_timeout(600)
        picture = self.camera.look(self.wall)
        if name:
            self.camera.keep(picture, name, width=WIDE)
        return picture

    def on_the_phone(self, part: str = "") -> Image.Image:
        if self.home:
            self.phone.goto(self.home + (f"?deel={part}" if part else ""))
        return self.camera.look(self.phone)

    home = ""

    # The evening

    def before(self) -> None:
        self.desk.goto(self.room.base)
        self.desk.locator('form[action$="/demo/deur/begeleider/"] button').click()
        self.desk.wait_for_load_state()
        self.desk.goto(self.room.base + "/begeleiden/nieuw/")
        self.desk.locator("input[name=title]").fill("Samenwerksessie voorjaar")
        self.desk.locator("input[name=place]").fill("Buurthuis De Zeven Gevels")
        self.desk.locator("input[type=datetime-local]").fill("2030-02-05T17:30")
        self.camera.keep(self.camera.look(self.desk, 960), "nieuwe-bijeenkomst", width=WIDE)
        self.at_the_desk("draaiboek", "draaiboek/")
        self.desk.locator("a", has_text="Verander: Dromen en ideeën").click()
        self.desk.wait_for_load_state()
        self.camera.keep(self.camera.look(self.desk, 1050), "onderdeel", width=WIDE)
        self.at_the_desk("themas", "themas/")

    def coming_in(self) -> None:
        self.room.come_in(0, 12)
        self.at_the_desk("zaal", height=1000, open_="printen")
        code = "".join(self.desk.locator(".code__group").all_inner_texts()[:2])
        shots = []
        self.phone.goto(self.room.base + "/doe-mee/")
        self.phone.locator("input[name=code]").fill(code)
        shots.append(self.camera.look(self.phone))
        self.phone.get_by_role("button", name="Verder").click()
        self.phone.locator("input[name=first_name]").fill(RESIDENT.first_name)
        self.phone.locator("[name=discipline]").first.select_option(RESIDENT.discipline)
        self.phone.locator("input[name=organisation]").fill(RESIDENT.organisation)
        shots.append(self.camera.look(self.phone))
        self.phone.get_by_role("button", name="Doe mee").click()
        self.phone.wait_for_url("**/bijeenkomst/**")
        self.home = self.phone.url.split("?")[0]
        shots.append(self.on_the_phone())
        self.camera.strip(shots, "meedoen")
        self.room.come_in(12)
        self.room.add_on_paper()
        self.room.press("/start/")
        self.on_the_wall("scherm-welkom")
        self.at_the_desk("mensen-en-tafels", "mensen/", height=1000)
        self.table_plan()

    def table_plan(self) -> None:
        """Asks for a plan of three rounds and waits until it is there."""
        self.desk.goto(self.room.path("tafelplan/"))
        self.desk.locator("[name=rounds]").fill("3")
        self.desk.get_by_role("button", name="Maak het tafelplan").click()
        self.desk.locator("#ronde-3").wait_for()
        self.at_the_desk("tafelplan", "tafelplan/", height=1100)

    def meeting_and_figures(self) -> None:
        self.room.go_on()
        talking = self.on_the_phone()
        self.room.talked()
        self.room.share_cards()
        self.phone.goto(self.home)
        self.phone.locator("[name=call_me_for]").fill(RESIDENT.call_me_for)
        self.phone.locator("[name=phone]").fill(RESIDENT.phone)
        self.phone.locator("[name=shares_card]").check()
        card = self.camera.look(self.phone)
        self.press("Kaartje bewaren")
        self.room.go_on()
        for _figure in range(3):
            self.turn_figure()
        self.room.recognise()
        self.phone.goto(self.home)
        self.phone.get_by_label("Herken ik", exact=True).check(force=True)
        self.phone.evaluate("document.getElementById('herken').scrollIntoView({block: 'end'}); scrollBy(0, 90)")
        figure = self.camera.look(self.phone)
        self.camera.strip([talking, card, figure], "praten-kaartje-cijfer")
        self.room.act("reveal")
        self.at_the_desk("console-cijfers", height=1000)
        self.on_the_wall("scherm-cijfers")

    def turn_figure(self) -> None:
        """The next figure on the projector."""
        self.desk.goto(self.room.path())
        now = self.desk.locator(".now-here")
        if now.count():
            following = self.desk.locator(".now-here + form button")
            if following.count():
                following.first.click()
                self.desk.wait_for_load_state()

    def themes(self) -> None:
        self.room.go_on()
        self.room.choose_themes()
        self.phone.goto(self.home)
        for title in ("Eenzaamheid", "Armoede en schulden"):
            self.phone.locator(".choice", has_text=title).first.click()
        self.phone.evaluate("scrollTo(0, 0)")
        self.votes = [self.camera.look(self.phone)]
        self.phone.locator(".choice", has_text="Mantelzorg").first.click()
        self.press("Stem opslaan")
        self.count()
        self.room.settle()
        self.on_the_wall("scherm-themas")
        self.room.go_on()

    def count(self) -> None:
        self.room.act("close")
        self.room.act("show")

    def ideas(self) -> None:
        self.room.talked()
        self.phone.goto(self.home)
        who = self.camera.look(self.phone)
        self.press("Deze telefoon schrijft voor de tafel")
        table = self.table_of_the_phone()
        self.room.dream_and_think(table)
        self.phone.goto(self.home)
        theme = next(title for title in sayings.DREAMS if self.phone.get_by_text(title, exact=True).count())
        mine = self.room.unsaid(theme)
        self.phone.locator("#droom textarea, #droom input[type=text]").first.fill(sayings.DREAMS[theme][-1])
        self.press("Droom bewaren")
        self.write(mine[0])
        self.press("Zet idee op het bord")
        self.write(mine[1])
        writing = self.camera.look(self.phone)
        self.press("Zet idee op het bord")
        self.write(mine[2])
        self.press("Zet idee op het bord")
        self.phone.get_by_role("heading", name="Op het bord").scroll_into_view_if_needed()
        self.camera.strip([who, writing, self.camera.look(self.phone)], "schrijven")
        self.at_the_desk("console-groepen", height=1000)
        self.on_the_wall("scherm-bord")

    def table_of_the_phone(self) -> int:
        return int(self.phone.locator(".task-header__where").inner_text().split("·")[0].split()[-1])

    def write(self, idea: tuple[str, str, int]) -> None:
        self.phone.locator("#idee [name=title]").fill(idea[0])
        self.phone.locator("#idee [name=what]").fill(idea[1])

    def press(self, name: str) -> None:
        """Presses a button on the phone and waits until the page says that it was kept."""
        self.phone.get_by_role("button", name=name).first.click()
        self.phone.wait_for_load_state("networkidle")
        self.phone.wait_for_timeout(300)
        if self.home:
            self.phone.goto(self.home)

    def merging(self) -> None:
        self.room.go_on()
        board = self.room.ideas()
        alike = [board[title] for title in (sayings.MERGED[0], sayings.MERGED[1]) if title in board]
        query = "&".join(f"ideas={value}" for value in alike)
        self.at_the_desk("", f"samenvoegen/?{query}")
        self.desk.locator("#samen [name=title]").fill(sayings.MERGED[2])
        self.camera.keep(self.camera.look(self.desk, 1000), "samenvoegen", width=WIDE)
        self.desk.get_by_role("button", name="Voeg samen").click()
        self.desk.wait_for_load_state()
        self.room.go_on()

    def voting(self) -> None:
        self.room.choose_ideas()
        self.phone.goto(self.home)
        for at in (0, 2):
            self.phone.locator(".choice").nth(at).click()
        self.phone.locator(".choice", has_text="Geldspreekuur").first.click()
        self.phone.evaluate("scrollTo(0, 0)")
        self.votes.append(self.camera.look(self.phone))
        self.cover["phone"] = self.votes[-1]
        self.press("Stem opslaan")
        self.cover["console"] = self.at_the_desk("console-stemmen", height=760)
        self.at_the_desk("papier", f"papier/{self.room.table_on_paper()}/", height=1000)
        self.count()
        self.at_the_desk("gelijke-stand", height=1000)
        self.room.settle()
        self.votes.append(self.on_the_phone())
        self.camera.strip(self.votes, "stippen")
        self.cover["wall"] = self.on_the_wall("scherm-uitslag")
        self.room.go_on()

    def plans(self) -> None:
        self.room.talked()
        first = self.on_the_phone()
        self.phone.get_by_role("link", name="Ik trek dit").first.click()
        self.phone.wait_for_load_state()
        self.phone.locator("[name=first_step]").fill(sayings.STEPS[0])
        self.phone.locator("[name=due]").first.fill("2030-03-01")
        self.phone.locator("[name=phone]").fill(RESIDENT.phone)
        form = self.camera.look(self.phone)
        self.press("Ja, ik trek dit")
        self.room.pull(6)
        self.at_the_desk("console-plannen", height=1000)
        self.room.go_on()
        self.room.act("turn", to="1")
        self.room.help_out(4)
        self.camera.strip([first, form, self.on_the_phone()], "trekken")
        self.on_the_wall("scherm-plan")
        self.room.go_on()

    def closing(self) -> None:
        self.phone.goto(self.home)
        self.phone.locator("[name=text]").fill(sayings.TOMORROW)
        first = self.camera.look(self.phone)
        self.press("Bewaren")
        second = self.on_the_phone("statements")
        self.room.say_goodbye()
        self.room.carry_the_follow_up()
        self.room.act("next_date", on="2030-02-05T17:30", place="Buurthuis De Zeven Gevels")
        self.at_the_desk("console-afsluiten", height=1000)
        self.room.press("/einde/")
        self.camera.strip([first, second, self.on_the_phone()], "afsluiten")

    def afterwards(self) -> None:
        meeting = self.room.console.strip("/").rpartition("/")[2]
        for name, address in (("verslag", "verslag/"), ("nieuwsbericht", "nieuwsbericht/")):
            self.desk.goto(f"{self.room.base}/bijeenkomst/{meeting}/{address}")
            self.camera.keep(self.camera.look(self.desk, 1000), name, width=WIDE)
        coordinator: Any = self.camera.screen(CONSOLE)
        coordinator.goto(self.room.base)
        coordinator.locator('form[action$="/demo/deur/coordinator/"] button').click()
        coordinator.wait_for_load_state()
        self.camera.keep(self.camera.look(coordinator, 1100), "opvolging", width=WIDE)

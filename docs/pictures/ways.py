"""The projector of every other way of working, in its most telling step, with what invented people wrote."""

from __future__ import annotations

import re
from collections.abc import Callable

from docs.pictures.camera import PROJECTOR, Camera
from docs.pictures.evening import Room
from docs.pictures.neighbours import Neighbour
from samenwijk.demo.play.leader import Leader
from samenwijk.demo.play.stage import Stage

PEOPLE = 15
SCREEN = re.compile(r"/scherm/[A-Za-z0-9_-]{20,}/")
KIND = re.compile(r'data-kind="([a-z_]+)"')
LONGEST, WIDE = 12, 640

# Script -> (kind of step, which one of that kind, what stands in the fields of the notes, one after the other).
WAYS: dict[str, tuple[str, int, tuple[tuple[str, ...], ...]]] = {
    "ronde-tafel": (
        "round",
        2,
        (
            ("De huisarts hoort wie er thuis vastloopt, en kan het doorgeven.",),
            ("De opbouwwerker kent de mensen die nooit naar een bijeenkomst komen.",),
            ("Bewoners weten wat er in de straat speelt, nog voor wij het zien.",),
            ("De apotheek ziet elke week dezelfde mensen aan de balie.",),
            ("Iemand moet het netwerk bij elkaar houden. Dat hoeft geen dokter te zijn.",),
            ("Ik wil leren van een andere wijk, niet alles zelf bedenken.",),
        ),
    ),
    "wijknetwerk": (
        "offers",
        1,
        (
            ("Elke maand een wandeling vanaf de praktijk", "iemand die de route kent"),
            ("Mensen voorstellen aan de welzijnscoach", "een naam en een nummer"),
            ("Een spreekuur over geld in het buurthuis", "een kamer met een deur"),
            ("De wachtkamer een uur per week openstellen", "toestemming van de maatschap"),
            ("Kookles voor jonge ouders", "een keuken en twintig euro per week"),
            ("Vragen hoe het met de mantelzorger gaat", "tijd om echt te luisteren"),
        ),
    ),
    "bestuur": (
        "investments",
        1,
        (
            ("Een dagdeel per week voor de wijkcoördinator", "Huisartsenpraktijk", "4 uur per week", ""),
            ("De zaal en de koffie", "Buurthuis De Zeven Gevels", "", "gratis zaal"),
            ("Meedenken over de cijfers", "GGD", "2 uur per maand", ""),
        ),
    ),
    "keukentafel": (
        "tips",
        1,
        (
            ("Bel elkaar op. Een mail is geen gesprek.",),
            ("Ga eens op bezoek waar een ander werkt.",),
            ("Vertel het ook als er iets verandert.",),
        ),
    ),
    "leernetwerk": (
        "round",
        1,
        (
            ("Eén keer per maand samen eten, zonder agenda",),
            ("Vragen stellen voordat we oplossingen geven",),
            ("Na een verwijzing laten weten wat ervan kwam",),
        ),
    ),
    "wie-bel-jij": (
        "routes",
        1,
        (
            ("Iemand eet slecht en valt af", "de diëtist van het gezondheidscentrum", "ma tot vr", ""),
            ("Een mantelzorger is op", "de mantelzorgconsulent van het wijkteam", "elke ochtend", ""),
            ("De post ligt ongeopend op de mat", "het spreekuur geldzaken in het buurthuis", "di en do", ""),
            ("Iemand komt nooit meer buiten", "de welzijnscoach", "ma, wo en vr", ""),
        ),
    ),
    "tuinronde": (
        "garden_round",
        1,
        (
            ("Elke dinsdag een open tafel in de bibliotheek", "mensen komen terug als iemand hen groet"),
            ("Wie heeft een keuken op zaterdag?", ""),
            ("Wandelen met de fysiotherapeut na de behandeling", "drie van de tien blijven meelopen"),
            ("Hoe bereiken jullie mensen die niet lezen?", ""),
        ),
    ),
}


class WayRoom(Room):
    """An evening of another way of working, made by its facilitator from a shipped script."""

    def __init__(self, base: str, script: str) -> None:
        super().__init__(base)
        self.others = self.others[:PEOPLE]
        leader = Leader(Stage(base, 60, 1, 3 * LONGEST), self.console)
        leader.browser = self.browser
        self.door, self.console = leader.make_a_meeting(script), leader.console
        found = SCREEN.search(self.browser.get(self.console).text)
        if found is None:
            raise LookupError("the console does not say where the projector is")
        self.screen = found[0]

    def comes_to(self, kind: str, turn: int) -> None:
        """Goes on until the room is in the so-many-th step of this kind, and the talking is over."""
        self.press("/start/")
        for _step in range(LONGEST):
            found = KIND.search(self.browser.get(self.console).text)
            if found and found[1] == kind:
                turn -= 1
                if turn == 0:
                    self.talked()
                    return
            self.go_on()
        raise LookupError(f"the script never comes to {kind}")

    def writes(self, notes: tuple[tuple[str, ...], ...]) -> None:
        """Each note by somebody at another table, or else by another phone."""
        writers = list({one.table(): one for one in reversed(self.others)}.values()) or self.others
        for number, note in enumerate(notes):
            self._write(writers[number % len(writers)], number, note)

    @staticmethod
    def _write(one: Neighbour, number: int, note: tuple[str, ...]) -> None:
        one.take_the_pen()
        forms = [form for form in one.look().forms if any(each.kind in ("text", "textarea") for each in form.fields)]
        if not forms:
            raise LookupError(f"{one.card.first_name} is asked nothing")
        form = forms[0]
        asked = [each.name for each in form.fields if each.kind in ("text", "textarea")]
        values: dict[str, str | list[str] | None] = dict(zip(asked, note, strict=False))
        for pile in ("about", "theme"):
            if choices := form.choices(pile):
                values[pile] = choices[number % len(choices)]
        one.submit(form, **values)


def ways(base: str, lens: Camera, tell: Callable[[str], None]) -> None:
    wall = lens.screen(PROJECTOR)
    for script, (kind, turn, notes) in WAYS.items():
        tell(script)
        room = WayRoom(base, script)
        room.come_in(0)
        room.comes_to(kind, turn)
        room.writes(notes)
        wall.goto(base + room.screen)
        wall.wait_for_timeout(600)
        lens.keep(lens.look(wall), f"werkvorm-{script}", width=WIDE)

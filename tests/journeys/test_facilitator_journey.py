"""The facilitator's evening in a real browser: with mouse, with the keyboard only, and without JavaScript."""

import pytest
from django.urls import reverse

from samenwijk.live.writer import write
from samenwijk.meetings.board import ideas_of
from samenwijk.meetings.merging import merges_of
from tests.browser import axe, fits, shot

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

LONG = (
    "Een wekelijkse inloop waar bewoners, huisarts, wijkverpleegkundige en opbouwwerker elkaar zonder afspraak "
    "ontmoeten, met koffie, een luisterend oor en hulp bij brieven, in alle zes buurten van de wijk samen."
)
SIZES = (1440, 768, 390, 320)


class Console:
    """The facilitator's browser, looked at in every width where it stops."""

    def __init__(self, page, live_server, client, meeting):
        self.page, self.home, self.meeting = page, live_server.url, meeting
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([cookie])

    def goes(self, name="console", *args, query=""):
        self.page.goto(self.home + reverse(f"meetings:{name}", args=[self.meeting.public_id, *args]) + query)

    def rests(self):
        """Leaves the page: a page that asks for news and a test that writes would meet in the tests' database."""
        self.page.goto("about:blank")

    def looks(self, name):
        for width in SIZES:
            shot(self.page, f"console-{name}", width)
            fits(self.page)
        axe(self.page)
        assert not self.page.troubles, self.page.troubles
        self.page.set_viewport_size({"width": 1280, "height": 800})

    def presses(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def is_at(self, title):
        self.page.get_by_role("heading", level=1, name=title, exact=True).wait_for()


@pytest.fixture
def console(page, live_server, cast, as_user, settings):
    settings.BASE_URL = live_server.url
    return Console(page, live_server, as_user(cast.facilitator), cast.meeting)


def test_an_evening_from_the_code_to_the_report(console, evening):
    evening.meeting.join_code = "WMWWMW"  # the widest that there is
    evening.meeting.save(update_fields=["join_code"])
    console.goes()
    console.looks("before-empty")
    console.rests()
    people = evening.fills(43)
    console.goes()
    console.looks("before")
    console.presses("Start de bijeenkomst")
    console.is_at("Welkom")
    console.looks("welcome")
    console.presses("Verder")
    console.is_at("Kennismaken")
    console.presses("Einde gesprek")
    console.page.get_by_text("Praat eerst, telefoon weg").wait_for(state="detached")
    console.presses("+5 minuten")
    console.presses("Verder")
    console.is_at("Cijfers")
    console.looks("figures")
    console.presses("Verder")
    console.is_at("Thema's kiezen")
    console.rests()
    evening.everybody_dots(people)
    console.goes()
    console.page.get_by_text("43 van 43").wait_for()
    console.presses("Sluit de stemming")
    console.page.get_by_role("columnheader", name="Gaat door").wait_for()
    console.looks("themes")
    console.presses("Verder")
    console.is_at("Dromen en ideeën")
    console.looks("group-empty")
    console.rests()
    sixty_ideas(evening)
    console.goes()
    console.looks("group")
    console.presses("Verder")
    console.is_at("Pauze")
    console.goes("merging")
    console.looks("merging")
    console.goes("paper_table", 2, query=f"?stap={evening.meeting.steps.get(kind='group').public_id}")
    console.looks("paper")
    for page in ("people", "script", "themes", "late"):
        console.goes(page)
        console.looks(page)
    console.goes()
    console.presses("Verder")
    console.is_at("Stemmen")
    console.looks("vote")
    console.presses("Verder")
    console.is_at("Plannen maken")
    console.presses("Verder")
    console.is_at("Plannen delen")
    console.presses("Verder")
    console.is_at("Afsluiten")
    console.looks("close")
    console.page.once("dialog", lambda asked: asked.accept())
    console.presses("Sluit de bijeenkomst af")
    console.is_at("De bijeenkomst is klaar")
    console.looks("after")


def sixty_ideas(evening):
    step = evening.step
    step.settings = {**step.settings, "ideas_per_table": 10}
    step.save()
    for table in evening.meeting.tables.all():
        scribe = table.participants.first()
        write(lambda table=table, scribe=scribe: table.write_here(scribe))
        evening.sends(scribe, "dream", {"text": LONG[:200]}, as_table=True)
        for number in range(10):
            evening.sends(scribe, "idea", {"title": f"{number} {LONG}"[:200], "what": LONG}, as_table=True)


def test_with_the_keyboard_only(console, evening):
    people = evening.fills(6)
    evening.goes_to("themes")
    evening.everybody_dots(people)
    evening.goes_to("group")
    evening.each_table_writes(ideas=1)
    console.goes()
    page = console.page
    reaches(page, "verder")
    page.keyboard.press("Enter")
    console.is_at("Pauze")
    page.wait_for_function("document.activeElement.id === 'verder'")
    console.goes("merging")
    reaches(page, "ideas", attribute="name")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.get_by_text("2 gekozen").wait_for()
    page.keyboard.press("Enter")
    page.get_by_text("2 ideeën worden samen één").wait_for()
    page.wait_for_function("document.activeElement.name === 'title'")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Samengevoegd").wait_for()
    assert len(merges_of(console.meeting)) == 1


def reaches(page, value, *, attribute="id"):
    """Presses Tab until the wanted thing has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.getAttribute('{attribute}')") == value:
            return
    raise AssertionError(f"the keyboard does not reach {value}")


def test_what_is_being_typed_survives_a_press_elsewhere(console, evening):
    evening.goes_to("close")
    console.goes()
    place = console.page.get_by_label("Waar?")
    place.fill("Buurthuis De Zeven Gevels")
    console.presses("+5 minuten")
    console.page.wait_for_function("() => !document.querySelector('form[aria-busy]')")
    assert place.input_value() == "Buurthuis De Zeven Gevels"


def test_what_was_sent_gives_way_and_what_is_still_open_moves_along(console, evening):
    people = evening.fills(6)
    options = [str(option.public_id) for option in evening.goes_to("themes").choice.options.all()]
    for number, person in enumerate(people):
        evening.sends(person, "dots", {"options": [options[0], options[1], options[2 + number % 2]]})
    evening.goes_to("close")
    console.goes()
    place = console.page.get_by_label("Waar?")
    place.fill("Buurthuis De Zeven Gevels")
    console.page.locator("#gelijk label").first.click()
    console.presses("Beslist in de zaal")
    console.page.get_by_role("heading", name="Gelijke stand: de thema's").wait_for(state="detached")
    assert place.input_value() == "Buurthuis De Zeven Gevels"
    console.page.get_by_label("Wanneer zien we elkaar weer?").fill("2099-02-11T17:30")
    console.presses("Bewaar de datum")
    console.page.get_by_text("Nog geen datum voor de volgende keer.").wait_for(state="detached")
    assert console.page.get_by_role("button", name="Er is iets nieuws. Laat zien").count() == 0


def test_without_a_connection_a_press_says_so_and_changes_nothing(console, evening):
    evening.starts()
    console.goes()
    console.page.context.set_offline(True)
    console.presses("Verder")
    console.page.get_by_text("Geen verbinding. Er is niets gebeurd. Druk zo nog eens.").wait_for()
    console.page.context.set_offline(False)
    console.presses("Verder")
    console.is_at("Kennismaken")


def test_it_all_works_without_javascript(new_page, live_server, cast, evening, as_user):
    console = Console(new_page(java_script_enabled=False), live_server, as_user(cast.facilitator), cast.meeting)
    people = evening.fills(6)
    console.goes()
    console.presses("Start de bijeenkomst")
    console.is_at("Welkom")
    console.presses("Verder")
    console.is_at("Kennismaken")
    console.page.locator("#ongedaan").click()
    console.is_at("Welkom")
    console.rests()
    evening.goes_to("themes")
    evening.everybody_dots(people)
    evening.goes_to("group")
    evening.each_table_writes(ideas=1)
    console.goes("merging")
    boxes = console.page.locator("input[name=ideas][type=checkbox]")
    boxes.nth(0).check(force=True)
    boxes.nth(1).check(force=True)
    console.presses("Bekijk deze samen")
    console.presses("Voeg samen")
    console.page.get_by_role("heading", name="Samengevoegd").wait_for()
    assert ideas_of(console.meeting).on_the_board().count() == 5

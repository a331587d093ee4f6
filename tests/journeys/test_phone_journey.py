"""A participant's evening on an old phone, in a real browser: 390 and 320 pixels wide, with and without JavaScript."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from samenwijk.live.writer import write
from samenwijk.meetings import running
from samenwijk.meetings.models import Contribution, Participant
from samenwijk.meetings.themes import put_on_the_table
from samenwijk.plans.models import Idea, Plan
from tests.browser import axe, fits, shot

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SIZES = (320, 390)
LONG_NAME = "Maria-Antoinette van der Hoeven-Broekman"
LONG_IDEA = (
    "Een heel lang idee van tweehonderd tekens, waarin iemand alles tegelijk vertelt: wie er belt, wie er opendoet, "
    "wat de huisartsenpraktijk doet, wat het sociaal wijkteam doet en waarom dat nu nog niet lukt!"
)
LONG_WHAT = "We beginnen klein. " * 50
LONG_THEME = "Samen sterk voor ouderen die thuis wonen, alleen zijn en niet snel om hulp vragen"[:80]
NASTY = "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW <b>=1+1</b> 👩🏽‍⚕️👨‍👩‍👧‍👦 שלום"


class Walker:
    """One phone in a browser, that is looked at in both widths on every page where it stops."""

    def __init__(self, page, address, meeting):
        self.page, self.address, self.meeting = page, address, meeting

    def goes(self, name, **args):
        self.page.goto(self.address + reverse(f"meetings:{name}", **args))

    @property
    def home(self):
        return self.address + reverse("meetings:phone", args=[self.meeting.public_id])

    def joins(self, first_name="Ans", discipline="bewoner"):
        self.goes("qr", args=[self.meeting.join_token])
        self.page.get_by_label("Jouw voornaam").fill(first_name)
        self.page.get_by_label("Wat ben jij?").select_option(discipline)
        self.page.get_by_role("button", name="Doe mee").click()
        self.page.wait_for_url(self.home)

    def looks(self, name, query=""):
        self.page.goto(self.home + query)
        self.stops(name)

    def stops(self, name):
        for width in SIZES:
            shot(self.page, f"phone-{name}", width)
            fits(self.page)
            self._targets_are_large()
        axe(self.page)
        assert not self.page.troubles, self.page.troubles

    def _targets_are_large(self):
        small = self.page.evaluate(
            """() => [...document.querySelectorAll(`main button, main summary, main select, main .choice,
                .action-bar a, .action-bar button, main input:is([type=text], [type=tel], [type=email], [type=date])`)]
                .filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5)
                .map(e => `${e.tagName} ${e.textContent.trim().slice(0, 30)} ${e.getBoundingClientRect().height}`)"""
        )
        assert not small, f"{self.page.url}: too small to tap: {small}"


@pytest.fixture(autouse=True)
def _own_host(settings, live_server):
    settings.BASE_URL = live_server.url


@pytest.fixture
def walker(new_page, live_server, evening):
    return Walker(new_page(width=390), live_server.url, evening.meeting)


@pytest.fixture
def without_javascript(new_page, live_server, evening):
    return Walker(new_page(width=390, java_script_enabled=False), live_server.url, evening.meeting)


def full_board(evening):
    """60 ideas of 200 characters over the chosen themes, among them the worst that somebody could write."""
    step, author = evening.step, uuid.uuid4()
    themes = [item.theme for item in evening.meeting.themes.filter(chosen=True).select_related("theme")]
    for number in range(60):
        text = NASTY if number % 10 == 3 else f"{number} {LONG_IDEA}"[:200]
        idea = Idea.objects.create(
            wijk=evening.meeting.wijk,
            theme=themes[number % len(themes)],
            title=text,
            what=LONG_WHAT if number % 7 == 0 else "",
            author_kind="facilitator",
            author_id=author,
            key=uuid.uuid4(),
        )
        Contribution.objects.create(
            step=step, take="idea", author_kind="facilitator", author_id=author, idea=idea, key=idea.key
        )


def test_coming_in(walker):
    walker.goes("join")
    walker.stops("join-code")
    walker.page.get_by_label("De code op het grote scherm").fill("zz zz")
    walker.page.get_by_role("button", name="Verder").click()
    walker.page.get_by_text("6 letters en cijfers. Kijk nog eens").first.wait_for()
    walker.stops("join-code-wrong")
    code = walker.meeting.join_code
    walker.page.get_by_label("De code op het grote scherm").fill(f"{code[:3].lower()} {code[3:]}")
    walker.page.get_by_role("button", name="Verder").click()
    walker.page.get_by_label("Jouw voornaam").wait_for()
    walker.stops("join")
    walker.page.get_by_role("button", name="Doe mee").click()
    walker.joins(LONG_NAME, "fysiotherapeut")
    walker.stops("waiting")
    walker.page.get_by_text("Jouw plek").click()
    walker.stops("waiting-seat")
    walker.page.get_by_role("link", name="Ik zit aan een andere tafel").click()
    walker.stops("table")
    walker.page.get_by_text("Tafel 4").click()
    walker.page.get_by_role("button", name="Hier zit ik").click()
    walker.page.get_by_text("Je zit nu aan tafel 4").wait_for()


def test_a_whole_evening_on_the_phone(walker, evening):
    people = evening.fills(14)
    put_on_the_table(evening.meeting, LONG_THEME)
    walker.joins()
    me = Participant.objects.get(first_name="Ans", number=15)
    evening.starts()
    walker.looks("welcome")
    evening.goes_to("meet")
    walker.looks("meet-talking")
    write(evening.step.end_talk)
    mate = next(one for one in people if one.table_id == me.table_id)
    evening.sends(mate, "card", {"call_me_for": "een rondje lopen", "phone": "06-12345678", "shares_card": "on"})
    walker.looks("meet")
    walker.page.get_by_label("Mijn tafel mag mijn kaartje zien").check()
    walker.page.get_by_role("button", name="Kaartje bewaren").click()
    walker.page.get_by_text("Vul iets in op je kaartje").first.wait_for()
    walker.stops("meet-refused")
    evening.goes_to("figures")
    walker.looks("figures")
    evening.goes_to("themes")
    walker.looks("themes")
    for label in ("Mantelzorg", "Bewegen", LONG_THEME):
        walker.page.get_by_text(label, exact=True).click()
    walker.page.get_by_role("button", name="Stem opslaan").click()
    walker.page.get_by_text("Je keuze is bewaard").wait_for()
    walker.stops("themes-chosen")
    evening.everybody_dots(people[:9])
    write(lambda: evening.step.choice.close(by=evening.leader))
    walker.looks("themes-closed")
    step = evening.step
    write(lambda: step.rules.do(step, step.rules.find_act("show"), {}, evening.leader))
    walker.looks("themes-result")
    evening.goes_to("group")
    walker.looks("group-talking")
    write(evening.step.end_talk)
    walker.looks("group")
    walker.page.get_by_role("button", name="Deze telefoon schrijft voor de tafel").first.click()
    walker.page.get_by_label("Onze droom").fill("Iedereen in onze straat kent zijn buren.")
    walker.page.get_by_role("button", name="Droom bewaren").click()
    walker.page.get_by_text("Jullie droom is bewaard").wait_for()
    for title in ("Soep op dinsdag", NASTY[:180]):
        walker.page.get_by_label("Ons idee").fill(title)
        walker.page.get_by_role("button", name="Zet idee op het bord").click()
        walker.page.get_by_text("Jullie idee staat op het bord.").wait_for()
    walker.looks("group-writing")
    walker.page.get_by_role("link", name="Aanpassen").first.click()
    walker.stops("group-reword")
    evening.goes_to("break")
    walker.looks("break")


def test_a_vote_with_sixty_ideas_plans_and_the_end(walker, evening):
    people = evening.fills(12)
    walker.joins()
    evening.goes_to("themes")
    evening.everybody_dots(people)
    evening.goes_to("group")
    full_board(evening)
    evening.goes_to("vote")
    walker.looks("vote")
    for number in (0, 3, 30):
        walker.page.locator(".choice").nth(number).click()
    assert walker.page.locator(".choice__input:disabled").count() == 57
    walker.stops("vote-three")
    walker.page.get_by_role("button", name="Stem opslaan").click()
    walker.page.get_by_text("Je keuze is bewaard").wait_for()
    evening.everybody_dots(people)
    step = evening.step
    write(lambda: step.rules.do(step, step.rules.find_act("show"), {}, evening.leader))
    walker.looks("vote-result")
    evening.goes_to("plan")
    walker.looks("plan-talking")
    write(evening.step.end_talk)
    walker.looks("plan")
    walker.page.get_by_role("link", name="Ik trek dit").first.click()
    walker.page.get_by_role("button", name="Ja, ik trek dit").click()
    walker.page.get_by_text("Schrijf op wat je als eerste doet").first.wait_for()
    walker.stops("plan-refused")
    walker.page.get_by_label("Wat is de eerste stap?").fill("Bellen met de wijkraad")
    walker.page.get_by_label("Wanneer is die stap klaar?").fill("2030-01-15")
    walker.page.get_by_role("button", name="Ja, ik trek dit").click()
    walker.page.get_by_text("Jij bent trekker").wait_for()
    assert "deel=" not in walker.page.url
    walker.looks("plan-mine")
    ideas = [row["idea"] for row in evening.step.rules.rows(evening.meeting)]
    for person, idea in zip(people, ideas[1:4], strict=False):
        evening.sends(person, "own", {"idea": str(idea.public_id), "first_step": "Bellen", "due": "2030-01-15"})
    evening.goes_to("share")
    walker.looks("share")
    walker.page.get_by_role("button", name="Ik help mee").last.click()
    walker.page.get_by_text("Fijn dat je meehelpt").wait_for()
    assert Plan.objects.filter(partners__person__first_name="Ans").exists()
    evening.goes_to("close")
    in_six_weeks = evening.meeting.starts_at + timedelta(weeks=6)
    write(lambda: evening.meeting.agree_next(in_six_weeks, "Buurthuis De Zeven Gevels"))
    walker.looks("close-tomorrow")
    walker.page.get_by_label("Wat doe jij morgen?").fill("Koffie drinken met de buurvrouw van nummer 12.")
    walker.page.get_by_role("button", name="Bewaren").click()
    walker.page.get_by_text("Ik ken nu meer mensen in de wijk").wait_for()
    walker.stops("close-statements")
    walker.looks("close-quote", "?deel=quote")
    walker.looks("close-address", "?deel=address")
    walker.looks("close-follow-up", "?deel=follow_up")
    walker.looks("close-done", "?deel=klaar")
    write(lambda: running.end(evening.meeting, seen=evening.step.meeting.phase, by=evening.leader))
    walker.looks("ended")
    walker.goes("mine", args=[evening.meeting.public_id])
    walker.stops("mine")
    paper = walker.page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1


def test_joining_and_voting_work_without_javascript(without_javascript, evening):
    people = evening.fills(6)
    page = without_javascript.page
    without_javascript.joins("Wim", "huisarts")
    evening.goes_to("themes")
    page.goto(without_javascript.home)
    for number in range(4):
        page.locator(".choice").nth(number).click()
    page.get_by_role("button", name="Stem opslaan").click()
    page.get_by_text("Je hebt 3 stippen. Haal er 1 weg.").first.wait_for()
    assert page.locator(".choice__input:checked").count() == 4
    page.locator(".choice").nth(0).click()
    page.get_by_role("button", name="Stem opslaan").click()
    page.get_by_text("Je keuze is bewaard").wait_for()
    assert page.locator(".choice__input:checked").count() == 3
    evening.everybody_dots(people)
    evening.goes_to("group")
    write(evening.step.end_talk)
    page.get_by_role("link", name="Ververs deze pagina").click()
    page.get_by_role("button", name="Deze telefoon schrijft voor de tafel").first.click()
    page.get_by_label("Ons idee").fill("Soep op dinsdag")
    page.get_by_role("button", name="Zet idee op het bord").click()
    page.get_by_text("Jullie idee staat op het bord").wait_for()
    assert Idea.objects.filter(title="Soep op dinsdag").count() == 1

"""The projector in a real browser: nothing is cut and nothing scrolls, whatever people write."""

from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from samenwijk.live.writer import write
from samenwijk.meetings import running
from samenwijk.meetings.models import Contribution
from samenwijk.meetings.themes import put_on_the_table
from samenwijk.plans.models import Idea
from tests.browser import axe, shot

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SIZES = (1920, 1280)
LONG = (
    "Een heel lang idee van tweehonderd tekens, waarin iemand alles tegelijk vertelt: wie er belt, wie er opendoet, "
    "wat de huisartsenpraktijk doet, wat het sociaal wijkteam doet en waarom dat nu nog niet lukt"
)
LONG_THEME = "Samen sterk voor ouderen die thuis wonen, alleen zijn en niet snel om hulp vragen"[:80]
NASTY = "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW " * 4 + "👩🏽‍⚕️👩🏽‍⚕️👩🏽‍⚕️👩🏽‍⚕️"

WHAT_DOES_NOT_FIT = (Path(__file__).parent / "what_does_not_fit.js").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _own_host(settings, live_server):
    settings.BASE_URL = live_server.url


@pytest.fixture
def wall(new_page, live_server, evening):
    """Opens the projector's page, takes a picture, and looks whether all fits at both sizes and can be read."""
    page, troubles = new_page(width=1920), []
    address = live_server.url + reverse("meetings:screen", args=[evening.meeting.screen_token])

    def look(name: str):
        page.goto(address)
        page.evaluate("document.fonts.ready.then(() => 1)")
        for width in SIZES:
            shot(page, f"projector-{name}", width, full=False)
            troubles.extend(what_does_not_fit(page, name, width))
        axe(page)
        # The database of a test is in memory: a page that looks again would stand in the way of the next write.
        page.goto("about:blank")

    yield look
    page.close()
    assert not troubles, "\n".join(troubles)


def what_does_not_fit(page, name, width):
    boards = max(1, page.locator("[data-board]").count())
    for number in range(boards):
        if page.evaluate("document.documentElement.scrollHeight > innerHeight"):
            yield f"{name} at {width}, board {number + 1}: scrolls"
        for found in page.evaluate(WHAT_DOES_NOT_FIT):
            yield f"{name} at {width}, board {number + 1}: {found}"
        if boards > 1:
            page.keyboard.press("ArrowRight")


def presses(evening, act, data=None):
    """The facilitator presses a button of the step."""
    step = evening.step
    write(lambda: step.rules.do(step, step.rules.find_act(act), data or {}, evening.leader))


def agrees_next(evening, place):
    evening.meeting.refresh_from_db()
    write(lambda: evening.meeting.agree_next(timezone.now() + timezone.timedelta(days=60), place))


def crowd(evening, number=100, tables=8):
    for table in range(evening.meeting.tables.count() + 1, tables + 1):
        evening.meeting.tables.create(number=table)
    return evening.fills(number)


def long_themes(evening, number=6):
    evening.meeting.themes.all().delete()
    for n in range(number):
        put_on_the_table(evening.meeting, f"{n + 1} {LONG_THEME}"[:80])


IDEAS = (
    "Eén signaalkaart voor fysio, apotheek en praktijk",
    "Welkomstkoffie op recept",
    "Duo-huisbezoek bij een ‘niet-pluis’-gevoel",
    "Wandelapotheek: elke dinsdag een rondje met de apotheker",
    "Samen koken in de school, met ouders en de diëtist",
    "Een vast gezicht voor mantelzorgers in het gezondheidscentrum",
    "Buurtbankjes op de route naar de supermarkt",
    "Elke maand een wijklunch, steeds bij een ander",
    "Bellen in plaats van mailen als je je zorgen maakt",
    "Beweegtuin openen op zaterdag, met de buurtsportcoach",
    "Een taalmaatje mee naar de huisarts",
    "Logeerhuis voor een weekend rust",
    "Boodschappenhulp via de sportclub",
    "Schuldhulp aan tafel in de wachtkamer",
)
DREAMS = (
    "Niemand eet meer alleen op zondag.",
    "Kinderen lopen weer zelf naar school.",
    "Wie zorgt, weet wie er voor hém of haar zorgt.",
)


def writes_what_people_write(evening):
    """Each table its dream and two ideas, as they could be in any wijk."""
    number = 0
    for table in evening.meeting.tables.all():
        scribe = table.participants.present().first()
        write(lambda table=table, scribe=scribe: table.write_here(scribe))
        if table.number <= len(DREAMS):
            evening.sends(scribe, "dream", {"text": DREAMS[table.number - 1]}, as_table=True)
        for _turn in range(3 if table.number < 3 else 2):
            evening.sends(scribe, "idea", {"title": IDEAS[number], "what": ""}, as_table=True)
            number += 1


def dots_of_a_room(evening, people):
    """Dots that differ, with a tie at the edge of what goes on."""
    options = list(evening.step.choice.options.all())
    for n, participant in enumerate(people):
        chosen = {(n * n) % len(options), (n // 2) % len(options), (n % 5)}
        evening.sends(participant, "dots", {"options": [str(options[o].public_id) for o in chosen if o < len(options)]})


def fill_board(evening, number, title=LONG):
    """So many ideas on the board, spread over tables and themes."""
    step = evening.step
    tables = list(evening.meeting.tables.select_related("theme"))
    themes = [one.theme for one in evening.meeting.themes.filter(chosen=True).select_related("theme")]
    for n in range(number):
        table = tables[n % len(tables)]
        idea = Idea.objects.create(
            wijk=evening.meeting.wijk,
            theme=themes[n % len(themes)],
            title=(title if n % 7 else NASTY)[:200],
            author_kind="table",
            author_id=table.public_id,
            key=table.public_id.__class__(int=n + 1),
        )
        Contribution.objects.create(
            step=step,
            take="idea",
            author_kind="table",
            author_id=table.public_id,
            table=table,
            idea=idea,
            key=idea.key,
        )


def test_an_ordinary_evening_on_the_wall(wall, evening):
    wall("lobby-empty")
    people = evening.fills(43)
    wall("lobby")
    evening.starts()
    wall("welcome")
    evening.goes_to("meet")
    wall("meet-talk")
    running.end_talk(evening.step)
    wall("meet")
    evening.goes_to("figures")
    step = evening.step
    for n, participant in enumerate(people[:31]):
        evening.sends(
            participant, "recognise", {"about": step.rules.at(step), "value": ("herken", "niet", "mis")[n % 3]}
        )
    for at in range(5):
        presses(evening, "turn", {"to": at})
        wall(f"figure-{at}")
    presses(evening, "turn", {"to": 3})
    presses(evening, "reveal")
    wall("figure-revealed")


def test_choosing_and_thinking_on_the_wall(wall, evening):
    people = evening.fills(43)
    evening.goes_to("themes")
    dots_of_a_room(evening, people[:31])
    wall("themes-open")
    presses(evening, "close")
    presses(evening, "show")
    wall("themes-result")
    evening.goes_to("group")
    wall("group-talk")
    running.end_talk(evening.step)
    wall("group-empty")
    writes_what_people_write(evening)
    wall("group-board")
    evening.goes_to("break")
    wall("break")
    evening.goes_to("vote")
    dots_of_a_room(evening, people[:31])
    wall("vote-open")
    presses(evening, "show")
    wall("vote-result")


def test_agreeing_and_closing_on_the_wall(wall, evening):
    people = evening.fills(43)
    evening.goes_to("themes")
    evening.everybody_dots(people)
    evening.goes_to("group")
    writes_what_people_write(evening)
    evening.goes_to("vote")
    dots_of_a_room(evening, people)
    presses(evening, "show")
    evening.goes_to("plan")
    wall("plan-talk")
    running.end_talk(evening.step)
    wall("plan-free")
    from samenwijk.meetings.kinds.planning import chosen_ideas

    for idea, participant in zip(chosen_ideas(evening.meeting)[:4], people, strict=False):
        evening.sends(
            participant,
            "own",
            {"idea": str(idea.public_id), "first_step": "Bellen met de buurtbus en drie bewoners", "due": "2030-12-12"},
        )
    wall("plan")
    evening.goes_to("share")
    plan = evening.step.rules.screen(evening.step)["plan"]
    for participant in people[5:20]:
        evening.sends(
            participant, "help", {"plan": str(plan.public_id), "offer": "help" if participant.number % 3 else "knows"}
        )
    wall("share")
    evening.goes_to("close")
    wall("close-empty")
    evening.sends(people[3], "follow_up", {"phone": "071 - 555 01 23"})
    evening.sends(people[1], "statements", {"ken": "eens"})
    agrees_next(evening, "Buurthuis De Zeven Gevels")
    wall("close")
    evening.ends()
    wall("ended")


def test_the_longest_texts_and_a_hundred_people(wall, evening):
    meeting = evening.meeting
    type(meeting).objects.filter(pk=meeting.pk).update(title=LONG[:120])
    meeting.steps.update(question=LONG[:200], title=LONG[:80])
    long_themes(evening)
    people = crowd(evening)
    wall("x-lobby")
    evening.starts()
    step = evening.step
    step.settings = {
        "asks": True,
        "speaker": "Mevrouw professor doctor Van den Berg-Oudekerk tot Nieuwerkerk aan den IJssel 12",
    }
    step.save()
    wall("x-welcome")
    for participant in people[:60]:
        evening.sends(participant, "answer", {"text": LONG[: 200 if participant.number % 2 else 40]})
    wall("x-welcome-answers")
    evening.goes_to("themes")
    evening.everybody_dots(people[:77])
    wall("x-themes-open")
    presses(evening, "show")
    wall("x-themes-result")
    evening.goes_to("group")
    wall("x-group-talk")
    running.end_talk(evening.step)
    wall("x-group-empty")
    fill_board(evening, 60)
    wall("x-group-board")
    evening.goes_to("break")
    wall("x-break")
    evening.goes_to("vote")
    evening.everybody_dots(people[:77])
    wall("x-vote-open")
    presses(evening, "show")
    wall("x-vote-result")
    evening.goes_to("plan")
    wall("x-plan-talk")
    running.end_talk(evening.step)
    from samenwijk.meetings.kinds.planning import chosen_ideas

    for idea, participant in zip(chosen_ideas(meeting), people, strict=False):
        evening.sends(participant, "own", {"idea": str(idea.public_id), "first_step": LONG[:200], "due": "2030-12-12"})
    wall("x-plan")
    evening.goes_to("share")
    plan = evening.step.rules.screen(evening.step)["plan"]
    for participant in people[5:90]:
        evening.sends(
            participant, "help", {"plan": str(plan.public_id), "offer": "help" if participant.number % 2 else "knows"}
        )
    wall("x-share")
    evening.goes_to("close")
    agrees_next(evening, LONG[:120])
    wall("x-close")
    evening.ends()
    wall("x-ended")


def test_twelve_tables_and_a_very_long_script(wall, evening):
    """More than the eight tables and ten steps of an ordinary evening."""
    people = crowd(evening, 60, tables=12)
    for position in range(20, 34):
        evening.meeting.steps.create(position=position, kind="break", title=f"Nog een onderdeel {position}", minutes=5)
    evening.starts()
    wall("y-welcome")
    evening.goes_to("themes")
    evening.everybody_dots(people)
    evening.goes_to("group")
    wall("y-group-talk")
    running.end_talk(evening.step)
    evening.each_table_writes(3)
    wall("y-group-board")
    while evening.step.title != "Nog een onderdeel 26":
        evening.goes_on()
    wall("y-break")

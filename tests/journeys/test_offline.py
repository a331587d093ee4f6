"""A phone without a connection: the page opens all the same, answers wait on the phone, and each is stored once."""

import pytest
from playwright.sync_api import expect

from tests.browser import axe, fits, shot
from tests.live.proxy import Proxy

pytestmark = pytest.mark.journey

WORLD = """
from samenwijk.demo.world import build_world
from samenwijk.live.writer import write
from samenwijk.meetings import running
from samenwijk.people.models import User
meeting, leader = build_world().evening, User.objects.first()
write(lambda: running.start(meeting, by=leader))
step = next(one for one in meeting.ordered_steps() if one.kind == "themes")
meeting.refresh_from_db()
write(lambda: running.go_to(meeting, step, seen=meeting.phase, by=leader))
print(meeting.join_token)
"""
ROOM = """
from samenwijk.live.writer import write
from samenwijk.meetings.models import Meeting, Submission
from samenwijk.people.models import User
meeting, leader = Meeting.objects.get(join_token={token!r}), User.objects.first()
step = meeting.current
step.meeting = meeting
"""
COUNTED = """
ballots = list(step.choice.ballots.filter(late=False))
chosen = sorted(str(dot.option.public_id) for one in ballots for dot in one.dots.select_related("option"))
print(len(ballots), Submission.objects.filter(take="dots").count(), *chosen)
"""
SHOWN = "write(lambda: step.rules.act_show(step, {{}}, leader))"
SIZES = (320, 390)
STATE = "[data-live-state]"
PATIENCE = 20_000


def looks(page, name):
    for width in SIZES:
        shot(page, f"line-{name}", width)
        fits(page)
    axe(page)


def joins(page, base, token):
    page.goto(f"{base}/m/{token}/")
    page.get_by_label("Jouw voornaam").fill("Ans")
    page.get_by_label("Wat ben jij?").select_option("bewoner")
    page.get_by_role("button", name="Doe mee").click()
    page.wait_for_url("**/bijeenkomst/**")
    expect(page.locator(STATE)).to_have_text("live", timeout=PATIENCE)


def votes(page, *options):
    """Chooses these of the options on the page; returns what was chosen, as the server should have it."""
    boxes = page.locator("form#stem input[name=options]")
    for number in range(boxes.count()):
        if boxes.nth(number).is_checked() != (number in options):
            boxes.nth(number).locator("xpath=ancestor::label[1] | self::input").first.click(force=True)
    chosen = chosen_on(page)
    page.locator("button[form=stem], form#stem button[type=submit]").first.click()
    return chosen


def chosen_on(page):
    boxes = page.locator("form#stem input[name=options]")
    return sorted(boxes.evaluate_all("boxes => boxes.filter(box => box.checked).map(box => box.value)"))


def test_three_choices_without_a_connection_and_a_closed_tab_are_stored_once(installation, new_page):
    token = installation.does(WORLD)
    port = installation.start().port
    page = new_page(width=390)
    joins(page, f"http://127.0.0.1:{port}", token)
    home = page.url
    looks(page, "live")
    page.wait_for_function(
        "() => caches.open('samenwijk').then((box) => box.match(location.pathname))", timeout=PATIENCE
    )
    page.wait_for_timeout(1000)

    installation.stop()
    before = votes(page, 0)
    expect(page.locator(".live-note")).to_contain_text("Bewaard op deze telefoon")
    expect(page.locator(STATE)).to_contain_text("geen verbinding, 1 antwoord bewaard", timeout=PATIENCE)
    looks(page, "lost")
    page.wait_for_timeout(1500)
    expect(page.locator(".live-note")).to_contain_text("Bewaard op deze telefoon")
    context = page.context
    for number, options in ((2, (1,)), (3, (1, 2))):
        page.close()
        page = context.new_page()
        page.goto(home)
        expect(page.locator(STATE)).to_contain_text("Je ziet de stand van", timeout=PATIENCE)
        if number == 2:
            expect(page.locator(".live-note")).to_contain_text("Bewaard op deze telefoon")
            looks(page, "offline")
        assert chosen_on(page) == before
        before = chosen = votes(page, *options)
        expect(page.locator(STATE)).to_contain_text(f"geen verbinding, {number} antwoorden bewaard", timeout=PATIENCE)
    page.close()

    installation.start(port)
    page = context.new_page()
    page.goto(home)
    expect(page.locator(STATE)).to_have_text("live", timeout=2 * PATIENCE)
    assert installation.does(ROOM.format(token=token) + COUNTED).split() == ["1", "3", *chosen]

    installation.stop()
    votes(page, 0)
    expect(page.locator(STATE)).to_contain_text("1 antwoord bewaard", timeout=PATIENCE)
    installation.does((ROOM + SHOWN).format(token=token))
    installation.start(port)
    expect(page.get_by_text("Te laat: deze ronde is al dicht.")).to_be_visible(timeout=2 * PATIENCE)
    looks(page, "late")
    assert installation.does(ROOM.format(token=token) + COUNTED).split() == ["1", "4", *chosen]


def test_who_has_no_connection_may_choose_otherwise_on_the_same_page(installation, new_page):
    token = installation.does(WORLD)
    port = installation.start().port
    page = new_page(width=390)
    joins(page, f"http://127.0.0.1:{port}", token)
    installation.stop()
    votes(page, 0)
    expect(page.locator(STATE)).to_contain_text("1 antwoord bewaard", timeout=PATIENCE)
    chosen = votes(page, 1, 2)
    expect(page.locator(STATE)).to_contain_text("2 antwoorden bewaard", timeout=PATIENCE)
    installation.start(port)
    expect(page.locator(STATE)).to_have_text("live", timeout=2 * PATIENCE)
    assert installation.does(ROOM.format(token=token) + COUNTED).split() == ["1", "2", *chosen]


def test_a_page_that_is_slow_to_come_says_that_it_is_being_brought_up_to_date(installation, new_page):
    token = installation.does(WORLD)
    port = installation.start().port
    page = new_page(width=390, service_workers="block")
    joins(page, f"http://127.0.0.1:{port}", token)
    held, slow = [], [True]
    page.route(page.url, lambda route: held.append(route) if slow else route.continue_())
    installation.does((ROOM + "write(lambda: meeting.announce('step'))").format(token=token))
    expect(page.locator(STATE)).to_have_text("bijwerken", timeout=PATIENCE)
    looks(page, "updating")
    slow.clear()
    for route in held:
        route.continue_()
    expect(page.locator(STATE)).to_have_text("live", timeout=PATIENCE)


PAPER = """
from samenwijk.meetings.models import EmergencyLink
print(EmergencyLink.make(meeting, by=leader)[1])
"""


def test_with_the_paper_somebody_leads_and_tests_the_room(installation, new_page):
    token = installation.does(WORLD)
    paper = installation.does(ROOM.format(token=token) + PAPER)
    port = installation.start().port
    page = new_page(width=390)
    page.goto(f"http://127.0.0.1:{port}/nood/{paper}/")
    looks(page, "paper")
    page.get_by_role("button", name="Ik leid de bijeenkomst").click()
    page.wait_for_url("**/begeleiden/**")
    console = page.url
    page.get_by_role("link", name="Test deze zaal").click()
    page.get_by_role("button", name="Begin de test").click()
    verdicts = page.locator("[data-test][data-verdict=good]")
    expect(verdicts).to_have_count(5, timeout=2 * PATIENCE)
    for width in (1440, 768, 390, 320):
        shot(page, "room-test", width)
        fits(page)
    axe(page)
    proxy = Proxy(port, holds_streams=True)
    page.goto(console.replace(str(port), str(proxy.port)) + "zaal-testen/")
    page.get_by_role("button", name="Begin de test").click()
    held = page.locator("[data-test=stream]")
    expect(held).to_have_attribute("data-verdict", "fair", timeout=2 * PATIENCE)
    expect(held).to_contain_text("Iets op dit netwerk houdt berichten vast")
    expect(page.locator("[data-test=poll]")).to_have_attribute("data-verdict", "good", timeout=2 * PATIENCE)
    for width in (1440, 390, 320):
        shot(page, "room-test-held", width)
    axe(page)
    proxy.close()
    assert page.troubles == []

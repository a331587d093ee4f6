"""The wijk's pages and the documents of an evening, looked at in a browser."""

import pytest
from django.urls import reverse

from samenwijk.plans.links import action_link
from tests.browser import axe, fits, shot
from tests.home.evenings import actions_of, play

WIDTHS = (1440, 768, 390, 320)
LONG = "Samenwerkenmetmensendiealleenwonenindewijkendaarbuiten " * 4


@pytest.fixture
def signed_in(browser, live_server, new_page, as_user):
    """A page in which somebody is signed in."""

    def make(user):
        page = new_page(width=1440)
        if user is not None:
            cookie = as_user(user).cookies["sessionid"].value
            page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        return page

    return make


def looked_at(page, live_server, address, name):
    page.goto(live_server.url + address)
    looked_at_now(page, name)
    assert page.troubles == []


def looked_at_now(page, name):
    axe(page)
    for width in WIDTHS:
        shot(page, name, width)
        fits(page)


@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
def test_the_pages_of_a_wijk_before_the_first_evening(live_server, cast, signed_in):
    wijk = reverse("home:wijk", args=[cast.wijk.slug])
    visitor = signed_in(None)
    looked_at(visitor, live_server, reverse("home:front"), "front")
    looked_at(visitor, live_server, wijk, "wijk-open")
    coordinator = signed_in(cast.coordinator)
    looked_at(coordinator, live_server, wijk, "wijk-before")
    looked_at(coordinator, live_server, wijk + "opvolging/", "follow-up-empty")
    looked_at(coordinator, live_server, wijk + "mensen/", "people")


@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
def test_the_pages_of_a_wijk_after_an_evening(live_server, cast, evening, signed_in):
    play(evening, cast)
    action = actions_of(evening)[0]
    action.plan.detail(
        form="samenwerkingsafspraak", needs=["tijd", "geld"], needs_what="Een zaal.", needs_whom="De school", by=None
    )
    type(action.plan.idea).objects.filter(pk=action.plan.idea_id).update(title=LONG[:200])
    type(action.plan.idea.theme).objects.filter(pk=action.plan.idea.theme_id).update(title=LONG[:80])
    wijk = reverse("home:wijk", args=[cast.wijk.slug])
    for name in ("coordinator", "gp", "resident"):
        looked_at(signed_in(getattr(cast, name)), live_server, wijk, f"wijk-after-{name}")
    coordinator = signed_in(cast.coordinator)
    looked_at(coordinator, live_server, wijk + "opvolging/", "follow-up")
    looked_at(coordinator, live_server, reverse("home:idea", args=[action.plan.idea.public_id]), "idea")
    for name in ("report", "news", "report_pdf"):
        looked_at(
            coordinator, live_server, reverse(f"meetings:{name}", args=[evening.meeting.public_id]) + "?scherm", name
        )
    owner = signed_in(None)
    looked_at(owner, live_server, action_link(action), "own-plan")
    owner.locator("#einde button").click()
    axe(owner)
    shot(owner, "own-plan-errors", 390)
    facilitator = signed_in(cast.facilitator)
    for name in ("print_poster", "print_signs", "print_sheets", "print_cards"):
        address = reverse(f"meetings:{name}", args=[evening.meeting.public_id])
        looked_at(facilitator, live_server, address + "?scherm", name)


@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
def test_who_writes_a_story_sees_at_once_what_may_name_somebody(live_server, cast, signed_in):
    page = signed_in(cast.resident)
    address = reverse("home:profile_figure", args=[cast.wijk.slug, "aandeel-een-persoon"])
    page.goto(live_server.url + address)
    page.get_by_label("Wat zie jij in de wijk?").press_sequentially("Fatima zit altijd alleen")
    page.get_by_text("Kan iemand hieraan te herkennen zijn?").wait_for()
    looked_at_now(page, "story-guard")
    tick = page.get_by_label("Ik heb het nagekeken")
    tick.check()
    with page.expect_response("**/nakijken/"):
        page.get_by_label("Wat zie jij in de wijk?").press_sequentially(" op het plein.")
    page.wait_for_timeout(100)
    assert tick.is_checked()
    page.get_by_role("button", name="Verhaal versturen").click()
    page.get_by_text("Je verhaal wacht nog").wait_for()
    assert page.troubles == []

"""The page of all components in a real browser: readable, nothing cut off, and alive."""

import pytest

from tests.browser import axe, fits, shot

pytestmark = [pytest.mark.journey, pytest.mark.urls("tests.ui.urls"), pytest.mark.django_db(transaction=True)]

PARTS = ".screen-body, .screen-main, .screen-side, .screen-header, .screen-footer"
CUT = """parts => [...document.querySelectorAll(parts)]
  .filter(part => part.scrollHeight > part.clientHeight + 1 || part.scrollWidth > part.clientWidth + 1)
  .map(part => part.className)"""


@pytest.mark.parametrize("page_name", ["", "phone/", "console/", "print/"])
@pytest.mark.parametrize("width", [1440, 390, 320])
def test_pages_are_accessible_and_fit(live_server, new_page, page_name, width):
    page = new_page(width=width)
    page.goto(f"{live_server.url}/stijl/{page_name}")
    axe(page)
    fits(page)
    shot(page, f"stijl-{page_name.strip('/') or 'base'}", width)
    assert page.troubles == []


def test_pages_are_accessible_in_the_dark(live_server, new_page):
    page = new_page(width=1440, color_scheme="dark")
    page.goto(f"{live_server.url}/stijl/")
    axe(page)


@pytest.mark.parametrize("page_name", ["screen", "screen-result", "screen-figure"])
@pytest.mark.parametrize("width", [1920, 1280])
def test_the_projector_shows_everything_without_scrolling(live_server, new_page, page_name, width):
    page = new_page(width=width)
    page.goto(f"{live_server.url}/stijl/{page_name}/")
    axe(page)
    shot(page, f"stijl-{page_name}", width, full=False)
    assert page.evaluate(CUT, PARTS) == []


def test_dots_count_along_and_close_when_all_are_used(live_server, new_page):
    page = new_page(width=390)
    page.goto(f"{live_server.url}/stijl/phone/")
    status = page.locator(".dots__text")
    assert status.inner_text() == "Nog 1 keuze"
    page.locator("text=Wandelapotheek").click()
    assert status.inner_text() == "Je hebt al je keuzes gemaakt"
    assert page.locator("text=Samen koken in de school").locator("xpath=ancestor::label//input").is_disabled()
    page.locator("text=Wandelapotheek").click()
    assert status.inner_text() == "Nog 1 keuze"


def test_a_timer_runs_and_characters_count_down(live_server, page):
    page.goto(f"{live_server.url}/stijl/")
    assert page.locator(".timer--ring .timer__text").inner_text().startswith("7:2")
    page.locator("#id_call_me_for").fill("val")
    assert page.locator("[data-counter-for=id_call_me_for]").inner_text() == "nog 77 tekens"


def test_everything_can_be_reached_with_the_keyboard(live_server, page):
    page.goto(f"{live_server.url}/stijl/phone/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Ga naar de inhoud"
    for _step in range(3):
        page.keyboard.press("Tab")
    outline = page.evaluate(
        "getComputedStyle(document.activeElement.closest('label') ?? document.activeElement).outlineWidth"
    )
    assert outline == "3px"


def test_without_a_script_the_vote_page_still_has_all_it_needs(live_server, new_page):
    page = new_page(width=390, java_script_enabled=False)
    page.goto(f"{live_server.url}/stijl/phone/")
    assert page.locator("input[type=checkbox]").count() == 6
    assert page.locator("button:has-text('Stem opslaan')").get_attribute("form") == "stem"
    assert "tot " in page.locator(".timer__text").inner_text()

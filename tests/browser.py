"""A real browser for tests: `page` to walk through the product, `axe` for accessibility, `shot` for pictures.

    @pytest.mark.journey
    def test_somebody_can_vote(page, live_server):
        page.goto(f"{live_server.url}/…")
        axe(page)
        shot(page, "vote", 390)

Chromium comes from the system (`/usr/bin/chromium`, or SAMENWIJK_CHROMIUM). Without it these tests are skipped.
Pictures are kept in the folder that SAMENWIJK_SHOTS names; without it `shot` only sets the width.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
STICKS_OUT = """() => [...document.querySelectorAll("body *")]
  .filter(part => !part.closest(".visually-hidden, .table-box, .disclosure__body"))
  .map(part => [part, part.getBoundingClientRect()])
  .filter(([part, box]) => box.width && box.right > innerWidth + 1)
  .slice(0, 5)
  .map(([part, box]) => `${part.tagName}.${part.getAttribute("class")} ${Math.round(box.right)}`)"""
HEIGHTS = {1920: 1080, 1280: 800, 1440: 900, 768: 1024, 390: 844, 320: 640}


def chromium() -> str | None:
    return os.environ.get("SAMENWIJK_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    program = chromium()
    if program is None:
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; Django may still use its database from here.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage"],
        )
        yield started
        started.close()


@pytest.fixture
def new_page(browser: Any) -> Iterator[Any]:
    """Makes pages that share nothing, for journeys with several people: `phone = new_page(width=390)`."""
    contexts = []

    def make(width: int = 1280, **options: Any) -> Any:
        viewport = {"width": width, "height": HEIGHTS.get(width, 800)}
        context = browser.new_context(viewport=viewport, locale="nl-NL", timezone_id="Europe/Amsterdam", **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        return watched(context.new_page())

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: Any) -> Any:
    return new_page()


def watched(page: Any) -> Any:
    """Remembers what went wrong in the page: errors of scripts, and what the content policy refused."""
    page.troubles = []
    page.on("pageerror", lambda error: page.troubles.append(str(error)))
    page.on("console", lambda said: _remember(page, said))
    return page


def _remember(page: Any, said: Any) -> None:
    if said.type == "error" and "Failed to load resource" not in said.text:
        page.troubles.append(said.text)


def axe(page: Any, *, ignore: tuple[str, ...] = ()) -> None:
    """Nothing on this page may be in the way of people who read with their ears, a keyboard or large letters."""
    page.evaluate(AXE.read_text(encoding="utf-8") + "; undefined")
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]
    lines = [
        f"{violation['id']}: {violation['help']}\n    "
        + "\n    ".join(f"{node['target']} {node.get('failureSummary', '')}" for node in violation["nodes"][:4])
        for violation in found
        if violation["id"] not in ignore
    ]
    assert not lines, f"{page.url}\n" + "\n".join(lines)


def fits(page: Any) -> None:
    """Nothing sticks out at the right, whatever the width."""
    wide = page.evaluate(STICKS_OUT)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), f"{page.url} is too wide: {wide}"


def shot(page: Any, name: str, width: int = 1280, *, full: bool = True) -> None:
    """A picture of the page at a width; widths of the projector come with their height and are not scrolled."""
    page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, 800)})
    page.wait_for_timeout(100)
    folder = os.environ.get("SAMENWIJK_SHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=full)

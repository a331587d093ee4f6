"""The projector on a real server: it follows the room, keeps its picture when the line is gone, and comes back."""

import pytest

pytestmark = pytest.mark.journey

WORLD = "from samenwijk.demo.world import build_world; print(build_world().evening.screen_token)"
ROOM = """
import uuid
from samenwijk.live.writer import write
from samenwijk.meetings import running
from samenwijk.meetings.joining import join
from samenwijk.meetings.models import Meeting
from samenwijk.people.models import User
meeting, leader = Meeting.objects.get(screen_token={token!r}), User.objects.first()
"""
JOINS = "write(lambda: join(meeting, first_name='Ans', discipline='bewoner', organisation='', key=uuid.uuid4()))"
STARTS = "write(lambda: running.start(meeting, by=leader))"
GOES_ON = "write(lambda: running.go_on(meeting, seen=meeting.phase, by=leader))"
PATIENCE = 20_000
KEEPS_IT = """async () => {
  const kept = await (await caches.open("samenwijk")).match(location.pathname);
  const page = kept && new DOMParser().parseFromString(await kept.text(), "text/html");
  return page && page.querySelector("h1").textContent.trim() === "Waarom zijn we hier?";
}"""


def test_it_follows_the_room_and_survives_the_server(installation, new_page):
    token = installation.does(WORLD)
    room = ROOM.format(token=token)
    installation.start()
    page = new_page(width=1920)
    page.goto(f"http://127.0.0.1:{installation.port}/scherm/{token}/")
    line, heading = page.locator(".screen-line"), page.locator("h1")
    page.locator("[data-live-state=live]").wait_for(state="attached", timeout=PATIENCE)

    installation.does(room + JOINS)
    page.get_by_text("is er al").wait_for(timeout=PATIENCE)
    installation.does(room + STARTS)
    heading.filter(has_text="Waarom zijn we hier?").wait_for(timeout=PATIENCE)
    assert not line.is_visible()
    for _second in range(40):
        if page.evaluate(KEEPS_IT):
            break
        page.wait_for_timeout(1000)
    assert page.evaluate(KEEPS_IT)

    port = installation.port
    installation.stop()
    line.wait_for(timeout=PATIENCE)
    assert "geen verbinding. Dit is het laatste beeld." in line.inner_text()
    assert heading.inner_text() == "Waarom zijn we hier?"
    page.reload()
    line.wait_for(timeout=PATIENCE)
    assert heading.inner_text() == "Waarom zijn we hier?", "also when somebody loads the page again"

    installation.does(room + GOES_ON)
    installation.start(port)
    heading.filter(has_text="Waarvoor mogen mensen jou bellen?").wait_for(timeout=2 * PATIENCE)
    line.wait_for(state="hidden", timeout=PATIENCE)
    assert page.troubles == []


def test_without_scripts_it_loads_again_by_itself(installation, new_page):
    token = installation.does(WORLD)
    installation.start()
    page = new_page(width=1280, java_script_enabled=False)
    page.goto(f"http://127.0.0.1:{installation.port}/scherm/{token}/")
    assert page.locator("h1").inner_text() == "Welkom"
    assert page.locator("meta[http-equiv=refresh]").get_attribute("content") == "12; url=?bord=2"

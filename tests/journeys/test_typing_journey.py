"""A phone in a room that goes on: what somebody is writing is theirs, and what was said makes way."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey

WORLD = """
from samenwijk.demo.world import build_world
from samenwijk.live.writer import write
from samenwijk.meetings import running
from samenwijk.people.models import User
meeting, leader = build_world().evening, User.objects.first()
write(lambda: running.start(meeting, by=leader))
print(meeting.join_token)
"""
TO = """
from samenwijk.live.writer import write
from samenwijk.meetings import running
from samenwijk.meetings.models import Meeting
from samenwijk.people.models import User
meeting, leader = Meeting.objects.get(join_token={token!r}), User.objects.first()
step = meeting.steps.get(kind={kind!r})
write(lambda: running.go_to(meeting, step, seen=meeting.phase, by=leader))
step.refresh_from_db()
step.meeting = meeting
write(step.end_talk)
"""
TURN = """
write(lambda: step.rules.act_turn(step, {{"to": 1}}, leader))
"""
PATIENCE = 20_000


def test_the_room_goes_on_and_a_half_filled_form_stays_until_its_writer_looks(installation, new_page):
    token = installation.does(WORLD)
    page = new_page(width=390)
    page.goto(f"http://127.0.0.1:{installation.start().port}/m/{token}/")
    page.get_by_label("Jouw voornaam").fill("Ans")
    page.get_by_label("Wat ben jij?").select_option("bewoner")
    page.get_by_role("button", name="Doe mee").click()
    expect(page.locator("[data-live-state]")).to_have_text("live", timeout=PATIENCE)

    installation.does(TO.format(token=token, kind="figures"))
    page.get_by_text("Herken ik", exact=True).click(timeout=PATIENCE)
    page.get_by_role("button", name="Antwoord bewaren").click()
    said = page.get_by_text("Bedankt. Je antwoord is bewaard.")
    said.wait_for()
    installation.does((TO + TURN).format(token=token, kind="figures"))
    said.wait_for(state="detached", timeout=PATIENCE)

    installation.does(TO.format(token=token, kind="meet"))
    page.get_by_label("Bel mij voor").fill("een rondje lopen", timeout=PATIENCE)
    installation.does(TO.format(token=token, kind="close"))
    page.get_by_role("button", name="Er is iets nieuws. Laat zien").wait_for(timeout=PATIENCE)
    assert page.get_by_label("Bel mij voor").input_value() == "een rondje lopen"
    page.get_by_role("button", name="Er is iets nieuws. Laat zien").click()
    page.get_by_label("Wat doe jij morgen?").wait_for()
    page.get_by_text("Dit had je nog niet verstuurd: een rondje lopen").wait_for()

    page.goto(page.url + "?deel=follow_up")
    expect(page.locator("[data-live-state]")).to_have_text("live", timeout=PATIENCE)
    page.get_by_label("Jouw telefoonnummer").fill("06-12345678")
    page.get_by_role("button", name="Ja, ik draag de opvolging").click()
    page.get_by_text("Jij draagt de opvolging").wait_for()
    page.wait_for_timeout(1500)
    expect(page.get_by_text("Jij draagt de opvolging")).to_be_visible()
    assert "deel=" not in page.url

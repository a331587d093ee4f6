"""The table plan in a real browser: advice while choosing, moving with mouse and keyboard, projector and phone."""

import re

import pytest
from django.urls import reverse

from samenwijk.live.writer import write
from samenwijk.meetings import passes
from samenwijk.meetings.models import Acquaintance, Participant, TablePlan
from samenwijk.meetings.table_planning import make_plans
from tests.browser import axe, fits, shot

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SIZES = (1440, 768, 390, 320)
LONG = "Annemarie-Wilhelmina van der Meulen-Ott"


def looks(page, name, sizes=SIZES):
    for width in sizes:
        shot(page, f"tafelplan-{name}", width)
        fits(page)
    axe(page)
    assert not page.troubles, page.troubles
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_plan_from_advice_to_a_new_table_on_phone_and_projector(page, live_server, cast, as_user, evening, settings):
    settings.BASE_URL = live_server.url
    people = evening.fills(43)
    write(lambda: people[0].take_role(is_host=True, is_ambassador=False))
    Participant.objects.filter(pk=people[1].pk).update(first_name=LONG, organisation="Stichting Welzijn en Wonen " * 2)
    evening.meeting.steps.filter(kind="meet").update(settings={"new_tables": True})
    cookie = as_user(cast.facilitator).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    address = live_server.url + reverse("meetings:table_plan", args=[evening.meeting.public_id])

    page.goto(address)
    looks(page, "leeg")
    page.get_by_label("Hoeveel rondes?").fill("3")
    page.get_by_label("Hoeveel tafels?").fill("6")
    page.get_by_label("Hoeveel tafels?").press("Tab")
    page.get_by_text("Neem 7 tafels, dan hoeft dat niet.").wait_for()
    page.get_by_label("Hoeveel tafels?").fill("7")
    page.get_by_label("Hoeveel tafels?").press("Tab")
    page.get_by_text("Neem 7 tafels").wait_for(state="detached")
    page.get_by_role("button", name="Maak het tafelplan").click()
    page.get_by_role("heading", name="We verdelen de tafels").wait_for()
    looks(page, "bezig")
    page.goto("about:blank")
    assert make_plans() == 1
    plan = TablePlan.objects.get()

    page.goto(address)
    page.get_by_role("heading", name="Ronde 3").wait_for()
    looks(page, "klaar")
    who = plan.seats.filter(round=1, table__number=1).select_related("participant").first().participant
    first = page.locator("#ronde-1")
    first.locator(".plan-seat").filter(has=page.locator(f"[value='{who.public_id}']")).drag_to(
        first.locator(".plan-table").nth(2).locator("legend")
    )
    page.get_by_text(f"{who.name} zit in ronde 1 aan Tafel 3 en blijft daar.").wait_for()
    assert plan.seats.get(round=1, participant=who).table.number == 3

    # The same with the keyboard only.
    page.locator(f"#ronde-2 [value='{who.public_id}']").focus()
    page.keyboard.press("Space")
    page.locator("#ronde-2-tafel").focus()
    page.keyboard.type("Tafel 5")
    page.locator("#ronde-2 [value=move]").focus()
    page.keyboard.press("Enter")
    page.get_by_text(f"{who.name} zit in ronde 2 aan Tafel 5 en blijft daar.").wait_for()
    page.goto("about:blank")

    evening.goes_to("group")
    who.refresh_from_db()
    assert who.table.number == 5
    page.goto(live_server.url + reverse("meetings:screen", args=[evening.meeting.screen_token]))
    page.get_by_text("Ronde 2: zoek je tafel").wait_for()
    looks(page, "scherm", (1920, 1280))
    page.goto("about:blank")
    from django.http import HttpResponse

    given = passes.give(HttpResponse(), who).cookies
    page.context.add_cookies(
        [{"name": name, "value": morsel.value, "url": live_server.url} for name, morsel in given.items()]
    )
    page.goto(live_server.url + reverse("meetings:phone", args=[evening.meeting.public_id]))
    page.get_by_text("Ronde 2: jij zit aan").wait_for()
    looks(page, "telefoon", (390, 320))
    page.goto(live_server.url + reverse("meetings:wish", args=[evening.meeting.public_id]))
    looks(page, "wens", (390, 320))
    page.goto(live_server.url + reverse("meetings:knows", args=[evening.meeting.public_id]))
    page.get_by_label(re.compile("^Annemarie")).check(force=True)
    looks(page, "kennen", (390, 320))
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_text("We houden er rekening mee").wait_for()
    assert Acquaintance.objects.get().participant == who
    page.goto("about:blank")

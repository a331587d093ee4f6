"""The other ways of working in a real browser: phones, console and projector, and the page of the region."""

import uuid

import pytest
from django.urls import reverse

from samenwijk.live.writer import write
from samenwijk.meetings.models import Contribution
from samenwijk.meetings.scripts import SHIPPED
from tests.browser import axe, fits, shot
from tests.journeys.test_phone_journey import LONG_IDEA, NASTY, Walker

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

STOPS = {
    "ronde-tafel": ("scale", "round", "proposals"),
    "wijknetwerk": ("offers",),
    "bestuur": ("promises", "investments"),
    "keukentafel": ("boundaries", "kitchen", "reflection", "tips", "begin"),
    "wie-bel-jij": ("routes",),
    "tuinronde": ("garden_round",),
}
WIDTHS = (1440, 768, 390, 320)
PROJECTORS = (1920, 1280)
STICKS_OUT_OF_THE_SCREEN = """() => [...document.querySelectorAll("main *")].filter(part => {
  const box = part.getBoundingClientRect();
  return box.width && box.height && !part.closest(".visually-hidden, [hidden]") &&
    (box.bottom > innerHeight + 1 || box.right > innerWidth + 1);
}).slice(0, 3).map(part => part.outerHTML.slice(0, 90))"""


def full_of_notes(step, table):
    """As much as people can write: long lines, other scripts, markup and emoji, from several tables."""
    sheets = getattr(step.rules, "sheets", ())
    for sheet in sheets:
        for number in range(12):
            Contribution.objects.create(
                step=step,
                take=sheet.take,
                author_kind="table",
                author_id=table.public_id,
                table=table,
                key=uuid.uuid4(),
                about=sheet.groups[number % len(sheet.groups)][0] if sheet.groups else "",
                text=(NASTY if number == 3 else LONG_IDEA)[: sheet.fields[0].longest],
                more={one.name: LONG_IDEA[: one.longest] for one in sheet.fields[1:]},
                released=True,
            )


def shows_the_scale(evening, step, participant):
    if step.kind == "scale":
        evening.sends(participant, "scale", {"value": "4"})
        write(lambda: step.rules.act_show(step, {}, None))


def looks_at_the_console(desk, name):
    for width in WIDTHS:
        shot(desk, name, width)
        fits(desk)
    axe(desk)
    assert not desk.troubles, desk.troubles


def looks_at_the_projector(wall, name):
    for width in PROJECTORS:
        shot(wall, name, width, full=False)
        wall.wait_for_timeout(200)
        assert not wall.evaluate(STICKS_OUT_OF_THE_SCREEN), (name, width)
    axe(wall)


def signs_in(page, client, address):
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": address}])


@pytest.mark.parametrize("slug", STOPS)
def test_every_step_is_clear_on_phone_console_and_projector(slug, holds, evening, cast, as_user, live_server, new_page):
    holds(slug, tables=2)
    meeting = evening.meeting
    phone = Walker(new_page(390), live_server.url, meeting)
    desk, wall = new_page(1440), new_page(1920)
    signs_in(desk, as_user(cast.facilitator), live_server.url)
    phone.joins()
    evening.starts()
    writer = meeting.participants.get()
    write(lambda: writer.table.write_here(writer))
    for kind in STOPS[slug]:
        step = evening.goes_to(kind)
        write(step.end_talk)
        for state in ("empty", "full"):
            if state == "full":
                full_of_notes(step, writer.table)
                shows_the_scale(evening, step, writer)
                desk.goto(live_server.url + reverse("meetings:console", args=[meeting.public_id]))
                looks_at_the_console(desk, f"console-{slug}-{kind}-{state}")
            phone.looks(f"{slug}-{kind}-{state}")
            wall.goto(live_server.url + reverse("meetings:screen", args=[meeting.screen_token]))
            looks_at_the_projector(wall, f"screen-{slug}-{kind}-{state}")
    assert [row["kind"] for row in SHIPPED[slug].steps()].count(STOPS[slug][-1]) >= 1


def test_preparing_ambassadors_and_the_region_read_well(holds, evening, cast, as_user, live_server, new_page):
    desk_page, region = new_page(1440), new_page(1440)
    signs_in(desk_page, as_user(cast.facilitator), live_server.url)
    signs_in(region, as_user(cast.adviser), live_server.url)
    holds("keukentafel", tables=2)
    meeting = evening.meeting
    meeting.ambassadors.create(first_name="Riet", table=meeting.tables.first(), aftercare_by=LONG_IDEA[:80])
    for name in ("script", "ambassadors"):
        desk_page.goto(live_server.url + reverse(f"meetings:{name}", args=[meeting.public_id]))
        looks_at_the_console(desk_page, f"way-{name}")
    for address in ("meetings:templates", "meetings:new"):
        desk_page.goto(live_server.url + reverse(address))
        looks_at_the_console(desk_page, f"way-{address.partition(':')[2]}")
    region.goto(live_server.url + reverse("meetings:proposals"))
    looks_at_the_console(region, "region-empty")
    holds("ronde-tafel", tables=2)
    evening.joins()
    step = evening.goes_to("proposals")
    full_of_notes(step, evening.meeting.tables.first())
    evening.ends()
    region.goto(live_server.url + reverse("meetings:proposals"))
    looks_at_the_console(region, "region-full")

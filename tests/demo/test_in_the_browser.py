"""The first pages that a newcomer sees, in a real browser."""

import pytest
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse

from samenwijk.demo import keys
from samenwijk.demo.models import Mail
from samenwijk.demo.world import build_world
from tests.browser import axe, fits, shot

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WIDTHS = (1440, 768, 390, 320)


@pytest.fixture
def address(demo_mode, live_server):
    demo_mode.BASE_URL = live_server.url
    build_world()
    return live_server.url


def looks_right(page, name):
    for width in WIDTHS:
        shot(page, name, width)
        fits(page)
    axe(page)
    assert page.troubles == []


def test_the_doors(page, address):
    page.goto(address)
    assert page.locator("h1").count() == 1
    looks_right(page, "demo-doors")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Open het scherm").click()
    opened.value.wait_for_load_state()
    assert "/scherm/" in opened.value.url
    page.get_by_role("button", name="Naar de console").click()
    page.get_by_role("heading", level=1).wait_for()
    assert "/begeleiden/" in page.url


def test_the_doors_in_the_dark_and_on_a_network(new_page, address, demo_mode):
    demo_mode.DEMO_LAN = True
    page = new_page(color_scheme="dark")
    page.goto(address)
    looks_right(page, "demo-doors-dark-lan")
    page.goto(address + reverse("demo:key", args=[keys.FRONT, keys.cut(keys.FRONT)]))
    looks_right(page, "demo-key")


def test_the_mailbox_empty_and_full(page, address):
    page.goto(address + reverse("demo:mailbox"))
    looks_right(page, "demo-mailbox-empty")
    connection = get_connection("samenwijk.demo.mailbox.MailboxBackend")
    text = f"Dag Ans,\n\n{'Lang' * 60}\n\nKijk hier: {address}/privacy/\n"
    message = EmailMessage("Jouw bijeenkomst " + "w" * 120, text, to=["ans@voorbeeld.example"], connection=connection)
    message.attach("afspraak.ics", "BEGIN:VCALENDAR", "text/calendar")
    message.send()
    page.reload()
    looks_right(page, "demo-mailbox")
    page.goto(address + Mail.objects.get().get_absolute_url())
    looks_right(page, "demo-mail")
    page.get_by_role("link", name="/privacy/").click()
    assert page.url == f"{address}/privacy/"


def test_beginning_again_asks_first(page, address):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.goto(address + reverse("demo:evening"))
    looks_right(page, "demo-evening")
    page.goto(address)
    page.get_by_role("button", name="Begin opnieuw").click()
    page.wait_for_url(f"{address}/")
    assert asked == ["Wil je de avond terugzetten naar het begin?"]

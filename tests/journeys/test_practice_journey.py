"""A practice manager gives figures in a browser: typed over with the keyboard, as a file, and without scripts."""

import pytest

from samenwijk.figures.models import Delivery
from samenwijk.figures.practice.examples import as_csv
from tests.browser import axe, fits, shot

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SIZES = (1440, 768, 390, 320)
LONG = "Langdurige aandoeningen-waarvoor-mensen-vaker-dan-vier-keer-per-jaar bij de praktijk komen"


@pytest.fixture
def office(cast, as_user, live_server, new_page):
    """The browser of the practice manager; `office(java_script_enabled=False)` for one without scripts."""
    client = as_user(cast.practice)

    def opened(**options):
        page = new_page(width=1280, **options)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([cookie])
        page.goto(f"{live_server.url}/wijk/merenwijk/praktijk/")
        return page

    return opened


def looks(page, name):
    for width in SIZES:
        shot(page, f"practice-{name}", width)
        fits(page)
    axe(page)
    assert not page.troubles, page.troubles
    page.set_viewport_size({"width": 1280, "height": 800})


def test_typed_over_with_the_keyboard_looked_at_and_approved(office):
    page = office()
    looks(page, "empty")
    page.get_by_role("link", name="Typ de cijfers over").press("Enter")
    looks(page, "typed")
    page.get_by_label("Hoeveel mensen zijn bij jullie ingeschreven?").fill("3004")
    page.get_by_label("Probleem 1", exact=True).select_option("T90")
    page.get_by_label("Aantal mensen 1", exact=True).fill("7")
    page.get_by_role("button", name="Bekijk hoe anderen het zien").press("Enter")
    page.get_by_text("Een aantal onder 10 is te klein").first.wait_for()
    looks(page, "typed-refused")
    page.get_by_label("Aantal mensen 1", exact=True).fill("123")
    page.get_by_role("button", name="Bekijk hoe anderen het zien").press("Enter")
    page.get_by_role("heading", name="Akkoord?").wait_for()
    looks(page, "preview-short")
    page.get_by_label("voor wie in de wijk werkt").press("Space")
    page.get_by_role("button", name="Wij zijn akkoord").press("Enter")
    page.get_by_role("heading", name="Telt mee in de wijk").wait_for()
    looks(page, "approved")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_file_of_which_the_columns_are_pointed_out_and_that_is_taken_back(office, scripts):
    page = office(java_script_enabled=scripts)
    page.get_by_role("link", name="Lever een bestand").click()
    strange = as_csv().decode("utf-8-sig").replace("periode", "peil").replace("noemer", "hoeveel bij ons")
    strange = strange.replace("T90;Diabetes", f";{LONG}").replace(";14;640", ";4;640").encode()
    file = {"name": "cijfers.csv", "mimeType": "text/csv", "buffer": strange}
    page.get_by_label("Het bestand").set_input_files(file)
    page.get_by_role("button", name="Bekijk hoe anderen het zien").click()
    page.get_by_text("Welke kolom is wat?").wait_for()
    if scripts:
        looks(page, "columns")
    page.get_by_label("Het jaar").select_option("peil")
    page.get_by_label("Het aantal ingeschreven mensen").select_option("hoeveel bij ons")
    page.get_by_label("Het bestand").set_input_files(file)
    page.get_by_role("button", name="Bekijk hoe anderen het zien").click()
    page.get_by_role("heading", name="Aantallen per groep").wait_for()
    assert page.get_by_text("te klein", exact=True).count() >= 4
    if scripts:
        looks(page, "preview")
        page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Intrekken").click()
    page.get_by_text("De cijfers zijn weg").wait_for()
    page.goto("about:blank")
    assert not Delivery.objects.exclude(practice=None).exists()

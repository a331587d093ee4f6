"""A kind of step is one class in one table: an app adds its own and plays it everywhere, without another file."""

import pytest
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse

from samenwijk.meetings.kinds import KINDS, kind
from samenwijk.meetings.models import Meeting
from samenwijk.meetings.scripts import part
from tests import kindapp
from tests.kindapp.apps import KindAppConfig
from tests.meetings.console_pages import Desk, words
from tests.meetings.phones import Phone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_app_is_ready():
    """What Django does at the start with an app that is in INSTALLED_APPS."""
    KindAppConfig("tests.kindapp", kindapp).ready()
    yield
    KINDS.pop("wishes")


@pytest.fixture
def evening(evening, cast):
    """An evening in which everybody hangs a wish in the tree, between the welcome and the end."""
    script = [part("welcome", 5), part("wishes", 7), part("close", 5)]
    evening.meeting = Meeting.plan(
        wijk=cast.wijk, title="Wensavond", starts_at=evening.meeting.starts_at, script=script, tables=2
    )
    return evening


def reads(address):
    return words(Client().get(address))


def screen(evening):
    return reads(reverse("meetings:screen", args=[evening.meeting.screen_token]))


def test_the_script_takes_it_with_its_own_defaults(evening):
    step = evening.goes_to("wishes")
    assert (step.title, step.question, step.minutes) == ("Wensboom", "Wat wens je de wijk toe?", 7)


def test_it_plays_on_a_phone(evening):
    phone = Phone(evening.meeting)
    phone.joins()
    evening.goes_to("wishes")
    assert "Jouw wens voor de wijk" in phone.sees()
    assert "Je wens hangt in de boom." in phone.says("wish", text="Meer bankjes")
    assert evening.step.contributions.get().text == "Meer bankjes"


def test_an_empty_wish_gets_a_sentence_and_is_not_kept(evening):
    phone = Phone(evening.meeting)
    phone.joins()
    evening.goes_to("wishes")
    assert phone.sends("wish", text="").status_code == 422
    assert not evening.step.contributions.exists()


def test_it_stands_on_the_projector_with_its_phase_and_how_many_took_part(evening):
    participant = evening.joins()
    evening.goes_to("wishes")
    assert "Wensen" in screen(evening)
    assert "Wat wens je de wijk toe?" in screen(evening)
    evening.sends(participant, "wish", {"text": "Meer bankjes"})
    assert "1 mens of tafel deed mee." in screen(evening)
    assert "Meer bankjes" not in screen(evening)


def test_the_facilitator_sees_what_comes_in_and_has_its_buttons(evening, as_user, cast):
    desk = Desk(as_user(cast.facilitator), evening.meeting)
    participant = evening.joins("Ans")
    step = evening.goes_to("wishes")
    evening.sends(participant, "wish", {"text": "Meer bankjes"})
    assert "Meer bankjes Ans" in desk.reads()
    assert "Schud de boom" in desk.reads()
    desk.act(step, "shake")
    assert evening.step.state == {"shaken": True}


def test_a_hidden_line_counts_no_more(evening, as_user, cast):
    desk = Desk(as_user(cast.facilitator), evening.meeting)
    evening.goes_to("wishes")
    participant = evening.joins("Ans")
    evening.sends(participant, "wish", {"text": "Meer bankjes"})
    desk.press("hide", evening.step.contributions.get().public_id)
    assert "deed mee" not in screen(evening)


def test_it_is_on_the_sheet_of_paper_and_is_typed_in(evening, as_user, cast):
    desk = Desk(as_user(cast.facilitator), evening.meeting)
    step = evening.goes_to("wishes")
    assert "Wensboom: Wat wens je de wijk toe?" in desk.reads("print_sheets", query="?scherm")
    desk.press("paper_type_in", 1, step.public_id, "wish", text="Een bankje, van papier")
    kept = evening.step.contributions.get()
    assert (kept.text, kept.from_paper) == ("Een bankje, van papier", True)


def test_it_is_in_the_report_without_names(evening, as_user, cast):
    participant = evening.joins("Ans")
    evening.goes_to("wishes")
    evening.sends(participant, "wish", {"text": "Meer bankjes"})
    evening.ends()
    told = Desk(as_user(cast.facilitator), evening.meeting).reads("report")
    assert "Wensboom Wat wens je de wijk toe?" in told
    assert "Meer bankjes" in told


def test_it_may_have_a_picture_of_its_own(evening, settings, tmp_path):
    own = tmp_path / "meetings" / "kinds" / "wishes"
    own.mkdir(parents=True)
    (own / "screen.html").write_text("<p>De boom is nog {{ step.state.shaken|yesno:'geschud,stil' }}.</p>")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    evening.goes_to("wishes")
    assert "De boom is nog stil." in screen(evening)
    assert kind("wishes").template("phone") == "meetings/kinds/default/phone.html"


@pytest.mark.parametrize("surface", ["phone", "screen", "console", "paper", "report"])
def test_every_surface_has_a_fallback(surface):
    assert kind("wishes").template(surface) == f"meetings/kinds/default/{surface}.html"
    assert get_template(kind("wishes").template(surface))

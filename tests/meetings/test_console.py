"""The console: running the evening with one or two facilitators, and what happens when things go wrong."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from samenwijk.meetings.models import Deed, Participant
from tests.meetings.console_pages import Desk, comes_to_ideas, undo, words

pytestmark = pytest.mark.django_db


# Who may --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "status"),
    [("facilitator", 200), ("coordinator", 200), ("gp", 403), ("resident", 403), ("outsider", 404), ("adviser", 404)],
)
@pytest.mark.parametrize("page", ["console", "script", "people", "merging", "late", "themes", "paper"])
def test_who_may_open_it(cast, as_user, page, who, status):
    desk = Desk(as_user(getattr(cast, who)), cast.meeting)
    assert desk.client.get(desk.address(page)).status_code == status


def test_a_stranger_is_asked_to_sign_in(cast, as_user):
    desk = Desk(as_user(None), cast.meeting)
    response = desk.client.get(desk.address("console"))
    assert response.status_code == 302
    assert "/account/" in response["Location"]


@pytest.mark.parametrize(("who", "status"), [("gp", 403), ("outsider", 404)])
@pytest.mark.parametrize("deed", ["start", "go_on", "go_back", "longer", "skip_this", "end", "undo", "take_hold"])
def test_nobody_else_moves_the_room(cast, evening, as_user, deed, who, status):
    evening.starts()
    phase = evening.meeting.phase
    Desk(as_user(getattr(cast, who)), cast.meeting).press(deed, status=status)
    evening.meeting.refresh_from_db()
    assert evening.meeting.phase == phase


# Before the start -----------------------------------------------------------------------------------------------------


def test_before_the_start_it_shows_the_code_and_who_is_in(desk, evening):
    evening.joins("Oumar", "vrijwilliger", "Wijkraad De Vier Plassen")
    page = desk.reads()
    assert " ".join(desk.meeting.join_code) in page
    assert "Oumar" in page
    assert "vrijwilliger" in page
    assert "Wijkraad De Vier Plassen" in page
    assert "Tafel 1" in page


def test_missing_roles_and_residents_are_said_plainly_and_block_nothing(desk, evening):
    evening.joins("Hassan", "huisarts")
    page = desk.reads()
    assert "Nog geen wijkverpleegkundige binnen." in page
    assert "Nog geen gezondheidsmakelaar binnen." in page
    assert "Nog geen sociaal professional binnen." in page
    assert "Nog geen huisarts" not in page
    assert "nog geen bewoner of ervaringsdeskundige" in page
    desk.press("start")
    assert desk.meeting.is_running


def test_a_full_room_gets_no_warning(desk, evening):
    for discipline in ("huisarts", "wijkverpleegkundige", "gezondheidsmakelaar", "opbouwwerker", "bewoner"):
        evening.joins("Iemand", discipline)
    assert "Nog niet iedereen is er" not in desk.reads()


def test_somebody_who_went_home_does_not_fill_a_role(desk, evening):
    gp = evening.joins("Hassan", "huisarts")
    evening.joins()
    assert "Nog geen huisarts" not in desk.reads()
    desk.press("leave", gp.public_id)
    assert "Nog geen huisarts binnen." in desk.reads()


# Running --------------------------------------------------------------------------------------------------------------


def test_it_shows_where_we_are_and_what_comes(desk, evening):
    evening.joins()
    desk.press("start")
    page = desk.reads()
    assert "Welkom" in page
    assert "Straks Kennismaken" in page
    desk.press("go_on")
    assert evening.step.kind == "meet"
    desk.press("go_back")
    assert evening.step.kind == "welcome"


def test_two_facilitators_pressing_on_at_once_move_the_room_once(desk, second, evening):
    desk.press("start")
    seen = desk.meeting.phase
    desk.press("go_on", phase=seen)
    response = second.client.post(second.address("go_on"), {"phase": seen}, follow=True)
    assert evening.step.kind == "meet"
    assert "Rian was je voor. We zijn nu bij: Kennismaken." in words(response) or "was je voor" in words(response)


def test_a_press_without_a_phase_moves_nothing(desk, evening):
    desk.press("start")
    response = desk.client.post(desk.address("go_on"), {}, follow=True)
    assert evening.step.kind == "welcome"
    assert "was je voor" in words(response)


def test_two_facilitators_giving_time_at_once_give_it_once(desk, second, evening):
    desk.press("start")
    ends = evening.step.ends_at
    for one in (desk, second):
        one.press("longer", ends=ends.isoformat())
    assert evening.step.ends_at == ends + datetime.timedelta(minutes=5)


def test_giving_time_twice_on_purpose_gives_it_twice(desk, evening):
    desk.press("start")
    for _ in range(2):
        before = evening.step.ends_at
        desk.press("longer", ends=before.isoformat())
    assert evening.step.ends_at == before + datetime.timedelta(minutes=5)


def test_time_that_is_over_is_given_from_now(desk, evening):
    desk.press("start")
    with time_machine.travel(evening.step.ends_at + datetime.timedelta(minutes=3), tick=False):
        desk.press("longer")
        assert evening.step.ends_at == timezone.now() + datetime.timedelta(minutes=5)


def test_the_talk_can_end_early(desk, evening):
    evening.goes_to("meet")
    assert evening.step.is_talking
    assert "Einde gesprek" in desk.reads()
    desk.press("end_talk")
    assert not evening.step.is_talking
    assert "Einde gesprek" not in desk.reads()


def test_a_press_for_a_step_that_the_room_left_does_nothing_here(desk, evening):
    evening.goes_to("meet")
    seen = evening.meeting.phase
    evening.goes_on()
    ends = evening.step.ends_at
    for deed in ("longer", "end_talk"):
        response = desk.client.post(desk.address(deed), {"phase": seen}, follow=True)
        assert "De zaal is al verder gegaan." in words(response)
    assert evening.step.ends_at == ends


def test_the_running_step_can_be_skipped_and_a_coming_one_left_out(desk, evening):
    desk.press("start")
    figures = desk.meeting.steps.get(kind="figures")
    desk.press("leave_out", figures.public_id)
    desk.press("skip_this")
    assert evening.step.kind == "meet"
    assert desk.meeting.steps.get(kind="welcome").skipped
    desk.press("go_on")
    assert evening.step.kind == "themes"


def test_one_tap_goes_to_any_step(desk, evening):
    desk.press("start")
    desk.press("go_to", desk.meeting.steps.get(kind="group").public_id)
    assert evening.step.kind == "group"


def test_coming_steps_change_places(desk, evening):
    desk.press("start")
    figures = desk.meeting.steps.get(kind="figures")
    desk.press("earlier", figures.public_id)
    assert [step.kind for step in desk.meeting.ordered_steps()][:3] == ["welcome", "figures", "meet"]
    desk.press("later", figures.public_id)
    assert [step.kind for step in desk.meeting.ordered_steps()][:3] == ["welcome", "meet", "figures"]
    first = desk.meeting.steps.get(kind="welcome")
    response = desk.client.post(desk.address("earlier", first.public_id), follow=True)
    assert "kan niet verder verschuiven" in words(response)


def test_the_first_step_has_nothing_before_it(desk):
    desk.press("start")
    response = desk.client.post(desk.address("go_back"), {"phase": desk.meeting.phase}, follow=True)
    assert "Dit is het eerste onderdeel." in words(response)


# Undo -----------------------------------------------------------------------------------------------------------------


def test_going_on_is_undone(desk, evening):
    desk.press("start")
    desk.press("go_on")
    assert "Terug naar: Welkom." in undo(desk)
    assert evening.step.kind == "welcome"


def test_time_given_is_undone(desk, evening):
    desk.press("start")
    ends = evening.step.ends_at
    desk.press("longer")
    undo(desk)
    assert evening.step.ends_at == ends


def test_leaving_out_and_moving_are_undone(desk):
    desk.press("start")
    figures = desk.meeting.steps.get(kind="figures")
    before = [step.kind for step in desk.meeting.ordered_steps()]
    desk.press("leave_out", figures.public_id)
    undo(desk)
    figures.refresh_from_db()
    assert not figures.skipped
    desk.press("earlier", figures.public_id)
    undo(desk)
    assert [step.kind for step in desk.meeting.ordered_steps()] == before


def test_right_after_the_start_there_is_nothing_to_undo(desk):
    desk.press("start")
    assert "Ongedaan maken" not in desk.reads()
    response = desk.client.post(desk.address("undo"), follow=True)
    assert "Er is niets om ongedaan te maken." in words(response)


def test_undoing_what_somebody_else_undid_already_takes_nothing_more_back(desk, second, evening):
    desk.press("start")
    desk.press("go_on")
    desk.press("go_on")
    deed = Deed.objects.to_undo().filter(meeting=desk.meeting).first()
    desk.press("undo", deed=str(deed.public_id))
    response = second.client.post(second.address("undo"), {"deed": str(deed.public_id)}, follow=True)
    assert "net iets anders gedaan" in words(response)
    assert evening.step.kind == "meet"


# A second facilitator -------------------------------------------------------------------------------------------------


def test_a_second_facilitator_sees_the_same_and_can_take_over(desk, second, cast):
    desk.press("start")
    desk.press("go_on")
    assert "Jij leidt de bijeenkomst." in desk.reads()
    page = second.reads()
    assert "Kennismaken" in page
    name = cast.world.people["facilitator"].first_name
    assert f"{name} leidt de bijeenkomst. Jij kunt hier alles ook." in page
    second.press("take_hold")
    assert "Jij leidt de bijeenkomst." in second.reads()
    assert "Neem de leiding over" in desk.reads()


def test_a_laptop_that_closes_halfway_loses_nothing(cast, evening, as_user):
    people = comes_to_ideas(evening)
    evening.each_table_writes()
    first, elsewhere = (Desk(as_user(cast.facilitator), cast.meeting) for _ in range(2))
    seen = first.reads()
    assert elsewhere.reads() == seen
    assert str(cast.meeting.get_absolute_url()) in elsewhere.reads()
    elsewhere.press("go_on")
    assert evening.step.kind == "break"
    assert Participant.objects.filter(meeting=cast.meeting).count() == len(people)

"""When the laptop dies: the link on paper leads one meeting, without an account, until it is taken back."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from samenwijk.journal.models import Entry
from samenwijk.meetings.models import EmergencyLink, Meeting
from samenwijk.people.models import Membership

pytestmark = pytest.mark.django_db
ADDRESS = re.compile(r"/nood/[\w-]+/")


@pytest.fixture
def meeting(evening):
    evening.starts()
    return evening.meeting


@pytest.fixture
def page(meeting):
    return reverse("meetings:emergency_links", args=[meeting.public_id])


@pytest.fixture
def paper(as_user, cast, page):
    """The address on the sheet that the facilitator printed."""
    printed = as_user(cast.facilitator).post(page)
    assert printed.status_code == 200
    assert "no-store" in printed["Cache-Control"]
    return ADDRESS.search(printed.content.decode())[0]


def leads(paper):
    """Somebody without an account scans the paper and presses the one button."""
    browser = Client()
    asked = browser.get(paper)
    assert asked.status_code == 200
    assert "Ik leid de bijeenkomst" in asked.content.decode()
    assert browser.post(paper).status_code == 302
    return browser


def console(meeting):
    return reverse("meetings:console", args=[meeting.public_id])


def test_who_scans_it_leads_in_one_tap_where_the_room_is(meeting, paper):
    browser = leads(paper)
    assert browser.get(console(meeting)).status_code == 200
    seen = Meeting.objects.get(pk=meeting.pk)
    assert browser.post(reverse("meetings:go_on", args=[meeting.public_id]), {"phase": seen.phase}).status_code == 302
    assert Meeting.objects.get(pk=meeting.pk).phase == seen.phase + 1


def test_looking_at_it_gives_nothing_yet(meeting, paper):
    browser = Client()
    browser.get(paper)
    assert browser.get(console(meeting)).status_code == 302


def test_it_opens_this_console_and_nothing_else(meeting, paper, cast):
    browser = leads(paper)
    assert browser.get(console(cast.other_meeting)).status_code == 302
    for name in ("emergency_links", "script"):
        answer = browser.get(reverse(f"meetings:{name}", args=[meeting.public_id]))
        assert "/inloggen/" in answer["Location"], name
    assert browser.get(reverse("meetings:export_csv", args=[meeting.public_id])).status_code in (302, 404)
    assert "/inloggen/" in browser.get("/wijk/")["Location"]


def test_only_a_digest_is_stored(paper):
    token = paper.split("/")[2]
    stored = EmergencyLink.objects.values().get()
    assert token not in str(stored)
    assert len(stored["digest"]) == 64


def test_taken_back_it_opens_nothing_also_for_who_leads_with_it(meeting, paper, page, as_user, cast):
    browser = leads(paper)
    link = EmergencyLink.objects.get()
    revoke = reverse("meetings:revoke_emergency_link", args=[meeting.public_id, link.public_id])
    assert "Trek in" in as_user(cast.co_facilitator).get(page).content.decode()
    as_user(cast.co_facilitator).post(revoke)
    assert browser.get(console(meeting)).status_code == 302
    assert Client().get(paper).status_code == 404
    assert "Er is geen noodlink" in as_user(cast.facilitator).get(page).content.decode()


def test_after_the_meeting_it_is_over(evening, meeting, paper):
    browser = leads(paper)
    evening.ends()
    assert browser.get(console(meeting)).status_code == 302
    assert Client().get(paper).status_code == 404


def test_it_ends_with_the_right_of_who_printed_it(meeting, paper, cast):
    browser = leads(paper)
    Membership.objects.filter(person=cast.facilitator.person).delete()
    assert browser.get(console(meeting)).status_code == 302
    assert Client().get(paper).status_code == 404


@pytest.mark.parametrize("token", ["x", "0" * 43, "é", "a" * 500])
def test_a_guessed_link_is_nothing(meeting, token):
    assert Client().get(f"/nood/{token}/").status_code == 404


def test_a_forged_cookie_opens_nothing(meeting, paper):
    browser = leads(paper)
    for forged in ("x", browser.cookies["nood"].value[:-2] + "xx", ""):
        browser.cookies["nood"] = forged
        assert browser.get(console(meeting)).status_code == 302


def test_making_using_and_taking_back_is_in_the_journal(meeting, paper, as_user, cast):
    leads(paper)
    link = EmergencyLink.objects.get()
    as_user(cast.facilitator).post(reverse("meetings:revoke_emergency_link", args=[meeting.public_id, link.public_id]))
    kinds = Entry.objects.about(link).values_list("kind", flat=True)
    assert list(kinds) == ["emergency_link.made", "emergency_link.used", "emergency_link.revoked"]


def test_the_room_test_sends_a_message_to_consoles_only(meeting, as_user, cast):
    page = reverse("meetings:room_test", args=[meeting.public_id])
    browser = as_user(cast.facilitator)
    assert "Begin de test" in browser.get(page).content.decode()
    assert browser.post(page).status_code == 204
    frame = meeting.room.frames.order_by("seq").last()
    assert (frame.kind, frame.channels) == ("test", "facilitator")

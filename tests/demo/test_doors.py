"""The doors of the demo: in without a password, but only for whoever started it."""

import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from samenwijk.demo import keys
from samenwijk.demo.doors import DOORS, the_evening
from samenwijk.live.models import Room
from samenwijk.meetings.joining import join
from samenwijk.meetings.models import Meeting
from tests.world_in_place import world_in_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(demo_mode):
    return world_in_place()


@pytest.fixture
def lan(demo_mode):
    demo_mode.DEMO_LAN = True
    demo_mode.BASE_URL = "http://192.0.2.7:8000"
    demo_mode.ALLOWED_HOSTS = ["*"]
    return demo_mode


ELSEWHERE = {"REMOTE_ADDR": "192.0.2.99", "HTTP_HOST": "192.0.2.7:8000"}


def test_the_front_page_offers_all_doors_and_no_qr(client, world):
    page = client.get("/").content.decode()
    for door in DOORS.values():
        assert str(door.title) in page
        assert reverse("demo:enter", args=[door.slug]) in page
    assert 'class="qr' not in page


def test_the_front_page_asks_the_same_of_the_database_whatever_lies_in_the_mailbox(
    client, world, django_assert_max_num_queries
):
    with django_assert_max_num_queries(10):
        client.get("/")


@pytest.mark.parametrize("slug", DOORS)
def test_a_door_leads_to_a_page_that_opens(client, world, slug):
    answer = client.post(reverse("demo:enter", args=[slug]), follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[0][0] == DOORS[slug].leads_to(the_evening())


@pytest.mark.parametrize("slug", [slug for slug, door in DOORS.items() if door.card])
def test_behind_a_door_one_is_that_person(client, world, slug):
    client.post(reverse("demo:enter", args=[slug]))
    assert client.get("/").wsgi_request.user.email == DOORS[slug].card.email


def test_a_door_is_pressed_not_followed(client, world):
    assert client.get(reverse("demo:enter", args=["begeleider"])).status_code == 405
    assert client.post(reverse("demo:enter", args=["achterdeur"])).status_code == 404


@pytest.mark.parametrize("name", ["front", "mailbox", "evening"])
def test_somebody_elsewhere_finds_the_demo_closed(client, world, name):
    answer = client.get(reverse(f"demo:{name}"), REMOTE_ADDR="192.0.2.99")
    assert answer.status_code == 403
    assert "Deze deur is dicht" in answer.content.decode()


def test_somebody_elsewhere_cannot_press_a_door(client, world, lan):
    client.post(reverse("demo:enter", args=["coordinator"]), **ELSEWHERE)
    assert "_auth_user_id" not in client.session


def test_another_name_for_this_machine_does_not_open_the_front_door(client, world, lan):
    assert client.get("/", HTTP_HOST="evil.example:8000").status_code == 403
    assert client.get("/", HTTP_HOST="192.0.2.7:8000").status_code == 200


def test_on_a_network_every_door_has_a_qr_code(client, world, lan):
    assert client.get("/").content.decode().count('class="qr qr--') == len(DOORS)


def test_a_key_opens_its_door_once(client, world, lan):
    address = keys.address_of("huisarts").removeprefix("http://192.0.2.7:8000")
    assert client.get(address, **ELSEWHERE).status_code == 200
    assert client.get(address, **ELSEWHERE).status_code == 200
    assert client.post(address, **ELSEWHERE).status_code == 302
    assert client.get("/account/", **ELSEWHERE).wsgi_request.user == world.user("gp")
    assert client.post(address, **ELSEWHERE).status_code == 403
    assert "al gebruikt" in client.get(address, **ELSEWHERE).content.decode()


def test_the_key_of_the_front_door_shows_the_doors_elsewhere(client, world, lan):
    client.post(reverse("demo:key", args=[keys.FRONT, keys.cut(keys.FRONT)]), **ELSEWHERE)
    assert client.get("/", **ELSEWHERE).status_code == 200


def test_a_made_up_key_or_the_key_of_another_door_opens_nothing(client, world, lan):
    for wrong in ("x", "a" * 28, keys.cut("bewoner")):
        assert client.post(reverse("demo:key", args=["coordinator", wrong])).status_code == 403


def test_keys_open_nothing_on_one_machine(client, world):
    assert client.post(reverse("demo:key", args=["begeleider", keys.cut("begeleider")])).status_code == 403


def test_beginning_again_gives_a_fresh_evening_and_signs_everybody_out(client, world):
    client.post(reverse("demo:enter", args=["coordinator"]))
    before = the_evening()
    join(before, first_name="Ans", discipline="bewoner", organisation="", key=uuid.uuid4())
    answer = client.post(reverse("demo:again"), follow=True)
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
    assert Meeting.objects.count() == 2
    after = the_evening()
    assert after.pk > before.pk
    assert after.is_prepared
    assert after.participants.count() == 0


def test_what_was_open_keeps_its_address_and_is_told_to_look_again(client, world):
    before, seq = the_evening(), world.evening.room.seq
    client.post(reverse("demo:again"))
    after = the_evening()
    for name in ("public_id", "screen_token", "join_token", "join_code", "room_id"):
        assert getattr(after, name) == getattr(before, name)
    assert after.room.seq == seq + 1
    assert Room.objects.count() == Meeting.objects.count()


def test_the_play_is_shown_as_not_running(client, world):
    page = client.get(reverse("demo:evening")).content.decode()
    assert "Er wordt nu nog niet gespeeld" in page
    assert not re.search(r"hx-trigger", page)


def test_the_front_page_says_how_far_the_evening_is(client, world):
    assert "Alles staat klaar" in client.get("/").content.decode()
    Meeting.objects.filter(pk=world.evening.pk).update(status="running")
    assert "De avond is nu bezig" in client.get("/").content.decode()
    Meeting.objects.filter(pk=world.evening.pk).update(status="ended", ended_at=timezone.now())
    page = client.get("/").content.decode()
    assert "De avond is geweest" in page
    assert reverse("demo:play") not in page

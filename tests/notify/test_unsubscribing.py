"""No mail any more: one press, without signing in."""

import pytest
from django.core import mail

from samenwijk.notify.models import Message, Unsubscribe, unsubscribe_token
from samenwijk.notify.sending import send_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def link():
    return f"/afmelden/{unsubscribe_token('ans@voorbeeld.example')}/"


def test_opening_the_link_changes_nothing_for_mail_scanners_open_every_link(client, link):
    assert "Wil je geen mail meer?" in client.get(link).content.decode()
    assert not Unsubscribe.objects.exists()


def test_one_press_is_enough_and_two_are_harmless(client, link, ans, write_to):
    for _ in range(2):
        assert "Je krijgt geen mail meer" in client.post(link).content.decode()
    assert write_to(ans) is None


def test_a_mail_program_may_press_it_without_page_or_cookie(link, ans, write_to):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    assert client.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert write_to(ans) is None


def test_what_already_waited_is_not_sent_and_others_get_theirs(client, link, ans, write_to):
    from samenwijk.notify.mail import Recipient

    write_to(ans)
    write_to(Recipient("Wim", "wim@voorbeeld.example"))
    client.post(link)
    send_due()
    assert [sent.to for sent in mail.outbox] == [["Wim <wim@voorbeeld.example>"]]


def test_the_address_is_recognised_in_any_case(client, link):
    client.post(link)
    assert Unsubscribe.stands_for(" ANS@voorbeeld.example ")
    assert not Unsubscribe.stands_for("wim@voorbeeld.example")


def test_a_mail_that_somebody_asked_for_is_sent_all_the_same(client, link, ans, write_to):
    client.post(link)
    assert write_to(ans, asked_for=True)


def test_a_mistake_is_put_right_in_one_press(client, link, ans, write_to):
    client.post(link)
    assert "weer mail" in client.post(link, {"toch-wel": "ja"}).content.decode()
    assert write_to(ans)


@pytest.mark.parametrize("token", ["x", "abc:def", "ans@voorbeeld.example", "a" * 3000])
def test_a_link_that_we_never_sent_leads_nowhere(client, token):
    assert client.get(f"/afmelden/{token}/").status_code == 404
    assert client.post(f"/afmelden/{token}/").status_code == 404
    assert not Unsubscribe.objects.exists()


def test_neither_the_link_nor_the_row_holds_the_address(client, link):
    client.post(link)
    assert "ans" not in Unsubscribe.objects.get().address_key
    assert "voorbeeld" not in link


def test_the_link_in_the_mail_is_the_link(client, ans, write_to, settings):
    message: Message = write_to(ans)
    address = message.unsubscribe_url.removeprefix(settings.BASE_URL)
    assert address in message.text
    assert client.get(address).status_code == 200

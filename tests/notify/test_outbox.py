"""Mail is written once, sent at least once, and its body does not stay."""

import datetime

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from samenwijk.notify.mail import File, Recipient
from samenwijk.notify.models import CLAIM_HOLDS, WAITS, Attachment, Message
from samenwijk.notify.sending import forget_old_bodies, send_due
from samenwijk.people.models import Person

pytestmark = pytest.mark.django_db


class Refusing(EmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError


@pytest.fixture
def no_mail_server(settings):
    settings.EMAIL_BACKEND = "tests.notify.test_outbox.Refusing"


def test_a_mail_names_the_reader_one_link_and_whom_to_call(ans, write_to, settings):
    settings.BASE_URL = "https://samenwijk.example"
    message = write_to(ans)
    for body in (message.text, message.html):
        assert "Hallo Ans," in body
        assert "https://samenwijk.example/mijn-plan/abc/" in body
        assert "Marieke" in body
        assert "06-00000001" in body
        assert "https://samenwijk.example/afmelden/" in body
    assert message.subject == "Jij bent trekker van: Samen <eten>"


def test_text_stays_text_and_html_is_escaped(ans, write_to):
    message = write_to(ans)
    assert "Bel de huisarts & de buurvrouw" in message.text
    assert "Samen &lt;eten&gt;" in message.html
    assert "<eten>" not in message.html.replace("&lt;eten&gt;", "")


def test_writing_sends_nothing_yet(ans, write_to):
    write_to(ans)
    assert not mail.outbox


def test_a_mail_travels_with_text_html_attachment_and_a_way_out(ans, write_to):
    message = write_to(ans, attachments=[File("dag.ics", "text/calendar", b"BEGIN:VCALENDAR")])
    assert send_due() == 1
    sent = mail.outbox[0]
    assert sent.to == ["Ans <ans@voorbeeld.example>"]
    assert sent.alternatives[0][1] == "text/html"
    assert sent.attachments[0][0] == "dag.ics"
    assert sent.extra_headers["List-Unsubscribe"] == f"<{message.unsubscribe_url}>"
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert str(message.public_id) in sent.extra_headers["Message-ID"]
    assert b"BEGIN:VCALENDAR" in sent.message().as_bytes()


def test_sending_again_sends_nothing_again(ans, write_to):
    write_to(ans)
    assert [send_due(), send_due()] == [1, 0]
    assert len(mail.outbox) == 1


def test_writing_again_with_the_same_key_gives_the_mail_that_is_there(ans, write_to):
    assert write_to(ans, key="once") == write_to(ans, key="once")
    assert Message.objects.count() == 1


def test_nobody_can_write_to_somebody_without_an_address(write_to):
    assert write_to(Person.objects.create(first_name="Wim")) is None


def test_a_mail_for_later_waits(ans, write_to):
    write_to(ans, send_after=timezone.now() + datetime.timedelta(hours=1))
    assert send_due() == 0
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=2)):
        assert send_due() == 1


def test_what_another_process_is_sending_is_left_alone(ans, write_to):
    message = write_to(ans)
    twin = Message.objects.get(pk=message.pk)
    assert twin.claim()
    assert not message.claim()
    assert send_due() == 0


def test_a_mail_whose_process_died_goes_after_the_claim_runs_out_and_the_log_says_so(ans, write_to, caplog):
    message = write_to(ans)
    message.claim()
    with time_machine.travel(timezone.now() + CLAIM_HOLDS + datetime.timedelta(seconds=1)):
        assert send_due() == 1
    assert "goes out again" in caplog.text
    assert "ans@" not in caplog.text


def test_a_mail_server_that_refuses_is_tried_later(ans, write_to, no_mail_server, caplog):
    message = write_to(ans)
    assert send_due() == 0
    message.refresh_from_db()
    assert message.last_error == "connectionrefusederror"
    assert message.send_after > timezone.now()
    assert send_due() == 0
    assert message.tries == 1
    assert "ans@" not in caplog.text


def test_one_mail_that_fails_does_not_stop_the_others(ans, write_to, settings):
    first = write_to(ans)
    Message.objects.filter(pk=first.pk).update(to_address="geen adres\nBcc: x@example.org")
    write_to(Recipient("Wim", "wim@voorbeeld.example"))
    send_due()
    assert [sent.to for sent in mail.outbox] == [["Wim <wim@voorbeeld.example>"]]


def test_after_the_last_try_a_mail_is_given_up(ans, write_to, no_mail_server):
    write_to(ans)
    for day in range(len(WAITS) + 2):
        with time_machine.travel(timezone.now() + datetime.timedelta(days=2 * day)):
            send_due()
    message = Message.objects.given_up().get()
    assert message.tries == len(WAITS) + 1


@pytest.mark.parametrize("name", ["Ans <x@example.org>", "Ans\nBcc: x@example.org", "🌷 علي", "a" * 150])
def test_an_odd_name_adds_no_receiver_and_no_header(write_to, name):
    write_to(Recipient(name, "ans@voorbeeld.example"))
    assert send_due() == 1
    raw = mail.outbox[0].message()
    assert mail.outbox[0].recipients()[0].endswith("<ans@voorbeeld.example>")
    assert raw["Bcc"] is None


def test_body_and_address_go_after_thirty_days(ans, write_to):
    message = write_to(ans, attachments=[File("a.ics", "text/calendar", b"x")])
    send_due()
    forget_old_bodies()
    message.refresh_from_db()
    assert message.text
    with time_machine.travel(timezone.now() + datetime.timedelta(days=31)):
        assert forget_old_bodies() == 1
        assert forget_old_bodies() == 0
    message.refresh_from_db()
    left = [message.to_address, message.to_name, message.subject, message.text, message.html, message.person]
    assert left == ["", "", "", "", "", None]
    assert message.sent_at
    assert not Attachment.objects.exists()


def test_what_waits_is_not_emptied_and_what_was_given_up_is(ans, write_to):
    write_to(ans, send_after=timezone.now() + datetime.timedelta(days=40))
    given_up = write_to(ans)
    Message.objects.filter(pk=given_up.pk).update(tries=len(WAITS) + 1)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=31)):
        assert forget_old_bodies() == 1
    assert Message.objects.waiting().get().to_address

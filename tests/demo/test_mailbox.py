"""Every mail that the product sends can be read in the demo, and its link pressed."""

import pytest
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.urls import reverse

from samenwijk.demo.mail_parts import parts_of
from samenwijk.demo.models import Mail
from tests.world_in_place import world_in_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(demo_mode):
    return world_in_place()


@pytest.fixture
def post(world):
    """Sends by the demo's own post office; pytest-django puts another in its place."""
    connection = get_connection("samenwijk.demo.mailbox.MailboxBackend")

    def send(subject="Jouw bijeenkomst", text="Dag", to=("a@voorbeeld.example",), kind=EmailMessage):
        return kind(subject, text, "Samenwijk <x@voorbeeld.example>", list(to), connection=connection)

    return send


def test_a_mail_lies_in_the_mailbox_and_leaves_for_nowhere(client, post):
    assert post().send() == 1
    assert mail.outbox == []
    page = client.get(reverse("demo:mailbox")).content.decode()
    assert "Jouw bijeenkomst" in page
    assert "a@voorbeeld.example" in page


def test_an_empty_mailbox_says_what_will_come(client, world):
    assert "Nog geen mail" in client.get(reverse("demo:mailbox")).content.decode()


def test_the_link_in_a_mail_can_be_pressed(client, post, settings):
    post(text=f"Druk hier: {settings.BASE_URL}/j/abc/?x=1. Tot dan!").send()
    page = client.get(Mail.objects.get().get_absolute_url()).content.decode()
    assert 'href="/j/abc/?x=1"' in page


def test_html_in_a_mail_stays_text(client, post):
    post(text="<script>alert(1)</script>").send()
    assert "&lt;script&gt;" in client.get(Mail.objects.get().get_absolute_url()).content.decode()


def test_attachments_can_be_fetched_byte_for_byte(client, post):
    message = post(kind=EmailMultiAlternatives)
    message.attach("afspraak.ics", "BEGIN:VCALENDAR\r\n", "text/calendar")
    message.attach("bewijs.pdf", b"%PDF-1.7\x00\xff", "application/pdf")
    message.send()
    found = Mail.objects.get()
    page = client.get(found.get_absolute_url()).content.decode()
    contents = []
    for attachment in found.attachments.order_by("pk"):
        assert attachment.name in page
        answer = client.get(reverse("demo:attachment", args=[attachment.public_id]))
        assert "attachment" in answer["Content-Disposition"]
        contents.append(answer.content)
    assert contents == [b"BEGIN:VCALENDAR\r\n", b"%PDF-1.7\x00\xff"]


def test_the_mailbox_shows_twenty_at_a_time_in_a_fixed_number_of_queries(client, post, django_assert_max_num_queries):
    for number in range(23):
        post(subject=f"Mail {number}").send()
    with django_assert_max_num_queries(6):
        page = client.get(reverse("demo:mailbox")).content.decode()
    assert "Mail 22" in page
    assert "Mail 2<" not in page
    assert "Mail 2<" in client.get(reverse("demo:mailbox"), {"pagina": 2}).content.decode()


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("geen link", []),
        ("(zie http://127.0.0.1:8000/a/b/).", ["/a/b/"]),
        ("http://127.0.0.1:8000", ["/"]),
        ("https://elders.example/x?y=1#z, en verder", ["https://elders.example/x?y=1#z"]),
    ],
)
def test_addresses_become_links_and_nothing_is_lost(settings, text, links):
    settings.BASE_URL = "http://127.0.0.1:8000"
    parts = parts_of(text)
    assert [part.href for part in parts if part.href] == links
    assert "".join(part.text for part in parts) == text

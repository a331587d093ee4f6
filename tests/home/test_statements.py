"""What an installation says about itself is true and complete."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from samenwijk.home.statements import KEPT, about_persons, words


def test_the_privacy_page_speaks_of_everything_about_persons():
    told = {label for kept in KEPT for label in kept.models}
    assert told == set(about_persons())


def test_the_privacy_page_says_how_long_and_who_is_responsible(client, db, settings):
    settings.ORGANISATION_NAME = "Gemeente Voorbeeld"
    settings.PRIVACY_CONTACT = "privacy@example.nl"
    page = client.get("/privacy/").content.decode()
    for part in ("Een jaar na de bijeenkomst", "13 maanden", "30 dagen", "Gemeente Voorbeeld", "privacy@example.nl"):
        assert part in page
    assert "functionaris gegevensbescherming" in page
    assert "{period}" not in page


@pytest.mark.parametrize(
    ("days", "said"), [(1, "1 dag"), (30, "30 dagen"), (365, "Een jaar"), (396, "13 maanden"), (730, "24 maanden")]
)
def test_periods_are_said_as_people_say_them(days, said):
    assert words(timedelta(days=days)) == said


@pytest.mark.parametrize("address", ["/privacy/", "/toegankelijkheid/"])
def test_without_any_setting_the_pages_are_there(client, db, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response.content.count(b"<h1") == 1
    assert b"mailto:" not in response.content


def test_security_txt_has_a_contact_and_a_date_to_come(client, db, settings):
    settings.SECURITY_CONTACT = "security@example.nl"
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert lines["Contact"] == "mailto:security@example.nl"
    expires = datetime.fromisoformat(lines["Expires"])
    assert timezone.now() + timedelta(days=30) < expires < timezone.now() + timedelta(days=365)
    assert lines["Canonical"].endswith("/.well-known/security.txt")


def test_security_txt_can_name_a_page(client, db, settings):
    settings.SECURITY_CONTACT = "https://example.nl/lek"
    assert b"Contact: https://example.nl/lek\n" in client.get("/.well-known/security.txt").content


def test_without_a_contact_there_is_no_security_txt(client, db, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404

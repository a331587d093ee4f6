"""Dutch first, English by choice."""

import pytest

pytestmark = pytest.mark.django_db


def test_a_browser_set_to_english_still_gets_dutch(client):
    page = client.get("/doe-mee/", headers={"accept-language": "en-GB,en"})
    assert page["Content-Language"] == "nl"
    assert '<html lang="nl"' in page.content.decode()


def test_who_chooses_english_gets_english_from_then_on(client):
    client.post("/taal/setlang/", {"language": "en", "next": "/doe-mee/"})
    assert '<html lang="en"' in client.get("/doe-mee/").content.decode()


def test_an_unknown_language_in_the_cookie_is_dutch(client):
    client.cookies["taal"] = "xx"
    assert client.get("/doe-mee/")["Content-Language"] == "nl"

"""What every answer promises a browser, and what never leaves: not in a page, not in a cookie, not in a log line."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DataError, IntegrityError, OperationalError
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from samenwijk.config.logs import Discreet, discreet
from samenwijk.meetings import passes
from samenwijk.plans.links import action_link
from tests.everybody import Everybody, undone
from tests.source import ROOT

pytestmark = pytest.mark.django_db

PRODUCTION = {
    "SAMENWIJK_BASE_URL": "https://samenwijk.example.nl",
    "SAMENWIJK_SECRET_KEY": "a-key-of-a-test-that-is-long-enough-and-has-many-kinds-of-signs-1234567890",
    "SAMENWIJK_DATABASE_URL": "postgresql:///samenwijk",
}
PAGES = (
    ("anonymous", "/"),
    ("anonymous", "/privacy/"),
    ("anonymous", "/toegankelijkheid/"),
    ("anonymous", "/doe-mee/"),
    ("anonymous", "/terug/"),
    ("anonymous", "/account/inloggen/"),
    ("anonymous", "/geen-pagina/"),
    ("anonymous", "home:wijk"),
    ("anonymous", "meetings:qr"),
    ("anonymous", "meetings:screen"),
    ("anonymous", "home:own_plan"),
    ("anonymous", "unsubscribe"),
    ("guest", "meetings:phone"),
    ("guest", "meetings:mine"),
    ("guest", "meetings:report"),
    ("member", "home:wijk"),
    ("member", "home:people"),
    ("member", "home:idea"),
    ("member", "my_details"),
    ("member", "meetings:console"),  # which is a 403
    ("member", "meetings:phone"),  # and a 404
    ("facilitator", "meetings:console"),
    ("facilitator", "meetings:people"),
    ("facilitator", "meetings:merging"),
    ("facilitator", "meetings:paper_table"),
    ("facilitator", "meetings:script"),
    ("facilitator", "meetings:news"),
    ("facilitator", "meetings:export_csv"),
    ("coordinator", "home:follow_up"),
    ("administrator", "/beheer/"),
    ("administrator", "/beheer/people/membership/add/"),
)


@pytest.fixture(scope="module")
def everybody(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone():
        yield Everybody.in_place()


def path_of(everybody: Everybody, page: str) -> str:
    from tests.everybody import addresses

    routes = dict(reversed([*addresses()]))
    return page if page.startswith("/") else everybody.own.path(page, routes[page])


@pytest.mark.parametrize(("role", "page"), PAGES)
def test_every_kind_of_page_is_strict(everybody: Everybody, role: str, page: str):
    """No page lets a browser run or style anything that is not a file of ours; none stays in a cache that is shared."""
    answer = everybody.browser(role).get(path_of(everybody, page))
    policy, headers = answer["Content-Security-Policy"], answer.headers
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"https?:|\*", policy)
    assert {"object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"} <= {p.strip() for p in policy.split(";")}
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert {"private", "no-store", "no-cache"} & {part.strip() for part in headers["Cache-Control"].split(",")}
    assert "public" not in headers["Cache-Control"]
    if "text/html" in headers["Content-Type"]:
        nothing_inline(answer.content.decode())


def nothing_inline(page: str) -> None:
    assert not re.search(r"<style\b", page)
    assert not re.search(r"<[^>]+\sstyle=", page)
    assert not re.search(r"<[^>]+\son[a-z]+=", page)
    assert not re.search(r"""(href|src|action)=["']?\s*javascript:""", page, re.IGNORECASE)
    for attributes, inside in re.findall(r"<script\b([^>]*)>(.*?)</script>", page, re.DOTALL):
        assert "src=" in attributes or "application/json" in attributes, attributes
        assert "application/json" in attributes or not inside.strip()
    for address in re.findall(r"""<(?:script|link|img|iframe)\b[^>]*?\s(?:src|href)=["']([^"']+)""", page):
        assert address.startswith(("/", "data:", "#", "http://127.0.0.1:8000/")), address


def python(code: str, **environment: str) -> Any:
    """Runs in a process of its own, for settings are read once."""
    env = {"PATH": os.environ["PATH"], "SAMENWIJK_DATA_DIR": os.environ["SAMENWIJK_DATA_DIR"], **environment}
    command = [sys.executable, "-c", f"import django, json; django.setup(); {code}"]
    env["DJANGO_SETTINGS_MODULE"] = "samenwijk.config.settings"
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_behind_https_nothing_travels_readable():
    """Read over plain http the site answers with the way to https; over https it says to stay there for a year."""
    found = python(
        "from django.conf import settings as s; from django.test import Client; "
        "c = Client(headers={'host': 'samenwijk.example.nl'}); plain = c.get('/privacy/'); "
        "safe = c.get('/doe-mee/', secure=True); k = safe.cookies['csrftoken']; "
        "print(json.dumps({'to': plain['Location'], 'hsts': safe['Strict-Transport-Security'], "
        "'csrf': [bool(k['secure']), bool(k['httponly']), k['samesite']], "
        "'others': [s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.LANGUAGE_COOKIE_SECURE, s.DEBUG]}))",
        **PRODUCTION,
    )
    assert found["to"] == "https://samenwijk.example.nl/privacy/"
    assert found["hsts"] == "max-age=31536000; includeSubDomains; preload"
    assert found["csrf"] == [True, True, "Lax"]
    assert found["others"] == [True, True, True, False]


def test_cookies_are_for_this_site_and_for_no_script(everybody: Everybody, settings: Any):
    settings.SESSION_COOKIE_SECURE = True
    from django.http import HttpResponse

    given = passes.give(HttpResponse(), everybody.own.guest).cookies.values()
    with undone():
        through_a_door = everybody.browser("anonymous")
        settings.DEMO, settings.ROOT_URLCONF = True, "tests.demo_urls"
        through_a_door.post("/demo/deur/huisarts/")
    for cookie in [*given, through_a_door.cookies["sessionid"]]:
        assert cookie["httponly"]
        assert cookie["secure"]
        assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "evil.example:80", "evil.example@127.0.0.1"]
)
def test_a_strange_host_is_refused_and_reaches_no_link(everybody: Everybody, host: str):
    answer = everybody.browser("anonymous").get("/doe-mee/", headers={"host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()


def test_a_forwarded_host_reaches_no_page(everybody: Everybody):
    client = everybody.browser("facilitator")
    page = client.get(path_of(everybody, "meetings:console"), headers={"x-forwarded-host": "evil.example"})
    assert "evil.example" not in page.content.decode()


ELSEWHERE = ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "https:evil.example")


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_no_way_onwards_leads_to_another_site(everybody: Everybody, elsewhere: str):
    """After signing in or out, and after a choice of language or font."""
    signed_in, visitor = everybody.browser("member"), everybody.browser("anonymous")
    with undone():
        answers = [
            signed_in.get("/account/inloggen/", {"next": elsewhere}),
            visitor.post("/taal/setlang/", {"language": "en", "next": elsewhere}),
            visitor.post("/lettertype/", {"next": elsewhere}),
            signed_in.post("/account/uitloggen/", {"next": elsewhere}),
            visitor.get("/beheer/login/", {"next": elsewhere}),
        ]
    for answer in answers:
        assert answer.status_code == 302
        assert answer["Location"].startswith("/")
        assert not answer["Location"].startswith(("//", "/\\"))


def test_signing_in_leaves_the_session_of_before(everybody: Everybody):
    """A session that somebody else planted in the browser is worth nothing after signing in."""
    client = Client()
    session = client.session
    session["planted"] = "1"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    client.force_login(everybody.users["member"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.cookies["sessionid"].value != planted


def test_every_button_needs_the_token_of_its_page(everybody: Everybody, settings: Any):
    """All but the mail program's unsubscribe, whose link is the key."""
    from tests.test_access import ADDRESSES, OK, table

    settings.DEMO, settings.ROOT_URLCONF = True, "tests.demo_urls"
    names, without = table(), []
    for route, address in ADDRESSES.items():
        role = next((role for role in ("coordinator", "guest") if address.rule.own[role] == OK), "anonymous")
        path = everybody.own.path(names[route], route)
        with undone():
            answer = everybody.browser(role, enforce_csrf_checks=True).post(path)
        if address.post is not None and answer.status_code != 403:
            without.append(route)
    assert without == ["afmelden/<str:token>/"]


@pytest.mark.parametrize("path", ["/beheer/people/membership/add/", "/beheer/logout/"])
def test_the_office_needs_it_too(everybody: Everybody, path: str):
    assert everybody.browser("administrator", enforce_csrf_checks=True).post(path).status_code == 403


# Log lines


def test_what_opens_something_is_not_written_in_the_log(everybody: Everybody, caplog: pytest.LogCaptureFixture):
    """Each of these goes wrong on purpose; what is written down holds no secret, no address and no name."""
    own = everybody.own
    token, link = own.meeting.join_token, action_link(own.action)
    pas = passes.link(own.guest)
    client, strict = everybody.browser("anonymous"), everybody.browser("guest", enforce_csrf_checks=True)
    client.get(f"/m/{token}x/")
    client.put(f"/m/{token}/")
    client.get(f"/scherm/{own.meeting.screen_token}x/")
    client.post(f"/scherm/{own.meeting.screen_token}/")
    strict.post(f"/m/{token}/", {"first_name": "Geheimnaam"})
    strict.post(link, {"outcome": "Geheimetekst"})
    client.put(link)
    client.put(pas)
    client.get("/geen-pagina/?email=geheim@voorbeeld.example")
    client.post("/account/inloggen/", {"login": "geheim@voorbeeld.example"})
    written = "\n".join(Discreet("%(message)s").format(record) for record in caplog.records)
    assert "Method Not Allowed" in written
    secrets = (token, own.meeting.screen_token, link.split("/")[-2], pas.split("=")[-1], "geheim", "Geheim")
    for secret in secrets:
        assert secret[:12] not in written


def secret_addresses() -> list[str]:
    """Every address with a secret in it, filled in; a slug, a number and a public id open nothing by themselves."""
    routes = [str(one.pattern) for one in every_route(get_resolver().url_patterns)]
    return [
        "/" + re.sub(r"<\w+:\w+>", "x", re.sub(r"<str:\w+>", "GEHEIM", route)) for route in routes if "<str:" in route
    ]


def every_route(patterns: list[Any]) -> Iterator[URLPattern]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from every_route(one.url_patterns)
        else:
            yield one


def test_no_address_with_a_secret_is_written_in_our_log():
    addresses = secret_addresses()
    assert "/nood/GEHEIM/" in addresses
    assert [one for one in addresses if "GEHEIM" in discreet(f"Method Not Allowed: {one}")] == []


def test_nginx_writes_no_address_with_a_secret():
    """Except the short code of a meeting, which stands on the wall."""
    site = (ROOT / "deploy" / "nginx" / "samenwijk.conf").read_text()
    quiet = re.findall(r"location ~ (\S+) \{[^}]*access_log off", site)
    assert len(quiet) == 1
    own_page = reverse("meetings:mine", args=["00000000-0000-0000-0000-000000000000"])
    for address in [*secret_addresses(), own_page]:
        assert re.match(quiet[0], address) or address == "/doe-mee/GEHEIM/", address


def test_the_log_of_an_installation_is_written_like_that():
    formatter = python(
        "import logging; print(json.dumps([type(h.formatter).__name__ for h in logging.getLogger().handlers]))",
        **PRODUCTION,
    )
    assert formatter == ["Discreet"]


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Not Found: /m/abc-DEF_123/", "Not Found: /m/…/"),
        ("Not Found: /mijn-plan/a:b:c/einde/", "Not Found: /mijn-plan/…/einde/"),
        ("Gone: /demo/sleutel/huisarts/xyz/", "Gone: /demo/sleutel/huisarts/…/"),
        ("/bijeenkomst/1/jouw/?pas=abc", "/bijeenkomst/1/jouw/?…"),
        ("(email)=(ans@voorbeeld.example) exists", "(email)=(…) exists"),
    ],
)
def test_a_line_keeps_what_helps_and_leaves_out_the_rest(line: str, kept: str):
    assert discreet(line) == kept


def test_an_endless_address_costs_the_log_no_more_than_its_length():
    begun = time.process_time()
    assert discreet("a" * 60_000).startswith("aaa")
    assert time.process_time() - begun < 1


def test_an_error_says_where_and_not_what_somebody_typed():
    said = "Mevrouw " + "Jansen"
    try:
        try:
            raise ValueError(said)
        except ValueError as error:
            raise KeyError(said) from error
    except KeyError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "It went wrong", None, sys.exc_info())
    line = Discreet("%(message)s").format(record)
    assert said not in line
    assert "builtins.ValueError" in line
    assert "test_security.py" in line


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OperationalError("database is locked"), "django.db.utils.OperationalError: database is locked"),
        (
            OperationalError("deadlock detected\nDETAIL:  Process 1 waits for ShareLock"),
            "django.db.utils.OperationalError: deadlock detected",
        ),
        (IntegrityError("Key (email)=(Jansen) already exists."), "django.db.utils.IntegrityError"),
        (DataError("invalid input syntax: Jansen"), "django.db.utils.DataError"),
    ],
)
def test_a_database_that_cannot_go_on_says_why_and_quotes_nothing(error: Exception, told: str):
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "It went wrong", None, (type(error), error, None))
    assert Discreet("%(message)s").format(record) == f"It went wrong\n{told}"


# What comes in


def test_files_are_passed_over_and_a_form_that_is_too_big_gets_a_sentence(everybody: Everybody):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client, door = everybody.browser("anonymous"), reverse("meetings:qr", args=[everybody.own.meeting.join_token])
    for field in ("first_name", "picture"):
        answer = client.post(door, {field: SimpleUploadedFile("a.svg", b"<svg onload=alert(1)>")})
        assert answer.status_code == 422
        assert not answer.wsgi_request.FILES
    for sent in ({"first_name": "a" * 1_100_000}, {"x": SimpleUploadedFile("a.bin", b"a" * 1_100_000)}):
        answer = client.post(door, sent)
        assert answer.status_code == 400
        assert "Er is niets veranderd" in answer.content.decode()


@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "iso-8859-1", "no-such-thing"])
def test_a_form_in_other_letters_than_utf_8_is_refused_with_a_sentence(charset: str) -> None:
    body = b"code=%2BAGEAYg-"
    answer = Client().generic(
        "POST", "/doe-mee/", body, content_type=f"application/x-www-form-urlencoded; charset={charset}"
    )
    assert answer.status_code == 415
    assert "niet in UTF-8 geschreven" in answer.content.decode()


@pytest.mark.parametrize("charset", ["UTF-8", '"utf-8"'], ids=["plain", "quoted"])
def test_a_form_that_says_that_it_is_utf_8_is_read(charset: str) -> None:
    answer = Client().post(
        "/doe-mee/", b"code=AB", content_type=f"application/x-www-form-urlencoded; charset={charset}"
    )
    assert "Een code heeft 6 letters en cijfers" in answer.content.decode()

"""Base pages, errors, the reader's choices, and static files."""

import gzip
import re
from pathlib import Path

import pytest
from django.templatetags.static import static
from django.test import RequestFactory

import samenwijk
from samenwijk.ui.respond import fragment_of, respond
from samenwijk.ui.views import STYLE_PAGES

PAGES = Path(samenwijk.__file__).parent.rglob("templates/**/*.html")
TEMPLATES = sorted(path for path in PAGES if "mail" not in path.parts)  # mail programs know no style sheets

pytestmark = pytest.mark.urls("tests.ui.urls")


@pytest.mark.django_db
@pytest.mark.parametrize("page", sorted(STYLE_PAGES - {"base"}))
def test_every_base_page_has_a_language_one_heading_and_a_way_to_skip(client, page):
    html = client.get(f"/stijl/{page}/").content.decode()
    assert '<html lang="nl"' in html
    assert html.count("<h1") == 1
    assert 'href="#inhoud"' in html
    assert html.count("<main") == 1


@pytest.mark.django_db
def test_only_the_demo_says_that_it_is_one(client, settings):
    assert "demo-banner" not in client.get("/stijl/").content.decode()
    settings.DEMO = True
    assert "demo-banner" in client.get("/stijl/").content.decode()


@pytest.mark.django_db
def test_the_footer_names_somebody_to_call(client):
    html = client.get("/stijl/").content.decode()
    assert "Bas Vos, gezondheidsmakelaar" in html
    assert 'href="tel:0715550123"' in html
    assert 'href="/privacy/"' in html
    assert 'href="/toegankelijkheid/"' in html


@pytest.mark.django_db
def test_the_language_can_be_changed_without_a_script(client):
    answer = client.post("/taal/setlang/", {"language": "en", "next": "/stijl/"})
    assert answer.url == "/stijl/"
    assert '<html lang="en"' in client.get("/stijl/").content.decode()


@pytest.mark.django_db
def test_the_readable_font_is_remembered(client):
    answer = client.post("/lettertype/", {"lettertype": "leesbaar", "next": "/stijl/"})
    assert answer.url == "/stijl/"
    assert re.search(r'<html[^>]*class="[^"]*readable', client.get("/stijl/").content.decode())
    client.post("/lettertype/", {"lettertype": "gewoon", "next": "/stijl/"})
    assert not re.search(r'<html[^>]*class="[^"]*readable', client.get("/stijl/").content.decode())


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_choosing_a_font_never_leads_to_another_site(client, elsewhere):
    assert client.post("/lettertype/", {"lettertype": "leesbaar", "next": elsewhere}).url == "/"


@pytest.mark.django_db
def test_an_unknown_page_says_what_to_do_now(client):
    answer = client.get("/stijl/bestaat-niet/")
    assert answer.status_code == 404
    assert "Deze pagina is er niet" in answer.content.decode()
    assert "Kom je er niet uit?" in answer.content.decode()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_template_needs_a_content_policy_with_holes(template):
    source = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=", source), "inline style"
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", source), "inline handler"
    assert not re.search(r"hx-on|js:", source), "needs unsafe-eval"
    assert not re.search(r"<script(?![^>]*\b(src|type=\"application/))", source), "inline script"
    assert "<style" not in source


# Static files ---------------------------------------------------------------------------------------------------


def test_an_address_of_a_static_file_changes_with_its_content():
    assert re.fullmatch(r"/static/ui/app\.css\?v=[0-9a-f]{12}", static("ui/app.css"))


def test_static_files_come_compressed_and_may_be_kept_for_a_year(client):
    answer = client.get(static("ui/app.css"), headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    assert b"@layer" in gzip.decompress(answer.content)


def test_an_old_address_still_works_but_is_not_kept(client):
    answer = client.get("/static/ui/app.css", {"v": "oud"})
    assert answer.status_code == 200
    assert "immutable" not in answer.headers["Cache-Control"]


def test_a_browser_that_has_it_already_gets_nothing_again(client):
    tag = client.get("/static/ui/app.css").headers["ETag"]
    answer = client.get("/static/ui/app.css", headers={"If-None-Match": tag})
    assert answer.status_code == 304
    assert answer.content == b""


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["ui/none.css", "../config/settings.py", "ui/../../config/settings.py", "", "ui/fonts"]
)
def test_nothing_else_is_served(client, name):
    assert client.get(f"/static/{name}").status_code == 404


def test_the_first_page_on_a_phone_is_light(client):
    folder = Path(samenwijk.__file__).parent / "ui/static/ui"
    text = sum(len(gzip.compress((folder / name).read_bytes())) for name in ("app.css", "app.js", "live.js", "htmx.js"))
    latin = [
        path for path in (folder / "fonts").glob("*.woff2") if "ext" not in path.name and "atkinson" not in path.name
    ]
    assert text < 50_000
    assert sum(path.stat().st_size for path in latin) < 90_000


# Answers --------------------------------------------------------------------------------------------------------


def test_a_browser_is_sent_on_after_success():
    answer = respond(RequestFactory().post("/"), "ui/phone.html", then="/verder/")
    assert (answer.status_code, answer.url) == (302, "/verder/")


def test_htmx_gets_the_fragment_when_there_is_one():
    assert fragment_of("ui/chart.html") == "ui/_chart.html"
    assert fragment_of("ui/phone.html") is None

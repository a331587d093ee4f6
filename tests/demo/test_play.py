"""The play: it notices what is lost, doubled or changed, and a whole evening of it ends well on a real server."""

import os
import subprocess
import sys
import tempfile

import pytest

from samenwijk.demo.play import theatre
from samenwijk.demo.play.browser import Browser, _Reader
from samenwijk.demo.play.guest import follows
from samenwijk.demo.play.ledger import Ledger, Sent
from samenwijk.demo.play.sayings import Sayings

BAD_WEATHER = ("--shuffle", "--seed", "3", "--drop", "0.1", "--sleep", "--flood")
HEAD = "kind,key,id,text,points\r\n"


def exported(*lines):
    return HEAD + "".join(line + "\r\n" for line in lines)


@pytest.fixture
def ledger():
    ledger = Ledger()
    ledger.sent(Sent("idea", "k1", "Samen koken"))
    ledger.sent(Sent("tomorrow", "k2", "Ik bel Ans", exported=False))
    return ledger


@pytest.mark.parametrize(
    ("kind", "fetched"), [("idea.t3", True), ("idea.t4", False), ("idea.room", True), ("step", True), ("vote", True)]
)
def test_a_guest_fetches_the_page_again_after_what_a_phone_follows(kind, fetched):
    page = {"data-refresh-not": "idea", "data-refresh-on": "idea.room idea.t3"}
    assert follows(page, kind) is fetched


def test_the_same_in_the_export_is_no_difference(ledger):
    assert ledger.compare(exported("idea,k1,i1,Samen koken,")).nothing


def test_it_notices_what_is_lost(ledger):
    assert [entry.key for entry in ledger.compare(exported()).lost] == ["k1"]


def test_it_notices_what_is_doubled(ledger):
    assert ledger.compare(exported("idea,k1,i1,Samen koken,", "idea,k1,i2,Samen koken,")).doubled == ["idea k1"]


def test_it_notices_another_text(ledger):
    assert ledger.compare(exported("idea,k1,i1,Samen eten,")).changed


def test_it_notices_that_something_private_was_exported(ledger):
    found = ledger.compare(exported("idea,k1,i1,Samen koken,", "tomorrow,k2,i2,Ik bel Ans,"))
    assert [entry.key for entry in found.leaked] == ["k2"]


def test_it_notices_a_miscounted_dot(ledger):
    ledger.ballot("step", "guest-1", ["o1", "o2"])
    ledger.paper("o1", 1)
    good = exported("idea,k1,i1,Samen koken,", "result,,o1,,2", "result,,o2,,1")
    assert ledger.compare(good).nothing
    assert ledger.compare(good.replace("o2,,1", "o2,,0")).counts


def test_a_newer_answer_takes_the_place_of_the_older_one():
    ledger = Ledger()
    ledger.sent(Sent("dream", "old", "Eerst", slot=("tafel 1", "dream")))
    ledger.sent(Sent("dream", "new", "Later", slot=("tafel 1", "dream")))
    assert [entry.key for entry in ledger.entries] == ["new"]


def test_no_text_is_given_out_twice():
    sayings = Sayings(seed=1)
    given = [sayings.one("idea") for _ in range(200)]
    assert len(set(given)) == 200


def test_it_reads_forms_as_a_browser_does():
    reader = _Reader("http://127.0.0.1/x/")
    reader.feed(
        '<body data-ticket="t" data-seq="7"><form method="post" action="../y/">'
        '<input type="hidden" name="key" value="k"><input type="checkbox" name="a" value="1">'
        '<input type="checkbox" name="a" value="2" checked><textarea name="t">\nhoi &amp; dag</textarea>'
        '<select name="s"><option value=""><option value="x" selected></select></form>'
    )
    [form] = reader.forms
    assert form.action == "http://127.0.0.1/y/"
    assert form.values() == [("key", "k"), ("a", "2"), ("t", "hoi & dag"), ("s", "x")]
    assert form.choices("a") == ["1", "2"]
    assert reader.marks == {"data-ticket": "t", "data-seq": "7"}


def test_a_server_that_is_away_is_said_so():
    from samenwijk.demo.play.browser import Offline

    with pytest.raises(Offline):
        Browser("http://127.0.0.1:9").get("/")


@pytest.mark.journey
@pytest.mark.parametrize("options", [(), BAD_WEATHER], ids=["straight", "shuffled in bad weather"])
def test_an_evening_played_over_http_loses_and_doubles_nothing(options):
    command = [sys.executable, "-m", "samenwijk.config.cli", "play", "--people", "12", "--speed", "200", *options]
    with tempfile.TemporaryDirectory() as folder:
        alone = {name: value for name, value in os.environ.items() if name != "SAMENWIJK_DATABASE_URL"}
        environment = {**alone, "SAMENWIJK_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "samenwijk.config.settings"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=1200, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "precies één keer" in done.stdout


def test_a_failed_play_tells_the_first_error_of_its_server(tmp_path, capsys):
    log = tmp_path / "server.log"
    log.write_text(
        "2026-11-26 17:46:06,912 WARNING django.request Gone: /m/…/\n"
        "2026-11-26 17:46:07,100 ERROR django.request Internal Server Error: /bijeenkomst/\n"
        '  File "console.py", line 180, in act\n'
        "django.db.utils.OperationalError\n"
        "2026-11-26 17:46:08,200 ERROR django.request Internal Server Error: /later/\n"
    )
    theatre.tell_what_went_wrong(str(log))
    told = capsys.readouterr().err
    assert "line 180, in act\ndjango.db.utils.OperationalError" in told
    assert "WARNING" not in told
    assert "/later/" not in told

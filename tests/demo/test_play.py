"""The play: it notices what is lost, doubled or changed, and a whole evening of it ends well on a real server."""

import os
import random
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from samenwijk.demo.play import ballots, outcome, theatre
from samenwijk.demo.play.browser import Browser, Page, _Reader
from samenwijk.demo.play.ledger import Ledger, Sent
from samenwijk.demo.play.sayings import Sayings
from samenwijk.demo.play.weather import BadLine, Weather

BAD_WEATHER = ("--way", "shares", "--shuffle", "--seed", "3", "--drop", "0.1", "--sleep", "--flood")
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
    marks = {"data-refresh-not": "idea", "data-refresh-on": "idea.room idea.t3"}
    assert Page("/", 200, "", [], marks).follows(kind) is fetched


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


DOTS, SHARES = "Stippen", "Eerlijke verdeling over alle thema's"


def choice(way, places, voters, *lines):
    """A choice in the export, with (option, points, supporters, place) of each line of its result."""
    head = {"kind": "choice", "step": "Stemmen", "value": str(voters), "more": way, "points": str(places)}
    names = ("id", "points", "supporters", "place")
    results = [
        {"kind": "result", "theme": "Samen", "text": "-", **dict(zip(names, line, strict=True))} for line in lines
    ]
    return [head, *results]


def test_what_follows_from_the_ballots_is_no_difference():
    cast = {("s", "guest-1"): {"o1": 1, "o2": 1}, ("s", "guest-2"): {"o1": 1}, ("s", "paper-1-0"): {}}
    rows = choice(DOTS, 1, 3, ("o1", "3", "3", "1"), ("o2", "1", "1", ""))
    assert list(outcome.differences(rows, cast, {"o1": 1})) == []


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (choice(DOTS, 1, 3, ("o1", "3", "3", "1"), ("o2", "0", "1", "")), "punten van o2"),
        (choice(DOTS, 1, 2, ("o1", "3", "3", "1"), ("o2", "1", "1", "")), "stemmers bij Stemmen"),
        (choice(DOTS, 1, 3, ("o1", "3", "3", "1"), ("o2", "1", "2", "")), "mensen achter o2"),
        (choice(DOTS, 1, 3, ("o1", "3", "3", "2"), ("o2", "1", "1", "")), "plaats van o1"),
        (choice(DOTS, 1, 3, ("o1", "3", "3", "1")), "stemmen op o2"),
        ([], "stemmen op o1"),
    ],
)
def test_it_notices_what_does_not_follow_from_the_ballots(wrong, told):
    cast = {("s", "guest-1"): {"o1": 1, "o2": 1}, ("s", "guest-2"): {"o1": 1}, ("s", "paper-1-0"): {}}
    found = list(outcome.differences(wrong, cast, {"o1": 1}))
    assert any(sentence.startswith(told) for sentence in found)


def test_points_of_a_ballot_count_as_points_and_its_voter_as_one():
    cast = {("s", "guest-1"): {"o1": 5}, ("s", "guest-2"): {"o1": 2, "o2": 4}}
    assert list(outcome.differences(choice(DOTS, 2, 2, ("o1", "7", "2", "1"), ("o2", "4", "1", "2")), cast, {})) == []


def test_a_fair_share_is_worked_out_again():
    cast = {("s", f"guest-{n}"): {"o1": 1, "o2": 1} if n < 4 else {"o3": 1} for n in range(6)}
    cast |= {("s", "guest-6"): {"o1": 1, "o3": 1}}
    fair = [("o1", "5", "5", "1"), ("o2", "4", "4", ""), ("o3", "3", "3", "2")]
    most = [("o1", "5", "5", "1"), ("o2", "4", "4", "2"), ("o3", "3", "3", "")]
    assert list(outcome.differences(choice(SHARES, 2, 7, *fair), cast, {})) == []
    assert len(list(outcome.differences(choice(SHARES, 2, 7, *most), cast, {}))) == 2


def test_a_typed_ballot_that_was_taken_back_counts_no_more(ledger):
    ledger.ballot("step", "paper-1-0", {"o1": 1})
    ledger.ballot("step", "paper-1-0", None)
    assert not ledger.points()


SEATS = "kind,key,id,text,points,about,value,table\r\nidea,k1,i1,Samen koken,,,,\r\nparticipant,k3,p3,,,,,\r\n"


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("seat,,,,,p3,1,4", True),
        ("seat,,,,,p3,1,5", False),
        ("seat,,,,,p3,2,4", False),
        ("seat,,,,,p3,1,4\r\nseat,,,,,p3,1,5", False),
    ],
    ids=["as told", "another table", "another round", "twice in a round"],
)
def test_it_compares_the_table_that_a_phone_told_with_the_seats_of_the_plan(ledger, line, right):
    ledger.sat("k3", "1", "2")
    ledger.sat("k3", "1", "4")
    found = ledger.compare(SEATS + line + "\r\n")
    assert found.nothing is right
    assert (found.seats_told, found.seats) == (1, 1 if right else found.seats)


def test_a_table_that_the_facilitator_gave_must_be_in_the_export(ledger):
    ledger.placed("p3", "2", "1")
    assert ledger.compare(SEATS + "seat,,,,,p3,2,1\r\n").nothing
    assert ledger.compare(SEATS + "seat,,,,,p3,2,3\r\n").counts


def form_of(html):
    reader = _Reader("http://127.0.0.1/x/")
    reader.feed(f'<form method="post"><div data-max="2">{html}</div></form>')
    [form] = reader.forms
    return form


def test_a_ballot_has_at_most_the_dots_that_the_page_gives():
    form = form_of("".join(f'<input type="checkbox" name="options" value="o{n}">' for n in range(9)))
    sent = [ballots.made_up(form, random.Random(seed)) for seed in range(20)]
    assert {len(made) for made in sent} == {1, 2}
    for made in sent:
        assert ballots.filled(form, made) == [("options", one) for one in made]


def test_points_are_sent_for_each_option_and_empty_where_there_are_none():
    steps = "".join(f'<input type="radio" name="score-{one}" value="{n}">' for one in "ab" for n in ("1", "5", ""))
    form = form_of(steps)
    assert ballots.offered(form) == ["a", "b"]
    assert ballots.filled(form, {"b": 4}) == [("score-a", ""), ("score-b", "4")]
    assert set(ballots.made_up(form, random.Random(1)).values()) <= {1, 2, 3, 4, 5}


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


class SaysItOnce(BaseHTTPRequestHandler):
    """A page whose sentence stands in a cookie until a browser has shown it."""

    def do_GET(self):
        shown = "shown=yes" in self.headers.get("Cookie", "")
        self.send_response(200)
        self.send_header("Set-Cookie", "shown=yes")
        self.end_headers()
        self.wfile.write(b"" if shown else b"Te laat")

    def log_message(self, *_words):
        pass


@pytest.fixture
def page_that_says_it_once():
    with HTTPServer(("127.0.0.1", 0), SaysItOnce) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_a_phone_knows_nothing_of_an_answer_that_got_lost(page_that_says_it_once):
    weather = Weather(drop=0.9)
    assert "Te laat" in BadLine(page_that_says_it_once, weather, random.Random(1)).get("/").text
    assert weather.lost > 3

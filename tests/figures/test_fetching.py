"""From the network: pages, limits, filters that are ignored, and a source that breaks off."""

import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest

from samenwijk.figures.importing import fetching
from tests.figures import files
from tests.figures.files import shown, take_in

pytestmark = pytest.mark.django_db


# A status of ours for an answer that says to be longer than it is: the connection is cut in the middle.
CUT_OFF = 299
SETS = ("TableInfos", "TypedDataSet", "DataProperties", "WijkenEnBuurten")


class Source:
    """A source with answers by path; `wrong` holds what goes wrong first, by the beginning of a path."""

    def __init__(self):
        self.answers, self.wrong, self.asked = {}, {}, []

    def answer(self, path, query):
        self.asked.append((path, query))
        for part, troubles in self.wrong.items():
            if part in path and troubles:
                return troubles.pop(0)
        found = self.answers.get(path)
        return found(query) if callable(found) else (200, found) if found is not None else (404, {})


@pytest.fixture
def source(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(fetching, "PAUSE", 0)
    source = Source()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            url = urlsplit(self.path)
            status, body = source.answer(url.path, {key: one[0] for key, one in parse_qs(url.query).items()})
            content = body.encode() if isinstance(body, str) else json.dumps(body).encode()
            self.send_response(200 if status == CUT_OFF else status)
            self.send_header("Content-Length", str(len(content) * (2 if status == CUT_OFF else 1)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_args):
            pass

    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as port:
        base = f"http://127.0.0.1:{port}"
        settings.DATA_DIR = tmp_path
        settings.CBS_URL, settings.CBS_FEED_URL = f"{base}/v4", f"{base}/v3"
        settings.RIVM_URL, settings.PDOK_URL = f"{base}/v3", f"{base}/pdok-{{year}}"
        source.base = base
        yield source


@contextmanager
def serving(server):
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def v3(source, table="85618NED"):
    root = f"/v3/{table}"
    source.answers |= {
        root: {
            "value": [{"name": name} for name in ("TableInfos", "TypedDataSet", "DataProperties", "WijkenEnBuurten")]
        },
        f"{root}/TableInfos": {"value": [{"Title": "Kerncijfers wijken en buurten 2023", "Modified": "1"}]},
        f"{root}/DataProperties": {"value": files.PROPERTIES},
        f"{root}/WijkenEnBuurten": lambda query: (200, {"value": starting(files.REGIONS, "Key", query)}),
        f"{root}/TypedDataSet": lambda query: (200, {"value": starting(files.DATA, "WijkenEnBuurten", query)}),
    }


def starting(rows, key, query):
    prefix = query["$filter"].split("'")[1]
    return [row for row in rows if row[key].startswith(prefix)]


def v4(source):
    root = "/v4/85618NED"
    source.answers |= {
        f"{root}/Properties": {"Title": "Kerncijfers wijken en buurten 2023", "Modified": "1"},
        f"{root}/Dimensions": {"value": [{"Identifier": "WijkenEnBuurten", "MapYear": 2023}]},
        f"{root}/MeasureCodes": {"value": [
            {"Identifier": "T001036", "Title": "Aantal inwoners", "DataType": "Long", "Unit": "aantal", "Decimals": 0},
            {"Identifier": "M000224", "Title": "Inkomen", "DataType": "Double", "Unit": "euro", "Decimals": 1},
        ]},
        f"{root}/MeasureGroups": {"value": []},
        f"{root}/WijkenEnBuurtenCodes": {
            "value": [{"Identifier": row["Key"].strip(), "Title": row["Title"]} for row in files.REGIONS]
        },
        f"{root}/Observations": lambda query: (200, page(source, query)),
    }  # fmt: skip


def page(source, query):
    start = int(query.get("$skip", 0))
    rows = files.OBSERVATIONS[start : start + 5]
    more = start + 5 < len(files.OBSERVATIONS)
    path = f"{source.base}/v4/85618NED/Observations" if source.base else "Observations"
    link = {"@odata.nextLink": f"{path}?$skip={start + 5}"} if more else {}
    return {"value": rows, **link}


def test_v4_goes_from_page_to_page(source):
    v4(source)
    take_in("cbs", "85618NED")
    assert shown("BU0363AD03")["inkomen", ""]["status"] == "secret"
    assert shown("GM0363")["inkomen", ""]["value"] == 36


def test_a_table_without_groups_of_measures_has_no_list_of_them(source):
    v4(source)
    del source.answers["/v4/85618NED/MeasureGroups"]
    take_in("cbs", "85618NED")
    assert shown("GM0363")["inwoners", ""]["value"] == 918193


def test_a_link_to_the_next_page_may_be_relative(source):
    v4(source)
    source.base = ""
    take_in("cbs", "85618NED")
    assert shown("GM0363")["inkomen", ""]["value"] == 36


def test_v3_of_one_gemeente_asks_for_all_gemeenten_too(source):
    v3(source)
    take_in("cbs", "85618NED", "--api", "v3", "--gemeente", "GM0363")
    assert shown("BU0363AD03")["inwoners", ""]["value"] == 500
    filters = [query["$filter"] for path, query in source.asked if path.endswith("TypedDataSet")]
    assert "startswith(WijkenEnBuurten,'GM')" in filters
    assert "startswith(WijkenEnBuurten,'BU0363')" in filters


def test_a_part_that_is_too_long_is_asked_in_smaller_parts(source):
    v3(source)
    rows = source.answers["/v3/85618NED/TypedDataSet"]

    def answers(query):
        return (500, {}) if query["$filter"].endswith("'GM')") else rows(query)

    source.answers["/v3/85618NED/TypedDataSet"] = answers
    take_in("cbs", "85618NED", "--api", "v3", "--gemeente", "GM0363")
    assert shown("GM0363")["inwoners", ""]["value"] == 918193


def test_a_filter_that_is_ignored_stops_the_import(source, refuses):
    v3(source)
    source.answers["/v3/85618NED/TypedDataSet"] = {"value": files.DATA}
    assert "ander gebied dan gevraagd" in refuses("cbs", "85618NED", "--api", "v3", "--gemeente", "GM0363")


def test_an_empty_answer_for_the_gemeente_is_refused(source, refuses):
    v3(source)
    assert "GM0546" in refuses("cbs", "85618NED", "--api", "v3", "--gemeente", "GM0546")


@pytest.mark.parametrize("trouble", [(503, {}), (429, {}), (CUT_OFF, "{}")])
def test_trouble_that_passes_is_tried_again(source, trouble):
    v4(source)
    source.wrong = {"Observations": [trouble, trouble]}
    take_in("cbs", "85618NED")
    assert shown("GM0363")["inwoners", ""]["value"] == 918193


def test_a_broken_fetch_goes_on_where_it_was(source, refuses):
    v4(source)
    source.wrong = {"Observations": [(200, page(source, {}))] + [(503, {})] * fetching.TRIES}
    assert "gaat het verder" in refuses("cbs", "85618NED")
    source.asked.clear()
    take_in("cbs", "85618NED")
    assert shown("GM0363")["inkomen", ""]["value"] == 36
    asked = [path.rsplit("/", 1)[1] for path, _query in source.asked]
    assert asked == ["Properties", "Observations"]


def test_a_table_that_changed_meanwhile_is_fetched_anew(source, refuses):
    v4(source)
    source.wrong = {"Observations": [(503, {})] * fetching.TRIES}
    refuses("cbs", "85618NED")
    source.answers["/v4/85618NED/Properties"] |= {"Modified": "2"}
    source.asked.clear()
    take_in("cbs", "85618NED")
    assert "MeasureCodes" in {path.rsplit("/", 1)[1] for path, _query in source.asked}


@pytest.mark.parametrize(
    ("trouble", "word"),
    [
        ((404, {}), "nummer van de tabel"),
        ((406, {}), "406"),
        ((200, "<html>Fout</html>"), "foutpagina"),
        ((200, ""), "foutpagina"),
        ((200, '{"value": [{"Identifier": "T00'), "foutpagina"),
        ((200, {"odata.error": {"message": "x"}}), "foutpagina"),
        ((200, {"value": ["x"]}), "foutpagina"),
    ],
)
def test_trouble_that_stays_is_told_and_is_not_kept(source, refuses, trouble, word):
    v4(source)
    source.wrong = {"MeasureCodes": [trouble]}
    assert word in refuses("cbs", "85618NED")
    take_in("cbs", "85618NED")


def test_what_was_refused_is_fetched_anew(source, refuses):
    v4(source)
    source.wrong = {"Observations": [(200, {"value": []})]}
    assert "geen enkele regel" in refuses("cbs", "85618NED")
    take_in("cbs", "85618NED")
    assert shown("GM0363")["inkomen", ""]["value"] == 36


def test_a_source_that_refers_to_a_next_page_without_end(source, refuses, monkeypatch):
    monkeypatch.setattr(fetching, "MOST_PAGES", 20)
    v4(source)
    pages = count()
    source.answers["/v4/85618NED/Observations"] = lambda _query: (
        200,
        {"value": [], "@odata.nextLink": f"{source.base}/v4/85618NED/Observations?$skip={next(pages)}"},
    )
    assert "volgend deel" in refuses("cbs", "85618NED")


def test_an_answer_that_is_too_large_is_refused_before_it_is_in_memory(source, refuses, monkeypatch):
    monkeypatch.setattr(fetching, "LARGEST_ANSWER", 1 << 20)
    v4(source)
    source.wrong = {"Observations": [(200, "x" * (2 << 20))]}
    assert "meer dan 1 MB" in refuses("cbs", "85618NED")


def test_a_connection_that_is_cut_is_told(source, refuses, settings):
    settings.CBS_URL = "http://127.0.0.1:1/v4"
    assert "antwoordt niet" in refuses("cbs", "85618NED")


def test_a_link_to_another_host_is_not_followed(source, refuses):
    v4(source)
    source.answers["/v4/85618NED/Observations"] = {"value": [], "@odata.nextLink": "http://elders.example/x"}
    assert "volgen we niet" in refuses("cbs", "85618NED")


def test_outlines_come_from_pdok(source):
    ring = [[100000, 450000], [101000, 450000], [101000, 451000], [100000, 451000], [100000, 450000]]
    feature = {"type": "Feature", "properties": {"buurtcode": "BU0363AD03", "buurtnaam": "N"},
               "geometry": {"type": "Polygon", "coordinates": [ring]}}  # fmt: skip
    for kind in ("gemeenten", "wijken"):
        source.answers[f"/pdok-2024/collections/{kind}/items"] = {"features": []}
    source.answers["/pdok-2024/collections/buurten/items"] = {"features": [feature]}
    assert "1 omtrekken" in take_in("geometry", "--gemeente", "GM0363", "--boundary-year", "2024")

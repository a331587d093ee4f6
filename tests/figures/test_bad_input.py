"""What an import refuses: always one sentence that says what to do, nothing stored, the earlier version still shown."""

import json
import tracemalloc
import zipfile

import pytest
from openpyxl import Workbook

from samenwijk.figures.importing import files as reading_files
from tests.figures import files
from tests.figures.files import ROWS, TOLD, export, shown, take_in, v3_csv_folder, v3_folder, v4_folder

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def earlier(tmp_path_factory):
    """An earlier version, which must still be shown after whatever goes wrong."""
    take_in("statline-csv", export(tmp_path_factory.mktemp("earlier")), *TOLD)
    yield
    assert shown("WK054608")["inwoners", ""]["value"] == 13965


def csv(tmp_path, *rows, **more):
    return export(tmp_path, [*ROWS[:3], *rows], **more)


def test_an_export_that_was_cut_off_in_a_row(tmp_path, refuses):
    assert "afgebroken" in refuses("statline-csv", csv(tmp_path, '"Slaaghwijk";"Leiden";"Buurt";"BU054608'), *TOLD)
    assert "afgebroken" in refuses("statline-csv", csv(tmp_path, '"Slaaghwijk";"Leiden";"Buurt"'), *TOLD)


@pytest.mark.parametrize("left", [10, 60, 200, 400])
def test_a_json_answer_that_was_cut_off(tmp_path, refuses, left):
    path = v3_folder(tmp_path) / "TypedDataSet.json"
    path.write_text(path.read_text()[:left])
    assert "opnieuw" in refuses("cbs", "85618NED", "--file", path.parent)


def test_a_json_answer_without_its_end(tmp_path, refuses):
    path = v3_folder(tmp_path) / "TypedDataSet.json"
    path.write_text(path.read_text().rstrip("}"))
    assert "afgebroken" in refuses("cbs", "85618NED", "--file", path.parent)


def test_an_answer_of_which_the_last_page_is_not_there(tmp_path, refuses):
    v3 = v3_folder(tmp_path)
    (v3 / "TypedDataSet.json").write_text(files.answer(files.DATA, **{"odata.nextLink": "https://example.test/2"}))
    assert "nog een deel" in refuses("cbs", "85618NED", "--file", v3)
    v4 = v4_folder(tmp_path)
    first = {"@odata.nextLink": "https://example.test/2", "value": files.OBSERVATIONS[:5]}
    (v4 / "Observations.json").rename(v4 / "Observations_2.json")
    (v4 / "Observations_1.json").write_text(json.dumps(first))
    (v4 / "Observations_2.json").write_text(files.answer(files.OBSERVATIONS[5:]))
    take_in("cbs", "85618NED", "--file", v4)
    (v4 / "Observations_2.json").unlink()
    assert "nog een deel" in refuses("cbs", "85618NED", "--file", v4)


@pytest.mark.parametrize("cell", [True, [1], {"a": 1}, float("inf")])
def test_a_cell_of_a_json_answer_that_is_no_number(tmp_path, refuses, cell):
    rows = [*files.DATA[:3], files.DATA[3] | {"AantalInwoners_7": cell}]
    assert "geen getal" in refuses("cbs", "85618NED", "--file", v3_folder(tmp_path, rows))


def test_a_json_answer_that_is_nested_without_end(tmp_path, refuses):
    path = v3_folder(tmp_path) / "TypedDataSet.json"
    path.write_text('{"value": [{"WijkenEnBuurten": ' + "[" * 100_000)
    assert "afgebroken" in refuses("cbs", "85618NED", "--file", path.parent)


def test_rows_that_are_all_of_something_else_are_told_by_what_they_are(tmp_path, refuses):
    path = export(tmp_path, ['"2024 1e kwartaal";"Leiden";"GM0546";1'],
                  '"Perioden";"Wijken en buurten";"Regioaanduiding/Codering (code)";"Aantal (aantal)"')  # fmt: skip
    assert "een periode die geen jaar is" in refuses("statline-csv", path, *TOLD)


def test_an_answer_without_some_of_the_areas_it_lists(tmp_path, refuses):
    folder = v3_folder(tmp_path, files.DATA[:3])
    assert "BU0363AD03" in refuses("cbs", "85618NED", "--file", folder)


@pytest.mark.parametrize("folder", [v3_folder, v3_csv_folder])
def test_a_column_that_changed(tmp_path, refuses, folder):
    renamed = [{key.replace("_7", "_8"): value for key, value in row.items()} for row in files.DATA]
    assert "AantalInwoners_8" in refuses("cbs", "85618NED", "--file", folder(tmp_path, renamed))
    gone = [{key: value for key, value in row.items() if key != "Armoede_11"} for row in files.DATA]
    assert "Armoede_11" in refuses("cbs", "85618NED", "--file", folder(tmp_path, gone))


def test_words_where_a_number_should_stand(tmp_path, refuses):
    path = csv(tmp_path, '"Slaaghwijk";"Leiden";"Buurt";"BU05460801";veel;48;1')
    assert "“veel”" in refuses("statline-csv", path, *TOLD)


def test_an_empty_answer_for_a_code_of_the_wrong_width(tmp_path, refuses):
    assert "leeg antwoord" in refuses("cbs", "85618NED", "--file", v3_folder(tmp_path, []))
    assert "gemeentecode" in refuses("cbs", "85618NED", "--gemeente", "GM0363 0", "--file", v3_folder(tmp_path))


@pytest.mark.parametrize("table", ["../../elders", "", "85618 NED", "8" * 50])
def test_what_is_no_number_of_a_table(tmp_path, refuses, table):
    assert "85984NED" in refuses("cbs", table, "--file", v3_folder(tmp_path))


def test_a_gemeente_that_is_not_in_the_file(tmp_path, refuses):
    assert "GM0546" in refuses("cbs", "85618NED", "--gemeente", "GM0546", "--file", v3_folder(tmp_path))


@pytest.mark.parametrize("value", ["2500", "2505"])
def test_an_area_that_comes_twice(tmp_path, refuses, value):
    rows = ['"Slaaghwijk";"Leiden";"Buurt";"BU05460801";2500;48;1', f'"S";"Leiden";"Buurt";"BU05460801";{value};48;1']
    assert "BU05460801 staat er meer dan één keer" in refuses("statline-csv", csv(tmp_path, *rows), *TOLD)


def test_a_cell_that_comes_twice(tmp_path, refuses):
    twice = [*files.OBSERVATIONS, files.cell(9, "GM0363", "T001036", 1)]
    assert "GM0363" in refuses("cbs", "85618NED", "--file", v4_folder(tmp_path, twice))


def test_a_measure_that_is_not_described(tmp_path, refuses):
    strange = [*files.OBSERVATIONS, files.cell(9, "GM0363", "X999", 1)]
    assert "X999" in refuses("cbs", "85618NED", "--file", v4_folder(tmp_path, strange))


def test_names_without_codes(tmp_path, refuses):
    path = export(tmp_path, ['"Leiden";44'], '"Wijken en buurten";"Wonen/Huurwoningen (%)"')
    assert "--codes-from" in refuses("statline-csv", path, *TOLD)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"<!DOCTYPE html><html><body>Fout</body></html>", "webpagina"),
        (b"\xef\xbb\xbf \n<html>", "webpagina"),
        (b"", "leeg"),
        (b"PK\x03\x04rest", "Excel- of zipbestand"),
        (b"\xd0\xcf\x11\xe0oud", "Excel- of zipbestand"),
        (b"\x1f\x8b\x08rest", "geen CSV of JSON"),
        (b"a;b\0c", "geen tekst"),
        (b"a;b\n1;2\n", "Wijken en buurten"),
        (b'{"value": []}', "JSON"),
    ],
)
def test_what_is_something_else(tmp_path, refuses, content, word):
    path = tmp_path / "export.csv"
    path.write_bytes(content)
    assert word in refuses("statline-csv", path, *TOLD)


def test_a_workbook_is_never_opened_with_formulas_macros_or_a_bomb_in_it(tmp_path, refuses):
    book = Workbook()
    book.active.append(["=1+1"])
    book.save(tmp_path / "book.xlsx")
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/sheet.xml", b"0" * 50_000_000)
    for name in ("book.xlsx", "bomb.xlsx"):
        assert "bewaar het als CSV" in refuses("statline-csv", tmp_path / name, *TOLD)


def test_a_missing_file_and_a_folder_without_a_table(tmp_path, refuses):
    assert "Er is geen bestand" in refuses("statline-csv", tmp_path / "nergens.csv", *TOLD)
    assert "TypedDataSet" in refuses("cbs", "85618NED", "--file", tmp_path)


def test_a_huge_file_of_nothing_is_refused_without_reading_it_all(tmp_path, refuses):
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.write(b'"Wijken en buurten";"Aantal (aantal)"\n')
        file.truncate(500 * 1024 * 1024)
    tracemalloc.start()
    assert refuses("statline-csv", path, *TOLD)
    assert tracemalloc.get_traced_memory()[1] < 30_000_000
    tracemalloc.stop()


def test_a_line_without_an_end_is_refused(tmp_path, refuses):
    path = tmp_path / "line.csv"
    path.write_bytes(b'"Wijken en buurten";"Aantal (aantal)";' + b"1" * (reading_files.LONGEST_LINE + 1))
    assert "regel die geen tabelregel kan zijn" in refuses("statline-csv", path, *TOLD)


def test_a_long_file_takes_memory_for_what_is_kept_only(tmp_path):
    """Rows of other gemeenten pass by: 60,000 of them (4 MB of text) leave nothing behind."""
    others = (f'"B";"Elders";"Buurt";"BU{1000 + number // 10000:04}{number % 10000:04}";{number};48;1'
              for number in range(60_000))  # fmt: skip
    path = tmp_path / "long.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write(files.HEADER + "\n" + "\n".join(ROWS) + "\n")
        file.writelines(f"{row}\n" for row in others)
    tracemalloc.start()
    take_in("statline-csv", path, *TOLD, "--gemeente", "GM0546")
    assert tracemalloc.get_traced_memory()[1] < 25_000_000
    tracemalloc.stop()


def test_a_number_that_is_too_long_to_be_a_figure(tmp_path, refuses):
    for number in ("12345678901234567", "1" * 5000):
        path = csv(tmp_path, f'"Slaaghwijk";"Leiden";"Buurt";"BU05460801";{number};48;1')
        assert "15" in refuses("statline-csv", path, *TOLD)


def test_a_count_with_decimals(tmp_path, refuses):
    half = [row | {"AantalInwoners_7": 10.5} for row in files.DATA]
    assert "achter de komma" in refuses("cbs", "85618NED", "--file", v3_folder(tmp_path, half))


def test_text_in_the_code_page_of_windows_with_semicolons_and_commas_is_read(tmp_path):
    path = csv(tmp_path, '"Één buurt";"Leiden";"Buurt";"BU05460899";2500;48;"1,5"', encoding="cp1252")
    take_in("statline-csv", path, *TOLD)
    assert shown("BU05460899")["inwoners", ""]["area_name"] == "Één buurt"


def test_an_outline_that_is_no_outline(tmp_path, refuses):
    path = tmp_path / "shape.geojson"
    for geometry in (
        {"type": "Point", "coordinates": [5, 52]},
        {"type": "Polygon", "coordinates": [[[5, 52], [5, 53]]]},
        {"type": "Polygon", "coordinates": [[[15, 52], [16, 52], [16, 53], [15, 52]]]},
        None,
    ):
        feature = {"type": "Feature", "properties": {"buurtcode": "BU05460801"}, "geometry": geometry}
        path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
        assert "BU05460801 is niet te lezen" in refuses("geometry", path, "--boundary-year", "2024")

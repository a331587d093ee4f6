"""What comes in as a file: read in memory, or refused with a sentence that quotes nothing."""

import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from samenwijk.figures.practice.examples import as_csv, as_xlsx, lines
from samenwijk.figures.practice.files import Refused, read
from samenwijk.figures.practice.mapping import chosen, recognised, rows_of
from samenwijk.methods.guard import looks_like_bsn

HEADINGS = "praktijk;periode;icpc;omschrijving;leeftijdsgroep;geslacht;aantal;noemer;bron"
BSN = "123456782"


def table(*rows, headings=HEADINGS):
    return "\r\n".join([headings, *rows]).encode()


def rows_in(content):
    sheet = read(content)
    return rows_of(sheet, recognised(sheet))


def workbook(*rows, sheets=1, **cells):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for _number in range(sheets):
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        for place, formula in cells.items():
            page.write_formula(place, formula)
    book.close()
    return out.getvalue()


def package(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content)
    return out.getvalue()


def refused(content):
    with pytest.raises(Refused) as caught:
        rows_in(content)
    return caught.value.sentence


@pytest.mark.parametrize("content", [as_csv(), as_xlsx()], ids=["csv", "xlsx"])
def test_the_examples_are_read_without_asking_anything(content):
    rows = rows_in(content)
    assert len(rows) == len(lines())
    assert {row.period for row in rows} == {2024}
    assert {(row.age_group, row.sex) for row in rows} >= {("0-14", "v"), ("75+", "m")}
    assert (
        next(row for row in rows if row.indicator == "icpc-t90" and row.age_group == "75+" and row.sex == "v").count
        == 52
    )


@pytest.mark.parametrize(
    "content",
    [
        table(";2024;T90;Diabetes;;;1.234;5.000;His"),
        b"\xef\xbb\xbf" + table(";2024;T90;Diabetes;totaal;alle;1234,0; 5 000 ;His"),
        table('"";"2024";"t90";"";"";"";"1234";"5000";""'),
        table(",2024,T90,Diabetes,,,1234,5000,His", headings=HEADINGS.replace(";", ",")),
        table("\t2024\tT90\tDiabetes\t\t\t1234\t5000\tHis", headings=HEADINGS.replace(";", "\t")),
        table(";2024;T90;Diabetes;;;1234;5000;His").decode().encode("utf-16"),
        table(";2024;T90;Suikerziekte é;;;1234;5000;His").decode().encode("cp1252"),
        table(" ; 2024 ;T90;Diabetes; ; ;\u00a01234;5000;His", headings=f"  {HEADINGS.upper()} "),
    ],
    ids=["points", "bom", "quotes", "commas", "tabs", "utf-16", "cp1252", "spaces"],
)
def test_how_a_spreadsheet_writes_it_makes_no_difference(content):
    (row,) = rows_in(content)
    assert (row.period, row.indicator, row.count, row.registered) == (2024, "icpc-t90", 1234, 5000)


def test_another_program_has_other_headings_and_a_person_points_them_out():
    sheet = read(table("2024;Diabetes;120;3000", headings="Peil;Wat;Hoeveel;Van"))
    assert not recognised(sheet).is_enough
    columns = chosen(sheet, {"period": "Peil", "title": "Wat", "count": "Hoeveel", "registered": "Van"})
    assert columns.is_enough
    assert [(row.indicator, row.count) for row in rows_of(sheet, columns)] == [("diabetes", 120)]
    with pytest.raises(Refused, match="twee dingen"):
        chosen(sheet, {"period": "Peil", "title": "Wat", "count": "Van", "registered": "Van"})


@pytest.mark.parametrize(
    "heading",
    [
        "BSN",
        "naam",
        "Achternaam",
        "geboortedatum",
        "Patiëntnr",
        "patient_nummer",
        "Postcode6",
        "E-mail",
        "Adres",
        "DOB",
    ],
)
def test_a_column_about_persons_refuses_the_file(heading):
    sentence = refused(table(f";2024;T90;Diabetes;;;120;3000;His;{BSN}", headings=f"{HEADINGS};{heading}"))
    assert "over personen" in sentence
    assert BSN not in sentence


@pytest.mark.parametrize(
    "cell", [BSN, "1234.56.782", "123 456 782", "bsn:123456782.", "12345678 2".replace(" ", ""), "111222333"]
)
def test_a_number_that_can_be_a_citizen_number_refuses_the_file_wherever_it_stands(cell):
    assert looks_like_bsn(cell)
    for place in range(9):
        cells = ["", "2024", "T90", "Diabetes", "", "", "120", "3000", "His"]
        cells[place] = cell
        sentence = refused(table(";".join(cells)))
        assert "burgerservicenummer" in sentence
        assert cell not in sentence


def test_the_first_zero_of_a_number_may_be_lost():
    assert looks_like_bsn("012345672")
    assert looks_like_bsn("12345672")


@pytest.mark.parametrize(
    "text", ["000000000", "123456789", "1234567", "2024", "1234567890", "29454.462", "39.20479298", ""]
)
def test_ordinary_numbers_are_no_citizen_numbers(text):
    assert not looks_like_bsn(text)


@settings(max_examples=50)
@given(st.integers(0, 10**9 - 1))
def test_a_number_is_suspect_exactly_when_it_passes_the_test_by_eleven(number):
    digits = f"{number:09}"
    weighed = sum(int(digit) * weight for digit, weight in zip(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True))
    assert looks_like_bsn(digits) == (weighed % 11 == 0 and number > 0)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "leeg"),
        (b"  \n\n", "leeg"),
        (HEADINGS.encode(), "geen regels"),
        (b"<!DOCTYPE html><html><body>Fout 404</body></html>", "webpagina"),
        (b'{"aantal": 3}', "Dit soort bestand"),
        (b"%PDF-1.7 ...", "Dit soort bestand"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Dit soort bestand"),
        (b"a;b\x00c\n1;2", "Dit soort bestand"),
        (b"x" * (2 * 1024 * 1024 + 1), "te groot"),
        (table(";2024;T90;Diabetes;;;3 jan;3000;"), "geen heel aantal"),
        (table(";2024;T90;Diabetes;;;;3000;"), "Een leeg vak is geen nul"),
        (table(";2024;T90;Diabetes;;;-5;3000;"), "geen heel aantal"),
        (table(";2024;T90;Diabetes;;;12,5;3000;"), "geen heel aantal"),
        (table(";2024;T90;Diabetes;;;1200;300;"), "groter dan"),
        (table(";2024;diabetes;Diabetes;;;120;3000;"), "ICPC-code"),
        (table(";24;T90;Diabetes;;;120;3000;"), "geen goed jaar"),
        (table(";2999;T90;Diabetes;;;120;3000;"), "geen goed jaar"),
        (table(";2024;T90;Diabetes;oud;;120;3000;"), "de leeftijd"),
        (table(";2024;T90;Diabetes;;o;120;3000;"), "het geslacht"),
        (table(";2024;T90;Diabetes;;;120;3000;;;;;meer"), "meer cellen"),
        (table(";2024;T90;Diabetes;;;120;3000;12-03-1980"), "een datum"),
        (table(";2024;T90;Diabetes;;;120;3000;1980-03-12"), "een datum"),
        (table(";2024;T90;Diabetes;;;120;3000;ans@voorbeeld.example"), "mailadres"),
        (table(f";2024;T90;{'x' * 300};;;120;3000;"), "lange tekst"),
        (table("Een;2024;T90;Diabetes;;;120;3000;", "Twee;2024;T90;Diabetes;;;120;3000;"), "meer dan één praktijk"),
        (table(*[f";2024;T{n:02};Iets;;;1;3000;" for n in range(25)]), "lijst van personen"),
        (table(*[";2024;T90;Diabetes;;;120;3000;"] * 5001), "meer dan 5000"),
        (
            table(*[f";2024;;Iets {'abcdefgh'[n % 8]} {'abcdefgh'[n // 8]};;;120;3000;" for n in range(64)]),
            "60 problemen",
        ),
        (table("1;2", headings="aantal;AANTAL"), "hetzelfde kopje"),
        (workbook(["periode", "aantal"], [2024, 12], B2="=6+6"), "formule"),
        (workbook(["periode"], [2024], sheets=2), "meer dan één blad"),
        (workbook(["periode", "aantal"], [2024, 12], XFD1048576="=1"), "meer dan 5000"),
        (package(xl__workbook_xml="<x/>", xl__vbaProject_bin="macro"), "macro"),
        (package(word__document_xml="<x/>"), "geen XLSX"),
        (package(xl__workbook_xml="geen xml"), "kunnen we niet lezen"),
        (package(xl__workbook_xml='<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "kunnen we niet lezen"),
        (package(xl__workbook_xml=b"0" * (40 * 1024 * 1024)), "uitgepakt veel te groot"),
        (as_xlsx()[:900], "beschadigd"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(content, sentence):
    assert sentence in refused(content)


def test_the_log_names_the_kind_of_a_broken_workbook_and_nothing_of_its_content(caplog):
    refused(package(xl__workbook_xml="Mevrouw de Vries"))
    assert "A workbook could not be read" in caplog.text
    assert "Vries" not in caplog.text


def test_a_package_that_lies_about_its_size_is_found_out_by_reading():
    bomb = bytearray(package(xl__workbook_xml=b"0" * (40 * 1024 * 1024)))
    size = (40 * 1024 * 1024).to_bytes(4, "little")
    while (place := bomb.find(size)) >= 0:
        bomb[place : place + 4] = (100).to_bytes(4, "little")
    assert refused(bytes(bomb))


def test_a_date_that_a_spreadsheet_keeps_as_a_date_is_refused_too():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    page.write_row(0, 0, ["periode", "aantal"])
    page.write_datetime(
        1, 0, __import__("datetime").datetime(1980, 3, 12), book.add_format({"num_format": "dd-mm-yyyy"})
    )
    book.close()
    assert "een datum" in refused(out.getvalue())


@settings(max_examples=40)
@given(st.binary(max_size=300))
def test_whatever_comes_in_is_read_or_refused(content):
    for start in (b"", b"PK\x03\x04", HEADINGS.encode() + b"\n"):
        try:
            sheet = read(start + content)
            columns = recognised(sheet)
            if columns.is_enough:
                rows_of(sheet, columns)
        except Refused:
            continue

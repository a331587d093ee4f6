"""What the command takes in and shows: every form of a table, to the last digit, and why there is no figure."""

import csv
from decimal import Decimal

import pytest

from samenwijk.figures.models import DatasetVersion
from samenwijk.figures.reading import map_of
from tests.figures import files
from tests.figures.files import TOLD, export, show, shown, take_in, v3_csv_folder, v3_folder, v4_folder

pytestmark = pytest.mark.django_db
real = pytest.mark.skipif(not files.PUBLISHED.is_dir(), reason="the published files do not stand beside this project")
FIELDS = {
    "indicator", "source", "table", "measure", "title", "unit", "period", "boundary_year", "area", "level", "value",
    "low", "high", "status", "modelled", "age_group",
}  # fmt: skip


def test_an_export_gives_every_field(tmp_path):
    take_in("statline-csv", export(tmp_path), *TOLD)
    rows = shown("WK054608")
    assert all(row.keys() >= FIELDS for row in rows.values())
    people = rows["inwoners", ""]
    assert {name: people[name] for name in FIELDS - {"indicator"}} == {
        "source": "cbs", "table": "85984NED", "measure": "Bevolking/Aantal inwoners (aantal)",
        "title": "Aantal inwoners", "unit": "aantal", "period": 2024, "boundary_year": 2024, "area": "WK054608",
        "level": "wijk", "value": 13965, "low": None, "high": None, "status": "figure", "modelled": False,
        "age_group": "",
    }  # fmt: skip


def test_missing_is_told_and_is_never_zero(tmp_path):
    take_in("statline-csv", export(tmp_path), *TOLD)
    income = "inkomen-van-personen-gemiddeld-inkomen-per-inwoner"
    assert [
        (shown(code)[income, ""]["value"], shown(code)[income, ""]["status"]) for code in ("GM0546", "WK054608")
    ] == [
        (31.9, "figure"),
        (None, "unknown"),
    ]
    buurt = shown("BU05460801")
    assert buurt[income, ""]["status"] == buurt["koopwoningen", ""]["status"] == "unknown"


@pytest.mark.parametrize(
    "spelling",
    ["", ".", "       .", "-", "NA", "NaN", "-99995", "-99997.0", "-99999", "-1e9", "-3.4028234663852886e38"],
)
def test_every_spelling_of_missing_is_unknown(tmp_path, spelling):
    rows = (*files.ROWS[:3], f'"Slaaghwijk";"Leiden";"Buurt";"BU05460801";"{spelling}";48;1')
    take_in("statline-csv", export(tmp_path, rows), *TOLD)
    assert shown("BU05460801")["inwoners", ""]["status"] == "unknown"


def test_figures_come_to_the_last_digit_however_they_are_written(tmp_path):
    written = ["39.90", "-0.5", "1e3", "1.5E-3", "0.0", "007", "-99989", "12345678901", "12,25", "  5*"]
    rows = [f'"B";"L";"Buurt";"BU0546080{number}";5;"{text}";1' for number, text in enumerate(written)]
    take_in("statline-csv", export(tmp_path, rows), *TOLD)
    found = [shown(f"BU0546080{number}")["koopwoningen", ""] for number in range(len(written))]
    assert [row["value"] for row in found] == [39.9, -0.5, 1000, 0.0015, 0, 7, -99989, 12345678901, 12.25, 5]
    assert [row["provisional"] for row in found] == [False] * 9 + [True]


def test_provisional_years_and_figures_say_so(tmp_path):
    header = '"Perioden";"Wijken en buurten";"Regioaanduiding/Codering (code)";"Roken/Roker (%)";"Eenzaam (%)"'
    rows = ['"2022";"Leiden";"GM0546";11;12', '"2024*";"Leiden";"GM0546";13;.']
    take_in("statline-csv", export(tmp_path, rows, header), "--table", "50150NED", "--boundary-year", "2024")
    rows = shown("GM0546")
    assert (rows["roken", ""]["period"], rows["roken", ""]["provisional"]) == (2024, True)
    assert (rows["eenzaam", ""]["period"], rows["eenzaam", ""]["provisional"]) == (2022, False)
    observations = [*files.OBSERVATIONS[:5], files.cell(5, "GM0363", "M000224", 36.0, "Provisional")]
    take_in("cbs", "85618NED", "--file", v4_folder(tmp_path, observations))
    row = shown("GM0363")["gemiddeld-inkomen", ""]
    assert (row["value"], row["status"], row["provisional"]) == (36, "figure", True)


def test_secret_only_when_the_source_says_so(tmp_path):
    rows = (*files.ROWS[:3], '"Slaaghwijk";"Leiden";"Buurt";"BU05460801";x;48;1')
    take_in("statline-csv", export(tmp_path, rows), *TOLD)
    assert shown("BU05460801")["inwoners", ""]["status"] == "secret"


@pytest.mark.parametrize("folder", [v3_folder, v3_csv_folder])
def test_a_v3_folder_with_letters_in_codes_and_a_column_that_is_empty_in_the_whole_edition(tmp_path, folder):
    take_in("cbs", "85618NED", "--gemeente", "GM0363", "--file", folder(tmp_path))
    rows = shown("BU0363AD03")
    assert (rows["inwoners", ""]["measure"], rows["inwoners", ""]["value"]) == ("AantalInwoners_7", 500)
    assert rows["gemiddelde-grootte", ""]["status"] == "unknown"
    assert rows["armoede", ""]["status"] == "not_published"
    assert (rows["inwoners", ""]["boundary_year"], rows["inwoners", ""]["area_name"]) == (2023, "Nieuwendijk-Noord")
    assert shown("WK0363AD")["gemiddelde-grootte", ""]["value"] == 1.5


def test_a_v4_folder_says_why_there_is_no_figure(tmp_path):
    take_in("cbs", "85618NED", "--file", v4_folder(tmp_path))
    statuses = [shown(code)["gemiddeld-inkomen", ""]["status"] for code in ("GM0363", "WK0363AD", "BU0363AD03")]
    assert statuses == ["figure", "not_applicable", "secret"]
    assert shown("GM0363")["personen-in-armoede", ""]["status"] == "not_published"
    people = shown("WK0363AD")["inwoners", ""]
    assert (people["measure"], people["value"], people["area_name"]) == ("T001036", 4500, "Burgwallen")


def test_the_newest_published_period_of_each_indicator_comes_by_default(tmp_path):
    take_in("cbs", "85618NED", "--file", v3_folder(tmp_path))
    older = [row | {"Armoede_11": 7.5} for row in files.DATA]
    folder = v3_folder(tmp_path, older)
    take_in("cbs", "85318NED", "--file", folder, "--boundary-year", "2022")
    rows = shown("GM0363")
    assert (rows["inwoners", ""]["period"], rows["armoede", ""]["period"], rows["armoede", ""]["value"]) == (
        2023,
        2022,
        7.5,
    )
    assert {row["period"] for row in show("GM0363", "--all-periods")} == {2022, 2023}


def test_columns_with_one_name_are_told_apart_in_whatever_order_they_come(tmp_path):
    columns = ["Wonen/Totaal (aantal)", "Zorg/Totaal (aantal)", "Zorg/Jeugdzorg/0 tot 15 jaar (%)"]
    seen = []
    for order in (columns, columns[::-1]):
        header = '"Wijken en buurten";"Codering (code)";' + ";".join(f'"{one}"' for one in order)
        row = '"Leiden";"GM0546";' + ";".join(str(columns.index(one)) for one in order)
        take_in("statline-csv", export(tmp_path, [row], header), *TOLD)
        seen.append({slug: row["value"] for (slug, _age), row in shown("GM0546").items()})
    assert seen[0] == seen[1] == {"wonen-totaal": 0, "zorg-totaal": 1, "jeugdzorg-0-tot-15-jaar": 2}


def test_a_column_that_begins_without_figures_is_a_column(tmp_path):
    """An export with codes has no units, and its first rows are the oldest year, in which this was not asked."""
    rows = [f'"20300   ";"MW00000";"BU054608{number:02}";"2012JJ00";50;.' for number in range(20)]
    rows.append('"20300   ";"MW00000";"BU05460801";"2022JJ00";51;12.5')
    header = '"Leeftijd";"Marges";"WijkenEnBuurten";"Perioden";"Eenzaam_28";"PsychischeKlachten_30"'
    take_in("rivm", "50150NED", "--file", export(tmp_path, rows, header))
    found = shown("BU05460801")
    assert (found["psychische-klachten", "18-plus"]["value"], found["eenzaam", "18-plus"]["value"]) == (12.5, 51)
    assert len(show("BU05460801", "--all-periods")) == 4


def test_two_header_rows_with_decimal_commas(tmp_path):
    path = tmp_path / "old.csv"
    path.write_text(
        '"Kerncijfers wijken en buurten 2015"\n""\n"";"Onderwerp"\n"";"Inkomen|Gemiddeld inkomen ";"Bevolking|Mensen"\n'
        '"Wijken en buurten";"x 1 000 euro";"aantal"\n"GM0546";"33,5";"121163"\n"BU05460801";".";"2400"\n"Bron: CBS"\n',
        encoding="utf-8",
    )
    take_in("statline-csv", path)
    row = shown("GM0546")["gemiddeld-inkomen", ""]
    assert (row["value"], row["unit"], row["period"], row["table"]) == (33.5, "x 1 000 euro", 2015, "83220NED")


@pytest.mark.parametrize("missing", ["--table", "--period", "--boundary-year"])
def test_what_the_file_does_not_say_must_be_told(tmp_path, refuses, missing):
    told = [option for pair in zip(TOLD[::2], TOLD[1::2], strict=True) if pair[0] != missing for option in pair]
    assert missing in refuses("statline-csv", export(tmp_path), *told)


HEALTH = (
    '"Leeftijd";"Marges";"Perioden";"Wijken en buurten";"Regioaanduiding/Codering (code)";"Eenzaamheid/Eenzaam (%)"'
)


def health_rows():
    values = {"Waarde": "48.1", "Ondergrens 95%-interval": "45.0", "Bovengrens 95%-interval": "51.2"}
    return [
        f'"{age}";"{margin}";"{year}";"Slaaghwijk";"BU05460801          ";"    {value}"'
        for age in ("18 jaar of ouder", "18 tot 65 jaar", "65 jaar of ouder")
        for year in ("2020", "2022")
        for margin, value in values.items()
    ]


def test_modelled_figures_of_rivm_come_with_interval_ages_and_periods(tmp_path):
    path = export(tmp_path, health_rows(), HEALTH)
    take_in("statline-csv", path, "--table", "50150NED", "--boundary-year", "2024")
    rows = show("BU05460801")
    assert {(row["age_group"], row["period"]) for row in rows} == {
        ("18-plus", 2022),
        ("18-65", 2022),
        ("65-plus", 2022),
    }
    assert {(row["value"], row["low"], row["high"], row["modelled"], row["source"]) for row in rows} == {
        (48.1, 45.0, 51.2, True, "rivm")
    }
    assert len(show("BU05460801", "--all-periods")) == 6


def test_v3_of_rivm_with_codes_for_ages_margins_and_periods(tmp_path):
    properties = [
        {"Type": "Dimension", "ID": 0, "Key": "Leeftijd", "Title": "Leeftijd"},
        {"Type": "Dimension", "ID": 1, "Key": "Marges", "Title": "Marges"},
        {"Type": "GeoDetail", "ID": 2, "Key": "WijkenEnBuurten", "Title": "Wijken en buurten", "MapYear": 2024},
        {"Type": "TimeDimension", "ID": 3, "Key": "Perioden", "Title": "Perioden"},
        {"Type": "Topic", "ID": 4, "ParentID": None, "Key": "Eenzaam_28", "Title": "Eenzaam", "Datatype": "Double",
         "Unit": "%", "Decimals": 1},
    ]  # fmt: skip
    data = [
        {"ID": number, "Leeftijd": age, "Marges": margin, "WijkenEnBuurten": "BU05460801  ", "Perioden": "2022JJ00",
         "Eenzaam_28": value}
        for number, (age, margin, value) in enumerate(
            (age, margin, value) for age in ("20300   ", "80200   ")
            for margin, value in (("MW00000", 40), ("MOG0095", 35.5), ("MBG0095", 44.5))
        )
    ]  # fmt: skip
    path = v3_folder(tmp_path, data, properties, [])
    (path / "Leeftijd.json").write_text(files.answer([{"Key": "20300   ", "Title": "18 jaar of ouder"}]))
    take_in("rivm", "50150NED", "--file", path)
    row = shown("BU05460801")["eenzaam", "18-plus"]
    assert (row["measure"], row["value"], row["low"], row["high"], row["modelled"]) == (
        "Eenzaam_28",
        40,
        35.5,
        44.5,
        True,
    )


def test_the_same_import_twice_changes_nothing(tmp_path):
    path = export(tmp_path)
    take_in("statline-csv", path, *TOLD)
    before, rows = list(DatasetVersion.objects.values()), show("GM0546")
    assert "niets veranderd" in take_in("statline-csv", path, *TOLD)
    assert (list(DatasetVersion.objects.values()), show("GM0546")) == (before, rows)


def test_a_newer_version_takes_over_and_parts_stand_side_by_side(tmp_path):
    take_in("statline-csv", export(tmp_path), *TOLD)
    corrected = [row.replace("13965", "13970") for row in files.ROWS]
    take_in("statline-csv", export(tmp_path, corrected), *TOLD)
    assert shown("WK054608")["inwoners", ""]["value"] == 13970
    assert DatasetVersion.objects.current().count() == 1
    nijmegen = [row.replace("0546", "0268").replace("Leiden", "Nijmegen") for row in files.ROWS]
    take_in("statline-csv", export(tmp_path, nijmegen), *TOLD)
    assert shown("WK054608")["inwoners", ""]["value"] == 13970
    assert set(map_of("inwoners", None)) >= {"WK054608", "WK026808"}


def test_values_beyond_32_bits_stay_exact(tmp_path):
    rows = [row.replace("17942942", "123456789012345").replace("13965", "2147483648") for row in files.ROWS]
    take_in("statline-csv", export(tmp_path, rows), *TOLD)
    assert shown("NL00")["inwoners", ""]["value"] == 123456789012345
    assert map_of("inwoners", None)["WK054608"].value == 2147483648


def test_codes_come_from_a_file_in_the_same_order(tmp_path):
    header = '"Wijken en buurten";"Wonen/Huurwoningen (%)"'
    rows = [f"{row.split(';')[0]};{number}" for number, row in enumerate(files.ROWS, 30)]
    path = export(tmp_path, rows, header, "names.csv")
    take_in("statline-csv", path, *TOLD, "--codes-from", export(tmp_path))
    assert shown("BU05460801")["huurwoningen", ""]["value"] == 33


@real
def test_every_cell_of_a_gemeente_equals_the_published_file():
    folder = files.PUBLISHED / "cbs-kwb-2020-v3"
    take_in("cbs", "84799NED", "--gemeente", "GM0344", "--file", folder)
    with (folder / "84799NED_TypedDataSet.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    empty = {key for key in table[0] if not any(row[key].strip() not in {"", "."} for row in table)}
    published = [row for row in table if row["WijkenEnBuurten"][2:6] == "0344"]
    assert len(published) > 100
    for row in published:
        for seen in show(row["WijkenEnBuurten"].strip()):
            text = row[seen["measure"]].strip()
            if seen["status"] == "figure":
                assert Decimal(str(seen["value"])) == Decimal(text)
            else:
                assert seen["value"] is None
                assert text in {"", "."}
                assert (seen["status"] == "not_published") == (seen["measure"] in empty)


@real
def test_one_thing_has_one_name_in_every_edition():
    told = ("--table", "84583NED", "--period", "2019", "--boundary-year", "2019")
    take_in("statline-csv", files.PUBLISHED / "cbs-kwb-2017-2019-amsterdam/kwb2019_amsterdam_all_columns.csv", *told)
    take_in("cbs", "84799NED", "--gemeente", "GM0363", "--file", files.PUBLISHED / "cbs-kwb-2020-v3")
    editions = {}
    for row in show("GM0363", "--all-periods"):
        editions.setdefault(row["indicator"], set()).add(row["period"])
    new_or_gone = {slug for slug, years in editions.items() if len(years) == 1}
    assert all(slug.startswith("onderverdeling-") for slug in new_or_gone), new_or_gone
    assert shown("GM0363")["gemiddelde-woz-waarde-van-woningen", ""]["period"] == 2019


@real
def test_real_exports_of_rivm_and_the_monitor():
    folder = files.PUBLISHED / "rivm-50120ned-gezondheid"
    for year in ("2016", "2022"):
        path = folder / f"gezondheid_{year}_nederland_rotterdam.csv"
        take_in("statline-csv", path, "--table", "50120NED", "--boundary-year", "2022")
    rows = shown("BU05990110")
    assert (rows["gezondheid-goed", "18-plus"]["value"], rows["gezondheid-goed", "18-plus"]["period"]) == (71.7, 2022)
    assert rows["psychische-klachten", "18-plus"]["status"] == "figure"
    assert shown("BU05992705")["roken", "18-plus"]["status"] == "unknown"

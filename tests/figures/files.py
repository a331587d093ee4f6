"""Files as sources give them, small and with what a test needs in them; and the command that takes them in."""

import csv
import io
import json
from pathlib import Path

from django.core.management import call_command

PUBLISHED = Path(__file__).resolve().parents[3] / "shared" / "data"
HEADER = (
    '"Wijken en buurten";"Regioaanduiding/Gemeentenaam (naam)";"Regioaanduiding/Soort regio (omschrijving)";'
    '"Regioaanduiding/Codering (code)";"Bevolking/Aantal inwoners (aantal)";"Wonen/Koopwoningen (%)";'
    '"Inkomen/Inkomen van personen/Gemiddeld inkomen per inwoner (x 1 000 euro)"'
)
ROWS = (
    '"Nederland";"Nederland   ";"Land      ";"NL00      ";17942942;57;"32,5"',
    '"Leiden";"Leiden   ";"Gemeente  ";"GM0546    ";130108;44;"31,9"',
    '"Merenwijkdistrict";"Leiden   ";"Wijk      ";"WK054608  ";13965;48;"       ."',
    '"Slaaghwijk";"Leiden   ";"Buurt     ";"BU05460801";2500;"";-99997',
)
TOLD = ("--table", "85984NED", "--period", "2024", "--boundary-year", "2024")


def export(folder, rows=ROWS, header=HEADER, name="export.csv", encoding="utf-8-sig"):
    path = folder / name
    path.write_text("\n".join([header, *rows]) + "\n", encoding=encoding)
    return path


def take_in(*arguments):
    out = io.StringIO()
    call_command("figures", "import", *(str(one) for one in arguments), stdout=out, stderr=io.StringIO())
    return out.getvalue()


def show(code, *options):
    out = io.StringIO()
    call_command("figures", "show", code, "--json", *options, stdout=out)
    return json.loads(out.getvalue())


def shown(code, *options):
    """By indicator and age group, for tests that ask about one of them."""
    return {(row["indicator"], row["age_group"]): row for row in show(code, *options)}


PROPERTIES = [
    {"Type": "GeoDetail", "ID": 0, "ParentID": None, "Key": "WijkenEnBuurten", "Title": "Wijken en buurten",
     "MapYear": 2023},
    {"Type": "TopicGroup", "ID": 1, "ParentID": None, "Key": "", "Title": "Bevolking"},
    {"Type": "Topic", "ID": 2, "ParentID": 1, "Key": "AantalInwoners_7", "Title": "Aantal inwoners",
     "Datatype": "Long", "Unit": "aantal", "Decimals": 0, "PresentationType": "Absolute"},
    {"Type": "Topic", "ID": 3, "ParentID": 1, "Key": "GemiddeldeHuishoudensgrootte_9",
     "Title": "Gemiddelde grootte", "Datatype": "Double", "Unit": "aantal", "Decimals": 1,
     "PresentationType": "Relative"},
    {"Type": "Topic", "ID": 4, "ParentID": 1, "Key": "Armoede_11", "Title": "Armoede", "Datatype": "Double",
     "Unit": "%", "Decimals": 1, "PresentationType": "Relative"},
]  # fmt: skip
DATA = [
    {"ID": 0, "WijkenEnBuurten": "NL00      ", "AantalInwoners_7": 17811291, "GemiddeldeHuishoudensgrootte_9": 2.1,
     "Armoede_11": None},
    {"ID": 1, "WijkenEnBuurten": "GM0363    ", "AantalInwoners_7": 918193, "GemiddeldeHuishoudensgrootte_9": 1.8,
     "Armoede_11": None},
    {"ID": 2, "WijkenEnBuurten": "WK0363AD  ", "AantalInwoners_7": 4500, "GemiddeldeHuishoudensgrootte_9": 1.5,
     "Armoede_11": None},
    {"ID": 3, "WijkenEnBuurten": "BU0363AD03", "AantalInwoners_7": 500, "GemiddeldeHuishoudensgrootte_9": None,
     "Armoede_11": None},
]  # fmt: skip
REGIONS = [
    {"Key": "NL00      ", "Title": "Nederland"},
    {"Key": "GM0363    ", "Title": "Amsterdam"},
    {"Key": "WK0363AD  ", "Title": "Wijk 00 Burgwallen"},
    {"Key": "BU0363AD03", "Title": "Nieuwendijk-Noord"},
]


def answer(rows, **more):
    return json.dumps({"odata.metadata": "https://example.test/$metadata", "value": rows, **more})


def v3_folder(folder, data=DATA, properties=PROPERTIES, regions=REGIONS, table="85618NED"):
    """The v3 form as JSON answers."""
    path = folder / "v3"
    path.mkdir(exist_ok=True)
    (path / "TypedDataSet.json").write_text(answer(data))
    (path / "DataProperties.json").write_text(answer(properties))
    (path / "WijkenEnBuurten.json").write_text(answer(regions))
    return path


def v3_csv_folder(folder, data=DATA, properties=PROPERTIES, regions=REGIONS, table="85618NED"):
    """The same as CSV, with the number of the table in the names."""
    path = folder / "v3csv"
    path.mkdir(exist_ok=True)
    for name, rows in (("TypedDataSet", data), ("DataProperties", properties), ("WijkenEnBuurten", regions)):
        keys = list(dict.fromkeys(key for row in rows for key in row))
        with (path / f"{table}_{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, keys)
            writer.writeheader()
            writer.writerows(rows)
    return path


def v4_folder(folder, observations=None, codes=None):
    path = folder / "v4"
    path.mkdir(exist_ok=True)
    measure = {
        "DataType": "Long",
        "Unit": "aantal",
        "MeasureGroupId": "M1",
        "Decimals": 0,
        "PresentationType": "Absolute",
    }
    (path / "Observations.json").write_text(answer(observations or OBSERVATIONS))
    (path / "MeasureCodes.json").write_text(
        answer([
            measure | {"Identifier": "T001036", "Title": "Aantal inwoners"},
            measure | {"Identifier": "M000224", "Title": "Gemiddeld inkomen", "DataType": "Double", "Decimals": 1,
                       "Unit": "x 1 000 euro", "PresentationType": "Relative"},
            measure | {"Identifier": "M008349", "Title": "Personen in armoede", "Unit": "%"},
        ])
    )  # fmt: skip
    (path / "MeasureGroups.json").write_text(answer([{"Id": "M1", "Title": "Bevolking", "ParentId": None}]))
    (path / "Dimensions.json").write_text(
        answer([{"Identifier": "WijkenEnBuurten", "Kind": "GeoDetail", "MapYear": 2023}])
    )
    (path / "Properties.json").write_text(
        json.dumps({"Identifier": "85618NED", "Title": "Kerncijfers wijken en buurten 2023"})
    )
    (path / "WijkenEnBuurtenCodes.json").write_text(
        answer([{"Identifier": row["Key"].strip(), "Title": row["Title"]} for row in REGIONS])
    )
    return path


def cell(number, area, measure, value, attribute="None"):
    return {"Id": number, "Measure": measure, "WijkenEnBuurten": area, "Value": value, "ValueAttribute": attribute}


OBSERVATIONS = [
    cell(0, "NL00", "T001036", 17811291), cell(1, "GM0363", "T001036", 918193), cell(2, "WK0363AD", "T001036", 4500),
    cell(3, "BU0363AD03", "T001036", 500), cell(4, "NL00", "M000224", 30.6), cell(5, "GM0363", "M000224", 36.0),
    cell(6, "WK0363AD", "M000224", None, "Impossible"), cell(7, "BU0363AD03", "M000224", None, "Secret"),
]  # fmt: skip

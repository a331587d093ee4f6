"""Takes the demo's figures out of the files as published: `python -m samenwijk.demo.extract FOLDER`.

Values are copied digit by digit. Only shares are computed, from two counts of one area in one edition.
"""

import csv
import json
import re
import sys
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent / "data" / "figures.json"
GEMEENTEN = {"GM0546": "Leiden", "GM0268": "Nijmegen"}
WIJKEN = ("WK054608", "WK026805")
Row = dict[str, Any]

KWB_2024 = "cbs-kwb-2024-statline-csv/kwb2024_bevolking_geslacht_leeftijd.csv"
KWB_2020 = "cbs-kwb-2020-v3/84799NED_TypedDataSet.csv"
KWB_2020_AREAS = "cbs-kwb-2020-v3/84799NED_WijkenEnBuurten.csv"
MONITOR_2020 = "cbs-ggd-gezondheidsmonitor-gemeente/85012NED_gezondheidsmonitor_2020.csv"

AGES = "Bevolking/Leeftijdsgroepen/"
COLUMNS_2024 = {
    "inwoners": "Bevolking/Aantal inwoners (aantal)",
    "inwoners-0-15": AGES + "0 tot 15 jaar (aantal)",
    "inwoners-15-25": AGES + "15 tot 25 jaar (aantal)",
    "inwoners-25-45": AGES + "25 tot 45 jaar (aantal)",
    "inwoners-45-65": AGES + "45 tot 65 jaar (aantal)",
    "inwoners-65-plus": AGES + "65 jaar of ouder (aantal)",
}
COLUMNS_2020 = {
    "inwoners": "AantalInwoners_5",
    "inwoners-0-15": "k_0Tot15Jaar_8",
    "inwoners-15-25": "k_15Tot25Jaar_9",
    "inwoners-25-45": "k_25Tot45Jaar_10",
    "inwoners-45-65": "k_45Tot65Jaar_11",
    "inwoners-65-plus": "k_65JaarOfOuder_12",
    "huishoudens": "HuishoudensTotaal_28",
    "huishoudens-een-persoon": "Eenpersoonshuishoudens_29",
}
COLUMNS_MONITOR = {
    "gezondheid-goed": "ErvarenGezondheidGoedZeerGoed",
    "langdurige-aandoening": "EenOfMeerLangdurigeAandoeningen",
    "overgewicht": "Overgewicht",
    "ernstig-overgewicht": "ErnstigOvergewichtObesitas",
    "genoeg-bewegen": "VoldoetAanBeweegrichtlijn",
    "wekelijks-sporten": "WekelijksSporter",
    "mantelzorger": "Mantelzorger",
    "mantelzorger-zwaar-belast": "ZwaarBelasteMantelzorgers",
    "roken": "Rokers",
    "te-veel-alcohol": "OvermatigDrinker",
}
SHARES = {
    "aandeel-0-15": ("inwoners-0-15", "inwoners"),
    "aandeel-65-plus": ("inwoners-65-plus", "inwoners"),
    "aandeel-een-persoon": ("huishoudens-een-persoon", "huishoudens"),
}
TOPICS = {
    "inwoners-65-plus": "kwetsbare_ouderen",
    "aandeel-65-plus": "kwetsbare_ouderen",
    "aandeel-0-15": "jeugd_en_opvoeding",
    "aandeel-een-persoon": "eenzaamheid",
    "langdurige-aandoening": "chronische_ziekten",
    "overgewicht": "overgewicht",
    "ernstig-overgewicht": "overgewicht",
    "genoeg-bewegen": "bewegen",
    "wekelijks-sporten": "bewegen",
    "mantelzorger": "mantelzorg",
    "mantelzorger-zwaar-belast": "mantelzorg",
    "roken": "roken",
    "te-veel-alcohol": "alcohol",
}
SOURCES: list[Row] = [
    {
        "slug": "kwb-2024",
        "publisher": "CBS",
        "table": "85984NED",
        "title": "Kerncijfers wijken en buurten 2024",
        "year": 2024,
        "licence": "CC BY 4.0",
        "rounding": 5,
    },
    {
        "slug": "kwb-2020",
        "publisher": "CBS",
        "table": "84799NED",
        "title": "Kerncijfers wijken en buurten 2020",
        "year": 2020,
        "licence": "CC BY 4.0",
        "rounding": 5,
    },
    {
        "slug": "gezondheidsmonitor-2020",
        "publisher": "Gezondheidsmonitor Volwassenen en Ouderen 2020 van GGD'en, CBS en RIVM",
        "table": "85012NED",
        "title": "Gezondheidsmonitor 2020, bevolking van 18 jaar of ouder, regio",
        "year": 2020,
        "licence": "CC BY 4.0",
        "rounding": 1,
    },
]


def document(folder: Path) -> dict[str, list[Row]]:
    areas = {2024: dict(areas_2024(folder)), 2020: dict(areas_2020(folder))}
    figures = [*figures_2024(folder), *figures_2020(folder), *figures_of_monitor(folder)]
    figures += list(shares(figures))
    return {
        "sources": SOURCES,
        "indicators": [indicator(slug) for slug in dict.fromkeys(figure["indicator"] for figure in figures)],
        "areas": [
            {"code": code, "boundary_year": year, "name": name, "level": level(code)}
            for year, named in areas.items()
            for code, name in named.items()
        ],
        "figures": figures,
    }


def wanted(code: str) -> bool:
    """The country, both gemeenten, both wijken and the buurten in them."""
    return code == "NL00" or code in GEMEENTEN or code in WIJKEN or f"WK{code[2:8]}" in WIJKEN


def level(code: str) -> str:
    return {"NL": "land", "GM": "gemeente", "WK": "wijk", "BU": "buurt"}[code[:2]]


def rows_of(path: Path, delimiter: str = ",") -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, delimiter=delimiter)


def rows_2024(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    for row in rows_of(folder / KWB_2024, delimiter=";"):
        code = row["Regioaanduiding/Codering (code)"].strip()
        if wanted(code):
            yield code, row


def rows_2020(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    for row in rows_of(folder / KWB_2020):
        code = row["WijkenEnBuurten"].strip()
        if wanted(code):
            yield code, row


def areas_2024(folder: Path) -> Iterator[tuple[str, str]]:
    for code, row in rows_2024(folder):
        yield code, plain_name(row["Wijken en buurten"])


def areas_2020(folder: Path) -> Iterator[tuple[str, str]]:
    for row in rows_of(folder / KWB_2020_AREAS):
        if wanted(code := row["Key"].strip()):
            yield code, plain_name(row["Title"])


def plain_name(title: str) -> str:
    """The name without CBS's own numbering: "Wijk 05 Nijmegen-Midden" and "Nijmegen-Midden" are one name."""
    return re.sub(r"^Wijk \d+ ", "", title.strip())


def figures_2024(folder: Path) -> Iterator[Row]:
    for code, row in rows_2024(folder):
        for slug, column in COLUMNS_2024.items():
            yield figure("kwb-2024", slug, code, 2024, row[column])


def figures_2020(folder: Path) -> Iterator[Row]:
    for code, row in rows_2020(folder):
        for slug, column in COLUMNS_2020.items():
            yield figure("kwb-2020", slug, code, 2020, row[column])


def figures_of_monitor(folder: Path) -> Iterator[Row]:
    """Value and bounds stand in three rows of the file; regions are named, not coded."""
    codes = {"Nederland": "NL00"} | {name: code for code, name in GEMEENTEN.items()}
    table = {
        (row["RegioS"], row["Marges"]): row
        for row in rows_of(folder / MONITOR_2020)
        if row["Leeftijd"] == "Totaal" and row["RegioS"] in codes
    }
    for name, code in codes.items():
        for slug, column in COLUMNS_MONITOR.items():
            value, low, high = (
                table[name, margin][column]
                for margin in ("Waarde", "Ondergrens 95%-interval", "Bovengrens 95%-interval")
            )
            yield figure("gezondheidsmonitor-2020", slug, code, 2020, value, (low, high), age_group="18-plus")


def figure(
    source: str,
    slug: str,
    code: str,
    year: int,
    text: str,
    interval: tuple[str, str] | None = None,
    *,
    age_group: str = "",
) -> Row:
    """An empty cell is not yet published, a point is unknown or secret: never zero."""
    value = text.strip()
    known = value not in {"", "."}
    low, high = interval if interval and known else (None, None)
    return {
        "source": source,
        "indicator": slug,
        "area": code,
        "period": year,
        "boundary_year": year,
        "age_group": age_group,
        "status": "figure" if known else "unknown" if value == "." else "not_published",
        "value": value if known else None,
        "low": low,
        "high": high,
        "modelled": False,
    }


def shares(figures: list[Row]) -> Iterator[Row]:
    """Percentages of two counts of one area in one edition, one decimal; none where a count is absent."""
    counts = {(row["source"], row["indicator"], row["area"]): row for row in figures if row["value"]}
    for slug, (part, whole) in SHARES.items():
        for (source, counted, code), row in counts.items():
            total = counts.get((source, whole, code))
            if counted == part and total and Decimal(total["value"]):
                share = 100 * Decimal(row["value"]) / Decimal(total["value"])
                yield row | {"indicator": slug, "value": str(share.quantize(Decimal("0.1"), ROUND_HALF_UP))}


def indicator(slug: str) -> Row:
    percentage = slug in SHARES or slug in COLUMNS_MONITOR
    kind = "computed" if slug in SHARES else "survey" if slug in COLUMNS_MONITOR else "counted"
    return {
        "slug": slug,
        "unit": "%" if percentage else "",
        "decimals": 1 if percentage else 0,
        "kind": kind,
        "topic": TOPICS.get(slug, ""),
    }


def written(content: dict[str, list[Row]]) -> str:
    """One row a line, so that a new edition shows as a readable difference."""
    blocks = []
    for name, rows in content.items():
        lines = ",\n".join("    " + json.dumps(row, ensure_ascii=False) for row in rows)
        blocks.append(f'  "{name}": [\n{lines}\n  ]')
    return "{\n" + ",\n".join(blocks) + "\n}\n"


if __name__ == "__main__":
    TARGET.write_text(written(document(Path(sys.argv[1]))), encoding="utf-8")
    print(f"Wrote {TARGET}")

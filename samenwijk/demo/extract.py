"""Takes the demo's figures out of the files as published: `python -m samenwijk.demo.extract FOLDER`.

Rows and columns are chosen; every cell stays as its publisher wrote it. The demo imports what comes out with the
same commands that an installation uses.
"""

import csv
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

TARGET = Path(__file__).parent / "data"
GEMEENTEN = {"GM0546": "Leiden", "GM0268": "Nijmegen"}
WIJKEN = ("WK054608", "WK026805")

KWB_2024 = "cbs-kwb-2024-statline-csv/kwb2024_bevolking_geslacht_leeftijd.csv"
KWB_2020 = "cbs-kwb-2020-v3/84799NED_"
MONITOR_2020 = "cbs-ggd-gezondheidsmonitor-gemeente/85012NED_gezondheidsmonitor_2020.csv"
COLUMNS_2020 = (
    "AantalInwoners_5",
    "k_0Tot15Jaar_8",
    "k_15Tot25Jaar_9",
    "k_25Tot45Jaar_10",
    "k_45Tot65Jaar_11",
    "k_65JaarOfOuder_12",
    "HuishoudensTotaal_28",
    "Eenpersoonshuishoudens_29",
)
COLUMNS_MONITOR = (
    "ErvarenGezondheidGoedZeerGoed",
    "EenOfMeerLangdurigeAandoeningen",
    "Overgewicht",
    "ErnstigOvergewichtObesitas",
    "VoldoetAanBeweegrichtlijn",
    "WekelijksSporter",
    "Mantelzorger",
    "ZwaarBelasteMantelzorgers",
    "Rokers",
    "OvermatigDrinker",
)
Rows = Iterable[list[str]]


def documents(folder: Path) -> dict[str, str]:
    """The files of the demo by name, with their content."""
    return {
        "kwb-2024/85984NED.csv": written(kwb_2024(folder), ";"),
        "kwb-2020/84799NED_TypedDataSet.csv": written(kwb_2020(folder)),
        "kwb-2020/84799NED_DataProperties.csv": written(properties_2020(folder)),
        "kwb-2020/84799NED_WijkenEnBuurten.csv": written(areas_2020(folder)),
        "gezondheidsmonitor-2020/85012NED.csv": written(monitor(folder)),
    }


def wanted(code: str) -> bool:
    """The country, both gemeenten, both wijken and the buurten in them."""
    return code == "NL00" or code in GEMEENTEN or code in WIJKEN or f"WK{code[2:8]}" in WIJKEN


def rows_of(path: Path, delimiter: str = ",") -> Iterator[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.reader(file, delimiter=delimiter)


def kwb_2024(folder: Path) -> Rows:
    header, *rows = rows_of(folder / KWB_2024, ";")
    code = header.index("Regioaanduiding/Codering (code)")
    kept = [at for at, name in enumerate(header) if "Geslacht" not in name]
    return ([row[at] for at in kept] for row in [header, *(row for row in rows if wanted(row[code].strip()))])


def kwb_2020(folder: Path) -> Rows:
    header, *rows = rows_of(folder / f"{KWB_2020}TypedDataSet.csv")
    kept = [header.index(name) for name in ("ID", "WijkenEnBuurten", *COLUMNS_2020)]
    return ([row[at] for at in kept] for row in [header, *(row for row in rows if wanted(row[1].strip()))])


def properties_2020(folder: Path) -> Rows:
    """The chosen columns and the groups above them, without their long descriptions."""
    header, *rows = rows_of(folder / f"{KWB_2020}DataProperties.csv")
    key, identity, parent = (header.index(name) for name in ("Key", "ID", "ParentID"))
    by_id = {number(row[identity]): row for row in rows}
    chosen: set[str] = set()
    for row in rows:
        if row[key] in ("WijkenEnBuurten", *COLUMNS_2020):
            at = number(row[identity])
            while at in by_id:
                chosen.add(at)
                at = number(by_id[at][parent])
    kept = [at for at, name in enumerate(header) if name != "Description"]
    return ([row[at] for at in kept] for row in [header, *(row for row in rows if number(row[identity]) in chosen)])


def number(text: str) -> str:
    return text.removesuffix(".0")


def areas_2020(folder: Path) -> Rows:
    header, *rows = rows_of(folder / f"{KWB_2020}WijkenEnBuurten.csv")
    return [header, *(row for row in rows if wanted(row[0].strip()))]


def monitor(folder: Path) -> Rows:
    """Value and bounds stand in three rows of the file; regions are named, not coded."""
    header, *rows = rows_of(folder / MONITOR_2020)
    kept = [header.index(name) for name in ("ID", "Leeftijd", "Marges", "RegioS", *COLUMNS_MONITOR)]
    places = {"Nederland", *GEMEENTEN.values()}
    return ([row[at] for at in kept] for row in [header, *(row for row in rows if row[3] in places)])


def written(rows: Rows, delimiter: str = ",") -> str:
    """One row a line, so that a new edition shows as a readable difference."""

    def cell(text: str) -> str:
        return f'"{text}"' if delimiter in text or '"' in text else text

    return "".join(delimiter.join(cell(text) for text in row) + "\n" for row in rows)


if __name__ == "__main__":
    for name, content in documents(Path(sys.argv[1])).items():
        path = TARGET / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        print(f"Wrote {path}")

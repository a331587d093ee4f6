"""The tables that we know by name: what they are called, whose they are, and which editions are family."""

import re
from dataclasses import dataclass, replace

CC_BY = "CC BY 4.0"
KWB_TABLES = {
    2013: "82339NED", 2014: "82931NED", 2015: "83220NED", 2016: "83487NED", 2017: "83765NED", 2018: "84286NED",
    2019: "84583NED", 2020: "84799NED", 2021: "85039NED", 2022: "85318NED", 2023: "85618NED", 2024: "85984NED",
    2025: "86165NED", 2026: "86358NED",
}  # fmt: skip
HEALTH = "Gezondheidsmonitor Volwassenen en Ouderen, GGD'en, CBS en RIVM"


@dataclass(frozen=True)
class Table:
    """A published table. `year` is the only period it has, if it has one; `total_age` is what its total means."""

    table: str
    slug: str
    publisher: str
    title: str
    family: str
    boundary_year: int | None = None
    year: int | None = None
    modelled: bool = False
    survey: bool = False
    counts_rounded_to: int | None = None
    total_age: str = ""
    unit: str = ""
    licence: str = CC_BY


def _kwb(year: int, table: str) -> Table:
    return Table(
        table, f"kwb-{year}", "CBS", f"Kerncijfers wijken en buurten {year}", "kwb", year, year, counts_rounded_to=5
    )


KNOWN = {table: _kwb(year, table) for year, table in KWB_TABLES.items()} | {
    known.table: known
    for known in (
        Table("50150NED", "rivm-50150ned", HEALTH, "Gezondheid per wijk en buurt; 2012-2024 (indeling 2024)",
              "gezondheid-wijk-buurt", 2024, modelled=True),
        Table("50120NED", "rivm-50120ned", HEALTH, "Gezondheid per wijk en buurt; 2012-2022 (indeling 2022)",
              "gezondheid-wijk-buurt", 2022, modelled=True),
        Table("85012NED", "gezondheidsmonitor-2020", "Gezondheidsmonitor Volwassenen en Ouderen 2020 van GGD'en, CBS "
              "en RIVM", "Gezondheidsmonitor; bevolking van 18 jaar of ouder, regio, 2020", "gezondheidsmonitor",
              2020, 2020, survey=True, total_age="18-plus", unit="%"),
        Table("83674NED", "gezondheidsmonitor-2016", "Gezondheidsmonitor Volwassenen en Ouderen 2016 van GGD'en, CBS "
              "en RIVM", "Gezondheidsmonitor; bevolking van 19 jaar of ouder, regio, 2016", "gezondheidsmonitor-2016",
              2016, 2016, survey=True, total_age="19-plus", unit="%"),
        Table("50140NED", "rivm-50140ned", "Gezondheidsmonitor Jongvolwassenen 2024, GGD'en en RIVM",
              "Gezondheidsmonitor Jongvolwassenen 2024", "jongvolwassenen", 2024, 2024, survey=True,
              total_age="16-25", unit="%"),
    )
}  # fmt: skip


def is_table_id(text: str) -> bool:
    return bool(re.fullmatch(r"\d{5}[A-Za-z]{2,4}", text))


def known(table: str, publisher: str = "") -> Table:
    """What we know of a table by its number; of others at least the number. RIVM's own tables begin with 50."""
    key = table.upper() if table.upper() in KNOWN else table
    if key in KNOWN:
        return KNOWN[key]
    whose = publisher or ("RIVM" if table.startswith("50") else "CBS")
    return Table(table, f"{whose.lower()}-{table.lower()}", whose, table, table.lower())


def described(table: Table, title: str) -> Table:
    """The same table with what its own description adds: a title, and for the yearly tables of CBS the year."""
    title = " ".join(title.split())
    if found := re.fullmatch(r"Kerncijfers wijken en buurten (\d{4})", title):
        year = int(found[1])
        fresh = _kwb(year, table.table)
        # A second table of the same year keeps an address of its own.
        return fresh if KWB_TABLES.get(year, table.table) == table.table else replace(fresh, slug=table.slug)
    if title.lower().startswith("gezondheid per wijk en buurt"):
        return replace(table, title=title[:200], family="gezondheid-wijk-buurt", modelled=True)
    return replace(table, title=title[:200] or table.title)

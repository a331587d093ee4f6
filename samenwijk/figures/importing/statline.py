"""CSV as StatLine exports it, in every form that was seen: one header row or two, with or without codes, re-saved by R.

What the file does not say itself (table, year, boundaries, codes) must be told; nothing is guessed from its name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from samenwijk.figures.importing import files, naming, tables
from samenwijk.figures.importing.cells import MISSING
from samenwijk.figures.importing.gathering import Report, Row, SourceColumn
from samenwijk.figures.importing.naming_areas import Register, plain_name, read_register, register_in_order
from samenwijk.figures.importing.opened import About, Asked, Dimension, Opened, required
from samenwijk.figures.importing.refusal import Refused
from samenwijk.places.codes import is_code

REGION_NAMES = {"wijken en buurten", "regio's", "regios", "wijkenenbuurten"}
MANGLED_NAMES = {"wijken.en.buurten", "regio.s"}
DIMENSION_NAMES = {"perioden", "leeftijd", "geslacht", "marges", "persoonskenmerken", *REGION_NAMES}
DESCRIBING_UNITS = {"naam", "omschrijving"}
NO_COLUMN = {"", "id", "rownames"}
NO_FIGURE = ("indelingswijziging", "meest voorkomende postcode", "postcode")
FOOTERS = ("bron:", "©", "copyright")
FIRST_ROWS = 12
THEMES = (
    "Bevolking", "Wonen", "Energie", "Onderwijs", "Opleidingsniveau", "Arbeid", "Inkomen", "Sociale zekerheid", "Zorg",
    "Bedrijfsvestigingen SBI 2008", "Bedrijfsvestigingen", "Motorvoertuigen", "Criminaliteit",
    "Nabijheid voorzieningen", "Oppervlakte", "Stedelijkheid", "Postcode", "Regioaanduiding",
)  # fmt: skip


@dataclass(frozen=True)
class Header:
    """Where what stands: the columns by their place, and how many rows come before the figures."""

    width: int
    rows: int
    region: int
    code: int | None
    gemeente: int | None
    sort: int | None
    dimensions: dict[int, str]
    measures: tuple[tuple[int, SourceColumn], ...]
    title: str
    left_out: tuple[str, ...]


def open_table(path: Path, asked: Asked) -> Opened:
    header = _header(path)
    table = _table(header, asked)
    said = tables.described(table, header.title) if header.title else table
    said = replace(said, modelled=said.modelled or table.modelled)
    about = About(tuple(Dimension(key) for key in header.dimensions.values()), _period(header, asked))
    if about.period is None:
        required(about.default_period, None, "--period")
    year = _year_of_title(header)
    codes = _codes(path, header, asked)
    columns = tuple(_completed(column, said) for _at, column in header.measures)
    return Opened(
        table=said,
        boundary_year=required(asked.boundary_year, year, "--boundary-year"),
        columns=columns,
        rows=partial(_rows, path, header, about, codes),
        provisional=about.provisional,
        left_out=header.left_out,
    )


def _completed(column: SourceColumn, table: tables.Table) -> SourceColumn:
    """Exports without units: the table that we know says what its columns are."""
    if column.unit or not table.unit:
        return column
    return replace(column, unit="uur" if "Uren" in column.measure else table.unit, decimals=1)


def _table(header: Header, asked: Asked) -> tables.Table:
    year = _year_of_title(header)
    number = asked.table or (tables.KWB_TABLES.get(year) if year else None)
    if not number:
        raise Refused(
            _("Het bestand zegt niet uit welke tabel het komt. Geef het nummer mee, bijvoorbeeld --table 85984NED.")
        )
    return tables.known(number, asked.publisher)


def _period(header: Header, asked: Asked) -> int | None:
    return asked.period if asked.period is not None else _year_of_title(header)


def _year_of_title(header: Header) -> int | None:
    found = re.fullmatch(r"Kerncijfers wijken en buurten (\d{4})", header.title)
    return int(found[1]) if found else None


def _header(path: Path) -> Header:
    if files.is_json(path):
        raise Refused(_("%(name)s is JSON, geen CSV.") % {"name": path.name})
    first = list(islice(files.csv_rows(path), FIRST_ROWS))
    title = next((row[0].strip() for row in first if len(row) == 1 and row[0].strip()), "")
    for at, row in enumerate(first):
        names = [cell.strip().lower() for cell in row]
        found = next((place for place, name in enumerate(names) if name in REGION_NAMES | MANGLED_NAMES), None)
        if found is None:
            continue
        before = first[at - 1] if at else []
        if len(before) > 1 and len(before) == len(row) and not before[0].strip():
            dimensions = next((place for place, cell in enumerate(before) if cell.strip()), len(row))
            headings = [
                cell.strip() if place < dimensions else f"{before[place].strip()} ({cell.strip()})"
                for place, cell in enumerate(row)
            ]
            return _read(headings, at + 1, found, first[at + 1 :], title)
        return _read([cell.strip() for cell in row], at + 1, found, first[at + 1 :], title)
    raise Refused(
        _(
            "%(name)s heeft geen kolom “Wijken en buurten” of “Regio's”. Exporteer de tabel bij StatLine als CSV, met "
            "de regio's in de rijen."
        )
        % {"name": path.name}
    )


def _read(headings: list[str], rows: int, region: int, sample: list[list[str]], title: str) -> Header:
    code = gemeente = sort = None
    dimensions: dict[int, str] = {}
    measures: list[tuple[int, SourceColumn]] = []
    left_out: list[str] = []
    for at, heading in enumerate(headings):
        path, unit = _path(heading)
        last = path[-1].lower() if path else ""
        cells = [row[at] for row in sample if at < len(row)]
        if at == region:
            dimensions[at] = "WijkenEnBuurten" if "wijk" in heading.lower() else "RegioS"
        elif last.startswith("codering"):
            code = at
        elif last.startswith("gemeentenaam"):
            gemeente = at
        elif last.startswith("soort regio"):
            sort = at
        elif unit in DESCRIBING_UNITS or heading.lower() in NO_COLUMN or last.startswith(NO_FIGURE):
            left_out += [heading] if heading else []
        elif heading.lower() in DIMENSION_NAMES:
            dimensions[at] = heading
        elif unit or _has_number(cells) or all(cell.strip().lower() in MISSING for cell in cells):
            measures.append((at, SourceColumn(heading, tuple(path), unit, None)))
        else:
            dimensions[at] = heading
    if not measures:
        raise Refused(_("In dit bestand staat geen kolom met cijfers."))
    if code is None and any(is_code(row[region].strip()) for row in sample[:3] if region < len(row)):
        code = region
    return Header(
        len(headings), rows, region, code, gemeente, sort, dimensions, tuple(measures), title, tuple(left_out)
    )


def _has_number(cells: list[str]) -> bool:
    return any(re.fullmatch(r"\s*-?\d+([.,]\d+)?\s*", cell) for cell in cells)


def _path(heading: str) -> tuple[list[str], str]:
    """The path of titles and the unit, from any of the ways in which a heading is written."""
    if re.fullmatch(r"[A-Za-zÀ-ÿ0-9]+(\.+[A-Za-zÀ-ÿ0-9]+)+\.*", heading):
        return _mangled(heading)
    if re.fullmatch(r"[A-Za-z]\w*", heading) and re.search(r"[a-z][A-Z]|_\d+$", heading):
        return [naming.words_of(heading)], ""
    return naming.split_path(heading)


def _mangled(heading: str) -> tuple[list[str], str]:
    """`Bevolking.Geslacht.Mannen..aantal.` as R wrote it: everything but letters became a dot, also in `auto's`."""
    text, unit = re.sub(r"(?<=[aiouy])\.s(?=\.|$)", "'s", heading.rstrip(".")), ""
    if heading.endswith("..."):
        unit = "%"
    elif ".." in text:
        text, unit = text.rsplit("..", 1)
        unit = unit.replace(".", " ").strip()
    plain = " ".join(text.replace(".", " ").split())
    for theme in THEMES:
        if plain.startswith(theme + " "):
            return [theme, plain[len(theme) + 1 :]], unit
    return [plain], unit


def _codes(path: Path, header: Header, asked: Asked) -> Register | None:
    if header.code is not None:
        return None
    if asked.codes_from is None:
        raise Refused(
            _(
                "In dit bestand staan geen gebiedscodes, alleen namen, en namen komen dubbel voor. Geef met "
                "--codes-from een bestand dat wel codes heeft, of exporteer de tabel met de kolom Codering."
            )
        )
    register = read_register(asked.codes_from)
    only_gemeenten = header.dimensions[header.region] == "RegioS"
    names = (row[header.region] for row in _data(path, header))
    return register_in_order(register, names) or Register(register.areas, only_gemeenten)


def _data(path: Path, header: Header) -> Iterator[list[str]]:
    ended = False
    for row in islice(files.csv_rows(path), header.rows, None):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) == 1 and row[0].strip().lower().startswith(FOOTERS):
            ended = True
            continue
        if ended or len(row) != header.width:
            files.same_length(row, [""] * header.width, path)
        yield row


def _rows(path: Path, header: Header, about: About, codes: Register | None, report: Report) -> Iterator[Row]:
    measures = [at for at, _column in header.measures]
    for number, row in enumerate(_data(path, header)):
        record: dict[str, str | None] = {key: row[at] for at, key in header.dimensions.items()}
        said = about.read(record, report)
        if said is None:
            continue
        _area, period, age, margin = said
        name = plain_name(row[header.region])
        gemeente = row[header.gemeente].strip() if header.gemeente is not None else ""
        if codes is None:
            code = row[header.code or 0].strip()
            name = "" if header.code == header.region else name
            if not code:
                raise Refused(
                    _("Regel %(number)s (%(name)s) heeft geen gebiedscode. Download het bestand opnieuw.")
                    % {"number": number + 1, "name": name}
                )
        else:
            sort = row[header.sort].strip() if header.sort is not None else ""
            code = codes.code_of(number, name, gemeente, sort) or ""
            if not code:
                report.skip(_("een gebied waarvan de naam niet bij precies één code hoort"))
                continue
        yield Row(code, name, period, age, margin, [row[at] for at in measures])

"""Reading a file that somebody sends: CSV or XLSX, in memory, and refused before anything of it is kept.

A refusal says what to do and never quotes a cell. What comes back is text: headings and lines.
"""

import csv
import io
import logging
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time

from django.utils.translation import gettext as _

from samenwijk.methods.guard import looks_like_bsn

log = logging.getLogger(__name__)

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 30 * 1024 * 1024
MOST_PARTS = 200
MOST_LINES = 5000
MOST_COLUMNS = 120
LONGEST_CELL = 200

# A heading that holds one of these words, in any case, is about a person.
OF_A_PERSON = {
    "bsn", "burgerservicenummer", "sofinummer", "naam", "voornaam", "achternaam", "voorletters", "roepnaam",
    "initialen", "geboortedatum", "geboortejaar", "gebdatum", "geboren", "patientnr", "patientnummer", "patientid",
    "patient", "patienten", "clientnr", "clientnummer", "clientid", "client", "dossiernummer", "postcode",
    "postcode6", "pc6", "adres", "straat", "straatnaam", "huisnummer", "woonplaats", "telefoon", "mobiel",
    "email", "mailadres", "emailadres", "verzekerdennummer", "polisnummer", "name", "birthdate", "dateofbirth", "dob",
    "surname", "address", "phone", "zipcode", "telefoonnummer",
}  # fmt: skip
ABOUT_THE_PRACTICE = {"praktijk", "praktijknaam", "gemeente", "wijk", "gem", "indicator", "diagnose", "practice"}
FULL_DATE = re.compile(r"(?<!\d)(?:\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2})(?!\d)")


class Refused(Exception):
    """This file is not taken; the sentence says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Sheet:
    """A table of text: headings as they stand in the file, and its lines with the number each has in the file."""

    headings: tuple[str, ...]
    lines: tuple[tuple[int, tuple[str, ...]], ...]


def read(content: bytes) -> Sheet:
    """The table in a CSV or XLSX file. Raises ``Refused``."""
    if len(content) > MOST_BYTES:
        raise Refused(_("Dit bestand is te groot. Cijfers van een praktijk passen in 2 MB."))
    if not content.strip():
        raise Refused(_("Dit bestand is leeg."))
    table = list(_lines_of_workbook(content) if content[:4] == b"PK\x03\x04" else _lines_of_text(content))
    filled = [(number, cells) for number, cells in table if any(cells)]
    if len(filled) < 2:
        raise Refused(_("In dit bestand staan geen regels met cijfers onder de kopjes."))
    if len(filled) > MOST_LINES + 1:
        raise Refused(_("Dit bestand heeft meer dan 5000 regels. Lever aantallen per groep, geen regel per persoon."))
    (_first, headings), *lines = filled
    _check_headings(headings)
    for number, cells in lines:
        if len(cells) > len(headings) and any(cells[len(headings) :]):
            raise Refused(_("Regel %(number)s heeft meer cellen dan er kopjes zijn.") % {"number": number})
        for cell in cells:
            _check_cell(number, cell)
    width = len(headings)
    return Sheet(headings, tuple((number, (*cells[:width], *[""] * (width - len(cells)))) for number, cells in lines))


def _check_headings(headings: tuple[str, ...]) -> None:
    if len(headings) > MOST_COLUMNS:
        raise Refused(_("Dit bestand heeft te veel kolommen. Gebruik ons voorbeeld."))
    for heading in headings:
        words = set(re.findall(r"[a-z0-9]+", _plain(heading)))
        joined = "".join(re.findall(r"[a-z0-9]+", _plain(heading)))
        if (words | {joined}) & OF_A_PERSON and not words & ABOUT_THE_PRACTICE:
            raise Refused(
                _(
                    "Dit bestand heeft een kolom over personen, zoals een naam, een nummer of een postcode. Dat mag "
                    "hier niet komen. Er is niets bewaard. Lever alleen aantallen per groep."
                )
            )
        if looks_like_bsn(heading):
            raise Refused(_("In de kopjes staat een getal dat een burgerservicenummer kan zijn. Er is niets bewaard."))
    known = [_plain(heading) for heading in headings if heading]
    if len(known) != len(set(known)):
        raise Refused(_("Twee kolommen hebben hetzelfde kopje. Geef elke kolom een eigen kopje."))


def _check_cell(number: int, cell: str) -> None:
    if looks_like_bsn(cell):
        sentence = _("Op regel %(number)s staat een getal dat een burgerservicenummer kan zijn. Er is niets bewaard.")
        raise Refused(sentence % {"number": number})
    if FULL_DATE.search(cell):
        sentence = _("Op regel %(number)s staat een datum. Lever aantallen per jaar. Er is niets bewaard.")
        raise Refused(sentence % {"number": number})
    if "@" in cell:
        raise Refused(_("Op regel %(number)s staat een mailadres. Er is niets bewaard.") % {"number": number})
    if len(cell) > LONGEST_CELL:
        raise Refused(_("Op regel %(number)s staat een lange tekst. Er is niets bewaard.") % {"number": number})


def _lines_of_text(content: bytes) -> Iterator[tuple[int, tuple[str, ...]]]:
    text = _decoded(content)
    if text.lstrip()[:1] == "<":
        raise Refused(_("Dit is een webpagina of XML, geen CSV. Bewaar de tabel als CSV of XLSX."))
    if text.lstrip().startswith(("{", "[")) or content[:4] in (b"%PDF", b"\xd0\xcf\x11\xe0"):
        raise Refused(_("Dit soort bestand kunnen we niet lezen. Bewaar de tabel als CSV of XLSX."))
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(";,\t|", key=first.count)
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
            yield number, tuple(_tidy(cell) for cell in cells)
            _stop_at(number)
    except csv.Error:
        raise Refused(_("Dit bestand is geen goede CSV. Bewaar de tabel opnieuw als CSV of XLSX.")) from None


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\x00" in content:
        raise Refused(_("Dit soort bestand kunnen we niet lezen. Bewaar de tabel als CSV of XLSX."))
    else:
        encoding = "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _lines_of_workbook(content: bytes) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The one sheet with something in it. No formulas, no macros, nothing that unpacks to more than we can hold."""
    _check_package(content)
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        # One cell far to the right would make every line sixteen thousand cells wide.
        found = (list(_rows(sheet.iter_rows(max_col=MOST_COLUMNS + 1))) for sheet in book.worksheets)
        sheets = [rows for rows in found if rows]
        book.close()
    except Refused:
        raise
    except Exception as error:
        # The library raises whatever it meets in a stranger's file. The log names the kind; of the content nothing may
        # come along, neither there nor in the message.
        log.warning("A workbook could not be read: %s", type(error).__name__)
        raise Refused(_("Dit XLSX-bestand kunnen we niet lezen. Bewaar het opnieuw, of gebruik CSV.")) from None
    if len(sheets) > 1:
        raise Refused(_("Dit bestand heeft meer dan één blad met inhoud. Lever één blad met alleen de aantallen."))
    yield from sheets[0] if sheets else []


def _rows(rows: Iterable[Iterable[object]]) -> Iterator[tuple[int, tuple[str, ...]]]:
    for number, row in enumerate(rows, start=1):
        _stop_at(number)
        cells = list(row)
        if any(getattr(cell, "data_type", "") == "f" for cell in cells):
            sentence = _("Regel %(number)s heeft een formule. Plak de aantallen als waarden, zonder formules.")
            raise Refused(sentence % {"number": number})
        texts = [_text_of(number, getattr(cell, "value", None)) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            yield number, tuple(texts)


def _text_of(number: int, value: object) -> str:
    if isinstance(value, date | time):
        sentence = _("Op regel %(number)s staat een datum. Lever aantallen per jaar. Er is niets bewaard.")
        raise Refused(sentence % {"number": number})
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else _tidy(str(value))


def _check_package(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            names = {part.filename.lower() for part in parts}
            if any("vbaproject" in name or "macro" in name for name in names):
                raise Refused(_("Dit bestand heeft macro's. Bewaar het als gewoon XLSX-bestand, zonder macro's."))
            if "xl/workbook.xml" not in names:
                raise Refused(_("Dit is geen XLSX-bestand. Bewaar de tabel als CSV of XLSX."))
            # What a package says about its size may be a lie, so that it is also read with a limit.
            left = MOST_UNPACKED
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > left:
                raise Refused(_("Dit bestand wordt uitgepakt veel te groot. Er is niets bewaard."))
            for part in parts:
                with package.open(part) as stream:
                    read = stream.read(left + 1)
                left -= len(read)
                if left < 0:
                    raise Refused(_("Dit bestand wordt uitgepakt veel te groot. Er is niets bewaard."))
                if b"<!DOCTYPE" in read or b"<!ENTITY" in read:
                    raise Refused(_("Dit XLSX-bestand kunnen we niet lezen. Bewaar het opnieuw, of gebruik CSV."))
    # zipfile says NotImplementedError for a way of packing it does not know, and RuntimeError for a password.
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise Refused(_("Dit XLSX-bestand is beschadigd. Bewaar het opnieuw, of gebruik CSV.")) from None


def _stop_at(number: int) -> None:
    if number > 4 * MOST_LINES:
        raise Refused(_("Dit bestand heeft meer dan 5000 regels. Lever aantallen per groep, geen regel per persoon."))


def _tidy(cell: str) -> str:
    return " ".join(cell.replace("\u00a0", " ").replace("\u202f", " ").split())


def _plain(heading: str) -> str:
    folded = heading.casefold().replace("ë", "e").replace("ï", "i").replace("é", "e")
    return " ".join(folded.replace("_", " ").split())

"""Files of others, read piece by piece and never trusted: their size in memory does not follow their size on disk."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from samenwijk.figures.importing.refusal import Refused

# A region row of the widest table takes some kB; a file beyond these limits is not what it says.
LONGEST_LINE = 1024 * 1024
LONGEST_RECORD = 16 * 1024 * 1024
PIECE = 1024 * 1024
LARGEST_FILE = 4 * 1024 * 1024 * 1024
SNIFFED = 4096
_NEXT_PAGE = re.compile(rb'"@?odata\.nextLink"\s*:\s*"')


def check(path: Path) -> None:
    """Refuses what can be seen to be something else, before a byte of it is taken."""
    if not path.is_file():
        raise Refused(_("Er is geen bestand %(path)s. Controleer de naam.") % {"path": path})
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise Refused(_("%(name)s is groter dan 4 GB. Maak bij de bron een kleinere selectie.") % {"name": path.name})
    with path.open("rb") as file:
        head = file.read(SNIFFED)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    if not start:
        raise Refused(_("%(name)s is leeg. Download het opnieuw.") % {"name": path.name})
    if head[:2] == b"PK" or head[:4] == b"\xd0\xcf\x11\xe0":
        raise Refused(
            _("%(name)s is een Excel- of zipbestand. Pak het uit, of bewaar het als CSV, en geef dat bestand.")
            % {"name": path.name}
        )
    if head[:2] == b"\x1f\x8b" or head[:5] == b"%PDF-":
        raise Refused(_("%(name)s is geen CSV of JSON. Geef het uitgepakte bestand.") % {"name": path.name})
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head")):
        raise Refused(
            _("%(name)s is een webpagina met een melding, geen tabel. Download het bestand opnieuw bij de bron.")
            % {"name": path.name}
        )
    if b"\0" in head:
        raise Refused(_("%(name)s is geen tekst. Bewaar de tabel als CSV in UTF-8.") % {"name": path.name})


def lines(path: Path) -> Iterator[str]:
    """The lines of a text file without its byte order mark: UTF-8, else the western code page of Windows."""
    check(path)
    with path.open("rb") as file:
        head = file.read(PIECE)
        file.seek(0)
        encoding = _encoding(head)
        for number, raw in enumerate(_bounded(file, path), 1):
            try:
                text = raw.decode(encoding)
            except UnicodeDecodeError as error:
                raise Refused(
                    _("Regel %(number)s van %(name)s is geen leesbare tekst. Bewaar het bestand als CSV in UTF-8.")
                    % {"number": number, "name": path.name}
                ) from error
            yield text.removeprefix("\ufeff") if number == 1 else text


def _bounded(file: BinaryIO, path: Path) -> Iterator[bytes]:
    while raw := file.readline(LONGEST_LINE + 1):
        if len(raw) > LONGEST_LINE or b"\0" in raw:
            raise Refused(
                _("%(name)s heeft een regel die geen tabelregel kan zijn. Download het bestand opnieuw.")
                % {"name": path.name}
            )
        yield raw


def _encoding(head: bytes) -> str:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        # The last character of the piece may be cut in two.
        return "utf-8" if error.start >= len(head) - 3 else "cp1252"
    return "utf-8"


def csv_rows(path: Path) -> Iterator[list[str]]:
    """The rows of a CSV file, whatever separates its cells; an end in the middle of a row is refused."""
    first = list(islice(lines(path), 6))
    reader = csv.reader(lines(path), delimiter=_separator(first), strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise Refused(
            _("%(name)s is bij regel %(number)s geen geldige CSV: misschien is het afgebroken. Download het opnieuw.")
            % {"name": path.name, "number": reader.line_num}
        ) from error


def _separator(first: list[str]) -> str:
    text = "".join(first)
    unquoted = "".join(text.split('"')[::2])
    return max(";,\t", key=unquoted.count)


def is_json(path: Path) -> bool:
    check(path)
    with path.open("rb") as file:
        return file.read(SNIFFED).removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}


def csv_records(path: Path) -> Iterator[dict[str, str]]:
    """A CSV file with one header row as dictionaries; every row must be as long as the header."""
    rows = csv_rows(path)
    header = [cell.strip() for cell in next(rows, [])]
    for row in rows:
        if row:
            yield dict(zip(header, same_length(row, header, path), strict=True))


def same_length(row: list[str], header: list[str], path: Path) -> list[str]:
    if len(row) != len(header):
        raise Refused(
            _(
                "Een regel van %(name)s heeft %(found)s cellen in plaats van %(wanted)s (na %(first)s): "
                "het bestand is afgebroken of veranderd. Download het opnieuw."
            )
            % {"name": path.name, "found": len(row), "wanted": len(header), "first": row[0][:40] if row else ""}
        )
    return row


def json_records(path: Path, key: str = "value") -> Iterator[dict[str, Any]]:
    """The objects in the list `key` of a JSON answer, one by one; numbers come as the text that was written."""
    text = _Text(path)
    text.to_list(key)
    while True:
        record = text.next_record()
        if record is None:
            return
        yield record


def json_object(path: Path) -> dict[str, Any]:
    """A small JSON file as one object."""
    if path.stat().st_size > LONGEST_RECORD:
        raise Refused(_("%(name)s is te groot voor wat het zegt te zijn.") % {"name": path.name})
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"), parse_float=str, parse_int=str)
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refused(_broken(path)) from error
    return found if isinstance(found, dict) else {"value": found}


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of an entity set, from CSV or from a JSON answer; every cell is the text that was written, or None."""
    return map(_as_texts, json_records(path)) if is_json(path) else csv_records(path)


def _as_texts(record: dict[str, Any]) -> dict[str, Any]:
    """`true` or `[1]` is no figure: as a text it is refused where it stands, like any other word."""
    if all(cell is None or isinstance(cell, str) for cell in record.values()):
        return record
    return {key: cell if cell is None or isinstance(cell, str) else json.dumps(cell) for key, cell in record.items()}


def refuse_missing_pages(paths: list[Path]) -> None:
    """An answer in pages has a last one; where every page that is here says that more comes, the end is not here."""
    if all(_goes_on(path) for path in paths):
        raise Refused(
            _("%(name)s zegt dat er nog een deel komt, en dat deel is er niet bij. Download ook de delen die volgen.")
            % {"name": paths[-1].name}
        )


def _goes_on(path: Path) -> bool:
    """Sources write the link to the next page before the rows or behind them."""
    with path.open("rb") as file:
        head = file.read(SNIFFED)
        file.seek(max(0, path.stat().st_size - SNIFFED))
        return bool(_NEXT_PAGE.search(head) or _NEXT_PAGE.search(file.read()))


def _broken(path: Path) -> str:
    return _("%(name)s is afgebroken of geen geldige JSON. Download het opnieuw.") % {"name": path.name}


@dataclass
class _Text:
    """A JSON file that is read in pieces, as far as one record at a time needs."""

    path: Path

    def __post_init__(self) -> None:
        self.pieces = self._read()
        self.text, self.at, self.ended, self.opened = "", 0, False, False
        self.decoder = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)

    def _read(self) -> Iterator[str]:
        check(self.path)
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as file:
                while piece := file.read(PIECE):
                    yield piece
        except UnicodeDecodeError as error:
            raise Refused(_broken(self.path)) from error

    def more(self) -> bool:
        piece = next(self.pieces, None)
        if piece is None:
            self.ended = True
            return False
        self.text, self.at = self.text[self.at :] + piece, 0
        if len(self.text) > LONGEST_RECORD + PIECE:
            raise Refused(_broken(self.path))
        return True

    def peek(self) -> str:
        """The next character that is not white space; "" at the end."""
        while True:
            while self.at < len(self.text) and self.text[self.at] in " \t\r\n":
                self.at += 1
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def value(self) -> Any:
        """The value that stands here, which may need more pieces."""
        while True:
            try:
                found, end = self.decoder.raw_decode(self.text, self.at)
            except RecursionError as error:
                raise Refused(_broken(self.path)) from error
            except json.JSONDecodeError as error:
                if not self.more():
                    raise Refused(_broken(self.path)) from error
                continue
            # A number or word at the very end of a piece may go on in the next one.
            if end == len(self.text) and not self.ended and self.text[end - 1] not in '}]"' and self.more():
                continue
            self.at = end
            return found

    def expect(self, character: str) -> None:
        if self.peek() != character:
            raise Refused(_broken(self.path))
        self.at += 1

    def to_list(self, key: str) -> None:
        """Goes to just behind the opening bracket of the list that stands under `key`."""
        if self.peek() == "[":
            self.at += 1
            return
        self.expect("{")
        self.opened = True
        while self.peek() == '"':
            name = self.value()
            self.expect(":")
            if name == key and self.peek() == "[":
                self.at += 1
                return
            self.peek()
            self.value()
            if self.peek() == ",":
                self.at += 1
        raise Refused(
            _("In %(name)s staat geen lijst met gegevens. Is dit het antwoord van de bron?") % {"name": self.path.name}
        )

    def next_record(self) -> dict[str, Any] | None:
        sign = self.peek()
        if sign == ",":
            self.at += 1
            sign = self.peek()
        if sign == "]":
            self.at += 1
            self.to_the_end()
            return None
        if sign != "{":
            raise Refused(_broken(self.path))
        found: dict[str, Any] = self.value()
        return found

    def to_the_end(self) -> None:
        """The rest must close what is open: a file that was cut off behind its last record is broken too."""
        while self.peek() == ",":
            self.at += 1
            self.peek()
            self.value()
            self.expect(":")
            self.peek()
            self.value()
        if self.opened:
            self.expect("}")
        if self.peek() != "":
            raise Refused(_broken(self.path))

"""The rows of a meeting as files: CSV for other programs, XLSX for people.

A cell that a spreadsheet would read as a formula begins with an apostrophe in the CSV; in the XLSX it is plain text.
"""

from __future__ import annotations

import csv
import io
from dataclasses import asdict, dataclass, fields

from django.utils.translation import gettext as _

from samenwijk.meetings.models import Meeting
from samenwijk.meetings.rows import Row, rows

FORMULA = ("=", "+", "-", "@", "\t", "\r")
YES = ("tied", "narrow", "chosen", "from_paper", "hidden", "late")
COLUMNS = [field.name for field in fields(Row)]


def csv_file(meeting: Meeting) -> str:
    """Comma separated, one header line; opens in a spreadsheet when served with a byte order mark."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=COLUMNS)
    writer.writeheader()
    for row in rows(meeting):
        writer.writerow({name: tame(value) for name, value in asdict(row).items()})
    return out.getvalue()


def tame(value: str) -> str:
    """Keeps a spreadsheet from running what somebody typed."""
    return f"'{value}" if value.startswith(FORMULA) else value


@dataclass(frozen=True)
class Sheet:
    """A page of the workbook: which kinds of rows stand on it, and what some of its columns are called there."""

    title: str
    kinds: frozenset[str]
    columns: dict[str, str]


def xlsx_file(meeting: Meeting) -> bytes:
    """A workbook with a sheet per kind of thing and one with everything; every cell is text."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    bold = book.add_format({"bold": True})
    every = list(rows(meeting))
    for sheet in _sheets(every):
        chosen = [row for row in every if row.kind in sheet.kinds]
        used = [name for name in COLUMNS if any(getattr(row, name) for row in chosen)] or ["text"]
        page = book.add_worksheet(sheet.title[:31])
        titles = _column_titles() | sheet.columns
        page.write_row(0, 0, [titles[name] for name in used], bold)
        for line, row in enumerate(chosen, start=1):
            for column, name in enumerate(used):
                page.write_string(line, column, _cell(row, name))
        page.freeze_panes(1, 0)
        page.autofit(400)
    book.close()
    return out.getvalue()


def _cell(row: Row, name: str) -> str:
    value: str = getattr(row, name)
    return _kind_titles().get(value, value) if name == "kind" else _yes_in_words(value) if name in YES else value


def _yes_in_words(value: str) -> str:
    return _("ja") if value == "1" else value


def _sheets(every: list[Row]) -> list[Sheet]:
    """What has no sheet of its own (a later kind of step) stands among the answers; the last sheet has everything."""
    own = [
        Sheet(
            _("Bijeenkomst"),
            frozenset(
                {"meeting", "step", "theme", "next_meeting", "follow_up", "contact", "discipline", "organisation"}
            ),
            {"points": _("aantal")},
        ),
        Sheet(
            _("Deelnemers"),
            frozenset({"participant"}),
            {"text": _("organisatie"), "value": _("code"), "more": _("beroep of rol")},
        ),
        Sheet(
            _("Tafelplan"),
            frozenset({"seat"}),
            {"about": _("deelnemer"), "value": _("ronde"), "more": _("geweest of gepland")},
        ),
        Sheet(_("Cijfers"), frozenset({"figure", "recognised", "recognise"}), {"points": _("aantal")}),
        Sheet(_("Ideeën"), frozenset({"idea", "dream"}), {"text": _("idee of droom")}),
        Sheet(_("Uitslagen"), frozenset({"choice", "result", "residents_choice"}), {"value": _("stemmers")}),
        Sheet(
            _("Plannen"),
            frozenset(
                {"plan", "need", "need_told", "need_whom", "action", "outcome", "partner", "party"},
            ),
            {"more": _("wie"), "value": _("vorm, datum of aanbod"), "state": _("stand")},
        ),
    ]
    placed = frozenset[str]().union(*(sheet.kinds for sheet in own))
    there = frozenset(row.kind for row in every)
    return [*own, Sheet(_("Antwoorden"), there - placed, {"points": _("aantal")}), Sheet(_("Alles"), there, {})]


def _kind_titles() -> dict[str, str]:
    return {
        "meeting": _("bijeenkomst"),
        "step": _("onderdeel"),
        "theme": _("thema"),
        "next_meeting": _("volgende bijeenkomst"),
        "follow_up": _("draagt de opvolging"),
        "contact": _("contactpersoon"),
        "discipline": _("beroep of rol"),
        "organisation": _("organisatie"),
        "participant": _("deelnemer"),
        "seat": _("plaats aan tafel"),
        "figure": _("cijfer"),
        "recognise": _("antwoord bij een cijfer"),
        "recognised": _("antwoorden bij een cijfer, geteld"),
        "statement": _("antwoord op een zin"),
        "statement_total": _("antwoorden op een zin, geteld"),
        "answer": _("antwoord"),
        "tomorrow": _("dit doe ik morgen"),
        "quote": _("zin over de avond"),
        "card": _("bel mij voor"),
        "help": _("hulp bij een plan"),
        "dream": _("droom"),
        "idea": _("idee"),
        "choice": _("stemming"),
        "result": _("uitslag"),
        "residents_choice": _("keuze van bewoners"),
        "plan": _("plan"),
        "need": _("nodig"),
        "need_told": _("nodig, in woorden"),
        "need_whom": _("wie nog nodig"),
        "action": _("eerste stap"),
        "outcome": _("wat ervan kwam"),
        "partner": _("doet mee"),
        "party": _("partij bij de afspraak"),
        "late": _("te laat"),
        "counted": _("antwoorden, geteld"),
        "note": _("regel van een tafel"),
        "choice_made": _("keuze die iemand maakte"),
        "confirm": _("door de tafel nagekeken"),
        "offer": _("wat iemand kan doen"),
        "insight": _("terugblik"),
        "proposal": _("voorstel aan de regio"),
        "pledge": _("wat een organisatie inbrengt"),
        "route": _("wie bel je"),
        "seed": _("kaart in de tuinronde"),
        "reply": _("antwoord op een kaart"),
        "scale_sheet": _("schaal, van papier"),
        "begin": _("hier begin ik mee"),
    }


def _column_titles() -> dict[str, str]:
    return {
        "kind": _("soort"),
        "key": _("sleutel"),
        "id": _("kenmerk"),
        "step": _("onderdeel"),
        "theme": _("thema"),
        "table": _("tafel"),
        "about": _("hoort bij"),
        "text": _("tekst"),
        "more": _("toelichting"),
        "value": _("waarde"),
        "points": _("stippen of aantal"),
        "place": _("plaats"),
        "tied": _("gelijk geëindigd"),
        "narrow": _("nipt"),
        "supporters": _("mensen die het steunen"),
        "chosen": _("gekozen"),
        "from_paper": _("van papier"),
        "merged_into": _("samengevoegd in"),
        "state": _("stand"),
        "hidden": _("verborgen"),
        "late": _("te laat"),
    }

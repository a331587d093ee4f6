"""`samenwijk figures`: import figures and outlines from their sources, show them, and say where they come from."""

import json
import re
from argparse import ArgumentParser
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import translation
from django.utils.translation import gettext as _

from samenwijk.figures.importing import fetching, running, showing
from samenwijk.figures.importing.opened import Asked
from samenwijk.figures.importing.refusal import Refused
from samenwijk.places.codes import is_code


class Command(BaseCommand):
    help = "Imports figures and outlines from CBS, RIVM, StatLine and PDOK, shows them, and lists their sources."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        imports = actions.add_parser("import", help="takes figures in").add_subparsers(dest="what", required=True)
        for publisher in ("cbs", "rivm"):
            service = imports.add_parser(publisher, help=f"a table of {publisher.upper()}")
            service.add_argument("table", help="the number of the table, for instance 85984NED")
            service.add_argument("--file", type=Path, help="a file or folder instead of the network")
            service.add_argument("--again", action="store_true", help="fetch again what an earlier run had fetched")
            _add_gemeente(service)
            _add_years(service)
            _add_codes(service)
        cbs = imports.choices["cbs"]
        cbs.add_argument("--api", choices=["v4", "v3"], default="v4", help="which service of CBS to ask")
        export = imports.add_parser("statline-csv", help="a CSV export of StatLine")
        export.add_argument("path", type=Path)
        export.add_argument("--table", help="the number of the table, if the file does not say it")
        _add_gemeente(export)
        _add_years(export)
        _add_codes(export)
        outlines = imports.add_parser("geometry", help="outlines of gemeenten, wijken or buurten, as GeoJSON")
        outlines.add_argument("path", type=Path, nargs="?", help="a GeoJSON file; without one PDOK is asked")
        outlines.add_argument("--again", action="store_true", help="fetch again what an earlier run had fetched")
        _add_gemeente(outlines)
        _add_years(outlines)
        show = actions.add_parser("show", help="everything that is known of an area or a wijk")
        show.add_argument("code", help="a code (GM0546, WK054608, BU05460801, NL00) or a wijk of this installation")
        show.add_argument("--json", action="store_true", help="as JSON")
        show.add_argument("--all-periods", action="store_true", help="not only the newest period of each indicator")
        sources = actions.add_parser("sources", help="the tables that were imported")
        sources.add_argument("--json", action="store_true", help="as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        _begin_a_new_store()
        with translation.override("nl"):
            try:
                if options["action"] == "import":
                    self.take_in(options)
                elif options["action"] == "show":
                    self.show(options)
                else:
                    self.print(showing.sources(), options["json"], showing.source_line)
            except Refused as refusal:
                raise CommandError(str(refusal)) from refusal

    def take_in(self, options: dict[str, Any]) -> None:
        asked = _asked(options)
        if options["what"] == "statline-csv":
            self.told(running.import_statline(options["path"], asked, self.progress))
        elif options["what"] == "geometry":
            self.take_outlines_in(options["path"], asked, again=options["again"])
        elif options["file"]:
            self.told(running.import_table(options["file"], asked, self.progress))
        else:
            api = options.get("api", "v3")
            with fetching.fetched(asked, api, self.progress, again=options["again"]) as folder:
                self.told(running.import_table(folder, asked, self.progress))

    def take_outlines_in(self, path: Path | None, asked: Asked, *, again: bool) -> None:
        from samenwijk.figures.importing.outlines import import_outlines  # loads shapely

        with nullcontext(path) if path else fetching.fetched_outlines(asked, self.progress, again=again) as file:
            for line in import_outlines(file, asked, self.progress).lines():
                self.stdout.write(line)

    def told(self, outcome: running.Outcome) -> None:
        for line in showing.outcome_lines(outcome):
            self.stdout.write(line)

    def progress(self, text: str) -> None:
        self.stderr.write(text)

    def show(self, options: dict[str, Any]) -> None:
        rows = showing.rows_of(options["code"], all_periods=options["all_periods"])
        if rows is None:
            raise CommandError(
                _("Van %(code)s zijn geen cijfers. Is de code goed, en is de tabel ingelezen? Zie: figures sources.")
                % {"code": options["code"]}
            )
        self.print(rows, options["json"], showing.row_line)

    def print(self, rows: list[dict[str, Any]], as_json: bool, line: Any) -> None:
        if as_json:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
        else:
            for row in rows:
                self.stdout.write(line(row))


def _begin_a_new_store() -> None:
    """A database without a single table gets them here, so that figures can be taken in before anything else ran."""
    if not connection.introspection.table_names():
        call_command("migrate", verbosity=0, interactive=False)


def _add_gemeente(parser: ArgumentParser) -> None:
    parser.add_argument("--gemeente", action="append", default=[], help="only this gemeente, for instance GM0546")


def _add_years(parser: ArgumentParser) -> None:
    parser.add_argument("--period", type=int, help="the year of the figures, if the table does not say it")
    parser.add_argument("--boundary-year", type=int, help="the year of the boundaries, if the table does not say it")


def _add_codes(parser: ArgumentParser) -> None:
    parser.add_argument("--codes-from", type=Path, help="a file with codes and names, for a file without codes")


def _asked(options: dict[str, Any]) -> Asked:
    gemeenten = {code.strip().upper() for text in options["gemeente"] for code in text.split(",") if code.strip()}
    for code in gemeenten:
        if not (is_code(code) and code.startswith("GM")):
            raise CommandError(_("%(code)s is geen gemeentecode; die lijkt op GM0546.") % {"code": code})
    for name in ("period", "boundary_year"):
        year = options.get(name)
        if year is not None and not 1995 <= year <= 2100:
            raise CommandError(_("%(year)s is geen jaar.") % {"year": year})
    table = options.get("table")
    if table is not None and not re.fullmatch(r"[A-Za-z0-9]{1,20}", table):
        raise CommandError(_("%(table)s is geen nummer van een tabel; dat lijkt op 85984NED.") % {"table": table})
    return Asked(
        table=table,
        period=options.get("period"),
        boundary_year=options.get("boundary_year"),
        gemeenten=frozenset(gemeenten),
        codes_from=options.get("codes_from"),
        publisher={"cbs": "CBS", "rivm": "RIVM"}.get(options["what"], ""),
    )

"""One import from beginning to end: what is it, read it, check it, store it, and say what was done."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from samenwijk.figures.importing import files, statline, tables, v3, v4
from samenwijk.figures.importing.assembling import assemble
from samenwijk.figures.importing.gathering import Gatherer, Report
from samenwijk.figures.importing.opened import Asked, Opened, refuse_gaps
from samenwijk.figures.importing.refusal import Refused
from samenwijk.figures.store.writing import Stored, store

Progress = Callable[[str], None]
EVERY = 5000


@dataclass(frozen=True)
class Outcome:
    """What an import did, as the command prints it."""

    stored: Stored
    report: Report

    def as_json(self) -> dict[str, Any]:
        version = self.stored.version
        return {
            "table": version.source.table,
            "source": version.source.slug,
            "version": str(version.public_id),
            "unchanged": not self.stored.is_new,
            "boundary_year": version.boundary_year,
            "periods": version.layout["periods"],
            "areas": version.areas,
            "indicators": len({column["indicator"] for column in version.layout["columns"]}),
            "cells": version.cells,
            "rows_read": self.report.rows,
            "skipped": [{"why": why, "rows": count} for why, count in sorted(self.report.skipped.items())],
            "notes": self.report.notes,
        }


def import_table(path: Path, asked: Asked, progress: Progress) -> Outcome:
    """Imports a folder or a file of a table whose number is known. Raises Refused; then nothing was stored."""
    opened = open_path(path, asked)
    return run(opened, asked, progress)


def open_path(path: Path, asked: Asked) -> Opened:
    if path.is_dir():
        paths = [found for found in path.iterdir() if found.is_file() and found.suffix.lower() in {".csv", ".json"}]
        names = [found.name for found in paths]
        if v3.is_table(names):
            return v3.open_table(paths, asked.table or "", asked)
        if v4.is_table(names):
            return v4.open_table(paths, asked.table or "", asked)
        raise Refused(
            _("In %(path)s staat geen TypedDataSet (v3) of Observations (v4) als CSV of JSON.") % {"path": path}
        )
    files.check(path)
    if files.is_json(path) or _is_v3_csv(path):
        # Its description may stand beside it.
        beside = [found for found in path.parent.iterdir() if found.suffix.lower() in {".csv", ".json"}]
        others = [found for found in beside if found.is_file() and not v3.is_table([found.name])]
        return v3.open_table([path, *_of_the_same_table(path, others)], asked.table or "", asked)
    return statline.open_table(path, _filled(asked))


def _is_v3_csv(path: Path) -> bool:
    return v3.is_table([path.name]) and "ID" in next(files.csv_rows(path), [])


def _of_the_same_table(path: Path, others: list[Path]) -> list[Path]:
    number = path.name.split("_")[0]
    if tables.is_table_id(number):
        return [other for other in others if other.name.startswith(number)]
    return [other for other in others if not tables.is_table_id(other.name.split("_")[0])]


def _filled(asked: Asked) -> Asked:
    """The year of a table that we know by its number."""
    known = tables.known(asked.table or "", asked.publisher)
    return replace(
        asked,
        period=asked.period if asked.period is not None else known.year,
        boundary_year=asked.boundary_year if asked.boundary_year is not None else known.boundary_year,
    )


def import_statline(path: Path, asked: Asked, progress: Progress) -> Outcome:
    """Imports a CSV export; what the file does not say must have been told."""
    files.check(path)
    return run(statline.open_table(path, asked), asked, progress)


def run(opened: Opened, asked: Asked, progress: Progress) -> Outcome:
    report = Report()
    if opened.left_out:
        report.notes.append(_("Geen cijfers, overgeslagen: %(columns)s.") % {"columns": ", ".join(opened.left_out)})
    gatherer = Gatherer(opened.columns, asked.gemeenten, report)
    seen: set[str] = set()
    for number, row in enumerate(opened.rows(report), 1):
        if not row.name and row.code in opened.regions:
            row = replace(row, name=opened.regions[row.code])
        if gatherer.wants(row.code):
            seen.add(row.code)
        gatherer.add(row)
        if number % EVERY == 0:
            progress(_("%(number)s regels gelezen") % {"number": number})
    gatherer.flush()
    _refuse_nothing(gatherer, asked, report)
    refuse_gaps(opened, seen)
    has_interval = any(margin != "value" for _period, _age, margin in gatherer.grids)
    small = any(code.startswith(("WK", "BU")) for code in gatherer.index)
    table = opened.table
    # Figures of wijken with an interval that RIVM publishes are always estimates by a model.
    modelled = table.modelled or (table.publisher == "RIVM" and has_interval and small)
    table = replace(table, modelled=modelled)
    harvest = assemble(gatherer, table, modelled=modelled, provisional=opened.provisional)
    _note_missing(gatherer, report)
    stored = store(table, opened.boundary_year, harvest, _kept(report), progress)
    return Outcome(stored, report)


def _refuse_nothing(gatherer: Gatherer, asked: Asked, report: Report) -> None:
    if report.skipped and not report.rows:
        raise Refused(
            _("Geen enkele regel van dit bestand telt mee: %(why)s. Controleer welke regels je hebt gedownload.")
            % {"why": "; ".join(sorted(report.skipped))}
        )
    found = {code for code in gatherer.index if not code.startswith("NL")}
    for gemeente in sorted(asked.gemeenten):
        if gemeente not in {f"GM{code[2:6]}" for code in found}:
            raise Refused(
                _("Gemeente %(code)s staat niet in dit bestand. Controleer de code, of download die gemeente.")
                % {"code": gemeente}
            )
    if not gatherer.index:
        raise Refused(_("In dit bestand staat geen enkel gebied met een geldige code. Controleer het bestand."))


def _note_missing(gatherer: Gatherer, report: Report) -> None:
    for period, published in sorted(gatherer.published.items()):
        empty = int((~published).sum())
        if empty:
            report.notes.append(
                _("%(period)s: %(count)s van %(all)s onderwerpen zijn nog niet gepubliceerd.")
                % {"period": period, "count": empty, "all": len(published)}
            )


def _kept(report: Report) -> dict[str, Any]:
    return {"rows": report.rows, "kept": report.kept_rows, "skipped": report.skipped, "notes": report.notes}

"""The demo's figures: real ones, out of the published files, through the same import as everywhere."""

from dataclasses import replace

from samenwijk.demo.extract import TARGET
from samenwijk.figures.importing.opened import Asked
from samenwijk.figures.importing.running import import_table

AREAS = TARGET / "kwb-2020" / "84799NED_WijkenEnBuurten.csv"
TABLES = (
    (TARGET / "kwb-2020", Asked("84799NED")),
    (TARGET / "kwb-2024" / "85984NED.csv", Asked("85984NED")),
    (TARGET / "gezondheidsmonitor-2020" / "85012NED.csv", replace(Asked("85012NED"), codes_from=AREAS)),
)


def import_figures() -> None:
    """Imports every table of the demo. Doing it again changes nothing."""
    for path, asked in TABLES:
        import_table(path, asked, quiet)


def quiet(text: str) -> None:
    """Nobody watches the progress of so small a table."""

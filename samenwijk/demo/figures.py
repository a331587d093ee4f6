"""The demo's figures: real ones, out of the published files, through the same import as everywhere."""

from samenwijk.demo.extract import TARGET

AREAS = TARGET / "kwb-2020" / "84799NED_WijkenEnBuurten.csv"
TABLES = (
    (TARGET / "kwb-2020", "84799NED"),
    (TARGET / "kwb-2024" / "85984NED.csv", "85984NED"),
    (TARGET / "gezondheidsmonitor-2020" / "85012NED.csv", "85012NED"),
)


def import_figures() -> None:
    """Imports every table of the demo. Doing it again changes nothing."""
    from samenwijk.figures.importing.opened import Asked  # loads numpy
    from samenwijk.figures.importing.running import import_table

    for path, table in TABLES:
        import_table(path, Asked(table, codes_from=AREAS if path.name == "85012NED.csv" else None), quiet)


def quiet(text: str) -> None:
    """Nobody watches the progress of so small a table."""

"""The figures of a version as a file for a spreadsheet, each with all that is needed to know where it came from."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal

from django.utils.timezone import localdate

from samenwijk.figures.frozen import FrozenFigure, FrozenReading, NamedFigure
from samenwijk.figures.models import ProfileVersion
from samenwijk.figures.practices import PracticeReading
from samenwijk.home.profile.practices import Shown, known_among, place_of

PRACTICES = "praktijken"
COLUMNS = (
    "groep",
    "indicator",
    "titel",
    "eenheid",
    "gebied",
    "code",
    "niveau",
    "jaar",
    "indelingsjaar",
    "waarde",
    "ondergrens",
    "bovengrens",
    "status",
    "leeftijd",
    "modelschatting",
    "voorlopig",
    "ongeveer",
    "vervangt_wijk",
    "uitgever",
    "tabel",
    "maat",
    "licentie",
    "versie",
    "gepubliceerd_op",
)


def csv_of(version: ProfileVersion, shown: Shown) -> str:
    """Semicolons and decimal commas, as spreadsheets here expect; one line for each area and year.

    Of what practices counted: what everybody may see now.
    """
    sheet = io.StringIO()
    writer = csv.writer(sheet, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    published = localdate(version.published_at).isoformat()
    for figure in known_among(version.all_figures, shown):
        lines = _lines(figure) if isinstance(figure, FrozenFigure) else _counted(figure, shown[place_of(figure)])
        writer.writerows([*line, version.number, published] for line in lines)
    return sheet.getvalue()


def _lines(figure: FrozenFigure) -> Iterator[list[object]]:
    here = [figure.own, *(one for one in (figure.gemeente, figure.region, figure.country) if one), *figure.places]
    for reading in here:
        yield _line(figure, reading, figure.period)
    for moment in figure.moments:
        if moment.period != figure.period:
            yield _line(figure, moment.reading, moment.period)


def _counted(figure: NamedFigure, reading: PracticeReading | None) -> Iterator[list[object]]:
    """What practices counted is of the people registered with them, not of an area."""
    if reading is None:
        return
    numbers = [_decimal(part) for part in (reading.value, reading.low, reading.high)]
    about = (figure.heading, figure.indicator, figure.title, reading.unit, reading.denominator)
    place = ["", PRACTICES, reading.period, ""]
    marks = ["", "nee", "nee", "ja", "nee"]
    yield [*map(_safe, about), *place, *numbers, reading.status, *marks, _safe(reading.source), "", figure.problem, ""]


def _line(figure: FrozenFigure, reading: FrozenReading, period: int) -> list[object]:
    numbers = (_decimal(part) for part in (reading.value, reading.low, reading.high))
    marks = (figure.modelled, figure.provisional, figure.approximate and reading is figure.own)
    return [
        *(_safe(text) for text in (figure.group, figure.indicator, figure.title, figure.unit)),
        _safe(reading.name),
        reading.area,
        reading.level,
        period,
        figure.boundary_year,
        *numbers,
        reading.status,
        figure.age_group,
        *("ja" if mark else "nee" for mark in marks),
        "ja" if figure.fallback and reading is figure.own else "nee",
        *(_safe(text) for text in (figure.publisher, figure.table, figure.measure, figure.licence)),
    ]


def _decimal(number: Decimal | None) -> str:
    return "" if number is None else str(number).replace(".", ",")


def _safe(text: str) -> str:
    """A text that begins like a formula stays a text in a spreadsheet."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text

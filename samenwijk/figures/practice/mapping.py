"""From the columns of a file to lines of counts: which column is what, and whether the lines add up.

The same mapping reads a long file (one line per problem, age and sex) and a wide one (one column per problem).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from samenwijk.figures.practice import words
from samenwijk.figures.practice.cells import Row
from samenwijk.figures.practice.files import Refused, Sheet

# What a column can be, with the headings by which we know it.
PARTS: dict[str, tuple[str, ...]] = {
    "period": ("periode", "jaar", "peiljaar", "year"),
    "icpc": ("icpc", "icpc code", "code", "icpc1"),
    "title": ("omschrijving", "diagnose", "titel", "probleem", "indicator", "icpc omschrijving"),
    "age": ("leeftijdsgroep", "leeftijd", "leeftijdscategorie", "leeftijdsklasse", "age"),
    "sex": ("geslacht", "sekse", "sex", "gender"),
    "count": ("aantal", "aantal mensen", "aantal ingeschrevenen met", "n", "teller", "count"),
    "registered": ("noemer", "ingeschreven", "aantal ingeschreven", "ingeschrevenen", "populatie", "denominator"),
    "practice": ("praktijk", "praktijknaam", "naam praktijk", "agb", "practice"),
    "origin": ("bron", "systeem", "his", "source"),
}
NEEDED = ("period", "count", "registered")
TOO_SMALL = re.compile(r"(?:<|≤|<=|kleiner dan|minder dan)\s*\d+|te klein|x|geheim")
NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[ .&-]){0,59}")
MOST_PROBLEMS = 60
YEAR = re.compile(r"(?:19|20)\d{2}")


@dataclass(frozen=True)
class Columns:
    """Which column holds what, by its place in the file.

    `measures` are the columns of a wide file: problem -> place of its counts. `only` keeps the lines that have this
    value in that column. `at_most` is the number that stands for "so few or fewer" in a published file. `at_least` is
    the place of the number of residents: a line about less than half of them is passed over.
    """

    places: Mapping[str, int]
    measures: Mapping[tuple[str, str], int] = field(default_factory=dict)
    only: tuple[int, str] | None = None
    at_most: int | None = None
    at_least: int | None = None

    @property
    def is_enough(self) -> bool:
        needed = [part for part in NEEDED if part != "count" or not self.measures]
        names = bool(self.measures) or "icpc" in self.places or "title" in self.places
        return names and all(part in self.places for part in needed)


def recognised(sheet: Sheet) -> Columns:
    """The columns that we know by their heading."""
    known = {plain(heading): place for place, heading in enumerate(sheet.headings)}
    found = {part: known[name] for part, names in PARTS.items() for name in reversed(names) if name in known}
    return Columns(found)


def chosen(sheet: Sheet, choice: Mapping[str, str]) -> Columns:
    """The columns that a person pointed out: part -> heading. A heading that is not in this file is passed over."""
    known = {plain(heading): place for place, heading in enumerate(sheet.headings)}
    found = {part: known[plain(choice[part])] for part in PARTS if plain(choice.get(part, "")) in known}
    if len(set(found.values())) < len(found):
        raise Refused(_("Je hebt één kolom voor twee dingen gekozen. Kies voor elk een eigen kolom."))
    return Columns(found)


def rows_of(sheet: Sheet, columns: Columns) -> list[Row]:
    """Every line as a row. Raises ``Refused`` with the number of the line that is not right."""
    practices = {plain(cells[columns.places["practice"]]) for _n, cells in sheet.lines if "practice" in columns.places}
    if len(practices - {""}) > 1:
        raise Refused(_("Dit bestand heeft cijfers van meer dan één praktijk. Lever alleen die van je eigen praktijk."))
    rows = [row for number, cells in sheet.lines for row in _rows_of_line(number, cells, columns)]
    if not rows:
        raise Refused(_("In dit bestand staan geen regels met cijfers die we kunnen gebruiken."))
    if len({row.indicator for row in rows}) > MOST_PROBLEMS:
        raise Refused(_("Dit bestand gaat over meer dan 60 problemen. Lever alleen wat de wijk nodig heeft."))
    if len(rows) > 20 and not columns.measures and {row.count for row in rows} <= {0, 1}:
        raise Refused(_("Elk aantal is 0 of 1. Dat lijkt een lijst van personen. Er is niets bewaard."))
    return rows


def _rows_of_line(number: int, cells: tuple[str, ...], columns: Columns) -> Iterator[Row]:
    if columns.only and cells[columns.only[0]] != columns.only[1]:
        return
    cell = {part: cells[place] for part, place in columns.places.items()}
    registered_text = cell["registered"]
    if columns.measures and not registered_text:
        return
    if columns.at_least and not _whole(number, cells[columns.at_least]) <= 2 * _whole(number, registered_text):
        return
    period, registered = _year(number, cell["period"]), _whole(number, registered_text)
    if columns.measures:
        for (slug, title), place in columns.measures.items():
            if cells[place]:
                count = _whole(number, cells[place])
                known = None if columns.at_most is not None and count <= columns.at_most else count
                yield Row(period, slug, title, "", "", known, registered)
        return
    icpc, title = _problem(number, cell)
    ages, sex = words.age_of(cell.get("age", "")), words.sex_of(cell.get("sex", ""))
    if ages is None or sex is None:
        what = _("de leeftijd") if ages is None else _("het geslacht")
        sentence = _("Op regel %(number)s begrijpen we %(what)s niet. Schrijf bijvoorbeeld 45-64 of 75+, en m of v.")
        raise Refused(sentence % {"number": number, "what": what})
    count_text = cell["count"]
    number_of: int | None = None if TOO_SMALL.fullmatch(count_text.casefold()) else _whole(number, count_text)
    if number_of is not None and number_of > registered:
        sentence = _("Op regel %(number)s is het aantal groter dan het aantal ingeschrevenen.")
        raise Refused(sentence % {"number": number})
    slug = words.slug_of(icpc, title)
    # The name of a system, and nothing in which a number or an address could come along.
    origin = cell.get("origin", "")
    origin = origin if NAME.fullmatch(origin) else ""
    yield Row(period, slug, words.title_of(slug, title), ages, sex, number_of, registered, origin)


def _problem(number: int, cell: Mapping[str, str]) -> tuple[str, str]:
    icpc, title = cell.get("icpc", "").upper().replace(" ", ""), cell.get("title", "")
    if icpc and not words.ICPC.fullmatch(icpc):
        sentence = _("Op regel %(number)s staat geen goede ICPC-code. Een code is een letter en twee cijfers: T90.")
        raise Refused(sentence % {"number": number})
    title = title or (str(words.PROBLEMS[icpc]) if icpc in words.PROBLEMS else icpc)
    if not words.slug_of(icpc, title):
        raise Refused(_("Op regel %(number)s staat niet waar het aantal over gaat.") % {"number": number})
    return icpc, title[:120]


def _year(number: int, text: str) -> int:
    if not YEAR.fullmatch(text) or int(text) > timezone.localdate().year:
        raise Refused(_("Op regel %(number)s staat geen goed jaar. Schrijf bijvoorbeeld 2024.") % {"number": number})
    return int(text)


def _whole(number: int, text: str) -> int:
    """A whole number, also as 1.234 or 1234,0. An empty cell is not 0."""
    plain_number = text.replace(" ", "")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,0+)?", plain_number):
        plain_number = plain_number.replace(".", "")
    plain_number = re.sub(r"[.,]0+$", "", plain_number)
    if not plain_number.isascii() or not plain_number.isdigit() or len(plain_number) > 9:
        sentence = _("Op regel %(number)s staat geen heel aantal. Een leeg vak is geen nul: vul het aantal in.")
        raise Refused(sentence % {"number": number})
    return int(plain_number)


def plain(heading: str) -> str:
    return " ".join(heading.casefold().replace("_", " ").replace("-", " ").split())

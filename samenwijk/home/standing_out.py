"""A handful of figures of a wijk beside the country: to start a talk, without rank or judgement."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samenwijk.figures.comparison import Comparison, Reading, compare_all
from samenwijk.places.models import Wijk
from samenwijk.ui.charts import Value, span_of, spine

# Shares only: they fit on one scale. Those that differ from the country come first.
INDICATORS = (
    "overgewicht",
    "genoeg-bewegen",
    "gezondheid-goed",
    "mantelzorger",
    "roken",
    "aandeel-65-plus",
    "aandeel-een-persoon",
)
MOST = 6


@dataclass(frozen=True)
class Line:
    """One figure: in numbers, as a picture, and in words where its margin allows a word."""

    comparison: Comparison
    picture: SafeString
    stands: str
    about: str

    @property
    def differs(self) -> bool:
        return self.stands in ("higher", "lower")


def lines_of(wijk: Wijk) -> list[Line]:
    found = [one for one in compare_all(INDICATORS, wijk) if one.unit == "%"]
    span = span_of([(_value(one.own), _value(one.country) if one.country else None) for one in found])
    lines = [_line(one, span) for one in found]
    return sorted(lines, key=lambda line: not line.differs)[:MOST]


def _line(one: Comparison, span: float) -> Line:
    country = _value(one.country) if one.country else None
    gemeente = _value(one.gemeente) if one.gemeente else None
    picture = spine(_value(one.own), country, gemeente, span=span, sentence=one.sentence)
    return Line(one, picture, _stands(one), _about(one))


def _stands(one: Comparison) -> str:
    """Higher, lower or alike; nothing when a margin is missing, because then nobody can tell."""
    if not one.words or one.country is None or one.own.low is None or one.own.high is None:
        return ""
    if one.own.low > (one.country.high or one.country.value):
        return "higher"
    return "lower" if one.own.high < (one.country.low or one.country.value) else "alike"


def _about(one: Comparison) -> str:
    """The level that was really used, and the moment."""
    if one.level == "gemeente":
        return _("gemeente %(place)s · %(year)s") % {"place": one.place, "year": one.period}
    return _("wijk %(place)s · %(year)s") % {"place": one.place, "year": one.period}


def _value(reading: Reading) -> Value:
    low = None if reading.low is None else float(reading.low)
    high = None if reading.high is None else float(reading.high)
    return Value(reading.place, float(reading.value), low, high)


def sources_of(lines: list[Line]) -> list[str]:
    """Each source once, in the order of the lines."""
    return list(dict.fromkeys(line.comparison.source for line in lines))

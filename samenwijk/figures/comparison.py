"""One figure of a wijk with its gemeente and the country beside it, as it may be shown to a room.

Figures start a talk. So there is no rank and no colour here, and a word such as "lager dan Nederland" only
where the intervals of both figures say so. Nothing is summed, and values of different boundary years never
stand in one row.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from samenwijk.figures.indicators import note_of
from samenwijk.figures.models import Indicator
from samenwijk.figures.reading import COUNTRY_CODES, Observation, age_order, observations
from samenwijk.places.models import Area, Wijk


@dataclass(frozen=True)
class Reading:
    """One value of one place, exactly as its source gives it, and the same value in words."""

    place: str
    level: str
    period: int
    boundary_year: int
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    text: str
    interval_text: str


@dataclass(frozen=True)
class Comparison:
    """A figure with what is needed to read it rightly: level really used, interval, neighbours, source."""

    slug: str
    title: str
    unit: str
    decimals: int
    note: str
    period: int
    boundary_year: int
    own: Reading
    gemeente: Reading | None
    country: Reading | None
    fallback: str
    computed: str
    source: str
    modelled: bool
    words: str

    @property
    def is_a_count(self) -> bool:
        """Numbers of people of a wijk and of a country fit on no one scale."""
        return self.unit == ""

    @property
    def level(self) -> str:
        return self.own.level

    @property
    def place(self) -> str:
        return self.own.place

    @property
    def value(self) -> Decimal:
        return self.own.value

    @property
    def low(self) -> Decimal | None:
        return self.own.low

    @property
    def high(self) -> Decimal | None:
        return self.own.high

    @property
    def text(self) -> str:
        return self.own.text

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The rows of the table that stands beside the picture."""
        return tuple(reading for reading in (self.own, self.gemeente, self.country) if reading)

    @property
    def sentence(self) -> str:
        """The picture in one sentence, for who cannot see it."""
        parts = [f"{reading.place} {reading.text}{reading.interval_text}" for reading in self.readings]
        told = f"{self.title}, {self.period}: {'; '.join(parts)}."
        return f"{told} {self.words}." if self.words else told


@dataclass(frozen=True)
class Series:
    """The same indicator at several moments, each stated on its own with its own boundaries."""

    readings: tuple[Reading, ...]
    caution: str


def compare(indicator_slug: str, wijk: Wijk, period: int | None = None) -> Comparison | None:
    """The newest figure of the wijk, else of its gemeente; None when neither has one."""
    return _compared(_figures([indicator_slug], list(wijk.areas.all()), period), wijk)


def compare_all(indicator_slugs: Iterable[str], wijk: Wijk) -> list[Comparison]:
    """Those of the indicators for which there is a figure, in the order asked: two queries, however many they are."""
    slugs = list(indicator_slugs)
    figures = _figures(slugs, list(wijk.areas.all()), None)
    found = (_compared([figure for figure in figures if figure.indicator == slug], wijk) for slug in slugs)
    return [comparison for comparison in found if comparison]


def _compared(figures: list[Observation], wijk: Wijk) -> Comparison | None:
    """Figures of one indicator, with the wijk's own (or its gemeente's) in front."""
    own = _newest(figures, Area.Level.WIJK) or _newest(figures, Area.Level.GEMEENTE)
    if own is None:
        return None
    return _comparison(own, wijk, [figure for figure in figures if _stands_beside(figure, own)])


def series(indicator_slug: str, wijk: Wijk) -> Series:
    """All moments of the indicator at the wijk's own level, oldest first; cautions when boundaries differ."""
    figures = _figures([indicator_slug], list(wijk.areas.all()), None)
    own = _newest(figures, Area.Level.WIJK) or _newest(figures, Area.Level.GEMEENTE)
    if own is None:
        return Series((), "")
    same_level = [figure for figure in figures if figure.level == own.level]
    readings = tuple(_reading(figure) for figure in sorted(same_level, key=lambda figure: figure.period))
    years = sorted({reading.boundary_year for reading in readings})
    caution = _boundary_caution(years) if len(years) > 1 else ""
    return Series(readings, caution)


def _figures(slugs: list[str], areas: list[Area], period: int | None) -> list[Observation]:
    """Known figures of the wijk (if it is one CBS wijk), its gemeente (if in one) and the country."""
    wijken = {area.code: area.name for area in areas if area.level == Area.Level.WIJK}
    gemeenten = {f"GM{area.code[2:6]}" for area in areas}
    one_wijk = wijken if len(wijken) == len({area.code[2:8] for area in areas}) == 1 else {}
    codes = {*one_wijk, *(gemeenten if len(gemeenten) == 1 else ()), *COUNTRY_CODES}
    found = [seen for seen in observations(codes, indicators=slugs, all_periods=True) if seen.is_figure]
    # A code may be given to another piece of land in another year; with the same name it is the same wijk.
    found = [seen for seen in found if seen.area_name == one_wijk.get(seen.area, seen.area_name)]
    ages: dict[str, str] = {}
    for seen in found:
        ages[seen.indicator] = min(ages.get(seen.indicator, seen.age_group), seen.age_group, key=age_order)
    return [seen for seen in found if seen.age_group == ages[seen.indicator] and period in {None, seen.period}]


def _newest(figures: list[Observation], level: str) -> Observation | None:
    of_level = [figure for figure in figures if figure.level == level]
    return max(of_level, key=lambda figure: (figure.period, figure.boundary_year), default=None)


def _stands_beside(figure: Observation, own: Observation) -> bool:
    """Only figures of the same source, moment, boundaries and ages may stand in one row."""
    return figure.stands_beside(own) and figure.area != own.area


def _comparison(own: Observation, wijk: Wijk, beside: list[Observation]) -> Comparison:
    gemeente = _newest(beside, Area.Level.GEMEENTE)
    country = _newest(beside, Area.Level.LAND)
    return Comparison(
        slug=own.indicator,
        title=own.title,
        unit="" if own.unit.startswith("aantal") else own.unit,
        decimals=own.decimals,
        note=note_of(own.indicator),
        period=own.period,
        boundary_year=own.boundary_year,
        own=_reading(own),
        gemeente=_reading(gemeente) if gemeente else None,
        country=_reading(country) if country else None,
        fallback=_fallback(own, wijk),
        computed=_computed(own),
        source=own.line,
        modelled=own.modelled,
        words=_words(own, country),
    )


def _reading(figure: Observation) -> Reading:
    value = figure.value or Decimal(0)
    return Reading(
        place=_("Nederland") if figure.level == Area.Level.LAND else figure.area_name,
        level=figure.level,
        period=figure.period,
        boundary_year=figure.boundary_year,
        value=value,
        low=figure.low,
        high=figure.high,
        text=_number(value, figure) + _unit(figure),
        interval_text=_interval(figure),
    )


def _interval(figure: Observation) -> str:
    if figure.low is None or figure.high is None:
        return ""
    low, high = (_number(bound, figure) for bound in (figure.low, figure.high))
    return " " + _("(tussen %(low)s en %(high)s)") % {"low": low, "high": f"{high}{_unit(figure)}"}


def _number(value: Decimal, figure: Observation) -> str:
    return number_format(value, figure.decimals, force_grouping=True)


def _unit(figure: Observation) -> str:
    """People and households are counted without a word behind the number."""
    unit = figure.unit if not figure.unit.startswith("aantal") else ""
    return "%" if unit == "%" else f" {unit}" if unit else ""


def _fallback(own: Observation, wijk: Wijk) -> str:
    if own.level != Area.Level.GEMEENTE:
        return ""
    return _("Voor %(wijk)s zelf is dit cijfer er niet. Je ziet het cijfer van de gemeente %(gemeente)s.") % {
        "wijk": wijk.name,
        "gemeente": own.area_name,
    }


def _computed(own: Observation) -> str:
    if own.kind != Indicator.Kind.COMPUTED:
        return ""
    if own.rounding and own.rounding > 1:
        return _("Berekend uit aantallen die het CBS afrondt op %(step)s.") % {"step": own.rounding}
    return _("Berekend uit aantallen van het CBS.")


def _words(own: Observation, country: Observation | None) -> str:
    """A judgement in words, only when both figures have an interval."""
    if country is None or own.low is None or own.high is None or country.low is None or country.high is None:
        return ""
    if own.low > country.high:
        return _("Hoger dan Nederland")
    if own.high < country.low:
        return _("Lager dan Nederland")
    return _("Vergelijkbaar met Nederland")


def _boundary_caution(years: list[int]) -> str:
    return _(
        "De grenzen van wijken kunnen per jaar verschillen (indeling %(years)s). "
        "Lees deze cijfers daarom los van elkaar."
    ) % {"years": ", ".join(str(year) for year in years)}

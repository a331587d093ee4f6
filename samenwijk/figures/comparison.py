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

from samenwijk.figures.models import Figure, Indicator
from samenwijk.places.models import Area, Wijk

COUNTRY = "NL00"


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
    found = (_compared([figure for figure in figures if figure.indicator.slug == slug], wijk) for slug in slugs)
    return [comparison for comparison in found if comparison]


def _compared(figures: list[Figure], wijk: Wijk) -> Comparison | None:
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
    same_level = [figure for figure in figures if figure.area.level == own.area.level]
    readings = tuple(_reading(figure) for figure in sorted(same_level, key=lambda figure: figure.period))
    years = sorted({reading.boundary_year for reading in readings})
    caution = _boundary_caution(years) if len(years) > 1 else ""
    return Series(readings, caution)


def _figures(slugs: list[str], areas: list[Area], period: int | None) -> list[Figure]:
    """Known figures of the wijk (if it is one CBS wijk), its gemeente (if in one) and the country."""
    wijken = {area.code: area.name for area in areas if area.level == Area.Level.WIJK}
    gemeenten = {f"GM{area.code[2:6]}" for area in areas}
    one_wijk = wijken if len(wijken) == len({area.code[2:8] for area in areas}) == 1 else {}
    codes = {*one_wijk, *(gemeenten if len(gemeenten) == 1 else ()), COUNTRY}
    found = Figure.objects.of(*slugs).known().filter(area__code__in=codes)
    if period is not None:
        found = found.filter(period=period)
    # A code may be given to another piece of land in another year; with the same name it is the same wijk.
    return [figure for figure in found if figure.area.name == one_wijk.get(figure.area.code, figure.area.name)]


def _newest(figures: list[Figure], level: str) -> Figure | None:
    of_level = [figure for figure in figures if figure.area.level == level]
    return max(of_level, key=lambda figure: figure.period, default=None)


def _stands_beside(figure: Figure, own: Figure) -> bool:
    """Only figures of the same source, moment, boundaries and ages may stand in one row."""
    return (figure.source_id, figure.period, figure.boundary_year, figure.age_group) == (
        own.source_id,
        own.period,
        own.boundary_year,
        own.age_group,
    ) and figure.area_id != own.area_id


def _comparison(own: Figure, wijk: Wijk, beside: list[Figure]) -> Comparison:
    gemeente = _newest(beside, Area.Level.GEMEENTE)
    country = _newest(beside, Area.Level.LAND)
    return Comparison(
        slug=own.indicator.slug,
        title=own.indicator.words,
        unit=own.indicator.unit,
        decimals=own.indicator.decimals,
        note=own.indicator.note,
        period=own.period,
        boundary_year=own.boundary_year,
        own=_reading(own),
        gemeente=_reading(gemeente) if gemeente else None,
        country=_reading(country) if country else None,
        fallback=_fallback(own, wijk),
        computed=_computed(own),
        source=own.source.line,
        modelled=own.modelled,
        words=_words(own, country),
    )


def _reading(figure: Figure) -> Reading:
    indicator = figure.indicator
    return Reading(
        place=_("Nederland") if figure.area.level == Area.Level.LAND else figure.area.name,
        level=figure.area.level,
        period=figure.period,
        boundary_year=figure.boundary_year,
        value=_exact(figure.value or Decimal(0), indicator),
        low=None if figure.low is None else _exact(figure.low, indicator),
        high=None if figure.high is None else _exact(figure.high, indicator),
        text=_number(figure.value or Decimal(0), indicator) + _unit(indicator),
        interval_text=_interval(figure),
    )


def _interval(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return ""
    low, high = (_number(bound, figure.indicator) for bound in (figure.low, figure.high))
    return " " + _("(tussen %(low)s en %(high)s)") % {"low": low, "high": f"{high}{_unit(figure.indicator)}"}


def _exact(value: Decimal, indicator: Indicator) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-indicator.decimals))


def _number(value: Decimal, indicator: Indicator) -> str:
    return number_format(value, indicator.decimals, force_grouping=True)


def _unit(indicator: Indicator) -> str:
    return "%" if indicator.unit == "%" else f" {indicator.unit}" if indicator.unit else ""


def _fallback(own: Figure, wijk: Wijk) -> str:
    if own.area.level != Area.Level.GEMEENTE:
        return ""
    return _("Voor %(wijk)s zelf is dit cijfer er niet. Je ziet het cijfer van de gemeente %(gemeente)s.") % {
        "wijk": wijk.name,
        "gemeente": own.area.name,
    }


def _computed(own: Figure) -> str:
    if own.indicator.kind != Indicator.Kind.COMPUTED:
        return ""
    if own.area.level == Area.Level.WIJK and own.source.rounding > 1:
        return _("Berekend uit aantallen die het CBS afrondt op %(step)s.") % {"step": own.source.rounding}
    return _("Berekend uit aantallen van het CBS.")


def _words(own: Figure, country: Figure | None) -> str:
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

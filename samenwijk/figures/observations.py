"""Figures as their sources give them: for areas, as a map of one indicator, and as a series through time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from samenwijk.figures.models import Figure
from samenwijk.places.models import Area

# The country has one code at CBS and another at RIVM.
COUNTRY_CODES = ("NL00", "NL01")
# Indicator, source, period, boundary year, age group: what may stand in one row.
Edition = tuple[str, str, int, int, str]


@dataclass(frozen=True)
class Observation:
    """One value of one indicator for one area and period, or why there is none, with all that a reader must know.

    `period` is a year. `value`, `low` (lower bound of the 95% interval) and `high` are exact and in `unit`; they
    are None unless `status` is "figure". `measure` is the source's own key. `rounding` is the step to which
    the source rounds counts of this area (1 = exact, None = not known or no count).
    """

    indicator: str
    title: str
    unit: str
    decimals: int
    kind: str
    source: str
    publisher: str
    table: str
    licence: str
    measure: str
    period: int
    boundary_year: int
    area: str
    area_name: str
    level: str
    status: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    modelled: bool
    provisional: bool
    age_group: str
    rounding: int | None

    @property
    def is_figure(self) -> bool:
        return self.status == "figure"

    def stands_beside(self, other: "Observation") -> bool:
        """Only figures of the same source, moment, boundaries and ages may stand in one row."""
        return self.edition == other.edition

    @property
    def edition(self) -> Edition:
        return (self.indicator, self.source, self.period, self.boundary_year, self.age_group)


def observations(
    codes: Iterable[str], *, indicators: Iterable[str] | None = None, all_periods: bool = False
) -> list[Observation]:
    """All that is known of these areas, by indicator, area and period; one query, however many codes.

    By default each indicator comes with its newest period only: the newest in which it was published at all.
    """
    found = Figure.objects.filter(area__code__in=set(codes)).select_related("indicator", "source", "area")
    if indicators is not None:
        found = found.filter(indicator__slug__in=set(indicators))
    every = [_observation(figure) for figure in found]
    every.sort(key=lambda seen: (seen.indicator, seen.age_group, seen.area, -seen.period))
    return every if all_periods else newest(every)


def newest(found: Iterable[Observation]) -> list[Observation]:
    """Of each indicator and age group the newest period that was published; else the newest there is."""
    every = list(found)
    last: dict[tuple[str, str], tuple[bool, int]] = {}
    for seen in every:
        key, rank = (seen.indicator, seen.age_group), (seen.status != "not_published", seen.period)
        last[key] = max(last.get(key, rank), rank)
    return [seen for seen in every if seen.period == last[seen.indicator, seen.age_group][1]]


def map_of(
    indicator: str, codes: Iterable[str] | str, period: int | None = None, *, age_group: str | None = None
) -> Mapping[str, Observation]:
    """One indicator for many areas of one edition, by code: for a set of codes, or for all areas of a gemeente."""
    found = Figure.objects.filter(indicator__slug=indicator).select_related("indicator", "source", "area")
    if isinstance(codes, str):
        found = found.filter(area__code__regex=f"^(GM|WK|BU){codes[2:6]}")
    else:
        found = found.filter(area__code__in=set(codes))
    if period is not None:
        found = found.filter(period=period)
    if age_group is not None:
        found = found.filter(age_group=age_group)
    every = newest(_observation(figure) for figure in found)
    return {seen.area: seen for seen in every}


def trend(indicator: str, code: str, *, age_group: str | None = None) -> list[Observation]:
    """The indicator of one area through the years, oldest first; only editions that may be compared.

    A code may be given to another piece of land in another year. So only editions with the newest one's boundary
    year count, and those in which the area has the same name.
    """
    found = [seen for seen in observations([code], indicators=[indicator], all_periods=True) if seen.is_figure]
    if age_group is None and found:
        age_group = min(seen.age_group for seen in found)
    found = sorted((seen for seen in found if seen.age_group == age_group), key=lambda seen: seen.period)
    last = found[-1] if found else None
    return [
        seen
        for seen in found
        if last and (seen.boundary_year == last.boundary_year or seen.area_name == last.area_name)
    ]


def _observation(figure: Figure) -> Observation:
    indicator, source, area = figure.indicator, figure.source, figure.area
    counted = indicator.kind == indicator.Kind.COUNTED
    rounded = source.rounding if area.level in {Area.Level.WIJK, Area.Level.BUURT} else 1
    return Observation(
        indicator=indicator.slug,
        title=indicator.words,
        unit=indicator.unit,
        decimals=indicator.decimals,
        kind=indicator.kind,
        source=source.slug,
        publisher=source.publisher,
        table=source.table,
        licence=source.licence,
        measure=indicator.slug,
        period=figure.period,
        boundary_year=figure.boundary_year,
        area=area.code,
        area_name=area.name,
        level=area.level,
        status=figure.status,
        value=_exact(figure.value, indicator.decimals),
        low=_exact(figure.low, indicator.decimals),
        high=_exact(figure.high, indicator.decimals),
        modelled=figure.modelled,
        provisional=False,
        age_group=figure.age_group,
        rounding=rounded if counted else None,
    )


def _exact(value: Decimal | None, decimals: int) -> Decimal | None:
    return None if value is None else value.quantize(Decimal(1).scaleb(-decimals))

"""Figures as their sources give them: for areas, as a map of one indicator, and as a series through time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from samenwijk.figures.denominators import SHARES, needed_for
from samenwijk.figures.indicators import INDICATORS
from samenwijk.figures.models import AreaBlock, Indicator
from samenwijk.figures.models.datasets import as_bytes
from samenwijk.figures.models.sources import source_line
from samenwijk.figures.store.blocks import PROVISIONAL, STATUS_WORDS, Status, unpack
from samenwijk.figures.store.layout import Column, Layout, Place, shelf

# The country has one code at CBS and another at RIVM.
COUNTRY_CODES = ("NL00", "NL01")
# Indicator, source, period, boundary year, age group: what may stand in one row.
Edition = tuple[str, str, int, int, str]


@dataclass(frozen=True)
class Observation:
    """One value of one indicator for one area and period, or why there is none, with all that a reader must know.

    `title` is in our words where we ship the indicator, `source_title` in the source's. `period` is a year. `value`,
    `low` (lower bound of the 95% interval) and `high` are exact and in `unit`; they are None unless `status` is
    "figure". `measure` is the source's own key. `rounding` is the step to which the source rounds counts of this area
    (1 = exact, None = not known or no count).
    """

    indicator: str
    title: str
    source_title: str
    unit: str
    decimals: int
    kind: str
    source: str
    family: str
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

    @property
    def line(self) -> str:
        """The line that stands under every figure of this source."""
        return source_line(self.publisher, self.table, self.licence)

    def stands_beside(self, other: "Observation") -> bool:
        """Only figures of the same source, moment, boundaries and ages may stand in one row."""
        return self.edition == other.edition

    @property
    def edition(self) -> Edition:
        return (self.indicator, self.source, self.period, self.boundary_year, self.age_group)


def observations(
    codes: Iterable[str],
    *,
    indicators: Iterable[str] | None = None,
    all_periods: bool = False,
    computed: bool = True,
) -> list[Observation]:
    """All that is known of these areas, by indicator, area and period; one query, however many codes.

    By default each indicator comes with its newest period only: the newest in which it was published at all.
    `computed`: with the shares that we compute ourselves from two counts. (A version that this process did not see
    before costs one query more, once.)
    """
    asked = None if indicators is None else set(indicators)
    wanted = None if asked is None else needed_for(asked)
    blocks = list(AreaBlock.objects.of(codes).values_list(
        "version__public_id", "period", "data", "area__code", "area__name", "area__level"
    ))  # fmt: skip
    layouts = shelf.of(block[0] for block in blocks)
    read = (
        _Block(layouts[public_id], period, as_bytes(data), Place(code, name, level))
        for public_id, period, data, code, name, level in blocks
    )
    every = [block.observation(number) for block, number in (_all if all_periods else _newest)(list(read), wanted)]
    if computed:
        every += shares_of(every)
    if asked is not None:
        every = [one for one in every if one.indicator in asked]
    every.sort(key=lambda one: (one.indicator, one.age_group, one.area, -one.period, -one.boundary_year))
    return every


class _Block:
    """An area block with what its places mean."""

    __slots__ = ("edition", "layout", "period", "place", "statuses", "values")

    def __init__(self, layout: Layout, period: int, data: bytes, place: Place) -> None:
        values, statuses = unpack(data)
        self.layout, self.period, self.place = layout, period, place
        self.values, self.statuses = values.tolist(), statuses.tolist()
        self.edition = (period, layout.boundary_year, layout.source)

    def status(self, number: int) -> int:
        status: int = self.statuses[self.layout.starts[number]]
        return status

    def observation(self, number: int) -> Observation:
        column, start = self.layout.columns[number], self.layout.starts[number]
        lanes = slice(start, start + column.lanes)
        return observation(self.layout, column, self.place, self.period, self.values[lanes], self.statuses[lanes])


def _all(blocks: list[_Block], wanted: set[str] | None) -> Iterator[tuple[_Block, int]]:
    """Every cell; of two versions of one edition the newer one, which comes first."""
    seen: set[tuple[object, ...]] = set()
    for block in blocks:
        for number in columns_of(block.layout, wanted):
            key = (block.layout.keys[number], block.edition, block.place.code)
            if key not in seen:
                seen.add(key)
                yield block, number


def _newest(blocks: list[_Block], wanted: set[str] | None) -> Iterator[tuple[_Block, int]]:
    """Per area the cell of the newest period in which a column was published; else the newest there is.

    Chosen before anything is made of it: a profile reads many years and shows one of each.
    """
    chosen: dict[str, dict[tuple[str, str], tuple[_Block, int]]] = {}
    unpublished: dict[tuple[str, tuple[str, str]], tuple[_Block, int]] = {}
    decided: set[tuple[object, ...]] = set()
    for block in sorted(blocks, key=lambda block: block.edition, reverse=True):
        taken, code, keys = chosen.setdefault(block.place.code, {}), block.place.code, block.layout.keys
        for number in columns_of(block.layout, wanted):
            key = keys[number]
            if key in taken or (code, key, block.edition) in decided:
                continue
            if block.status(number) == Status.NOT_PUBLISHED:
                decided.add((code, key, block.edition))
                unpublished.setdefault((code, key), (block, number))
            else:
                taken[key] = (block, number)
    for taken in chosen.values():
        yield from taken.values()
    for (code, key), cell in unpublished.items():
        if key not in chosen[code]:
            yield cell


def columns_of(layout: Layout, wanted: set[str] | None) -> Iterable[int]:
    if wanted is None:
        return range(len(layout.columns))
    return [number for slug in wanted for number in layout.by_indicator.get(slug, ())]


def shares_of(found: Iterable[Observation]) -> list[Observation]:
    """The shares that can be computed: 100 * part / whole of one area in one edition, to one decimal.

    Where one of both is missing, the share is missing for the same reason: it is never zero.
    """
    parts = {part for part, _whole in SHARES.values()} | {whole for _part, whole in SHARES.values()}
    known = {(seen.edition, seen.area): seen for seen in found if seen.indicator in parts}
    shares = []
    for (edition, area), seen in known.items():
        for slug, (part, whole) in SHARES.items():
            total = known.get(((whole, *edition[1:]), area)) if seen.indicator == part else None
            if total is not None:
                shares.append(_share(slug, seen, total))
    return shares


def _share(slug: str, part: Observation, whole: Observation) -> Observation:
    missing = part if not part.is_figure else whole
    status = missing.status if not missing.is_figure else "figure" if whole.value else "not_applicable"
    value = None
    if status == "figure" and part.value is not None and whole.value:
        value = (100 * part.value / whole.value).quantize(Decimal("0.1"), ROUND_HALF_UP)
    steps = {one.rounding for one in (part, whole)}
    return replace(
        part,
        indicator=slug,
        title=str(INDICATORS[slug].title),
        source_title=str(INDICATORS[slug].title),
        unit="%",
        decimals=1,
        kind=Indicator.Kind.COMPUTED.value,
        measure=f"100 * {part.measure} / {whole.measure}",
        status=status,
        value=value,
        provisional=part.provisional or whole.provisional,
        rounding=None if None in steps else max(step for step in steps if step),
    )


def _rank(seen: Observation) -> tuple[bool, int, int, str]:
    return (seen.status != "not_published", seen.period, seen.boundary_year, seen.source)


def trend(indicator: str, code: str, *, age_group: str | None = None) -> list[Observation]:
    """The indicator of one area through the years, oldest first; only editions that may be compared."""
    found = [seen for seen in observations([code], indicators=[indicator], all_periods=True) if seen.is_figure]
    if age_group is None and found:
        age_group = min((seen.age_group for seen in found), key=age_order)
    return comparable(seen for seen in found if seen.age_group == age_group)


def comparable(found: Iterable[Observation]) -> list[Observation]:
    """Of one area, indicator and age group the years that may be compared with the newest, oldest first.

    A code may be given to another piece of land in another year. So only tables of the newest one's family count,
    with its boundary year or, in another, with the same name for the area. One table that holds all years goes first.
    """
    known = [seen for seen in found if seen.is_figure]
    if not known:
        return []
    last = max(known, key=_rank)
    by_period: dict[int, Observation] = {}
    for seen in sorted(known, key=lambda one: (one.source == last.source, one.boundary_year)):
        if seen.family == last.family and last.boundary_year in {seen.boundary_year, *_same(seen, last)}:
            by_period[seen.period] = seen
    return [by_period[period] for period in sorted(by_period)]


def _same(seen: Observation, last: Observation) -> Iterator[int]:
    if seen.area_name == last.area_name:
        yield last.boundary_year


def age_order(age_group: str) -> tuple[int, str]:
    """All ages first, then all adults."""
    return ({"": 0, "18-plus": 1}.get(age_group, 2), age_group)


def observation(layout: Layout, column: Column, place: Place, period: int, values: list[int], statuses: list[int]
                ) -> Observation:  # fmt: skip
    """One cell of a version, with its bounds if the column has them."""
    exact = [
        Decimal(value).scaleb(-column.decimals) if status & ~PROVISIONAL == 0 else None
        for value, status in zip(values, statuses, strict=True)
    ]
    low, high = (exact[1], exact[2]) if column.lanes == 3 and exact[0] is not None else (None, None)
    shipped = INDICATORS.get(column.indicator)
    # A profile makes hundreds of these, and most of what they say is the same every time: filling the fields in at once
    # takes a third of the time that the constructor of a frozen class takes.
    made = object.__new__(Observation)
    made.__dict__.update(
        layout.constants.get((column.indicator, column.age_group)) or _constants(layout, column),
        title=str(shipped.title) if shipped else column.heading,
        period=period,
        area=place.code,
        area_name=place.name,
        level=place.level,
        status=STATUS_WORDS[statuses[0] & ~PROVISIONAL],
        value=exact[0],
        low=low,
        high=high,
        provisional=bool(statuses[0] & PROVISIONAL) or period in layout.provisional,
        rounding=column.rounding if place.level in {"wijk", "buurt"} else None,
    )
    return made


def _constants(layout: Layout, column: Column) -> dict[str, object]:
    """What every observation of this column of this version has in common."""
    found: dict[str, object] = {
        "indicator": column.indicator,
        "source_title": column.title,
        "unit": column.unit,
        "decimals": column.decimals,
        "kind": column.kind,
        "source": layout.source,
        "family": layout.family,
        "publisher": layout.publisher,
        "table": layout.table,
        "licence": layout.licence,
        "measure": column.measure,
        "boundary_year": layout.boundary_year,
        "modelled": layout.modelled,
        "age_group": column.age_group,
    }
    layout.constants[column.indicator, column.age_group] = found
    return found

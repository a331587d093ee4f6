"""What is known of a wijk, which may be any set of areas, with gemeente, region and country beside it.

A set of areas is combined only where that is honest (see docs/methods/combining.md). Else the smallest larger area
that holds the whole wijk stands in, and says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from samenwijk.figures.denominators import DENOMINATORS, SHARES, needed_for
from samenwijk.figures.models import Indicator
from samenwijk.figures.observations import COUNTRY_CODES, Edition, Observation, age_order, observations
from samenwijk.methods.combining import Combined, combined_share, share_of_sums, sum_of_counts
from samenwijk.places.codes import parents
from samenwijk.places.models import Area, Wijk


@dataclass(frozen=True)
class WijkReading:
    """One indicator of a wijk. `own` says which area it really is about; the others are of the same edition.

    `approximate`: `own` was combined from the areas `combined_from` and lies at most `error` from the unrounded value.
    `fallback`: the level that stands in ("wijk" or "gemeente"), or "" when `own` is the wijk itself.
    """

    indicator: str
    own: Observation
    gemeente: Observation | None
    region: Observation | None
    country: Observation | None
    approximate: bool
    error: Decimal | None
    fallback: str
    combined_from: tuple[str, ...]
    wijk_name: str

    @property
    def explanation(self) -> str:
        """In words what level this figure really has; empty when it simply is the wijk's own."""
        if self.fallback == Area.Level.GEMEENTE:
            text = _("Voor %(wijk)s zelf is dit cijfer er niet. Je ziet het cijfer van de gemeente %(place)s.")
            return text % {"wijk": self.wijk_name, "place": self.own.area_name}
        if self.fallback:
            text = _("Voor %(wijk)s zelf is dit cijfer er niet. Je ziet het cijfer van de grotere wijk %(place)s.")
            return text % {"wijk": self.wijk_name, "place": self.own.area_name}
        if self.approximate and self.error is not None:
            text = _("Ongeveer: samengevoegd uit %(n)s gebieden met afgeronde aantallen, hoogstens %(error)s ernaast.")
            return text % {"n": len(self.combined_from), "error": number_format(self.error)}
        return ""


def of_wijk(wijk: Wijk, *, indicators: Iterable[str] | None = None) -> list[WijkReading]:
    """Per indicator what the wijk may show: two queries, however many indicators. Without any figure: left out."""
    areas = list(wijk.areas.all())
    if not areas:
        return []
    parts = _without_parts_of_others(areas)
    larger = _larger(parts)
    wanted = None if indicators is None else list(indicators)
    asked = None if wanted is None else needed_for(wanted)
    found = observations({*parts, *larger, *COUNTRY_CODES}, indicators=asked, all_periods=True)
    # A code may be given to another piece of land in another year; with the same name it is the same area.
    names = {area.code: area.name for area in areas}
    found = [seen for seen in found if names.get(seen.area, seen.area_name) == seen.area_name]
    slugs = wanted if wanted is not None else sorted({seen.indicator for seen in found})
    book = _Book(found, parts, larger, wijk.name)
    readings = (book.reading(slug) for slug in slugs)
    return [reading for reading in readings if reading]


class _Book:
    """All observations around one wijk, to be looked up by edition and area."""

    def __init__(self, found: list[Observation], parts: list[str], larger: list[str], name: str) -> None:
        self.by_place = {(seen.edition, seen.area): seen for seen in found}
        self.parts, self.larger, self.name = parts, larger, name
        self.editions: dict[str, dict[Edition, None]] = {}
        for seen in found:
            self.editions.setdefault(seen.indicator, {})[seen.edition] = None

    def reading(self, slug: str) -> WijkReading | None:
        """The wijk's own newest figure, else that of a larger area, else why there is none."""
        editions = sorted(self.editions.get(slug, ()), key=lambda edition: (age_order(edition[4]), -edition[2]))
        for edition in editions:
            if found := self.of_set(edition):
                return self.told(*found)
        for edition, code in ((edition, code) for code in self.larger for edition in editions):
            seen = self.by_place.get((edition, code))
            if seen and seen.is_figure:
                return self.told(seen, fallback=seen.level)
        missing = (self.by_place.get((edition, code)) for edition in editions for code in self.parts)
        return next((self.told(seen) for seen in missing if seen), None)

    def of_set(self, edition: Edition) -> tuple[Observation, Combined | None] | None:
        """The own figure of the wijk in this edition: of its one area, or combined from all of them."""
        seen = self.column(edition, edition[0])
        if not seen or len(self.parts) == 1:
            return (seen[0], None) if seen else None
        combined = self.combined(edition, seen)
        if combined is None:
            return None
        shown = _as_shown(combined, seen[0].decimals)
        together = replace(seen[0], area="", area_name=self.name, value=shown.value, low=None, high=None, rounding=None)
        return together, shown

    def combined(self, edition: Edition, seen: list[Observation]) -> Combined | None:
        first = seen[0]
        if first.modelled:
            return None
        if first.indicator in SHARES:
            parts, wholes = (self.column(edition, slug) for slug in SHARES[first.indicator])
            if not parts or not wholes:
                return None
            return share_of_sums(_values(parts), _values(wholes), rounding=_rounding([*parts, *wholes]))
        if first.indicator in DENOMINATORS:
            wholes = self.column(edition, DENOMINATORS[first.indicator])
            if not wholes:
                return None
            half = Decimal("0.5").scaleb(-first.decimals)
            return combined_share(_values(seen), _values(wholes), share_error=half, rounding=_rounding(wholes))
        if first.kind != Indicator.Kind.COUNTED:
            return None
        return sum_of_counts(_values(seen), rounding=_rounding(seen))

    def column(self, edition: Edition, slug: str) -> list[Observation]:
        """An indicator of this edition for all areas of the wijk; empty when one of them has no figure."""
        found = [self.by_place.get(((slug, *edition[1:]), code)) for code in self.parts]
        present = [seen for seen in found if seen and seen.is_figure]
        return present if len(present) == len(found) else []

    def told(self, own: Observation, combined: Combined | None = None, fallback: str = "") -> WijkReading:
        beside = {code: self.by_place.get((own.edition, code)) for code in (*self.larger[-1:], *COUNTRY_CODES)}
        gemeente = beside.get(self.larger[-1]) if self.larger else None
        return WijkReading(
            indicator=own.indicator,
            own=own,
            gemeente=None if gemeente is own else gemeente,
            region=None,
            country=next((seen for code in COUNTRY_CODES if (seen := beside[code])), None),
            approximate=combined is not None and not combined.is_exact,
            error=combined.error if combined else None,
            fallback=fallback,
            combined_from=tuple(self.parts) if combined else (),
            wijk_name=self.name,
        )


def _as_shown(combined: Combined, decimals: int) -> Combined:
    """With as many decimals as its parts have; what that takes away or adds counts as error, which is rounded up."""
    value = combined.value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    error = combined.error + abs(value - combined.value)
    if error != error.to_integral_value():
        error = error.quantize(Decimal(1).scaleb(-decimals - 1), ROUND_CEILING)
    return Combined(value, error)


def _without_parts_of_others(areas: list[Area]) -> list[str]:
    """The codes that do not lie within another of them; a wijk with its own buurten named is that wijk."""
    codes = {area.code for area in areas}
    return sorted(code for code in codes if not codes & set(parents(code)))


def _larger(parts: list[str]) -> list[str]:
    """The areas that hold all parts, the smallest first and a gemeente last."""
    shared = [code for code in parents(parts[0]) if all(code in parents(part) for part in parts)]
    own_gemeente = [part for part in parts if part.startswith("GM")]
    return shared or (own_gemeente if len(parts) == 1 else [])


def _values(seen: list[Observation]) -> list[Decimal | None]:
    return [one.value for one in seen]


def _rounding(seen: list[Observation]) -> int | None:
    """The coarsest step of all; None when one of them is not known."""
    steps = [one.rounding for one in seen]
    return None if None in steps else max(step for step in steps if step is not None)

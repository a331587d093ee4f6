"""A figure as a published profile keeps it: every number, name and outline as it was on that day.

`FrozenFigure` is what pages, projector, paper and meetings read. It is made from the text of a version and asks
nothing of the database. Titles are kept in every language of the product; the rest is in words made when shown.
`NamedFigure` stands among them for a figure of practices: of that a version keeps the name only.
"""

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samenwijk.figures.comparison import Comparison, Reading
from samenwijk.figures.models.sources import Indicator
from samenwijk.figures.practice.words import OF_PRACTICES, topic_of
from samenwijk.places.models import Area

FIRST_LANGUAGE = "nl"
Kind = Indicator.Kind


@dataclass(frozen=True)
class FrozenReading:
    """The value of one area, or why there is none. `value`, `low` and `high` are exact and in the figure's unit."""

    area: str
    name: str
    level: str
    status: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None

    @property
    def is_figure(self) -> bool:
        return self.value is not None

    @property
    def place(self) -> str:
        """How the area is called beside others: "gemeente Leiden", "Nederland", "Merenwijk"."""
        if self.level == Area.Level.LAND:
            return _("Nederland")
        if self.level == Area.Level.GEMEENTE:
            return _("gemeente %(name)s") % {"name": self.name}
        return self.name

    @property
    def why(self) -> str:
        """Why there is no figure, in words."""
        return "" if self.is_figure else why_not(self.status)


@dataclass(frozen=True)
class FrozenMoment:
    """One year of the same figure; only moments of one `edition` may be compared."""

    period: int
    edition: str
    reading: FrozenReading


@dataclass(frozen=True)
class FrozenFigure:
    """One figure of a published profile with all that is needed to read it rightly."""

    indicator: str
    group: str
    titles: dict[str, str]
    notes: dict[str, str]
    explanations: dict[str, str]
    topic: str
    unit: str
    decimals: int
    kind: str
    publisher: str
    table: str
    edition: str
    licence: str
    measure: str
    period: int
    boundary_year: int
    age_group: str
    modelled: bool
    provisional: bool
    approximate: bool
    rounding: int
    fallback: str
    own: FrozenReading
    gemeente: FrozenReading | None
    region: FrozenReading | None
    country: FrozenReading | None
    moments: tuple[FrozenMoment, ...]
    places: tuple[FrozenReading, ...]
    outlines: dict[str, str]
    box: tuple[int, int, int, int] | None

    @property
    def title(self) -> str:
        return in_words(self.titles)

    @property
    def heading(self) -> str:
        return self.group or _("Cijfers")

    @property
    def note(self) -> str:
        return in_words(self.notes)

    @property
    def explanation(self) -> str:
        """What level this figure really has, when it is not simply the wijk's own."""
        return in_words(self.explanations)

    @property
    def beside(self) -> tuple[FrozenReading, ...]:
        """What stands beside it, smallest first."""
        return tuple(one for one in (self.gemeente, self.region, self.country) if one and one.is_figure)

    @property
    def text(self) -> str:
        """The value with its unit; empty when there is none."""
        return self.written(self.own.value)

    @property
    def interval_text(self) -> str:
        return self.interval_of(self.own)

    @property
    def source_line(self) -> str:
        return _("Bron: %(publisher)s, %(table)s, %(licence)s") % {
            "publisher": self.publisher,
            "table": self.table,
            "licence": self.licence,
        }

    @property
    def level_words(self) -> str:
        """The level really used: "cijfer van de gemeente", "cijfer van de wijk"."""
        return {
            Area.Level.GEMEENTE: _("gemeentecijfer"),
            Area.Level.WIJK: _("cijfer van de wijk"),
            Area.Level.BUURT: _("cijfer van de buurt"),
        }.get(Area.Level(self.own.level), _("landelijk cijfer"))

    @property
    def kind_words(self) -> str:
        """How it came about; figures of different origin are never put on one axis."""
        if self.modelled:
            return _("modelschatting")
        return str(Kind(self.kind).label) if self.kind in Kind.values else self.kind

    @property
    def computed(self) -> str:
        if self.kind != Kind.COMPUTED:
            return ""
        if self.rounding > 1:
            return _("Berekend uit aantallen die het CBS afrondt op %(step)s.") % {"step": self.rounding}
        return _("Berekend uit aantallen van het CBS.")

    @property
    def stands(self) -> str:
        """higher, lower or alike: only when the intervals of both say so, else nothing."""
        own, country = self.own, self.country
        if country is None or None in (own.low, own.high, country.low, country.high):
            return ""
        if own.low > country.high:  # type: ignore[operator]
            return "higher"
        return "lower" if own.high < country.low else "alike"  # type: ignore[operator]

    @property
    def words(self) -> str:
        """The same in words, without a judgement."""
        return {
            "higher": _("Hoger dan Nederland"),
            "lower": _("Lager dan Nederland"),
            "alike": _("Vergelijkbaar met Nederland"),
        }.get(self.stands, "")

    @property
    def is_a_count(self) -> bool:
        """Counts of areas of different size are not set beside each other."""
        return self.unit == ""

    def written(self, value: Decimal | None) -> str:
        if value is None:
            return ""
        number = number_format(value, self.decimals, force_grouping=True)
        return number + ("%" if self.unit == "%" else f" {self.unit}" if self.unit else "")

    def interval_of(self, reading: FrozenReading) -> str:
        if reading.low is None or reading.high is None:
            return ""
        low = number_format(reading.low, self.decimals, force_grouping=True)
        return " " + _("(tussen %(low)s en %(high)s)") % {"low": low, "high": self.written(reading.high)}

    @property
    def comparison(self) -> Comparison | None:
        """The same figure as a meeting shows it on phone and projector; None when there is no value."""
        own = self._reading(self.own)
        if own is None:
            return None
        return Comparison(
            slug=self.indicator,
            title=self.title,
            unit=self.unit,
            decimals=self.decimals,
            note=self.note,
            period=self.period,
            boundary_year=self.boundary_year,
            own=own,
            gemeente=self._reading(self.gemeente),
            country=self._reading(self.country),
            fallback=self.explanation if self.fallback else "",
            computed=self.computed,
            source=self.source_line,
            modelled=self.modelled,
            words=self.words,
        )

    def _reading(self, one: FrozenReading | None) -> Reading | None:
        if one is None or one.value is None:
            return None
        place = _("Nederland") if one.level == Area.Level.LAND else one.name
        shown = self.written(one.value)
        return Reading(
            place,
            one.level,
            self.period,
            self.boundary_year,
            one.value,
            one.low,
            one.high,
            shown,
            self.interval_of(one),
        )


@dataclass(frozen=True)
class NamedFigure:
    """A figure of practices in a published profile. Its numbers stay with the practices: read them anew each time."""

    indicator: str
    group: str
    titles: dict[str, str]
    period: int
    visibility: str

    @property
    def problem(self) -> str:
        """The name under which the practices gave it."""
        return self.indicator.removeprefix(OF_PRACTICES)

    @property
    def title(self) -> str:
        return in_words(self.titles)

    @property
    def heading(self) -> str:
        return self.group or _("Bij de huisarts")

    @property
    def topic(self) -> str:
        return topic_of(self.problem)


ProfileFigure = FrozenFigure | NamedFigure


def why_not(status: str) -> str:
    """Why a source gives no figure, in words."""
    return {
        "secret": _("geheim"),
        "too_small": _("te klein aantal"),
        "not_applicable": _("niet van toepassing"),
        "not_published": _("nog niet gepubliceerd"),
    }.get(status, _("onbekend"))


def in_words(texts: dict[str, str]) -> str:
    """The text in the reader's language, else in Dutch."""
    language = (get_language() or FIRST_LANGUAGE).split("-")[0]
    return texts.get(language) or texts.get(FIRST_LANGUAGE, "")


@lru_cache(maxsize=32)
def figures_in(document: str) -> tuple[ProfileFigure, ...]:
    """The figures of a version, in its order. A version never changes, so the same text is read once.

    In the first format those of practices stood apart, after all others.
    """
    kept = json.loads(document)
    apart = [_named(one | {"indicator": OF_PRACTICES + one["slug"]}) for one in kept.get("practices", [])]
    return (*(_either(one) for one in kept["figures"]), *apart)


def frozen_in(document: str) -> tuple[FrozenFigure, ...]:
    """Only those of which the version keeps the numbers."""
    return tuple(one for one in figures_in(document) if isinstance(one, FrozenFigure))


def _either(one: dict[str, Any]) -> ProfileFigure:
    return _named(one) if one["indicator"].startswith(OF_PRACTICES) else _figure(one)


def _named(one: dict[str, Any]) -> NamedFigure:
    return NamedFigure(one["indicator"], one.get("group", ""), one["title"], one["period"], one["visibility"])


def _figure(one: dict[str, Any]) -> FrozenFigure:
    plain = {name: one[name] for name in PLAIN}
    own = _reading(one["own"])
    assert own is not None
    moments = tuple(
        FrozenMoment(moment["period"], moment["edition"], reading)
        for moment in one["moments"]
        if (reading := _reading(moment["reading"]))
    )
    return FrozenFigure(
        **plain,
        titles=one["title"],
        notes=one["note"],
        explanations=one["explanation"],
        own=own,
        gemeente=_reading(one["gemeente"]),
        region=_reading(one["region"]),
        country=_reading(one["country"]),
        moments=moments,
        places=tuple(reading for place in one["places"] if (reading := _reading(place))),
        outlines=one["outlines"],
        box=tuple(one["box"]) if one["box"] else None,
    )


PLAIN = (
    "indicator",
    "group",
    "topic",
    "unit",
    "decimals",
    "kind",
    "publisher",
    "table",
    "edition",
    "licence",
    "measure",
    "period",
    "boundary_year",
    "age_group",
    "modelled",
    "provisional",
    "approximate",
    "rounding",
    "fallback",
)


def _reading(one: dict[str, Any] | None) -> FrozenReading | None:
    if one is None:
        return None
    numbers = {name: None if one[name] is None else Decimal(one[name]) for name in ("value", "low", "high")}
    return FrozenReading(one["area"], one["name"], one["level"], one["status"], **numbers)

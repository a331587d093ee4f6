"""A table that was opened: what it is called, its columns, and its rows one by one."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from samenwijk.figures.importing import naming
from samenwijk.figures.importing.gathering import Report, Row, SourceColumn
from samenwijk.figures.importing.refusal import Refused
from samenwijk.figures.importing.tables import Table

REGIONS = {"wijkenenbuurten", "regios", "regioaanduiding", "gebieden"}


@dataclass(frozen=True)
class Asked:
    """What the one who imports said about the table; None where the table itself must say it."""

    table: str | None = None
    period: int | None = None
    boundary_year: int | None = None
    gemeenten: frozenset[str] = frozenset()
    codes_from: Path | None = None
    publisher: str = ""


@dataclass
class Opened:
    table: Table
    boundary_year: int
    columns: tuple[SourceColumn, ...]
    rows: Callable[[Report], Iterator[Row]]
    regions: Mapping[str, str] = field(default_factory=dict)
    # Complete when the rows were read: some tables say it only there.
    provisional: set[int] = field(default_factory=set)
    left_out: tuple[str, ...] = ()


def required(value: int | None, otherwise: int | None, option: str) -> int:
    """What was asked for, else what the table says; else the import is refused with the option that is missing."""
    found = value if value is not None else otherwise
    if found is None:
        raise Refused(
            _("Het bestand zegt niet welk jaar het is. Geef het mee met %(option)s, bijvoorbeeld %(option)s 2024.")
            % {"option": option}
        )
    return found


def whole_number(value: object) -> int | None:
    """`"2020.0"`, `"2020"` and 2020 are 2020; nothing is None."""
    text = str(value if value is not None else "").strip()
    return int(float(text)) if re.fullmatch(r"-?\d{1,9}(\.0+)?", text) else None


@dataclass(frozen=True)
class Dimension:
    """A column that says what a row is about. `labels` translates its codes, where the table gives them."""

    key: str
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def plain(self) -> str:
        return self.key.replace(" ", "").lower()

    def label(self, code: str) -> str:
        return self.labels.get(code, code)

    def is_total(self, code: str) -> bool:
        """The whole population: a code of totals (T009002), or a label that says so."""
        return code.startswith("T0") or self.label(code).lower().startswith("totaal")


@dataclass
class About:
    """Reads from a row's dimensions for which area, year, age group and margin its cells are.

    `provisional` are the years of which the table says so: in its list of periods, or by a star behind the year.
    """

    dimensions: tuple[Dimension, ...]
    default_period: int | None
    provisional: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        by_name = {dimension.plain: dimension for dimension in self.dimensions}
        self.region = next((by_name[name] for name in by_name if name in REGIONS), None)
        self.period = by_name.get("perioden")
        self.age = by_name.get("leeftijd")
        self.margin = next((by_name[name] for name in by_name if name.startswith("marges")), None)
        known = [found.key for found in (self.region, self.period, self.age, self.margin) if found]
        self.others = [dimension for dimension in self.dimensions if dimension.key not in known]

    def read(self, record: Mapping[str, str | None], report: Report) -> tuple[str, int, str, str] | None:
        """(area, year, age group, margin), or None for a row that is not one of ours, which the report then tells."""
        for dimension in self.others:
            code = (record.get(dimension.key) or "").strip()
            if code and not dimension.is_total(code):
                report.skip(_("een uitsplitsing naar %(what)s; alleen het totaal telt mee") % {"what": dimension.key})
                return None
        period = self._period(record)
        if period is None:
            report.skip(_("een periode die geen jaar is"))
            return None
        margin = self._margin(record)
        if margin is None:
            report.skip(_("een marge die geen waarde, ondergrens of bovengrens is"))
            return None
        area = (record.get(self.region.key) or "").strip() if self.region else ""
        return area, period, self._age(record), margin

    def _period(self, record: Mapping[str, str | None]) -> int | None:
        if self.period is None:
            return self.default_period
        code = (record.get(self.period.key) or "").strip()
        label = self.period.label(code)
        year = naming.year_of(code) or naming.year_of(label)
        if year is not None and label.strip().endswith("*"):
            self.provisional.add(year)
        return year

    def _age(self, record: Mapping[str, str | None]) -> str:
        if self.age is None:
            return ""
        code = (record.get(self.age.key) or "").strip()
        return naming.AGES[code] if code in naming.AGES else naming.age_slug(self.age.label(code))

    def _margin(self, record: Mapping[str, str | None]) -> str | None:
        if self.margin is None:
            return "value"
        code = (record.get(self.margin.key) or "").strip()
        return naming.margin_of(code) or naming.margin_of(self.margin.label(code))


def refuse_gaps(opened: Opened, seen: Iterable[str]) -> None:
    """A gemeente of which some areas came must be there with all that the table's own list names."""
    present = set(seen)
    gemeenten = {code[2:6] for code in present if not code.startswith("NL")}
    missing = sorted(code for code in opened.regions if code[2:6] in gemeenten and code not in present)
    if missing:
        raise Refused(
            _(
                "Van %(count)s gebieden uit de gebiedenlijst van de bron is er geen regel, bijvoorbeeld %(code)s. "
                "Het bestand is afgebroken: download het opnieuw."
            )
            % {"count": len(missing), "code": missing[0]}
        )

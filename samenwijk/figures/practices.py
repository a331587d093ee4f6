"""What others see of the figures of practices: one figure per problem, of all practices that approved it together.

    practice_readings(wijk, viewer=request.user)
    practice_readings(wijk, viewer=None, in_session=True)     # in a meeting of the wijk, for everybody in the room

Read them anew each time: a practice may take its figures back at any moment, and then they are gone everywhere. Keep no
copy of them, also not in a published profile.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenwijk.figures.models import DeliveredCell, Delivery
from samenwijk.figures.practice import words
from samenwijk.figures.practice.cells import Cell
from samenwijk.figures.practice.standard import STANDARD_NAME, weights_of
from samenwijk.figures.practice.tables import COUNTS_TO, rounded
from samenwijk.methods.rates import TooFewEvents, directly_standardised_rate, proportion
from samenwijk.people.models import User, Viewer
from samenwijk.places.models import Wijk

PER = 1000
PEOPLE_TO = 10
WIDER = (Delivery.Visibility.SESSION, Delivery.Visibility.WIJK, Delivery.Visibility.PUBLIC)


@dataclass(frozen=True)
class PracticeReading:
    """A problem in the practices of a wijk, per 1,000 people registered with them.

    `value`, `low` and `high` (95%) come from `count` and `registered` after rounding to 5 and 10: whoever reckons them
    back finds nothing finer. They are None unless `status` is "figure"; else it is "too_small" (too few people, or
    hidden to guard somebody else's number). `practices` is 0 for a published file of a publisher. `visibility` is the
    narrowest that a practice in it chose: session, wijk or public.
    """

    slug: str
    title: str
    unit: str
    period: int
    status: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    count: int | None
    registered: int | None
    practices: int
    denominator: str
    source: str
    visibility: str
    standardised: Decimal | None = None
    standardised_low: Decimal | None = None
    standardised_high: Decimal | None = None
    standard: str = ""

    @property
    def is_figure(self) -> bool:
        return self.status == "figure"

    @property
    def is_public(self) -> bool:
        """Whether it may leave the room: in the report and the download of a meeting, which travel."""
        return self.visibility == Delivery.Visibility.PUBLIC

    @property
    def text(self) -> str:
        if self.value is None:
            return _("te klein om te laten zien")
        return _("%(value)s per 1.000") % {"value": number_format(self.value, 1)}

    @property
    def interval_text(self) -> str:
        if self.low is None or self.high is None:
            return ""
        return _("tussen %(low)s en %(high)s") % {
            "low": number_format(self.low, 1),
            "high": number_format(self.high, 1),
        }


def practice_readings(
    wijk: Wijk, *, viewer: Viewer | None, in_session: bool = False, every_year: bool = False
) -> list[PracticeReading]:
    """Per problem the newest year (or each), as far as this viewer may see it; one query, however many problems.

    Everybody sees the same figure or none: it is shown as widely as all practices in it allow. So nobody can take the
    sum for one circle from that for another and find a practice. With two practices each can take off its own; the
    page says so before a practice approves, and what is left is what that page shows.
    """
    cells = DeliveredCell.objects.filter(delivery__wijk=wijk, delivery__approved_at__isnull=False)
    sums: dict[tuple[str, str, int], list[DeliveredCell]] = {}
    for cell in cells.select_related("delivery"):
        sums.setdefault((cell.delivery.publisher, cell.indicator, cell.delivery.period), []).append(cell)
    newest = {key[:2]: max(other[2] for other in sums if other[:2] == key[:2]) for key in sums}
    readings = [together(several) for key, several in sums.items() if every_year or key[2] == newest[key[:2]]]
    widest = _sees(wijk, viewer, in_session=in_session)
    return [reading for reading in readings if WIDER.index(Delivery.Visibility(reading.visibility)) >= widest]


def _sees(wijk: Wijk, viewer: Viewer | None, *, in_session: bool) -> int:
    """From which visibility on this viewer sees something; beyond all of them for whom it is not."""
    if in_session:
        return 0
    if isinstance(viewer, User) and viewer.is_active:
        if viewer.works_in(wijk):
            return 1
        if wijk.region_id in {region.pk for region in viewer.regions()}:
            return 2
    return 2 if wijk.is_open else len(WIDER)


def together(cells: Sequence[DeliveredCell]) -> PracticeReading:
    """One problem of one year, over all deliveries that these cells are from."""
    deliveries = list({cell.delivery_id: cell.delivery for cell in cells}.values())
    totals = [cell.cell() for cell in cells if cell.cell().is_total]
    published = deliveries[0].publisher
    practices = 0 if published else len(deliveries)
    first = cells[0]
    return _reading(
        first.indicator,
        first.title,
        deliveries[0].period,
        _sum([cell.count for cell in totals]),
        _sum([cell.registered for cell in totals]),
        [[cell.cell() for cell in cells if cell.delivery_id == delivery.pk] for delivery in deliveries],
        practices=practices,
        source=_source(deliveries),
        visibility=min(
            (delivery.visibility for delivery in deliveries),
            key=lambda chosen: WIDER.index(Delivery.Visibility(chosen)),
        ),
    )


def preview(cells: Iterable[Cell], period: int, source: str) -> list[PracticeReading]:
    """What one practice alone gives, as others will see it."""
    problems: dict[str, list[Cell]] = {}
    for cell in cells:
        problems.setdefault(cell.indicator, []).append(cell)
    readings = []
    for slug, own in problems.items():
        total = next(cell for cell in own if cell.is_total)
        about = {"practices": 1, "source": source, "visibility": ""}
        readings.append(_reading(slug, total.title, period, total.count, total.registered, [own], **about))  # type: ignore[arg-type]
    return readings


def _reading(
    slug: str,
    title: str,
    period: int,
    count: int | None,
    registered: int | None,
    by_practice: list[list[Cell]],
    *,
    practices: int,
    source: str,
    visibility: str,
) -> PracticeReading:
    people = None if registered is None else rounded(registered, PEOPLE_TO)
    shown = people is not None and registered is not None and registered >= settings.SMALL_POPULATION
    number = rounded(count, COUNTS_TO) if shown and count is not None else None
    value = low = high = None
    if number is not None and people is not None:
        found = proportion(min(number, people), people, multiplier=PER)
        value, low, high = (_decimal(part) for part in (found.value, found.lower, found.upper))
    standard = _standardised(by_practice) if value is not None else (None, None, None)
    return PracticeReading(
        slug=slug,
        title=words.title_of(slug, title),
        unit=_("per 1.000 ingeschreven mensen"),
        period=period,
        status="too_small" if value is None else "figure",
        value=value,
        low=low,
        high=high,
        count=number,
        registered=people if shown else None,
        practices=practices,
        denominator=_denominator(practices, people if shown else None),
        source=source,
        visibility=visibility,
        standardised=standard[0],
        standardised_low=standard[1],
        standardised_high=standard[2],
        standard=STANDARD_NAME if standard[0] is not None else "",
    )


def _standardised(by_practice: list[list[Cell]]) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """At the ages of the standard population; only where every group of every practice has its number.

    By age and sex where both are there, men and women weighing half each, else by age.
    """
    for with_sex in (True, False):
        strata: dict[tuple[str, str], list[Cell]] = {}
        for cell in (cell for own in by_practice for cell in own):
            if cell.age_group and bool(cell.sex) == with_sex:
                strata.setdefault((cell.age_group, cell.sex), []).append(cell)
        weights = weights_of({age for age, _sex in strata})
        if not strata or weights is None or any(len(cells) < len(by_practice) for cells in strata.values()):
            continue
        counts = [_sum([cell.count for cell in cells]) for cells in strata.values()]
        people = [_sum([cell.registered for cell in cells]) for cells in strata.values()]
        if None in counts or None in people:
            continue
        groups = [rounded(number or 0, PEOPLE_TO) for number in people]
        if 0 in groups:
            continue
        try:
            found = directly_standardised_rate(
                [rounded(number or 0, COUNTS_TO) for number in counts],
                groups,
                [weights[age] for age, _sex in strata],
                multiplier=PER,
            )
        except TooFewEvents:
            continue
        return _decimal(found.value), _decimal(found.lower), _decimal(found.upper)
    return None, None, None


def _sum(numbers: Sequence[int | None]) -> int | None:
    """Missing is not 0: with one of them hidden there is no sum."""
    known = [number for number in numbers if number is not None]
    return sum(known) if known and len(known) == len(numbers) else None


def _decimal(number: float) -> Decimal:
    return Decimal(number).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _denominator(practices: int, people: int | None) -> str:
    many = (
        ""
        if people is None
        else " " + _("(ongeveer %(n)s mensen)") % {"n": number_format(people, 0, force_grouping=True)}
    )
    if not practices:
        return _("Mensen uit de wijk van wie gegevens van de huisarts er zijn, niet alle bewoners") + many
    sentence = ngettext(
        "Ingeschreven bij %(n)d praktijk, niet alle bewoners",
        "Ingeschreven bij %(n)d praktijken, niet alle bewoners",
        practices,
    )
    return sentence % {"n": practices} + many


def _source(deliveries: Sequence[Delivery]) -> str:
    first = deliveries[0]
    if first.publisher:
        return _("Bron: %(publisher)s, %(licence)s") % {"publisher": first.publisher, "licence": first.licence}
    systems = ", ".join(sorted({delivery.origin for delivery in deliveries if delivery.origin}))
    return source_line(systems)


def source_line(systems: str) -> str:
    return _("Bron: huisartsenpraktijken in de wijk (%(systems)s)") % {"systems": systems or _("eigen opgave")}

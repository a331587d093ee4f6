"""What a meeting shows as a picture: a figure, answers, statements, a result. Made from plain data, for any surface."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from samenwijk.figures.comparison import Comparison
from samenwijk.meetings.ways import units
from samenwijk.plans.models import Choice, ChoiceOption
from samenwijk.ui import charts
from samenwijk.ui.charts import Chart

Words = str | Promise


def figure_chart(comparison: Comparison, *, wide: bool = False) -> Chart | None:
    """A figure with gemeente and country beside it; the fallback to another level is said by who shows it.

    Of a count there is no picture: its numbers are shown as they are.
    """
    if comparison.is_a_count:
        return None
    values = [
        charts.Value(
            reading.place,
            float(reading.value),
            None if reading.low is None else float(reading.low),
            None if reading.high is None else float(reading.high),
        )
        for reading in comparison.readings
    ]
    return charts.interval(
        f"{comparison.title}, {comparison.period}",
        values,
        unit=comparison.unit,
        decimals=comparison.decimals,
        source=comparison.source,
        wide=wide,
    )


def answers_chart(answers: Sequence[tuple[Words, int]], *, wide: bool = False) -> Chart:
    bars = [charts.Bar(str(label), number) for label, number in answers]
    return charts.bars(_("Antwoorden uit de zaal"), bars, unit=(_("antwoord"), _("antwoorden")), wide=wide)


def statements_chart(statements: Sequence[tuple[Words, Sequence[tuple[Words, int]]]], *, wide: bool = False) -> Chart:
    words = [str(label) for label, _number in statements[0][1]] if statements else []
    rows = [(str(sentence), [number for _label, number in answers]) for sentence, answers in statements]
    return charts.stacked(_("Hoe gaan we naar huis?"), rows, words, wide=wide)


def result_chart(
    title: Words,
    options: Sequence[ChoiceOption],
    theme: int | None,
    choice: Choice | None = None,
    *,
    wide: bool = False,
) -> Chart:
    """The options of one contest, best first; `theme` is the index of its colour."""
    bars = [
        charts.Bar(
            str(option),
            option.points or 0,
            theme=theme,
            place=option.place,
            tied=option.tied,
            chosen=bool(option.chosen),
        )
        for option in options
    ]
    unit = units(choice) if choice else (_("stip"), _("stippen"))
    return charts.bars(str(title), bars, unit=unit, wide=wide)


def scale_chart(
    degrees: Sequence[tuple[str, Words]], told: Sequence[tuple[str, Mapping[str, int]]], *, wide: bool = False
) -> Chart:
    """A scale as often as it was asked, each a bar of its answers, from the high end to the low one."""
    falling = list(reversed(degrees))
    rows = [(title, [totals[value] for value, _label in falling]) for title, totals in told]
    return charts.stacked(_("Moeten of vanzelf"), rows, [str(label) for _value, label in falling], wide=wide)

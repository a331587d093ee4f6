"""The counts of a delivery as tables to look at: rounded to 5, and words where a number is hidden."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from samenwijk.figures.practice import words
from samenwijk.figures.practice.cells import Cell

COUNTS_TO = 5


@dataclass(frozen=True)
class CountTable:
    """One problem by age and sex. `lines` are the name of a group with its cells, all groups together last."""

    title: str
    columns: tuple[str, ...]
    lines: tuple[tuple[str, tuple[str, ...]], ...]
    hides: bool


def rounded(number: int, step: int) -> int:
    """To the nearest step, halves up."""
    return (2 * number + step) // (2 * step) * step


def shown(count: int | None) -> str:
    return _("te klein") if count is None else number_format(rounded(count, COUNTS_TO), 0, force_grouping=True)


def tables_of(cells: Sequence[Cell]) -> list[CountTable]:
    """A table for each problem that has ages or sexes; a problem with one number needs none."""
    problems: dict[str, list[Cell]] = {}
    for cell in cells:
        problems.setdefault(cell.indicator, []).append(cell)
    return [_table(own) for own in problems.values() if len(own) > 1]


def _table(cells: list[Cell]) -> CountTable:
    by_place = {(cell.age_group, cell.sex): cell for cell in cells}
    ages = sorted({cell.age_group for cell in cells if cell.age_group}, key=words.bounds)
    sexes = sorted({cell.sex for cell in cells if cell.sex}, reverse=True)
    first = cells[0]
    return CountTable(
        words.title_of(first.indicator, first.title),
        tuple(words.sex_title(sex).capitalize() for sex in (*sexes, "")),
        tuple(
            (words.age_title(age), tuple(shown(by_place[age, sex].count) for sex in (*sexes, "")))
            for age in (*ages, "")
        ),
        any(cell.count is None for cell in cells),
    )

"""The projector's own tags: walls of cards that fit, pictures of people, the minute of whoever speaks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from samenwijk.figures.comparison import Comparison
from samenwijk.meetings import cards
from samenwijk.meetings.board import Column
from samenwijk.meetings.models import Contribution, MeetingTheme, Table
from samenwijk.meetings.pictures import figure_chart
from samenwijk.meetings.timetable import Line
from samenwijk.meetings.walls import Card, Group, Wall, hang
from samenwijk.plans.models import ChoiceOption, Plan
from samenwijk.ui.charts import Chart
from samenwijk.ui.drawings import SHAPES

register = template.Library()

WHOLE, BESIDE_VOTERS = 95.0, 63.4
HIGH, BESIDE_TABLES = 30.6, 26.2
MOST_PEOPLE_DRAWN = 120


@register.simple_tag
def board_wall(columns: Iterable[Column], dreams: Iterable[Contribution] = ()) -> Wall:
    return hang(cards.of_board(columns, dreams), across=WHOLE, high=BESIDE_TABLES)


@register.simple_tag
def option_wall(options: Iterable[ChoiceOption], positions: Mapping[int, int]) -> Wall:
    return hang(cards.of_options(options, positions), across=BESIDE_VOTERS, high=HIGH, most_columns=2)


@register.simple_tag
def theme_wall(on_the_table: Iterable[MeetingTheme]) -> Wall:
    themes = [Card(one.theme.title, is_theme=True, position=one.position) for one in on_the_table]
    return hang([Group(themes)], across=WHOLE, high=HIGH)


@register.simple_tag
def result_wall(results: Sequence[Mapping[str, Any]], positions: Mapping[int, int], places: int) -> Wall:
    return hang(cards.of_results(results, positions, places), across=WHOLE, high=HIGH - 2.6, at_best=_for(results))


def _for(results: Sequence[Mapping[str, Any]]) -> int | None:
    """Themes are ranked in one column from top to bottom; ideas have a column for each theme."""
    return 1 if len(results) == 1 and results[0]["theme"] is None else None


@register.simple_tag
def plan_wall(rows: Iterable[Mapping[str, Any]], positions: Mapping[int, int]) -> Wall:
    return hang(cards.of_plans(rows, positions), across=WHOLE, high=HIGH, most_columns=3)


@register.simple_tag
def answer_wall(answers: Iterable[Contribution]) -> Wall:
    return hang(cards.of_answers(answers), across=WHOLE, high=HIGH, most_columns=3)


@register.simple_tag
def note_wall(notes: Iterable[Mapping[str, Any]]) -> Wall:
    return hang(cards.of_notes(notes), across=WHOLE, high=HIGH)


@register.simple_tag
def promise_wall(rows: Iterable[Mapping[str, Any]]) -> Wall:
    return hang(cards.of_promises(rows), across=WHOLE, high=HIGH, most_columns=2)


@register.inclusion_tag("meetings/screen/_wall.html", takes_context=True)
def show_wall(context: Context, wall: Wall, label: str = "") -> dict[str, Any]:
    """All boards of a wall, one of them shown: the one asked for by `?bord=`, until screen.js turns to the next."""
    count = len(wall.boards)
    shown = (_asked(context) - 1) % count + 1
    return {
        "wall": wall,
        "count": count,
        "shown": shown,
        "before": (shown - 2) % count + 1,
        "after": shown % count + 1,
        "label": label,
    }


@register.simple_tag(takes_context=True)
def next_board(context: Context) -> int:
    """For a browser without scripts: the board that the page loads after this one."""
    return _asked(context) % 1000 + 1


def _asked(context: Context) -> int:
    return int(context.get("board_asked") or 1)


@register.simple_tag
def table_strip(
    tables: Iterable[Table], columns: Iterable[Column], dreams: Iterable[Contribution]
) -> list[cards.TableStatus]:
    return cards.table_statuses(tables, columns, dreams)


@register.simple_tag
def figure_picture(comparison: Comparison) -> Chart | None:
    return figure_chart(comparison, wide=True)


@register.simple_tag
def answer_bars(answers: Sequence[tuple[Any, int]]) -> list[dict[str, Any]]:
    most = max([number for _label, number in answers] + [1])
    return [{"label": label, "number": number, "share": round(1000 * number / most)} for label, number in answers]


@register.simple_tag
def helpers_of(plan: Plan | None) -> list[cards.Helpers]:
    return cards.helpers_of(plan) if plan else []


@register.filter
def plan_size(plan: Plan) -> int:
    return cards.size_of_plan(plan)


@register.simple_tag
def at(positions: Mapping[int, int], theme: int) -> int:
    """The place of a theme on this evening's list, which gives it its colour and shape."""
    return positions.get(theme, 0)


@register.simple_tag
def programme_of(lines: Sequence[Line]) -> cards.Programme:
    return cards.programme_of(lines)


@register.simple_tag
def people_drawing(done: int, of: int) -> SafeString:
    """A dot for everybody in the room; as many are filled as have voted. Nobody is a particular dot."""
    of = max(of, done)
    if not 0 < of <= MOST_PEOPLE_DRAWN:
        return SafeString("")
    across = 8 if of <= 40 else 10 if of <= 60 else 12
    down = -(-of // across)
    dots = format_html_join(
        "",
        '<circle class="{}" cx="{}" cy="{}" r="4"/>',
        (("crowd__in" if n < done else "crowd__out", n % across * 10 + 5, n // across * 10 + 5) for n in range(of)),
    )
    return format_html(
        '<svg class="crowd" viewBox="0 0 {} {}" preserveAspectRatio="xMinYMin meet" aria-hidden="true" '
        'focusable="false">{}</svg>',
        across * 10,
        down * 10,
        dots,
    )


@register.filter
def colour(position: int | None) -> str:
    """The class that carries a theme's colour; nothing for what has no theme."""
    return "" if position is None else f"theme-{position % len(SHAPES)}"


@register.inclusion_tag("meetings/screen/_share.html")
def share_bar(share: int) -> dict[str, int]:
    """A bar behind a card; `share` in thousandths of the longest."""
    return {"share": share}

"""One figure on one track: its margin, and gemeente, region and country as marks on the same line.

A dot is the place that the talk is about, a long line the country, a diamond the gemeente and a triangle the region:
shape and word tell them apart, never a colour. Nothing here is good or bad.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samenwijk.ui.charts.canvas import INK, INK_2, LETTER, SAND, Canvas, Chart, number, shortened
from samenwijk.ui.charts.figure import MARGIN, Value, margin_of, scale_of, sentence_of, shown

COUNTRY, REGION, GEMEENTE = "country", "region", "gemeente"
Across = Callable[[float], float]


@dataclass(frozen=True)
class Mark:
    """What stands beside the figure: `kind` is COUNTRY, REGION or GEMEENTE."""

    kind: str
    value: Value


def beside(
    title: str,
    own: Value,
    marks: Sequence[Mark],
    *,
    unit: str = "%",
    decimals: int = 1,
    source: str = "",
    wide: bool = False,
    flag: bool = True,
) -> Chart:
    """The figure of a place with what it may be compared with; the table and the sentence hold the same numbers.

    Without `flag` the number does not stand above its dot, for where it stands in large letters beside the picture.
    """
    known = [mark for mark in marks if mark.value.value is not None]
    values = [own, *(mark.value for mark in known)]
    said = sentence_of(values, unit, decimals)
    rows = [[capfirst(one.label), shown(one.value, unit, decimals), margin_of(one, unit, decimals)] for one in values]
    svg = _drawing(title, own, known, unit, decimals, said, wide, flag)
    return Chart(title, svg, [_("Gebied"), _("Cijfer"), _("Marge (95%)")], rows, said, source)


def _drawing(
    title: str, own: Value, marks: Sequence[Mark], unit: str, decimals: int, sentence: str, wide: bool, flag: bool
) -> SafeString:
    size, width = (25.0, 960.0) if wide else (13.0, 340.0)
    canvas = Canvas(width)
    edge = size * 0.9
    floor, ceiling = scale_of([own, *(mark.value for mark in marks)], unit)

    def across(value: float) -> float:
        return edge + (width - 2 * edge) * (value - floor) / (ceiling - floor)

    y = size * (2.9 if flag else 1.2)
    _track(canvas, own, across, y, size)
    for mark in marks:
        _draw_mark(canvas, mark.kind, across(mark.value.value or 0.0), y, size)
    if own.value is not None:
        canvas.dot(across(own.value), y, size * 0.72)
        if flag:
            _flag(canvas, across(own.value), y, size, number(own.value, decimals, unit))
    below = y + size * 2.3
    canvas.quiet(0, below, number(floor, 0, unit), size * 0.95)
    canvas.quiet(width, below, number(ceiling, 0, unit), size * 0.95, anchor="end")
    bottom = _legend(
        canvas, [(mark.kind, _named(mark, unit, decimals, size, width)) for mark in marks], below + size * 1.9, size
    )
    return canvas.drawn(bottom, title, sentence)


def _named(mark: Mark, unit: str, decimals: int, size: float, width: float) -> str:
    value = shown(mark.value.value, unit, decimals)
    room = width - size * (2.2 + (len(value) + 1) * LETTER)
    return f"{shortened(capfirst(mark.value.label), room, size)} {value}"


def _track(canvas: Canvas, own: Value, across: Across, y: float, size: float) -> None:
    thick = size * 0.62
    canvas.rect(0, y - thick / 2, canvas.width, thick, SAND, "c-sand", thick / 2)
    if own.low is not None and own.high is not None:
        start, end = across(own.low), across(own.high)
        thick = size * 0.78
        canvas.rect(start, y - thick / 2, max(end - start, 2), thick, MARGIN, "c-range", thick / 2)


def _flag(canvas: Canvas, x: float, y: float, size: float, words: str) -> None:
    """The number above its dot, kept within the drawing."""
    half = len(words) * size * 0.42
    canvas.text(min(max(x, half), canvas.width - half), y - size * 1.45, words, size * 1.45, bold=True, anchor="middle")


def _draw_mark(canvas: Canvas, kind: str, x: float, y: float, size: float) -> None:
    if kind == COUNTRY:
        canvas.parts.append(
            f'<path class="c-tick" d="M{x:.1f} {y - size * 1.05:.1f}v{size * 2.1:.1f}" stroke="{INK}" '
            f'stroke-width="{size * 0.24:.1f}"/>'
        )
    elif kind == GEMEENTE:
        _shape(canvas, f"M{x:.1f} {y + size * 0.35:.1f}", size, "l{h} {h}-{h} {h}-{h}-{h}z", 0.46)
    else:
        _shape(canvas, f"M{x:.1f} {y + size * 0.35:.1f}", size, "l{h} {d}h-{d}z", 0.46)


def _shape(canvas: Canvas, start: str, size: float, outline: str, part: float) -> None:
    half = size * part
    path = outline.replace("{h}", f"{half:.1f}").replace("{d}", f"{half * 2:.1f}")
    canvas.parts.append(f'<path class="c-ink-2" d="{start}{path}" fill="{INK_2}"/>')


def _legend(canvas: Canvas, items: Sequence[tuple[str, str]], y: float, size: float) -> float:
    """Shape and words, as many on a line as fit; returns where the drawing ends."""
    bottom = y - size * 1.2
    for kind, words, left, row in _placed(items, canvas.width, size):
        top = y + row * size * 1.7
        if kind == COUNTRY:
            canvas.upright(left + size * 0.4, top - size * 0.35, size * 1.4)
        else:
            _draw_mark(canvas, kind, left + size * 0.4, top - size * 1.15, size)
        canvas.text(left + size * 1.15, top, words, size * 1.04)
        bottom = top + size * 0.5
    return bottom


def _placed(items: Sequence[tuple[str, str]], width: float, size: float) -> Iterator[tuple[str, str, float, int]]:
    left, row = 0.0, 0
    for kind, words in items:
        need = size * 2.2 + len(words) * size * LETTER
        if left and left + need > width:
            left, row = 0.0, row + 1
        yield kind, words, left, row
        left += need

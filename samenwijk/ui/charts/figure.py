"""A figure with its margin, and other areas beside it. Says higher, lower or alike; never good or bad."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samenwijk.ui.charts.canvas import LETTER, NARROW, SAND, WIDE, Canvas, Chart, number, shortened

MARGIN, MARGIN_BESIDE = "#8fb5b8", "#c5c9c2"


@dataclass(frozen=True)
class Value:
    """A figure of one area: `low` and `high` are its 95% interval; `None` for what is not known (never zero)."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None


def interval(
    title: str,
    values: Sequence[Value],
    *,
    unit: str = "%",
    decimals: int = 1,
    source: str = "",
    wide: bool = False,
) -> Chart:
    """The first value is the one to talk about; the others stand beside it."""
    sentence = sentence_of(values, unit, decimals)
    rows = [[value.label, shown(value.value, unit, decimals), margin_of(value, unit, decimals)] for value in values]
    svg = _drawing(title, values, unit, decimals, sentence, wide)
    return Chart(title, svg, [_("Gebied"), _("Cijfer"), _("Marge (95%)")], rows, sentence, source)


def shown(value: float | None, unit: str, decimals: int) -> str:
    return "–" if value is None else number(value, decimals, unit)


def margin_of(value: Value, unit: str, decimals: int) -> str:
    if value.low is None or value.high is None:
        return "–"
    ends = {"low": number(value.low, decimals, unit), "high": number(value.high, decimals, unit)}
    return _("%(low)s tot %(high)s") % ends


def sentence_of(values: Sequence[Value], unit: str, decimals: int) -> str:
    main = values[0]
    if main.value is None:
        return _("Van %(area)s is dit cijfer er niet.") % {"area": main.label}
    said = f"{capfirst(main.label)}: {number(main.value, decimals, unit)}"
    if main.low is not None and main.high is not None:
        said += _(", waarschijnlijk tussen %(low)s en %(high)s") % {
            "low": number(main.low, decimals, unit),
            "high": number(main.high, decimals, unit),
        }
    others = [_compared(main, other, unit, decimals) for other in values[1:] if other.value is not None]
    return " ".join([f"{said}.", *others])


def _compared(main: Value, other: Value, unit: str, decimals: int) -> str:
    told = {"area": other.label, "value": shown(other.value, unit, decimals)}
    if main.low is None or main.high is None or other.value is None:
        return capfirst(_("%(area)s: %(value)s.") % told)
    if main.low > (other.value if other.high is None else other.high):
        return _("Dat is hoger dan %(area)s (%(value)s).") % told
    if main.high < (other.value if other.low is None else other.low):
        return _("Dat is lager dan %(area)s (%(value)s).") % told
    return _("Dat verschilt niet duidelijk van %(area)s (%(value)s).") % told


def scale_of(values: Sequence[Value], unit: str) -> tuple[float, float]:
    """Whole numbers around everything that is drawn, with air on both sides."""
    known = [part for v in values for part in (v.value, v.low, v.high) if part is not None] or [0.0, 1.0]
    low, high = min(known), max(known)
    room = max((high - low) * 0.3, abs(high) * 0.04, 0.5)
    floor = (low - room) // 1
    ceiling = -(-(high + room) // 1)
    percent = unit == "%" and low >= 0 and high <= 100
    return (max(floor, 0.0), min(ceiling, 100.0)) if percent else (max(floor, 0.0) if low >= 0 else floor, ceiling)


@dataclass(frozen=True)
class _Layout:
    """Where things stand: on a phone the words are above the track, on the projector at its left."""

    width: float
    row: float
    size: float
    left: float
    right: float
    middle: float
    words: float

    @classmethod
    def of(cls, wide: bool) -> "_Layout":
        if wide:
            return cls(width=WIDE, row=84, size=28, left=300, right=800, middle=42, words=52)
        return cls(width=NARROW, row=58, size=15, left=0, right=NARROW, middle=39, words=18)


def _drawing(title: str, values: Sequence[Value], unit: str, decimals: int, sentence: str, wide: bool) -> SafeString:
    layout = _Layout.of(wide)
    canvas = Canvas(layout.width)
    floor, ceiling = scale_of(values, unit)

    def across(value: float) -> float:
        return layout.left + (layout.right - layout.left) * (value - floor) / (ceiling - floor)

    for position, value in enumerate(values):
        top = position * layout.row
        words = shown(value.value, unit, decimals)
        room = layout.left or layout.width - (len(words) + 1) * layout.size * 1.15 * LETTER
        label = shortened(capfirst(value.label), room, layout.size)
        canvas.text(0, top + layout.words, label, layout.size, bold=position == 0)
        canvas.text(layout.width, top + layout.words, words, layout.size * 1.15, bold=True, anchor="end")
        _track(canvas, layout, top + layout.middle)
        if value.low is not None and value.high is not None:
            _range(canvas, across(value.low), across(value.high), top + layout.middle, layout, position == 0)
        if value.value is not None:
            _mark(canvas, across(value.value), top + layout.middle, layout, position == 0)
    bottom = len(values) * layout.row + layout.size * 0.3
    canvas.quiet(layout.left, bottom, number(floor, 0, unit), layout.size * 0.8)
    canvas.quiet(layout.right, bottom, number(ceiling, 0, unit), layout.size * 0.8, anchor="end")
    return canvas.drawn(bottom + layout.size * 0.4, title, sentence)


def _track(canvas: Canvas, layout: _Layout, y: float) -> None:
    thick = layout.size * 0.36
    canvas.rect(layout.left, y - thick / 2, layout.right - layout.left, thick, SAND, "c-sand", thick / 2)


def _range(canvas: Canvas, start: float, end: float, y: float, layout: _Layout, main: bool) -> None:
    thick = layout.size * 0.46
    fill, css = (MARGIN, "c-range") if main else (MARGIN_BESIDE, "c-range-2")
    canvas.rect(start, y - thick / 2, end - start, thick, fill, css, thick / 2)


def _mark(canvas: Canvas, x: float, y: float, layout: _Layout, main: bool) -> None:
    # The figure itself is a dot, what stands beside it an upright line: shape tells them apart, not only colour.
    if main:
        canvas.dot(x, y, layout.size * 0.5)
    else:
        canvas.upright(x, y, layout.size * 1.25)

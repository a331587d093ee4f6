"""The same figure at several moments. A line runs only between moments that may be compared with each other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samenwijk.ui.charts.canvas import GRACHT, INK_2, SAND, Canvas, Chart, number
from samenwijk.ui.charts.figure import MARGIN, Value, margin_of, scale_of, shown

At = Callable[[int], float]


@dataclass(frozen=True)
class Moment:
    """A figure of one period. Only moments with the same `edition` (borders and method) may be compared.

    `value` is None for what is not known; `why` says why, in words.
    """

    period: int
    value: float | None
    low: float | None = None
    high: float | None = None
    edition: str = ""
    why: str = ""

    @property
    def as_value(self) -> Value:
        return Value(str(self.period), self.value, self.low, self.high)


def trend(
    title: str,
    moments: Sequence[Moment],
    *,
    unit: str = "%",
    decimals: int = 1,
    source: str = "",
    wide: bool = False,
) -> Chart:
    """Moments oldest first. The sentence tells the ends of the last comparable stretch, without a judgement."""
    said = _sentence(moments, unit, decimals)
    rows = [
        [
            str(moment.period),
            shown(moment.value, unit, decimals) if moment.value is not None else moment.why or "–",
            margin_of(moment.as_value, unit, decimals),
        ]
        for moment in moments
    ]
    svg = _drawing(title, moments, unit, decimals, said, wide)
    return Chart(title, svg, [_("Jaar"), _("Cijfer"), _("Marge (95%)")], rows, said, source)


def _sentence(moments: Sequence[Moment], unit: str, decimals: int) -> str:
    known = [moment for moment in moments if moment.value is not None]
    if not known:
        return _("Van geen enkel jaar is dit cijfer er.")
    last = known[-1]
    stretch = [moment for moment in known if moment.edition == last.edition]
    first = stretch[0]
    told = {"year": last.period, "value": shown(last.value, unit, decimals), "first": first.period}
    told["before"] = shown(first.value, unit, decimals)
    if first is last:
        said = _("In %(year)s: %(value)s.") % told
    else:
        said = _("In %(first)s: %(before)s. In %(year)s: %(value)s.") % told + _difference(first, last)
    if len(stretch) < len(known):
        said += " " + _("Eerdere jaren hebben andere grenzen. Lees ze los van elkaar.")
    return said


def _difference(first: Moment, last: Moment) -> str:
    """Whether the margins touch; nothing when one is missing, because then nobody can tell."""
    if first.low is None or first.high is None or last.low is None or last.high is None:
        return ""
    apart = first.high < last.low or last.high < first.low
    return " " + (_("Dat verschil is groter dan de marge.") if apart else _("Dat verschil valt binnen de marge."))


def _drawing(title: str, moments: Sequence[Moment], unit: str, decimals: int, sentence: str, wide: bool) -> SafeString:
    size, width, height = (25.0, 960.0, 300.0) if wide else (13.0, 340.0, 120.0)
    canvas = Canvas(width)
    floor, ceiling = scale_of([moment.as_value for moment in moments], unit)
    left, right, top = size * 2.2, width - size * 2.2, size * 1.8
    years = [moment.period for moment in moments] or [0]
    span = max(years[-1] - years[0], 1)

    def at(period: int) -> float:
        return (left + right) / 2 if len(set(years)) == 1 else left + (right - left) * (period - years[0]) / span

    def up(value: float) -> float:
        return top + height * (1 - (value - floor) / (ceiling - floor))

    for level in (floor, ceiling):
        canvas.rect(0, up(level) - size * 0.05, width, size * 0.1, SAND, "c-sand", 0)
    known = [moment for moment in moments if moment.value is not None]
    for before, after in pairwise(known):
        _stretch(
            canvas,
            before,
            after,
            (at(before.period), at(after.period)),
            (up(before.value or 0), up(after.value or 0)),
            top,
            height,
            size,
        )
    for moment in known:
        x, y = at(moment.period), up(moment.value or 0.0)
        if moment.low is not None and moment.high is not None:
            high = up(moment.high)
            canvas.rect(x - size * 0.4, high, size * 0.8, max(up(moment.low) - high, 2), MARGIN, "c-range", size * 0.4)
        canvas.dot(x, y, size * 0.5)
    for moment in _spoken(known):
        above = up(moment.high) if moment.high is not None else up(moment.value or 0.0)
        words = number(moment.value or 0.0, decimals, unit if unit == "%" else "")
        half = len(words) * size * 0.32
        x = min(max(at(moment.period), half), width - half)
        canvas.text(x, above - size * 0.75, words, size * 1.1, bold=True, anchor="middle")
    _years(canvas, moments, at, top + height + size * 1.6, size)
    return canvas.drawn(top + height + size * 2.1, title, sentence)


def _spoken(known: Sequence[Moment]) -> list[Moment]:
    """Which numbers stand in the picture: the first and the last; the table has them all."""
    return [known[0], known[-1]] if len(known) > 1 else list(known)


def _stretch(
    canvas: Canvas,
    before: Moment,
    after: Moment,
    across: tuple[float, float],
    height_of: tuple[float, float],
    top: float,
    height: float,
    size: float,
) -> None:
    """A line between moments that may be compared; an upright dotted one where the borders changed."""
    if before.edition == after.edition:
        path, css, colour, dash = (
            f"M{across[0]:.1f} {height_of[0]:.1f}L{across[1]:.1f} {height_of[1]:.1f}",
            "c-line",
            GRACHT,
            "",
        )
    else:
        middle = sum(across) / 2
        path, css, colour = f"M{middle:.1f} {top:.1f}v{height:.1f}", "c-tick-2", INK_2
        dash = f' stroke-dasharray="{size * 0.3:.1f} {size * 0.45:.1f}"'
    canvas.parts.append(
        f'<path class="{css}" d="{path}" stroke="{colour}" stroke-width="{size * 0.2:.1f}"{dash} fill="none"/>'
    )


def _years(canvas: Canvas, moments: Sequence[Moment], at: At, y: float, size: float) -> None:
    """As many years as fit without touching, the first and the last for certain."""
    last_x, most = -999.0, len(moments) - 1
    for index, moment in enumerate(moments):
        x = at(moment.period)
        room = x - last_x > size * 3 and (index == most or at(moments[most].period) - x > size * 3)
        if room or index in (0, most):
            canvas.quiet(x, y, str(moment.period), size, anchor="middle")
            last_x = x

"""One line of a list of figures: the figure with its margin on a track whose middle is the country."""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from samenwijk.ui.charts.canvas import INK, INK_2, SAND, Canvas
from samenwijk.ui.charts.figure import MARGIN, Value

WIDTH, HEIGHT, MIDDLE = 300.0, 36.0, 20.0


def span_of(lines: list[tuple[Value, Value | None]]) -> float:
    """How far the track reaches to both sides, so that all lines of a list share one scale; with some air."""
    far = [abs(end - middle.value) for own, middle in lines if middle and middle.value for end in _ends(own)]
    return max([*far, 1.0]) * 1.15


def spine(own: Value, country: Value | None, beside: Value | None = None, *, span: float, sentence: str) -> SafeString:
    """`own` is a dot on its margin, the country the long line in the middle, `beside` (the gemeente) a short one."""
    canvas = Canvas(WIDTH)
    middle = (country.value if country else own.value) or 0.0

    def across(value: float) -> float:
        return min(max(WIDTH / 2 + (value - middle) / span * WIDTH / 2, 8.0), WIDTH - 8.0)

    canvas.rect(0, MIDDLE - 4, WIDTH, 8, SAND, "c-sand", 4)
    if own.low is not None and own.high is not None:
        start, end = across(own.low), across(own.high)
        canvas.rect(start, MIDDLE - 5, max(end - start, 2), 10, MARGIN, "c-range", 5)
    if country is not None and country.value is not None:
        _line(canvas, WIDTH / 2, MIDDLE - 13, MIDDLE + 13, INK, "c-tick")
    if beside is not None and beside.value is not None:
        _line(canvas, across(beside.value), MIDDLE - 18, MIDDLE - 7, INK_2, "c-tick-2")
    if own.value is not None:
        canvas.dot(across(own.value), MIDDLE, 8)
    return mark_safe(  # noqa: S308 - the sentence is escaped, the rest is numbers
        f'<svg class="spine" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img" aria-label="{escape(sentence)}">'
        f"{''.join(canvas.parts)}</svg>"
    )


def _ends(value: Value) -> list[float]:
    return [end for end in (value.low, value.value, value.high) if end is not None]


def _line(canvas: Canvas, x: float, top: float, bottom: float, colour: str, css: str) -> None:
    canvas.parts.append(
        f'<path class="{css}" d="M{x:.1f} {top:.1f}V{bottom:.1f}" stroke="{colour}" stroke-width="3" fill="none"/>'
    )

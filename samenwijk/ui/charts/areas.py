"""Figures of the buurten of a wijk: as a map where shapes are known, else as a list in the order of their names.

Five tints of one colour, a hatch for what is not known, and a legend in words. No order from high to low.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenwijk.ui.charts.canvas import GRACHT, INK, INK_2, SAND, Canvas, Chart, number, shortened
from samenwijk.ui.charts.figure import shown

TINTS = ("#dcecea", "#aed0d1", "#7db3b7", "#3f8790", "#0d4f57")
ON_TINTS = (INK, INK, INK, "#ffffff", "#ffffff")
MOST_TINTS = len(TINTS)


@dataclass(frozen=True)
class Place:
    """A buurt with its figure. `path` is its outline in whole units of the drawing, `at` where its number stands."""

    name: str
    value: float | None
    why: str = ""
    path: str = ""
    at: tuple[float, float] | None = None


def area_map(
    title: str,
    places: Sequence[Place],
    size: tuple[float, float],
    *,
    unit: str = "%",
    decimals: int = 1,
    source: str = "",
    name: str = "kaart",
) -> Chart:
    """`size` is the width and height that the paths were made for; `name` keeps hatches of one page apart."""
    said = _sentence(places, unit, decimals)
    steps = steps_of([place.value for place in places if place.value is not None], decimals)
    canvas = Canvas(size[0])
    canvas.parts.append(_hatch(name))
    letters = size[0] / 26
    for place in places:
        _draw_place(canvas, place, steps, name)
    for place in places:
        if place.at is not None and place.value is not None:
            tint = tint_of(place.value, steps)
            canvas.text(
                place.at[0],
                place.at[1] + letters * 0.35,
                number(place.value, decimals),
                letters,
                css=f"c-on-map-{tint}",
                fill=ON_TINTS[tint],
                bold=True,
                anchor="middle",
            )
    bottom = _legend(canvas, places, steps, unit, decimals, size[1] + letters * 1.9, letters, name)
    return _chart(title, canvas.drawn(bottom, title, said), places, unit, decimals, said, source)


def area_list(
    title: str,
    places: Sequence[Place],
    *,
    unit: str = "%",
    decimals: int = 1,
    source: str = "",
    name: str = "lijst",
    wide: bool = False,
) -> Chart:
    """The same without shapes: a bar for each buurt, in the order given."""
    said = _sentence(places, unit, decimals)
    size, width = (24.0, 960.0) if wide else (13.5, 340.0)
    canvas = Canvas(width)
    canvas.parts.append(_hatch(name))
    most = max([place.value for place in places if place.value is not None], default=0) or 1
    full, y = width - size * 5.2, 0.0
    for place in places:
        canvas.text(0, y + size, shortened(place.name, width, size * 0.97), size * 0.97)
        top = y + size * 1.4
        canvas.rect(0, top, full, size * 0.55, SAND, "c-sand", size * 0.27)
        if place.value is None:
            canvas.rect(0, top, full, size * 0.55, f"url(#{name})", "c-gap", size * 0.27)
            canvas.quiet(width, top + size * 0.5, "–", size, anchor="end")
        else:
            canvas.rect(0, top, full * place.value / most, size * 0.55, GRACHT, "c-bar", size * 0.27)
            canvas.text(
                width, top + size * 0.55, number(place.value, decimals, unit), size * 1.1, bold=True, anchor="end"
            )
        y = top + size * 1.15
    return _chart(title, canvas.drawn(max(y, 1), title, said), places, unit, decimals, said, source)


def _chart(
    title: str, svg: SafeString, places: Sequence[Place], unit: str, decimals: int, said: str, source: str
) -> Chart:
    rows = [
        [place.name, shown(place.value, unit, decimals) if place.value is not None else place.why or "–"]
        for place in places
    ]
    return Chart(title, svg, [_("Buurt"), _("Cijfer")], rows, said, source)


def _sentence(places: Sequence[Place], unit: str, decimals: int) -> str:
    known = [place.value for place in places if place.value is not None]
    if not known:
        return _("Van geen van deze buurten is dit cijfer er.")
    told = {"n": len(known), "all": len(places)}
    told |= {"low": shown(min(known), unit, decimals), "high": shown(max(known), unit, decimals)}  # type: ignore[dict-item]
    if len(known) == 1:
        said = _("Van 1 van de %(all)s buurten is er een cijfer: %(low)s.") % told
    else:
        said = _("Van %(n)s van de %(all)s buurten is er een cijfer: van %(low)s tot %(high)s.") % told
    gaps = [place for place in places if place.value is None]
    if gaps:
        names = ", ".join(f"{place.name} ({place.why})" if place.why else place.name for place in gaps[:4])
        if len(gaps) > 4:
            left = len(gaps) - 4
            names += ngettext(" en nog %(n)d buurt", " en nog %(n)d buurten", left) % {"n": left}
        said += " " + _("Geen cijfer: %(names)s.") % {"names": names}
    return said


def steps_of(values: Sequence[float], decimals: int) -> list[float]:
    """Round borders between at most five tints; none when all are alike."""
    if not values or max(values) == min(values):
        return []
    width = (max(values) - min(values)) / MOST_TINTS
    unit = 10.0 ** math.floor(math.log10(width))
    step = next((unit * times for times in (1, 2, 2.5, 5, 10) if unit * times >= width), unit * 10)
    step = max(step, 10.0**-decimals)
    first = math.floor(min(values) / step) + 1
    borders = [step * (first + index) for index in range(MOST_TINTS)]
    return [border for border in borders if border <= max(values)][: MOST_TINTS - 1]


def tint_of(value: float, steps: Sequence[float]) -> int:
    """Light for little, dark for much; the middle tint when there is nothing to tell apart."""
    if not steps:
        return 1
    place = sum(1 for border in steps if value >= border)
    return round(place * (MOST_TINTS - 1) / len(steps))


def _hatch(name: str) -> str:
    return (
        f'<defs><pattern id="{escape(name)}" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><path class="c-gap-line" d="M0 0v6" stroke="{INK_2}" stroke-width="2"/>'
        "</pattern></defs>"
    )


def _draw_place(canvas: Canvas, place: Place, steps: Sequence[float], name: str) -> None:
    if not place.path:
        return
    if place.value is None:
        fill, css = f"url(#{escape(name)})", "c-gap"
    else:
        tint = tint_of(place.value, steps)
        fill, css = TINTS[tint], f"c-map-{tint}"
    canvas.parts.append(f'<path class="{css} c-edge" d="{escape(place.path)}" fill="{fill}" stroke="#fff"/>')


def _legend(
    canvas: Canvas,
    places: Sequence[Place],
    steps: Sequence[float],
    unit: str,
    decimals: int,
    y: float,
    size: float,
    name: str,
) -> float:
    """A box and words for every tint that is used, and for the hatch."""
    used = sorted({tint_of(place.value, steps) for place in places if place.value is not None})
    entries = [(TINTS[tint], f"c-map-{tint}", _words(tint, steps, unit, decimals)) for tint in used if steps]
    if any(place.value is None for place in places):
        entries.append((f"url(#{name})", "c-gap", _("geen cijfer")))
    for index, (fill, css, words) in enumerate(entries):
        left, top = (index % 2) * canvas.width / 2, y + (index // 2) * size * 1.7
        canvas.rect(left, top - size * 0.85, size * 1.4, size, fill, css, size * 0.2)
        canvas.text(left + size * 1.9, top, words, size)
    rows = (len(entries) + 1) // 2
    return y + (rows - 1) * size * 1.7 + size * 0.6 if rows else y - size * 1.4


def _words(tint: int, steps: Sequence[float], unit: str, decimals: int) -> str:
    index = next(place for place in range(len(steps) + 1) if round(place * (MOST_TINTS - 1) / len(steps)) == tint)
    places = 0 if all(float(step).is_integer() for step in steps) else decimals
    if index == 0:
        return _("minder dan %(high)s") % {"high": number(steps[0], places, unit)}
    if index == len(steps):
        return _("%(low)s of meer") % {"low": number(steps[-1], places, unit)}
    ends = {"low": number(steps[index - 1], places, unit), "high": number(steps[index], places, unit)}
    return _("%(low)s tot %(high)s") % ends

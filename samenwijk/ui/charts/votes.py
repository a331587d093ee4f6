"""Bars with a number: answers to a question, and the result of a vote with its places and ties."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samenwijk.ui.charts.canvas import GRACHT, NARROW, REST, SAND, WIDE, Canvas, Chart
from samenwijk.ui.drawings import THEME_COLOURS


@dataclass(frozen=True)
class Bar:
    """One answer or idea. `theme` is the index of its theme (its colour), `place` its place in the result, `tied`
    when it shares that place; `chosen=False` draws it in grey, for what does not go on."""

    label: str
    value: int
    theme: int | None = None
    theme_title: str = ""
    place: int | None = None
    tied: bool = False
    chosen: bool = True


def bars(
    title: str,
    items: Sequence[Bar],
    *,
    unit: tuple[str, str] | None = None,
    source: str = "",
    wide: bool = False,
    sentence: str = "",
) -> Chart:
    """`unit` is the word for one and for many ("stip", "stippen"); `sentence` replaces the one made here."""
    one, many = unit or (_("stem"), _("stemmen"))
    placed = any(item.place is not None for item in items)
    columns = [_("Plaats")] * placed + [_("Keuze") if placed else _("Antwoord"), capfirst(many)]
    rows = [[_place(item)] * placed + [_named(item), str(item.value)] for item in items]
    said = sentence or _sentence(items, one, many)
    return Chart(title, _drawing(title, items, said, wide), columns, rows, said, source)


def _named(item: Bar) -> str:
    return f"{item.label} ({item.theme_title})" if item.theme_title else item.label


def _place(item: Bar) -> str:
    if item.place is None:
        return "–"
    return _("%(place)s (gelijk)") % {"place": item.place} if item.tied else str(item.place)


def _sentence(items: Sequence[Bar], one: str, many: str) -> str:
    total = sum(item.value for item in items)
    if not total:
        return _("Er zijn nog geen %(many)s.") % {"many": many}
    most = max(item.value for item in items)
    first = [f"“{item.label}”" for item in items if item.value == most]
    counted = _("%(n)s van de %(total)s %(unit)s") % {"n": most, "total": total, "unit": many if total > 1 else one}
    if len(first) == 1:
        return _("Het meest gekozen: %(label)s, met %(counted)s.") % {"label": first[0], "counted": counted}
    return _("Gelijk bovenaan: %(labels)s, elk met %(counted)s.") % {"labels": ", ".join(first), "counted": counted}


def _drawing(title: str, items: Sequence[Bar], sentence: str, wide: bool) -> SafeString:
    canvas = Canvas(WIDE if wide else NARROW)
    most = max([item.value for item in items] + [1])
    top = 0.0
    for item in items:
        top = _words(canvas, item, top, wide)
        top = _bar(canvas, item, top, most, wide)
    return canvas.drawn(max(top, 1), title, sentence)


def _words(canvas: Canvas, item: Bar, top: float, wide: bool) -> float:
    """The label above its bar, over as many lines as it needs; returns where the bar starts."""
    size, per_line = (26, 56) if wide else (15, 35)
    y = top + size * 1.1
    start = f"{item.place}. " if item.place is not None else ""
    for words in wrap(start + item.label, per_line) or [""]:
        canvas.text(0, y, words, size, bold=True)
        y += size * 1.25
    about = " · ".join(part for part in (item.theme_title, _("gelijk") if item.tied else "") if part)
    if about:
        canvas.quiet(0, y - size * 0.05, about, size * 0.87)
        y += size * 1.2
    return y - size * 0.7


def _bar(canvas: Canvas, item: Bar, top: float, most: int, wide: bool) -> float:
    size = 26.0 if wide else 15.0
    thick, full = size * 0.8, canvas.width - size * 3
    fill, css = _colour(item)
    canvas.rect(0, top, full, thick, SAND, "c-sand", thick / 2)
    if item.value:
        canvas.rect(0, top, max(full * item.value / most, thick), thick, fill, css, thick / 2)
    canvas.text(canvas.width, top + thick * 0.95, str(item.value), size * 1.3, bold=True, anchor="end")
    return top + thick + size * 1.05


def _colour(item: Bar) -> tuple[str, str]:
    if not item.chosen:
        return REST, "c-rest"
    if item.theme is None:
        return GRACHT, "c-bar"
    number = item.theme % len(THEME_COLOURS)
    return THEME_COLOURS[number], f"c-theme-{number}"

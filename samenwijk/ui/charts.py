"""Charts as SVG made in Python, with a table and one sentence of text from the same data.

Three pictures: `interval` (a figure with its margin, and other areas beside it), `bars` (answers, votes with places)
and `stacked` (statements). They need no JavaScript, they print, and stand in a PDF: colours and letters are
attributes, and a class on each part lets the dark theme and the projector choose their own.
Sizes are in the chart's own units; `wide=True` draws for the projector instead of for a phone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from textwrap import wrap

from django.utils.formats import number_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

INK, INK_2, LINE, SAND, GRACHT, TINT = "#142b2e", "#47595b", "#d9d5cb", "#f1ebdf", "#0d4f57", "#d8ebec"
THEME_COLOURS = ["#2b62a8", "#9a3322", "#6d3b73", "#2f6f4f", "#0d4f57", "#7a5600", "#142b2e", "#a03a6b"]
ANSWERS = ["#0d4f57", "#9cc7ca", "#e4dccb", "#b9b3a6"]
HEADING, BODY = (
    "'Bricolage Grotesque', 'Bricolage Grotesque Variable', sans-serif",
    "Figtree, 'Figtree Variable', sans-serif",
)


@dataclass(frozen=True)
class Chart:
    """A picture, the same as a table (`columns`, `rows`), and the same in one sentence."""

    title: str
    svg: SafeString
    columns: list[str]
    rows: list[list[str]]
    sentence: str
    source: str = ""


@dataclass(frozen=True)
class Value:
    """A figure of one area: `low` and `high` are its 95% interval; `None` for what is not known."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Bar:
    """One answer or idea. `theme` is its index (colour), `place` its place in the result, `tied` shared with others."""

    label: str
    value: int
    theme: int | None = None
    theme_title: str = ""
    place: int | None = None
    tied: bool = False
    chosen: bool = True


@dataclass
class _Canvas:
    """Collects svg parts from top to bottom."""

    width: float
    parts: list[str] = field(default_factory=list)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        css: str = "ink",
        bold: bool = False,
        end: str = "start",
    ) -> None:
        fill = {"ink": INK, "ink-2": INK_2}.get(css, INK)
        face, weight = (HEADING, 700) if bold else (BODY, 500)
        self.parts.append(
            f'<text class="c-{css}" x="{x:g}" y="{y:g}" font-family="{face}" font-size="{size:g}" '
            f'font-weight="{weight}" fill="{fill}" text-anchor="{end}">{escape(words)}</text>'
        )

    def rect(self, x: float, y: float, w: float, h: float, fill: str, css: str, radius: float = 3) -> None:
        self.parts.append(
            f'<rect class="{css}" x="{x:.1f}" y="{y:.1f}" width="{max(w, 0):.1f}" height="{h:g}" rx="{radius:g}" fill="{fill}"/>'
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, stroke: str, css: str, width: float = 2) -> None:
        self.parts.append(
            f'<path class="{css}" d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{stroke}" stroke-width="{width:g}" fill="none"/>'
        )

    def drawn(self, height: float, title: str, description: str, css: str) -> SafeString:
        # Who cannot see it hears title and description; the table with the numbers follows below.
        return mark_safe(  # noqa: S308 - texts are escaped, the rest is numbers
            f'<svg class="chart__svg chart__svg--{css}" viewBox="0 0 {self.width:g} {height:g}" preserveAspectRatio="xMinYMin meet" role="img" '
            f'aria-label="{escape(f"{title}. {description}" if title else description)}">'
            f"<title>{escape(title)}</title><desc>{escape(description)}</desc>{''.join(self.parts)}</svg>"
        )


def number(value: float, decimals: int = 0, unit: str = "") -> str:
    """53.2, "%" -> "53,2%"; other units stand apart: "12,4 jaar"."""
    shown = number_format(value, decimals, use_l10n=True, force_grouping=True)
    if not unit:
        return shown
    return f"{shown}%" if unit == "%" else f"{shown} {unit}"


# A figure with its margin ---------------------------------------------------------------------------------------


def interval(
    title: str,
    values: Sequence[Value],
    *,
    unit: str = "%",
    decimals: int = 1,
    source: str = "",
    wide: bool = False,
) -> Chart:
    """The first value is what we talk about; the others stand beside it. Says higher, lower or alike, never good or bad."""
    sentence = _interval_sentence(values, unit, decimals)
    rows = [
        [
            value.label,
            "–" if value.value is None else number(value.value, decimals, unit),
            "–" if value.low is None or value.high is None else _margin(value, unit, decimals),
        ]
        for value in values
    ]
    svg = _interval_svg(title, values, unit, decimals, sentence, wide)
    return Chart(title, svg, [_("Gebied"), _("Cijfer"), _("Marge (95%)")], rows, sentence, source)


def _margin(value: Value, unit: str, decimals: int) -> str:
    assert value.low is not None and value.high is not None
    return _("%(low)s tot %(high)s") % {
        "low": number(value.low, decimals, unit),
        "high": number(value.high, decimals, unit),
    }


def _interval_sentence(values: Sequence[Value], unit: str, decimals: int) -> str:
    main = values[0]
    if main.value is None:
        return _("Van %(area)s is dit cijfer er niet.") % {"area": main.label}
    said = _("%(area)s: %(value)s") % {"area": main.label, "value": number(main.value, decimals, unit)}
    if main.low is not None and main.high is not None:
        said += _(", waarschijnlijk tussen %(low)s en %(high)s") % {
            "low": number(main.low, decimals, unit),
            "high": number(main.high, decimals, unit),
        }
    others = [_compared(main, other, unit, decimals) for other in values[1:] if other.value is not None]
    return said + "." + "".join(f" {sentence}" for sentence in others)


def _compared(main: Value, other: Value, unit: str, decimals: int) -> str:
    assert main.value is not None and other.value is not None
    shown = {"area": other.label, "value": number(other.value, decimals, unit)}
    low, high = main.low, main.high
    if low is None or high is None:
        return _("%(area)s: %(value)s.") % shown
    other_low = other.value if other.low is None else other.low
    other_high = other.value if other.high is None else other.high
    if low > other_high:
        return _("Dat is hoger dan %(area)s (%(value)s).") % shown
    if high < other_low:
        return _("Dat is lager dan %(area)s (%(value)s).") % shown
    return _("Dat verschilt niet duidelijk van %(area)s (%(value)s).") % shown


def _scale(values: Sequence[Value], unit: str) -> tuple[float, float]:
    known = [part for v in values for part in (v.value, v.low, v.high) if part is not None] or [0.0, 1.0]
    low, high = min(known), max(known)
    room = max((high - low) * 0.35, abs(high) * 0.04, 0.5)
    floor = max(0.0, low - room) if low >= 0 else low - room
    ceiling = min(100.0, high + room) if unit == "%" and high <= 100 else high + room
    return floor, ceiling


def _interval_svg(
    title: str, values: Sequence[Value], unit: str, decimals: int, sentence: str, wide: bool
) -> SafeString:
    width, row, size = (960, 92, 30) if wide else (360, 62, 15)
    canvas = _Canvas(width)
    floor, ceiling = _scale(values, unit)
    left, right = (8.0, width - 8.0) if not wide else (300.0, width - 150.0)

    def across(value: float) -> float:
        return left + (right - left) * (value - floor) / (ceiling - floor)

    for position, value in enumerate(values):
        main = position == 0
        top = position * row
        middle = top + (row / 2 if wide else 42)
        if wide:
            canvas.text(0, middle + size * 0.35, value.label, size if main else size * 0.86, bold=main)
        else:
            canvas.text(8, top + 20, value.label, size, bold=main)
        shown = "–" if value.value is None else number(value.value, decimals, unit)
        canvas.text(
            width - (0 if wide else 8),
            middle + size * 0.35 if wide else top + 20,
            shown,
            size * 1.15,
            bold=True,
            end="end",
        )
        canvas.rect(
            left,
            middle - (5 if wide else 3),
            right - left,
            10 if wide else 6,
            SAND,
            "c-sand",
            5 if wide else 3,
        )
        if value.low is not None and value.high is not None:
            thick = 12 if wide else 7
            canvas.rect(
                across(value.low),
                middle - thick / 2,
                across(value.high) - across(value.low),
                thick,
                "#8fb5b8" if main else "#c5c9c2",
                "c-range" if main else "c-range-2",
                thick / 2,
            )
        if value.value is not None:
            _mark(canvas, across(value.value), middle, 1.0 if wide else 0.55, main)
    height = len(values) * row
    return canvas.drawn(height, title, sentence, "wide" if wide else "narrow")


def _mark(canvas: _Canvas, x: float, y: float, scale: float, main: bool) -> None:
    # The figure itself is a dot, what stands beside it an upright line: shape tells them apart, not only colour.
    if main:
        canvas.parts.append(
            f'<circle class="c-main" cx="{x:.1f}" cy="{y:.1f}" r="{14 * scale:.1f}" fill="{GRACHT}" stroke="#fff" stroke-width="{3 * scale:.1f}"/>'
        )
    else:
        canvas.line(x, y - 18 * scale, x, y + 18 * scale, INK, "c-tick", 5 * scale)


# Answers and votes ----------------------------------------------------------------------------------------------


def bars(
    title: str,
    items: Sequence[Bar],
    *,
    unit: tuple[str, str] | None = None,
    source: str = "",
    wide: bool = False,
    sentence: str = "",
) -> Chart:
    """A bar per answer or idea. With places it is the result of a vote, and ties say "gelijk"."""
    one, many = unit or (_("stem"), _("stemmen"))
    placed = any(item.place is not None for item in items)
    columns = ([_("Plaats")] if placed else []) + [_("Keuze") if placed else _("Antwoord"), many.capitalize()]
    rows = []
    for item in items:
        label = f"{item.label} ({item.theme_title})" if item.theme_title else item.label
        rows.append(([_place(item)] if placed else []) + [label, str(item.value)])
    said = sentence or _bars_sentence(items, one, many)
    return Chart(title, _bars_svg(title, items, said, wide), columns, rows, said, source)


def _place(item: Bar) -> str:
    if item.place is None:
        return "–"
    return _("%(place)s (gelijk)") % {"place": item.place} if item.tied else str(item.place)


def _bars_sentence(items: Sequence[Bar], one: str, many: str) -> str:
    total = sum(item.value for item in items)
    if not total:
        return _("Er zijn nog geen %(many)s.") % {"many": many}
    most = max(item.value for item in items)
    first = [item.label for item in items if item.value == most]
    counted = ngettext("%(n)s van de %(total)s %(many)s", "%(n)s van de %(total)s %(many)s", most) % {
        "n": most,
        "total": total,
        "many": many if total != 1 else one,
    }
    if len(first) == 1:
        return _("Het meest gekozen: “%(label)s” met %(counted)s.") % {"label": first[0], "counted": counted}
    return _("Het meest gekozen, met elk evenveel: %(labels)s, ieder %(counted)s.") % {
        "labels": ", ".join(f"“{label}”" for label in first),
        "counted": counted,
    }


def _bars_svg(title: str, items: Sequence[Bar], sentence: str, wide: bool) -> SafeString:
    width, size, per_line = (960, 26, 52) if wide else (360, 15, 40)
    canvas = _Canvas(width)
    most = max([item.value for item in items] + [1])
    y = 0.0
    for item in items:
        y = _bar(canvas, item, y, width, size, per_line, most)
    return canvas.drawn(max(y, 1), title, sentence, "wide" if wide else "narrow")


def _bar(canvas: _Canvas, item: Bar, top: float, width: float, size: float, per_line: int, most: int) -> float:
    """Words above, bar below, number at the right; returns where the next one starts."""
    colour = GRACHT if item.theme is None else THEME_COLOURS[item.theme % len(THEME_COLOURS)]
    css = "c-bar" if item.theme is None else f"c-theme-{item.theme % len(THEME_COLOURS)}"
    start = f"{item.place}. " if item.place is not None else ""
    note = _("gelijk") if item.tied else ""
    lines = wrap(start + item.label, per_line) or [""]
    y = top + size * 1.15
    for words in lines:
        canvas.text(0, y, words, size, bold=True)
        y += size * 1.25
    if item.theme_title or note:
        about = " · ".join(part for part in (item.theme_title, note) if part)
        canvas.text(0, y - size * 0.1, about, size * 0.87, css="ink-2")
        y += size * 1.15
    thick, room = size * 0.8, size * 3
    length = (width - room) * item.value / most
    bar_top = y - size * 0.75
    canvas.rect(0, bar_top, width - room, thick, SAND, "c-sand", thick / 2)
    if item.value:
        canvas.rect(0, bar_top, max(length, thick), thick, colour, css, thick / 2)
    canvas.text(width, bar_top + thick * 0.95, str(item.value), size * 1.3, bold=True, end="end")
    return bar_top + thick + size * 1.1


# Statements -----------------------------------------------------------------------------------------------------


def stacked(
    title: str,
    statements: Sequence[tuple[str, Sequence[int]]],
    words: Sequence[str],
    *,
    source: str = "",
    wide: bool = False,
) -> Chart:
    """One bar of answers per statement, each part with its number; `words` name the answers, most agreeing first."""
    rows = [[label, *(str(count) for count in counts)] for label, counts in statements]
    said = " ".join(_statement_sentence(label, counts, words) for label, counts in statements)
    svg = _stacked_svg(title, statements, words, said, wide)
    return Chart(title, svg, [_("Uitspraak"), *words], rows, said, source)


def _statement_sentence(label: str, counts: Sequence[int], words: Sequence[str]) -> str:
    total = sum(counts)
    if not total:
        return _("“%(label)s”: nog geen antwoorden.") % {"label": label}
    return _("“%(label)s”: %(first)s van de %(total)s zeggen “%(word)s”.") % {
        "label": label,
        "first": counts[0],
        "total": total,
        "word": words[0],
    }


def _stacked_svg(
    title: str,
    statements: Sequence[tuple[str, Sequence[int]]],
    words: Sequence[str],
    sentence: str,
    wide: bool,
) -> SafeString:
    width, size, per_line = (960, 26, 56) if wide else (360, 15, 42)
    canvas = _Canvas(width)
    y = _legend(canvas, words, size)
    for label, counts in statements:
        y += size * 1.3
        for line in wrap(label, per_line) or [""]:
            canvas.text(0, y, line, size, bold=True)
            y += size * 1.25
        y = _parts(canvas, counts, y - size * 0.75, width, size) + size * 0.4
    return canvas.drawn(y, title, sentence, "wide" if wide else "narrow")


def _legend(canvas: _Canvas, words: Sequence[str], size: float) -> float:
    x, y, square = 0.0, size * 1.1, size * 0.85
    for position, word in enumerate(words):
        needed = square * 1.5 + len(word) * size * 0.56 + size
        if x and x + needed > canvas.width:
            x, y = 0.0, y + size * 1.5
        canvas.rect(x, y - square * 0.9, square, square, ANSWERS[position % 4], f"c-answer-{position % 4}", 3)
        canvas.text(x + square * 1.4, y, word, size * 0.9, css="ink-2")
        x += needed
    return y + size * 0.4


def _parts(canvas: _Canvas, counts: Sequence[int], top: float, width: float, size: float) -> float:
    total, x, thick = sum(counts), 0.0, size * 1.7
    if not total:
        canvas.rect(0, top, width, thick, SAND, "c-sand", 5)
        return top + thick
    for position, count in enumerate(counts):
        length = width * count / total
        if not count:
            continue
        canvas.rect(x, top, length - 2, thick, ANSWERS[position % 4], f"c-answer-{position % 4}", 5)
        if length > size * 1.4:
            fill = "#fff" if position == 0 else INK
            canvas.parts.append(
                f'<text class="c-on-answer-{position % 4}" x="{x + length / 2 - 1:.1f}" y="{top + thick * 0.68:.1f}" '
                f'font-family="{HEADING}" font-size="{size:g}" font-weight="700" fill="{fill}" text-anchor="middle">{count}</text>'
            )
        x += length
    return top + thick

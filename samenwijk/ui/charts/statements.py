"""How many agree with each statement: one bar of parts per statement."""

from collections.abc import Sequence
from textwrap import wrap

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samenwijk.ui.charts.canvas import INK, NARROW, SAND, WIDE, Canvas, Chart

ANSWERS = ["#0d4f57", "#9cc7ca", "#e4dccb", "#c9c2b3", "#f0b83c"]
ON_ANSWERS = ["#ffffff", INK, INK, INK, INK]
Statement = tuple[str, Sequence[int]]


def stacked(
    title: str, statements: Sequence[Statement], words: Sequence[str], *, source: str = "", wide: bool = False
) -> Chart:
    """A statement is its text and how many gave each answer; `words` name the answers, most agreeing first."""
    rows = [[label, *(str(count) for count in counts)] for label, counts in statements]
    said = " ".join(_sentence(label, counts, words) for label, counts in statements)
    return Chart(title, _drawing(title, statements, words, said, wide), [_("Uitspraak"), *words], rows, said, source)


def _sentence(label: str, counts: Sequence[int], words: Sequence[str]) -> str:
    total = sum(counts)
    if not total:
        return _("“%(label)s”: nog geen antwoorden.") % {"label": label}
    values = {"label": label, "first": counts[0], "total": total, "word": words[0]}
    return _("“%(label)s”: %(first)s van de %(total)s zeggen “%(word)s”.") % values


def _drawing(
    title: str, statements: Sequence[Statement], words: Sequence[str], sentence: str, wide: bool
) -> SafeString:
    size, per_line = (26.0, 58) if wide else (15.0, 35)
    canvas = Canvas(WIDE if wide else NARROW)
    y = _legend(canvas, words, size)
    for label, counts in statements:
        y += size * 1.35
        for line in wrap(label, per_line) or [""]:
            canvas.text(0, y, line, size, bold=True)
            y += size * 1.25
        y = _parts(canvas, counts, y - size * 0.75, size) + size * 0.35
    return canvas.drawn(y, title, sentence)


def _legend(canvas: Canvas, words: Sequence[str], size: float) -> float:
    x, y, square = 0.0, size * 1.1, size * 0.85
    for position, word in enumerate(words):
        needed = square * 1.4 + len(word) * size * 0.48 + size * 1.2
        if x and x + needed > canvas.width:
            x, y = 0.0, y + size * 1.5
        _part(canvas, position, x, y - square * 0.88, square, square)
        canvas.quiet(x + square * 1.4, y, word, size * 0.9)
        x += needed
    return y + size * 0.4


def _parts(canvas: Canvas, counts: Sequence[int], top: float, size: float) -> float:
    total, x, thick = sum(counts), 0.0, size * 1.7
    if not total:
        canvas.rect(0, top, canvas.width, thick, SAND, "c-sand", 5)
    for position, count in enumerate(counts):
        if not count:
            continue
        length = canvas.width * count / total
        _part(canvas, position, x, top, length - 2, thick)
        if length > size * 1.4:
            shade = position % len(ANSWERS)
            on = {"css": f"c-on-answer-{shade}", "fill": ON_ANSWERS[shade]}
            canvas.text(x + length / 2 - 1, top + thick * 0.68, str(count), size, bold=True, anchor="middle", **on)
        x += length
    return top + thick


def _part(canvas: Canvas, position: int, x: float, y: float, width: float, height: float) -> None:
    shade = position % len(ANSWERS)
    canvas.rect(x, y, width, height, ANSWERS[shade], f"c-answer-{shade}", 4)

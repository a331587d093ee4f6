"""What every chart is made of: the result that pages show, and a sheet to draw on from top to bottom."""

from dataclasses import dataclass, field

from django.utils.formats import number_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

INK, INK_2, SAND, GRACHT = "#142b2e", "#47595b", "#f1ebdf", "#0d4f57"
REST = "#b9b3a6"
WIDE, NARROW = 960.0, 300.0
LETTER = 0.56  # how wide a letter is at most on average, for one unit of size
HEADING = "'Bricolage Grotesque', 'Trebuchet MS', sans-serif"
BODY = "Figtree, 'Segoe UI', sans-serif"


@dataclass(frozen=True)
class Chart:
    """A picture, the same as a table (`columns`, `rows`), and the same in one sentence."""

    title: str
    svg: SafeString
    columns: list[str]
    rows: list[list[str]]
    sentence: str
    source: str = ""


@dataclass
class Canvas:
    """Collects parts of a drawing. Numbers are in the units of the drawing: it scales to where it stands."""

    width: float
    parts: list[str] = field(default_factory=list)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        css: str = "c-ink",
        fill: str = INK,
        bold: bool = False,
        anchor: str = "start",
    ) -> None:
        face, weight = (HEADING, 700) if bold else (BODY, 500)
        self.parts.append(
            f'<text class="{css}" x="{x:.1f}" y="{y:.1f}" font-family="{face}" font-size="{size:g}" '
            f'font-weight="{weight}" fill="{fill}" text-anchor="{anchor}">{escape(words)}</text>'
        )

    def quiet(self, x: float, y: float, words: str, size: float, anchor: str = "start") -> None:
        self.text(x, y, words, size, css="c-ink-2", fill=INK_2, anchor=anchor)

    def rect(self, x: float, y: float, width: float, height: float, fill: str, css: str, radius: float) -> None:
        self.parts.append(
            f'<rect class="{css}" x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height:g}" '
            f'rx="{radius:g}" fill="{fill}"/>'
        )

    def dot(self, x: float, y: float, radius: float) -> None:
        self.parts.append(
            f'<circle class="c-main" cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{GRACHT}" '
            f'stroke="#ffffff" stroke-width="{radius * 0.22:.1f}"/>'
        )

    def upright(self, x: float, y: float, length: float) -> None:
        top, bottom = y - length / 2, y + length / 2
        self.parts.append(
            f'<path class="c-tick" d="M{x:.1f} {top:.1f}V{bottom:.1f}" stroke="{INK}" '
            f'stroke-width="{length * 0.14:.1f}" fill="none"/>'
        )

    def drawn(self, height: float, title: str, description: str) -> SafeString:
        """Who cannot see the drawing hears title and sentence; the table with the numbers follows below it."""
        css = "wide" if self.width > 500 else "narrow"
        heard = f"{title}. {description}" if title else description
        return mark_safe(  # noqa: S308 - texts are escaped, the rest is numbers
            f'<svg class="chart__svg chart__svg--{css}" viewBox="0 0 {self.width:g} {height:.0f}" '
            f'preserveAspectRatio="xMinYMin meet" role="img" aria-label="{escape(heard)}">'
            f"<title>{escape(title)}</title><desc>{escape(description)}</desc>{''.join(self.parts)}</svg>"
        )


def shortened(words: str, width: float, size: float) -> str:
    """As much of the words as stands on one line of this width; the table of the chart has them whole."""
    room = int(width / (size * LETTER))
    return words if len(words) <= room else f"{words[: max(room - 1, 1)].rstrip()}…"


def number(value: float, decimals: int = 0, unit: str = "") -> str:
    """53.2, "%" -> "53,2%"; other units stand apart: "12,4 jaar"."""
    shown = number_format(value, decimals, use_l10n=True, force_grouping=True)
    if not unit:
        return shown
    return f"{shown}%" if unit == "%" else f"{shown} {unit}"

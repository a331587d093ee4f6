"""Small pictures made of nothing but numbers: the street of a wijk, theme shapes, icons, QR codes.

Colours stand in attributes, so that the pictures also print and stand in a PDF; the class lets the dark theme differ.
"""

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeVar

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

T = TypeVar("T")

# Brick and canal green are what most streets are made of; blue and aubergine are rare.
THEME_COLOURS = ["#22559a", "#942f1a", "#6d3b73", "#27613f", "#0d4f57", "#755000", "#142b2e", "#97335f"]
BRICKS = ["#b2432a", "#0d4f57", "#f0b83c", "#7a2a1b", "#2f6f4f", "#b2432a", "#0d4f57", "#7a2a1b", "#2b62a8", "#6d3b73"]
TINTS = ["gras", "lucht", "aubergine", "mosterd", "gracht", "baksteen"]
PANE = "#fff4df"
DARK_PANE = "#142b2e66"
DOOR = "#142b2e"

# Drawn in a box of 16 by 16, filled with the colour of the text around it.
SHAPES = [
    '<circle cx="8" cy="8" r="7"/>',
    '<rect x="1.5" y="1.5" width="13" height="13" rx="2"/>',
    '<path d="M8 1a7 7 0 0 1 7 7 7 7 0 0 1-7 7H1V8a7 7 0 0 1 7-7z"/>',
    '<path d="M8 1.2 15.4 14.6H.6z"/>',
    '<path d="M8 .4 15.6 8 8 15.6.4 8z"/>',
    '<path d="M4.2 1.4h7.6L15.6 8l-3.8 6.6H4.2L.4 8z"/>',
    '<path d="M5.5 1h5v4.5H15v5h-4.5V15h-5v-4.5H1v-5h4.5z"/>',
    '<path d="m8 .6 2.2 4.9 5.3.6-3.9 3.6 1 5.3L8 12.4 3.4 15l1-5.3L.5 6.1l5.3-.6z"/>',
]

ICONS = {
    "check": '<path d="m4 12.5 5.2 5.3L20 7"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "minus": '<path d="M5 12h14"/>',
    "cross": '<path d="m6 6 12 12M18 6 6 18"/>',
    "arrow": '<path d="M4 12h15M13 6l6 6-6 6"/>',
    "back": '<path d="M20 12H5M11 6l-6 6 6 6"/>',
    "up": '<path d="M12 20V5M6 11l6-6 6 6"/>',
    "down": '<path d="M12 4v15M6 13l6 6 6-6"/>',
    "phone": '<path d="M6 3h3.5l1.6 4.6-2.2 1.6a12 12 0 0 0 5.9 5.9l1.6-2.2 4.6 1.6V18a3 3 0 0 1-3.2 3A17 17 0 0 1 3 6.200A3 3 0 0 1 6 3z"/>',  # noqa: E501
    "mail": '<path d="M3 6h18v12H3zM3 7l9 6.500L21 7"/>',
    "print": '<path d="M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5.500l3.500 2"/>',
    "people": '<circle cx="9" cy="8" r="3.500"/><path d="M2.500 20c0-3.600 2.900-6 6.500-6s6.500 2.400 6.500 6M16 4.800a3.500 3.500 0 0 1 0 6.400M18.500 14.800c1.900.9 3 2.800 3 5.200"/>',  # noqa: E501
    "star": '<path d="m12 3 2.700 5.800 6.300.7-4.700 4.300 1.300 6.200L12 16.900 6.400 20l1.300-6.200L3 9.500l6.300-.7z"/>',  # noqa: E501
    "paper": '<path d="M6 3h8l4 4v14H6zM14 3v5h4M9 12h6M9 16h6"/>',
    "eye": '<path d="M2 12c2.500-4.300 6-6.500 10-6.500s7.500 2.200 10 6.500c-2.500 4.300-6 6.500-10 6.500S4.500 16.300 2 12z"/><circle cx="12" cy="12" r="3"/>',  # noqa: E501
    "hide": '<path d="M4 4l16 16M9.500 5.800A10.600 10.600 0 0 1 12 5.500c4 0 7.500 2.200 10 6.500a17 17 0 0 1-2.600 3.400M6 7.400A16 16 0 0 0 2 12c2.500 4.300 6 6.500 10 6.500 1.500 0 2.900-.3 4.200-.9"/>',  # noqa: E501
    "merge": '<path d="M6 3v4c0 3 6 3.500 6 7v7M18 3v4c0 3-6 3.500-6 7"/>',
    "undo": '<path d="M8 5 4 9l4 4M4 9h10a6 6 0 0 1 0 12H9"/>',
    "help": '<circle cx="12" cy="12" r="9"/><path d="M9.300 9.300c.3-1.600 1.400-2.300 2.800-2.300 1.600 0 2.700 1 2.700 2.400 0 2.100-2.800 2.300-2.800 4.300M12 17v.2"/>',  # noqa: E501
    "copy": '<path d="M9 9h11v11H9zM5 15H4V4h11v1"/>',
    "download": '<path d="M12 4v11M7 10.500l5 5 5-5M4 20h16"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7v.2"/>',
    "warn": '<path d="M12 3.500 22 20.500H2zM12 10v5M12 17.800v.2"/>',
}


def shape(number: int) -> SafeString:
    colour = THEME_COLOURS[number % len(THEME_COLOURS)]
    return mark_safe(  # noqa: S308 - constants of this file
        f'<svg class="shape" viewBox="0 0 16 16" width="14" height="14" fill="{colour}" '
        'aria-hidden="true" focusable="false">'
        f"{SHAPES[number % len(SHAPES)]}</svg>"
    )


def icon(name: str) -> SafeString:
    return mark_safe(  # noqa: S308 - constants of this file
        '<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" '
        'stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">'
        f"{ICONS[name]}</svg>"
    )


@lru_cache(maxsize=64)
def qr(text: str) -> SafeString:
    """A QR code with a quiet zone; one path, so about a kilobyte."""
    drawn = segno.make(text, error="m", micro=False).svg_inline(
        border=2, dark="#142b2e", light="#ffffff", omitsize=True, svgclass="qr-drawing", lineclass=None
    )
    return mark_safe(drawn.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))  # noqa: S308


def initials(name: str) -> str:
    """ "Mei Lin Chen" -> "MC"; somebody with one name keeps one letter; without a name a question mark."""
    words = [word for word in name.split() if word[0].isalpha()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def tint_of(name: str) -> str:
    return TINTS[hashlib.sha256(name.encode()).digest()[0] % len(TINTS)]


def dialled(phone: str) -> str:
    """ "071 - 512 34 56" -> "0715123456", for a tel: link."""
    return "".join(sign for sign in phone if sign.isdigit() or sign == "+")


class _Chance:
    """Numbers below a bound that are always the same for the same seed."""

    def __init__(self, seed: str) -> None:
        self.state = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big") or 1

    def below(self, bound: int) -> int:
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % bound

    def pick(self, values: Sequence[T]) -> T:
        return values[self.below(len(values))]


HEIGHT = 200


@lru_cache(maxsize=128)
def gables(seed: str, houses: int = 6) -> SafeString:
    chance = _Chance(seed)
    x, parts, colour, roof = 2, [], "", -1
    for _number in range(houses):
        colour = chance.pick([brick for brick in BRICKS if brick != colour])
        roof = chance.pick([other for other in range(6) if other != roof])
        width, height = 50 + chance.below(4) * 6, 94 + chance.below(6) * 9
        parts.append("".join(_house(chance, x, width, height, roof, colour)))
        x += width
    return format_html(
        '<svg class="gables" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}</svg>',
        x + 2,
        HEIGHT,
        mark_safe("".join(parts)),  # noqa: S308 - numbers and constants of this file
    )


def _house(chance: _Chance, x: int, width: int, height: int, roof: int, colour: str) -> Iterator[str]:
    top = HEIGHT - height
    yield f'<path fill="{colour}" d="{_outline(x, width, top, roof)}"/>'
    columns = 2 if width < 62 else 3
    pane_w, pane_h, gap = 10, 15, 8
    row_width = columns * pane_w + (columns - 1) * gap
    left = x + (width - row_width) / 2
    rows = (height - 40) // 26
    lit = PANE if colour != "#f0b83c" else "#fffaf0"
    for row in range(rows):
        for column in range(columns):
            pane = lit if chance.below(7) else DARK_PANE
            yield _rect(left + column * (pane_w + gap), top + 10 + row * 26, pane_w, pane_h, 1.5, pane)
    door_x = x + (width - 14) / 2 + (chance.below(3) - 1) * (width / 2 - 15)
    base = HEIGHT
    yield f'<path fill="{DOOR}" d="M{door_x:g} {base}v-25a7 7 0 0 1 14 0v25z"/>'


def _outline(x: int, width: int, top: int, roof: int) -> str:
    """Six Dutch gables: point, bell, steps, neck, spout and cornice."""
    right, middle, w = x + width, x + width / 2, width
    ground = f"M{x} {HEIGHT}V{top}"
    close = f"V{HEIGHT}z"
    if roof == 0:
        return f"{ground}L{middle:g} {top - 34}L{right} {top}{close}"
    if roof == 1:
        return (
            f"{ground}c{w * 0.16:g} 0 {w * 0.14:g} -14 {w * 0.2:g} -22c{w * 0.08:g} -11 {w * 0.52:g} -11 {w * 0.6:g} 0"
            f"c{w * 0.06:g} 8 {w * 0.04:g} 22 {w * 0.2:g} 22{close}"
        )
    if roof == 2:
        s = w / 8
        up = "".join(f"h{s:g}v-11" for _step in range(3))
        down = "".join(f"v11h{s:g}" for _step in range(3))
        return f"{ground}{up}h{s * 2:g}{down}{close}"
    if roof == 3:
        shoulder, neck, half = f"h{w * 0.22:g}", f"h{w * 0.12:g}", f"{w * 0.16:g}"
        return f"{ground}{shoulder}v-18{neck}l{half} -10l{half} 10{neck}v18{shoulder}{close}"
    if roof == 4:
        return f"{ground}l{w * 0.28:g} -24h{w * 0.44:g}l{w * 0.28:g} 24{close}"
    return f"{ground}v-9h-2v-5h{w + 4}v5h-2v9{close}"


def _rect(x: float, y: float, width: float, height: float, radius: float, fill: str) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{radius:g}" fill="{fill}"/>'

"""One cell as a source writes it: a whole number in units of its own decimals, or why there is none."""

import re
from decimal import Decimal

from samenwijk.figures.store.blocks import PROVISIONAL, Status

# What sources write where they have no figure. Empty is never zero.
MISSING = {"", ".", "..", "...", "-", "–", "na", "n/a", "n.b.", "nan", "null", "none", "-.", "*"}
# Only where the source says so itself.
SECRET = {"x", "geheim"}
# -99995, -99997 and the like: numbers that mean "no figure".
NO_FIGURE_FROM = Decimal(-99990)
MOST_DIGITS = 15
NOT_A_NUMBER = 0x7F

_PLAIN = re.compile(r"(-?)(\d+)(?:[.,](\d+))?(\*{0,2})")
_SCIENTIFIC = re.compile(r"(-?\d+(?:\.\d+)?[eE][+-]?\d{1,3})(\*{0,2})")

Parsed = tuple[int, int, int]  # mantissa, decimals, status


def parse(cell: str | None) -> Parsed:
    """`"  33,50"` is (335, 1, FIGURE): 335 tenths. Closing zeros behind the comma say nothing and go.

    A trailing `*` marks a provisional figure. What is no number gives the status NOT_A_NUMBER.
    """
    text = "" if cell is None else cell.strip()
    if found := _PLAIN.fullmatch(text):
        sign, whole, part, stars = found.groups()
        whole, part = whole.lstrip("0"), (part or "").rstrip("0")
        if Decimal(f"{sign}0{whole}.{part}0") <= NO_FIGURE_FROM:
            return 0, 0, Status.UNKNOWN
        if len(whole + part) > MOST_DIGITS:
            return 0, 0, NOT_A_NUMBER
        return int(f"{sign}0{whole}{part}"), len(part), Status.FIGURE | (PROVISIONAL if stars else 0)
    word = text.lower()
    if word in MISSING:
        return 0, 0, Status.UNKNOWN
    if word in SECRET:
        return 0, 0, Status.SECRET
    if found := _SCIENTIFIC.fullmatch(text):
        number, stars = found.groups()
        return parse(f"{Decimal(number):f}{stars}")
    return 0, 0, NOT_A_NUMBER


class Memory(dict[str | None, int]):
    """Cells that were seen before, by their place in the lists: a table repeats the same few thousand texts."""

    def __init__(self) -> None:
        super().__init__()
        self.mantissas: list[int] = []
        self.decimals: list[int] = []
        self.statuses: list[int] = []

    def __missing__(self, cell: str | None) -> int:
        mantissa, decimals, status = parse(cell)
        self.mantissas.append(mantissa)
        self.decimals.append(decimals)
        self.statuses.append(status)
        self[cell] = place = len(self.mantissas) - 1
        return place

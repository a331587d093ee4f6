"""The codes of statistical areas: what they look like, their level, and what lies in what."""

import re

_CODE = re.compile(r"(?:NL\d\d|GM\d{4}|WK\d{4}[0-9A-Z]{2}|BU\d{4}[0-9A-Z]{4})")
LEVELS = {"NL": "land", "GM": "gemeente", "WK": "wijk", "BU": "buurt"}


def is_code(text: str) -> bool:
    """A code of the country, a gemeente, a wijk or a buurt; the tail of a wijk or buurt may have letters."""
    return bool(_CODE.fullmatch(text))


def level_of(code: str) -> str:
    return LEVELS[code[:2]]


def gemeente_of(code: str) -> str:
    """The gemeente that a gemeente, wijk or buurt belongs to; "" for the country."""
    return "" if code.startswith("NL") else f"GM{code[2:6]}"


def parents(code: str) -> tuple[str, ...]:
    """The wijk and gemeente that an area lies in, by its own code: "BU05460801" gives "WK054608" and "GM0546"."""
    if code.startswith("BU"):
        return (f"WK{code[2:8]}", f"GM{code[2:6]}")
    return (f"GM{code[2:6]}",) if code.startswith("WK") else ()

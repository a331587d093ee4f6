"""Of which count a share is a share. A share whose denominator is not here is never combined over areas."""

from collections.abc import Iterable

# Computed by Samenwijk: 100 * part / whole, both counts of one area in one edition.
SHARES: dict[str, tuple[str, str]] = {
    "aandeel-0-15": ("inwoners-0-15", "inwoners"),
    "aandeel-65-plus": ("inwoners-65-plus", "inwoners"),
    "aandeel-een-persoon": ("huishoudens-een-persoon", "huishoudens"),
}
# Published as a share or an average: the indicator that counts what it is a share or average of.
DENOMINATORS: dict[str, str] = {}


def needed_for(indicators: Iterable[str]) -> set[str]:
    """These indicators and the counts without which they cannot be combined."""
    asked = set(indicators)
    for slug in tuple(asked):
        asked.update(SHARES.get(slug, ()))
        asked.update({DENOMINATORS[slug]} if slug in DENOMINATORS else ())
    return asked

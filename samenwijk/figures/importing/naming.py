"""One name for one thing: stable slugs for indicators, ages and periods, whatever the edition calls the column.

The number behind a column of the v3 service (`AantalInwoners_5`) changes every year; the title below its theme does
not. So a slug is made from the path of titles without the theme, unless it is one that we gave a name ourselves.
"""

import re
from collections.abc import Sequence

from django.utils.text import slugify

SLUG_LENGTH = 120
# The path without theme, as a slug -> our own slug. Several editions' titles of the same thing stand here together.
OURS = {
    "aantal-inwoners": "inwoners",
    "leeftijdsgroepen-0-tot-15-jaar": "inwoners-0-15",
    "leeftijdsgroepen-15-tot-25-jaar": "inwoners-15-25",
    "leeftijdsgroepen-25-tot-45-jaar": "inwoners-25-45",
    "leeftijdsgroepen-45-tot-65-jaar": "inwoners-45-65",
    "leeftijdsgroepen-65-jaar-of-ouder": "inwoners-65-plus",
    "particuliere-huishoudens-huishoudens-totaal": "huishoudens",
    "particuliere-huishoudens-eenpersoonshuishoudens": "huishoudens-een-persoon",
    "0-tot-15-jaar": "inwoners-0-15",
    "15-tot-25-jaar": "inwoners-15-25",
    "25-tot-45-jaar": "inwoners-25-45",
    "45-tot-65-jaar": "inwoners-45-65",
    "65-jaar-of-ouder": "inwoners-65-plus",
    "huishoudens-totaal": "huishoudens",
    "eenpersoonshuishoudens": "huishoudens-een-persoon",
    "overgewicht": "overgewicht",
    "ernstig-overgewicht": "ernstig-overgewicht",
    "ervaren-gezondheid-goed-zeer-goed": "gezondheid-goed",
    "een-of-meer-langdurige-aandoeningen": "langdurige-aandoening",
    "onder-en-overgewicht-overgewicht": "overgewicht",
    "mate-van-overgewicht-overgewicht": "overgewicht",
    "mate-van-overgewicht-ernstig-overgewicht": "ernstig-overgewicht",
    "ernstig-overgewicht-obesitas": "ernstig-overgewicht",
    "voldoet-aan-beweegrichtlijn": "genoeg-bewegen",
    "wekelijks-sporter": "wekelijks-sporten",
    "wekelijkse-sporters": "wekelijks-sporten",
    "wekelijkse-sporter": "wekelijks-sporten",
    "zwaar-belaste-mantelzorgers": "mantelzorger-zwaar-belast",
    "roker": "roken",
    "rokers": "roken",
    "overmatige-drinker": "te-veel-alcohol",
    "overmatig-drinker": "te-veel-alcohol",
    "gemiddelde-woningwaarde": "gemiddelde-woz-waarde-van-woningen",
    "netto-arbeidsparticipatie": "nettoarbeidsparticipatie",
    "gem-gestandaardiseerd-inkomen-van-huish": "gem-gestandaardiseerd-inkomen",
    "gem-gestandaardiseerd-inkomen-van-huishoudens": "gem-gestandaardiseerd-inkomen",
    "inkomen-van-huishoudens-gem-gestandaardiseerd-inkomen-van-huish": "gem-gestandaardiseerd-inkomen",
}
# Words that a key without titles runs together, and how they are written apart.
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=[A-Z])(?=[A-Z][a-z])")


def base_name(key: str) -> str:
    """`k_0Tot15Jaar_8` -> `0Tot15Jaar`: a v3 key without the prefix and the number that moves."""
    return re.sub(r"_\d+$", "", key).removeprefix("k_")


def words_of(key: str) -> str:
    """`ErvarenGezondheidGoedZeerGoed_4` -> "Ervaren gezondheid goed zeer goed", where a table has no titles."""
    return _CAMEL.sub(" ", base_name(key)).replace("_", " ").capitalize()


def split_path(column: str) -> tuple[list[str], str]:
    """`"Bevolking/Geslacht/Mannen (aantal)"` -> (["Bevolking", "Geslacht", "Mannen"], "aantal").

    A slash between brackets, or in front of a small letter, belongs to the title itself.
    """
    text = " ".join(column.split())
    unit = ""
    if text.endswith(")") and (start := _opening(text)) > 0:
        text, unit = text[:start].rstrip(), text[start + 1 : -1]
    parts, depth, last = [], 0, 0
    for at, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if character in "/|" and depth == 0 and not text[at + 1 : at + 2].islower():
            parts.append(text[last:at].strip())
            last = at + 1
    parts.append(text[last:].strip())
    return [part for part in parts if part], unit


def _opening(text: str) -> int:
    """Where the last bracket pair opens."""
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] == ")") - (text[at] == "(")
        if depth == 0:
            return at
    return -1


def indicator_slug(path: Sequence[str]) -> str:
    """The stable name of a column by the titles above it; the first of several is the theme and does not count."""
    below = path[1:] if len(path) > 1 else path
    plain = _slug(" ".join(below))[:SLUG_LENGTH].strip("-") or "onbekend"
    if plain in OURS:
        return OURS[plain]
    # The last title alone says enough, except for people of an age and for households: many columns are about these.
    last = OURS.get(_slug(path[-1]), plain)
    return plain if last.startswith(("inwoners", "huishoudens")) else last


def _slug(title: str) -> str:
    """`G+I Handel` is `g-i-handel` and `Personenauto's` is `personenautos`."""
    return slugify(re.sub("[/+]", " ", title).replace("'", ""))


def age_slug(label: str) -> str:
    """`18 jaar of ouder` -> `18-plus`, `18 tot 65 jaar` -> `18-65`, a total -> ``."""
    text = " ".join(label.lower().split())
    if not text or text.startswith("totaal"):
        return ""
    if found := re.search(r"(\d+) jaar (?:of|en) ouder", text):
        return f"{found[1]}-plus"
    if found := re.search(r"(\d+)(?: jaar)?\s*(?:tot|t/m|-)\s*(\d+) jaar", text):
        return f"{found[1]}-{found[2]}"
    return slugify(text)[:50]


def year_of(period: str) -> int | None:
    """`2022JJ00`, `2022` and `2022*` are a year; quarters and months are none."""
    found = re.fullmatch(r"((?:19|20)\d\d)(?:JJ00)?\s*\*{0,2}", period.strip())
    return int(found[1]) if found else None


MARGINS = {
    "MW00000": "value",
    "MOG0095": "low",
    "MBG0095": "high",
    "waarde": "value",
    "ondergrens 95%-interval": "low",
    "bovengrens 95%-interval": "high",
    "ondergrens 95% betrouwbaarheidsinterval": "low",
    "bovengrens 95% betrouwbaarheidsinterval": "high",
}
AGES = {"20300": "18-plus", "53115": "18-65", "80200": "65-plus", "10000": ""}


def margin_of(text: str) -> str | None:
    """ "value", "low" or "high", from the code or the label of a margin; None for what we do not know."""
    plain = text.strip()
    if plain in MARGINS:
        return MARGINS[plain]
    label = plain.lower()
    if label.startswith("ondergrens"):
        return "low"
    if label.startswith("bovengrens"):
        return "high"
    return MARGINS.get(label)

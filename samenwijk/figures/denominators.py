"""Of which count a share is a share. A share whose denominator is not here is never combined over areas."""

from collections.abc import Iterable

# Computed by Samenwijk: 100 * part / whole, both counts of one area in one edition.
SHARES: dict[str, tuple[str, str]] = {
    "aandeel-0-15": ("inwoners-0-15", "inwoners"),
    "aandeel-65-plus": ("inwoners-65-plus", "inwoners"),
    "aandeel-een-persoon": ("huishoudens-een-persoon", "huishoudens"),
}
# Published as a share or an average: the indicator that counts what it is a share or average of.
DENOMINATORS: dict[str, str] = {
    # Average number of people in a household, of all private households.
    "particuliere-huishoudens-gemiddelde-huishoudensgrootte": "huishoudens",
    # Average value and shares of all homes.
    "gemiddelde-woz-waarde-van-woningen": "woningvoorraad",
    "woningen-naar-type-percentage-eengezinswoning": "woningvoorraad",
    "woningen-naar-type-percentage-meergezinswoning": "woningvoorraad",
    "woningen-naar-bewoning-percentage-bewoond": "woningvoorraad",
    "woningen-naar-bewoning-percentage-onbewoond": "woningvoorraad",
    "woningen-naar-eigendom-koopwoningen": "woningvoorraad",
    "woningen-naar-eigendom-huurwoningen-huurwoningen-totaal": "woningvoorraad",
    "woningen-naar-bouwjaar-bouwjaar-voor-2000": "woningvoorraad",
    "woningen-naar-bouwjaar-bouwjaar-vanaf-2000": "woningvoorraad",
    # Average income of all people, and of all who have an income.
    "inkomen-van-personen-gemiddeld-inkomen-per-inwoner": "inwoners",
    "inkomen-van-personen-gemiddeld-inkomen-per-inkomensontvanger": "inkomen-van-personen-aantal-inkomensontvangers",
}


def needed_for(indicators: Iterable[str]) -> set[str]:
    """These indicators and the counts without which they cannot be combined."""
    asked = set(indicators)
    for slug in tuple(asked):
        asked.update(SHARES.get(slug, ()))
        asked.update({DENOMINATORS[slug]} if slug in DENOMINATORS else ())
    return asked

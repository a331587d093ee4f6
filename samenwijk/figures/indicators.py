"""The indicators that the product ships, in words for people in a wijk. Rows add unit and decimals."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ADULTS = _("Mensen van 18 jaar of ouder, volgens hun eigen antwoorden op een vragenlijst.")
AT_HOME = _("Mensen in een studentenhuis of zorginstelling tellen niet mee als huishouden.")


@dataclass(frozen=True)
class Words:
    """How an indicator is called on paper and screen, and what a reader should know before judging it."""

    title: str | Promise
    note: str | Promise = ""


INDICATORS: dict[str, Words] = {
    "inwoners": Words(_("Inwoners")),
    "inwoners-0-15": Words(_("Kinderen tot 15 jaar")),
    "inwoners-15-25": Words(_("Inwoners van 15 tot 25 jaar")),
    "inwoners-25-45": Words(_("Inwoners van 25 tot 45 jaar")),
    "inwoners-45-65": Words(_("Inwoners van 45 tot 65 jaar")),
    "inwoners-65-plus": Words(_("Inwoners van 65 jaar of ouder")),
    "aandeel-0-15": Words(_("Deel van de inwoners dat jonger is dan 15 jaar")),
    "aandeel-65-plus": Words(_("Deel van de inwoners van 65 jaar of ouder")),
    "huishoudens": Words(_("Huishoudens"), AT_HOME),
    "huishoudens-een-persoon": Words(_("Huishoudens van één persoon"), AT_HOME),
    "aandeel-een-persoon": Words(_("Deel van de huishoudens met één persoon"), AT_HOME),
    "gezondheid-goed": Words(_("Volwassenen die hun gezondheid goed of zeer goed noemen"), ADULTS),
    "langdurige-aandoening": Words(_("Volwassenen met een of meer langdurige ziekten"), ADULTS),
    "overgewicht": Words(_("Volwassenen met overgewicht"), ADULTS),
    "ernstig-overgewicht": Words(_("Volwassenen met ernstig overgewicht"), ADULTS),
    "genoeg-bewegen": Words(_("Volwassenen die genoeg bewegen volgens de richtlijn"), ADULTS),
    "wekelijks-sporten": Words(_("Volwassenen die elke week sporten"), ADULTS),
    "mantelzorger": Words(_("Volwassenen die mantelzorg geven"), ADULTS),
    "mantelzorger-zwaar-belast": Words(
        _("Mantelzorgers die zwaar belast zijn"), _("Deel van de mantelzorgers van 18 jaar of ouder.")
    ),
    "roken": Words(_("Volwassenen die roken"), ADULTS),
    "te-veel-alcohol": Words(_("Volwassenen die te veel alcohol drinken"), ADULTS),
}

# The theme of the vocabulary that a shipped indicator is about.
TOPICS = {
    "inwoners-65-plus": "kwetsbare_ouderen",
    "aandeel-65-plus": "kwetsbare_ouderen",
    "aandeel-0-15": "jeugd_en_opvoeding",
    "aandeel-een-persoon": "eenzaamheid",
    "langdurige-aandoening": "chronische_ziekten",
    "overgewicht": "overgewicht",
    "ernstig-overgewicht": "overgewicht",
    "genoeg-bewegen": "bewegen",
    "wekelijks-sporten": "bewegen",
    "mantelzorger": "mantelzorg",
    "mantelzorger-zwaar-belast": "mantelzorg",
    "roken": "roken",
    "te-veel-alcohol": "alcohol",
}


def note_of(slug: str) -> str:
    """What a reader should know before judging the indicator."""
    return str(INDICATORS[slug].note) if slug in INDICATORS else ""

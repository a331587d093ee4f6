"""What a wijk may work on: a shipped vocabulary, translated; a wijk may add its own themes beside it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TOPICS: dict[str, Promise] = {
    "eenzaamheid": _("Eenzaamheid"),
    "overgewicht": _("Overgewicht"),
    "psychische_gezondheid": _("Psychische gezondheid"),
    "mantelzorg": _("Mantelzorg"),
    "preventie_diabetes": _("Diabetes voorkomen"),
    "migratie_en_gezondheid": _("Migratie en gezondheid"),
    "armoede_en_schulden": _("Armoede en schulden"),
    "verslaving": _("Verslaving"),
    "dagbesteding": _("Dagbesteding"),
    "zelfverwaarlozing": _("Zelfverwaarlozing"),
    "laaggeletterdheid": _("Moeite met lezen en schrijven"),
    "bewegen": _("Bewegen"),
    "roken": _("Roken"),
    "alcohol": _("Alcohol"),
    "gezonde_voeding": _("Gezonde voeding"),
    "kwetsbare_ouderen": _("Kwetsbare ouderen"),
    "dementie": _("Dementie"),
    "valpreventie": _("Vallen voorkomen"),
    "polyfarmacie": _("Veel medicijnen tegelijk"),
    "chronische_ziekten": _("Chronische ziekten"),
    "jeugd_en_opvoeding": _("Jeugd en opvoeding"),
    "kansrijke_start": _("Kansrijke start"),
    "stress_en_burnout": _("Stress en burn-out"),
    "slaap": _("Slaap"),
    "wonen_en_leefomgeving": _("Wonen en leefomgeving"),
    "groen_en_ontmoeten": _("Groen en ontmoeten"),
    "veiligheid_thuis": _("Veiligheid thuis"),
    "positieve_gezondheid": _("Positieve gezondheid"),
}


def topic_title(slug: str) -> str:
    """The word in the reader's language; an unknown slug is shown as it is, for it may be a wijk's own."""
    return str(TOPICS.get(slug, slug))

"""The professions and roles that people in a wijk name themselves by; residents come first in every list."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GROUPS: dict[str, tuple[Promise, dict[str, Promise]]] = {
    "bewoners": (
        _("Bewoners"),
        {
            "bewoner": _("bewoner"),
            "ervaringsdeskundige": _("ervaringsdeskundige"),
            "mantelzorger": _("mantelzorger"),
            "vrijwilliger": _("vrijwilliger"),
            "bewonersorganisatie": _("bewonersorganisatie, wijkraad"),
        },
    ),
    "eerste_lijn": (
        _("Huisarts, apotheek, thuiszorg, behandelaars"),
        {
            "huisarts": _("huisarts"),
            "praktijkmanager": _("praktijkmanager"),
            "poh_s": _("praktijkondersteuner, chronische zorg"),
            "poh_ggz": _("praktijkondersteuner, psychische klachten"),
            "poh_ouderen": _("praktijkondersteuner, ouderen"),
            "poh_jeugd": _("praktijkondersteuner, jeugd"),
            "doktersassistent": _("doktersassistent"),
            "vs_pa": _("verpleegkundig specialist, physician assistant"),
            "wijkverpleegkundige": _("wijkverpleegkundige"),
            "verzorgende": _("verzorgende"),
            "fysiotherapeut": _("fysiotherapeut"),
            "oefentherapeut": _("oefentherapeut"),
            "ergotherapeut": _("ergotherapeut"),
            "logopedist": _("logopedist"),
            "dietist": _("diëtist"),
            "podotherapeut": _("podotherapeut"),
            "apotheker": _("apotheker"),
            "apothekersassistent": _("apothekersassistent"),
            "verloskundige": _("verloskundige"),
            "kraamverzorgende": _("kraamverzorgende"),
            "psycholoog": _("psycholoog"),
            "mondzorg": _("tandarts, mondhygiënist"),
            "so": _("specialist ouderengeneeskunde"),
            "casemanager_dementie": _("casemanager dementie"),
            "leefstijlcoach": _("leefstijlcoach"),
        },
    ),
    "publieke_gezondheid": (
        _("Publieke gezondheid, psychische zorg, gehandicaptenzorg"),
        {
            "gezondheidsmakelaar": _("gezondheidsmakelaar"),
            "ggd_adviseur": _("adviseur van de GGD"),
            "epidemioloog": _("epidemioloog"),
            "jeugdarts": _("jeugdarts"),
            "jeugdverpleegkundige": _("jeugdverpleegkundige"),
            "ggz": _("professional in de psychische zorg"),
            "verslavingszorg": _("professional in de verslavingszorg"),
            "gehandicaptenzorg": _("professional in de gehandicaptenzorg"),
        },
    ),
    "sociaal_domein": (
        _("Welzijn en sociaal werk"),
        {
            "wijkteam": _("medewerker sociaal wijkteam"),
            "maatschappelijk_werker": _("maatschappelijk werker"),
            "wmo_consulent": _("consulent Wmo"),
            "jeugdwerker": _("jeugd- en gezinswerker"),
            "opbouwwerker": _("opbouwwerker"),
            "welzijnscoach": _("welzijnscoach"),
            "buurtsportcoach": _("buurtsportcoach"),
            "mantelzorgconsulent": _("mantelzorgconsulent"),
            "ouderenadviseur": _("ouderenadviseur"),
            "clientondersteuner": _("onafhankelijk ondersteuner"),
            "schuldhulp": _("schuldhulpverlener"),
            "sociaal_raadslieden": _("sociaal raadslid"),
            "jongerenwerker": _("jongerenwerker"),
            "vrijwilligerscoordinator": _("coördinator vrijwilligers"),
            "taalhuis": _("bibliotheek, taalhuis"),
            "informatiepunt": _("medewerker informatiepunt"),
            "buurtcoach": _("buurtcoach"),
        },
    ),
    "wonen_school_veiligheid": (
        _("Wonen, school, veiligheid"),
        {
            "woonconsulent": _("woonconsulent"),
            "wijkagent": _("wijkagent"),
            "wijkregisseur": _("wijkregisseur"),
            "onderwijs": _("school"),
            "kinderopvang": _("kinderopvang"),
        },
    ),
    "ondersteuning": (
        _("Ondersteuning en bestuur"),
        {
            "ros_adviseur": _("regioadviseur"),
            "wijkcoordinator": _("wijkcoördinator"),
            "zorggroep": _("bestuurder zorggroep"),
            "beleid_gemeente": _("beleidsmedewerker gemeente"),
            "zorgverzekeraar": _("zorgverzekeraar"),
            "onderzoek_onderwijs": _("docent of onderzoeker"),
            "student": _("student"),
            "anders": _("anders"),
        },
    ),
}

DISCIPLINES: dict[str, Promise] = {
    slug: title for _group, disciplines in GROUPS.values() for slug, title in disciplines.items()
}

RESIDENTS: frozenset[str] = frozenset(GROUPS["bewoners"][1])

REQUIRED_ROLES: dict[str, tuple[Promise, frozenset[str]]] = {
    "huisarts": (_("huisarts"), frozenset({"huisarts"})),
    "wijkverpleegkundige": (_("wijkverpleegkundige"), frozenset({"wijkverpleegkundige"})),
    "gezondheidsmakelaar": (_("gezondheidsmakelaar"), frozenset({"gezondheidsmakelaar"})),
    "sociaal_professional": (
        _("sociaal professional"),
        frozenset(GROUPS["sociaal_domein"][1]) - {"taalhuis"},
    ),
}
"""Without these a session is incomplete: the product warns and never blocks."""


def discipline_title(slug: str) -> str:
    return str(DISCIPLINES.get(slug, slug))


def discipline_choices() -> Iterator[tuple[Promise, list[tuple[str, Promise]]]]:
    """For a select with groups; callable, so that each form shows the reader's language."""
    for title, disciplines in GROUPS.values():
        yield title, list(disciplines.items())


def missing_roles(disciplines: set[str]) -> list[Promise]:
    """The titles of the required roles that nobody among these disciplines fills."""
    return [title for title, fitting in REQUIRED_ROLES.values() if not fitting & disciplines]

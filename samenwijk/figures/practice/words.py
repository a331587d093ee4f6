"""The problems that GPs record most, in words for people in a wijk, and how ages and sexes are written."""

import re

from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# ICPC-1 codes of the Dutch GPs' classification; one entry may hold several codes.
PROBLEMS: dict[str, str | Promise] = {
    "T90": gettext_lazy("Suikerziekte (diabetes)"),
    "K86": gettext_lazy("Hoge bloeddruk"),
    "K87": gettext_lazy("Hoge bloeddruk met schade aan organen"),
    "K74": gettext_lazy("Pijn op de borst door vernauwde bloedvaten"),
    "K75": gettext_lazy("Hartaanval (acuut)"),
    "K76": gettext_lazy("Ziekte van de kransslagaders"),
    "K77": gettext_lazy("Hartfalen"),
    "K90": gettext_lazy("Beroerte"),
    "R95": gettext_lazy("COPD (longziekte)"),
    "R96": gettext_lazy("Astma"),
    "P70": gettext_lazy("Dementie"),
    "P74": gettext_lazy("Angststoornis"),
    "P76": gettext_lazy("Depressie"),
    "P15": gettext_lazy("Te veel alcohol (langdurig)"),
    "P17": gettext_lazy("Roken (volgens de huisarts)"),
    "T82": gettext_lazy("Ernstig overgewicht (volgens de huisarts)"),
    "T83": gettext_lazy("Overgewicht (volgens de huisarts)"),
    "L89": gettext_lazy("Versleten heup (artrose)"),
    "L90": gettext_lazy("Versleten knie (artrose)"),
    "L91": gettext_lazy("Andere artrose"),
    "Z01": gettext_lazy("Armoede of geldzorgen (volgens de huisarts)"),
    "Z04": gettext_lazy("Problemen door eenzaamheid of sociale omstandigheden"),
}
# In the published wijkprofielen of ELAN: who got the diagnosis in that year.
OF_ELAN: dict[str, str | Promise] = {
    "elan-eenzaamheid": gettext_lazy("Eenzaamheid, vastgesteld in dat jaar"),
    "elan-ernstig-overgewicht": gettext_lazy("Ernstig overgewicht, vastgesteld in dat jaar"),
    "elan-alcohol": gettext_lazy("Verslaving aan alcohol, vastgesteld in dat jaar"),
}
# What a wijk may be working on when a problem is about it.
TOPICS_OF = {
    "T90": "preventie_diabetes",
    "P70": "dementie",
    "P74": "psychische_gezondheid",
    "P76": "psychische_gezondheid",
    "P15": "alcohol",
    "P17": "roken",
    "T82": "overgewicht",
    "T83": "overgewicht",
    "Z01": "armoede_en_schulden",
    "Z04": "eenzaamheid",
    "elan-eenzaamheid": "eenzaamheid",
    "elan-ernstig-overgewicht": "overgewicht",
    "elan-alcohol": "alcohol",
}
OF_PRACTICES = "huisarts-"
"""Before the problem, in the name under which a profile and a meeting know a figure of practices."""
ICPC = re.compile(r"[A-Z]\d{2}(?:\.\d{2})?")
ALL = {"", "totaal", "alle", "allen", "alle leeftijden", "total", "all", "t"}
WOMEN = {"v", "vrouw", "vrouwen", "f", "female", "w", "women"}
MEN = {"m", "man", "mannen", "male", "men"}


def slug_of(icpc: str, title: str) -> str:
    """The key of a problem, the same in every practice: its ICPC code, else its description."""
    return f"icpc-{icpc.lower().replace('.', '-')}" if icpc else slugify(title)[:60]


def title_of(slug: str, given: str) -> str:
    """Our own words where we have them, else those of the file."""
    code = slug.removeprefix("icpc-").upper() if slug.startswith("icpc-") else ""
    ours = PROBLEMS | OF_ELAN
    return str(ours[code or slug]) if (code or slug) in ours else given


def topic_of(slug: str) -> str:
    """What of the shipped vocabulary this problem is about; empty when it is none of these."""
    return TOPICS_OF.get(slug.removeprefix("icpc-").upper() if slug.startswith("icpc-") else slug, "")


def sex_title(sex: str) -> str:
    return {"v": _("vrouwen"), "m": _("mannen")}.get(sex, _("iedereen"))


def age_title(age_group: str) -> str:
    if not age_group:
        return _("alle leeftijden")
    low, high = bounds(age_group)
    if high is None:
        return _("%(low)s jaar of ouder") % {"low": low}
    return _("%(low)s tot en met %(high)s jaar") % {"low": low, "high": high}


def age_of(text: str) -> str | None:
    """`0-14`, `75+` or "" for all ages, from the ways in which people write it; None when it is none of these."""
    folded = re.sub(r"\s*(jaar|jr|j|years)\b\.?|\s", "", text.casefold().replace("t/m", "-").replace("tot en met", "-"))
    if text.casefold().strip() in ALL or folded in ALL:
        return ""
    if found := re.fullmatch(r"(\d{1,3})[-–](\d{1,3})", folded):
        low, high = int(found[1]), int(found[2])
        return f"{low}-{high}" if low <= high <= 120 else None
    if found := re.fullmatch(r"(?:>=?|≥)?(\d{1,3})(?:\+|enouder|ofouder|e\.o\.)?", folded):
        low = int(found[1])
        is_open = not folded.isdigit()
        return (f"{low + folded.startswith('>') * (folded[1:2] != '=')}+" if is_open else None) if low <= 120 else None
    return None


def sex_of(text: str) -> str | None:
    folded = text.casefold().strip()
    if folded in ALL - {"t"}:
        return ""
    return "v" if folded in WOMEN else "m" if folded in MEN else None


def bounds(age_group: str) -> tuple[int, int | None]:
    """The first and the last year of an age group; None where it has no end."""
    if age_group.endswith("+"):
        return int(age_group[:-1]), None
    low, high = age_group.split("-")
    return int(low), int(high)

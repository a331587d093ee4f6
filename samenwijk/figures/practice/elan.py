"""The published wijkprofielen of ELAN (LUMC, Leiden - Den Haag): GP figures per wijk and year, by the same mapping.

Counts come rounded to 5, and 11 stands for "10 or fewer". Only a few problems are read: the columns about origin,
income, opioids and the like are never looked at. Years in which fewer than half of the residents have GP data are
passed over.
"""

import hashlib
import uuid
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from samenwijk.figures.models import Delivery
from samenwijk.figures.practice import words
from samenwijk.figures.practice.files import Refused, read
from samenwijk.figures.practice.mapping import Columns, plain, rows_of
from samenwijk.figures.practice.protecting import protected
from samenwijk.places.models import Wijk

PUBLISHER = "ELAN wijkprofielen, LUMC Health Campus Den Haag"
LICENCE = "MIT (c) 2023 elan-dcc"
MEASURES = {
    "elan-eenzaamheid": "Loneliness_ICPC_1",
    "elan-ernstig-overgewicht": "Obesitas_ICPC_1",
    "elan-alcohol": "Alcohol_Dependency_ICPC_1",
}
TEN_OR_FEWER = 11


def take_in(path: Path, wijk: Wijk) -> list[Delivery]:
    """Each year of the wijk as a public delivery, of the problems that the file has.

    The same file again changes nothing. Raises ``Refused``.
    """
    try:
        content = path.read_bytes()
    except OSError:
        raise Refused(_("Dit bestand is er niet, of we mogen het niet lezen.")) from None
    sheet = read(content)
    known = {plain(heading): place for place, heading in enumerate(sheet.headings)}
    measures = {slug: name for slug, name in MEASURES.items() if plain(name) in known} or MEASURES
    asked = ("wc", "YEAR", "Total_ICPCPat_Pop", "Total_All_Pop", *measures.values())
    if missing := [name for name in asked if plain(name) not in known]:
        raise Refused(_("In dit bestand ontbreekt de kolom %(name)s.") % {"name": missing[0]})
    columns = Columns(
        {"period": known["year"], "registered": known[plain("Total_ICPCPat_Pop")]},
        measures={(slug, str(words.OF_ELAN[slug])): known[plain(name)] for slug, name in measures.items()},
        only=(known["wc"], _number_of(wijk)),
        at_most=TEN_OR_FEWER,
        at_least=known[plain("Total_All_Pop")],
    )
    years = protected(rows_of(sheet, columns))
    key = uuid.UUID(bytes=hashlib.sha256(content).digest()[:16])
    with transaction.atomic():
        made = [
            Delivery.deliver(year, practice=None, wijk=wijk, key=key, publisher=PUBLISHER, licence=LICENCE)
            for year in years
        ]
        for delivery in made:
            if not delivery.is_approved:
                delivery.approve(visibility=Delivery.Visibility.PUBLIC)
    return made


def _number_of(wijk: Wijk) -> str:
    """`WK054608` is 54608 there. ELAN has whole wijken only."""
    codes = [area.code for area in wijk.areas.all()]
    if len(codes) != 1 or not codes[0].startswith("WK"):
        raise Refused(_("ELAN heeft cijfers van hele CBS-wijken. Deze wijk is geen CBS-wijk."))
    return f"{int(codes[0][2:6])}{codes[0][6:8]}"

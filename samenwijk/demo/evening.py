"""The prepared evenings of the demo: today in the Merenwijk, next week in Nijmegen-Midden."""

import datetime
from typing import Any

from django.utils import timezone, translation

from samenwijk.meetings.models import Meeting
from samenwijk.meetings.scripts import SHIPPED
from samenwijk.meetings.themes import put_on_the_table
from samenwijk.places.models import Wijk

SCRIPT = "samenwerksessie-120"
STARTS = datetime.time(17, 30)
INDICATORS = ["inwoners", "aandeel-65-plus", "aandeel-een-persoon", "overgewicht", "mantelzorger"]

# Title, word of the vocabulary, and the figure that goes with it where there is one.
THEMES = (
    ("Eenzaamheid", "eenzaamheid", "aandeel-een-persoon"),
    ("Overgewicht", "overgewicht", "overgewicht"),
    ("Psychische gezondheid", "psychische_gezondheid", ""),
    ("Mantelzorg", "mantelzorg", "mantelzorger"),
    ("Armoede en schulden", "armoede_en_schulden", ""),
    ("Bewegen", "bewegen", "genoeg-bewegen"),
    ("Kwetsbare ouderen", "kwetsbare_ouderen", "aandeel-65-plus"),
    ("Jeugd en opvoeding", "jeugd_en_opvoeding", "aandeel-0-15"),
)


def prepare(wijk: Wijk) -> Meeting:
    """This evening, ready to be joined; nobody has come in yet."""
    meeting = planned(
        wijk, "Samenwerksessie Merenwijk", day=timezone.localdate(), place="Buurthuis De Zeven Gevels", tables=6
    )
    for title, topic, figure in THEMES:
        put_on_the_table(meeting, title, topic=topic, figure=figure)
    return meeting


def prepare_other(wijk: Wijk) -> Meeting:
    """An evening in another wijk, of which nobody in the Merenwijk may see anything."""
    day = timezone.localdate() + datetime.timedelta(days=7)
    meeting = planned(wijk, "Samenwerksessie Nijmegen-Midden", day=day, place="Wijkzaal De Linden", tables=3)
    for title, topic, figure in THEMES[:4]:
        put_on_the_table(meeting, title, topic=topic, figure=figure)
    return meeting


def planned(wijk: Wijk, title: str, *, day: datetime.date, place: str, tables: int) -> Meeting:
    starts_at = timezone.make_aware(datetime.datetime.combine(day, STARTS))
    return Meeting.plan(wijk=wijk, title=title, starts_at=starts_at, place=place, tables=tables, script=script())


def script() -> list[dict[str, Any]]:
    """The shipped evening of two hours in Dutch, with the figures that are at hand for these wijken."""
    with translation.override("nl"):
        steps = SHIPPED[SCRIPT].steps()
    for step in steps:
        if step["kind"] == "figures":
            step["settings"] = {**step["settings"], "indicators": INDICATORS}
    return steps

"""The samenwerksessie: figures, themes, a dream and how to make it true, plans, in two, three or four hours."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from samenwijk.meetings.scripts.base import Script, part


def two_hours() -> list[dict[str, Any]]:
    return [
        part("welcome", 10),
        part("meet", 15),
        part("figures", 20),
        part("themes", 5),
        part("group", 20),
        part("break", 10),
        part("vote", 5),
        part("plan", 15),
        part("share", 10),
        part("close", 10),
    ]


def asking_everybody(minutes: int) -> dict[str, Any]:
    return part("welcome", minutes, asks=True, question=_("Waarom ben jij hier vanavond?"))


def dreaming(minutes: int) -> dict[str, Any]:
    """A round for the dream alone; the ideas have a round of their own later."""
    question = _("Wat is onze droom voor de wijk?")
    return part("group", minutes, title=_("Dromen"), question=question, talk=12, asks_ideas=False)


def finding_ideas(minutes: int) -> dict[str, Any]:
    return part("group", minutes, title=_("Ideeën"), question=_("Hoe maken we die droom waar?"), asks_dream=False)


def three_hours() -> list[dict[str, Any]]:
    return [
        asking_everybody(15),
        part("meet", 20),
        part("figures", 25),
        part("themes", 10),
        dreaming(30),
        part("break", 15),
        finding_ideas(25),
        part("vote", 10),
        part("plan", 15),
        part("share", 10),
        part("close", 5),
    ]


def four_hours() -> list[dict[str, Any]]:
    return [
        asking_everybody(20),
        part("meet", 25),
        part("figures", 30),
        part("themes", 10),
        dreaming(30),
        part("break", 40, title=_("Samen eten")),
        finding_ideas(25),
        part("break", 10),
        part("vote", 10),
        part("plan", 20),
        part("share", 10),
        part("close", 10),
    ]


PREPARATION = (
    _("Bel de vier rollen: huisarts, wijkverpleegkundige, gezondheidsmakelaar en iemand uit het sociaal domein."),
    _("Nodig bewoners persoonlijk uit. Vraag of iemand hen ophaalt."),
    _("Kies de cijfers voor het scherm, en lees ze na met iemand van de GGD."),
    _("Kies een zaal met tafels, een groot scherm en wifi. Probeer het scherm in de zaal uit."),
    _("Print de poster, de tafelvellen en de tafelbordjes. Leg stiften en stickers klaar."),
    _("Vraag iemand om de opvolging te dragen, en prik alvast een datum voor de volgende keer."),
)

SESSIONS = (
    Script(
        "samenwerksessie-120",
        _("Samenwerksessie, 2 uur"),
        _("Kennismaken, cijfers, dromen, kiezen en afspreken op één avond."),
        two_hours,
        PREPARATION,
    ),
    Script(
        "samenwerksessie-180",
        _("Samenwerksessie, 3 uur"),
        _("Met een ronde om te dromen en een ronde voor ideeën."),
        three_hours,
        PREPARATION,
    ),
    Script(
        "samenwerksessie-240",
        _("Samenwerksessie, 4 uur"),
        _("Een dagdeel, met samen eten halverwege."),
        four_hours,
        PREPARATION,
    ),
)

"""Other ways of working: round table, wijk network, board, role play, learning network, route cards, garden round."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from samenwijk.meetings.kinds.tips import TIP_GROUPS
from samenwijk.meetings.scripts.base import Script, part

Steps = list[dict[str, Any]]


def round_table() -> Steps:
    return [
        part("welcome", 10, title=_("Welkom en spreker"), question=_("Waarom zit je hier vanavond?"), asks=True),
        part("scale", 5, title=_("Vanzelf of moeten? Vooraf")),
        part("round", 15, title=_("Waarom"), question=_("Waarom werken wij samen in de wijk?"), talk=8),
        part("round", 15, title=_("Welke rol"), question=_("Welke rol past bij jou in de wijk?"), talk=8, choices=True),
        part("round", 15, title=_("Met wie en waarom"), question=_("Met wie wil jij samenwerken? Waarom?"), talk=8),
        part("break", 10),
        part(
            "round",
            15,
            title=_("Wat leerden we"),
            question=_("Wat leerde jij van samenwerken? Welke keuze maakte je?"),
            talk=8,
            choices=True,
        ),
        part("proposals", 15, title=_("Vervolg")),
        part("scale", 5, title=_("Vanzelf of moeten? Achteraf")),
        part("close", 10),
    ]


def wijk_network() -> Steps:
    return [
        part("welcome", 10),
        part("meet", 15),
        part("offers", 25),
        part("group", 20, title=_("Ideeën"), question=_("Welke ideeën helpen bij dit thema?"), asks_dream=False),
        part("break", 10),
        part("vote", 10, title=_("Top 3 per thema")),
        part("plan", 15, question=_("Wie werkt dit uit, en wanneer is de eerste stap klaar?")),
        part("share", 10),
        part("close", 5),
    ]


def board_session() -> Steps:
    return [
        part("welcome", 5, question=_("Waarom zitten wij in dit bestuur?")),
        part("promises", 10),
        part("round", 15, title=_("Visie"), question=_("Wat willen we over vijf jaar zien in de wijk?"), talk=10),
        part("round", 15, title=_("Missie"), question=_("Wat doen wij daarvoor, en wat niet?"), talk=10),
        part("investments", 15, title=_("Taken"), question=_("Wie doet wat, en met hoeveel tijd?")),
        part("group", 20, title=_("Speerpunten"), question=_("Op welke punten zetten we in?"), asks_dream=False),
        part("vote", 5, title=_("Speerpunten kiezen")),
        part("plan", 20, title=_("Volgende stappen")),
        part("close", 5),
    ]


def kitchen_table() -> Steps:
    return [
        part("welcome", 10, question=_("Wie zit er aan jouw tafel?")),
        part("boundaries", 10),
        part("kitchen", 25, talk=25),
        part("round", 15, title=_("Nagesprek"), question=_("Praat met de ambassadeur. Wat hielp?"), talk=12),
        part("break", 10),
        part("reflection", 15),
        part("tips", 20),
        part("vote", 5, title=_("De beste tips"), question=_("Welke tips zijn de beste?")),
        part("begin", 5),
        part("close", 5),
    ]


def learning_network() -> Steps:
    return [
        part("welcome", 5),
        part("promises", 15),
        part("meet", 10),
        part("themes", 10, question=_("Op welke onderwerpen kunnen we samen beter worden?")),
        part("round", 15, title=_("Waar kan het anders"), question=_("Waar is verandering mogelijk?"), talk=8),
        part("group", 20, title=_("Stappen"), question=_("Welke stappen zetten we?"), asks_dream=False),
        part("break", 10),
        part("vote", 5, title=_("Welke stap eerst?")),
        part("plan", 15),
        part("investments", 10),
        part("close", 5),
    ]


def whom_to_call() -> Steps:
    return [
        part("welcome", 5),
        part("meet", 15),
        part("routes", 30),
        part("round", 10, title=_("Wat missen we"), question=_("Voor welke vraag weet niemand een nummer?"), talk=5),
        part("close", 10),
    ]


def garden_round() -> Steps:
    return [
        part("welcome", 5),
        part("meet", 10),
        part("garden_round", 45),
        part("round", 10, title=_("Wat nemen we over"), question=_("Wat neemt jullie tafel over?"), talk=5),
        part("close", 10),
    ]


ROOM = _("Kies een zaal met tafels, een groot scherm en wifi. Probeer het scherm in de zaal uit.")
PAPER = _("Print de poster, de tafelvellen en de tafelbordjes.")

OTHERS = (
    Script(
        "ronde-tafel",
        _("Ronde tafel van de regio"),
        _("Vragen aan tafel, een oogst per vraag, en voorstellen waar de regio antwoord op geeft."),
        round_table,
        (
            _("Vraag een spreker die vertelt waarom, niet hoe."),
            _("Wijs per tafel iemand aan die opschrijft. Geef die het tafelvel vooraf."),
            _("Spreek met de regio af wie de voorstellen beantwoordt, en voor welke datum."),
            _("Nodig bewoners uit om mee te praten, niet alleen om te luisteren."),
            ROOM,
            PAPER,
        ),
        tables=6,
    ),
    Script(
        "wijknetwerk",
        _("Wijknetwerk met vijf thema's"),
        _("Vijf thema's tegelijk: wat kun jij doen, wat heb je nodig, en een top 3 per thema."),
        wijk_network,
        (
            _("Kijk de vijf thema's na. Passen ze bij jullie wijk? Verander ze dan."),
            _("Vraag per thema iemand die er veel van weet om aan die tafel te beginnen."),
            _("Nodig mensen uit van alle beroepen in de wijk, en bewoners."),
            ROOM,
            PAPER,
        ),
        themes=(
            _("Eenzaamheid"),
            _("Overgewicht"),
            _("Psychische gezondheid"),
            _("Mantelzorg"),
            _("Diabetes voorkomen"),
        ),
        tables=5,
    ),
    Script(
        "bestuur",
        _("Bestuur van de wijk"),
        _("Visie, missie, taken, speerpunten en de volgende stappen, met een paar bestuurders."),
        board_session,
        (
            _("Stuur de afspraken van de vorige keer rond."),
            _("Vraag ieder na te gaan hoeveel tijd de eigen organisatie kan geven."),
            _("Zorg dat iemand namens bewoners meebeslist."),
        ),
        themes=(_("Speerpunten"),),
        tables=1,
    ),
    Script(
        "keukentafel",
        _("Rollenspel aan de keukentafel"),
        _("Ambassadeurs spelen een gesprek; daarna praten, terugkijken en gouden tips."),
        kitchen_table,
        (
            _("Zorg voor een gastheer én een ambassadeur aan elke tafel."),
            _("Bespreek met elke ambassadeur de grenzen: wat wel, wat niet, en hoe je stopt."),
            _("Bied een vergoeding aan, en vraag in welke vorm. Geld kan iemand een uitkering kosten."),
            _("Spreek af wie de ambassadeur de volgende dag belt."),
            _("Vertel deelnemers vooraf: telefoons gaan weg, niets wordt opgenomen."),
            PAPER,
        ),
        themes=TIP_GROUPS,
        tables=3,
    ),
    Script(
        "leernetwerk",
        _("Leernetwerk"),
        _("Een reeks met dezelfde groep. Elke keer beginnen we met wat we de vorige keer afspraken."),
        learning_network,
        (
            _("Geef de reeks een naam, zodat de volgende keer begint met de afspraken van nu."),
            _("Zet de onderwerpen klaar die mensen noemden."),
            _("Vraag leidinggevenden vooraf hoeveel tijd zij vrijmaken."),
            ROOM,
        ),
        tables=4,
    ),
    Script(
        "wie-bel-jij",
        _("Wie bel jij?"),
        _("Tafels schrijven de eerste kaarten van de wijk: wat zie je, wie bel je, en hoe."),
        whom_to_call,
        (
            _("Nodig mensen uit die elkaar nodig hebben, ook van de balie en de apotheek."),
            _("Neem de nummers mee van diensten in de wijk."),
            _("Vertel vooraf: we praten nooit over één herkenbaar mens."),
            PAPER,
        ),
        tables=5,
    ),
    Script(
        "tuinronde",
        _("Tuinronde"),
        _("Wat proberen we, wat zoeken we? De kaarten gaan langs alle tafels."),
        garden_round,
        (
            _("Vraag elke tafel vooraf om één ding dat zij proberen, ook als het niet lukte."),
            _("Zet tafels zo neer dat kaarten makkelijk doorgaan."),
            PAPER,
        ),
        tables=5,
    ),
)

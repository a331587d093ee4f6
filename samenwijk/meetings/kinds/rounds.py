"""Rounds of talk that leave notes behind: question rounds, what people offer, routes, promises of time and money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from samenwijk.meetings.kinds.base import PARTICIPANT, Kind, Take, by
from samenwijk.meetings.kinds.notes import (
    AT_THE_TABLE,
    BY_EVERYBODY,
    CONFIRM,
    Field,
    Notes,
    Sheet,
    takes_for,
)

if TYPE_CHECKING:
    from samenwijk.meetings.models import Contribution, Step


class RoundSettings(forms.Form):
    choices = forms.BooleanField(label=_("De tafel schrijft ook de keuzes van mensen op"), required=False)


class QuestionRound(Notes):
    """One question at every table; a note-taker keeps the harvest and the choices people made, and reads it back."""

    slug = "round"
    title = _("Vraagronde")
    phase = _("In gesprek")
    question = _("Waarom doe je mee?")
    minutes = 20
    talk_minutes = 10
    on_paper = True
    confirms = True
    settings_of_the_kind: ClassVar[dict[str, Any]] = {"choices": False}
    settings_form = RoundSettings
    sheets = (
        Sheet("note", _("Wat zegt jullie tafel?"), (Field("text", _("Eén antwoord van de tafel"), 300),), most=8),
        Sheet(
            "choice_made",
            _("Een keuze die iemand maakte"),
            (
                Field("text", _("Welke keuze?"), 200),
                Field("why", _("Waarom?")),
                Field("how", _("Hoe?")),
                Field("what", _("Wat levert het op?")),
            ),
            most=5,
        ),
    )
    takes = (*takes_for(sheets, AT_THE_TABLE), CONFIRM)

    def takes_of(self, step: Any) -> tuple[Take, ...]:
        return tuple(take for take in self.takes if take.name != "choice_made" or step.setting("choices"))

    def phone(self, step: Any, participant: Any) -> dict[str, Any]:
        seen = super().phone(step, participant)
        asked = {take.name for take in self.takes_of(step)}
        return {**seen, "open_sheets": [sheet for sheet in seen["open_sheets"] if sheet.take in asked]}

    def paper(self, step: Any) -> dict[str, Any]:
        asked = {take.name for take in self.takes_of(step)}
        return {"sheets": [one for one in super().paper(step)["sheets"] if one[0].take in asked]}


class Offers(Notes):
    """Per theme: what each can mean for it, and what they need for that."""

    slug = "offers"
    title = _("Wat kun jij doen?")
    phase = _("In gesprek")
    question = _("Wat kun jij betekenen voor dit thema? En wat heb je daarvoor nodig?")
    minutes = 25
    talk_minutes = 12
    on_paper = True
    sheets = (
        Sheet(
            "offer",
            _("Dit kan ik doen"),
            (Field("text", _("Dit kan ik doen voor het thema")), Field("need", _("Dit heb ik daarvoor nodig"))),
            most=3,
        ),
    )
    takes = takes_for(sheets, BY_EVERYBODY)

    def notes(self, step: Step) -> list[dict[str, Any]]:
        """By theme, in the order of the evening's list."""
        position = dict(step.meeting.themes.values_list("theme_id", "position"))
        told = [self._with_its_theme(one, position) for one in super().notes(step)]
        return sorted(told, key=lambda one: one["position"] if one["position"] is not None else len(position))

    @staticmethod
    def _with_its_theme(one: dict[str, Any], position: dict[int, int]) -> dict[str, Any]:
        table = one["note"].table
        theme = table.theme if table else None
        return {**one, "group": theme.title if theme else "", "position": position.get(theme.pk) if theme else None}


class Boundaries(Notes):
    """What everybody agrees on before the role play begins."""

    slug = "boundaries"
    title = _("Afspraken vooraf")
    phase = _("Oefenen")
    question = _("Wat spreken we met elkaar af voordat we spelen?")
    minutes = 10
    talk_minutes = 6
    on_paper = True
    sheets = (Sheet("note", _("Een afspraak"), (Field("text", _("Dit spreken we af")),), most=5),)
    takes = (*takes_for(sheets, AT_THE_TABLE), CONFIRM)
    confirms = True


class Reflection(Notes):
    """What somebody saw in themselves and in others. It stays with them, unless they let it go."""

    slug = "reflection"
    title = _("Terugkijken")
    phase = _("Oefenen")
    question = _("Wat deed dit met jou? Wat neem je je voor?")
    minutes = 15
    talk_minutes = 8
    sheets = (
        Sheet(
            "insight",
            _("Schrijf op voor jezelf"),
            (Field("text", _("In één zin"), 300),),
            about=_("Waar gaat het over?"),
            groups=(
                ("raakte", _("Dit raakte mij")),
                ("valkuil", _("Mijn eigen valkuil")),
                ("ander", _("Een valkuil die ik bij een ander zag")),
                ("opdracht", _("Mijn opdracht voor mezelf")),
            ),
            most=6,
        ),
    )
    takes = takes_for(sheets, by(PARTICIPANT), private=True)


class Proposals(Notes):
    """What a table asks of the organisation of the region, which has to answer each proposal."""

    slug = "proposals"
    title = _("Voorstellen aan de regio")
    phase = _("Vervolg")
    question = _("Wat moet de regio oppakken? En waarom?")
    minutes = 15
    talk_minutes = 8
    on_paper = True
    confirms = True
    sheets = (
        Sheet(
            "proposal",
            _("Een voorstel"),
            (Field("text", _("Dit stellen we voor")), Field("why", _("Waarom?"), 300, required=True)),
            most=3,
        ),
    )
    takes = (*takes_for(sheets, AT_THE_TABLE), CONFIRM)

    def told(self, note: Contribution) -> dict[str, Any]:
        """With the answer of the region, once it gave one."""
        seen = super().told(note)
        answer = getattr(note, "answer", None)
        return {**seen, "more": [*seen["more"], (_("Antwoord van de regio:"), str(answer))]} if answer else seen


class Investments(Notes):
    """What each organisation puts in: hours, money, a room. Everybody speaks for their own."""

    slug = "investments"
    title = _("Wat brengt ieder in?")
    phase = _("Afspreken")
    question = _("Wat spreekt jouw organisatie af? Wat brengt die in?")
    minutes = 15
    talk_minutes = 6
    on_paper = True
    sheets = (
        Sheet(
            "pledge",
            _("Dit brengen wij in"),
            (
                Field("text", _("Dit spreken we af")),
                Field("organisation", _("Namens welke organisatie?"), 80, required=True),
                Field("hours", _("Hoeveel uur, en tot wanneer?"), 80),
                Field("money", _("Hoeveel geld, of iets anders?"), 80),
            ),
            most=3,
        ),
    )
    takes = takes_for(sheets, BY_EVERYBODY)


class Routes(Notes):
    """The first route cards of a wijk: what you see, whom you call, and how. Never about one person."""

    slug = "routes"
    title = _("Wie bel jij?")
    phase = _("In gesprek")
    question = _("Je maakt je zorgen om iemand. Wie bel jij?")
    minutes = 30
    talk_minutes = 12
    on_paper = True
    confirms = True
    sheets = (
        Sheet(
            "route",
            _("Een kaart"),
            (
                Field("text", _("Dit zie je. Noem geen namen."), 160),
                Field("whom", _("Dan bel je: welke dienst of organisatie?"), 120, required=True),
                Field("when", _("Wanneer zijn zij te bellen?"), 80),
                Field("consent", _("Hoe vraag je of het goed is dat je belt?"), 200),
            ),
            most=5,
        ),
    )
    takes = (*takes_for(sheets, AT_THE_TABLE), CONFIRM)


class Kitchen(Kind):
    """A talk at the kitchen table, played by people who know it from inside. Devices stay down."""

    slug = "kitchen"
    title = _("Aan de keukentafel")
    phase = _("Oefenen")
    question = _("Speel het gesprek aan de keukentafel.")
    minutes = 30
    talk_minutes = 30

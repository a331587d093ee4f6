"""The garden round: each table writes what it tries and what it looks for; then the cards go round."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenwijk.meetings.kinds.base import TABLE, Act, Refused, Said, Sender, StepForm, Take, by, state
from samenwijk.meetings.kinds.notes import AT_THE_TABLE, TOO_LONG, Field, Notes, Sheet, takes_for

if TYPE_CHECKING:
    from samenwijk.meetings.models import Contribution, Participant, Step, Table


class ReplyForm(StepForm):
    seed = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Wat weten jullie hiervan? Wie kan helpen?"),
        max_length=200,
        error_messages={"required": _("Schrijf hier eerst iets op."), **TOO_LONG},
    )


class GardenRound(Notes):
    """Cards of a table go to the next table, which writes what it knows: nobody invents the wheel again."""

    slug = "garden_round"
    title = _("Tuinronde")
    phase = _("In gesprek")
    question = _("Wat proberen jullie uit? En wat zoeken jullie?")
    minutes = 40
    talk_minutes = 8
    on_paper = True
    sheets = (
        Sheet(
            "seed",
            _("Een kaart"),
            (Field("text", _("In één zin")), Field("learnt", _("Wat leerde je tot nu toe?"))),
            about=_("Wat staat er op deze kaart?"),
            groups=(("probeert", _("Dit proberen wij uit")), ("zoekt", _("Dit zoeken wij"))),
            most=2,
        ),
    )
    takes = (*takes_for(sheets, AT_THE_TABLE), Take("reply", by(TABLE), ReplyForm))
    acts = (Act("turn", _("Geef de kaarten door")),)

    @staticmethod
    def turn(step: Step) -> int:
        """How often the cards were passed on; 0 while they are written."""
        return int(step.state.get("turn", 0))

    def act_turn(self, step: Step, data: dict[str, Any], by: Any) -> Said:
        step.remember(turn=self.turn(step) + 1)
        step.meeting.announce("step")
        return Said(_("De kaarten liggen bij de volgende tafel."))

    def take_reply(self, step: Step, sender: Sender, data: dict[str, Any], key: uuid.UUID) -> Said:
        seed = step.contributions.shown().filter(take="seed", public_id=data["seed"]).first()
        if seed is None or seed.table_id == sender.table.pk:  # type: ignore[union-attr]
            raise Refused(_("Deze kaart ligt niet bij jullie tafel."))
        state(step, "reply", sender, about=str(seed.public_id), key=key, text=data["text"])
        step.meeting.announce(f"idea.t{sender.table.number}")  # type: ignore[union-attr]
        return Said(_("Jullie antwoord hangt aan de kaart."))

    def received(self, step: Step, table: Table) -> list[Contribution]:
        """The cards that lie at this table now: those of the table so many places before it."""
        turn = self.turn(step)
        if turn == 0:
            return []
        tables = list(step.meeting.tables.filter(participants__left_at=None).distinct().order_by("number"))
        numbers = [one.number for one in tables]
        if table.number not in numbers or turn % len(tables) == 0:
            return []
        giver = tables[(numbers.index(table.number) - turn) % len(tables)]
        return list(step.contributions.shown().filter(take="seed", table=giver).select_related("table"))

    def replies(self, step: Step) -> dict[str, list[Contribution]]:
        """Replies by the card that they hang on."""
        hanging: dict[str, list[Contribution]] = {}
        for reply in step.contributions.shown().filter(take="reply").select_related("table"):
            hanging.setdefault(reply.about, []).append(reply)
        return hanging

    def phone(self, step: Step, participant: Participant) -> dict[str, Any]:
        table, hanging = participant.table, self.replies(step)
        cards = self.received(step, table) if table else []
        return {
            **super().phone(step, participant),
            "turn": self.turn(step),
            "received": [
                {
                    "card": self.told(card),
                    "form": ReplyForm(step=step, initial={"seed": card.public_id}, auto_id=f"{card.public_id}-%s"),
                    "own": next((r for r in hanging.get(str(card.public_id), []) if r.table_id == table.pk), None),
                }
                for card in cards
                if table is not None
            ],
        }

    def notes(self, step: Step) -> list[dict[str, Any]]:
        hanging = self.replies(step)
        return [{**one, "replies": hanging.get(str(one["note"].public_id), [])} for one in super().notes(step)]

    def screen(self, step: Step) -> dict[str, Any]:
        return {**super().screen(step), "turn": self.turn(step)}

    def console(self, step: Step) -> dict[str, Any]:
        replies = step.contributions.filter(take="reply").select_related("participant", "table")
        seen = super().console(step)
        return {**seen, "turn": self.turn(step), "lines": [*seen["lines"], *replies]}

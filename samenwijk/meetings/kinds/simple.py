"""Welcome, meet and break: steps in which people mostly talk."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from samenwijk.meetings.kinds.base import (
    PARTICIPANT,
    Kind,
    Refused,
    Said,
    Sender,
    StepForm,
    Take,
    by,
    own_answer,
    state,
)

if TYPE_CHECKING:
    from samenwijk.meetings.models import Participant, Step


class AnswerForm(StepForm):
    text = forms.CharField(label=_("Jouw antwoord"), max_length=200, widget=forms.TextInput)

    def prepare(self) -> None:
        if before := own_answer(self.step, "answer", self.sender):
            self.initial.setdefault("text", before.text)


class WelcomeSettings(forms.Form):
    speaker = forms.CharField(label=_("Wie spreekt er?"), max_length=80, required=False)
    asks = forms.BooleanField(label=_("Deelnemers antwoorden op de vraag"), required=False)


class Welcome(Kind):
    """Walking in and the opening word; a speaker may put a question to everybody."""

    slug = "welcome"
    title = _("Welkom")
    phase = _("Welkom")
    question = _("Waarom zijn we hier?")
    minutes = 10
    settings_of_the_kind: ClassVar[dict[str, Any]] = {"speaker": "", "asks": False}
    settings_form = WelcomeSettings
    takes = (Take("answer", by(PARTICIPANT), AnswerForm),)

    def takes_of(self, step: Step) -> tuple[Take, ...]:
        return self.takes if step.setting("asks") else ()

    def take_answer(self, step: Step, sender: Sender, data: dict[str, Any], key: uuid.UUID) -> Said:
        state(step, "answer", sender, key=key, text=data["text"])
        step.meeting.announce("answer", to=("screen", "facilitator"))
        return Said(_("Bedankt. Je antwoord is bewaard."))

    def phone(self, step: Step, participant: Participant) -> dict[str, Any]:
        return {
            "asks": step.setting("asks"),
            "speaker": step.setting("speaker"),
            "own": own_answer(step, "answer", Sender.of(participant)),
        }

    def screen(self, step: Step) -> dict[str, Any]:
        shown = step.contributions.shown().filter(take="answer")
        return {
            "speaker": step.setting("speaker"),
            "asks": step.setting("asks"),
            "answers": list(shown.order_by("-pk")[:60]),
        }

    def console(self, step: Step) -> dict[str, Any]:
        return {
            "speaker": step.setting("speaker"),
            "answers": list(step.contributions.filter(take="answer").select_related("participant")),
        }

    report = screen


class CardForm(StepForm):
    call_me_for = forms.CharField(label=_("Bel mij voor ..."), max_length=80, required=False, widget=forms.TextInput)
    phone = forms.CharField(label=_("Jouw telefoonnummer"), max_length=20, required=False)
    shares_card = forms.BooleanField(
        label=_("Mijn tafel mag mijn kaartje zien: naam, beroep of rol, en nummer"), required=False
    )

    def prepare(self) -> None:
        if self.sender and (participant := self.sender.participant):
            for name in ("call_me_for", "phone", "shares_card"):
                self.initial.setdefault(name, getattr(participant, name))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("shares_card") and not (data.get("phone") or data.get("call_me_for")):
            self.add_error("call_me_for", _("Vul iets in op je kaartje, of vink uit dat je het deelt."))
        return data


class Meet(Kind):
    """Getting to know each other: talk first, then a card for whoever wants one."""

    slug = "meet"
    title = _("Kennismaken")
    phase = _("Welkom")
    question = _("Waarvoor mogen mensen jou bellen?")
    minutes = 15
    talk_minutes = 10
    after_talk = _("Straks, als de klok om is, maak je op je telefoon een kaartje van jezelf.")
    takes = (Take("card", by(PARTICIPANT), CardForm, private=True),)

    def take_card(self, step: Step, sender: Sender, data: dict[str, Any], key: uuid.UUID) -> Said:
        if sender.participant is None:
            raise Refused(_("Een kaartje hoort bij een deelnemer."))
        sender.participant.share_card(call_me_for=data["call_me_for"], phone=data["phone"], shares=data["shares_card"])
        state(step, "card", sender, key=key, text=data["call_me_for"], released=data["shares_card"])
        step.meeting.announce("answer", to=("screen", "facilitator"))
        return Said(_("Je kaartje is bewaard.") if data["shares_card"] else _("Bewaard. Alleen jij ziet dit."))

    def phone(self, step: Step, participant: Participant) -> dict[str, Any]:
        mates = step.meeting.participants.present().filter(table=participant.table).exclude(pk=participant.pk)
        return {
            "mates": list(mates) if participant.table_id else [],
            "own": own_answer(step, "card", Sender.of(participant)),
        }

    def screen(self, step: Step) -> dict[str, Any]:
        return {"cards": step.meeting.participants.filter(shares_card=True).count()}

    console = screen
    report = screen


class Break(Kind):
    """A pause for the room; the facilitator puts ideas that are alike together."""

    slug = "break"
    title = _("Pauze")
    phase = _("Bedenken")
    minutes = 10

    def screen(self, step: Step) -> dict[str, Any]:
        return {"ideas": ideas_on_the_table(step)}

    def console(self, step: Step) -> dict[str, Any]:
        return {"ideas": ideas_on_the_table(step)}


def ideas_on_the_table(step: Step) -> int:
    from samenwijk.meetings.board import ideas_of

    return ideas_of(step.meeting).on_the_board().count()

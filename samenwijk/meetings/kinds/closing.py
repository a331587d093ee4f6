"""Closing: what I do tomorrow, three statements, the next date, and who carries the follow-up."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from samenwijk.journal.models import Entry
from samenwijk.meetings.kinds.base import (
    PARTICIPANT,
    Act,
    Kind,
    Refused,
    Said,
    Sender,
    StepForm,
    Stuck,
    Take,
    Text,
    by,
    own_answer,
    state,
)
from samenwijk.meetings.pictures import statements_chart

if TYPE_CHECKING:
    from samenwijk.meetings.models import Participant, Step

STATEMENTS = (
    ("ken", _("Ik ken nu meer mensen in de wijk.")),
    ("prioriteiten", _("We hebben samen prioriteiten gesteld.")),
    ("aan-de-slag", _("Ik kan en ga aan de slag.")),
)
AGREE = (("eens", _("Eens")), ("deels", _("Deels")), ("oneens", _("Oneens")))


DONE = "klaar"
"""The part of the phone's page that comes after the last question."""
PARTS = (
    ("tomorrow", _("Dit doe ik morgen")),
    ("statements", _("Drie zinnen over vanavond")),
    ("quote", _("Jouw zin over deze avond")),
    ("address", _("Deze pagina in je mail")),
)
"""What everybody is asked at the end, one after the other; each may be passed over."""


class TomorrowForm(StepForm):
    text = forms.CharField(label=_("Dit doe ik morgen"), max_length=200, required=False)
    released = forms.BooleanField(label=_("Dit mag in het verslag staan, zonder mijn naam"), required=False)

    def prepare(self) -> None:
        if before := own_answer(self.step, "tomorrow", self.sender):
            self.initial.setdefault("text", before.text)
            self.initial.setdefault("released", before.released)


class StatementsForm(StepForm):
    """One question per statement; each may stay open."""

    def prepare(self) -> None:
        for slug, sentence in STATEMENTS:
            self.fields[slug] = forms.ChoiceField(
                label=sentence, choices=AGREE, widget=forms.RadioSelect, required=False
            )
            if before := own_answer(self.step, "statement", self.sender, slug):
                self.initial.setdefault(slug, before.value)


class QuoteForm(StepForm):
    text = forms.CharField(label=_("Wat vond je van deze avond? In één zin."), max_length=200, required=False)
    released = forms.BooleanField(label=_("Deze zin mag met mijn voornaam in het nieuwsbericht"), required=False)

    def prepare(self) -> None:
        if before := own_answer(self.step, "quote", self.sender):
            self.initial.setdefault("text", before.text)
            self.initial.setdefault("released", before.released)


class AddressForm(StepForm):
    email = forms.EmailField(
        label=_("Jouw mailadres"),
        required=False,
        help_text=_("Dan sturen we je deze pagina. Je krijgt verder geen mail."),
        error_messages={"invalid": _("Dit mailadres klopt niet. Kijk het na, of laat het leeg.")},
    )

    def prepare(self) -> None:
        if self.sender and self.sender.participant:
            self.initial.setdefault("email", self.sender.participant.email)


class FollowUpForm(StepForm):
    phone = forms.CharField(
        label=_("Jouw telefoonnummer"),
        max_length=20,
        help_text=_("Iedereen die hier was, kan jou hierop bellen. Je nummer staat ook in het verslag voor de wijk."),
        error_messages={"required": _("Vul een nummer in, zodat mensen je kunnen bellen.")},
    )
    email = forms.EmailField(label=_("Jouw mailadres (mag leeg blijven)"), required=False)

    def prepare(self) -> None:
        if self.sender and self.sender.participant:
            self.initial.setdefault("phone", self.sender.participant.phone)
            self.initial.setdefault("email", self.sender.participant.email)


class NextDateForm(StepForm):
    on = forms.DateTimeField(
        label=_("Wanneer zien we elkaar weer?"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d-%m-%Y %H:%M"],
    )
    place = forms.CharField(label=_("Waar?"), max_length=120, required=False)

    def prepare(self) -> None:
        self.initial.setdefault("on", self.step.meeting.next_meeting_on)
        self.initial.setdefault("place", self.step.meeting.next_meeting_place)


class Close(Kind):
    """Everybody goes home with something for tomorrow, a date, and a name and number to call."""

    slug = "close"
    title = _("Afsluiten")
    phase = _("Afsluiten")
    question = _("Wat doe jij morgen?")
    minutes = 10
    takes = (
        Take("tomorrow", by(PARTICIPANT), TomorrowForm, private=True),
        Take("statements", by(PARTICIPANT), StatementsForm),
        Take("quote", by(PARTICIPANT), QuoteForm, private=True),
        Take("address", by(PARTICIPANT), AddressForm, private=True),
        Take("follow_up", by(PARTICIPANT), FollowUpForm),
    )
    acts = (Act("next_date", _("Volgende bijeenkomst"), NextDateForm),)

    def take_tomorrow(self, step: Step, sender: Sender, data: dict[str, Any], key: uuid.UUID) -> Said:
        state(step, "tomorrow", sender, key=key, text=data["text"], released=data["released"])
        return Said(_("Bewaard. Je vindt het terug bij 'Jouw bijeenkomst'."))

    def take_quote(self, step: Step, sender: Sender, data: dict[str, Any], key: uuid.UUID) -> Said:
        state(
            step,
            "quote",
            sender,
            key=key,
            text=data["text"],
            released=data["released"] and bool(data["text"]),
        )
        return Said(_("Bedankt voor je zin."))

    def take_statements(self, step: Step, sender: Sender, data: dict[str, Any], key: uuid.UUID) -> Said:
        for slug, _sentence in STATEMENTS:
            if data[slug]:
                state(step, "statement", sender, about=slug, key=uuid.uuid5(key, slug), value=data[slug])
        step.meeting.announce("answer", to=("screen", "facilitator"))
        return Said(_("Bedankt. Je antwoorden zijn bewaard."))

    def take_address(self, step: Step, sender: Sender, data: dict[str, Any], key: uuid.UUID) -> Said:
        participant = self._participant(sender)
        participant.leave_address(data["email"])
        return Said(
            _("We sturen je de pagina 'Jouw bijeenkomst' na afloop.") if data["email"] else _("Je adres is weggehaald.")
        )

    def take_follow_up(self, step: Step, sender: Sender, data: dict[str, Any], key: uuid.UUID) -> Said:
        participant, meeting = self._participant(sender), step.meeting
        person = participant.as_person(email=data["email"], phone=data["phone"])
        if meeting.follow_up_id and meeting.follow_up_id != person.pk:
            raise Refused(
                _("%(name)s draagt de opvolging al. Overleg samen als je het wilt overnemen.")
                % {"name": meeting.follow_up}
            )
        type(meeting).objects.filter(pk=meeting.pk).update(follow_up=person)
        state(step, "follow_up", sender, key=key, value="ja", released=True)
        Entry.record("follow_up.taken_on", about=meeting, wijk=meeting.wijk, by=participant)
        meeting.announce("step")
        return Said(_("Dank je wel. Jouw naam en nummer staan nu bij deze bijeenkomst."))

    def act_next_date(self, step: Step, data: dict[str, Any], by: Any) -> Said:
        step.meeting.agree_next(data["on"], data["place"])
        return Said(_("De datum is bewaard en staat op alle telefoons."))

    def has_part(self, part: str) -> bool:
        return part == DONE or super().has_part(part)

    @staticmethod
    def _participant(sender: Sender) -> Participant:
        if sender.participant is None:
            raise Refused(_("Dit doe je op je eigen telefoon."))
        return sender.participant

    def phone(self, step: Step, participant: Participant) -> dict[str, Any]:
        sender = Sender.of(participant)
        done = set(step.contributions.filter(author_id=sender.public_id).values_list("take", flat=True))
        answered = {"statements": "statement" in done, "address": bool(participant.email)}
        parts = [{"take": take, "title": title, "done": answered.get(take, take in done)} for take, title in PARTS]
        for part, after in zip(parts, [*(part["take"] for part in parts[1:]), DONE], strict=True):
            part["skip"] = f"?deel={after}"
        return {
            "parts": parts,
            "first_part": next((part["take"] for part in parts if not part["done"]), DONE),
            "is_follow_up": bool(step.meeting.follow_up_id and step.meeting.follow_up_id == participant.person_id),
        }

    def screen(self, step: Step) -> dict[str, Any]:
        answered = step.contributions.filter(take="statement").values("author_id").distinct().count()
        return {"answered": answered, "statements": [sentence for _slug, sentence in STATEMENTS]}

    def console(self, step: Step) -> dict[str, Any]:
        return self.screen(step)

    def stuck(self, step: Step, seen: Mapping[str, Any]) -> list[Stuck]:
        meeting, found = step.meeting, []
        if meeting.follow_up_id is None:
            found.append(Stuck(_("Nog niemand draagt de opvolging. Vraag het in de zaal.")))
        if meeting.next_meeting_on is None:
            found.append(Stuck(_("Nog geen datum voor de volgende keer."), "next"))
        return found

    def report(self, step: Step) -> dict[str, Any]:
        tomorrow = step.contributions.shown().filter(take="tomorrow", released=True).exclude(text="")
        return {"chart": statements_chart(self.statements(step)), "tomorrow": [line.text for line in tomorrow]}

    @classmethod
    def statements(cls, step: Step) -> list[tuple[Text, list[tuple[Text, int]]]]:
        """Each statement with how many gave each answer."""
        counted = {(about, value): number for about, value, number in cls._counts(step)}
        return [
            (sentence, [(label, counted.get((slug, value), 0)) for value, label in AGREE])
            for slug, sentence in STATEMENTS
        ]

    @staticmethod
    def _counts(step: Step) -> Any:
        return (
            step.contributions.filter(take="statement").order_by().values_list("about", "value").annotate(n=Count("pk"))
        )

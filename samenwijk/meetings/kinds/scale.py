"""A scale without names: from "voelt als moeten" to "spreekt voor mij vanzelf", before and after."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenwijk.meetings.kinds.base import (
    PAPER,
    PARTICIPANT,
    Act,
    Kind,
    Refused,
    Said,
    Sender,
    StepForm,
    Take,
    Text,
    by,
    own_answer,
    state,
)
from samenwijk.meetings.pictures import scale_chart

if TYPE_CHECKING:
    from samenwijk.meetings.models import Meeting, Participant, Step

DEGREES: tuple[tuple[str, Text], ...] = (
    ("1", _("voelt als moeten")),
    ("2", _("meer moeten dan willen")),
    ("3", _("ertussenin")),
    ("4", _("meer willen dan moeten")),
    ("5", _("spreekt voor mij vanzelf")),
)


class ScaleForm(StepForm):
    value = forms.ChoiceField(
        label=_("Samenwerken in de wijk:"),
        choices=DEGREES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat het best bij je past.")},
    )

    def prepare(self) -> None:
        if before := own_answer(self.step, "scale", self.sender):
            self.initial.setdefault("value", before.value)


class ScaleSheetForm(StepForm):
    """How many people at a table chose each degree, counted from their slips of paper."""

    def prepare(self) -> None:
        for value, label in DEGREES:
            self.fields[f"n{value}"] = forms.IntegerField(
                label=str(label), min_value=0, max_value=99, initial=0, required=False
            )


class Scale(Kind):
    """Everybody gives one answer that is only ever counted. A second scale of the evening stands beside the first."""

    slug = "scale"
    title = _("Vanzelf of moeten?")
    phase = _("Peilen")
    question = _("Samenwerken in de wijk: spreekt dat voor jou vanzelf, of voelt het als moeten?")
    minutes = 5
    on_paper = True
    takes = (
        Take("scale", by(PARTICIPANT), ScaleForm, anonymous=True),
        Take("scale_sheet", by(PAPER), ScaleSheetForm),
    )
    acts = (Act("show", _("Toon de uitslag")),)

    def take_scale(self, step: Step, sender: Sender, data: dict[str, Any], key: uuid.UUID) -> Said:
        if step.state.get("shown"):
            raise Refused(_("De uitslag is al te zien. Je antwoord telt niet meer mee."))
        state(step, "scale", sender, key=key, value=data["value"])
        step.meeting.announce("answer", to=("screen", "facilitator"))
        return Said(_("Bedankt. Niemand ziet wat jij koos."))

    def take_scale_sheet(self, step: Step, sender: Sender, data: dict[str, Any], key: uuid.UUID) -> Said:
        if step.state.get("shown"):
            raise Refused(_("De uitslag is al te zien. Papier telt niet meer mee."))
        given = {value: data.get(f"n{value}") or 0 for value, _label in DEGREES}
        room = self._people_on_paper(step, sender)
        if sum(given.values()) > room:
            raise Refused(
                _("Aan deze tafel is ruimte voor %(room)s briefjes; er staan er %(given)s.")
                % {"room": room, "given": sum(given.values())}
            )
        for value, number in given.items():
            state(step, "scale_sheet", sender, about=value, key=uuid.uuid5(key, value), value=str(number))
        step.meeting.announce("answer", to=("screen", "facilitator"))
        return Said(_("Geteld."))

    @staticmethod
    def _people_on_paper(step: Step, sender: Sender) -> int:
        """Who sits at the table and did not answer on a phone."""
        assert sender.table is not None
        seated = list(sender.table.participants.present().values_list("public_id", flat=True))
        return len(seated) - step.contributions.filter(take="scale", author_id__in=seated).count()

    def act_show(self, step: Step, data: dict[str, Any], by: Any) -> Said:
        step.remember(shown=True)
        step.meeting.announce("step")
        return Said(_("De uitslag staat op het scherm."))

    def leave(self, step: Step) -> None:
        step.remember(shown=True)

    @staticmethod
    def totals(step: Step) -> dict[str, int]:
        """How many people chose each degree, on a phone and on paper."""
        counted = dict.fromkeys((value for value, _label in DEGREES), 0)
        for take, about, value in step.contributions.filter(take__in=("scale", "scale_sheet")).values_list(
            "take", "about", "value"
        ):
            if take == "scale":
                counted[value] += 1
            else:
                counted[about] += int(value)
        return counted

    @classmethod
    def shown(cls, meeting: Meeting) -> list[tuple[str, dict[str, int]]]:
        """The scales of the evening whose result may be seen, in order: (title of the step, totals)."""
        steps = [step for step in meeting.ordered_steps() if step.kind == cls.slug and step.state.get("shown")]
        told = [(step.title, cls.totals(step)) for step in steps]
        return [(title, totals) for title, totals in told if any(totals.values())]

    def phone(self, step: Step, participant: Participant) -> dict[str, Any]:
        return {
            "shown": bool(step.state.get("shown")),
            "own": own_answer(step, "scale", Sender.of(participant)),
        }

    def screen(self, step: Step) -> dict[str, Any]:
        shown = bool(step.state.get("shown"))
        return {
            "answered": sum(self.totals(step).values()),
            "shown": shown,
            "degrees": DEGREES,
            "chart": scale_chart(DEGREES, self.shown(step.meeting), wide=True) if shown else None,
        }

    def console(self, step: Step) -> dict[str, Any]:
        return self.screen(step)

    def paper(self, step: Step) -> dict[str, Any]:
        return {"degrees": DEGREES}

    def counted(self, step: Step) -> list[tuple[str, str, int]]:
        if not step.state.get("shown"):
            return []
        totals = self.totals(step)
        return [(str(step.question), str(label), totals[value]) for value, label in DEGREES]

    def report(self, step: Step) -> dict[str, Any]:
        """The last scale tells them all, so that before and after stand beside each other."""
        last = [one for one in step.meeting.ordered_steps() if one.kind == self.slug and one.entered_at]
        told = self.shown(step.meeting)
        return {"chart": scale_chart(DEGREES, told) if told and last and last[-1].pk == step.pk else None}

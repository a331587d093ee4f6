"""The whole of a new kind: one class. It has no templates, so every surface falls back on the default ones."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from samenwijk.meetings.kinds import Kind
from samenwijk.meetings.kinds.base import PAPER, PARTICIPANT, Act, Said, Sender, StepForm, Take, addition, by


class WishForm(StepForm):
    text = forms.CharField(label="Jouw wens voor de wijk", max_length=200)


class Wishes(Kind):
    slug = "wishes"
    title = "Wensboom"
    phase = "Wensen"
    question = "Wat wens je de wijk toe?"
    minutes = 7
    on_paper = True
    takes = (Take("wish", by(PARTICIPANT, PAPER), WishForm),)
    acts = (Act("shake", "Schud de boom"),)

    def take_wish(self, step: Any, sender: Sender, data: dict[str, Any], key: uuid.UUID) -> Said:
        addition(step, "wish", sender, key=key, text=data["text"])
        step.meeting.announce("answer", to=("screen", "facilitator"))
        return Said("Je wens hangt in de boom.")

    def act_shake(self, step: Any, data: dict[str, Any], by: Any) -> Said:
        step.remember(shaken=True)
        return Said("De boom is geschud.")

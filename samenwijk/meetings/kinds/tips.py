"""Golden tips: at most a few per table, on three piles; the best are chosen across tables, and everybody picks one."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from samenwijk.meetings.kinds.base import PARTICIPANT, Kind, Said, Sender, StepForm, Take, by, own_answer, state
from samenwijk.meetings.kinds.group import Group

if TYPE_CHECKING:
    from samenwijk.meetings.models import Meeting, Participant, Step
    from samenwijk.plans.models import Idea

TIP_GROUPS = (
    _("Contact en kennismaken"),
    _("Duurzame samenwerking"),
    _("Anders denken, nieuwe partners"),
)
"""The piles that golden tips lie on. They are the themes of the evening, so that a vote finds the best of each."""


class Tips(Group):
    """A table writes at most three golden tips, each on one of the piles. A vote across tables comes after it."""

    slug = "tips"
    family = "group"
    title = _("Gouden tips")
    phase = _("Gouden tips")
    question = _("Welke gouden tip geeft jullie tafel mee?")
    minutes = 20
    talk_minutes = 8
    new_tables = False
    settings_of_the_kind: ClassVar[dict[str, Any]] = {
        "asks_dream": False,
        "asks_ideas": True,
        "ideas_per_table": 3,
        "from_phones": False,
    }
    words = {
        "first": _("Jullie eerste tip"),
        "another": _("Nog een tip"),
        "title": _("Onze gouden tip"),
        "what": _("Hoe doe je dat?"),
        "button": _("Zet tip op het bord"),
        "picks_theme": True,
    }


class BeginForm(StepForm):
    tip = forms.ChoiceField(
        label=_("Hier begin ik mee"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies één tip.")},
    )

    def prepare(self) -> None:
        field = self.fields["tip"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(tip.public_id), tip.title) for tip in tips_of(self.step.meeting)]
        if before := own_answer(self.step, "begin", self.sender):
            self.initial.setdefault("tip", before.about)


def tips_of(meeting: Meeting) -> list[Idea]:
    """The tips that were chosen, else all that hang on the board."""
    from samenwijk.meetings.board import ideas_of
    from samenwijk.meetings.kinds.planning import chosen_ideas

    return chosen_ideas(meeting) or list(ideas_of(meeting).on_the_board().order_by("theme_id", "created_at"))


class Begin(Kind):
    """Everybody picks one tip to begin with. It is theirs alone: they find it on their own page."""

    slug = "begin"
    title = _("Hier begin ik mee")
    phase = _("Gouden tips")
    question = _("Met welke tip begin jij?")
    minutes = 5
    takes = (Take("begin", by(PARTICIPANT), BeginForm, private=True),)

    def take_begin(self, step: Step, sender: Sender, data: dict[str, Any], key: uuid.UUID) -> Said:
        tip = next(tip for tip in tips_of(step.meeting) if str(tip.public_id) == data["tip"])
        state(step, "begin", sender, about=str(tip.public_id), key=key, text=tip.title)
        others = step.contributions.filter(take="begin", author_id=sender.public_id)
        others.exclude(about=str(tip.public_id)).delete()
        step.meeting.announce("answer", to=("screen", "facilitator"))
        return Said(_("Bewaard. Je vindt het terug bij 'Jouw bijeenkomst'."))

    def phone(self, step: Step, participant: Participant) -> dict[str, Any]:
        own = step.contributions.filter(take="begin", author_id=participant.public_id).first()
        return {"own": own, "tips": tips_of(step.meeting)}

    def console(self, step: Step) -> dict[str, Any]:
        """Only how many picked one: which, stays with them."""
        return Kind.screen(self, step)

    def report(self, step: Step) -> dict[str, Any]:
        return Kind.screen(self, step)

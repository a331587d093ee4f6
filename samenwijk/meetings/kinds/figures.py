"""Figures: one at a time on the projector; the room says whether it recognises them."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from samenwijk.figures import showing
from samenwijk.figures.comparison import Comparison
from samenwijk.meetings.kinds.base import (
    PARTICIPANT,
    Act,
    Kind,
    Refused,
    Said,
    Sender,
    StepForm,
    Take,
    TurnForm,
    by,
    own_answer,
    state,
)
from samenwijk.meetings.pictures import answers_chart, figure_chart

if TYPE_CHECKING:
    from samenwijk.meetings.models import Participant, Step

ANSWERS = (("herken", _("Herken ik")), ("niet", _("Herken ik niet")), ("mis", _("Ik mis iets")))
START = ["inwoners", "aandeel-65-plus", "overgewicht", "mantelzorger"]


class RecogniseForm(StepForm):
    about = forms.SlugField(widget=forms.HiddenInput)
    value = forms.ChoiceField(
        label=_("Herken je dit?"),
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een van de drie antwoorden.")},
    )
    text = forms.CharField(
        label=_("Wil je er iets bij zeggen? (mag leeg blijven)"),
        max_length=200,
        required=False,
        help_text=_("Dit komt in het verslag, zonder je naam. Schrijf ook geen namen van anderen op."),
    )

    def prepare(self) -> None:
        slug = Figures.at(self.step)
        self.initial.setdefault("about", slug)
        if before := own_answer(self.step, "recognise", self.sender, slug):
            self.initial.setdefault("value", before.value)
            self.initial.setdefault("text", before.text)


class FiguresSettings(forms.Form):
    indicators = forms.MultipleChoiceField(
        label=_("Welke cijfers komen op het scherm?"), widget=forms.CheckboxSelectMultiple, required=True
    )

    def offer(self, choices: list[tuple[str, str]]) -> None:
        """What may be chosen; a figure that was chosen before and is offered no longer can still be kept."""
        field = self.fields["indicators"]
        assert isinstance(field, forms.MultipleChoiceField)
        known = dict(choices)
        kept = [(slug, slug) for slug in self.initial.get("indicators", []) if slug not in known]
        field.choices = [*choices, *kept]


class Figures(Kind):
    """What the figures say, and whether the room recognises it. The answers show when the facilitator lets them."""

    slug = "figures"
    title = _("Cijfers")
    phase = _("Weten")
    question = _("Herken je dit?")
    minutes = 20
    settings_of_the_kind: ClassVar[dict[str, Any]] = {"indicators": START}
    settings_form = FiguresSettings
    takes = (Take("recognise", by(PARTICIPANT), RecogniseForm),)
    acts = (Act("turn", _("Ander cijfer"), TurnForm), Act("reveal", _("Laat de antwoorden zien")))

    def settings_of(self, step: Step, data: Any = None) -> forms.Form | None:
        form = super().settings_of(step, data)
        if isinstance(form, FiguresSettings):
            form.offer(showing.offered(step.meeting.wijk))
        return form

    def enter(self, step: Step) -> None:
        """From now on the evening keeps to the version that is published now, also when a newer one follows."""
        if "profile" not in step.state:
            step.remember(profile=showing.newest_number(step.meeting.wijk))

    @staticmethod
    def drawn(step: Step, slugs: list[str]) -> showing.Drawn:
        return showing.drawn(step.meeting.wijk, slugs, step.state.get("profile"))

    @staticmethod
    def slugs(step: Step) -> list[str]:
        return list(step.setting("indicators") or START)

    @classmethod
    def at(cls, step: Step) -> str:
        """The indicator that is on the projector now."""
        slugs = cls.slugs(step)
        return slugs[min(int(step.state.get("at", 0)), len(slugs) - 1)]

    def act_turn(self, step: Step, data: dict[str, Any], by: Any) -> Said:
        step.remember(at=min(data["to"], len(self.slugs(step)) - 1))
        step.meeting.announce("figure")
        return Said()

    def act_reveal(self, step: Step, data: dict[str, Any], by: Any) -> Said:
        shown = set(step.state.get("revealed", []))
        step.remember(revealed=sorted(shown ^ {self.at(step)}))
        step.meeting.announce("figure", to=("screen", "facilitator"))
        return Said()

    def take_recognise(self, step: Step, sender: Sender, data: dict[str, Any], key: uuid.UUID) -> Said:
        if data["about"] not in self.slugs(step):
            raise Refused(_("Dit cijfer hoort niet bij deze bijeenkomst."))
        state(step, "recognise", sender, about=data["about"], key=key, value=data["value"], text=data["text"])
        step.meeting.announce("answer", to=("screen", "facilitator"))
        return Said(_("Bedankt. Je antwoord is bewaard."))

    def phone(self, step: Step, participant: Participant) -> dict[str, Any]:
        slug = self.at(step)
        drawn = self.drawn(step, [slug])
        comparison = drawn.comparisons.get(slug)
        return {
            "comparison": comparison,
            "practice": drawn.practices.get(slug),
            "picture": figure_chart(comparison) if comparison else None,
            "own": own_answer(step, "recognise", Sender.of(participant), slug),
        }

    def screen(self, step: Step) -> dict[str, Any]:
        slug = self.at(step)
        return self._on_the_projector(step, self.drawn(step, [slug]), self.answers(step).get(slug, {}))

    def _on_the_projector(self, step: Step, drawn: showing.Drawn, answers: Mapping[str, int]) -> dict[str, Any]:
        slug = self.at(step)
        return {
            "comparison": drawn.comparisons.get(slug),
            "practice": drawn.practices.get(slug),
            "from_profile": drawn.from_profile,
            "answered": sum(answers.values()),
            "answers": [(label, answers.get(value, 0)) for value, label in ANSWERS],
            "revealed": slug in step.state.get("revealed", []),
            "number": self.slugs(step).index(slug) + 1,
            "of": len(self.slugs(step)),
        }

    def console(self, step: Step) -> dict[str, Any]:
        said = list(step.contributions.filter(take="recognise", about=self.at(step)).select_related("participant"))
        answers = Counter(line.value for line in said if line.hidden_at is None)
        drawn = self.drawn(step, self.slugs(step))
        titles = {slug: one.title for slug, one in drawn.comparisons.items()}
        titles |= {slug: one.title for slug, one in drawn.figures.items()}
        titles |= {slug: one.title for slug, one in drawn.practices.items()}
        pages = [
            (number, titles.get(slug, slug), slug == self.at(step)) for number, slug in enumerate(self.slugs(step))
        ]
        lines = [line for line in said if line.text]
        return {**self._on_the_projector(step, drawn, answers), "pages": pages, "lines": lines}

    def report(self, step: Step) -> dict[str, Any]:
        answers = self.answers(step)
        lines = list(step.contributions.shown().filter(take="recognise").exclude(text=""))
        drawn = self.drawn(step, self.slugs(step))
        told: list[dict[str, Any]] = []
        for slug in self.slugs(step):
            comparison, practice = drawn.comparisons.get(slug), drawn.practices.get(slug)
            if comparison or practice:
                said = [line.text for line in lines if line.about == slug]
                about = {"comparison": comparison, "practice": practice}
                told.append(about | self._told(comparison, answers.get(slug, {}), said))
        return {"figures": told}

    @staticmethod
    def _told(comparison: Comparison | None, answers: dict[str, int], lines: list[str]) -> dict[str, Any]:
        counted = [(label, answers.get(value, 0)) for value, label in ANSWERS]
        return {
            "chart": figure_chart(comparison) if comparison else None,
            "answers": answers_chart(counted) if any(answers.values()) else None,
            "lines": lines,
        }

    @staticmethod
    def answers(step: Step) -> dict[str, dict[str, int]]:
        """Number of answers per indicator and value."""
        counted: dict[str, dict[str, int]] = {}
        rows = (
            step.contributions.shown()
            .filter(take="recognise")
            .order_by()
            .values_list("about", "value")
            .annotate(n=Count("pk"))
        )
        for about, value, number in rows:
            counted.setdefault(about, {})[value] = number
        return counted

"""What people fill in when they choose with dots, and what the script and the facilitator set."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from samenwijk.meetings import ballot_paper, ways
from samenwijk.meetings.kinds.base import StepForm
from samenwijk.plans.models import Choice, ChoiceOption


class OptionsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # the class takes none at run time
    """Options by their public ids, looked up together: Django asks for each apart, and a whole room votes at once."""

    def _check_values(self, value: Any) -> Any:
        try:
            wanted = {UUID(one) for one in value}
        except (ValueError, AttributeError) as error:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from error
        assert self.queryset is not None
        found = self.queryset.filter(public_id__in=wanted)
        if len(found) < len(wanted):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return found


class DotsForm(StepForm):
    """A whole ballot: boxes to tick, or with a score a field for each option."""

    options = OptionsField(
        label=_("Waar zet je je stippen?"),
        queryset=ChoiceOption.objects.none(),
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Deze keuze staat niet meer op het bord. Kies opnieuw.")},
    )
    sequence = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def prepare(self) -> None:
        choice = self.step.choice
        self.scored: dict[str, ChoiceOption] = {}
        if choice is None:
            return
        field = self.fields["options"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = choice.options.only("public_id", "choice").order_by()
        if choice.is_scored:
            self.scored = {ballot_paper.score_name(option.public_id): option for option in choice.options.all()}
            self.fields.update({name: score_field() for name in self.scored})
        if self.sender and self.sender.participant and not self.is_bound:
            self._recall(choice, self.sender.participant.public_id)

    def _recall(self, choice: Choice, voter: UUID) -> None:
        """What this voter sent before."""
        given = choice.scores_by(voter)
        self.initial.setdefault("options", list(given))
        for public_id, score in given.items():
            self.initial.setdefault(ballot_paper.score_name(public_id), score)

    @property
    def groups(self) -> list[ballot_paper.Group]:
        """The ballot of this voter, with the dots as they were sent or stored."""
        assert self.step.choice
        assert self.sender
        positions = dict(self.step.meeting.themes.values_list("theme_id", "position"))
        return ballot_paper.groups(self.step.choice, positions, self.sender.public_id, self._given())

    def _given(self) -> dict[str, int]:
        if self.step.choice and self.step.choice.is_scored:
            values = {str(option.public_id): self[name].value() for name, option in self.scored.items()}
            return {option: int(value) for option, value in values.items() if str(value or "") in SCORES}
        return {str(value): 1 for value in self["options"].value() or []}

    @property
    def used(self) -> int:
        return len(self["options"].value() or [])

    def clean_options(self) -> Any:
        chosen, choice = self.cleaned_data["options"], self.step.choice
        most = choice.dots if choice else 0
        if choice and choice.counts_stickers and len(chosen) > most:
            self.add_error(
                "options",
                ngettext(
                    "Je hebt %(most)d stip. Haal er %(over)d weg.",
                    "Je hebt %(most)d stippen. Haal er %(over)d weg.",
                    most,
                )
                % {"most": most, "over": len(chosen) - most},
            )
        return chosen

    def clean(self) -> dict[str, Any]:
        """`options` is what got something; `scores` its value by primary key."""
        data = super().clean() or {}
        data["scores"] = {option.pk: data[name] for name, option in self.scored.items() if data.get(name)}
        if self.scored:
            data["options"] = [option for option in self.scored.values() if option.pk in data["scores"]]
        return data


SCORES = ("1", "2", "3", "4", "5")


def score_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        choices=[("", "")] + [(score, score) for score in SCORES],
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": _("Geef 1 tot 5 punten, of laat het leeg.")},
    )


class ProposeForm(StepForm):
    title = forms.CharField(
        label=_("Welk thema mist er?"),
        max_length=80,
        error_messages={"required": _("Schrijf op welk thema je mist.")},
    )


class NumberForm(StepForm):
    number = forms.IntegerField(label=_("Hoeveel thema's gaan door?"), min_value=2, max_value=6)


class SettleForm(StepForm):
    options = forms.ModelMultipleChoiceField(
        queryset=ChoiceOption.objects.none(), to_field_name="public_id", required=False
    )
    among = forms.ModelMultipleChoiceField(queryset=ChoiceOption.objects.none(), to_field_name="public_id")

    def prepare(self) -> None:
        for name in ("options", "among"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelMultipleChoiceField)
            field.queryset = ChoiceOption.objects.filter(choice=self.step.choice, tied=True)


class DotsSettings(forms.Form):
    dots = forms.IntegerField(label=_("Hoeveel stippen krijgt iedereen?"), min_value=1, max_value=10)


class VoteSettings(DotsSettings):
    """Dots, and behind a door the other ways of choosing."""

    behind = ("way", "seats")
    explained = tuple(ways.WAYS.values())
    way = forms.ChoiceField(
        label=_("Hoe kiest de zaal?"), choices=ways.way_choices, widget=forms.RadioSelect, required=False
    )
    seats = forms.IntegerField(
        label=_("Bij een eerlijke verdeling: hoeveel ideeën gaan door?"), min_value=2, max_value=20, required=False
    )

    @property
    def is_otherwise(self) -> bool:
        return bool(self.errors) or self["way"].value() not in ("", None, Choice.Form.DOTS)

    def clean_way(self) -> str:
        return self.cleaned_data["way"] or Choice.Form.DOTS

    def clean_seats(self) -> int:
        return self.cleaned_data["seats"] or ways.SEATS


class WayForm(StepForm):
    """Another way of choosing, while nobody has chosen yet."""

    way = forms.ChoiceField(choices=ways.way_choices)


class ResidentsForm(StepForm):
    """The idea that the residents themselves present as theirs; none takes it away again."""

    options = forms.ModelMultipleChoiceField(
        queryset=ChoiceOption.objects.none(), to_field_name="public_id", required=False
    )

    def prepare(self) -> None:
        field = self.fields["options"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = ChoiceOption.objects.filter(choice=self.step.choice, choice__shown_at__isnull=False)


class ThemesSettings(DotsSettings):
    number = forms.IntegerField(label=_("Hoeveel thema's gaan door?"), min_value=2, max_value=6)
    preset = forms.BooleanField(label=_("De thema's staan vooraf vast: niet stemmen"), required=False)
    proposals = forms.BooleanField(label=_("Iedereen mag een thema toevoegen"), required=False)

"""What people fill in when they choose with dots, and what the script and the facilitator set."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from samenwijk.meetings import ballot_paper
from samenwijk.meetings.kinds.base import StepForm
from samenwijk.plans.models import ChoiceOption


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
        field = self.fields["options"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        if choice is None:
            return
        field.queryset = choice.options.only("public_id", "choice").order_by()
        if self.sender and self.sender.participant and not self.is_bound:
            self.initial.setdefault("options", choice.chosen_by(self.sender.participant.public_id))

    @property
    def groups(self) -> list[ballot_paper.Group]:
        """The ballot of this voter, with the dots as they were sent or stored."""
        assert self.step.choice
        assert self.sender
        chosen = {str(value) for value in self["options"].value() or []}
        positions = dict(self.step.meeting.themes.values_list("theme_id", "position"))
        return ballot_paper.groups(self.step.choice, positions, self.sender.public_id, chosen)

    @property
    def used(self) -> int:
        return len(self["options"].value() or [])

    def clean_options(self) -> Any:
        chosen = self.cleaned_data["options"]
        most = self.step.choice.dots if self.step.choice else 0
        if len(chosen) > most:
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


class ThemesSettings(DotsSettings):
    number = forms.IntegerField(label=_("Hoeveel thema's gaan door?"), min_value=2, max_value=6)
    preset = forms.BooleanField(label=_("De thema's staan vooraf vast: niet stemmen"), required=False)
    proposals = forms.BooleanField(label=_("Iedereen mag een thema toevoegen"), required=False)

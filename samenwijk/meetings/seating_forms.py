"""The forms of the table plan: how many tables and rounds, where somebody sits, and what somebody would like."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenwijk.meetings.kinds.choosing_forms import OptionsField
from samenwijk.meetings.models import Meeting, Participant, Table
from samenwijk.meetings.table_planning import MOST_ROUNDS
from samenwijk.plans.models import Theme

FEWEST_TABLES, MOST_TABLES = 1, 8
TABLES_WRONG, ROUNDS_WRONG = _("Kies 1 tot 8 tafels."), _("Kies 1 tot 6 rondes.")
MOVE, LOCK, UNLOCK = "move", "lock", "unlock"


class Slider(forms.NumberInput):
    input_type = "range"


class ByPublicId(forms.ModelChoiceField):  # type: ignore[type-arg]
    """What is no id at all is as unknown as an id of something else."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except forms.ValidationError as error:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from error


class TablePlanForm(forms.Form):
    """How many tables and rounds, and what counts more: new people or one's own theme."""

    tables = forms.IntegerField(
        label=_("Hoeveel tafels?"),
        min_value=FEWEST_TABLES,
        max_value=MOST_TABLES,
        error_messages=dict.fromkeys(("min_value", "max_value", "required", "invalid"), TABLES_WRONG),
    )
    rounds = forms.IntegerField(
        label=_("Hoeveel rondes?"),
        min_value=1,
        max_value=MOST_ROUNDS,
        error_messages=dict.fromkeys(("min_value", "max_value", "required", "invalid"), ROUNDS_WRONG),
    )
    theme_share = forms.IntegerField(
        label=_("Wat telt zwaarder?"),
        help_text=_("Links: nieuwe mensen ontmoeten. Rechts: werken aan je eigen thema."),
        min_value=0,
        max_value=100,
        initial=0,
        required=False,
        widget=Slider(attrs={"step": 10, "class": "slider"}),
    )

    def clean_theme_share(self) -> int:
        return int(self.cleaned_data.get("theme_share") or 0)


class SeatForm(forms.Form):
    """Somebody in a round: to another table, or locked where they sit."""

    participant = ByPublicId(
        queryset=Participant.objects.none(),
        to_field_name="public_id",
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Kies eerst wie je wilt verplaatsen.")),
    )
    table = ByPublicId(
        queryset=Table.objects.none(),
        to_field_name="public_id",
        required=False,
        error_messages={"invalid_choice": _("Deze tafel is er niet. Kies een andere.")},
    )
    do = forms.ChoiceField(choices=[(MOVE, MOVE), (LOCK, LOCK), (UNLOCK, UNLOCK)])

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who, where = self.fields["participant"], self.fields["table"]
        assert isinstance(who, forms.ModelChoiceField)
        assert isinstance(where, forms.ModelChoiceField)
        who.queryset = meeting.participants.present()
        where.queryset = meeting.tables.all()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("do") == MOVE and not data.get("table") and "table" not in self.errors:
            self.add_error("table", _("Kies eerst een tafel."))
        return data


class RoleForm(forms.Form):
    """What somebody does at the table."""

    is_host = forms.BooleanField(label=_("tafelgastheer"), required=False)
    is_ambassador = forms.BooleanField(label=_("ambassadeur"), required=False)


class InTheRoomForm(forms.Form):
    """Who of the room an ambassador on the list is."""

    participant = ByPublicId(
        label=_("Wie is dit in de zaal?"),
        queryset=Participant.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("nog niet binnen"),
        error_messages={"invalid_choice": _("Deze deelnemer is er niet. Kies een ander.")},
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = self.fields["participant"]
        assert isinstance(who, forms.ModelChoiceField)
        who.queryset = meeting.participants.present().order_by("first_name", "number")


class People(OptionsField):
    """People in the room, as they may be shown to each other: a first name and what somebody is."""

    def label_from_instance(self, person: Any) -> str:
        return f"{person.name}, {person.discipline_title}"


class KnowsForm(forms.Form):
    """Whom of the room somebody knows already."""

    others = People(
        label=_("Wie ken je al?"),
        queryset=Participant.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Iemand van je lijst is er niet meer. Kies opnieuw.")},
    )

    def __init__(self, *args: Any, participant: Participant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["others"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        there = participant.meeting.participants.present().exclude(pk=participant.pk)
        field.queryset = there.order_by("first_name", "number")


class WishForm(forms.Form):
    """The theme that somebody would like to work on."""

    theme = ByPublicId(
        label=_("Aan welk thema werk jij graag?"),
        queryset=Theme.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("maakt me niet uit"),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Dit thema staat niet op de lijst. Kies een ander.")},
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["theme"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Theme.objects.filter(meetings__meeting=meeting).order_by("meetings__position")

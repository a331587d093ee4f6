"""The facilitator's forms. They check what was filled in; processes keep it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenwijk.meetings.kinds import KINDS
from samenwijk.meetings.models import Ambassador, Meeting, Table
from samenwijk.people.disciplines import discipline_choices
from samenwijk.places.models import Wijk
from samenwijk.places.topics import TOPICS
from samenwijk.plans.models import ChoiceOption, Idea, Theme

MOMENT = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d-%m-%Y %H:%M"]


class PhaseForm(forms.Form):
    """Which state of the evening the presser saw."""

    phase = forms.IntegerField(min_value=0)
    ends = forms.CharField(max_length=40, required=False)

    @property
    def seen(self) -> int:
        """The phase, or one that never is: then the press counts as too late and changes nothing."""
        return int(self.cleaned_data["phase"]) if self.is_valid() else -1


class MeetingForm(forms.Form):
    """The outside of a meeting: what, when, where, how many tables."""

    title = forms.CharField(
        label=_("Hoe heet de bijeenkomst?"),
        max_length=120,
        error_messages={"required": _("Geef de bijeenkomst een naam.")},
    )
    starts_at = forms.DateTimeField(
        label=_("Wanneer begint het?"),
        input_formats=MOMENT,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": _("Kies een dag en een tijd."),
            "invalid": _("Schrijf dag en tijd zo: 24-12-2026 17:30."),
        },
    )
    place = forms.CharField(label=_("Waar?"), max_length=120, required=False)
    tables = forms.IntegerField(
        label=_("Hoeveel tafels?"),
        min_value=1,
        max_value=8,
        initial=6,
        error_messages={
            "min_value": _("Kies 1 tot 8 tafels."),
            "max_value": _("Kies 1 tot 8 tafels."),
            "required": _("Kies 1 tot 8 tafels."),
        },
    )

    @classmethod
    def of(cls, meeting: Meeting, data: Any = None) -> MeetingForm:
        now = {
            "title": meeting.title,
            "starts_at": meeting.starts_at,
            "place": meeting.place,
            "tables": meeting.number_of_tables,
        }
        return cls(data, initial=now)


class NewMeetingForm(MeetingForm):
    """A new meeting in one of the wijken where the asker may run one, from a script to start from."""

    wijk = forms.ModelChoiceField(label=_("Voor welke wijk?"), queryset=Wijk.objects.none(), empty_label=None)
    script = forms.ChoiceField(label=_("Met welk draaiboek begin je?"), widget=forms.RadioSelect)
    series = forms.CharField(
        label=_("Hoort dit bij een reeks? Hoe heet die?"),
        max_length=80,
        required=False,
        help_text=_("De volgende keer beginnen jullie dan met de afspraken van de vorige keer."),
    )
    field_order = ("wijk", "title", "starts_at", "place", "tables", "series", "script")

    def __init__(self, *args: Any, wijken: list[Wijk], scripts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen, script = self.fields["wijk"], self.fields["script"]
        assert isinstance(chosen, forms.ModelChoiceField)
        assert isinstance(script, forms.ChoiceField)
        chosen.queryset = Wijk.objects.filter(pk__in=[wijk.pk for wijk in wijken])
        if len(wijken) == 1:
            chosen.widget, chosen.initial = forms.HiddenInput(), wijken[0]
        script.choices = scripts
        script.initial = scripts[0][0] if scripts else None


class PartForm(forms.Form):
    """One step of a script, apart from what its kind asks."""

    title = forms.CharField(
        label=_("Naam van het onderdeel"),
        max_length=80,
        error_messages={"required": _("Geef het onderdeel een naam.")},
    )
    question = forms.CharField(label=_("De vraag op het scherm"), max_length=200, required=False)
    minutes = forms.IntegerField(
        label=_("Hoeveel minuten?"),
        min_value=1,
        max_value=180,
        error_messages={"required": _("Vul het aantal minuten in.")},
    )
    talk_minutes = forms.IntegerField(
        label=_("Eerst praten, telefoon weg: hoeveel minuten?"), min_value=0, max_value=180, initial=0, required=False
    )

    new_tables = forms.BooleanField(
        label=_("Nieuwe ronde: iedereen gaat naar een andere tafel"),
        help_text=_("Dit werkt alleen met een tafelplan."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["talk_minutes"] = data.get("talk_minutes") or 0
        if data.get("minutes") and data["talk_minutes"] > data["minutes"]:
            self.add_error("talk_minutes", _("Dit is langer dan het hele onderdeel duurt."))
        return data


class KindForm(forms.Form):
    kind = forms.ChoiceField(label=_("Wat voor onderdeel?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(slug, kind.title) for slug, kind in KINDS.items()]


class TemplateForm(forms.Form):
    title = forms.CharField(
        label=_("Naam van het draaiboek"),
        max_length=80,
        error_messages={"required": _("Geef het draaiboek een naam.")},
    )


class ThemeForm(forms.Form):
    title = forms.CharField(
        label=_("Welk thema?"),
        max_length=80,
        error_messages={"required": _("Schrijf op welk thema erbij moet.")},
        widget=forms.TextInput(attrs={"list": "themawoorden", "autocomplete": "off"}),
    )

    @property
    def topic(self) -> str:
        """The word of the vocabulary that was typed or picked, if it is one."""
        said = self.cleaned_data["title"].casefold()
        return next((slug for slug, word in TOPICS.items() if str(word).casefold() == said), "")


class WithTable(forms.Form):
    """A form that points at a table of this meeting."""

    table = forms.ModelChoiceField(
        label=_("Welke tafel?"),
        queryset=Table.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("de kleinste tafel"),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["table"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = meeting.tables.all()


class GuestForm(WithTable):
    """Somebody who takes part without a phone of their own."""

    first_name = forms.CharField(label=_("Voornaam"), max_length=40, required=False)
    discipline = forms.ChoiceField(label=_("Beroep of rol"), choices=discipline_choices)
    organisation = forms.CharField(label=_("Organisatie"), max_length=80, required=False)
    key = forms.UUIDField()
    field_order = ("first_name", "discipline", "organisation", "table")


class TableThemeForm(forms.Form):
    theme = forms.ModelChoiceField(queryset=Theme.objects.none(), to_field_name="public_id", required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["theme"]
        assert isinstance(field, forms.ModelChoiceField)
        on_the_list = Theme.objects.filter(meetings__meeting=meeting)
        chosen = on_the_list.filter(meetings__meeting=meeting, meetings__chosen=True)
        field.queryset = chosen if chosen.exists() else on_the_list


class MergeForm(forms.Form):
    """Two or more ideas that become one."""

    ideas = forms.ModelMultipleChoiceField(
        queryset=Idea.objects.none(),
        to_field_name="public_id",
        error_messages={"required": _("Kies twee of meer ideeën.")},
    )
    title = forms.CharField(label=_("Zo heet het samen"), max_length=200, required=False)
    what = forms.CharField(
        label=_("Wat gaan we doen?"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    key = forms.UUIDField()

    def __init__(self, *args: Any, ideas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["ideas"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = ideas

    def clean_ideas(self) -> Any:
        chosen = self.cleaned_data["ideas"]
        if len(chosen) < 2:
            raise forms.ValidationError(_("Kies twee of meer ideeën."))
        return chosen


class PaperDotsForm(forms.Form):
    """How many stickers stand at each option on one table's sheet."""

    def __init__(self, data: Any = None, *, options: Iterable[ChoiceOption], counted: Mapping[int, int]) -> None:
        self.options = {str(option.public_id): option for option in options}
        super().__init__(data)
        for name, option in self.options.items():
            self.fields[name] = forms.IntegerField(
                label=str(option),
                min_value=0,
                max_value=500,
                required=False,
                initial=counted.get(option.pk) or None,
                error_messages={"invalid": _("Vul een getal in."), "min_value": _("Vul 0 of meer in.")},
            )

    @property
    def dots(self) -> dict[ChoiceOption, int]:
        return {option: self.cleaned_data[name] or 0 for name, option in self.options.items()}


class PaperBallotForm(forms.Form):
    """One person's ballot from paper: what it chose or scored, and whether a resident filled it in."""

    group = forms.ChoiceField(
        label=_("Van wie is dit biljet?"),
        choices=(("resident", _("een bewoner")), ("professional", _("een professional"))),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies van wie dit biljet is.")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, options: Iterable[ChoiceOption], scored: bool) -> None:
        self.options = {str(option.public_id): option for option in options}
        super().__init__(data)
        for name, option in self.options.items():
            self.fields[name] = self._score(option) if scored else self._tick(option)

    @staticmethod
    def _score(option: ChoiceOption) -> forms.Field:
        wrong = _("Vul 1 tot 5 in, of niets.")
        errors = {"invalid": wrong, "min_value": wrong, "max_value": wrong}
        return forms.IntegerField(label=str(option), min_value=1, max_value=5, required=False, error_messages=errors)

    @staticmethod
    def _tick(option: ChoiceOption) -> forms.Field:
        return forms.BooleanField(label=str(option), required=False)

    @property
    def scores(self) -> dict[ChoiceOption, int]:
        given = {option: self.cleaned_data[name] for name, option in self.options.items()}
        return {option: int(value) for option, value in given.items() if value}


class LateForm(forms.Form):
    """Which of the sendings that came too late."""

    author = forms.UUIDField()
    sending = forms.UUIDField()


class AmbassadorForm(forms.Form):
    """Who plays at which table, and what was agreed with them."""

    first_name = forms.CharField(
        label=_("Voornaam"), max_length=40, error_messages={"required": _("Vul een voornaam in.")}
    )
    table = forms.ModelChoiceField(
        label=_("Aan welke tafel?"),
        queryset=Table.objects.none(),
        required=False,
        empty_label=_("nog niet gekozen"),
    )
    compensation = forms.ChoiceField(
        label=_("Welke vergoeding wil de ambassadeur?"),
        choices=Ambassador.Compensation.choices,
        help_text=_("Vraag het altijd. Geld kan iemand een uitkering of toeslag kosten."),
    )
    boundaries_agreed = forms.BooleanField(label=_("We bespraken de grenzen, en hoe je stopt"), required=False)
    aftercare_by = forms.CharField(label=_("Wie belt de dag erna?"), max_length=80, required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tables = self.fields["table"]
        assert isinstance(tables, forms.ModelChoiceField)
        tables.queryset = meeting.tables.order_by("number")


class AnswerToProposalForm(forms.Form):
    """What the region says: yes or not now, and always why."""

    taken_on = forms.TypedChoiceField(
        label=_("Wat doet de regio hiermee?"),
        choices=((True, _("Pakken we op")), (False, _("Nu niet"))),
        coerce=lambda value: str(value) == "True",
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies: pakken we op, of nu niet.")},
    )
    because = forms.CharField(
        label=_("Omdat ..."),
        max_length=300,
        error_messages={"required": _("Schrijf op waarom. Dat lezen de mensen van de tafel.")},
    )

"""What people fill in around a profile: which figures, under which heading, and the story behind one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from samenwijk.figures.models.profile import LONGEST_GROUP
from samenwijk.figures.models.story import LONGEST
from samenwijk.methods.guard import Trace, traces
from samenwijk.people.guard import no_citizen_number


class StoryForm(forms.Form):
    """A story behind a figure, at most 500 characters and about nobody in particular."""

    text = forms.CharField(
        label=_("Wat zie jij in de wijk?"),
        help_text=_("Schrijf geen namen op, en niets waaraan iemand te herkennen is."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[no_citizen_number],
        error_messages={
            "required": _("Schrijf op wat je ziet. Een of twee zinnen is genoeg."),
            "max_length": _("Dat is te lang. Hooguit 500 tekens, dat zijn ongeveer vijf zinnen."),
        },
    )
    sure = forms.BooleanField(label=_("Ik heb het nagekeken: niemand is hieraan te herkennen"), required=False)

    def __init__(self, *args: Any, known: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known

    @cached_property
    def found(self) -> tuple[Trace, ...]:
        """What in the text may make somebody recognisable."""
        return traces(str(self.data.get("text", ""))[:LONGEST], known=self.known)

    @property
    def is_refused(self) -> bool:
        return any(trace.kind == "bsn" for trace in self.found)

    @property
    def doubts(self) -> list[tuple[str, str]]:
        """The words that the writer should look at again, and what each may be."""
        return [(trace.text, str(WHAT_IT_MAY_BE[trace.kind])) for trace in self.found]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.found and not self.is_refused and not cleaned.get("sure"):
            self.add_error("text", _("Kijk nog een keer of hier iemand aan te herkennen is. Je tekst staat er nog."))
        return cleaned


WHAT_IT_MAY_BE = {
    "bsn": _("een burgerservicenummer"),
    "iban": _("een rekeningnummer"),
    "mail": _("een mailadres"),
    "phone": _("een telefoonnummer"),
    "postcode": _("een postcode"),
    "address": _("een adres"),
    "birth": _("wanneer iemand geboren is"),
    "name": _("een naam"),
}


class ChoiceForm(forms.Form):
    """Which indicator is meant."""

    indicator = forms.SlugField(max_length=120)


class MoveForm(ChoiceForm):
    """One place earlier or later."""

    later = forms.BooleanField(required=False)


class GroupForm(forms.Form):
    """A heading of the profile and the new name for it."""

    group = forms.CharField(max_length=LONGEST_GROUP, required=False)
    name = forms.CharField(
        label=_("Kop"),
        max_length=LONGEST_GROUP,
        error_messages={"required": _("Geef de groep een naam, bijvoorbeeld: Gezondheid.")},
    )


class MoveGroupForm(forms.Form):
    """A whole group earlier or later."""

    group = forms.CharField(max_length=LONGEST_GROUP, required=False)
    later = forms.BooleanField(required=False)


class PutForm(ChoiceForm):
    """Another heading for one figure: one that exists, or a new one."""

    group = forms.CharField(label=_("Naar een andere groep"), max_length=LONGEST_GROUP)

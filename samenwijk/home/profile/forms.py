"""What people fill in around a profile: which figures, under which heading, and the story behind one."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from samenwijk.figures.models.profile import LONGEST_GROUP
from samenwijk.figures.models.story import LONGEST


class StoryForm(forms.Form):
    """A story behind a figure, at most 500 characters and about nobody in particular."""

    text = forms.CharField(
        label=_("Wat zie jij in de wijk?"),
        help_text=_("Schrijf geen namen op, en niets waaraan iemand te herkennen is."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Schrijf op wat je ziet. Een of twee zinnen is genoeg."),
            "max_length": _("Dat is te lang. Hooguit 500 tekens, dat zijn ongeveer vijf zinnen."),
        },
    )


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

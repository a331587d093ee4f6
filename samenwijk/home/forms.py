"""What an owner adds to a plan afterwards, and how an action ends."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from samenwijk.plans.models import Form, Need


class DetailForm(forms.Form):
    """Who else is needed, what is needed, and how firm it is."""

    form = forms.ChoiceField(label=_("Wat voor afspraak is dit?"), required=False)
    needs = forms.MultipleChoiceField(
        label=_("Wat heb je nodig?"), choices=Need.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    needs_what = forms.CharField(
        label=_("Kun je dat uitleggen?"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    needs_whom = forms.CharField(label=_("Wie heb je nog nodig?"), max_length=300, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["form"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Nog niet bekend")), *Form.choices]


class OutcomeForm(forms.Form):
    """How it ended. "Did not work" is as good an answer as "done"."""

    outcome = forms.CharField(
        label=_("Wat kwam ervan?"),
        max_length=280,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf in één zin wat ervan kwam. Ook 'het lukte niet' is een goed antwoord.")},
    )
    status = forms.ChoiceField(
        label=_("Hoe staat het ervoor?"),
        choices=[("completed", _("Gedaan")), ("stopped", _("We stoppen ermee"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe het ervoor staat.")},
    )

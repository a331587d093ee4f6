"""What people tell about themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenwijk.people.disciplines import discipline_choices
from samenwijk.people.models import Person


class CardForm(forms.Form):
    """My own card in the who is who; cleans to the arguments of `Person.change_card`."""

    first_name = forms.CharField(label=_("Voornaam"), max_length=60)
    last_name = forms.CharField(label=_("Achternaam"), max_length=80, required=False)
    discipline = forms.ChoiceField(label=_("Beroep of rol"), choices=discipline_choices)
    organisation_name = forms.CharField(label=_("Organisatie"), max_length=120, required=False)
    phone = forms.CharField(
        label=_("Telefoon"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    call_me_for = forms.CharField(
        label=_("Bel mij voor"),
        max_length=80,
        required=False,
        help_text=_("Bijvoorbeeld: vragen over vallen."),
    )

    @classmethod
    def of(cls, person: Person, data: Any = None) -> "CardForm":
        """The form filled with what the card says now, or with what was sent."""
        now = {
            name: getattr(person, name) for name in ("first_name", "last_name", "discipline", "phone", "call_me_for")
        }
        return cls(
            data,
            initial={**now, "organisation_name": person.organisation.name if person.organisation else ""},
        )

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"])
        if phone and sum(character.isdigit() for character in phone) < 3:
            raise forms.ValidationError(_("Dit lijkt geen telefoonnummer. Vul cijfers in, of laat het leeg."))
        return phone


class ForgetForm(forms.Form):
    """Being forgotten cannot be undone, so it asks for one tick."""

    sure = forms.BooleanField(
        label=_("Ja, haal mijn naam, mailadres en telefoonnummer weg."),
        error_messages={"required": _("Zet een vinkje als je het zeker weet.")},
    )

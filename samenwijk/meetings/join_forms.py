"""What people fill in at the door: a code, or a first name with a discipline and an organisation."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenwijk.meetings.codes import tidy
from samenwijk.people.disciplines import discipline_choices

# Signs that turn the text around them; a name or an organisation needs none.
TURNING = {0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069}
LOOK_EMPTY = {"\u115f", "\u1160", "\u2800", "\u3164", "\uffa0"}
CODE_LENGTH = 6


def plain(text: str) -> str:
    """One line without control signs; letters of any script and emoji stay. Empty when nothing of it can be seen."""
    kept = (
        sign for sign in text if ord(sign) not in TURNING and (sign.isspace() or unicodedata.category(sign) != "Cc")
    )
    line = " ".join("".join(kept).split())
    return line if any(map(_can_be_seen, line)) else ""


def _can_be_seen(sign: str) -> bool:
    return unicodedata.category(sign)[0] not in "CZM" and sign not in LOOK_EMPTY


class CodeForm(forms.Form):
    """The code on the screen, or somebody's own return code: six signs, typed with or without spaces."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        error_messages={
            "required": _("Vul de code in. Hij staat op het grote scherm."),
            "max_length": _("Deze code is te lang. Een code heeft 6 letters en cijfers."),
        },
        widget=forms.TextInput(
            attrs={
                "autocapitalize": "characters",
                "autocomplete": "off",
                "autocorrect": "off",
                "spellcheck": "false",
                "class": "code-input",
            }
        ),
    )

    def clean_code(self) -> str:
        code = tidy(self.cleaned_data["code"])
        if len(code) != CODE_LENGTH:
            raise forms.ValidationError(_("Een code heeft 6 letters en cijfers. Kijk nog eens op het scherm."))
        return code

    @staticmethod
    def could_exist(code: str) -> bool:
        return len(code) == CODE_LENGTH and code.isascii()


class JoinForm(forms.Form):
    """Three questions, of which only the second needs an answer."""

    first_name = forms.CharField(
        label=_("Jouw voornaam"),
        help_text=_("Je mag dit leeg laten."),
        max_length=40,
        required=False,
        error_messages={
            "max_length": _("Deze naam is te lang: %(show_value)d tekens. Gebruik hooguit %(limit_value)d tekens.")
        },
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    discipline = forms.ChoiceField(
        label=_("Wat ben jij?"),
        choices=lambda: [("", _("Kies …")), *discipline_choices()],
        error_messages={
            "required": _("Kies wat je bent. Staat het er niet bij? Kies 'anders'."),
            "invalid_choice": _("Kies wat je bent. Staat het er niet bij? Kies 'anders'."),
        },
    )
    organisation = forms.CharField(
        label=_("Waar werk je?"),
        help_text=_("Ben je bewoner? Dan mag dit leeg blijven."),
        max_length=80,
        required=False,
        error_messages={
            "max_length": _("Deze naam is te lang: %(show_value)d tekens. Gebruik hooguit %(limit_value)d tekens.")
        },
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in ("first_name", "organisation"):
            if name in data:
                data[name] = plain(data[name])
        return data


class TableForm(forms.Form):
    """Which table somebody sits at, when it is not the one that was given."""

    number = forms.TypedChoiceField(
        label=_("Aan welke tafel zit je?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies een tafel."),
            "invalid_choice": _("Deze tafel is er niet. Kies een andere."),
        },
    )

    def __init__(self, *args: Any, numbers: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["number"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(number, _("Tafel %(number)s") % {"number": number}) for number in numbers]

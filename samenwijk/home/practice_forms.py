"""What a practice fills in: numbers that it types over, a file, and how widely others may see it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenwijk.figures.models import Delivery
from samenwijk.figures.practice import words
from samenwijk.figures.practice.cells import Row
from samenwijk.figures.practice.files import MOST_BYTES, Refused, Sheet, read
from samenwijk.figures.practice.mapping import PARTS, Columns, chosen, recognised, rows_of

LINES = 10
YEARS_BACK = 8

PART_NAMES = {
    "period": gettext_lazy("Het jaar"),
    "icpc": gettext_lazy("De ICPC-code"),
    "title": gettext_lazy("De omschrijving"),
    "age": gettext_lazy("De leeftijdsgroep"),
    "sex": gettext_lazy("Het geslacht"),
    "count": gettext_lazy("Het aantal mensen met dit probleem"),
    "registered": gettext_lazy("Het aantal ingeschreven mensen"),
    "practice": gettext_lazy("De naam van de praktijk"),
    "origin": gettext_lazy("De bron"),
}


class KeyForm(forms.Form):
    """The key that makes sending twice harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput)


class TypedForm(KeyForm):
    """Five to ten numbers, typed over from the practice's own overview."""

    period = forms.TypedChoiceField(label=gettext_lazy("Over welk jaar?"), coerce=int)
    registered = forms.IntegerField(
        label=gettext_lazy("Hoeveel mensen zijn bij jullie ingeschreven?"),
        help_text=gettext_lazy("Op 31 december van dat jaar, of zo dicht mogelijk daarbij."),
        max_value=200_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    origin = forms.CharField(label=gettext_lazy("Uit welk systeem komen de cijfers?"), max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this_year = timezone.localdate().year
        years = self.fields["period"]
        assert isinstance(years, forms.TypedChoiceField)
        years.choices = [(year, str(year)) for year in range(this_year, this_year - YEARS_BACK, -1)]
        years.initial = this_year - 1
        problems = [("", _("Kies een probleem")), *((code, f"{title} ({code})") for code, title in _by_title())]
        for line in range(1, LINES + 1):
            self.fields[f"problem_{line}"] = forms.ChoiceField(
                label=_("Probleem %(n)s") % {"n": line}, choices=problems, required=False
            )
            self.fields[f"count_{line}"] = forms.IntegerField(
                label=_("Aantal mensen %(n)s") % {"n": line},
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )

    def clean_registered(self) -> int:
        registered = int(self.cleaned_data["registered"])
        if registered < settings.SMALL_POPULATION:
            sentence = _("Over minder dan %(least)s ingeschreven mensen laten we geen cijfers zien.")
            raise forms.ValidationError(sentence % {"least": settings.SMALL_POPULATION})
        return registered

    def clean_origin(self) -> str:
        origin = str(self.cleaned_data["origin"]).strip()
        if any(sign.isdigit() for sign in origin) or "@" in origin:
            raise forms.ValidationError(_("Schrijf alleen de naam van het systeem, zonder getallen."))
        return origin

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        used: set[str] = set()
        for line in range(1, LINES + 1):
            self._clean_line(line, cleaned, used)
        if not used and not self.errors:
            raise forms.ValidationError(_("Vul ten minste één probleem met een aantal in."))
        return cleaned

    def _clean_line(self, line: int, cleaned: dict[str, Any], used: set[str]) -> None:
        problem, count = cleaned.get(f"problem_{line}", ""), cleaned.get(f"count_{line}")
        registered = cleaned.get("registered")
        if not problem and count is None:
            return
        if not problem:
            self.add_error(f"problem_{line}", _("Kies waar dit aantal over gaat."))
        elif problem in used:
            self.add_error(f"problem_{line}", _("Dit probleem staat er al."))
        elif count is None and f"count_{line}" not in self.errors:
            self.add_error(f"count_{line}", _("Vul het aantal in, of haal het probleem weg."))
        used.add(problem)
        if count is None:
            return
        if count < settings.SMALL_COUNT:
            sentence = _(
                "Een aantal onder %(least)s is te klein: daar zijn mensen aan te herkennen. Haal deze regel weg."
            )
            self.add_error(f"count_{line}", sentence % {"least": settings.SMALL_COUNT})
        elif registered is not None and count > registered:
            self.add_error(f"count_{line}", _("Dit is meer dan het aantal ingeschreven mensen."))
        elif registered is not None and 0 < registered - count < settings.SMALL_COUNT:
            self.add_error(f"count_{line}", _("Bijna iedereen heeft dit: wie het niet heeft, is dan te herkennen."))

    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"problem_{line}"], self[f"count_{line}"]) for line in range(1, LINES + 1)]

    def rows(self) -> list[Row]:
        """What was filled in; only of a form that is valid."""
        data = self.cleaned_data
        filled = [(data[f"problem_{n}"], data[f"count_{n}"]) for n in range(1, LINES + 1) if data[f"problem_{n}"]]
        return [
            Row(data["period"], words.slug_of(code, ""), str(words.PROBLEMS[code]), "", "", count, data["registered"],
                data["origin"])
            for code, count in filled
        ]  # fmt: skip


class HeadingField(forms.ChoiceField):
    """A choice among the headings of a file, which are known only when it was read; ours are pointed out already."""

    guess = ""

    def validate(self, value: Any) -> None:
        """Any heading: that of another file is passed over."""

    def bound_data(self, data: Any, initial: Any) -> Any:
        return data or self.guess


class FileForm(KeyForm):
    """A file with counts; when its headings are not ours, also which column is what. The file itself is never kept."""

    file = forms.FileField(
        label=gettext_lazy("Het bestand"),
        help_text=gettext_lazy("CSV of XLSX, hoogstens 2 MB."),
        error_messages={
            "required": gettext_lazy("Kies een bestand."),
            "empty": gettext_lazy("Dit bestand is leeg."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv", "class": "file-input"}),
    )

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        self.headings: tuple[str, ...] = ()
        for part, names in PART_NAMES.items():
            self.fields[f"column_{part}"] = HeadingField(label=str(names), required=False)

    @property
    def has_to_choose(self) -> bool:
        """The file is fine so far, but we do not know its headings: a person points out which column is what."""
        return bool(self.headings)

    def columns(self) -> list[forms.BoundField]:
        return [self[f"column_{part}"] for part in PART_NAMES]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.pop("file", None)
        if file is None:
            return cleaned
        try:
            if file.size > MOST_BYTES:
                raise Refused(_("Dit bestand is te groot. Cijfers van een praktijk passen in 2 MB."))
            sheet = read(file.read())
            columns = self._columns(sheet, cleaned)
            if columns is not None:
                cleaned["rows"] = rows_of(sheet, columns)
        except Refused as refused:
            self.add_error("file", refused.sentence)
        finally:
            file.close()
        return cleaned

    def _columns(self, sheet: Sheet, cleaned: dict[str, Any]) -> Columns | None:
        choice = {part: cleaned.get(f"column_{part}", "") for part in PARTS}
        columns = chosen(sheet, choice) if any(choice.values()) else recognised(sheet)
        if columns.is_enough:
            return columns
        self.headings = sheet.headings
        known = {part: sheet.headings[place] for part, place in columns.places.items()}
        for part in PARTS:
            field = self.fields[f"column_{part}"]
            assert isinstance(field, HeadingField)
            field.choices = [("", _("staat niet in dit bestand")), *((name, name) for name in sheet.headings if name)]
            field.guess = known.get(part, "")
        self.add_error(
            None,
            _("We kennen niet alle kopjes van dit bestand. Wijs aan welke kolom wat is, en kies het bestand weer."),
        )
        return None


class ApproveForm(forms.Form):
    """How widely the figures may be seen."""

    visibility = forms.ChoiceField(
        label=gettext_lazy("Wie mag deze cijfers zien?"),
        choices=Delivery.Visibility.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies wie deze cijfers mag zien.")},
    )


def _by_title() -> list[tuple[str, str]]:
    return sorted(((code, str(title)) for code, title in words.PROBLEMS.items()), key=lambda pair: pair[1].casefold())

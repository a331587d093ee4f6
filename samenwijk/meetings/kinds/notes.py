"""Notes: a table, or everybody, writes short notes of a few fields. Most rounds of most ways of working are this.

A kind of this family says what stands on its sheets; phone, projector, console, paper and report follow from that.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from samenwijk.meetings.kinds.base import (
    FACILITATOR,
    PAPER,
    PARTICIPANT,
    TABLE,
    Kind,
    NoFields,
    Refused,
    Said,
    Sender,
    StepForm,
    Stuck,
    Take,
    Text,
    addition,
    by,
    state,
)

if TYPE_CHECKING:
    from samenwijk.meetings.models import Contribution, Participant, Step, Table

TOO_LONG = {"max_length": _("Dit is te lang: %(show_value)d tekens. Maak het korter dan %(limit_value)d tekens.")}

ONE_LINE = 120
"""Letters that still read well in a field of one line on a phone."""


@dataclass(frozen=True)
class Field:
    """One line of a note. The first field of a sheet is the note itself; further ones may stay empty."""

    name: str
    label: Text
    longest: int = 200
    required: bool = False


@dataclass(frozen=True)
class Sheet:
    """What is written, and how often. `groups` are the piles that a note can lie on: (slug, title)."""

    take: str
    title: Text
    fields: tuple[Field, ...]
    about: Text = ""
    groups: tuple[tuple[str, Text], ...] = ()
    most: int = 5

    def titles_of_groups(self) -> dict[str, Text]:
        return dict(self.groups)


class NoteForm(StepForm):
    """The fields of one sheet."""

    sheet: ClassVar[Sheet]

    def prepare(self) -> None:
        if self.sheet.groups:
            self.fields["about"] = forms.ChoiceField(
                label=str(self.sheet.about),
                choices=self.sheet.groups,
                widget=forms.RadioSelect,
                error_messages={"required": _("Kies waar dit bij hoort.")},
            )
        for place, one in enumerate(self.sheet.fields):
            self.fields[one.name] = forms.CharField(
                label=str(one.label),
                max_length=one.longest,
                required=one.required or place == 0,
                widget=forms.Textarea(attrs={"rows": 2}) if one.longest > ONE_LINE else forms.TextInput,
                error_messages={"required": _("Schrijf hier eerst iets op."), **TOO_LONG},
            )

    def in_view(self) -> list[tuple[forms.BoundField, int | None]]:
        """The fields as a phone shows them, each with how many letters fit."""
        longest = {one.name: one.longest for one in self.sheet.fields}
        return [(bound, longest.get(bound.name)) for bound in self.visible_fields()]


class OwnNoteForm(NoteForm):
    """A note that stays with its writer, unless they let it go."""

    def prepare(self) -> None:
        super().prepare()
        self.fields["released"] = forms.BooleanField(
            label=_("Dit mag in het verslag staan, zonder mijn naam"), required=False
        )


class TakeBackForm(StepForm):
    note = forms.UUIDField(widget=forms.HiddenInput)


def takes_for(sheets: Iterable[Sheet], writers: frozenset[str], *, private: bool = False) -> tuple[Take, ...]:
    """A take for each sheet, and one to take a note back."""
    base = OwnNoteForm if private else NoteForm
    made = [
        Take(
            sheet.take,
            writers,
            type("NoteForm", (base,), {"sheet": sheet}),
            "keep_note",
            adoptable=not private,
            private=private,
        )
        for sheet in sheets
    ]
    return (*made, Take("take_back", writers - {PAPER, FACILITATOR}, TakeBackForm))


AT_THE_TABLE = by(TABLE, PAPER, FACILITATOR)
BY_EVERYBODY = by(PARTICIPANT, PAPER)


class Notes(Kind):
    """Notes of a few fields. With `confirms` each table says at the end that its notes are right: "klopt dit zo?"."""

    family = "notes"
    phase = _("In gesprek")
    sheets: ClassVar[tuple[Sheet, ...]]
    confirms: ClassVar[bool] = False

    @property
    def is_private(self) -> bool:
        return any(take.private for take in self.takes)

    @property
    def is_own(self) -> bool:
        """Whether everybody writes for themselves, rather than one phone for the table."""
        return any(PARTICIPANT in take.by for take in self.takes)

    def sheet(self, take: str) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.take == take), None)

    def keep(self, step: Step, take: Take, sender: Sender, data: dict[str, Any], key: uuid.UUID) -> Said:
        if sheet := self.sheet(take.name):
            return self.keep_note(step, sheet, sender, data, key)
        return super().keep(step, take, sender, data, key)

    def keep_note(self, step: Step, sheet: Sheet, sender: Sender, data: dict[str, Any], key: uuid.UUID) -> Said:
        if self.room_left(step, sheet, sender) < 1:
            raise Refused(
                _("Er staan er al %(number)s. Haal er eerst een weg als je deze wilt bewaren.") % {"number": sheet.most}
            )
        first, *further = sheet.fields
        more = {one.name: data[one.name] for one in further if data.get(one.name)}
        addition(
            step,
            sheet.take,
            sender,
            key=key,
            about=data.get("about", ""),
            text=data[first.name],
            more=more,
            released=bool(data.get("released")),
        )
        self._is_no_longer_confirmed(step, sender)
        self._tell(step, sender)
        return Said(_("Bewaard. Alleen jij ziet dit.") if self.is_private else _("Bewaard."))

    def take_take_back(self, step: Step, sender: Sender, data: dict[str, Any], key: uuid.UUID) -> Said:
        gone, _per_model = self._written(step, sender).filter(public_id=data["note"]).delete()
        if not gone:
            raise Refused(_("Dit kun je niet meer weghalen."))
        self._is_no_longer_confirmed(step, sender)
        self._tell(step, sender)
        return Said(_("Weggehaald."))

    def take_confirm(self, step: Step, sender: Sender, data: dict[str, Any], key: uuid.UUID) -> Said:
        state(step, "confirm", sender, key=key, value="ja")
        self._tell(step, sender)
        return Said(_("Dank je. Jullie verslag is klaar."))

    def _is_no_longer_confirmed(self, step: Step, sender: Sender) -> None:
        if self.confirms and sender.table:
            step.contributions.filter(take="confirm", table=sender.table).delete()

    def _tell(self, step: Step, sender: Sender) -> None:
        """The projector and the console follow every note; a phone only those of its own table."""
        if self.is_private:
            step.meeting.announce("answer", to=("facilitator",))
        else:
            step.meeting.announce(f"idea.t{sender.table.number}" if sender.table else "answer")

    def _written(self, step: Step, sender: Sender) -> Any:
        takes = [sheet.take for sheet in self.sheets]
        return step.contributions.filter(take__in=takes, author_id=sender.public_id)

    def room_left(self, step: Step, sheet: Sheet, sender: Sender) -> int:
        """How many notes this author may still add. Paper is counted by whoever types it in."""
        if sender.kind in (PAPER, FACILITATOR):
            return 1
        return sheet.most - step.contributions.filter(take=sheet.take, author_id=sender.public_id).count()

    def phone(self, step: Step, participant: Participant) -> dict[str, Any]:
        table = participant.table
        writes = bool(table and table.scribe_id == participant.pk)
        author = Sender.of(participant)
        if not self.is_own and table:
            author = author.as_table()
        mine = list(self._written(step, author).select_related("answer")) if self.is_own or table else []
        left = {sheet.take: sheet.most - sum(1 for note in mine if note.take == sheet.take) for sheet in self.sheets}
        return {
            "writes": writes,
            "may_write": self.is_own or writes,
            "is_private": self.is_private,
            "written": [self.told(note) for note in mine],
            "open_sheets": [sheet for sheet in self.sheets if left[sheet.take] > 0],
            "confirms": self.confirms and bool(mine),
            "confirmed": self.confirms and bool(table) and self._confirmed(step, table),
        }

    @staticmethod
    def _confirmed(step: Step, table: Table | None) -> bool:
        return step.contributions.filter(take="confirm", table=table).exists()

    def told(self, note: Contribution) -> dict[str, Any]:
        """A note with its pile and its further fields in words."""
        sheet = self.sheet(note.take)
        labels = {one.name: one.label for one in sheet.fields} if sheet else {}
        group = sheet.titles_of_groups().get(note.about, "") if sheet else ""
        further = [(label, note.more[name]) for name, label in labels.items() if note.more.get(name)]
        return {"note": note, "group": group, "more": further}

    def notes(self, step: Step) -> list[dict[str, Any]]:
        """What may be read by all, in the order of the piles and then of the tables."""
        shown = step.contributions.shown().filter(take__in=[sheet.take for sheet in self.sheets])
        if self.is_private:
            shown = shown.filter(released=True)
        place = {
            (sheet.take, slug): (number, pile)
            for number, sheet in enumerate(self.sheets)
            for pile, slug in enumerate(("", *sheet.titles_of_groups()))
        }
        ordered = shown.select_related("table__theme", "answer").order_by("table__number", "pk")
        return sorted(
            map(self.told, ordered), key=lambda one: place.get((one["note"].take, one["note"].about), (99, 99))
        )

    def screen(self, step: Step) -> dict[str, Any]:
        return {**super().screen(step), "notes": [] if self.is_private else self.notes(step)}

    def console(self, step: Step) -> dict[str, Any]:
        takes = [sheet.take for sheet in self.sheets]
        lines = step.contributions.none() if self.is_private else step.contributions.filter(take__in=takes)
        written = Q(contributions__step=step, contributions__take__in=takes)
        sure = Q(contributions__step=step, contributions__take="confirm")
        tables = step.meeting.tables.select_related("scribe").annotate(
            seated=Count("participants", filter=Q(participants__left_at=None), distinct=True),
            written=Count("contributions", filter=written, distinct=True),
            sure=Count("contributions", filter=sure, distinct=True),
        )
        return {
            **Kind.screen(self, step),
            "lines": list(lines.select_related("participant", "table")),
            "tables": [] if self.is_own else [table for table in tables if table.seated],
            "confirms": self.confirms,
            "is_private": self.is_private,
        }

    def stuck(self, step: Step, seen: Mapping[str, Any]) -> list[Stuck]:
        if step.is_talking:
            return []
        found = []
        for table in seen["tables"]:
            number = {"number": table.number}
            if table.scribe is None and not table.written:
                found.append(Stuck(_("Tafel %(number)s: nog niemand schrijft.") % number, "tables"))
            elif self.confirms and table.written and not table.sure:
                found.append(Stuck(_("Tafel %(number)s: het verslag is nog niet nagekeken.") % number, "tables"))
        return found

    def paper(self, step: Step) -> dict[str, Any]:
        return {"sheets": [(sheet, range(1, min(sheet.most, 5) + 1)) for sheet in self.sheets]}

    def report(self, step: Step) -> dict[str, Any]:
        return {"notes": self.notes(step)}


CONFIRM = Take("confirm", by(TABLE), NoFields)

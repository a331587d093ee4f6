"""Group work: talk first, then one device per table writes the dream and the ideas."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from samenwijk.journal.models import Entry
from samenwijk.meetings.kinds.base import (
    FACILITATOR,
    PAPER,
    PARTICIPANT,
    TABLE,
    Kind,
    Refused,
    Said,
    Sender,
    StepForm,
    Stuck,
    Take,
    addition,
    by,
    own_answer,
    state,
)
from samenwijk.plans.models import Choice, Idea, Theme
from samenwijk.plans.models.idea import IdeaQuerySet

if TYPE_CHECKING:
    from samenwijk.meetings.models import Contribution, Participant, Step, Table

TOO_LONG = {"max_length": _("Dit is te lang: %(show_value)d tekens. Maak het korter dan %(limit_value)d tekens.")}


def heard_at(sender: Sender) -> str:
    """The frame for what one table wrote: projector and console follow every table, a phone only its own."""
    return f"idea.t{sender.table.number}" if sender.table else "idea.room"


class DreamForm(StepForm):
    text = forms.CharField(label=_("Onze droom, in één zin"), max_length=200, error_messages=TOO_LONG)

    def prepare(self) -> None:
        if before := own_answer(self.step, "dream", self.sender):
            self.initial.setdefault("text", before.text)


class IdeaForm(StepForm):
    theme = forms.ModelChoiceField(
        label=_("Thema"),
        queryset=Theme.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=None,
    )
    title = forms.CharField(
        label=_("Ons idee"),
        max_length=200,
        error_messages={"required": _("Schrijf eerst je idee op."), **TOO_LONG},
    )
    what = forms.CharField(
        label=_("Wat gaan we doen? (mag leeg blijven)"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=TOO_LONG,
    )

    def prepare(self) -> None:
        field = self.fields["theme"]
        assert isinstance(field, forms.ModelChoiceField)
        on_the_table = self.step.meeting.themes.order_by("position")
        # When the choosing of themes was skipped, every theme of the evening is still there to write about.
        going_on = on_the_table.filter(chosen=True)
        chosen = going_on if going_on.exists() else on_the_table
        field.queryset = Theme.objects.filter(meetings__in=chosen).order_by("meetings__position")
        if self.sender and self.sender.table and self.sender.table.theme:
            self.initial.setdefault("theme", self.sender.table.theme.public_id)


class RewordForm(IdeaForm):
    idea = forms.UUIDField(widget=forms.HiddenInput)

    def prepare(self) -> None:
        super().prepare()
        own = own_idea(self.step, self.sender, self.initial.get("idea")) if self.sender else None
        if own and not self.is_bound:
            self.initial.update(title=own.title, what=own.what, theme=own.theme.public_id)


class OwnIdeaForm(StepForm):
    idea = forms.UUIDField(widget=forms.HiddenInput)


def own_idea(step: Step, sender: Sender, public_id: Any) -> Idea | None:
    """The idea that this author wrote in this step and may still put in other words."""
    try:
        wanted = uuid.UUID(str(public_id))
    except ValueError:
        return None
    written = Idea.objects.filter(author_id=sender.public_id, contribution__step=step, merged_into=None)
    return written.filter(public_id=wanted, withdrawn_at=None).select_related("theme").first()


class GroupSettings(forms.Form):
    asks_dream = forms.BooleanField(label=_("De tafel schrijft een droom op"), required=False)
    asks_ideas = forms.BooleanField(label=_("De tafel schrijft ideeën op"), required=False)
    ideas_per_table = forms.IntegerField(label=_("Hoeveel ideeën per tafel?"), min_value=1, max_value=10)
    from_phones = forms.BooleanField(label=_("Iedereen mag op de eigen telefoon ideeën schrijven"), required=False)


class Group(Kind):
    """A dream in a line, then a few ideas per table, on the board at once."""

    slug = "group"
    title = _("Dromen en ideeën")
    phase = _("Bedenken")
    question = _("Wat is onze droom? En hoe maken we die waar?")
    minutes = 20
    talk_minutes = 8
    settings_of_the_kind: ClassVar[dict[str, Any]] = {
        "asks_dream": True,
        "asks_ideas": True,
        "ideas_per_table": 3,
        "from_phones": False,
    }
    settings_form = GroupSettings
    on_paper = True
    words: ClassVar[dict[str, Any]] = {
        "first": _("Jullie eerste idee"),
        "another": _("Nog een idee"),
        "title": _("Ons idee"),
        "what": _("Wat gaan we doen?"),
        "button": _("Zet idee op het bord"),
        "picks_theme": False,
    }
    new_tables = True
    takes = (
        Take("dream", by(TABLE, PAPER), DreamForm, adoptable=True),
        Take("idea", by(TABLE, PARTICIPANT, PAPER, FACILITATOR), IdeaForm, adoptable=True),
        Take("reword", by(TABLE, PARTICIPANT), RewordForm),
        Take("withdraw", by(TABLE, PARTICIPANT), OwnIdeaForm),
    )

    def takes_of(self, step: Step) -> tuple[Take, ...]:
        asked = {
            "dream": step.setting("asks_dream"),
            "idea": step.setting("asks_ideas"),
            "reword": step.setting("asks_ideas"),
            "withdraw": step.setting("asks_ideas"),
        }
        return tuple(take for take in self.takes if asked[take.name])

    def allows(self, step: Step, take: str, by: str) -> bool:
        if by == PARTICIPANT and not step.setting("from_phones"):
            return False
        return super().allows(step, take, by)

    def take_dream(self, step: Step, sender: Sender, data: dict[str, Any], key: uuid.UUID) -> Said:
        state(step, "dream", sender, key=key, text=data["text"], from_paper=sender.kind == PAPER)
        step.meeting.announce(heard_at(sender))
        return Said(_("Jullie droom is bewaard."))

    def take_idea(self, step: Step, sender: Sender, data: dict[str, Any], key: uuid.UUID) -> Said:
        if not self._is_typed_in(sender):
            mine = list(self._written(step, sender))
            if again := next((one for one in mine if (one.title, one.what) == (data["title"], data["what"])), None):
                # A page that was sent again, not a second idea.
                return Said(_("Dit idee staat al op het bord."), again)
            if len(mine) >= step.setting("ideas_per_table"):
                raise Refused(
                    _("Jullie hebben al %(number)s ideeën. Kies welke je wilt houden, of pas er een aan.")
                    % {"number": step.setting("ideas_per_table")}
                )
        theme = data.get("theme") or (sender.table.theme if sender.table else None)
        if theme is None:
            raise Refused(_("Kies eerst een thema bij dit idee."))
        idea = Idea.objects.create(
            wijk=step.meeting.wijk,
            theme=theme,
            title=data["title"],
            what=data["what"],
            author_kind=sender.kind,
            author_id=sender.public_id,
            key=key,
            from_paper=sender.kind == PAPER,
        )
        addition(step, "idea", sender, key=key, idea=idea)
        Entry.record("idea.added", about=idea, wijk=idea.wijk, by=sender.table or sender.participant or sender.user)
        for choice in Choice.objects.filter(step__meeting=step.meeting, subject=Choice.Subject.IDEAS, closed_at=None):
            # Let in late, while the room votes already: it can still get dots.
            choice.offer([idea])
        step.meeting.announce(heard_at(sender))
        return Said(
            _("Jullie idee staat op het bord.") if sender.kind != PARTICIPANT else _("Je idee staat op het bord."),
            idea,
        )

    def take_withdraw(self, step: Step, sender: Sender, data: dict[str, Any], key: uuid.UUID) -> Said:
        own = own_idea(step, sender, data["idea"])
        if own is None or own.options.filter(choice__shown_at__isnull=False).exists():
            raise Refused(_("Dit idee kun je niet meer weghalen."))
        own.withdraw(by=sender.table or sender.participant)
        step.meeting.announce(heard_at(sender))
        return Said(_("Het idee is van het bord gehaald."), own)

    def take_reword(self, step: Step, sender: Sender, data: dict[str, Any], key: uuid.UUID) -> Said:
        own = own_idea(step, sender, data["idea"])
        if own is None:
            raise Refused(_("Dit idee kun je niet meer aanpassen."))
        own.reword(title=data["title"], what=data["what"])
        step.meeting.announce(heard_at(sender))
        return Said(_("Je idee is aangepast."), own)

    def keep_late(self, step: Step, take: Take, sender: Sender, data: dict[str, Any]) -> dict[str, Any]:
        theme = data.get("theme") or (sender.table.theme if sender.table else None)
        kept = super().keep_late(step, take, sender, data)
        return {**kept, "theme": str(theme.public_id)} if theme else kept

    @staticmethod
    def _is_typed_in(sender: Sender) -> bool:
        """From paper: whoever types it in counts."""
        return sender.kind in (PAPER, FACILITATOR)

    @staticmethod
    def _written(step: Step, sender: Sender) -> IdeaQuerySet:
        """What this author wrote in this step and did not lose; also what was put together with other ideas."""
        return Idea.objects.filter(
            contribution__step=step,
            contribution__take="idea",
            author_id=sender.public_id,
            hidden_at=None,
            withdrawn_at=None,
        )

    def room_left(self, step: Step, sender: Sender) -> int:
        """How many ideas this author may still add in this step."""
        return 1 if self._is_typed_in(sender) else step.setting("ideas_per_table") - self._written(step, sender).count()

    def phone(self, step: Step, participant: Participant) -> dict[str, Any]:
        table = participant.table
        writes = bool(table and table.scribe_id == participant.pk)
        sender = Sender.of(participant)
        author = sender.as_table() if writes else sender
        mine = step.contributions.filter(take="idea", idea__withdrawn_at=None).select_related("idea__theme", "table")
        ideas = list(mine.filter(table=table)) if table else list(mine.filter(author_id=participant.public_id))
        return {
            "words": self.words,
            "writes": writes,
            "may_write": writes or bool(step.setting("from_phones")),
            "asks_dream": step.setting("asks_dream"),
            "asks_ideas": step.setting("asks_ideas"),
            "ideas": ideas,
            "own_author_id": author.public_id,
            "left": max(0, self.room_left(step, author)),
            "most": step.setting("ideas_per_table"),
            "dream": own_answer(step, "dream", sender.as_table()) if table else None,
            "positions": [] if table is None else self._positions(step, table),
        }

    @staticmethod
    def _positions(step: Step, table: Table) -> list[int]:
        """Where the table's theme stands on this evening's list, which gives it colour and shape."""
        return list(step.meeting.themes.filter(theme=table.theme_id).values_list("position", flat=True))

    def screen(self, step: Step) -> dict[str, Any]:
        from samenwijk.meetings.board import columns

        board = columns(step.meeting)
        return {
            "columns": board,
            "dreams": self._dreams(step),
            "ideas": sum(len(column.ideas) for column in board),
            "asks_dream": step.setting("asks_dream"),
        }

    def console(self, step: Step) -> dict[str, Any]:
        from samenwijk.meetings.board import columns

        dreams = list(
            step.contributions.filter(take="dream").select_related("table", "participant").order_by("table__number")
        )
        dreaming = {dream.table_id for dream in dreams}
        people = Count("participants", filter=Q(participants__left_at=None), distinct=True)
        written = Q(contributions__step=step, contributions__take="idea", contributions__idea__withdrawn_at=None)
        tables = step.meeting.tables.select_related("theme", "scribe").annotate(
            seated=people, written=Count("contributions", filter=written, distinct=True)
        )
        rows = [
            {
                "table": table,
                "people": table.seated,
                "ideas": table.written,
                "dream": table.pk in dreaming,
                "writes": table.scribe,
            }
            for table in tables
        ]
        board = columns(step.meeting, with_hidden=True, with_parents=False)
        return {"columns": board, "tables": rows, "dreams": dreams}

    def stuck(self, step: Step, seen: Mapping[str, Any]) -> list[Stuck]:
        if step.is_talking:
            return []
        found = []
        for row in seen["tables"]:
            table, number = row["table"], row["table"].number
            if not row["people"]:
                continue
            if step.setting("asks_ideas") and table.theme is None and not row["ideas"]:
                found.append(Stuck(_("Tafel %(number)s heeft nog geen thema.") % {"number": number}, "people"))
            elif row["writes"] is None and not (row["ideas"] or row["dream"]):
                found.append(Stuck(_("Tafel %(number)s: nog niemand schrijft.") % {"number": number}, "tables"))
            elif step.setting("asks_ideas") and not row["ideas"]:
                found.append(Stuck(_("Tafel %(number)s: nog geen idee op het bord.") % {"number": number}, "tables"))
            elif step.setting("asks_dream") and not row["dream"]:
                found.append(Stuck(_("Tafel %(number)s: nog geen droom.") % {"number": number}, "tables"))
        return found

    def paper(self, step: Step) -> dict[str, Any]:
        return {
            "words": self.words,
            "asks_dream": step.setting("asks_dream"),
            "most": range(1, int(step.setting("ideas_per_table")) + 1),
        }

    def report(self, step: Step) -> dict[str, Any]:
        """The dreams; ideas have a part of the report for themselves."""
        return {"dreams": self._dreams(step)}

    @staticmethod
    def _dreams(step: Step) -> list[Contribution]:
        shown = step.contributions.shown().filter(take="dream").select_related("table__theme")
        return list(shown.order_by("table__number"))

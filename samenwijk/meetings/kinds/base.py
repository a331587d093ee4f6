"""What a kind of step is: what it takes from whom, what it shows where, and what the facilitator can do in it.

A kind is one class. Its screens are four templates in `meetings/kinds/<slug>/`: phone, screen, console, paper
(and report); what a kind does not have falls back to `meetings/kinds/default/`.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.template.loader import select_template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samenwijk.people.guard import no_citizen_number
from samenwijk.plans.models import Author

if TYPE_CHECKING:
    from samenwijk.meetings.models import Contribution, Participant, Step, Table

Text = str | Promise
PARTICIPANT, TABLE, PAPER, FACILITATOR = "participant", "table", "paper", "facilitator"
OWN_NUMBER = "phone"
"""The field for one's own telephone number, which may look like a citizen number by chance."""


class Refused(Exception):
    """Something cannot be done now. The sentence says why and what to do; nothing is lost."""

    def __init__(self, sentence: Text) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


@dataclass(frozen=True)
class Sender:
    """Who sends something: a participant, a table through its scribe's phone, a paper sheet or a facilitator."""

    kind: str
    public_id: uuid.UUID
    participant: Participant | None = None
    table: Table | None = None
    user: Any = None
    queued: bool = False

    @property
    def author(self) -> Author:
        return Author(self.kind, self.public_id)

    @classmethod
    def of(cls, participant: Participant, *, queued: bool = False) -> Sender:
        return cls(PARTICIPANT, participant.public_id, participant, participant.table, queued=queued)

    def as_table(self) -> Sender:
        """The same phone, writing for its table."""
        if self.table is None:
            raise Refused(_("Je zit nog niet aan een tafel. Kies eerst je tafel."))
        return Sender(TABLE, self.table.public_id, self.participant, self.table, queued=self.queued)


class StepForm(forms.Form):
    """A form inside a step. It knows the step and who sends, for its choices and its limits."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        step: Step,
        sender: Sender | None = None,
        **kwargs: Any,
    ) -> None:
        self.step, self.sender = step, sender
        super().__init__(data, **kwargs)
        self.prepare()
        for name, asked in self.fields.items():
            if type(asked) is forms.CharField and name != OWN_NUMBER:
                asked.validators.append(no_citizen_number)

    def prepare(self) -> None:
        """Fills in choices and what was answered before."""


class NoFields(StepForm):
    """A button without a question."""


class TurnForm(StepForm):
    """Which of several pages goes on the projector, counted from 0."""

    to = forms.IntegerField(min_value=0)


@dataclass(frozen=True)
class Take:
    """Something that people may send in a step. `verb` names the kind's method that keeps it.

    What is `private` leaves the room (report, export) only when its giver released it. What is `anonymous` is only ever
    counted: nobody sees who gave it, and after the meeting it can no longer be known.
    """

    name: str
    by: frozenset[str]
    form: type[StepForm] = NoFields
    verb: str = ""
    adoptable: bool = False
    private: bool = False
    anonymous: bool = False

    @property
    def method(self) -> str:
        return self.verb or f"take_{self.name}"


@dataclass(frozen=True)
class Act:
    """A button of the facilitator that belongs to one kind of step."""

    name: str
    label: Text
    form: type[StepForm] = NoFields

    @property
    def method(self) -> str:
        return f"act_{self.name}"


@dataclass(frozen=True)
class Said:
    """The answer to a sending, in a sentence."""

    sentence: Text = ""
    thing: Any = field(default=None, compare=False)


@dataclass(frozen=True)
class Stuck:
    """Something that waits for the facilitator, and the part of the console where it is solved."""

    sentence: Text
    where: str = ""


def by(*kinds: str) -> frozenset[str]:
    return frozenset(kinds)


class Kind:
    """One kind of step. The attributes are the script's defaults; the methods run inside the writing transaction.

    Kinds of one `family` share its templates; a kind's own come first.
    """

    slug: ClassVar[str]
    family: ClassVar[str] = ""
    title: ClassVar[Text]
    phase: ClassVar[Text]
    question: ClassVar[Text] = ""
    minutes: ClassVar[int] = 10
    talk_minutes: ClassVar[int] = 0
    settings_of_the_kind: ClassVar[dict[str, Any]] = {}
    settings_form: ClassVar[type[forms.Form] | None] = None
    takes: ClassVar[tuple[Take, ...]] = ()
    acts: ClassVar[tuple[Act, ...]] = ()
    after_talk: ClassVar[Text] = _("Straks, als de klok om is, schrijf je op wat jullie bedachten.")
    talks_about_its_picture: ClassVar[bool] = False
    """Whether people need what the projector shows of this kind already while they talk first."""
    on_paper: ClassVar[bool] = False
    new_tables: ClassVar[bool] = False

    def settings_of(self, step: Step, data: Any = None) -> forms.Form | None:
        """The form that sets this kind up in a script, filled in as it is now; None when there is nothing to set."""
        now = {name: step.setting(name) for name in self.settings_of_the_kind}
        return self.settings_form(data, initial=now, prefix="soort") if self.settings_form else None

    # The evening

    def enter(self, step: Step) -> None:
        """The room comes into this step, for the first time or again: must be harmless when repeated."""

    def leave(self, step: Step) -> None:
        """The room goes on. What was open here is closed."""

    def ripen(self, step: Step) -> None:
        """Called often while the step runs: what waits for its time (a closed vote) happens here."""

    def allows(self, step: Step, take: str, by: str) -> bool:
        return any(offered.name == take and by in offered.by for offered in self.takes_of(step))

    def takes_of(self, step: Step) -> tuple[Take, ...]:
        """What this step takes, by its script; a kind narrows or widens it by its settings."""
        return self.takes

    def find_take(self, name: str) -> Take | None:
        return next((take for take in self.takes if take.name == name), None)

    def has_part(self, part: str) -> bool:
        """Whether a phone can ask for this part of the step in its address (`?deel=`)."""
        return self.find_take(part) is not None

    def find_act(self, name: str) -> Act | None:
        return next((act for act in self.acts if act.name == name), None)

    def keep(self, step: Step, take: Take, sender: Sender, data: dict[str, Any], key: uuid.UUID) -> Said:
        verb: Callable[..., Said] = getattr(self, take.method)
        return verb(step, sender, data, key)

    def keep_late(self, step: Step, take: Take, sender: Sender, data: dict[str, Any]) -> dict[str, Any]:
        """What is kept of a sending that came after the step: the payload that the facilitator sees.

        Of what is only counted nothing: it would stand beside a name.
        """
        if take.anonymous:
            return {}
        return {name: value for name, value in data.items() if isinstance(value, str | int | bool)}

    def do(self, step: Step, act: Act, data: dict[str, Any], by: Any) -> Said:
        verb: Callable[..., Said] = getattr(self, act.method)
        return verb(step, data, by)

    # What is shown where: plain data for the templates

    def phone(self, step: Step, participant: Participant) -> dict[str, Any]:
        return {}

    def screen(self, step: Step) -> dict[str, Any]:
        """Before anything else how many took part, never what they said. With `since` (iso) and `seconds` the
        projector's clock counts somebody's turn instead of the step."""
        return {"answered": step.contributions.shown().order_by().values("author_id").distinct().count()}

    def console(self, step: Step) -> dict[str, Any]:
        lines = step.contributions.exclude(text="").select_related("participant", "table")
        return {**Kind.screen(self, step), "lines": list(lines)}

    def stuck(self, step: Step, seen: Mapping[str, Any]) -> list[Stuck]:
        """What waits in this step, worked out from what ``console`` gave: no queries of its own."""
        return []

    def paper(self, step: Step) -> dict[str, Any]:
        return {}

    def report(self, step: Step) -> dict[str, Any]:
        """What was said in the step, without names; what is private only when its giver released it."""
        private = [take.name for take in self.takes if take.private]
        lines = step.contributions.shown().exclude(text="").exclude(take__in=private, released=False)
        return {**Kind.screen(self, step), "lines": list(lines)}

    def counted(self, step: Step) -> list[tuple[str, str, int]]:
        """Totals for the export, once they may be seen: (what was asked, answer, number)."""
        return []

    def template(self, surface: str) -> str:
        """The template of this kind for a surface: phone, screen, console, paper or report."""
        names = [f"meetings/kinds/{name}/{surface}.html" for name in (self.slug, self.family, "default") if name]
        return str(select_template(names).template.name)


def state(step: Step, take: str, sender: Sender, *, about: str = "", key: uuid.UUID, **fields: Any) -> Contribution:
    """Keeps an answer that a person has once (and may change): the newest answer is the answer."""
    from samenwijk.meetings.models import Contribution

    answer, _made = Contribution.objects.update_or_create(
        step=step,
        take=take,
        author_id=sender.public_id,
        about=about,
        single=True,
        defaults={
            "author_kind": sender.kind,
            "participant": sender.participant,
            "table": sender.table,
            "key": key,
            **fields,
        },
    )
    return answer


def addition(step: Step, take: str, sender: Sender, *, key: uuid.UUID, **fields: Any) -> Contribution:
    """Keeps one more thing that somebody wrote. The same key again gives the same thing."""
    from samenwijk.meetings.models import Contribution

    thing, _made = Contribution.objects.get_or_create(
        author_id=sender.public_id,
        key=key,
        defaults={
            "step": step,
            "take": take,
            "author_kind": sender.kind,
            "participant": sender.participant,
            "table": sender.table,
            "from_paper": sender.kind == PAPER,
            **fields,
        },
    )
    return thing


def own_answer(step: Step, take: str, sender: Sender | None, about: str = "") -> Contribution | None:
    from samenwijk.meetings.models import Contribution

    if sender is None:
        return None
    return Contribution.objects.filter(
        step=step, take=take, author_id=sender.public_id, about=about, single=True
    ).first()

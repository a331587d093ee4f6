"""What a participant's phone shows: the step that the room is in, with its forms."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from samenwijk.live import tickets
from samenwijk.meetings.kinds.base import PARTICIPANT, TABLE, Refused, Sender, StepForm, Take
from samenwijk.meetings.models import Participant, Step


@dataclass(frozen=True)
class Sent:
    """A form as somebody filled it in, that was not taken; `refused` says why when its fields were right."""

    take: str
    form: StepForm
    refused: str | Promise = ""


class Forms(Mapping[str, StepForm]):
    """The forms of a step by the name of their take; made when a template asks, for each asks the database."""

    def __init__(self, step: Step, participant: Participant, *, asked: Mapping[str, Any], sent: Sent | None) -> None:
        self._step, self._participant, self._asked = step, participant, asked
        self._made: dict[str, StepForm] = {sent.take: sent.form} if sent else {}

    def __getitem__(self, name: str) -> StepForm:
        if name not in self._made:
            take = self._step.rules.find_take(name)
            if take is None:
                raise KeyError(name)
            self._made[name] = self._empty(take)
        return self._made[name]

    def _empty(self, take: Take) -> StepForm:
        """What stands in the address (`?idea=...`) fills hidden fields only, never what people write themselves."""
        hidden = (name for name, field in take.form.base_fields.items() if isinstance(field.widget, forms.HiddenInput))
        initial = {name: self._asked[name] for name in hidden if name in self._asked}
        return take.form(step=self._step, sender=author_of(take, self._participant), initial=initial)

    def __iter__(self) -> Iterator[str]:
        """The takes that this phone may send now."""
        for take in self._step.rules.takes_of(self._step):
            if self._step.allows(take.name, author_of(take, self._participant).kind):
                yield take.name

    def __len__(self) -> int:
        return sum(1 for _name in self)


def key_of(request: HttpRequest) -> uuid.UUID:
    """The key that the form carried; a form that lost it still gets in, once for each time it is sent."""
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid.uuid4()


def author_of(take: Take, participant: Participant, *, queued: bool = False, waited: bool = False) -> Sender:
    """Who sends: the table when this phone writes for it and the take is the table's, else the participant."""
    sender = Sender.of(participant, queued=queued)
    table = participant.table
    writes = table is not None and table.scribe_id == participant.pk
    if table is not None and TABLE in take.by and (writes or (waited and PARTICIPANT not in take.by)):
        # What waited on a phone without a connection was written when this phone still wrote for the table.
        return sender.as_table()
    return sender


def refuse_other_scribes(step: Step, take: Take, sender: Sender) -> None:
    """One device per table writes; another phone hears whose it is, and keeps its words."""
    if sender.kind != PARTICIPANT or TABLE not in take.by:
        return
    if not step.rules.allows(step, take.name, PARTICIPANT):
        scribe = sender.table.scribe if sender.table else None
        raise Refused(
            _("%(name)s schrijft nu voor jullie tafel. Wil jij schrijven? Neem het dan over.") % {"name": scribe}
            if scribe
            else _("Kies eerst: 'Deze telefoon schrijft voor de tafel'. Daarna kun je dit bewaren.")
        )


def was_on_its_way(request: HttpRequest, step: Step) -> bool:
    """Whether this was sent before the step closed but waited on the phone: `age` counts the milliseconds it waited."""
    if not request.POST.get("queued"):
        return False
    closed = step.choice.closed_at if step.choice else step.left_at
    return closed is None or timezone.now() - waiting_time(request) <= closed


def waited_long(request: HttpRequest) -> bool:
    """Whether it waited on a phone without a connection, rather than being on its way."""
    return waiting_time(request) >= datetime.timedelta(seconds=5)


def waiting_time(request: HttpRequest) -> datetime.timedelta:
    """How long the phone kept it before it could send; at most a day."""
    age = request.POST.get("age", "")
    return datetime.timedelta(milliseconds=min(int(age), 86_400_000) if age.isascii() and age.isdigit() else 0)


def page(
    participant: Participant,
    asked: Mapping[str, Any],
    *,
    step: Step | None = None,
    sent: Sent | None = None,
) -> dict[str, Any]:
    """The context of the phone's page. After a refusal it is the page of the step that was sent to, as filled in."""
    meeting = participant.meeting
    home = reverse("meetings:phone", args=[meeting.public_id])
    step = step or (meeting.current if meeting.is_running else None)
    if step is None or not step.rules.has_part(asked.get("deel", "")):
        # The address is of a step that the room has left.
        asked = {}
    context: dict[str, Any] = {
        "meeting": meeting,
        "wijk": meeting.wijk,
        "participant": participant,
        "table": participant.table,
        "home": home,
        "here": f"{home}?{urlencode(asked)}" if asked else home,
        "step": step,
        "part": asked.get("deel", ""),
        "ticket": tickets.issue(meeting.room, "phone", participant.public_id),
    }
    if step is None:
        return context
    context |= step.rules.phone(step, participant)
    if sent is not None:
        context |= {"part": sent.take, "refused": sent.refused, "unsent": unsent(step, sent)}
    return context | {
        "talking": step.is_talking and sent is None,
        "talk_seconds": step.talk_minutes * 60,
        "seconds": step.minutes * 60,
        "forms": Forms(step, participant, asked=asked, sent=sent),
        "talk_template": step.rules.template("phone_talk"),
        "phone_template": step.rules.template("phone"),
        "bar_template": step.rules.template("phone_bar"),
    }


def unsent(step: Step, sent: Sent) -> list[str]:
    """What somebody wrote in a form that the page may no longer show: they can read it and copy it."""
    if step.is_current and not sent.refused:
        return []
    return [
        str(sent.form.data[name])
        for name, field in sent.form.fields.items()
        if isinstance(field, forms.CharField) and not field.widget.is_hidden and sent.form.data.get(name)
    ]

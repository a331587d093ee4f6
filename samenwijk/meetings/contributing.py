"""Sending something into a step: once per key, in time or kept as late, answered with a sentence."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from samenwijk.meetings.kinds.base import Refused, Sender, StepForm, Take
from samenwijk.meetings.models import Meeting, Participant, Step, Submission, Table

STANDING = (
    *("public_id", "wijk", "status", "room__seq"),
    *(f"current__{name}" for name in ("public_id", "kind", "settings", "state", "entered_at", "left_at", "talk_until")),
    *(f"current__choice__{name}" for name in ("wijk", "subject", "form", "dots", "closed_at", "shown_at")),
)
"""What decides whether something can be taken now, read again for each sending; the rest comes when it is used."""


@dataclass(frozen=True)
class Receipt:
    """What became of a sending: kept, known already (the same key), or too late."""

    outcome: str
    sentence: str | Promise = ""
    thing: Any = None

    @property
    def is_late(self) -> bool:
        return self.outcome == "late"


@transaction.atomic
def contribute(step: Step, take: Take, sender: Sender, data: dict[str, Any], key: uuid.UUID) -> Receipt:
    """Keeps what somebody sent. Raises ``Refused`` when the step cannot take it; then the key stays free."""
    step = _as_it_stands(step)
    for was_late in Submission.objects.filter(author_id=sender.public_id, key=key).values_list("late").order_by():
        again = Receipt("again", _("Dit hadden we al. Alles is bewaard."))
        return Receipt("late", _late_sentence()) if was_late == (True,) else again
    if step.allows(take.name, sender.kind) or _is_for_oneself(step, take, sender):
        said = step.rules.keep(step, take, sender, data, key)
        remember(step, take, sender, key)
        return Receipt("kept", said.sentence, said.thing)
    if take not in step.rules.takes_of(step) or not _has_been(step):
        raise Refused(_("Dit kan nu niet. Kijk op het scherm waar we zijn."))
    payload = step.rules.keep_late(step, take, sender, data)
    counted = bool(payload.pop("counted", False))
    remember(step, take, sender, key, late=not counted, payload={} if counted else payload)
    step.meeting.announce("late", to=("facilitator",))
    return Receipt("kept", _("Je keuze kwam nog op tijd binnen.")) if counted else Receipt("late", _late_sentence())


def _as_it_stands(step: Step) -> Step:
    """The step with its meeting as they are stored now; the room stays where it is until the end of the transaction."""
    meeting = Meeting.objects.held().select_related("room", "current__choice").only(*STANDING).get(pk=step.meeting_id)
    fresh = meeting.current if meeting.current and meeting.current.pk == step.pk else None
    fresh = fresh or Step.objects.select_related("choice").get(pk=step.pk)
    fresh.meeting = meeting
    return fresh


def _is_for_oneself(step: Step, take: Take, sender: Sender) -> bool:
    """What stays with its giver never comes too late, and so never lies among what came late for others to read."""
    return take.private and step.rules.allows(step, take.name, sender.kind) and _has_been(step)


def _has_been(step: Step) -> bool:
    return step.entered_at is not None


def _late_sentence() -> str:
    return _("Te laat: deze ronde is al dicht. We hebben het wel bewaard; de begeleider ziet het.")


def remember(
    step: Step,
    take: Take,
    sender: Sender,
    key: uuid.UUID,
    *,
    late: bool = False,
    payload: dict[str, Any] | None = None,
) -> None:
    Submission.objects.create(
        meeting=step.meeting,
        step=step,
        take=take.name,
        author_kind=sender.kind,
        author_id=sender.public_id,
        key=key,
        late=late,
        payload=payload or {},
    )


@transaction.atomic
def adopt(submission: Submission, *, by: Any) -> Receipt:
    """The facilitator lets something in that came too late. Votes are never let in."""
    step = submission.step
    take = step.rules.find_take(submission.take)
    if take is None or not take.adoptable or not submission.late:
        raise Refused(_("Dit kan niet meer meetellen."))
    if not Submission.objects.filter(pk=submission.pk, adopted_at=None).update(adopted_at=timezone.now()):
        return Receipt("again")
    sender = _sender_of(submission)
    form: StepForm = take.form({**submission.payload}, step=step, sender=sender)
    if not form.is_valid():
        raise Refused(_("Dit kan niet meer meetellen."))
    said = step.rules.keep(step, take, sender, form.cleaned_data, submission.key)
    return Receipt("kept", said.sentence, said.thing)


def _sender_of(submission: Submission) -> Sender:
    participant = (
        Participant.objects.filter(meeting=submission.meeting, public_id=submission.author_id)
        .select_related("table__theme")
        .first()
    )
    table = (
        Table.objects.filter(meeting=submission.meeting, public_id=submission.author_id).select_related("theme").first()
    )
    return Sender(
        submission.author_kind,
        submission.author_id,
        participant,
        table or (participant.table if participant else None),
    )

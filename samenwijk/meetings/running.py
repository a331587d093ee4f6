"""Running the evening: on, back, longer, skip, reorder, end, undo. Two people pressing at once move the room once."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from samenwijk.journal.models import Entry
from samenwijk.meetings.kinds.base import Refused
from samenwijk.meetings.models import Acquaintance, Contribution, Deed, Meeting, Step
from samenwijk.meetings.table_planning import follow_the_room
from samenwijk.plans.models import Idea, Merge


@transaction.atomic
def start(meeting: Meeting, *, by: Any) -> bool:
    """Opens the evening in its first step and freezes the script as it was planned."""
    first = meeting.steps.order_by("position").first()
    if first is None:
        raise Refused(_("Deze bijeenkomst heeft nog geen draaiboek."))
    script = [planned(step) for step in meeting.ordered_steps()]
    begun = Meeting.objects.filter(pk=meeting.pk, status=Meeting.Status.PREPARED)
    if not begun.update(
        status=Meeting.Status.RUNNING, started_at=timezone.now(), planned_script=script, held_by=by.public_id
    ):
        return False
    meeting.refresh_from_db()
    Entry.record("meeting.started", about=meeting, wijk=meeting.wijk, by=by)
    _enter(meeting, first, seen=meeting.phase, by=by)
    return True


def planned(step: Step) -> dict[str, Any]:
    """A step as it stands in a script: what a template keeps."""
    fields = ("kind", "title", "question", "minutes", "talk_minutes", "settings")
    return {field: getattr(step, field) for field in fields}


@transaction.atomic
def go_on(meeting: Meeting, *, seen: int, by: Any, skipping: bool = False) -> bool:
    """To the next step that is not skipped; from the last one the evening ends. `seen` is the phase the presser saw."""
    following = [
        step for step in meeting.ordered_steps() if meeting.current and step.position > meeting.current.position
    ]
    upcoming = next((step for step in following if not step.is_left_out), None)
    if upcoming is None:
        return end(meeting, seen=seen, by=by)
    return _enter(meeting, upcoming, seen=seen, by=by, skipping=skipping)


@transaction.atomic
def go_back(meeting: Meeting, *, seen: int, by: Any) -> bool:
    """To the step before this one, also when the room skipped it; what was taken out beforehand is passed over."""
    earlier = [
        step
        for step in meeting.ordered_steps()
        if meeting.current and step.position < meeting.current.position and not step.is_left_out
    ]
    if not earlier:
        raise Refused(_("Dit is het eerste onderdeel. Verder terug kan niet."))
    return _enter(meeting, earlier[-1], seen=seen, by=by)


@transaction.atomic
def go_to(meeting: Meeting, step: Step, *, seen: int, by: Any) -> bool:
    return _enter(meeting, step, seen=seen, by=by)


def _enter(meeting: Meeting, step: Step, *, seen: int, by: Any, skipping: bool = False) -> bool:
    """Compare-and-set on the phase: whoever is second finds the room moved already, and nothing happens."""
    before = meeting.current_id
    here = Meeting.objects.filter(pk=meeting.pk, phase=seen, status=Meeting.Status.RUNNING)
    if not here.update(phase=F("phase") + 1, current=step):
        return False
    meeting.refresh_from_db()
    if before and before != step.pk:
        left = meeting.steps.select_related("choice").get(pk=before)
        left.meeting = meeting
        left.leave(skipped=skipping)
    arrived = meeting.steps.select_related("choice").get(pk=step.pk)
    arrived.meeting = meeting
    arrived.enter()
    follow_the_room(meeting, arrived)
    Deed.objects.create(meeting=meeting, kind="phase", before={"step": before}, by_id=by.public_id)
    Entry.record("step.entered", about=arrived, wijk=meeting.wijk, by=by, kind_of_step=arrived.kind)
    meeting.announce("step")
    return True


@transaction.atomic
def end(meeting: Meeting, *, seen: int, by: Any) -> bool:
    """Closes the evening: everything open is counted, and nobody can be linked to a ballot any more."""
    last = meeting.current
    running = Meeting.objects.filter(pk=meeting.pk, phase=seen, status=Meeting.Status.RUNNING)
    if not running.update(phase=F("phase") + 1, status=Meeting.Status.ENDED, ended_at=timezone.now()):
        return False
    meeting.refresh_from_db()
    if last is not None:
        last.meeting = meeting
        last.leave(skipped=False)
    for step in meeting.steps.exclude(choice=None).select_related("choice"):
        step.meeting = meeting
        step.rules.leave(step)
        if step.choice:
            step.choice.forget_voters()
    meeting.submissions.filter(take="dots").delete()
    Acquaintance.objects.filter(participant__meeting=meeting).delete()
    _forget_who_was_counted(meeting)
    Entry.record("meeting.ended", about=meeting, wijk=meeting.wijk, by=by)
    meeting.announce("step")
    return True


def _forget_who_was_counted(meeting: Meeting) -> None:
    """Cuts the link between people and what is only counted of them."""
    for step in meeting.ordered_steps():
        unnamed = [take.name for take in step.rules.takes if take.anonymous]
        for answer in step.contributions.filter(take__in=unnamed, single=True):
            answer.let_go()
        step.submissions.filter(take__in=unnamed).delete()


@transaction.atomic
def extend(step: Step, *, minutes: int, by: Any, seen: str = "") -> bool:
    """More time. The clock never locks anyone out: it only tells.

    ``seen`` is the end that the presser saw, so that two people who press at once give the time once.
    """
    before = step.ends_at.isoformat() if step.ends_at else None
    if seen and seen != before:
        return False
    step.extend(minutes)
    Deed.objects.create(
        meeting=step.meeting, kind="extend", before={"step": step.pk, "ends_at": before}, by_id=by.public_id
    )
    step.meeting.announce("timer")
    return True


@transaction.atomic
def end_talk(step: Step) -> None:
    step.end_talk()
    step.meeting.announce("timer")


@transaction.atomic
def skip(step: Step, *, by: Any) -> None:
    """Leaves a coming step out, or puts it back in; the running one is skipped by going on."""
    if step.entered_at is not None:
        raise Refused(_("Dit onderdeel is al geweest. Overslaan kan niet meer."))
    Step.objects.filter(pk=step.pk).update(skipped=not step.skipped)
    Deed.objects.create(
        meeting=step.meeting,
        kind="skip",
        before={"step": step.pk, "skipped": step.skipped},
        by_id=by.public_id,
    )
    Entry.record("step.skipped", about=step, wijk=step.meeting.wijk, by=by)
    step.meeting.announce("step", to=("screen", "facilitator"))


@transaction.atomic
def move(step: Step, *, by: Any, places: int) -> None:
    """One place earlier (-1) or later (+1) among the steps that are still to come."""
    coming = [other for other in step.meeting.ordered_steps() if other.entered_at is None]
    at = next((index for index, other in enumerate(coming) if other.pk == step.pk), None)
    if at is None or not 0 <= at + places < len(coming):
        raise Refused(_("Dit onderdeel kan niet verder verschuiven."))
    other = coming[at + places]
    Step.objects.filter(pk=step.pk).update(position=other.position)
    Step.objects.filter(pk=other.pk).update(position=coming[at].position)
    Deed.objects.create(
        meeting=step.meeting, kind="move", before={"step": step.pk, "other": other.pk}, by_id=by.public_id
    )
    step.meeting.announce("step", to=("screen", "facilitator"))


@transaction.atomic
def hide(meeting: Meeting, thing: Idea | Contribution, *, by: Any) -> None:
    thing.hide(by=by)
    kind = "hide_idea" if isinstance(thing, Idea) else "hide_line"
    Deed.objects.create(meeting=meeting, kind=kind, before={"id": str(thing.public_id)}, by_id=by.public_id)
    meeting.announce("idea.room")


@transaction.atomic
def restore(meeting: Meeting, thing: Idea | Contribution, *, by: Any) -> None:
    thing.restore(by=by)
    meeting.announce("idea.room")


@transaction.atomic
def undo(meeting: Meeting, *, by: Any, seen: str = "") -> str:
    """Takes back the newest thing a facilitator did here; says which. Raises ``Refused`` when there is nothing.

    ``seen`` is the deed that the presser saw: when another one came on top of it, or it was undone, nothing happens.
    """
    deed = meeting.deeds.to_undo().select_for_update().first()
    if deed is None:
        raise Refused(_("Er is niets om ongedaan te maken."))
    if seen and seen != str(deed.public_id):
        raise Refused(_("Er is net iets anders gedaan. Kijk eerst even, en druk dan opnieuw."))
    said = UNDO[deed.kind](meeting, deed, by)
    meeting.deeds.filter(pk=deed.pk).update(undone_at=timezone.now())
    return said


def _undo_phase(meeting: Meeting, deed: Deed, by: Any) -> str:
    before = meeting.steps.filter(pk=deed.before["step"]).first()
    if before is None:
        raise Refused(_("Er is niets om ongedaan te maken."))
    _enter(meeting, before, seen=meeting.phase, by=by)
    meeting.deeds.to_undo().filter(kind="phase").exclude(pk=deed.pk).order_by("-pk").first().delete()  # type: ignore[union-attr]
    return _("Terug naar: %(step)s.") % {"step": before.title}


def _undo_extend(meeting: Meeting, deed: Deed, by: Any) -> str:
    Step.objects.filter(pk=deed.before["step"]).update(ends_at=deed.before["ends_at"])
    meeting.announce("timer")
    return _("De tijd is weer zoals hij was.")


def _undo_skip(meeting: Meeting, deed: Deed, by: Any) -> str:
    Step.objects.filter(pk=deed.before["step"], entered_at=None).update(skipped=deed.before["skipped"])
    meeting.announce("step", to=("screen", "facilitator"))
    return _("Het onderdeel is weer zoals het was.")


def _undo_move(meeting: Meeting, deed: Deed, by: Any) -> str:
    first, second = Step.objects.get(pk=deed.before["step"]), Step.objects.get(pk=deed.before["other"])
    Step.objects.filter(pk=first.pk).update(position=second.position)
    Step.objects.filter(pk=second.pk).update(position=first.position)
    meeting.announce("step", to=("screen", "facilitator"))
    return _("De volgorde is weer zoals hij was.")


def _undo_hide_idea(meeting: Meeting, deed: Deed, by: Any) -> str:
    Idea.objects.get(public_id=deed.before["id"]).restore(by=by)
    meeting.announce("idea.room")
    return _("Het idee staat weer op het bord.")


def _undo_hide_line(meeting: Meeting, deed: Deed, by: Any) -> str:
    Contribution.objects.get(public_id=deed.before["id"]).restore(by=by)
    meeting.announce("idea.room")
    return _("De tekst is weer te zien.")


def _undo_merge(meeting: Meeting, deed: Deed, by: Any) -> str:
    from samenwijk.meetings.merging import take_apart

    take_apart(meeting, Merge.objects.get(public_id=deed.before["merge"]), by=by)
    return _("De ideeën staan weer apart.")


def _undo_apart(meeting: Meeting, deed: Deed, by: Any) -> str:
    meeting.announce("idea.room", to=("facilitator",))
    return _("Het voorstel staat er weer.")


UNDO = {
    "phase": _undo_phase,
    "extend": _undo_extend,
    "skip": _undo_skip,
    "move": _undo_move,
    "hide_idea": _undo_hide_idea,
    "hide_line": _undo_hide_line,
    "merge": _undo_merge,
    "apart": _undo_apart,
}

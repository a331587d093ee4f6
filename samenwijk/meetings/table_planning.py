"""The table plan of an evening: asked for, made off the request, followed by the room, mended as people come and go.

A plan is worked out without holding the database: the question is read, thought about, and what came out is written
only when nobody asked anew meanwhile (`revision`).
"""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from samenwijk.journal.models import Entry
from samenwijk.live.writer import write
from samenwijk.meetings.kinds.base import Refused
from samenwijk.meetings.models import Meeting, Participant, Seat, Step, Table, TablePlan
from samenwijk.meetings.plan_questions import Question, Seats
from samenwijk.meetings.seating import set_tables

MOST_ROUNDS = 6

log = logging.getLogger(__name__)


def rounds_of(steps: list[Step]) -> int:
    """How many rounds the script has: one at least, and one for each step in which everybody goes to a new table."""
    return min(MOST_ROUNDS, max(1, sum(step.mixes and not step.skipped for step in steps)))


def round_of(step: Step, steps: list[Step]) -> int:
    """The round in which a step is; before the first new tables people sit as in the first round."""
    return max(1, sum(one.mixes and not one.skipped for one in steps if one.position <= step.position))


def has_begun(meeting: Meeting, steps: list[Step]) -> bool:
    """Whether a round of the plan is under way: from then on it is mended, not made anew."""
    return not meeting.is_prepared and any(step.mixes and step.entered_at for step in steps)


@transaction.atomic
def ask(meeting: Meeting, *, tables: int, rounds: int, theme_share: int, by: Any) -> TablePlan:
    """Asks for a plan with so many tables and rounds; another one that was under way is let go.

    Raises ``Refused`` without people, after the end, and once people sit in a round of the plan.
    """
    meeting = Meeting.objects.held().select_related("wijk", "room").get(pk=meeting.pk)
    if meeting.is_ended:
        raise Refused(_("Deze bijeenkomst is afgelopen."))
    if has_begun(meeting, meeting.ordered_steps()):
        raise Refused(_("De eerste ronde is al bezig. Werk het tafelplan bij, of verplaats iemand zelf."))
    if meeting.participants.present().count() < tables:
        raise Refused(_("Er zijn nog te weinig mensen binnen voor zoveel tafels. Wacht even, of kies minder tafels."))
    TablePlan.objects.get_or_create(meeting=meeting)
    seats = Seat.objects.filter(plan__meeting=meeting)
    seats.filter(round__gt=rounds).delete()
    unused = meeting.tables.filter(number__gt=tables)
    seats.filter(table__in=unused).delete()
    Participant.objects.filter(table__in=unused).update(table=None)
    set_tables(meeting, tables)
    TablePlan.objects.filter(meeting=meeting).update(
        rounds=rounds,
        theme_share=theme_share,
        status=TablePlan.Status.WAITING,
        revision=F("revision") + 1,
        mending=False,
        now=0,
    )
    meeting.announce("table", to=("facilitator",))
    return TablePlan.objects.get(meeting=meeting)


def make_plans() -> int:
    """Makes or mends what waits, one after the other; the number of plans worked on. Run by the server every second."""
    worked_on = 0
    for plan in TablePlan.objects.to_do().order_by("pk"):
        if write(lambda plan=plan: _claim(plan)):  # type: ignore[misc]
            worked_on += 1
            _work(TablePlan.objects.select_related("meeting__wijk", "meeting__room").get(pk=plan.pk))
    return worked_on


def _claim(plan: TablePlan) -> bool:
    now = timezone.now()
    if plan.is_ready:
        return bool(TablePlan.objects.ready().filter(pk=plan.pk, mending=True).update(mending=False, claimed_at=now))
    same = TablePlan.objects.filter(pk=plan.pk, revision=plan.revision, status=plan.status, claimed_at=plan.claimed_at)
    return bool(same.update(status=TablePlan.Status.WORKING, claimed_at=now))


def _work(plan: TablePlan) -> None:
    try:
        question = Question(plan)
        seats = question.mended() if plan.is_ready else question.planned()
    except Exception:  # the facilitator hears that it failed; else the plan would say "working" for ever
        log.exception("The table plan of meeting %s was not made", plan.meeting.public_id)
        write(lambda: _give_up(plan))
    else:
        write(lambda: _keep(plan, question, seats))


def _give_up(plan: TablePlan) -> None:
    failed = TablePlan.objects.filter(pk=plan.pk, revision=plan.revision, status=TablePlan.Status.WORKING)
    if failed.update(status=TablePlan.Status.FAILED):
        plan.meeting.announce("table", to=("facilitator",))


def _keep(plan: TablePlan, question: Question, seats: Seats) -> None:
    """Writes the seats of the rounds that were planned, unless somebody asked anew or the room went on meanwhile."""
    same = TablePlan.objects.filter(pk=plan.pk, revision=plan.revision, status=plan.status, now=plan.now)
    made_anew = not plan.is_ready
    if not same.update(status=TablePlan.Status.READY, figures=question.figures):
        plan.needs_mending()
        return
    there = set(plan.meeting.participants.present().values_list("pk", flat=True))
    plan.seats.filter(round__gte=question.first_round).delete()
    Seat.objects.bulk_create(
        Seat(plan=plan, round=number, participant_id=person, table_id=table, locked=(person, number) in question.locked)
        for number, person, table in seats
        if number >= question.first_round and person in there
    )
    planned = {person for _number, person, _table in seats}
    plan.refresh_from_db()
    if there - planned:
        plan.needs_mending()
    if plan.now == 0:
        sit_down(plan, 1)
    else:
        _keep_where_they_sit(plan, plan.now)
    if made_anew:
        facts = {"rounds": plan.rounds, "repeats": question.figures["repeats"]}
        Entry.record("tables.planned", about=plan.meeting, wijk=plan.meeting.wijk, **facts)
    plan.meeting.announce("table")


def sit_down(plan: TablePlan, number: int) -> None:
    """Everybody who is there goes to their table of this round; who wrote for another table stops doing so."""
    seats = Seat.objects.in_round(number).filter(plan=plan, participant=OuterRef("pk"))
    people = plan.meeting.participants.present().filter(
        pk__in=Seat.objects.in_round(number).filter(plan=plan).values("participant")
    )
    people.update(table=Subquery(seats.values("table")[:1]))
    elsewhere = Table.objects.filter(meeting=plan.meeting, scribe__isnull=False).exclude(scribe__table=F("pk"))
    Table.objects.filter(pk__in=list(elsewhere.values_list("pk", flat=True))).update(scribe=None)
    _keep_where_they_sit(plan, number)


def _keep_where_they_sit(plan: TablePlan, number: int) -> None:
    """Who came in while the plan was made, or comes to a round that was before their time, sits where they sit."""
    seated = Seat.objects.in_round(number).filter(plan=plan).values("participant")
    others = plan.meeting.participants.present().exclude(table=None).exclude(pk__in=seated)
    Seat.objects.bulk_create(
        Seat(plan=plan, round=number, participant_id=person, table_id=table)
        for person, table in others.values_list("pk", "table")
    )


def follow_the_room(meeting: Meeting, step: Step) -> None:
    """The room came into a step: where it is a new round of the plan, everybody has a new table."""
    plan = TablePlan.objects.ready().select_related("meeting").filter(meeting=meeting).first()
    if plan is None:
        return
    number = min(plan.rounds, round_of(step, meeting.ordered_steps()))
    if number != plan.now:
        TablePlan.objects.filter(pk=plan.pk).update(now=number)
        sit_down(plan, number)


def welcome(participant: Participant) -> None:
    """Somebody walked in and has a table: it is theirs in this round, and the rounds to come are mended."""
    plan = TablePlan.objects.ready().filter(meeting=participant.meeting_id).first()
    if plan is None:
        return
    if participant.table is not None:
        Seat.objects.get_or_create(
            plan=plan, round=plan.seated_round, participant=participant, defaults={"table": participant.table}
        )
    plan.needs_mending()


@transaction.atomic
def move(plan: TablePlan, participant: Participant, number: int, table: Table) -> None:
    """Somebody gets another table by hand and keeps it. Raises ``Refused`` for a round that has been."""
    _still_to_come(plan, number)
    if participant.left_at is not None:
        raise Refused(_("%(name)s is naar huis.") % {"name": participant.name})
    Seat.objects.update_or_create(
        plan=plan, round=number, participant=participant, defaults={"table": table, "locked": True}
    )
    if number == plan.seated_round:
        participant.sit_at(table)
    tell_figures(plan)


@transaction.atomic
def lock(plan: TablePlan, seat: Seat, *, locked: bool) -> None:
    """This seat stays when the plan is made or mended again, or may change once more."""
    _still_to_come(plan, seat.round)
    Seat.objects.filter(pk=seat.pk).update(locked=locked)
    plan.meeting.announce("table", to=("facilitator",))


@transaction.atomic
def mend(plan: TablePlan, *, by: Any) -> None:
    """Looks at the rounds to come again, now that people came or went."""
    if not plan.is_ready:
        raise Refused(_("Er is nog geen tafelplan om bij te werken."))
    plan.needs_mending()
    plan.meeting.announce("table", to=("facilitator",))


def _still_to_come(plan: TablePlan, number: int) -> None:
    if plan.meeting.is_ended:
        raise Refused(_("Deze bijeenkomst is afgelopen."))
    if not plan.is_ready:
        raise Refused(_("We maken net een nieuw tafelplan. Wacht even."))
    if not plan.seated_round <= number <= plan.rounds:
        raise Refused(_("Ronde %(number)s is al geweest.") % {"number": number})


def tell_figures(plan: TablePlan) -> None:
    """Counts the figures again after a change by hand."""
    question = Question(plan)
    TablePlan.objects.filter(pk=plan.pk).update(figures=question.counted())
    plan.meeting.announce("table")

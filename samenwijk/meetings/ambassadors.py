"""Who of the organiser's list of ambassadors is in the room: a table plan counts them, at the agreed table."""

from __future__ import annotations

from django.db import transaction

from samenwijk.meetings.models import Ambassador, Participant, TablePlan
from samenwijk.meetings.table_planning import move


def awaited(participant: Participant) -> Ambassador | None:
    """Who walks in under the first name of one ambassador that is not in yet. Never a professional, and with two of
    that name nobody: then the organiser says who it is."""
    if not participant.is_resident or not participant.first_name:
        return None
    waiting = participant.meeting.ambassadors.filter(participant=None, first_name__iexact=participant.first_name)
    found = list(waiting.select_related("table")[:2])
    return found[0] if len(found) == 1 else None


@transaction.atomic
def link(ambassador: Ambassador, participant: Participant | None) -> None:
    """This is who of the room it is; nobody takes the link away. The rounds to come are at the agreed table."""
    if ambassador.participant and ambassador.participant != participant:
        ambassador.participant.take_role(is_host=ambassador.participant.is_host, is_ambassador=False)
    Ambassador.objects.filter(participant=participant).update(participant=None)
    Ambassador.objects.filter(pk=ambassador.pk).update(participant=participant)
    ambassador.participant = participant
    if participant is None:
        return
    participant.take_role(is_host=participant.is_host, is_ambassador=True)
    plan = TablePlan.objects.ready().select_related("meeting__room").filter(meeting=participant.meeting_id).first()
    if plan is None or ambassador.table is None or plan.meeting.is_ended:
        return
    for number in range(plan.now + 1, plan.rounds + 1):
        move(plan, participant, number, ambassador.table)


@transaction.atomic
def off_the_list(ambassador: Ambassador) -> None:
    """Nothing of them stays on the list; in the plan they count as anybody else."""
    link(ambassador, None)
    ambassador.leaves()

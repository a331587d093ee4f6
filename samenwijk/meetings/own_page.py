"""What one participant takes home from a meeting: for the page, the mail and the sheet of paper."""

from __future__ import annotations

from typing import Any

from samenwijk.meetings.models import Participant
from samenwijk.plans.models import Action, Partner


def own_page(participant: Participant) -> dict[str, Any]:
    """Cards of table-mates who share them, what I do tomorrow, what I pull and help with, whom to call."""
    meeting = participant.meeting
    name, phone = meeting.contact
    return {
        "meeting": meeting,
        "wijk": meeting.wijk,
        "participant": participant,
        "table": participant.table,
        "mates": mates(participant),
        "tomorrow": tomorrow(participant),
        "begins_with": begins_with(participant),
        "insights": insights(participant),
        "pulls": pulls(participant),
        "helps": helps(participant),
        "call_name": name,
        "call_phone": phone,
        "follow_up": meeting.follow_up,
    }


def mates(participant: Participant) -> list[Participant]:
    """Who sat at the same table and wants to be called."""
    if participant.table_id is None:
        return []
    there = participant.meeting.participants.filter(table=participant.table_id, shares_card=True)
    return list(there.exclude(pk=participant.pk))


def tomorrow(participant: Participant) -> str:
    said = participant.contributions.filter(take="tomorrow", single=True).exclude(text="").order_by("-pk").first()
    return said.text if said else ""


def begins_with(participant: Participant) -> str:
    """The golden tip that this participant picked."""
    picked = participant.contributions.filter(take="begin").order_by("-pk").first()
    return picked.text if picked else ""


def insights(participant: Participant) -> list[str]:
    """What they wrote for themselves, looking back."""
    return list(participant.contributions.filter(take="insight").values_list("text", flat=True))


def pulls(participant: Participant) -> list[Action]:
    """What this participant said yes to in this meeting."""
    if participant.person_id is None:
        return []
    promised = Action.objects.filter(
        owner=participant.person_id, plan__idea__contribution__step__meeting=participant.meeting
    ).exclude(status=Action.Status.RELEASED)
    return list(promised.select_related("plan__idea__theme"))


def helps(participant: Participant) -> list[Partner]:
    """The plans of others that this participant helps with."""
    if participant.person_id is None:
        return []
    joined = Partner.objects.filter(
        person=participant.person_id, plan__idea__contribution__step__meeting=participant.meeting
    )
    return list(joined.select_related("plan__idea").prefetch_related("plan__actions__owner"))

"""Joining: a code or QR, a first name, a discipline, an organisation. No account."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from samenwijk.journal.models import Entry
from samenwijk.meetings.ambassadors import awaited, link
from samenwijk.meetings.codes import tidy
from samenwijk.meetings.kinds.base import Refused
from samenwijk.meetings.models import Meeting, Participant
from samenwijk.meetings.seating import seat
from samenwijk.meetings.table_planning import welcome
from samenwijk.people.models import Organisation

MOST_PEOPLE = 500
"""In one meeting: more than any room holds, so that nobody fills it by machine until it stands still for everybody."""

MOST_SUGGESTIONS = 100
RETURN_CODES_LAST = timedelta(days=7)
"""After a meeting; so few codes are alive at once that guessing finds none. Later the link in the mail still works."""


class Full(Refused):
    """There is no place left in this meeting."""


def next_number(meeting: Meeting) -> int:
    return int(meeting.participants.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def join(meeting: Meeting, *, first_name: str, discipline: str, organisation: str, key: uuid.UUID) -> Participant:
    """A new participant with a table; the same key again is the same participant.

    Raises ``Refused`` after the end, and ``Full`` when nobody can be added.
    """
    meeting = Meeting.objects.held().select_related("wijk", "room").get(pk=meeting.pk)
    if known := meeting.participants.filter(key=key).first():
        return known
    if meeting.is_ended:
        raise Refused(_("Deze bijeenkomst is afgelopen. Meedoen kan niet meer."))
    number = next_number(meeting)
    if number > MOST_PEOPLE:
        raise Full(_("Deze bijeenkomst is vol. Vraag de begeleider of je op papier mee kunt doen."))
    participant = Participant(
        meeting=meeting,
        number=number,
        first_name=first_name,
        discipline=discipline,
        organisation=organisation,
        key=key,
    )
    ambassador = awaited(participant)
    participant.table = (ambassador.table if ambassador else None) or seat(participant)
    participant.save()
    if ambassador:
        link(ambassador, participant)
    welcome(participant)
    Entry.record("participant.joined", about=participant, wijk=meeting.wijk, by=participant)
    meeting.announce("people", to=("screen", "facilitator"))
    return participant


def find_by_code(code: str) -> Meeting | None:
    """The meeting behind a typed code, in capitals or not, with spaces or not; also when it has ended."""
    return Meeting.objects.filter(join_code=tidy(code)).select_related("wijk").first()


def find_by_token(token: str) -> Meeting | None:
    """The meeting behind a QR code; also when it has ended."""
    return Meeting.objects.with_token("join", token).select_related("wijk").first()


def organisations_near(meeting: Meeting) -> list[str]:
    """Names to choose from: what others in this meeting filled in, and the organisations of the wijk."""
    here = meeting.participants.exclude(organisation="").values_list("organisation", flat=True)
    wijk = Organisation.objects.filter(people__memberships__wijk=meeting.wijk_id).values_list("name", flat=True)
    names = {name.casefold(): name for name in [*wijk[:MOST_SUGGESTIONS], *here[:MOST_SUGGESTIONS]]}
    return sorted(names.values(), key=str.casefold)


@transaction.atomic
def come_back(code: str) -> Participant | None:
    """The same participant on another phone, by the return code."""
    participant = (
        Participant.objects.filter(return_code=tidy(code))
        .exclude(meeting__ended_at__lt=timezone.now() - RETURN_CODES_LAST)
        .select_related("meeting__wijk", "meeting__room", "table")
        .first()
    )
    if participant:
        participant.come_back()
    return participant

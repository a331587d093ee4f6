"""Three months after an evening: one mail to who picked a tip to begin with and left an address."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from samenwijk.meetings import passes
from samenwijk.meetings.kinds.tips import Begin
from samenwijk.meetings.models import Participant
from samenwijk.meetings.own_page import begins_with
from samenwijk.notify.handlers import contact_for, with_address
from samenwijk.notify.mail import Link, Recipient, post
from samenwijk.notify.models import Message

THREE_MONTHS = timedelta(days=91)
TOO_LATE = timedelta(days=122)
"""A server that stood still for so long does not write about what is four months ago."""


def remind_of_beginnings() -> int:
    """Who is to be reminded now; the number of mails written. Harmless to repeat: one mail for each."""
    now = timezone.now()
    picked = with_address().filter(
        meeting__ended_at__gt=now - TOO_LATE, meeting__ended_at__lte=now - THREE_MONTHS, contributions__take=Begin.slug
    )
    keys = {_key(participant): participant for participant in picked.distinct()}
    written = set(Message.objects.filter(key__in=list(keys)).values_list("key", flat=True))
    return sum(_remind(participant, key) for key, participant in keys.items() if key not in written)


def _key(participant: Participant) -> str:
    return f"begin-reminder-{participant.public_id}"


def _remind(participant: Participant, key: str) -> bool:
    meeting = participant.meeting
    return bool(
        post(
            Recipient(participant.first_name, participant.email, participant.person),
            "begin_reminder",
            {"tip": begins_with(participant), "meeting": meeting},
            contact=contact_for(meeting),
            link=Link(passes.link(participant), _("Bekijk jouw bijeenkomst")),
            key=key,
        )
    )

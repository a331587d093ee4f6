"""What meetings hold about a person: for the file with one's own data, and for who asks to be forgotten."""

from typing import Any

from django.utils import timezone

from samenwijk.journal.catching_up import catch_up
from samenwijk.journal.models import Entry
from samenwijk.meetings.models import Contribution, Participant
from samenwijk.people.models import Person


def forget_the_forgotten() -> int:
    """Take name and card of whoever asked to be forgotten out of the meetings; the number of entries read."""
    return catch_up("forgetting", _forget)


def _forget(entry: Entry) -> None:
    if entry.kind == "person.forgotten":
        Participant.objects.filter(person__public_id=entry.subject_id).forget()


def meetings_of(person: Person) -> list[dict[str, Any]]:
    """The meetings somebody was in, with their card and what they said there, as plain values."""
    there = Participant.objects.filter(person=person).select_related("meeting")
    return [
        {
            "bijeenkomst": participant.meeting.title,
            "datum": timezone.localdate(participant.meeting.starts_at).isoformat(),
            "naam": participant.first_name,
            "bel mij voor": participant.call_me_for,
            "telefoon": participant.phone,
            "mailadres": participant.email,
            "gezegd": list(
                Contribution.objects.filter(participant=participant).exclude(text="").values_list("text", flat=True)
            ),
        }
        for participant in there
    ]

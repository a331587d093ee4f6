"""Paper gives the same result as phones, without counting anybody twice."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samenwijk.journal.models import Entry
from samenwijk.meetings.ambassadors import awaited, link
from samenwijk.meetings.contributing import Receipt, contribute, remember
from samenwijk.meetings.kinds.base import PAPER, Refused, Sender, Take
from samenwijk.meetings.models import Meeting, Participant, Step, Table
from samenwijk.meetings.seating import seat
from samenwijk.meetings.table_planning import welcome
from samenwijk.plans.models import Choice, ChoiceOption, PaperDots


def dots_left_on_paper(choice: Choice, table: Table, *, one_more_phone: bool = False) -> int:
    """How many paper dots still fit: (people seated - people who voted by phone) x dots, less what is there."""
    seated = list(table.participants.present().values_list("public_id", flat=True))
    by_phone = choice.ballots.filter(voter__in=seated, late=False).count() + one_more_phone
    return (len(seated) - by_phone) * choice.dots - sum(
        choice.paper.filter(table=table.public_id).values_list("dots", flat=True)
    )


def ballots_left_on_paper(choice: Choice, table: Table, *, one_more_phone: bool = False) -> int:
    """How many ballots can still be typed in for a table: people seated, less who voted by phone or on paper."""
    seated = list(table.participants.present().values_list("public_id", flat=True))
    by_phone = choice.ballots.filter(voter__in=seated, late=False).count() + one_more_phone
    return len(seated) - by_phone - choice.ballots.filter(table=table.public_id).count()


def is_there_room_for_a_phone(choice: Choice, participant: Participant) -> bool:
    """Whether this phone may vote, or its table already voted for everybody on paper."""
    table = participant.table
    if table is None:
        return True
    on_paper = choice.paper if choice.counts_stickers else choice.ballots
    if not on_paper.filter(table=table.public_id).exists():
        return True
    if choice.ballots.filter(voter=participant.public_id, late=False).exists():
        return True
    left = dots_left_on_paper if choice.counts_stickers else ballots_left_on_paper
    return left(choice, table, one_more_phone=True) >= 0


@transaction.atomic
def count_ballot(
    step: Step, table: Table, *, group: str, scores: Mapping[ChoiceOption, int], key: uuid.UUID, by: Any
) -> None:
    """Types in one person's ballot. The same key again changes nothing. Raises ``Refused`` when it cannot be."""
    choice = _countable(step)
    if choice.counts_stickers:
        raise Refused(_("Tel hier de stippen van de tafel."))
    voter = uuid.uuid5(key, "ballot on paper")
    if choice.ballots.filter(voter=voter).exists():
        return
    if ballots_left_on_paper(choice, table) < 1:
        raise Refused(
            _("Van tafel %(table)s is er geen biljet meer over. Wie met de telefoon stemde, telt niet nog eens.")
            % {"table": table.number}
        )
    values = {option.pk: score for option, score in scores.items()}
    choice.cast(voter, list(scores), group=group, sequence=0, scores=values, table=table.public_id)
    Entry.record("paper.counted", about=table, wijk=step.meeting.wijk, by=by, dots=len(scores))
    step.meeting.announce("vote", to=("screen", "facilitator"), voters=choice.number_of_voters())


@transaction.atomic
def take_last_ballot_back(step: Step, table: Table) -> None:
    """A typing error: the ballot that was typed in last for this table goes, and can be typed in again."""
    choice = _countable(step)
    last = choice.ballots.filter(table=table.public_id).order_by("pk").last()
    if last is None:
        raise Refused(_("Van deze tafel is er geen biljet ingevoerd."))
    last.delete()
    step.meeting.announce("vote", to=("screen", "facilitator"), voters=choice.number_of_voters())


def _countable(step: Step) -> Choice:
    choice = step.choice
    if choice is None or choice.is_shown:
        raise Refused(_("De uitslag is al te zien. Papier telt niet meer mee."))
    return choice


@transaction.atomic
def count_dots(step: Step, table: Table, dots: Mapping[ChoiceOption, int], *, by: Any) -> None:
    """Types in a table's stickers; a second time replaces the first. Raises ``Refused`` when they cannot be."""
    choice = step.choice
    if choice is None or choice.is_shown:
        raise Refused(_("De uitslag is al te zien. Stippen op papier tellen niet meer mee."))
    if not choice.counts_stickers:
        raise Refused(_("Voer hier per persoon een biljet in."))
    choice.paper.filter(table=table.public_id).delete()
    room = dots_left_on_paper(choice, table)
    given = sum(dots.values())
    _at_most_one_each(choice, dots, people=max(room, 0) // choice.dots)
    if given > room:
        raise Refused(
            _(
                "Tafel %(table)s heeft ruimte voor %(room)s stippen op papier; er staan er %(given)s. "
                "Wie met de telefoon stemde, telt niet nog eens."
            )
            % {"table": table.number, "room": max(room, 0), "given": given}
        )
    PaperDots.objects.bulk_create(
        PaperDots(choice=choice, option=option, table=table.public_id, dots=number)
        for option, number in dots.items()
        if number
    )
    Entry.record("paper.counted", about=table, wijk=step.meeting.wijk, by=by, dots=given)
    step.meeting.announce("vote", to=("screen", "facilitator"), voters=choice.number_of_voters())


def _at_most_one_each(choice: Choice, dots: Mapping[ChoiceOption, int], *, people: int) -> None:
    """Nobody puts two dots on one option, on paper as little as on a phone."""
    for option, number in dots.items():
        if number > people * choice.per_option and sum(dots.values()) <= people * choice.dots:
            raise Refused(
                _("Bij '%(option)s' staan %(given)s stippen, maar aan deze tafel stemmen %(people)s mensen op papier.")
                % {"option": option, "given": number, "people": people}
            )


@transaction.atomic
def type_in(step: Step, take: Take, table: Table, data: dict[str, Any], key: uuid.UUID, *, by: Any) -> Receipt:
    """Keeps what stands on a table's sheet. Typing takes time: a sheet of a step that has passed counts as well."""
    sender = sheet_of(table, by)
    if step.allows(take.name, PAPER) or step.entered_at is None:
        return contribute(step, take, sender, data, key)
    meeting = Meeting.objects.held().select_related("wijk", "room").get(pk=step.meeting_id)
    step.meeting = meeting
    if meeting.submissions.filter(author_id=sender.public_id, key=key).exists():
        return Receipt("again", _("Dit hadden we al. Alles is bewaard."))
    said = step.rules.keep(step, take, sender, data, key)
    remember(step, take, sender, key)
    return Receipt("kept", said.sentence, said.thing)


def sheet_of(table: Table, by: Any) -> Sender:
    """The sender of what stands on a table's paper sheet."""
    return Sender(PAPER, table.public_id, None, table, user=by)


@transaction.atomic
def add_without_phone(
    meeting: Meeting,
    *,
    first_name: str,
    discipline: str,
    organisation: str,
    table: Table | None,
    key: uuid.UUID,
    by: Any,
) -> Participant:
    """Somebody in the room who takes part on paper or on the table's device."""
    from samenwijk.meetings.joining import next_number

    known = meeting.participants.filter(key=key).first()
    if known:
        return known
    participant = Participant(
        meeting=meeting,
        number=next_number(meeting),
        first_name=first_name,
        discipline=discipline,
        organisation=organisation,
        on_paper=True,
        key=key,
    )
    ambassador = awaited(participant)
    participant.table = table or (ambassador.table if ambassador else None) or seat(participant)
    participant.save()
    if ambassador:
        link(ambassador, participant)
    welcome(participant)
    Entry.record("participant.joined", about=participant, wijk=meeting.wijk, by=by, paper=True)
    meeting.announce("people", to=("screen", "facilitator"))
    return participant

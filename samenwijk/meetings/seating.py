"""Who sits where without a table plan, and for who walks in: where the table is smallest and most different."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samenwijk.meetings.kinds.base import Refused
from samenwijk.meetings.models import Meeting, Participant, Table


def seat(participant: Participant) -> Table | None:
    """The table for who joins: smallest first, then fewest of the same organisation, then of the same discipline.

    Once the evening runs nobody is put alone at a table that stayed empty.
    """
    tables = list(participant.meeting.tables.all())
    if not tables:
        return None
    seated = list(participant.meeting.participants.present().exclude(pk=participant.pk).exclude(table=None))
    taken = {other.table_id for other in seated}
    in_use = [table for table in tables if table.pk in taken] if participant.meeting.is_running else []
    return min(
        in_use or tables,
        key=lambda table: _cost(participant, table, [other for other in seated if other.table_id == table.pk]),
    )


def _cost(participant: Participant, table: Table, others: list[Participant]) -> tuple[int, int, int, int]:
    organisation = participant.organisation.casefold()
    return (
        len(others),
        sum(1 for other in others if organisation and other.organisation.casefold() == organisation),
        sum(1 for other in others if other.discipline == participant.discipline),
        table.number,
    )


def share_out_themes(meeting: Meeting) -> None:
    """Gives each table one of the chosen themes in turn; a table keeps a theme that it has already."""
    chosen = [item.theme for item in meeting.themes.filter(chosen=True).select_related("theme")]
    if not chosen:
        return
    tables = list(meeting.tables.select_related("theme"))
    wanted = {theme.pk: 0 for theme in chosen}
    for table in tables:
        if table.theme_id in wanted:
            wanted[table.theme_id] += 1
    for table in tables:
        if table.theme_id not in wanted:
            theme = min(chosen, key=lambda candidate: wanted[candidate.pk])
            wanted[theme.pk] += 1
            Table.objects.filter(pk=table.pk).update(theme=theme)


def set_tables(meeting: Meeting, number: int) -> None:
    """So many tables; one with people or work on it stays: raises ``Refused``."""
    there = list(meeting.tables.order_by("number"))
    for extra in range(len(there) + 1, number + 1):
        meeting.tables.create(number=extra)
    for table in there[number:]:
        if table.participants.exists() or table.contributions.exists():
            raise Refused(
                _("Aan tafel %(number)s zitten al mensen. Zet hen eerst ergens anders.") % {"number": table.number}
            )
        table.delete()
    Meeting.objects.filter(pk=meeting.pk).update(number_of_tables=number)

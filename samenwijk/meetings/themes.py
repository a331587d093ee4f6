"""Putting a theme on the table of an evening."""

from __future__ import annotations

from django.db.models import Max

from samenwijk.meetings.models import Meeting, MeetingTheme
from samenwijk.plans.models import Theme


def put_on_the_table(meeting: Meeting, title: str, *, topic: str = "", chosen: bool = False, figure: str = "") -> Theme:
    """The theme with this title, on the evening's list: once, however often it is proposed."""
    title = " ".join(title.split())
    theme = Theme.objects.filter(wijk=meeting.wijk, title__iexact=title).first()
    theme = theme or Theme.objects.create(wijk=meeting.wijk, title=title, topic=topic)
    last = meeting.themes.aggregate(last=Max("position"))["last"] or 0
    MeetingTheme.objects.get_or_create(
        meeting=meeting, theme=theme, defaults={"position": last + 1, "chosen": chosen, "figure": figure}
    )
    return theme

"""Putting a theme on the table of an evening, and taking it off again."""

from __future__ import annotations

from django.db import models, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from samenwijk.meetings.kinds.base import Refused
from samenwijk.meetings.models import Meeting, MeetingTheme
from samenwijk.plans.models import Choice, Theme


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


@transaction.atomic
def add(meeting: Meeting, title: str, *, topic: str = "") -> None:
    """A facilitator puts a theme on the list. While the room chooses themes it can be chosen at once; once the
    themes are chosen, the room has decided that this one goes on too."""
    theme = put_on_the_table(meeting, title, topic=topic, chosen=meeting.themes.filter(chosen=True).exists())
    for choice in _choices_of_themes(meeting).filter(closed_at=None):
        choice.offer([theme])
    meeting.announce("step")


@transaction.atomic
def take_off(meeting: Meeting, item: MeetingTheme) -> None:
    """Off the list, unless people voted on it or wrote ideas about it. The theme itself stays in the wijk."""
    if item.theme.ideas.filter(contribution__step__meeting=meeting).exists():
        raise Refused(_("Bij dit thema staan al ideeën. Het kan niet meer van de lijst."))
    if _choices_of_themes(meeting).filter(options__theme=item.theme).exists():
        raise Refused(_("Over dit thema wordt al gestemd. Het kan niet meer van de lijst."))
    meeting.tables.filter(theme=item.theme).update(theme=None)
    item.delete()
    meeting.announce("step")


def _choices_of_themes(meeting: Meeting) -> models.QuerySet[Choice]:
    return Choice.objects.filter(step__meeting=meeting, subject=Choice.Subject.THEMES).distinct()

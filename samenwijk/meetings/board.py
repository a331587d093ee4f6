"""The board: the themes of an evening with their ideas."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from samenwijk.meetings.models import Meeting, MeetingTheme
from samenwijk.plans.models import Idea
from samenwijk.plans.models.idea import IdeaQuerySet


@dataclass
class Column:
    """One theme with its ideas, oldest first."""

    meeting_theme: MeetingTheme
    ideas: list[Idea] = field(default_factory=list)
    dreams: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.meeting_theme.theme.title

    @property
    def position(self) -> int:
        return self.meeting_theme.position


def ideas_of(meeting: Meeting) -> IdeaQuerySet:
    """The ideas that were written in this meeting, and what they were merged into."""
    return Idea.objects.filter(contribution__step__meeting=meeting)


def chosen_themes(meeting: Meeting) -> list[MeetingTheme]:
    return list(meeting.themes.filter(chosen=True).select_related("theme"))


def columns(meeting: Meeting, *, with_hidden: bool = False) -> list[Column]:
    """The board by theme: three queries, however many ideas there are."""
    ideas = ideas_of(meeting).filter(merged_into=None, withdrawn_at=None).select_related("contribution__table")
    if not with_hidden:
        ideas = ideas.shown()
    by_theme: dict[int, list[Idea]] = defaultdict(list)
    for idea in ideas.prefetch_related("parents"):
        by_theme[idea.theme_id].append(idea)
    themes = [theme for theme in meeting.themes.select_related("theme") if theme.chosen or theme.theme_id in by_theme]
    return [Column(theme, by_theme[theme.theme_id]) for theme in themes]

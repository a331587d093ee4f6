"""The board: the themes of an evening with their ideas."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from samenwijk.meetings.models import Contribution, Meeting, MeetingTheme, Submission
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


def columns(meeting: Meeting, *, with_hidden: bool = False, with_parents: bool = True) -> list[Column]:
    """The board by theme: three queries, however many ideas there are (two without the ideas that were merged)."""
    ideas = ideas_of(meeting).filter(merged_into=None, withdrawn_at=None).select_related("contribution__table")
    if not with_hidden:
        ideas = ideas.shown()
    by_theme: dict[int, list[Idea]] = defaultdict(list)
    for idea in ideas.prefetch_related("parents") if with_parents else ideas:
        by_theme[idea.theme_id].append(idea)
    themes = [theme for theme in meeting.themes.select_related("theme") if theme.chosen or theme.theme_id in by_theme]
    return [Column(theme, by_theme[theme.theme_id]) for theme in themes]


def find_said(meeting: Meeting, public_id: UUID) -> Idea | Contribution | None:
    """An idea or a line of this meeting, hidden or not."""
    idea = ideas_of(meeting).filter(public_id=public_id).first()
    return idea or Contribution.objects.filter(step__meeting=meeting, public_id=public_id).first()


def came_late(meeting: Meeting) -> list[Submission]:
    """What came after its step had closed, newest first, with who sent it as `sender_name`."""
    found = list(meeting.submissions.filter(late=True).select_related("step").order_by("-at"))
    authors = {submission.author_id for submission in found}
    names = dict(meeting.participants.filter(public_id__in=authors).values_list("public_id", "first_name"))
    names |= {table.public_id: str(table) for table in meeting.tables.filter(public_id__in=authors)}
    for submission in found:
        take = submission.step.rules.find_take(submission.take)
        submission.readable = [line for line in submission.lines if not _is_reference(line)]  # type: ignore[attr-defined]
        submission.sender_name = names.get(submission.author_id) or _("Gast")  # type: ignore[attr-defined]
        submission.may_count = bool(take and take.adoptable and not submission.adopted_at)  # type: ignore[attr-defined]
    return found


def _is_reference(text: str) -> bool:
    """A public id among what was sent, such as that of a theme: nothing to read."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True

"""The ideas of the last evening that chose among ideas, as the wijk's front page tells them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Min, Q, Subquery

from samenwijk.meetings.models import Meeting
from samenwijk.places.models import Wijk
from samenwijk.plans.models import Choice, ChoiceOption, Idea

MOST = 8


@dataclass(frozen=True)
class Voted:
    """An idea with its dots; `colour` is the place of its theme on that evening's list."""

    idea: Idea
    points: int
    goes_on: bool
    colour: int
    table: Any


@dataclass(frozen=True)
class LastEvening:
    meeting: Meeting | None
    ideas: list[Voted]
    number: int


def last_evening_of(wijk: Wijk, meetings: list[Meeting]) -> LastEvening | None:
    """The best ideas of the newest result that was shown; None when nothing was chosen yet. One query."""
    options = list(_options(wijk))
    if not options:
        return None
    voted = [_voted(option) for option in options if option.idea is not None]
    known = {meeting.pk: meeting for meeting in meetings}
    return LastEvening(
        meeting=known.get(getattr(options[0], "meeting_pk", 0)),
        ideas=[one for one in voted if one.goes_on][:MOST],
        number=len(voted),
    )


def _options(wijk: Wijk) -> Any:
    """What stands on the board after the vote, most dots first; ideas that were merged away or hidden do not."""
    newest = Choice.objects.filter(wijk=wijk, subject=Choice.Subject.IDEAS, shown_at__isnull=False)
    evening = F("idea__contribution__step__meeting")
    return (
        ChoiceOption.objects.filter(choice=Subquery(newest.order_by("-shown_at").values("pk")[:1]))
        .filter(idea__merged_into=None, idea__hidden_at=None, idea__withdrawn_at=None)
        .select_related("idea__theme", "idea__contribution__table")
        .annotate(
            meeting_pk=evening,
            theme_place=Min(
                "idea__theme__meetings__position",
                filter=Q(idea__theme__meetings__meeting=F("idea__contribution__step__meeting")),
            ),
        )
        .order_by(F("points").desc(nulls_last=True), "position")
    )


def _voted(option: Any) -> Voted:
    contribution = getattr(option.idea, "contribution", None)
    return Voted(
        option.idea,
        points=option.points or 0,
        goes_on=bool(option.chosen),
        colour=option.theme_place or 0,
        table=contribution.table if contribution else None,
    )

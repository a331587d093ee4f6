"""Putting ideas together and taking them apart again. Parents, authors and votes stay traceable."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from samenwijk.meetings.board import ideas_of
from samenwijk.meetings.kinds.base import FACILITATOR, Refused
from samenwijk.meetings.models import Contribution, Deed, Meeting
from samenwijk.plans.models import Author, Choice, Idea, Merge
from samenwijk.plans.models.idea import TooFewToMerge


@transaction.atomic
def merge(meeting: Meeting, ideas: Sequence[Idea], *, title: str, what: str, key: uuid.UUID, by: Any) -> Merge:
    """Makes one idea of several; while a vote is open, dots on the parents count once for the new one."""
    if known := Merge.objects.filter(result__author_id=by.public_id, result__key=key).first():
        return known
    step = meeting.current or meeting.steps.order_by("position").last()
    if step is None:
        raise Refused(_("Deze bijeenkomst heeft nog geen draaiboek."))
    try:
        made = Merge.together(ideas, title=title, what=what, author=Author(FACILITATOR, by.public_id), key=key, by=by)
    except TooFewToMerge as error:
        raise Refused(_("Kies twee of meer ideeën die nog op het bord staan.")) from error
    Contribution.objects.create(
        step=step, take="idea", author_kind=FACILITATOR, author_id=by.public_id, idea=made.result, key=key
    )
    for choice in Choice.objects.filter(options__idea__in=made.parents.all(), shown_at=None).distinct():
        choice.offer([made.result])
    Deed.objects.create(meeting=meeting, kind="merge", before={"merge": str(made.public_id)}, by_id=by.public_id)
    meeting.announce("idea.room")
    return made


@transaction.atomic
def take_apart(meeting: Meeting, made: Merge, *, by: Any) -> None:
    """Undoes a merge, unless its result was chosen already: then people have decided on it."""
    if made.result.options.filter(choice__shown_at__isnull=False).exists():
        raise Refused(_("Over dit idee is al gestemd. Het kan niet meer uit elkaar."))
    made.undo(by=by)
    meeting.announce("idea.room")


def merges_of(meeting: Meeting) -> list[Merge]:
    found = Merge.objects.filter(result__in=ideas_of(meeting), undone_at=None).select_related("result")
    parents = Prefetch("parents", Idea.objects.select_related("contribution__table"))
    return list(found.prefetch_related(parents).order_by("-at"))

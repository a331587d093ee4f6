"""Likely doubles among the ideas on the board: proposals for the facilitator, who decides, also that they differ."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samenwijk.meetings.kinds.base import Refused
from samenwijk.meetings.models import Deed, Meeting
from samenwijk.plans.models import Idea

KEPT = 600
"""Seconds that the answer for the same ideas is kept."""
APART = "apart"
Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Doubles:
    """Ideas that may mean the same; `query` ticks them all on the page where ideas are put together."""

    ideas: list[Idea]

    @property
    def query(self) -> str:
        return urlencode([("ideas", str(idea.public_id)) for idea in self.ideas])


@dataclass(frozen=True)
class Apart:
    """Ideas of which a facilitator said that they differ, by the deed that undoes it."""

    deed: Deed
    ideas: list[Idea]


def likely_doubles(ideas: Iterable[Idea], apart: Iterable[Apart] = ()) -> list[Doubles]:
    """The most alike first; an idea stands in one proposal at most, with at most three others. Ideas of which somebody
    said that they differ are in no proposal together."""
    by_id = {str(idea.public_id): idea for idea in ideas}
    texts = {public_id: idea.title for public_id, idea in by_id.items()}
    pairs = sorted({pair for one in apart for pair in combinations(sorted(str(i.public_id) for i in one.ideas), 2)})
    groups = cache.get_or_set(_key(texts, pairs), lambda: _groups(texts, pairs), KEPT)
    order = {public_id: number for number, public_id in enumerate(by_id)}
    return [Doubles([by_id[one] for one in sorted(group, key=order.__getitem__)]) for group in groups or []]


def _groups(texts: dict[str, str], apart: Pairs) -> list[list[str]]:
    from samenwijk.methods.similarity import suggest_groups  # loads numpy and the list of words

    return [sorted(group) for group in suggest_groups(texts, apart=apart)]


def _key(texts: dict[str, str], apart: Pairs) -> str:
    said = [f"{public_id} {text}" for public_id, text in sorted(texts.items())] + [" ".join(pair) for pair in apart]
    return f"meetings.alike.{hashlib.sha256(chr(10).join(said).encode()).hexdigest()}"


@transaction.atomic
def keep_apart(meeting: Meeting, ideas: Sequence[Idea], *, by: Any) -> None:
    """The facilitator says that these differ: the proposal goes and stays away, until that is undone."""
    if len(ideas) < 2:
        raise Refused(_("Kies twee of meer ideeën die nog op het bord staan."))
    before = {"ideas": sorted(str(idea.public_id) for idea in ideas)}
    if meeting.deeds.to_undo().filter(kind=APART, before=before).exists():
        return
    Deed.objects.create(meeting=meeting, kind=APART, before=before, by_id=by.public_id)
    meeting.announce("idea.room", to=("facilitator",))


@transaction.atomic
def propose_again(deed: Deed) -> None:
    """They may be alike after all."""
    Deed.objects.to_undo().filter(pk=deed.pk).update(undone_at=timezone.now())
    deed.meeting.announce("idea.room", to=("facilitator",))


def kept_apart(meeting: Meeting, ideas: Iterable[Idea]) -> list[Apart]:
    """What the facilitator keeps apart, as far as it is still on the board; the newest first."""
    by_id = {str(idea.public_id): idea for idea in ideas}
    deeds = meeting.deeds.to_undo().filter(kind=APART)
    found = [Apart(deed, [by_id[one] for one in deed.before["ideas"] if one in by_id]) for deed in deeds]
    return [one for one in found if len(one.ideas) > 1]

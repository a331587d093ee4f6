"""Likely doubles among the ideas on the board: proposals for the facilitator, who decides."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.cache import cache

from samenwijk.plans.models import Idea

KEPT = 600
"""Seconds that the answer for the same ideas is kept."""


@dataclass(frozen=True)
class Doubles:
    """Ideas that may mean the same; `query` ticks them all on the page where ideas are put together."""

    ideas: list[Idea]

    @property
    def query(self) -> str:
        return urlencode([("ideas", str(idea.public_id)) for idea in self.ideas])


def likely_doubles(ideas: Iterable[Idea]) -> list[Doubles]:
    """The most alike first; an idea stands in one proposal at most, with at most three others."""
    by_id = {str(idea.public_id): idea for idea in ideas}
    texts = {public_id: idea.title for public_id, idea in by_id.items()}
    groups = cache.get_or_set(_key(texts), lambda: _groups(texts), KEPT)
    order = {public_id: number for number, public_id in enumerate(by_id)}
    return [Doubles([by_id[one] for one in sorted(group, key=order.__getitem__)]) for group in groups or []]


def _groups(texts: dict[str, str]) -> list[list[str]]:
    from samenwijk.methods.similarity import suggest_groups  # loads numpy and the list of words

    return [sorted(group) for group in suggest_groups(texts)]


def _key(texts: dict[str, str]) -> str:
    said = "\n".join(f"{public_id} {text}" for public_id, text in sorted(texts.items()))
    return f"meetings.alike.{hashlib.sha256(said.encode()).hexdigest()}"

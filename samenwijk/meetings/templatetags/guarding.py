"""For who leads the evening: what people wrote may make somebody recognisable. It asks; a person decides."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.template import Context

from samenwijk.methods.guard import traces

register = template.Library()

MOST_SHOWN = 3


@register.simple_tag(takes_context=True)
def recognisable(context: Context, text: str) -> str:
    """The words in this text that may be a name, a number or an address of somebody; empty when there are none."""
    overview = context.get("overview")
    return _doubts(text, overview.known_names if overview else frozenset({context["wijk"].name}))


@lru_cache(maxsize=2000)
def _doubts(text: str, known: frozenset[str]) -> str:
    """A console looks at the same board again and again: what was looked over stays so as long as nobody changes it."""
    return ", ".join(trace.text for trace in traces(text, known=known)[:MOST_SHOWN]) if text else ""

"""For who leads the evening: what people wrote may make somebody recognisable. It asks; a person decides."""

from __future__ import annotations

from django import template
from django.template import Context

from samenwijk.meetings.models import Meeting
from samenwijk.methods.guard import traces

register = template.Library()

MOST_SHOWN = 3


@register.simple_tag(takes_context=True)
def recognisable(context: Context, text: str) -> str:
    """The words in this text that may be a name, a number or an address of somebody; empty when there are none."""
    meeting: Meeting = context["meeting"]
    overview = context.get("overview")
    organisations = {one.organisation for one in overview.everybody if one.organisation} if overview else set()
    known = {meeting.wijk.name, meeting.title, meeting.place, *organisations}
    return ", ".join(trace.text for trace in traces(text, known=known)[:MOST_SHOWN])

"""Preparing an evening: its outside, its script, and scripts to keep. The script is frozen once the meeting starts."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from samenwijk.meetings.kinds import KINDS, kind
from samenwijk.meetings.kinds.base import Refused
from samenwijk.meetings.models import Meeting, Series, Step, Template
from samenwijk.meetings.running import planned
from samenwijk.meetings.scripts import SHIPPED, part
from samenwijk.meetings.seating import set_tables
from samenwijk.meetings.themes import put_on_the_table
from samenwijk.places.models import Wijk


def scripts_for(wijken: list[Wijk]) -> list[tuple[str, str]]:
    """(slug or id, title) of every script that a new meeting may begin with: shipped ones, then the wijk's own."""
    own = Template.objects.filter(wijk__in=wijken).select_related("wijk")
    shipped = [(script.slug, str(script.title)) for script in SHIPPED.values()]
    return shipped + [(str(template.public_id), _own_title(template, wijken)) for template in own]


def _own_title(template: Template, wijken: list[Wijk]) -> str:
    return template.title if len(wijken) == 1 else f"{template.title} ({template.wijk})"


@transaction.atomic
def plan_meeting(
    name: str, *, wijk: Wijk, title: str, starts_at: datetime.datetime, place: str, tables: int, series: str = ""
) -> Meeting:
    """A meeting from a choice of ``scripts_for``: its steps, the themes it begins with, and what to prepare."""
    template = _template_named(name, wijk)
    meeting = Meeting.plan(
        wijk=wijk,
        title=title,
        starts_at=starts_at,
        place=place,
        tables=tables,
        script=known_steps(template.script),
    )
    for theme in template.themes:
        put_on_the_table(meeting, theme, chosen=True)
    meeting.preparation = [{"text": text, "done": False} for text in template.preparation]
    meeting.series = Series.named(series, wijk)
    meeting.save(update_fields=["preparation", "series"])
    return meeting


def _template_named(name: str, wijk: Wijk) -> Template:
    if name in SHIPPED:
        return _written_out(name, wijk)
    template = Template.objects.filter(wijk=wijk, public_id=name).first()
    if template is None:
        raise Refused(_("Dit draaiboek hoort bij een andere wijk. Kies een ander."))
    return template


def _written_out(slug: str, wijk: Wijk) -> Template:
    """A shipped script in the language of now; not kept yet."""
    shipped = SHIPPED[slug]
    return Template(
        wijk=wijk,
        title=str(shipped.title),
        script=shipped.steps(),
        themes=[str(theme) for theme in shipped.themes],
        preparation=[str(text) for text in shipped.preparation],
    )


@transaction.atomic
def tick(meeting: Meeting, number: int) -> None:
    """Marks a line of the preparation as done, or as still to do. A line that is not there changes nothing."""
    now = Meeting.objects.held().get(pk=meeting.pk)
    if 0 <= number < len(now.preparation):
        now.preparation[number]["done"] = not now.preparation[number]["done"]
        now.save(update_fields=["preparation"])


def known_steps(script: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The steps whose kind this installation has; a script may come from elsewhere or from long ago."""
    return [step for step in script if step["kind"] in KINDS]


@transaction.atomic
def revise_meeting(
    meeting: Meeting, *, title: str, starts_at: datetime.datetime, place: str, tables: int, by: Any
) -> None:
    """Another name, moment, place or number of tables. A table with people or work on it stays."""
    now = Meeting.objects.held().get(pk=meeting.pk)
    if now.is_ended:
        raise Refused(_("Deze bijeenkomst is afgelopen."))
    set_tables(now, tables)
    Meeting.objects.filter(pk=meeting.pk).update(title=title, starts_at=starts_at, place=place)
    meeting.announce("step")


def _still_open(meeting: Meeting) -> None:
    """To be called in the transaction: somebody may have started the meeting meanwhile."""
    if not Meeting.objects.held().get(pk=meeting.pk).is_prepared:
        raise Refused(_("De bijeenkomst is begonnen: het draaiboek ligt vast. Schuiven en overslaan kan nog wel."))


@transaction.atomic
def revise(step: Step, *, by: Any, settings: dict[str, Any] | None = None, **fields: Any) -> None:
    """Title, question, minutes and what the kind asks."""
    _still_open(step.meeting)
    for name, value in fields.items():
        setattr(step, name, value)
    step.settings = {**step.settings, **(settings or {})}
    step.save(update_fields=[*fields, "settings"])
    step.meeting.announce("step")


@transaction.atomic
def add_step(meeting: Meeting, slug: str, *, by: Any) -> Step:
    """A step at the end, or before the closing one, as its kind suggests it."""
    _still_open(meeting)
    steps = meeting.ordered_steps()
    last = steps[-1] if steps else None
    at = len(steps) + 1
    if last is not None and last.kind == "close" and slug != "close":
        at = last.position
        meeting.steps.filter(position__gte=at).update(position=F("position") + 1)
    elif last is not None:
        at = last.position + 1
    step: Step = meeting.steps.create(position=at, **part(slug, kind(slug).minutes))
    meeting.announce("step")
    return step


@transaction.atomic
def remove_step(step: Step, *, by: Any) -> None:
    _still_open(step.meeting)
    if step.meeting.steps.count() < 2:
        raise Refused(_("Een draaiboek heeft minstens één onderdeel."))
    step.delete()
    step.meeting.announce("step")


@transaction.atomic
def move_step(step: Step, *, places: int, by: Any) -> None:
    """One place earlier (-1) or later (+1)."""
    meeting = step.meeting
    _still_open(meeting)
    steps = meeting.ordered_steps()
    at = next(index for index, other in enumerate(steps) if other.pk == step.pk)
    if not 0 <= at + places < len(steps):
        raise Refused(_("Dit onderdeel kan niet verder verschuiven."))
    other = steps[at + places]
    Step.objects.filter(pk=step.pk).update(position=other.position)
    Step.objects.filter(pk=other.pk).update(position=steps[at].position)
    meeting.announce("step")


@transaction.atomic
def keep_as_template(meeting: Meeting, title: str, *, by: Any) -> Template:
    """This script as the wijk's own, to begin another meeting with."""
    script = meeting.planned_script or [planned(step) for step in meeting.ordered_steps()]
    # Themes that the room chooses itself belong to the evening, not to the script.
    chooses = any(step["kind"] == "themes" for step in script)
    themes = [] if chooses else [one.theme.title for one in meeting.themes.select_related("theme")]
    return Template.objects.create(
        wijk=meeting.wijk,
        title=title,
        script=script,
        themes=themes,
        preparation=[line["text"] for line in meeting.preparation],
    )


@transaction.atomic
def copy_shipped(slug: str, wijk: Wijk, *, by: Any) -> Template:
    """A shipped script as the wijk's own text, in the language of whoever copies it."""
    template = _written_out(slug, wijk)
    template.save()
    return template


@transaction.atomic
def rename_template(template: Template, title: str) -> None:
    Template.objects.filter(pk=template.pk).update(title=title)


@transaction.atomic
def throw_away(template: Template) -> None:
    """Meetings that began with it keep their own script."""
    template.delete()

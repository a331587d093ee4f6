"""The report of a meeting, assembled from what happened: nothing in it is typed a second time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from samenwijk.meetings.board import ideas_of
from samenwijk.meetings.kinds.planning import plans_of
from samenwijk.meetings.models import Meeting, Participant, Step
from samenwijk.people.disciplines import DISCIPLINES
from samenwijk.plans.models import Idea, Plan


@dataclass(frozen=True)
class Part:
    """One step of the report: its own template and what that template needs."""

    step: Step
    template: str
    context: dict[str, Any]


@dataclass(frozen=True)
class Told:
    """An idea with what was merged into it, as the report lists it."""

    idea: Idea
    parents: list[Idea]
    theme_position: int


@dataclass(frozen=True)
class Report:
    meeting: Meeting
    number: int
    residents: int
    disciplines: list[tuple[str, int]]
    organisations: list[tuple[str, int]]
    parts: list[Part]
    ideas: list[Told]
    plans: list[Plan]


def report_of(meeting: Meeting) -> Report:
    """Everything the room did, step by step. Readable while the meeting runs: what is not shown yet is left out."""
    people = list(meeting.participants.all())
    held = [step for step in meeting.ordered_steps() if step.entered_at is not None]
    return Report(
        meeting=meeting,
        number=len(people),
        residents=sum(1 for person in people if person.is_resident),
        disciplines=by_discipline(people),
        organisations=by_organisation(people),
        parts=[Part(step, step.rules.template("report"), step.rules.report(step)) for step in held],
        ideas=ideas_told(meeting),
        plans=plans_of(meeting),
    )


def by_discipline(people: list[Participant]) -> list[tuple[str, int]]:
    """Title and number, in the order of the vocabulary, so that nobody is ranked."""
    counted = Counter(person.discipline for person in people)
    known = [(str(title), counted.pop(slug)) for slug, title in DISCIPLINES.items() if slug in counted]
    return known + sorted(counted.items())


def by_organisation(people: list[Participant]) -> list[tuple[str, int]]:
    """Name and number, by name; spelled differently in case only is the same organisation."""
    names: dict[str, str] = {}
    counted: Counter[str] = Counter()
    for person in people:
        if person.organisation:
            key = " ".join(person.organisation.split()).casefold()
            names.setdefault(key, person.organisation)
            counted[key] += 1
    return sorted((names[key], number) for key, number in counted.items())


def ideas_told(meeting: Meeting) -> list[Told]:
    """All ideas that stand on the board, each with its parents (and theirs), by theme."""
    positions = dict(meeting.themes.values_list("theme_id", "position"))
    every = list(
        ideas_of(meeting).select_related("theme", "contribution__table").filter(withdrawn_at=None, hidden_at=None)
    )
    children: dict[int, list[Idea]] = {}
    for idea in every:
        if idea.merged_into_id:
            children.setdefault(idea.merged_into_id, []).append(idea)
    told = [
        Told(idea, _parents(idea, children), positions.get(idea.theme_id, 99))
        for idea in every
        if not idea.merged_into_id
    ]
    return sorted(told, key=lambda one: (one.theme_position, one.idea.created_at))


def _parents(idea: Idea, children: dict[int, list[Idea]]) -> list[Idea]:
    found: list[Idea] = []
    for parent in children.get(idea.pk, []):
        found += [parent, *_parents(parent, children)]
    return found

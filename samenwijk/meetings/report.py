"""The report of a meeting, assembled from what happened: nothing in it is typed a second time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from samenwijk.meetings.board import ideas_of
from samenwijk.meetings.kinds.planning import plans_of
from samenwijk.meetings.models import Meeting, Participant, Step
from samenwijk.people.disciplines import DISCIPLINES
from samenwijk.people.models import Organisation
from samenwijk.plans.models import AgreementParty, Idea, Need, Plan


@dataclass(frozen=True)
class Part:
    """One step of the report: its own template and what that template needs."""

    step: Step
    template: str
    context: dict[str, Any]

    @cached_property
    def html(self) -> SafeString:
        """The step as the report tells it; empty when nothing of it belongs in a report."""
        told = render_to_string(self.template, {"step": self.step, "part": self.context})
        return mark_safe(told.strip())  # noqa: S308 - rendered by a template


@dataclass(frozen=True)
class Told:
    """An idea with what was merged into it, as the report lists it."""

    idea: Idea
    parents: list[Idea]
    theme_position: int


@dataclass(frozen=True)
class Promised:
    """A plan with what it needs, and whom it binds where it has a form that asks for an agreement."""

    plan: Plan
    needs: list[str]
    parties: list[tuple[Organisation, bool]]


@dataclass(frozen=True)
class Report:
    meeting: Meeting
    number: int
    residents: int
    disciplines: list[tuple[str, int]]
    organisations: list[tuple[str, int]]
    parts: list[Part]
    themes: list[str]
    ideas: list[Told]
    promised: list[Promised]

    @property
    def plans(self) -> list[Plan]:
        return [one.plan for one in self.promised]

    @property
    def number_of_ideas(self) -> int:
        """All ideas that people wrote, also those that were put together; not what the facilitator made of them."""
        written = [idea for told in self.ideas for idea in (told.idea, *told.parents)]
        return sum(1 for idea in written if idea.author_kind != "facilitator")

    @property
    def has_merges(self) -> bool:
        return any(told.parents for told in self.ideas)


def report_of(meeting: Meeting) -> Report:
    """Everything the room did, step by step. Readable while the meeting runs: what is not shown yet is left out."""
    people = list(meeting.participants.all())
    held = [step for step in meeting.ordered_steps() if step.entered_at is not None]
    parts = [Part(step, step.rules.template("report"), step.rules.report(step)) for step in held]
    return Report(
        meeting=meeting,
        number=len(people),
        residents=sum(1 for person in people if person.is_resident),
        disciplines=by_discipline(people),
        organisations=by_organisation(people),
        parts=[part for part in parts if part.html],
        themes=[one.theme.title for one in meeting.themes.filter(chosen=True).select_related("theme")],
        ideas=ideas_told(meeting),
        promised=promised(plans_of(meeting)),
    )


def promised(plans: list[Plan]) -> list[Promised]:
    """The plans with their parties, in one query however many there are."""
    bound: dict[int, list[tuple[Organisation, bool]]] = {}
    parties = AgreementParty.objects.filter(agreement__plan__in=plans).select_related("agreement", "organisation")
    for party in parties.order_by("organisation__name"):
        bound.setdefault(party.agreement.plan_id, []).append((party.organisation, party.confirmed_at is not None))
    titles = {str(value): str(label) for value, label in Need.choices}
    return [Promised(plan, [titles.get(need, need) for need in plan.needs], bound.get(plan.pk, [])) for plan in plans]


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

"""What a facilitator must see at a glance: where we are, what comes, who is in, and what is stuck."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenwijk.live import presence
from samenwijk.meetings.kinds import KINDS
from samenwijk.meetings.kinds.base import Stuck
from samenwijk.meetings.models import Deed, Meeting, Participant, Step, Table
from samenwijk.meetings.models.meeting import MeetingQuerySet
from samenwijk.meetings.timetable import Line, timetable
from samenwijk.people.disciplines import missing_roles
from samenwijk.people.models import Person
from samenwijk.plans.models import ChoiceOption

UNDO_WORDS: dict[str, str | Promise] = {
    "phase": gettext_lazy("verder gaan"),
    "extend": gettext_lazy("meer tijd geven"),
    "skip": gettext_lazy("overslaan"),
    "move": gettext_lazy("de volgorde"),
    "hide_idea": gettext_lazy("idee verbergen"),
    "hide_line": gettext_lazy("tekst verbergen"),
    "merge": gettext_lazy("samenvoegen"),
    "apart": gettext_lazy("niet hetzelfde"),
}


def with_its_state(meetings: MeetingQuerySet) -> MeetingQuerySet:
    """The meeting with what a console needs of it, in one query: who leads, what can be undone, what came late."""
    newest = Deed.objects.to_undo().filter(meeting=OuterRef("pk"))
    may_still_count = Q(submissions__late=True, submissions__adopted_at=None, submissions__take__in=adoptable_takes())
    leader = Person.objects.filter(user__public_id=OuterRef("held_by"))
    return meetings.select_related("wijk", "room", "current__choice", "follow_up").annotate(
        leader_name=Subquery(leader.values("first_name")[:1]),
        deed_id=Subquery(newest.values("public_id")[:1]),
        deed_kind=Subquery(newest.values("kind")[:1]),
        deed_before=Subquery(newest.values("before")[:1]),
        late_ones=Count("submissions", filter=may_still_count, distinct=True),
        has_ties=Exists(ChoiceOption.objects.filter(choice__step__meeting=OuterRef("pk"), tied=True, chosen=None)),
    )


def with_number_present(meetings: MeetingQuerySet) -> MeetingQuerySet:
    """For a list of meetings: how many people are (or were) in, as `number_present`."""
    return meetings.select_related("wijk", "current").annotate(
        number_present=Count("participants", filter=Q(participants__left_at=None), distinct=True)
    )


def adoptable_takes() -> set[str]:
    """What may be let in after its step has closed, of any kind. Votes never are."""
    return {take.name for rules in KINDS.values() for take in rules.takes if take.adoptable}


@dataclass
class Seat:
    """A table with who sits there now."""

    table: Table
    people: list[Participant] = field(default_factory=list)


class Overview:
    """One look at the evening. Built from a meeting of ``with_its_state``; each part asks the database once."""

    def __init__(self, meeting: Meeting, viewer: Any) -> None:
        self.meeting, self.viewer = meeting, viewer

    @cached_property
    def steps(self) -> list[Step]:
        return self.meeting.ordered_steps()

    @cached_property
    def step(self) -> Step | None:
        """The running step, sharing this meeting object."""
        return next((step for step in self.steps if step.pk == self.meeting.current_id), None)

    @cached_property
    def lines(self) -> list[Line]:
        return timetable(self.meeting, self.steps)

    @cached_property
    def upcoming(self) -> Line | None:
        """What comes when somebody presses "verder"; nothing when the evening ends then."""
        if self.step is None:
            return None
        later = [line for line in self.lines if self.step and line.step.position > self.step.position]
        return next((line for line in later if not line.step.is_left_out), None)

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)

    @property
    def ends_at(self) -> Any:
        return self.lines[-1].until if self.lines else None

    @cached_property
    def everybody(self) -> list[Participant]:
        people = list(self.meeting.participants.select_related("table"))
        for participant in people:
            participant.meeting = self.meeting
        return people

    @cached_property
    def known_names(self) -> frozenset[str]:
        """Names with a capital that are no person: of the evening, its wijk and place, and where people work."""
        organisations = {one.organisation for one in self.everybody}
        return frozenset({self.meeting.wijk.name, self.meeting.title, self.meeting.place, *organisations})

    @cached_property
    def present(self) -> list[Participant]:
        return [participant for participant in self.everybody if participant.left_at is None]

    @property
    def gone(self) -> list[Participant]:
        return [participant for participant in self.everybody if participant.left_at]

    @cached_property
    def tables(self) -> list[Seat]:
        seats = {table.pk: Seat(table) for table in self.meeting.tables.select_related("theme", "scribe")}
        for seat in seats.values():
            seat.table.meeting = self.meeting
        for participant in self.present:
            if participant.table_id in seats:
                seats[participant.table_id].people.append(participant)
        return list(seats.values())

    @property
    def without_table(self) -> list[Participant]:
        return [participant for participant in self.present if participant.table_id is None]

    @property
    def alone(self) -> list[Participant]:
        """Who sits alone at a table and so has nobody to talk with."""
        there = Counter(participant.table_id for participant in self.present)
        return [one for one in self.present if one.table_id is not None and there[one.table_id] == 1]

    @property
    def on_paper(self) -> int:
        return sum(participant.on_paper for participant in self.present)

    @property
    def missing(self) -> list[str]:
        """The required roles that nobody in the room fills. A warning, never a reason to wait."""
        return [str(title) for title in missing_roles({participant.discipline for participant in self.present})]

    @property
    def no_resident(self) -> bool:
        return not any(participant.is_resident for participant in self.present)

    @property
    def leads(self) -> bool:
        """Whether whoever looks is the one who leads."""
        return bool(self.meeting.held_by and self.meeting.held_by == self.viewer.public_id)

    @property
    def leader_name(self) -> str:
        return getattr(self.meeting, "leader_name", None) or ""

    @property
    def undo_label(self) -> str | Promise:
        """What "ongedaan maken" would take back; empty when there is nothing."""
        deed: str | None = getattr(self.meeting, "deed_kind", None)
        if deed is None or (deed == "phase" and not self._came_from_a_step()):
            return ""
        return UNDO_WORDS.get(deed, deed)

    def _came_from_a_step(self) -> bool:
        before = getattr(self.meeting, "deed_before", None) or {}
        return bool(before.get("step"))

    @cached_property
    def kind_context(self) -> dict[str, Any]:
        """What the running step's kind shows on the console."""
        return self.step.rules.console(self.step) if self.step else {}

    @cached_property
    def sending(self) -> int:
        """How many phones still hold an answer that is on its way."""
        return presence.pending(self.meeting.room)

    @cached_property
    def ties(self) -> list[Tie]:
        """Ties that the room has to settle, wherever in the evening they arose."""
        return ties_of(self.steps) if getattr(self.meeting, "has_ties", True) else []

    @cached_property
    def stuck(self) -> list[Stuck]:
        """What waits for the facilitator, the most pressing first."""
        return [*self._stuck_in_the_step(), *self._stuck_in_the_room()] if self.meeting.is_running else []

    def _stuck_in_the_step(self) -> Iterable[Stuck]:
        for tie in self.ties:
            yield Stuck(_("Gelijke stand bij %(what)s: laat de zaal beslissen.") % {"what": tie.about}, "ties")
        if self.step is not None:
            yield from self.step.rules.stuck(self.step, self.kind_context)

    def _stuck_in_the_room(self) -> Iterable[Stuck]:
        if late := getattr(self.meeting, "late_ones", 0):
            yield Stuck(
                _("Te laat binnengekomen: %(number)s. Kijk of het nog mee moet tellen.") % {"number": late}, "late"
            )
        if self.without_table:
            names = ", ".join(participant.name for participant in self.without_table[:3])
            yield Stuck(_("Nog zonder tafel: %(names)s.") % {"names": names}, "people")
        if self.alone:
            names = ", ".join(f"{participant.name} ({participant.table})" for participant in self.alone[:3])
            yield Stuck(_("Alleen aan een tafel: %(names)s. Laat hen ergens aanschuiven.") % {"names": names}, "people")


@dataclass
class Tie:
    """Options that compete for the last place or places of one contest."""

    step: Step
    about: str
    options: list[ChoiceOption]
    places: int

    @property
    def html_id(self) -> str:
        return f"gelijk-{self.options[0].public_id}"


def ties_of(steps: Iterable[Step]) -> list[Tie]:
    """The open ties of these steps; how many of each may go on follows from what is chosen already."""
    by_choice = {step.choice_id: step for step in steps if step.choice_id}
    options = list(
        ChoiceOption.objects.filter(choice__in=list(by_choice), tied=True, chosen=None).select_related(
            "idea__theme", "theme"
        )
    )
    groups: dict[tuple[int, int], list[ChoiceOption]] = {}
    for option in options:
        choice = by_choice[option.choice_id].choice
        apart = option.idea.theme_id if option.idea and choice and not choice.is_shared else 0
        groups.setdefault((option.choice_id, apart), []).append(option)
    return [_tie(by_choice[choice_id], members) for (choice_id, _theme), members in groups.items()]


def _tie(step: Step, members: list[ChoiceOption]) -> Tie:
    first = members[0]
    shared = bool(step.choice and step.choice.is_shared)
    about = _("alle thema's samen") if shared else first.idea.theme.title if first.idea else _("de thema's")
    places = step.choice.places - ((first.place or 1) - 1) if step.choice else 1
    return Tie(step, about, members, max(1, places))


def who_moved_the_room(meeting: Meeting) -> str:
    """The first name of whoever pressed before: for "X was je voor"."""
    last = meeting.deeds.filter(kind="phase").order_by("-pk").first()
    person = Person.objects.filter(user__public_id=last.by_id).first() if last else None
    return person.first_name if person else ""

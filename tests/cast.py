"""The known cast: the people and wijken of the demo, and an evening that any test can bring as far as it needs.

`cast.gp`, `cast.resident`, `cast.facilitator` ... are accounts; `cast.outsider` belongs to another wijk.
"""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from samenwijk.demo.world import World
from samenwijk.live.writer import write
from samenwijk.meetings import preparing, running
from samenwijk.meetings.contributing import Receipt, contribute
from samenwijk.meetings.joining import join
from samenwijk.meetings.kinds.base import Sender
from samenwijk.meetings.models import Meeting, Participant, Step
from samenwijk.people.models import User
from samenwijk.places.models import Wijk
from tests.meetings.console_pages import Desk
from tests.prepared import played_once
from tests.world_in_place import world_in_place

ACCOUNTS = (
    "coordinator",
    "gp",
    "resident",
    "board_member",
    "practice",
    "facilitator",
    "co_facilitator",
    "adviser",
    "administrator",
)


@dataclass
class Cast:
    """Accounts by name, the two wijken, and this evening's meeting."""

    world: World

    def __getattr__(self, name: str) -> User:
        if name == "outsider":
            return self.world.user("other_gp")
        if name in self.world.people:
            return self.world.user(name)
        raise AttributeError(name)

    @property
    def wijk(self) -> Wijk:
        return self.world.merenwijk

    @property
    def other_wijk(self) -> Wijk:
        return self.world.nijmegen

    @property
    def meeting(self) -> Meeting:
        return self.world.evening

    @property
    def other_meeting(self) -> Meeting:
        return self.world.other_evening


class Evening:
    """A meeting in a test's hands: people join and send things as they would, through the processes of the product."""

    def __init__(self, meeting: Meeting, leader: User) -> None:
        self.meeting, self.leader = meeting, leader

    def joins(
        self, first_name: str = "Ans", discipline: str = "bewoner", organisation: str = "", **given: Any
    ) -> Participant:
        key = given.get("key") or uuid.uuid4()
        return write(
            lambda: join(self.meeting, first_name=first_name, discipline=discipline, organisation=organisation, key=key)
        )

    @played_once
    def fills(self, number: int) -> list[Participant]:
        """So many people of many disciplines and organisations, as in the demo's cast."""
        people = [self.world_card(n) for n in range(number)]
        return [self.joins(*card) for card in people]

    @staticmethod
    def world_card(n: int) -> tuple[str, str, str]:
        from samenwijk.demo import cast as demo_cast

        card = demo_cast.PARTICIPANTS[n % len(demo_cast.PARTICIPANTS)]
        return card.first_name, card.discipline, card.organisation

    def starts(self) -> Step:
        write(lambda: running.start(self.meeting, by=self.leader))
        return self.step

    def goes_on(self) -> Step | None:
        self.meeting.refresh_from_db()
        write(lambda: running.go_on(self.meeting, seen=self.meeting.phase, by=self.leader))
        self.meeting.refresh_from_db()
        return self.step if self.meeting.current else None

    @played_once
    def goes_to(self, kind: str) -> Step:
        """Starts if needed and goes on until the room is in the next step of this kind."""
        self.meeting.refresh_from_db()
        if self.meeting.is_prepared:
            self.starts()
        while self.step.kind != kind:
            self.goes_on()
        return self.step

    def ends(self) -> None:
        self.meeting.refresh_from_db()
        write(lambda: running.end(self.meeting, seen=self.meeting.phase, by=self.leader))
        self.meeting.refresh_from_db()

    @property
    def step(self) -> Step:
        self.meeting.refresh_from_db()
        assert self.meeting.current is not None
        step = Step.objects.select_related("choice").get(pk=self.meeting.current_id)
        step.meeting = self.meeting
        return step

    def sends(
        self,
        participant: Participant,
        take: str,
        data: dict[str, Any],
        *,
        as_table: bool = False,
        step: Step | None = None,
        key: uuid.UUID | None = None,
        queued: bool = False,
    ) -> Receipt:
        """What a phone sends, through the form of the kind; raises ``Refused`` like the product does."""
        step = step or self.step
        fresh = Participant.objects.select_related("table__theme", "person").get(pk=participant.pk)
        sender = Sender.of(fresh, queued=queued)
        sender = sender.as_table() if as_table else sender
        offered = step.rules.find_take(take)
        assert offered is not None
        form = offered.form(data, step=step, sender=sender)
        assert form.is_valid(), form.errors
        return write(lambda: contribute(step, offered, sender, form.cleaned_data, key or uuid.uuid4()))

    @played_once
    def everybody_dots(self, people: list[Participant], *, places: int = 3) -> None:
        """Everybody puts dots on the first options of the running choice."""
        choice = self.step.choice
        assert choice is not None
        first = [str(option.public_id) for option in choice.options.all()[:places]]
        for participant in people:
            self.sends(participant, "dots", {"options": first})

    @played_once
    def each_table_writes(self, ideas: int = 2) -> None:
        for table in self.meeting.tables.all():
            scribe = table.participants.present().first()
            if scribe is None:
                continue
            write(lambda table=table, scribe=scribe: table.write_here(scribe))
            self.sends(scribe, "dream", {"text": f"Aan tafel {table.number} kent iedereen elkaar."}, as_table=True)
            for number in range(1, ideas + 1):
                self.sends(
                    scribe,
                    "idea",
                    {"title": f"Idee {number} van tafel {table.number}", "what": "Samen beginnen."},
                    as_table=True,
                )

    @played_once
    def comes_to_plans(self, people: list[Participant]) -> Step:
        """Plays on until ideas were chosen and plans are being made."""
        self.goes_to("themes")
        self.everybody_dots(people)
        self.goes_to("group")
        self.each_table_writes()
        self.goes_to("vote")
        self.everybody_dots(people)
        return self.goes_to("plan")


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast(world_in_place())


@pytest.fixture
def evening(cast: Cast) -> Evening:
    return Evening(cast.meeting, cast.facilitator)


@pytest.fixture
def as_user() -> Any:
    """`as_user(cast.gp)` is a browser in which the GP is signed in."""

    def sign_in(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def holds(evening: Evening, cast: Cast, as_user: Any) -> Any:
    """`holds("keukentafel")` prepares an evening with that script; the evening, and the facilitator's desk."""

    def prepare(slug: str, tables: int = 2, series: str = "") -> Desk:
        evening.meeting = preparing.plan_meeting(
            slug,
            wijk=cast.wijk,
            title="Avond",
            starts_at=timezone.now() + datetime.timedelta(minutes=5),
            place="Buurthuis",
            tables=tables,
            series=series,
        )
        return Desk(as_user(cast.facilitator), evening.meeting)

    return prepare

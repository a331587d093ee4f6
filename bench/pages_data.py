"""A full room: the evening of the demo with 43 people, once while tables write and once while everybody votes."""

from __future__ import annotations

import uuid
from typing import Any

from django.core import signing

from bench.w1_data import forward, sends
from samenwijk.demo import cast, evening
from samenwijk.demo.world import World, build_world
from samenwijk.live.writer import write
from samenwijk.meetings import passes, running
from samenwijk.meetings.joining import join
from samenwijk.meetings.models import Meeting, Participant, Step
from samenwijk.people.models import User


def fill() -> dict[str, Any]:
    world = build_world()
    leader = world.user("facilitator")
    told = {}
    for stop in ("group", "vote"):
        meeting = world.evening if stop == "group" else another(world)
        seated = [comes_in(meeting, number, card) for number, card in enumerate(cast.PARTICIPANTS)]
        brought_to(stop, meeting, leader, seated)
        told[stop] = {
            "join": f"/m/{meeting.join_token}/",
            "code": f"/doe-mee/{meeting.join_code}/",
            "phone": f"/bijeenkomst/{meeting.public_id}/",
            "screen": f"/scherm/{meeting.screen_token}/",
            "passes": [signing.dumps(one.public_id.hex, salt=passes.SALT) for one in seated],
        }
    return told


def another(world: World) -> Meeting:
    meeting = evening.prepare(world.merenwijk)
    meeting.title = "Tweede avond"
    meeting.save()
    return meeting


def comes_in(meeting: Meeting, number: int, card: cast.Card) -> Participant:
    given = {"first_name": card.first_name, "discipline": card.discipline, "organisation": card.organisation}
    return write(lambda: join(meeting, key=uuid.UUID(int=number), **given))


def brought_to(stop: str, meeting: Meeting, leader: User, seated: list[Participant]) -> None:
    """Plays the evening until this step: dots on themes, then three ideas from each table."""
    write(lambda: running.start(meeting, by=leader))
    step = forward(meeting, leader)
    while step.kind != stop:
        if step.kind == "themes":
            chooses(step, seated)
        step = forward(meeting, leader)
        if step.kind == "group":
            write(step.end_talk)
            writes(step)
    meeting.refresh_from_db()


def chooses(step: Step, seated: list[Participant]) -> None:
    assert step.choice is not None
    options = [str(public_id) for public_id in step.choice.options.values_list("public_id", flat=True)]
    for number, participant in enumerate(seated):
        sends(step, participant, "dots", {"options": [options[(number + place) % len(options)] for place in range(3)]})


def writes(step: Step) -> None:
    for table in step.meeting.tables.all():
        scribe = table.participants.select_related("table__theme").first()
        if scribe is None:
            continue
        write(lambda table=table, scribe=scribe: table.write_here(scribe))
        sends(step, scribe, "dream", {"text": "In onze wijk kent iedereen zijn buren"}, as_table=True)
        for number in range(3):
            sends(
                step, scribe, "idea", {"title": f"Idee {number} van {table}", "what": "Samen beginnen"}, as_table=True
            )

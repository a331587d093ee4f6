"""Rooms of the whole product for the bench: 45 people each, who choose themes or who all write ideas."""

from __future__ import annotations

import os
from typing import Any

from django.core import signing
from django.utils import timezone, translation

from bench.w1_data import forward
from samenwijk.live import tickets
from samenwijk.live.writer import write
from samenwijk.meetings import passes, running
from samenwijk.meetings.models import Meeting, Participant
from samenwijk.meetings.scripts import part
from samenwijk.meetings.themes import put_on_the_table
from samenwijk.people.models import Membership, Person, User
from samenwijk.places.models import Region, Wijk

PEOPLE = 45
WRITING = {"from_phones": True, "ideas_per_table": 5000, "asks_dream": False, "talk": 0}


def fill() -> dict[str, Any]:
    rooms, people = int(os.environ["BENCH_ROOMS"]), int(os.environ.get("BENCH_PEOPLE", PEOPLE))
    region = Region.objects.create(name="Regio", slug="regio")
    wijk = Wijk.objects.create(name="Wijk", slug="wijk", region=region, contact_name="W", contact_phone="0")
    leader = User.objects.create_user("leider@voorbeeld.example")
    person = Person.objects.create(first_name="Leider", discipline="huisarts", email=leader.email, user=leader)
    Membership.give("facilitator", person, wijk=wijk)
    return {"rooms": [room(wijk, leader, number, people) for number in range(rooms)]}


def room(wijk: Wijk, leader: User, number: int, people: int) -> dict[str, Any]:
    with translation.override("nl"):
        script = [part("themes", 5, proposals=False), part("group", 20, **WRITING)]
        meeting = Meeting.plan(wijk=wijk, title=f"Avond {number}", starts_at=timezone.now(), script=script, tables=6)
    for theme in range(8):
        put_on_the_table(meeting, f"Thema {theme} van {number}")
    tables = list(meeting.tables.all())
    Participant.objects.bulk_create(
        Participant(meeting=meeting, number=one, first_name=f"Mens {one}", discipline="huisarts", table=tables[one % 6])
        for one in range(1, people + 1)
    )
    write(lambda: running.start(meeting, by=leader))
    meeting.refresh_from_db()
    step = meeting.current
    assert step is not None
    choice = step.choice
    assert choice is not None
    if os.environ.get("BENCH_STEP") == "group":
        step = forward(meeting, leader)
    base = f"/bijeenkomst/{meeting.public_id}/stap/{step.public_id}"
    seated = list(meeting.participants.all())
    return {
        "meeting": meeting.pk,
        "room": meeting.room_id,
        "qr": f"/m/{meeting.join_token}/",
        "dots": f"{base}/dots/",
        "idea": f"{base}/idea/",
        "options": [str(public_id) for public_id in choice.options.values_list("public_id", flat=True)],
        "theme": str(meeting.themes.first().theme.public_id),  # type: ignore[union-attr]
        "passes": [signing.dumps(one.public_id.hex, salt=passes.SALT) for one in seated],
        "phone": [tickets.issue(meeting.room, "phone", one.public_id) for one in seated],
        "screen": tickets.issue(meeting.room, "screen"),
    }

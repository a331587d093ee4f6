"""The data of workload W1, made by the verbs of the product: 40 people, 8 themes, 400 ideas and 1,600 votes.

`fill()` tells what a client needs to act as those people. The words and the dice are fixed, so that every run
has the same evening.
"""

from __future__ import annotations

import random
import time
import uuid
from typing import Any

from django.core import signing
from django.test import Client
from django.utils import timezone, translation

from samenwijk.live.writer import write
from samenwijk.meetings import passes, running
from samenwijk.meetings.contributing import contribute
from samenwijk.meetings.joining import join
from samenwijk.meetings.kinds.base import Sender
from samenwijk.meetings.models import Meeting, Participant, Step
from samenwijk.meetings.scripts import part
from samenwijk.meetings.themes import put_on_the_table
from samenwijk.people.models import Membership, Person, User
from samenwijk.places.models import Region, Wijk

PEOPLE, THEMES, IDEAS, VOTES = 40, 8, 400, 1600
WORDS = [
    "buurt",
    "zorg",
    "huisarts",
    "samen",
    "wandelen",
    "eten",
    "bewegen",
    "ouderen",
    "jeugd",
    "school",
    "plein",
    "groen",
    "water",
    "fiets",
    "buren",
    "koffie",
    "eenzaam",
    "gezond",
    "mantelzorg",
    "wijkteam",
    "sport",
    "tuin",
    "bank",
    "route",
    "kookgroep",
    "spreekuur",
    "moeder",
    "vader",
    "straat",
    "feest",
]
TABLES = 8


def words(number: int) -> str:
    return " ".join(random.choice(WORDS) for _ in range(number)).capitalize()


def script() -> list[dict[str, Any]]:
    """Ideas and votes as in W1, then the same again for what is measured: everybody writes and everybody votes."""
    writing: dict[str, Any] = {"from_phones": True, "ideas_per_table": 1000, "asks_dream": False, "talk": 0}
    return [
        part("themes", 5, preset=True),
        part("group", 20, **writing),
        part("vote", 5, dots=VOTES // PEOPLE),
        part("group", 20, **writing),
        part("vote", 5, dots=3),
    ]


def people_of(wijk: Wijk) -> list[User]:
    users = []
    for number in range(PEOPLE + 1):
        user = User.objects.create_user(f"w1-{number}@voorbeeld.example")
        person = Person.objects.create(first_name=f"Mens {number}", discipline="huisarts", email=user.email, user=user)
        Membership.give("facilitator" if number == PEOPLE else "member", person, wijk=wijk)
        users.append(user)
    return users


def fill() -> dict[str, Any]:
    random.seed(20260101)
    region = Region.objects.create(name="Regio W1", slug="regio-w1")
    wijk = Wijk.objects.create(
        name="Wijk W1", slug="w1", region=region, is_open=True, contact_name="W", contact_phone="0"
    )
    *members, leader = people_of(wijk)
    with translation.override("nl"):
        meeting = Meeting.plan(wijk=wijk, title="Avond W1", starts_at=timezone.now(), script=script(), tables=TABLES)
    for number in range(THEMES):
        put_on_the_table(meeting, f"Thema {number} {words(1)}")
    seated = [comes_in(meeting, number) for number in range(PEOPLE)]
    write(lambda: running.start(meeting, by=leader))
    took = {"ideas_s": writes_ideas(forward(meeting, leader), seated)}
    took["votes_s"] = casts_votes(forward(meeting, leader), seated)
    forward(meeting, leader)
    return told(meeting, wijk, members, leader, seated) | took | {"live": live(wijk, leader)}


def live(wijk: Wijk, leader: User) -> dict[str, Any]:
    """A room of an ordinary evening: 40 people, 8 tables, 3 ideas each, and the tables are still writing."""
    with translation.override("nl"):
        meeting = Meeting.plan(wijk=wijk, title="Avond live", starts_at=timezone.now(), script=script(), tables=TABLES)
    for item in Meeting.objects.get(title="Avond W1").themes.select_related("theme"):
        put_on_the_table(meeting, item.theme.title)
    seated = [comes_in(meeting, number) for number in range(PEOPLE)]
    write(lambda: running.start(meeting, by=leader))
    step = forward(meeting, leader)
    themes = [item.theme for item in meeting.themes.select_related("theme")]
    for number in range(3 * TABLES):
        idea = {"title": words(6), "what": "", "theme": str(themes[number % THEMES].public_id)}
        sends(step, seated[number], "idea", idea)
    return {
        "phone": f"/bijeenkomst/{meeting.public_id}/",
        "idea": f"/bijeenkomst/{meeting.public_id}/stap/{step.public_id}/idea/",
        "screen": f"/scherm/{meeting.screen_token}/",
        "console": f"/begeleiden/{meeting.public_id}/",
        "leader": session_of(leader),
        "themes": [str(theme.public_id) for theme in themes],
        "passes": [signing.dumps(one.public_id.hex, salt=passes.SALT) for one in seated],
        "tables": [one.table.number if one.table else 0 for one in seated],
    }


def comes_in(meeting: Meeting, number: int) -> Participant:
    return write(
        lambda: join(
            meeting,
            first_name=f"Mens {number}",
            discipline="huisarts",
            organisation="Praktijk",
            key=uuid.UUID(int=number),
        )
    )


def forward(meeting: Meeting, leader: User) -> Step:
    meeting.refresh_from_db()
    write(lambda: running.go_on(meeting, seen=meeting.phase, by=leader))
    meeting.refresh_from_db()
    assert meeting.current is not None
    step = Step.objects.select_related("choice").get(pk=meeting.current.pk)
    step.meeting = meeting
    return step


def sends(step: Step, participant: Participant, take: str, data: dict[str, Any], *, as_table: bool = False) -> None:
    offered = step.rules.find_take(take)
    assert offered is not None
    sender = Sender.of(participant).as_table() if as_table else Sender.of(participant)
    form = offered.form(data, step=step, sender=sender)
    assert form.is_valid(), form.errors
    write(lambda: contribute(step, offered, sender, form.cleaned_data, uuid.uuid4()))


def writes_ideas(step: Step, seated: list[Participant]) -> float:
    began = time.monotonic()
    themes = [item.theme for item in step.meeting.themes.select_related("theme")]
    for number in range(IDEAS):
        idea = {
            "title": f"{words(6)} {number}",
            "what": words(45),
            "theme": str(themes[number % THEMES].public_id),
        }
        sends(step, seated[number % PEOPLE], "idea", idea)
    return time.monotonic() - began


def casts_votes(step: Step, seated: list[Participant]) -> float:
    began = time.monotonic()
    assert step.choice is not None
    options = [str(public_id) for public_id in step.choice.options.values_list("public_id", flat=True)]
    for participant in seated:
        sends(step, participant, "dots", {"options": random.sample(options, VOTES // PEOPLE)})
    return time.monotonic() - began


def told(meeting: Meeting, wijk: Wijk, members: list[User], leader: User, seated: list[Participant]) -> dict[str, Any]:
    """Cookies and addresses: 40 sessions of members, 40 passes of participants, and the doors of the live line."""
    *_before, group, vote = meeting.steps.order_by("position")
    return {
        "list": f"/wijk/{wijk.slug}/ideeen/",
        "phone": f"/bijeenkomst/{meeting.public_id}/",
        "console": f"/begeleiden/{meeting.public_id}/",
        "phase": meeting.phase,
        "idea": f"/bijeenkomst/{meeting.public_id}/stap/{group.public_id}/idea/",
        "dots": f"/bijeenkomst/{meeting.public_id}/stap/{vote.public_id}/dots/",
        "screen": f"/scherm/{meeting.screen_token}/",
        "themes": [str(item.theme.public_id) for item in meeting.themes.select_related("theme")],
        "sessions": [session_of(user) for user in members],
        "leader": session_of(leader),
        "passes": [signing.dumps(one.public_id.hex, salt=passes.SALT) for one in seated],
    }


def session_of(user: User) -> str:
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return browser.cookies["sessionid"].value

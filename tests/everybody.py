"""Two wijken in full swing and everybody who might look: what the tests of access and of security walk through."""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any, ClassVar

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from samenwijk.demo.models import Attachment, Mail
from samenwijk.demo.world import World
from samenwijk.figures.models import Delivery, Profile, Story
from samenwijk.figures.practice.cells import Cell, Delivered
from samenwijk.live.writer import write
from samenwijk.meetings import passes
from samenwijk.meetings.board import ideas_of
from samenwijk.meetings.kinds.planning import chosen_ideas
from samenwijk.meetings.merging import merge
from samenwijk.meetings.models import Contribution, Deed, EmergencyLink, Meeting, Participant, Template
from samenwijk.meetings.scripts import part
from samenwijk.meetings.table_planning import ask, make_plans
from samenwijk.notify.models import unsubscribe_token
from samenwijk.people.models import Membership, Organisation, Person, User
from samenwijk.places.models import Wijk
from samenwijk.plans.links import action_link
from samenwijk.plans.models import Action
from tests.cast import Evening
from tests.prepared import put_in_place
from tests.world_in_place import as_it_was, world_in_place

ROLES = (
    "anonymous",
    "guest",
    "stranger",
    "member",
    "resident",
    "table_host",
    "facilitator",
    "coordinator",
    "board_member",
    "practice",
    "adviser",
    "administrator",
)
"""`guest` takes part in the meeting of the own wijk, `stranger` in the one of the other wijk; neither signed in."""


@dataclass
class Place:
    """A wijk whose meeting has come as far as its plans, with something of everything in it."""

    meeting: Meeting
    guest: Participant
    action: Action
    names: dict[str, Any]

    def path(self, name: str, route: str) -> str:
        """This address in this wijk, with everything between its slashes filled in."""
        values = {**self.names, **self.names["only"].get(name, {})}
        return "/" + re.sub(r"<\w+:(\w+)>", lambda hole: str(values[hole[1]]), route)


class Everybody:
    """The world, and a browser for each role."""

    def __init__(self) -> None:
        self.world: World = world_in_place()
        host = Person.objects.create(first_name="Gea", email="gea.gastvrouw@voorbeeld.example")
        host.user = User.objects.create_user(host.email)
        host.save()
        Membership.give("table_host", host, wijk=self.world.merenwijk)
        self.users = {
            name: self.world.user({"member": "gp"}.get(name, name))
            for name in ROLES
            if name not in ("anonymous", "guest", "stranger", "table_host")
        }
        self.users["table_host"] = host.user
        self.own = in_full_swing(self.world.evening, self.world.user("facilitator"))
        self.other = in_full_swing(self.world.other_evening, self.world.user("other_facilitator"))
        self._cookies = {role: self._cookies_of(role) for role in ROLES}

    def _cookies_of(self, role: str) -> SimpleCookie:
        browser = Client()
        if role in self.users:
            browser.force_login(self.users[role], backend="django.contrib.auth.backends.ModelBackend")
        elif role in ("guest", "stranger"):
            pass_of = self.own.guest if role == "guest" else self.other.guest
            browser.cookies = passes.give(HttpResponse(), pass_of).cookies
        return browser.cookies

    @classmethod
    def in_place(cls) -> Everybody:
        """All of it, made once per process; within `undone()`, for the test or the module that asks."""
        as_it_was()
        everybody: Everybody = put_in_place("everybody", cls, {}, on_nothing=True)
        return everybody

    def browser(self, role: str, **options: Any) -> Client:
        """A fresh browser of somebody with this role."""
        client = Visitor(**options)
        for name, morsel in self._cookies[role].items():
            client.cookies[name] = morsel.value
        return client


class Visitor(Client):
    """A browser that only takes the answer: it keeps nothing of what was drawn for it, and an error is a status."""

    doors: ClassVar[dict[bool, ClientHandler]] = {}

    def __init__(self, enforce_csrf_checks: bool = False, **defaults: Any) -> None:
        super().__init__(enforce_csrf_checks, raise_request_exception=False, **defaults)
        self.handler = self.doors.setdefault(enforce_csrf_checks, self.handler)

    def request(self, **request: Any) -> Any:
        response = self.handler(self._base_environ(**request))
        self.cookies.update(response.cookies)
        return response


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is taken back, so that the next one finds the world as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def in_full_swing(meeting: Meeting, leader: User) -> Place:
    evening = Evening(meeting, leader)
    people = evening.fills(7)
    write(lambda: ask(meeting, tables=meeting.number_of_tables, rounds=1, theme_share=0, by=leader))
    make_plans()
    evening.goes_to("themes")
    evening.everybody_dots(people)
    evening.goes_to("group")
    evening.each_table_writes(ideas=3)
    themes = [item.theme for item in meeting.themes.select_related("theme")]
    ideas = list(ideas_of(meeting).filter(theme=ideas_of(meeting).first().theme)[:2])  # type: ignore[union-attr]
    made = write(lambda: merge(meeting, ideas, title="Samen", what="", key=uuid.uuid4(), by=leader))
    evening.goes_to("vote")
    vote = evening.step
    evening.everybody_dots(people)
    evening.goes_to("plan")
    idea = chosen_ideas(meeting)[0]
    due = timezone.localdate() + datetime.timedelta(days=9)
    promise = {"idea": str(idea.public_id), "first_step": "Bellen", "due": due, "email": "", "phone": ""}
    evening.sends(people[0], "own", promise)
    action = Action.objects.get(plan__idea=idea)
    template = Template.objects.create(wijk=meeting.wijk, title="Ons draaiboek", script=[])
    mail = Mail.objects.create(to="ans@voorbeeld.example", sender="s@voorbeeld.example", subject="Dag", text="Dag")
    emergency_link, emergency_token = EmergencyLink.make(meeting, by=leader)
    coming = meeting.steps.filter(entered_at=None).first()
    assert coming
    plan = evening.step
    practice = Person.objects.filter(memberships__role__slug="practice", memberships__wijk=meeting.wijk).first()
    given = Delivery.deliver(
        Delivered(2024, "", (Cell("icpc-t90", "Suikerziekte", "", "", 120, 3000),)),
        practice=practice.organisation if practice else Organisation.named("Praktijk van de andere wijk"),
        wijk=meeting.wijk,
        key=uuid.uuid4(),
    )
    profile, story = profile_of(meeting.wijk, leader)
    apart = {"ideas": [str(one.public_id) for one in ideas_of(meeting).on_the_board()[:2]]}
    kept_apart = Deed.objects.create(meeting=meeting, kind="apart", before=apart, by_id=leader.public_id)
    names = {
        "public_id": meeting.public_id,
        "slug": meeting.wijk.slug,
        "code": meeting.join_code,
        "token": meeting.join_token,
        "step_id": vote.public_id,
        "take": "dots",
        "name": "close",
        "number": 1,
        "thing_id": ideas_of(meeting).on_the_board().first().public_id,  # type: ignore[union-attr]
        "merge_id": made.public_id,
        "deed_id": kept_apart.public_id,
        "participant_id": people[1].public_id,
        "theme_id": themes[-1].public_id,
        "template_id": template.public_id,
        "link_id": emergency_link.public_id,
        "ambassador_id": meeting.ambassadors.create(first_name="Riet").public_id,
        "proposal_id": proposal_of(meeting).public_id,
        "key": "aaaa",
        "indicator": "inwoners",
        "only": {
            "home:profile_screen": {"token": profile.screen_token},
            "home:profile_screen_figure": {"token": profile.screen_token},
            **{f"home:story_{deed}": {"public_id": story.public_id} for deed in ("show", "hide", "undo", "take_back")},
            "home:idea": {"public_id": idea.public_id},
            "home:delivery": {"public_id": given.public_id},
            "home:delivery_withdraw": {"public_id": given.public_id},
            "home:own_plan": {"token": action_link(action).split("/")[-2]},
            "home:own_plan_ends": {"token": action_link(action).split("/")[-2]},
            "meetings:emergency": {"token": emergency_token},
            "meetings:screen": {"token": meeting.screen_token},
            "meetings:copy_script": {"slug": "samenwerksessie-120"},
            "meetings:go_to": {"step_id": coming.public_id},
            "meetings:script_step": {"step_id": coming.public_id},
            "meetings:remove_step": {"step_id": coming.public_id},
            "meetings:paper_type_in": {"step_id": plan.public_id, "take": "paper_owner"},
            "unsubscribe": {"token": unsubscribe_token("ans@voorbeeld.example")},
            "demo:enter": {"slug": "huisarts"},
            "demo:key": {"slug": "huisarts"},
            "demo:mail": {"public_id": mail.public_id},
            "demo:attachment": {
                "public_id": Attachment.objects.create(mail=mail, name="a.ics", content=b"x").public_id
            },
        },
    }
    return Place(meeting, people[0], action, names)


def proposal_of(meeting: Meeting) -> Contribution:
    """What a table asked of its region on an evening that is over."""
    before = Meeting.plan(
        wijk=meeting.wijk, title="Ronde tafel", starts_at=timezone.now(), script=[part("proposals", 5)], tables=1
    )
    Meeting.objects.filter(pk=before.pk).update(status="ended", ended_at=timezone.now())
    step, table = before.steps.get(), before.tables.get()
    key = uuid.uuid4()
    return Contribution.objects.create(
        step=step, take="proposal", author_kind="table", author_id=table.public_id, table=table, text="Hulp", key=key
    )


def profile_of(wijk: Wijk, leader: User) -> tuple[Profile, Story]:
    """A published profile with a story that everybody who may read it can read, by a member of the wijk."""
    profile = Profile.of(wijk)
    profile.choose("inwoners", "Wie wonen hier")
    profile.publish(by=leader)
    writer = Membership.objects.filter(wijk=wijk, person__discipline="huisarts", person__user__isnull=False).first()
    assert writer is not None
    assert writer.person.user is not None
    story = Story.tell(wijk=wijk, indicator="inwoners", text="Zo is het.", by=writer.person.user, key=uuid.uuid4())
    story.show(by=leader)
    return profile, story


def addresses(resolver: URLResolver | None = None, before: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """(name, route) of every address of the product, those of the demo and of the office included."""
    for found in (resolver or get_resolver("tests.demo_urls")).url_patterns:
        route = before + str(found.pattern)
        if isinstance(found, URLPattern):
            yield (f"{space}:" if space else "") + str(found.name), route
        else:
            yield from addresses(found, route, found.namespace or space)

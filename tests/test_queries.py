"""Every page that the journeys visit asks the database at most ten things, and no more with three items than with one.

Two evenings are played once, one after the other: the first with a single table, theme, idea and plan, the second with
three of each and three people at every table. In each step all pages are opened; the tests read what was counted.
"""

from __future__ import annotations

import datetime
import uuid
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samenwijk.demo import evening as demo_evening
from samenwijk.demo.world import build_world
from samenwijk.live.writer import write
from samenwijk.meetings import merging
from samenwijk.meetings.models import Meeting, Participant
from samenwijk.meetings.table_planning import ask, make_plans
from samenwijk.meetings.themes import put_on_the_table
from samenwijk.people.models import Organisation
from samenwijk.plans.links import action_link
from samenwijk.plans.models import Agreement, Idea, Plan
from tests.cast import Cast, Evening
from tests.meetings.phones import Phone

pytestmark = pytest.mark.django_db

MOST = 10
STEPS = ("welcome", "meet", "figures", "themes", "group", "break", "vote", "plan", "share", "close")
STOPS = ("before", *STEPS, "ended")
OF_THE_ROOM = ("phone", "screen", "console")
OF_THE_DOOR = ("join", "join_code", "qr", "come_back")
OF_THE_MEETING = (
    "mine",
    "table",
    "people",
    "table_plan",
    "print_seats",
    "wish",
    "themes",
    "script",
    "script_step",
    "merging",
    "late",
    "paper",
    "paper_table",
    "print_poster",
    "print_signs",
    "print_sheets",
    "print_cards",
    "report",
    "news",
    "meetings",
    "new",
    "templates",
)
KEPT = {"report", "news"}
"""Made once of the whole evening and kept until something happens: counted when they are opened again."""
OF_THE_WIJK = ("front", "mine", "wijk", "ideas", "people", "follow_up", "idea", "own_plan")
FORMS_OF_THE_PHONE = {"themes": "propose", "plan": "own", "close": "statements"}

Counted = dict[str, list[int]]


class Room:
    """An evening with so many tables, themes and figures, so many people and ideas at each table, and its browsers."""

    def __init__(self, cast: Cast, size: int, counted: Counted) -> None:
        self.cast, self.size, self.counted = cast, size, counted
        self.meeting = Meeting.plan(
            wijk=cast.wijk, title=f"Avond {size}", starts_at=timezone.now(), script=script_of(size), tables=size
        )
        for title, topic, figure in demo_evening.THEMES[:size]:
            put_on_the_table(self.meeting, title, topic=topic, figure=figure)
        self.evening = Evening(self.meeting, cast.facilitator)
        self.phone = Phone(self.meeting)
        self.phone.joins(first_name="Ans", discipline="bewoner")
        self.people: list[Participant] = [*self.meeting.participants.all(), *self.evening.fills(size * size - 1)]
        write(lambda: ask(self.meeting, tables=size, rounds=size, theme_share=0, by=cast.facilitator))
        make_plans()
        self.facilitator, self.coordinator = signed_in(cast.facilitator), signed_in(cast.coordinator)

    def plays(self) -> None:
        """Brings the room through all steps, does what each asks and opens the pages."""
        self.opens_the_door()
        self.opens("before")
        for kind in STEPS:
            step = self.evening.goes_to(kind)
            write(step.end_talk)
            getattr(self, f"does_{kind}", lambda: None)()
            self.opens(kind)
        self.evening.ends()
        self.opens("ended")
        self.opens_pages_of_the_meeting()
        self.opens_pages_of_the_wijk()

    def opens(self, stop: str) -> None:
        self.counts(f"phone in {stop}", self.phone.browser, self.phone.home)
        if stop in FORMS_OF_THE_PHONE:
            query = f"?deel={FORMS_OF_THE_PHONE[stop]}&idea={self.ideas()[0].public_id if self.ideas() else ''}"
            self.counts(f"form on the phone in {stop}", self.phone.browser, self.phone.home + query)
        self.counts(f"screen in {stop}", Client(), reverse("meetings:screen", args=[self.meeting.screen_token]))
        self.counts(f"console in {stop}", self.facilitator, self.meeting.get_absolute_url())

    def counts(self, page: str, browser: Client, address: str) -> None:
        """Opens a page and notes its queries."""
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address).status_code == 200, page
        self.counted.setdefault(page, []).append(len(asked))

    def opens_the_door(self) -> None:
        arguments = {"join_code": [self.meeting.join_code], "qr": [self.meeting.join_token]}
        for name in OF_THE_DOOR:
            self.counts(f"door: {name}", Client(), reverse(f"meetings:{name}", args=arguments.get(name)))

    def opens_pages_of_the_meeting(self) -> None:
        phone = {"mine", "table", "wish"}
        arguments: dict[str, list[Any]] = {"meetings": [], "new": [], "templates": []}
        step = self.meeting.steps.last()
        arguments |= {
            "paper_table": [self.meeting.public_id, 1],
            "script_step": [self.meeting.public_id, step.public_id if step else None],
        }
        for name in OF_THE_MEETING:
            address = reverse(f"meetings:{name}", args=arguments.get(name, [self.meeting.public_id]))
            browser = self.phone.browser if name in phone else self.facilitator
            if name in KEPT:
                browser.get(address)
            self.counts(f"meeting: {name}", browser, address)

    def opens_pages_of_the_wijk(self) -> None:
        plan = Plan.objects.filter(idea__in=self.ideas()).earliest("pk")
        arguments: dict[str, list[Any]] = {"front": [], "mine": [], "idea": [plan.idea.public_id]}
        for name in OF_THE_WIJK:
            if name == "own_plan":
                address = action_link(plan.actions.get())
            else:
                address = reverse(f"home:{name}", args=arguments.get(name, [self.cast.wijk.slug]))
            browser = {"mine": signed_in(self.cast.adviser), "own_plan": Client()}.get(name, self.coordinator)
            self.counts(f"wijk: {name}", browser, address)

    def ideas(self) -> list[Idea]:
        return list(Idea.objects.filter(contribution__step__meeting=self.meeting).on_the_board())

    # What everybody does in a step

    def does_welcome(self) -> None:
        for somebody in self.people:
            self.evening.sends(somebody, "answer", {"text": "Voor mijn straat"})

    def does_meet(self) -> None:
        card = {"call_me_for": "wandelen", "phone": "06-11112222", "shares_card": "on"}
        for somebody in self.people:
            self.evening.sends(somebody, "card", card)

    def does_figures(self) -> None:
        about = self.phone.looks().context["forms"]["recognise"].initial["about"]
        for somebody in self.people:
            self.evening.sends(somebody, "recognise", {"about": about, "value": "mis", "text": "De jongeren"})

    def does_themes(self) -> None:
        self.evening.everybody_dots(self.people, places=self.size)

    def does_group(self) -> None:
        self.evening.each_table_writes(ideas=self.size + 1)

    def does_break(self) -> None:
        """One idea of two, at every table."""
        by_theme: dict[int, list[Idea]] = {}
        for idea in self.ideas():
            by_theme.setdefault(idea.theme_id, []).append(idea)
        for ideas in by_theme.values():
            merging.merge(self.meeting, ideas[:2], title="", what="", key=uuid.uuid4(), by=self.cast.facilitator)

    def does_vote(self) -> None:
        self.evening.everybody_dots(self.people, places=self.size)

    def does_plan(self) -> None:
        step = self.evening.step
        rows = step.rules.rows(self.meeting)[: self.size]
        for row, somebody in zip(rows, self.people, strict=False):
            yes = {"idea": str(row["idea"].public_id), "first_step": "Bellen", "due": "2030-01-15"}
            self.evening.sends(somebody, "own", yes)

    def does_share(self) -> None:
        for plan in Plan.objects.filter(idea__in=self.ideas()):
            plan.detail(form="samenwerkingsafspraak", needs=["tijd"], needs_what="", needs_whom="", by=None)
            for somebody in self.people[-self.size :]:
                self.evening.sends(somebody, "help", {"plan": str(plan.public_id), "offer": "help"})
            for number in range(self.size):
                party, _new = Organisation.objects.get_or_create(name=f"Partij {number}")
                Agreement.objects.get(plan=plan).parties.get_or_create(organisation=party)

    def does_close(self) -> None:
        for somebody in self.people:
            self.evening.sends(somebody, "tomorrow", {"text": "Koffie", "released": "on"})
            self.evening.sends(somebody, "statements", {"ken": "eens", "prioriteiten": "deels"})
            self.evening.sends(somebody, "quote", {"text": "Een warme avond", "released": "on"})
        self.evening.sends(self.people[-1], "follow_up", {"phone": "06-12345678"})
        when = timezone.now() + datetime.timedelta(days=30)
        write(lambda: self.evening.meeting.agree_next(when, "Buurthuis"))


def script_of(size: int) -> list[dict[str, Any]]:
    script = demo_evening.script()
    for step in script:
        if step["kind"] == "figures":
            step["settings"]["indicators"] = demo_evening.INDICATORS[:size]
        elif step["kind"] == "welcome":
            step["settings"]["asks"] = True
        elif step["kind"] == "group":
            step["settings"]["ideas_per_table"] = size + 1
    return script


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(scope="module")
def counted(django_db_setup: None, django_db_blocker: Any) -> Counted:
    """Page -> its number of queries with one item, and with three. The database is left as it was."""
    found: Counted = {}
    cache.clear()
    with django_db_blocker.unblock(), transaction.atomic():
        cast = Cast(build_world())
        for size in (1, 3):
            Room(cast, size, found).plays()
        transaction.set_rollback(True)
    return found


PAGES = (
    *(f"{surface} in {stop}" for stop in STOPS for surface in OF_THE_ROOM),
    *(f"form on the phone in {stop}" for stop in FORMS_OF_THE_PHONE),
    *(f"door: {name}" for name in OF_THE_DOOR),
    *(f"meeting: {name}" for name in OF_THE_MEETING),
    *(f"wijk: {name}" for name in OF_THE_WIJK),
)


@pytest.mark.parametrize("opened", PAGES)
def test_a_page_asks_the_database_at_most_ten_things(counted, opened):
    assert max(counted[opened]) <= MOST


@pytest.mark.parametrize("opened", PAGES)
def test_a_page_asks_no_more_with_three_items_than_with_one(counted, opened):
    with_one, with_three = counted[opened]
    assert with_three <= with_one

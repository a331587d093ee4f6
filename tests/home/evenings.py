"""An evening that was played to its end, as pages that look back on it need it."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.utils import timezone

from samenwijk.live.writer import write
from samenwijk.meetings import merging
from samenwijk.meetings.board import ideas_of
from samenwijk.meetings.models import Participant
from samenwijk.plans.models import Action, Plan
from tests.cast import Evening

AGREED = {"ken": "eens", "prioriteiten": "deels", "aan-de-slag": "eens"}


def play(evening: Evening, cast: Any, number: int = 18) -> list[Participant]:
    """Everybody does everything once; two plans: the first owner has an address, the second has none."""
    people = evening.fills(number)
    evening.goes_to("meet")
    for somebody in people[:6]:
        card = {"call_me_for": "samen wandelen", "phone": "06-11112222", "shares_card": "on"}
        evening.sends(somebody, "card", card)
    evening.goes_to("figures")
    for somebody in people[:9]:
        evening.sends(somebody, "recognise", {"about": "inwoners", "value": "herken", "text": "Dit zie ik ook."})
    step = evening.goes_to("themes")
    evening.everybody_dots(people)
    evening.goes_to("group")
    evening.each_table_writes(ideas=3)
    put_together(evening, cast)
    evening.goes_to("vote")
    evening.everybody_dots(people)
    step = evening.goes_to("plan")
    rows = step.rules.rows(evening.meeting)
    promise(evening, people[1], rows[0], email="hassan@voorbeeld.example")
    promise(evening, people[2], rows[1])
    evening.goes_to("share")
    plan = Plan.objects.order_by("pk").first()
    evening.sends(people[3], "help", {"plan": str(plan.public_id), "offer": "help"})
    evening.sends(people[4], "help", {"plan": str(plan.public_id), "offer": "knows", "note": "de buurtkok"})
    evening.goes_to("close")
    close(evening, people)
    return people


def put_together(evening: Evening, cast: Any) -> None:
    ideas = list(ideas_of(evening.meeting).order_by("theme", "pk"))
    pair = [idea for idea in ideas if idea.theme_id == ideas[0].theme_id][:2]
    write(
        lambda: merging.merge(
            evening.meeting, pair, title="Samen één plein", what="", key=uuid.uuid4(), by=cast.facilitator
        )
    )


def promise(evening: Evening, somebody: Participant, row: Any, email: str = "") -> None:
    yes = {"idea": str(row["idea"].public_id), "first_step": "Ik bel de wijkraad", "due": "2030-01-15"}
    evening.sends(somebody, "own", {**yes, "email": email})


def close(evening: Evening, people: list[Participant]) -> None:
    for somebody in people[:5]:
        evening.sends(somebody, "statements", AGREED)
    evening.sends(people[0], "tomorrow", {"text": "Ik bel mijn buurvrouw.", "released": "on"})
    evening.sends(people[1], "tomorrow", {"text": "Dit houd ik voor mezelf."})
    evening.sends(people[1], "quote", {"text": "Eindelijk weet ik wie ik kan bellen.", "released": "on"})
    evening.sends(people[2], "follow_up", {"phone": "06-12345678"})
    when = timezone.now() + datetime.timedelta(days=40)
    write(lambda: evening.meeting.agree_next(when, "Buurthuis De Zeven Gevels"))
    evening.ends()


def actions_of(evening: Evening) -> list[Action]:
    return list(Action.objects.filter(plan__idea__contribution__step__meeting=evening.meeting).order_by("pk"))

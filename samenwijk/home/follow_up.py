"""The coordinator's list: what was promised, by whom, and whom to call because no mail can reach them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from samenwijk.places.models import Wijk
from samenwijk.plans.models import Action


@dataclass(frozen=True)
class FollowUp:
    """Actions of a wijk, soonest first, each in one list: whom no mail can reach is called, late or not."""

    to_call: list[Action]
    overdue: list[Action]
    running: list[Action]
    closed: list[Action]


def follow_up_of(wijk: Wijk) -> FollowUp:
    actions = list(
        Action.objects.filter(wijk=wijk)
        .exclude(status=Action.Status.RELEASED)
        .select_related("owner", "plan__idea__theme")
    )
    today = timezone.localdate()
    still_open = [action for action in actions if action.status == Action.Status.OPEN]
    reachable = [action for action in still_open if action.owner.email]
    return FollowUp(
        to_call=[action for action in still_open if not action.owner.email],
        overdue=[action for action in reachable if action.due < today],
        running=[action for action in reachable if action.due >= today],
        closed=[action for action in actions if action.status != Action.Status.OPEN],
    )

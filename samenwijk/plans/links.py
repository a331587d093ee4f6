"""Links that open one thing without signing in: signed, for one purpose, and only as long as they are needed."""

from __future__ import annotations

import uuid

from django.core import signing
from django.urls import reverse

from samenwijk.plans.models import Action

SALT = "home.action"
DAYS = 400


def action_link(action: Action) -> str:
    """The path of the owner's own page for this action."""
    return reverse("home:own_plan", args=[signing.dumps(str(action.public_id), salt=SALT, compress=False)])


def action_behind(token: str) -> Action | None:
    """The action that a link opens; None when the link is not ours, too old, or the action was given back."""
    try:
        public_id = uuid.UUID(signing.loads(token, salt=SALT, max_age=DAYS * 86400))
    except (signing.BadSignature, ValueError):
        return None
    known = Action.objects.exclude(status=Action.Status.RELEASED).filter(public_id=public_id)
    return known.select_related("owner", "plan__idea__theme", "plan__wijk", "plan__agreement").first()

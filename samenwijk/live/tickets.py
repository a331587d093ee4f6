"""A ticket admits a page to one channel of a room until it expires; the door reads it without a database."""

import time
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.utils.crypto import salted_hmac

from samenwijk.live.models import Room
from samenwijk.live.wire import CHANNELS

LIFETIME = 14 * 3600
SALT = "samenwijk.live.ticket"


@dataclass(frozen=True, slots=True)
class Ticket:
    room: int
    channel: str
    who: str
    expires: int


def issue(room: Room, channel: str, who: object = "", *, seconds: int = LIFETIME) -> str:
    """A ticket as text that fits in a URL.

    `who` is anything that tells one listener from another, such as a participant's public id, so that two
    tabs of one person count as one phone; only its digest travels.
    """
    if channel not in CHANNELS:
        raise ValueError(f"Unknown channel: {channel}")
    digest = salted_hmac(SALT, f"{room.pk}:{who}").hexdigest()[:16] if who else ""
    return _signer().sign(f"{room.pk}.{channel}.{int(time.time()) + seconds}.{digest}")


def read(ticket: str) -> Ticket | None:
    """What the ticket admits to, or None when it is forged, mangled or expired."""
    try:
        room, channel, expires, who = _signer().unsign(ticket).split(".")
    except (BadSignature, ValueError):
        return None
    found = Ticket(room=int(room), channel=channel, who=who, expires=int(expires))
    return found if found.expires > time.time() else None


def _signer() -> Signer:
    return Signer(salt=SALT, sep="~")

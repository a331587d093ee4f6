"""Keys of the doors when the demo listens on a network: a short word that opens one door once.

A key is a random part and proof that this process cut it, short enough for a QR code that any phone can read.
When the demo stops, all its keys stop working.
"""

import base64
import hmac
import secrets

from django.conf import settings
from django.urls import reverse

from samenwijk.demo.models import UsedKey

FRONT = "voordeur"
RANDOM = 12
"""Letters of the random part; the proof has 16."""
_this_start = secrets.token_bytes(32)


def cut(door: str) -> str:
    """A new key for this door. Nothing is written until it is used."""
    return _cut(door, secrets.token_urlsafe(RANDOM)[:RANDOM])


def _cut(door: str, nonce: str) -> str:
    proof = hmac.digest(_this_start, f"{door}:{nonce}".encode(), "sha256")[:12]
    return nonce + base64.urlsafe_b64encode(proof).decode()


def address_of(door: str) -> str:
    """The full address of a door with a fresh key in it, for a QR code."""
    return settings.BASE_URL + reverse("demo:key", args=[door, cut(door)])


def fits(door: str, key: str) -> bool:
    """Whether this key opens the door, without using it up."""
    return _is_ours(door, key) and not UsedKey.objects.filter(nonce=key[:RANDOM]).exists()


def turn(door: str, key: str) -> bool:
    """Uses the key up. Of two people with the same key only the first comes in."""
    if not _is_ours(door, key):
        return False
    _used, is_first = UsedKey.objects.get_or_create(nonce=key[:RANDOM])
    return is_first


def _is_ours(door: str, key: str) -> bool:
    return hmac.compare_digest(_cut(door, key[:RANDOM]).encode(), key.encode())

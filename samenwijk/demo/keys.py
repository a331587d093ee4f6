"""Keys of the doors when the demo listens on a network: a signed word that opens one door once."""

import secrets

from django.conf import settings
from django.core import signing
from django.urls import reverse

from samenwijk.demo.models import UsedKey

SALT = "samenwijk.demo.door"
FRONT = "voordeur"
HOURS = 12


def cut(door: str) -> str:
    """A new key for this door. Nothing is written until it is used."""
    return signing.dumps([door, secrets.token_urlsafe(12)], salt=SALT)


def address_of(door: str) -> str:
    """The full address of a door with a fresh key in it, for a QR code."""
    return settings.BASE_URL + reverse("demo:key", args=[cut(door)])


def fits(key: str) -> str | None:
    """The door that this key opens, without using it up."""
    door, nonce = _read(key)
    return door if door and not UsedKey.objects.filter(nonce=nonce).exists() else None


def turn(key: str) -> str | None:
    """Uses the key up. Of two people with the same key only the first comes in."""
    door, nonce = _read(key)
    if not door:
        return None
    _used, is_first = UsedKey.objects.get_or_create(nonce=nonce)
    return door if is_first else None


def _read(key: str) -> tuple[str, str]:
    try:
        door, nonce = signing.loads(key, salt=SALT, max_age=HOURS * 3600)
    except (signing.BadSignature, ValueError):
        return "", ""
    return door, nonce

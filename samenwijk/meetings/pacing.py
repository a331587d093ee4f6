"""Limits that no honest person meets: writing too fast, and guessing at codes. Never per address on the internet."""

from __future__ import annotations

import time
import uuid

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

WINDOW = 10
BURST = 20
"""Writes of one participant: 10 in 10 seconds, and 20 at once when it was quiet before."""

WRONG_WINDOW = 10 * 60
WRONG_BY_ONE = 8
WRONG_BY_ALL = 300
"""Wrong codes in ten minutes: by one browser, and by everybody together."""

LOOKED_UP_MEANWHILE = 10
"""Codes a second that are looked up at all while everybody guesses too often, right ones included: a machine needs
eight hours for one hit among 500 open meetings. The QR code is not slowed down, for nobody can guess it."""


def writes_too_fast(participant: uuid.UUID) -> bool:
    """Counts this writing and says whether it is one too many."""
    now = int(time.time() // WINDOW)
    this, before = (f"pace:{participant}:{window}" for window in (now, now - 1))
    return _count(this, 2 * WINDOW) + int(cache.get(before, 0)) > BURST


def wrong_code(request: HttpRequest, kind: str) -> None:
    """Somebody gave a code that is nobody's."""
    if browser := _browser(request):
        _count(f"wrong:{kind}:{browser}", WRONG_WINDOW)
    _count(f"wrong:{kind}", WRONG_WINDOW)


def guesses_too_often(request: HttpRequest, kind: str) -> bool:
    """This browser has to wait. Sixty phones behind one address do not wait for each other."""
    browser = _browser(request)
    return bool(browser) and int(cache.get(f"wrong:{kind}:{browser}", 0)) >= WRONG_BY_ONE


def everybody_guesses(kind: str) -> bool:
    """So many wrong codes in all that a machine must be at it."""
    return int(cache.get(f"wrong:{kind}", 0)) >= WRONG_BY_ALL


def looks_up_too_much(kind: str) -> bool:
    """A machine is at it, and this second has had its share of codes: whoever asks now tries again in a moment."""
    return everybody_guesses(kind) and _count(f"looked:{kind}:{int(time.time())}", 2) > LOOKED_UP_MEANWHILE


def _browser(request: HttpRequest) -> str:
    """One browser, by the token that every form of it carries; only a digest is kept, and only for minutes."""
    token = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    return salted_hmac("samenwijk.meetings.pacing", token).hexdigest()[:20] if token else ""


def _count(key: str, seconds: int) -> int:
    cache.add(key, 0, seconds)
    try:
        return int(cache.incr(key))
    except ValueError:  # it ended between the two lines
        cache.set(key, 1, seconds)
        return 1

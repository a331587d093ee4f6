"""One application, two doors: /live/ is our own ASGI program, the rest is Django's WSGI handler."""

import os
from typing import Any, cast
from urllib.parse import quote_from_bytes

from a2wsgi import WSGIMiddleware

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenwijk.config.settings")

from samenwijk.config.arriving import arrived, too_slow
from samenwijk.config.wsgi import application as wsgi
from samenwijk.live.door import Receive, Scope, Send, door
from samenwijk.live.lifespan import lifespan

PAGE_THREADS = 12

_pages: WSGIMiddleware | None = None


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        await lifespan(scope, receive, send)
    elif scope["type"] == "http" and scope["path"].startswith("/live/"):
        await door(scope, receive, send)
    elif scope["type"] == "http":
        await page(scope, receive, send)


async def page(scope: Scope, receive: Receive, send: Send) -> None:
    body = await arrived(scope, receive)
    if body is None:
        await too_slow(send)
        return
    await pages()(well_formed(scope), body, send)  # type: ignore[arg-type]


def pages() -> WSGIMiddleware:
    global _pages
    if _pages is None:
        _pages = WSGIMiddleware(cast(Any, wsgi), workers=PAGE_THREADS)
    return _pages


def well_formed(scope: Scope) -> Scope:
    """WSGI takes an ASCII query string, and spells X_Name and X-Name alike: only the latter may pass."""
    query = quote_from_bytes(scope["query_string"], safe="%/:?#[]@!$&'()*+,;=-._~")
    headers = [(name, value) for name, value in scope["headers"] if b"_" not in name]
    return {**scope, "query_string": query.encode(), "headers": headers}

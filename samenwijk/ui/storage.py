"""Static files: an address that changes with the content, served compressed from memory.

`{% static "ui/app.css" %}` becomes `/static/ui/app.css?v=3f2a1b9c0d4e`. The same address works with Django's own
handlers in development and in tests, and behind any web server that serves a `collectstatic` folder. In production
and in the demo `ServeStatics` answers it without a collect step: each file is read and compressed once.
"""

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.exceptions import SuspiciousFileOperation
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers

YEAR = 365 * 24 * 60 * 60
COMPRESSIBLE = re.compile(r"^(text/|application/(javascript|json|xml|manifest)|image/svg)")
NAMED_BY_CONTENT = re.compile(r"-[A-Z0-9]{8}\.woff2$")
TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
}


@dataclass(frozen=True)
class Asset:
    """One file as it goes over the wire: its bytes, its gzip (empty when that does not pay) and its fingerprint."""

    body: bytes
    gzipped: bytes
    version: str
    content_type: str


@lru_cache(maxsize=512)
def _read(path: Path, modified: float, size: int) -> Asset:
    body = path.read_bytes()
    content_type = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    packed = gzip.compress(body, 9, mtime=0) if COMPRESSIBLE.match(content_type) else b""
    if content_type.startswith("text/"):
        content_type += "; charset=utf-8"
    version = hashlib.sha256(body).hexdigest()[:12]
    return Asset(body, packed if 0 < len(packed) < len(body) * 0.9 else b"", version, content_type)


@lru_cache(maxsize=1024)
def _find(name: str) -> Path | None:
    try:
        found = finders.find(name)
    except (SuspiciousFileOperation, ValueError):
        return None
    return Path(found) if found and Path(found).is_file() else None


def asset(name: str) -> Asset | None:
    """The file of that name in any installed app, read once and again only when it changed on disk."""
    path = _find(name)
    if path is None:
        return None
    about = path.stat()
    return _read(path, about.st_mtime, about.st_size)


class StaticFiles(StaticFilesStorage):
    """Adds the fingerprint of the content to every address, unless the name already carries one."""

    def url(self, name: str | None) -> str:
        address = super().url(name)
        found = asset(name) if name and not NAMED_BY_CONTENT.search(name) else None
        return f"{address}?v={found.version}" if found else address


class ServeStatics:
    """Answers everything below STATIC_URL. Stands high in MIDDLEWARE: no session, no database, no language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.prefix: str = settings.STATIC_URL

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or not request.path_info.startswith(self.prefix):
            return self.get_response(request)
        name = unquote(request.path_info[len(self.prefix) :])
        found = asset(name)
        if found is None:
            return self.get_response(request)
        fresh = request.GET.get("v") == found.version or NAMED_BY_CONTENT.search(name)
        return _answer(request, found, for_a_year=bool(fresh))


def _answer(request: HttpRequest, found: Asset, *, for_a_year: bool) -> HttpResponse:
    packed = found.gzipped and "gzip" in request.headers.get("Accept-Encoding", "")
    headers: dict[str, Any] = {
        "ETag": f'"{found.version}{"-gz" if packed else ""}"',
        "Cache-Control": f"public, max-age={YEAR}, immutable" if for_a_year else "public, max-age=60",
    }
    if headers["ETag"] in request.headers.get("If-None-Match", ""):
        response: HttpResponse = HttpResponseNotModified(headers=headers)
    else:
        response = HttpResponse(found.gzipped if packed else found.body, found.content_type, headers=headers)
        if packed:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.content))
    if found.gzipped:
        patch_vary_headers(response, ["Accept-Encoding"])
    return response

"""The reader's choice of font, the page of all components, and the pages for when something goes wrong."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST, require_safe

from samenwijk.ui.context import READABLE_COOKIE
from samenwijk.ui.showcase import showcase
from samenwijk.ui.storage import asset

YEAR = 365 * 24 * 60 * 60
STYLE_PAGES = {"base", "phone", "console", "screen", "screen-result", "screen-figure", "print"}


@require_POST
def choose_font(request: HttpRequest) -> HttpResponse:
    """Remembers "leesbaar lettertype" in a cookie, and returns to the page where the reader was."""
    response = HttpResponseRedirect(_safe_next(request))
    readable = request.POST.get("lettertype") == "leesbaar"
    response.set_cookie(
        READABLE_COOKIE,
        "ja" if readable else "nee",
        max_age=YEAR,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The service worker. It stands at the root, for a browser lets it keep only pages below its own address."""
    found = asset("ui/offline.js")
    if found is None:
        raise Http404
    return HttpResponse(found.body, content_type=found.content_type, headers={"Cache-Control": "no-cache"})


def _safe_next(request: HttpRequest) -> str:
    target = request.POST.get("next", "/")
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts=None) else "/"


@require_GET
def style(request: HttpRequest, page: str = "base") -> HttpResponse:
    """Every component with real and with extreme content; `page` shows the other base pages."""
    if page not in STYLE_PAGES:
        raise Http404
    return render(request, f"ui/style/{page}.html", showcase())

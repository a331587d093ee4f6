"""One answer for a browser and for htmx: a page, or the fragment of it that htmx asked for."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template import TemplateDoesNotExist
from django.template.loader import get_template


def respond(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    then: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show `x/name.html`; to htmx show its fragment `x/_name.html`; after success send a browser on to `then`."""
    fragment = fragment_of(template) if _wants_a_fragment(request) else None
    if then is not None and fragment is None:
        return HttpResponseRedirect(then)
    return render(request, fragment or template, dict(context or {}), status=status)


def fragment_of(template: str) -> str | None:
    """`plans/action.html` -> `plans/_action.html`, when there is such a file."""
    folder, _, name = template.rpartition("/")
    candidate = f"{folder}/_{name}" if folder else f"_{name}"
    try:
        get_template(candidate)
    except TemplateDoesNotExist:
        return None
    return candidate


def _wants_a_fragment(request: HttpRequest) -> bool:
    # A boosted link or a page that htmx brings back from history needs the whole page.
    headers = request.headers
    asks = headers.get("HX-Request") == "true"
    whole = headers.get("HX-Boosted") == "true" or headers.get("HX-History-Restore-Request") == "true"
    return asks and not whole

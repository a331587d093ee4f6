"""Forms come in UTF-8, as every page says; written in any other way a text could hide from our checks."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

READABLE = {"", "utf-8", "utf8", "us-ascii"}


class OnlyUtf8Middleware:
    """Refuses what says to be written otherwise, before anything of it is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (request.content_params or {}).get("charset", "").strip("\"' ").lower() in READABLE:
            return self.get_response(request)
        sentence = _("Deze tekst is niet in UTF-8 geschreven. Stuur hem vanaf de pagina zelf.")
        return HttpResponse(sentence, status=415, content_type="text/plain; charset=utf-8")

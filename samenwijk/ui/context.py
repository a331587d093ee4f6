"""What every page knows: whether this is the demo, whom to call, and how the reader wants to read."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

READABLE_COOKIE = "leesbaar"


def everywhere(request: HttpRequest) -> dict[str, Any]:
    return {
        "demo": settings.DEMO,
        "organisation_name": settings.ORGANISATION_NAME,
        "contact_phone": settings.CONTACT_PHONE,
        "theme_stylesheet": settings.THEME_STYLESHEET,
        "readable_font": request.COOKIES.get(READABLE_COOKIE) == "ja",
        "page_language": SimpleLazyObject(get_language),
        "current_path": request.get_full_path(),
    }

"""What the template tags share: drawing a component's template, and the few words and numbers around it."""

from functools import lru_cache
from typing import Any

from django.middleware.csrf import get_token
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samenwijk.ui import drawings

BUTTON_KINDS = {
    "primary": "nl-button--primary",
    "secondary": "nl-button--secondary",
    "quiet": "nl-button--subtle",
    "attention": "nl-button--primary nl-button--negative",
}
NOTICE_KINDS = {"info": "info", "warn": "warning", "done": "ok", "error": "error"}
THEMES = 8


def component(name: str, /, **values: Any) -> SafeString:
    rendered = get_template(f"ui/components/{name}.html").render(values)
    return mark_safe(rendered.strip())  # noqa: S308 - rendered by a template


def drawn_once(name: str, /, **values: Any) -> SafeString:
    """A component that many people get alike: drawn once for these values in this language, and remembered a while."""
    return _remembered(name, get_language(), **values)


# Typed, because a text that was made safe equals the same text that was not.
@lru_cache(maxsize=4096, typed=True)
def _remembered(name: str, _language: str | None, /, **values: Any) -> SafeString:
    return component(name, **values)


def trimmed(content: str) -> SafeString:
    # What stands between the tags was rendered, so escaped, already; strip() forgets that.
    return mark_safe(content.strip())  # noqa: S308


def csrf_token(context: Context) -> str:
    request = getattr(context, "request", None)
    return get_token(request) if request is not None else str(context.get("csrf_token", ""))


def choices_left(left: int) -> str:
    if left <= 0:
        return _("Je hebt al je keuzes gemaakt")
    return ngettext("Nog %(left)d keuze", "Nog %(left)d keuzes", left) % {"left": left}


def theme_values(title: str, index: int) -> dict[str, Any]:
    number = index % THEMES
    return {"theme": title, "number": number, "shape": drawings.shape(number)}

"""HTML attributes from keyword arguments, and the key that makes sending a form twice harmless."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.forms.utils import flatatt
from django.utils.safestring import SafeString


def new_key() -> str:
    return str(uuid4())


def attributes(values: Mapping[str, Any], *classes: str) -> SafeString:
    """`{"hx_post": "/x/", "hidden": True}` becomes ` hx-post="/x/" hidden`; `class_` joins the given classes."""
    named = {name.rstrip("_").replace("_", "-"): value for name, value in values.items()}
    together = " ".join(part for part in (*classes, str(named.pop("class", "") or "")) if part)
    kept = {name: value for name, value in named.items() if value not in (None, False, "")}
    return flatatt({"class": together, **kept} if together else kept)

"""A plain mail as a page shows it: text, with its addresses as links that can be pressed."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

ADDRESS = re.compile(r"https?://[^\s<>()\"']*[^\s<>()\"'.,;:!?]")


@dataclass(frozen=True)
class Part:
    text: str
    href: str = ""


def parts_of(text: str) -> list[Part]:
    parts, at = [], 0
    for found in ADDRESS.finditer(text):
        parts += [Part(text[at : found.start()]), Part(found.group(), href_of(found.group()))]
        at = found.end()
    return [part for part in [*parts, Part(text[at:])] if part.text]


def href_of(address: str) -> str:
    """Links to this installation stay on the name by which the browser knows it, whatever the mail calls it."""
    own, found = urlsplit(settings.BASE_URL), urlsplit(address)
    if found.netloc != own.netloc:
        return address
    return found._replace(scheme="", netloc="").geturl() or "/"

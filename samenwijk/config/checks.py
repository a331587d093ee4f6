"""What is wrong or missing in the settings, said before anybody notices, with what to do about it."""

import ipaddress
import stat
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError

from samenwijk.config.environment import PREFIX

Apps = Sequence[AppConfig] | None
CAN_BE_READ_BY_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def error(number: int, message: str, hint: str) -> Error:
    return Error(message, hint=hint, id=f"samenwijk.E{number:03}")


def warning(number: int, message: str, hint: str) -> Warning:
    return Warning(message, hint=hint, id=f"samenwijk.W{number:03}")


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@register(Tags.security)
def the_address(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """Names and votes do not travel readable unless somebody chose that, and errors are not shown to strangers."""
    parts = urlsplit(settings.BASE_URL)
    name = f"{PREFIX}BASE_URL"
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        return [error(1, f"{name} is not an address.", f"Write {name}=https://samenwijk.example.nl, without a path.")]
    if is_loopback(parts.hostname):
        return []
    found: list[CheckMessage] = []
    if parts.scheme == "http" and not (settings.PLAIN_HTTP_ALLOWED or settings.DEMO_LAN):
        hint = f"Use an https address, or accept the risk with {PREFIX}PLAIN_HTTP=1."
        found.append(error(2, f"{name} is plain http beyond this machine.", hint))
    if settings.DEBUG:
        hint = f"Take {PREFIX}DEBUG away."
        found.append(error(3, "DEBUG shows source code and settings to everyone who can cause an error.", hint))
    return found


@register(Tags.security)
def the_demo(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """Demo mode has doors without a password: it stays on its own machine or network, and with its own data."""
    if not settings.DEMO:
        return []
    found: list[CheckMessage] = []
    if settings.HTTPS:
        hint = f"Take {PREFIX}DEMO away, or {PREFIX}BASE_URL."
        found.append(error(4, "The demo has doors without a password and does not belong on the internet.", hint))
    if holds_data_of_others():
        hint = f"Take {PREFIX}DEMO away, or name an empty folder in {PREFIX}DATA_DIR."
        found.append(error(5, "Demo mode is on and the database holds data that the demo did not make.", hint))
    return found


def holds_data_of_others() -> bool:
    from django.db import connection

    from samenwijk.demo.models import DemoMark

    try:
        tables = set(connection.introspection.table_names())
        return bool(tables) and (DemoMark._meta.db_table not in tables or not DemoMark.objects.exists())
    except DatabaseError:
        return False  # no database to read: nothing to protect, and the command itself will say so


@register(Tags.security, deploy=True)
def what_visitors_need(app_configs: Apps, **kwargs: Any) -> Iterator[CheckMessage]:
    """A public installation says who answers for it, and can be reached."""
    if is_loopback(urlsplit(settings.BASE_URL).hostname or ""):
        hint = f"Set {PREFIX}BASE_URL to the address that people use; it goes into mails and QR codes."
        yield warning(1, "The address of this installation is that of this machine only.", hint)
    for name, what in NEEDED_BY_VISITORS.items():
        if not getattr(settings, name).strip():
            yield warning(2, f"{what} is missing.", f"Set {PREFIX}{name}; it is shown on the public pages.")
    if settings.ORGANISATION_NAME == settings.ORGANISATION_UNNAMED:
        hint = f"Set {PREFIX}ORGANISATION_NAME: the privacy page has to name who is responsible."
        yield warning(3, "Nobody is named as responsible for this installation.", hint)
    contact = settings.SECURITY_CONTACT
    if contact and "@" not in contact and not contact.startswith("https://"):
        hint = f"Give a mail address or an https address in {PREFIX}SECURITY_CONTACT."
        yield warning(4, "The security contact cannot go into security.txt.", hint)


NEEDED_BY_VISITORS = {
    "PRIVACY_CONTACT": "An address for questions about personal data",
    "SECURITY_CONTACT": "An address for whoever finds a leak",
    "CONTACT_PHONE": "A telephone number to call",
}


@register(Tags.security, deploy=True)
def the_mail(app_configs: Apps, **kwargs: Any) -> Iterator[CheckMessage]:
    if settings.DEFAULT_FROM_EMAIL.rstrip(">").endswith("@localhost"):
        hint = f"Set {PREFIX}FROM_EMAIL to an address that your mail server may send from."
        yield warning(5, "Mail would come from localhost and be refused.", hint)
    if settings.EMAIL_HOST_PASSWORD and not settings.EMAIL_USE_TLS:
        hint = f"Set {PREFIX}EMAIL_TLS=1, usually with {PREFIX}EMAIL_PORT=587."
        yield warning(6, "The password of the mail account travels readable.", hint)


@register(Tags.security, deploy=True)
def the_files(app_configs: Apps, **kwargs: Any) -> Iterator[CheckMessage]:
    folder = settings.DATA_DIR
    if folder.exists() and stat.S_IMODE(folder.stat().st_mode) & CAN_BE_READ_BY_OTHERS:
        hint = f"chmod 700 {folder}"
        yield warning(7, "Others on this machine can look into the data folder.", hint)
    if urlsplit(settings.THEME_STYLESHEET).netloc:
        hint = f"Put the file on this installation and give its path in {PREFIX}THEME_STYLESHEET."
        yield warning(8, "The house style comes from another host, and browsers will refuse it.", hint)

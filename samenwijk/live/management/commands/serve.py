"""`samenwijk serve`: pages and live rooms from one process on one port."""

import ipaddress
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from samenwijk.live.server import serve
from samenwijk.live.serving import AlreadyServing, lock


class Command(BaseCommand):
    help = "Serves pages and live rooms from one process."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="Address to listen on (127.0.0.1).")
        parser.add_argument("--port", type=int, default=8000, help="Port to listen on (8000); 0 takes a free one.")

    def handle(self, *, host: str, port: int, **options: Any) -> None:
        if not may_listen_on(host):
            raise CommandError(
                f"Op {host} luisteren zonder https kan alleen als SAMENWIJK_PLAIN_HTTP=1 is gezet, of als "
                "SAMENWIJK_BASE_URL met https:// begint en een proxy ervoor staat."
            )
        try:
            lock.take()
            started = serve(host, port, self.say)
        except AlreadyServing as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"Kan niet luisteren op {host}:{port}: {error.strerror}.") from error
        if not started:
            raise CommandError("Samenwijk kon niet starten.")

    def say(self, address: str) -> None:
        self.stdout.write(f"Samenwijk draait op {address} (stoppen met Ctrl-C)")
        self.stdout.flush()


def may_listen_on(host: str) -> bool:
    """Plain http stays on this machine unless somebody chose otherwise, or https is in front."""
    return is_loopback(host) or settings.HTTPS or settings.PLAIN_HTTP_ALLOWED or settings.DEMO_LAN


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

"""`samenwijk demo`: a prepared evening on this machine, in one command, without accounts or services."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from samenwijk.demo import environment, keys, mark
from samenwijk.demo.world import build_world
from samenwijk.live.server import serve
from samenwijk.live.serving import AlreadyServing, lock


class Command(BaseCommand):
    help = "Start de demo: een voorbereide avond, op deze computer."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        environment.add_options(parser)

        parser.add_argument("--prepare", action="store_true", help="Zet alles klaar zonder te starten.")

    def handle(self, *, port: int, lan: bool, reset: bool, prepare: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Start de demo met: samenwijk demo")
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        try:
            lock.take()
            self.make_ready(reset=reset)
            if prepare:
                return
            served = serve("0.0.0.0" if lan else environment.HOST, port, lambda _address: self.welcome(port, lan))  # noqa: S104 - asked for
        except (mark.ForeignDatabase, AlreadyServing) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(cannot_listen(port, error)) from error
        if not served:
            raise CommandError("De demo kon niet starten. De reden staat hierboven.")

    def make_ready(self, *, reset: bool) -> None:
        """An own database, up to date, with the world in it. Done before, this takes a moment."""
        if reset:
            mark.throw_away()
        mark.make_ours()
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except DatabaseError as error:
            raise CommandError(
                "De gegevens van deze demo passen niet bij deze versie. Begin opnieuw met: samenwijk demo --reset"
            ) from error
        if not mark.is_filled():
            self.say("De avond wordt klaargezet ...", "Preparing the evening.")
            mark.empty()
            build_world()
            mark.mark_as_filled()

    def welcome(self, port: int, lan: bool) -> None:
        here = f"http://{environment.HOST}:{port}"
        self.stdout.write("")
        self.say("De demo is klaar. Open in je browser:", "The demo is ready. Open in your browser:")
        self.stdout.write(self.style.SUCCESS(f"\n    {here}"))
        self.stdout.write("")
        if lan:
            self.say("Of, één keer, op een ander apparaat in dit netwerk:", "Or, once, on another device here:")
            self.stdout.write(f"\n    {keys.address_of(keys.FRONT)}\n\n")
        self.say(f"Alles staat in {settings.DATA_DIR}. Stoppen: Ctrl-C. Opnieuw: --reset.", "Stop with Ctrl-C.")
        self.stdout.flush()

    def say(self, dutch: str, english: str) -> None:
        self.stdout.write(f"{dutch}  ({english})")
        self.stdout.flush()


def cannot_listen(port: int, error: OSError) -> str:
    return (
        f"Poort {port} is niet vrij ({error.strerror}). Draait er al iets? Kies een andere, bijvoorbeeld "
        f"met: samenwijk demo --port {port + 1}"
    )

"""`samenwijk play`: 43 simulated people hold the prepared evening over HTTP; the end-to-end test and load tool."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from samenwijk.demo.cast import PARTICIPANTS
from samenwijk.demo.play.browser import Offline
from samenwijk.demo.play.evening import NotPrepared, Played, play
from samenwijk.demo.play.stage import Stage
from samenwijk.demo.play.theatre import somewhere
from samenwijk.demo.play.weather import Weather
from samenwijk.meetings.scripts import SHIPPED
from samenwijk.meetings.ways import WAYS

SHOWN = 12


class Command(BaseCommand):
    help = "Speelt de avond met gesimuleerde deelnemers en vergelijkt wat zij stuurden met de export."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--url", default="", help="Het adres van een demo. Zonder: de demo hier, of een eigen.")
        parser.add_argument("--people", type=int, default=len(PARTICIPANTS), help="Aantal deelnemers met een telefoon.")
        parser.add_argument("--speed", type=float, default=60, help="60 speelt een uur in een minuut.")
        parser.add_argument("--seed", type=int, default=1, help="Zelfde getal, zelfde toeval.")
        parser.add_argument("--no-facilitator", action="store_true", help="Een mens leidt, aan de console.")
        parser.add_argument("--drop", type=float, default=0.0, help="Deel van de antwoorden dat kwijtraakt, 0 tot 0.5.")
        parser.add_argument("--sleep", action="store_true", help="Telefoons vallen weg en komen later terug.")
        parser.add_argument("--flood", action="store_true", help="Eén telefoon stuurt alles veertig keer.")
        parser.add_argument(
            "--template", default="", choices=["", *SHIPPED], help="Een ander draaiboek, in een nieuwe avond."
        )
        parser.add_argument("--way", default="dots", choices=list(WAYS), help="Hoe de zaal kiest uit de ideeën.")
        parser.add_argument("--shuffle", action="store_true", help="Met overslaan, herhalen en teruggaan.")

    def handle(
        self,
        *,
        url: str,
        people: int,
        speed: float,
        seed: int,
        template: str,
        no_facilitator: bool,
        shuffle: bool,
        **options: Any,
    ) -> None:
        weather = Weather(options["drop"], options["sleep"], options["flood"])
        if not 1 <= people <= 500 or not 1 <= speed <= 600:
            raise CommandError("Kies 1 tot 500 mensen en een snelheid van 1 tot 600.")
        if not 0 <= weather.drop <= 0.5:
            raise CommandError("Kies voor --drop een deel van 0 tot 0.5.")
        try:
            with somewhere(url) as base:
                self.say(f"Op {base}: {people} mensen, snelheid {speed:g}, toeval {seed}.")
                stage = Stage(base, speed, seed, people, weather=weather, way=options["way"])
                played = play(stage, led_by_hand=no_facilitator, shuffle=shuffle, tell=self.say, template=template)
        except (Offline, NotPrepared) as error:
            raise CommandError(str(error)) from error
        self.report(played)
        self.tell_the_weather(weather)
        if not played.went_well:
            raise CommandError("Wat gestuurd is en wat in de export staat, verschilt. Zie hierboven.")
        self.say("Alles wat gestuurd is, staat precies één keer in de export.")

    def say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()

    def tell_the_weather(self, weather: Weather) -> None:
        if weather.is_bad:
            slowed = ", ".join(f"{who} {times} keer" for who, times in sorted(weather.slowed.items())) or "niemand"
            self.say(
                f"Slecht weer: {weather.lost} antwoorden kwijt en opnieuw gevraagd, {weather.slept} keer in slaap, "
                f"{weather.sent_by_the_flood} keer achter elkaar gestuurd. Afgeremd: {slowed}."
            )

    def report(self, played: Played) -> None:
        """Both sides, per kind, and every difference by key."""
        self.say(f"{'soort':<14}{'verstuurd':>10}{'in export':>11}")
        for kind, sent, found in played.table:
            self.say(f"{kind:<14}{sent:>10}{found:>11}")
        self.say(f"Te laat: {played.late}. Geweigerd met een zin: {played.refused}. Van anderen: {played.of_others}.")
        self.say(f"Pagina's: {played.pages}, gemiddeld {played.mean_ms:.0f} ms, 95% binnen {played.p95_ms:.0f} ms.")
        for line in played.differences[:SHOWN]:
            self.say(f"VERSCHIL {line}")
        if len(played.differences) > SHOWN:
            self.say(f"... en nog {len(played.differences) - SHOWN}.")

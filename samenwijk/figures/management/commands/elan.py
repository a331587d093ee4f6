"""`samenwijk elan`: GP figures per wijk from the published wijkprofielen of ELAN."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from samenwijk.figures.practice.elan import take_in
from samenwijk.figures.practice.files import Refused
from samenwijk.places.models import Wijk


class Command(BaseCommand):
    help = "Imports the GP figures of a wijk from the published wijkprofielen of ELAN."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="wijk_jaar_aantallen__Opioid_data_summary.csv")
        parser.add_argument(
            "--wijk", required=True, help="the address of a wijk of this installation, for instance merenwijk"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("nl"):
            wijk = Wijk.objects.filter(slug=options["wijk"]).first()
            if wijk is None:
                raise CommandError(f"There is no wijk with the address {options['wijk']}.")
            try:
                made = take_in(options["path"], wijk)
            except Refused as refused:
                raise CommandError(refused.sentence) from None
        years = ", ".join(str(delivery.period) for delivery in made)
        self.stdout.write(f"{wijk}: {years}")

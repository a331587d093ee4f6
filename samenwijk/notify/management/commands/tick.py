"""`samenwijk tick`: does once, now, all work that returns by itself; for installations that use cron."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from samenwijk.live.background import background


class Command(BaseCommand):
    help = "Does once what a serving process does in the background: reading the journal, sending mail, tidying up."

    def handle(self, *args: Any, **options: Any) -> None:
        for job in list(background.jobs.values()):
            done = job.function()
            self.stdout.write(f"{job.name}: {done if isinstance(done, int) else 'done'}")
        call_command("clearsessions")

"""`samenwijk administrator jan@example.org --name Jan`: who may open /beheer/. The first one is made here."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from samenwijk.people.models import Membership, Person


class Command(BaseCommand):
    help = "Makes somebody an administrator of this installation; they sign in with a code by mail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="first name, for somebody new")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip().lower()
        name = options["name"] or email.partition("@")[0]
        person = Person.objects.with_address(email).first() or Person.meet(first_name=name, email=email)
        Membership.give("administrator", person)
        self.stdout.write(f"{email} is an administrator and signs in at /account/inloggen/.")

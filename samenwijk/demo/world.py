"""The world of the demo: two real wijken with real figures, and invented people in them.

    world = build_world()
    world.merenwijk, world.people["gp"], world.evening

Tests use the same world, so it is built in a fraction of a second.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from samenwijk.demo import cast, evening
from samenwijk.demo.cast import Card
from samenwijk.demo.figures import import_figures
from samenwijk.demo.profile import publish_profile
from samenwijk.figures.practice.elan import take_in
from samenwijk.meetings.models import Meeting
from samenwijk.people.models import Membership, Organisation, Person, Role, User
from samenwijk.places.models import Area, Region, Wijk

BOUNDARY_YEAR = 2024
ELAN = Path(__file__).parent / "data" / "elan-wijkprofielen" / "merenwijk.csv"

MERENWIJK_INTRO = (
    "De Merenwijk ligt in het noorden van Leiden: veel groen, veel water en zes buurten die van elkaar "
    "verschillen. Professionals en bewoners werken hier samen aan gezond en prettig leven."
)
NIJMEGEN_INTRO = "Nijmegen-Midden heeft vijf buurten, van Nije Veld tot Heijendaal."

# Who has which role where; the keys are the names by which doors and tests know them.
MERENWIJK_ROLES = {
    "coordinator": (cast.COORDINATOR, "coordinator"),
    "gp": (cast.GP, "member"),
    "resident": (cast.RESIDENT, "member"),
    "board_member": (cast.BOARD_MEMBER, "board_member"),
    "practice": (cast.PRACTICE_MANAGER, "practice"),
    "facilitator": (cast.FACILITATOR, "facilitator"),
    "co_facilitator": (cast.CO_FACILITATOR, "facilitator"),
}
NIJMEGEN_ROLES = {
    "other_coordinator": (cast.OTHER_COORDINATOR, "coordinator"),
    "other_facilitator": (cast.OTHER_FACILITATOR, "facilitator"),
    "other_gp": (cast.OTHER_GP, "member"),
    "other_resident": (cast.OTHER_RESIDENT, "member"),
}


@dataclass(frozen=True)
class World:
    """What was built. `people` has those with a role by name; `participants` are the 43 of the evening."""

    region: Region
    merenwijk: Wijk
    nijmegen: Wijk
    people: dict[str, Person]
    participants: tuple[Person, ...]
    evening: Meeting
    other_evening: Meeting

    def user(self, name: str) -> User:
        """The account of somebody with a role."""
        user = self.people[name].user
        if user is None:
            raise LookupError(f"{name} has no account")
        return user


@transaction.atomic
def build_world() -> World:
    """Builds everything in an empty database that was migrated."""
    import_figures()
    region, other_region = Region.objects.bulk_create(
        [
            Region(name="Zuid-Holland Noord", slug="zuid-holland-noord"),
            Region(name="Rijk van Nijmegen", slug="rijk-van-nijmegen"),
        ]
    )
    merenwijk = found_wijk("Merenwijk", "WK054608", region, cast.COORDINATOR, is_open=True, intro=MERENWIJK_INTRO)
    nijmegen = found_wijk(
        "Nijmegen-Midden", "WK026805", other_region, cast.OTHER_COORDINATOR, is_open=False, intro=NIJMEGEN_INTRO
    )
    persons = settle_people()
    people = {
        **give_roles(MERENWIJK_ROLES, merenwijk, persons),
        **give_roles(NIJMEGEN_ROLES, nijmegen, persons),
        **give_roles_beyond_a_wijk(region, persons),
    }
    add_members(merenwijk, cast.PARTICIPANTS, persons)
    add_members(nijmegen, cast.OTHER_PEOPLE, persons)
    take_in(ELAN, merenwijk)
    publish_profile(merenwijk)
    return World(
        region=region,
        merenwijk=merenwijk,
        nijmegen=nijmegen,
        people=people,
        participants=tuple(persons[card] for card in cast.PARTICIPANTS),
        evening=evening.prepare(merenwijk),
        other_evening=evening.prepare_other(nijmegen),
    )


def found_wijk(name: str, code: str, region: Region, contact: Card, *, is_open: bool, intro: str) -> Wijk:
    # Always the same id, so that the wijk keeps its street of gables.
    wijk = Wijk.objects.create(
        public_id=uuid5(NAMESPACE_URL, f"{cast.DOMAIN}/{code}"),
        name=name,
        slug=name.lower(),
        region=region,
        is_open=is_open,
        contact_name=f"{contact.first_name} {contact.last_name}",
        contact_role="wijkcoördinator",
        contact_phone=contact.phone,
        intro=intro,
    )
    wijk.areas.set(Area.objects.filter(code=code, boundary_year=BOUNDARY_YEAR))
    return wijk


def settle_people() -> dict[Card, Person]:
    """Everybody and the organisations they work for, without roles yet."""
    organisations = Organisation.objects.bulk_create(
        Organisation(name=known.name, kind=known.kind) for known in (*cast.ORGANISATIONS, *cast.OTHER_ORGANISATIONS)
    )
    by_name = {organisation.name: organisation for organisation in organisations}
    persons = Person.objects.bulk_create(
        Person(
            first_name=card.first_name,
            last_name=card.last_name,
            discipline=card.discipline,
            organisation=by_name.get(card.organisation),
            email=card.email,
            phone=card.phone,
            call_me_for=card.call_me_for,
        )
        for card in cast.EVERYBODY
    )
    return dict(zip(cast.EVERYBODY, persons, strict=True))


def give_roles(roles: dict[str, tuple[Card, str]], wijk: Wijk, persons: dict[Card, Person]) -> dict[str, Person]:
    for card, role in roles.values():
        Membership.give(role, with_account(persons[card]), wijk=wijk)
    return {name: persons[card] for name, (card, _role) in roles.items()}


def give_roles_beyond_a_wijk(region: Region, persons: dict[Card, Person]) -> dict[str, Person]:
    adviser, administrator = with_account(persons[cast.ADVISER]), with_account(persons[cast.ADMINISTRATOR])
    Membership.give("region_adviser", adviser, region=region)
    Membership.give("administrator", administrator)
    return {"adviser": adviser, "administrator": administrator}


def with_account(person: Person) -> Person:
    person.user = User.objects.create_user(person.email)
    person.save(update_fields=["user"])
    return person


def add_members(wijk: Wijk, cards: Iterable[Card], persons: dict[Card, Person]) -> None:
    """Whoever has no role in the wijk yet is a member of it."""
    member = Role.objects.get(slug="member")
    placed = set(Membership.objects.filter(wijk=wijk).values_list("person_id", flat=True))
    Membership.objects.bulk_create(
        Membership(person=persons[card], role=member, scope=member.scope, wijk=wijk)
        for card in cards
        if persons[card].pk not in placed
    )

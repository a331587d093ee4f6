"""Everything we hold about one person, to take along. Apps above add their part with `holds`."""

from collections.abc import Callable
from typing import Any

from samenwijk.journal.models import Entry
from samenwijk.people.models import Person

Holding = Callable[[Person], Any]
_holdings: dict[str, Holding] = {}


def holds(name: str, holding: Holding) -> None:
    """Register what an app holds about a person: a function that gives plain values for JSON."""
    _holdings[name] = holding


def own_data(person: Person) -> dict[str, Any]:
    return {name: holding(person) for name, holding in _holdings.items()}


def _card(person: Person) -> dict[str, Any]:
    return {
        "voornaam": person.first_name,
        "achternaam": person.last_name,
        "beroep of rol": person.discipline_title,
        "organisatie": person.organisation.name if person.organisation else "",
        "mailadres": person.email,
        "telefoon": person.phone,
        "bel mij voor": person.call_me_for,
        "account": person.user.email if person.user else "",
    }


def _roles(person: Person) -> list[dict[str, Any]]:
    memberships = person.memberships.select_related("role", "wijk", "region")
    return [
        {"rol": str(m.role), "waar": str(m.wijk or m.region or ""), "sinds": m.since.isoformat()} for m in memberships
    ]


def _doings(person: Person) -> list[dict[str, Any]]:
    names = [person.public_id, *([person.user.public_id] if person.user else [])]
    return [{"wat": entry.kind, "wanneer": entry.at.isoformat()} for entry in Entry.objects.filter(actor_id__in=names)]


holds("kaart", _card)
holds("rollen", _roles)
holds("logboek", _doings)

"""Links that let one person see and answer one thing without signing in: the link in a mail.

token = links.issue("action", action, person)        # put it in the address of a page
link = links.read(token, kind="action")               # None when it is not ours, too old, or for somebody forgotten
action = get_object_or_404(Action, public_id=link.about, owner=link.person)
"""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.core import signing

from samenwijk.journal.models import Named
from samenwijk.people.models import Person

SALT = "samenwijk.people.links"
LASTS = datetime.timedelta(days=400)


@dataclass(frozen=True)
class PersonalLink:
    kind: str
    about: UUID
    person: Person


def issue(kind: str, about: Named, person: Person) -> str:
    """A token for an address; it names nobody, only public ids."""
    return signing.dumps([kind, about.public_id.hex, person.public_id.hex], salt=SALT, compress=False)


def read(token: str, *, kind: str) -> PersonalLink | None:
    try:
        found, about, person_id = signing.loads(token, salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError):
        return None
    person = Person.objects.known().filter(public_id=person_id).first()
    return PersonalLink(found, UUID(about), person) if person and found == kind else None

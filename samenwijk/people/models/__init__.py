"""Who: persons and their organisations, their roles in a wijk or region, and the accounts of some."""

from samenwijk.people.models.membership import Membership, Role
from samenwijk.people.models.person import Organisation, Person
from samenwijk.people.models.user import User, Viewer, is_person_of, wijken_of

__all__ = ["Membership", "Organisation", "Person", "Role", "User", "Viewer", "is_person_of", "wijken_of"]

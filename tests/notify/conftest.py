import pytest

from samenwijk.notify.mail import Contact, Link, Recipient, post
from samenwijk.people.models import Person


@pytest.fixture
def ans(db):
    return Person.objects.create(first_name="Ans", email="ans@voorbeeld.example", discipline="bewoner")


@pytest.fixture
def write_to():
    """Puts a mail in the outbox; the words do not matter."""

    def write(to: "Person | Recipient", **more):
        action = {"first_step": "Bel de huisarts & de buurvrouw", "due": None}
        return post(
            to,
            "action_taken_on",
            {"action": action, "plan": {"title": "Samen <eten>"}, "wijk": "Merenwijk"},
            **{"contact": Contact("Marieke", "06-00000001"), "link": Link("/mijn-plan/abc/", "Vul aan"), **more},
        )

    return write

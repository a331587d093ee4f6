"""Meeting people, knowing them again, and forgetting them."""

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError

from samenwijk.journal.models import Entry
from samenwijk.people.disciplines import (
    DISCIPLINES,
    GROUPS,
    REQUIRED_ROLES,
    RESIDENTS,
    discipline_choices,
    missing_roles,
)
from samenwijk.people.models import Membership, Organisation, Person, User
from samenwijk.places.models import Wijk

pytestmark = pytest.mark.django_db


def test_who_gives_the_same_first_name_and_address_is_the_same_person():
    ans = Person.meet(first_name="Ans", email="ans@example.org", discipline="bewoner")
    assert Person.meet(first_name=" ans ", email="ANS@example.org") == ans


def test_two_people_may_share_a_mailbox():
    ans = Person.meet(first_name="Ans", email="thuis@example.org")
    assert Person.meet(first_name="Wim", email="thuis@example.org") != ans


def test_without_an_address_everybody_is_new():
    assert Person.meet(first_name="Ans") != Person.meet(first_name="Ans")


def test_an_organisation_is_known_again_in_any_case_and_spacing():
    known = Organisation.named("Apotheek De Rietzanger", kind="apotheek")
    assert Organisation.named("  apotheek  de rietzanger ") == known


def test_forgetting_takes_name_address_number_and_account_away(cast):
    gp, person = cast.gp, cast.gp.person
    EmailAddress.objects.create(user=gp, email=gp.email, verified=True, primary=True)
    person.forget(by=gp)
    person.refresh_from_db()
    left = [person.first_name, person.last_name, person.email, person.phone, person.call_me_for]
    assert left == [""] * 5
    assert (person.organisation, person.user) == (None, None)
    assert str(person) == "iemand"
    assert not Membership.objects.filter(person=person).exists()
    assert not EmailAddress.objects.filter(user=gp).exists()
    gp.refresh_from_db()
    assert not gp.is_active
    assert "amrani" not in gp.email


@pytest.mark.parametrize(("named", "left"), [("hassan amrani", ""), ("Marieke Verhoeven", "Marieke Verhoeven")])
def test_a_wijk_names_nobody_to_call_who_was_forgotten(cast, named, left):
    person, wijk = cast.gp.person, cast.wijk
    Person.objects.filter(pk=person.pk).update(first_name="Hassan", last_name="Amrani")
    Wijk.objects.filter(pk=wijk.pk).update(contact_name=named, contact_role="huisarts", contact_phone="06-00000001")
    Person.objects.get(pk=person.pk).forget()
    wijk.refresh_from_db()
    assert wijk.contact_name == left
    assert bool(wijk.contact_phone) == bool(wijk.contact_role) == bool(left)


def test_forgetting_keeps_the_row_and_tells_it_once(cast):
    person = cast.gp.person
    person.forget(by=cast.gp)
    person.forget()
    assert Entry.objects.about(person).of_kind("person.forgotten").count() == 1
    assert person.discipline == "huisarts"


def test_who_is_forgotten_is_seen_and_found_by_nobody(cast):
    person, address = cast.gp.person, cast.gp.email
    person.forget()
    assert not Person.objects.visible_to(cast.coordinator).filter(pk=person.pk).exists()
    assert not Person.objects.with_address(address).exists()
    assert User.objects.open_for(address) is None


def test_a_forgotten_person_cannot_get_a_name_again(cast):
    person = cast.gp.person
    person.forget()
    with pytest.raises(IntegrityError, match="forgotten_person_has_no_name_or_address"):
        Person.objects.filter(pk=person.pk).update(first_name="Hassan")


def test_residents_come_first_in_every_list():
    assert next(iter(GROUPS)) == "bewoners"
    assert set(list(DISCIPLINES)[:5]) == RESIDENTS
    first_title, first_group = next(iter(discipline_choices()))
    assert str(first_title) == "Bewoners"
    assert first_group[0][0] == "bewoner"


def test_there_are_68_disciplines_and_no_slug_twice():
    assert sum(len(group) for _title, group in GROUPS.values()) == len(DISCIPLINES) == 68


def test_required_roles_that_nobody_fills_are_named():
    assert [str(title) for title in missing_roles({"huisarts", "opbouwwerker", "bewoner"})] == [
        "wijkverpleegkundige",
        "gezondheidsmakelaar",
    ]
    assert not missing_roles({"huisarts", "wijkverpleegkundige", "gezondheidsmakelaar", "wijkteam"})


def test_required_roles_are_filled_by_known_disciplines():
    assert all(fitting <= set(DISCIPLINES) for _title, fitting in REQUIRED_ROLES.values())

"""Roles are data, memberships give them, and they reach exactly as far as their scope says."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import IntegrityError

from samenwijk.journal.models import Entry
from samenwijk.people.models import Membership, Person, Role, wijken_of
from samenwijk.people.rights import RIGHTS, ROLES

pytestmark = pytest.mark.django_db


def test_every_role_of_the_product_is_there():
    assert set(Role.objects.values_list("slug", flat=True)) == {
        "visitor",
        "participant",
        "member",
        "table_host",
        "facilitator",
        "coordinator",
        "board_member",
        "practice",
        "region_adviser",
        "administrator",
    }


def test_roles_carry_known_rights_only():
    assert {right for role in ROLES for right in role.rights} <= set(RIGHTS)


def test_what_an_administrator_changed_in_a_role_survives_the_next_migrate():
    Role.objects.filter(slug="member").update(rights=["belong", "host_table"])
    call_command("migrate", verbosity=0)
    assert Role.objects.get(slug="member").rights == ["belong", "host_table"]


MAY = [
    ("coordinator", {"belong", "host_table", "facilitate", "coordinate", "see_reports"}),
    ("facilitator", {"belong", "host_table", "facilitate", "see_reports"}),
    ("gp", {"belong"}),
    ("resident", {"belong"}),
    ("board_member", {"belong", "see_reports"}),
    ("practice", {"belong", "own_figures"}),
    ("adviser", {"adviser"}),
    ("administrator", {"administer"}),
]


def test_who_may_do_what_in_their_own_wijk(cast):
    for who, rights in MAY:
        assert {right for right in RIGHTS if getattr(cast, who).may(right, cast.wijk)} == rights, who


def test_nobody_may_do_anything_in_another_wijk(cast):
    for who in ("coordinator", "facilitator", "gp", "board_member", "practice", "adviser"):
        may = [right for right in RIGHTS if getattr(cast, who).may(right, cast.other_wijk)]
        assert may == [], who


def test_a_right_in_a_wijk_is_no_right_everywhere(cast):
    assert not cast.coordinator.may("coordinate")
    assert cast.administrator.may("administer")


def test_a_closed_account_may_do_nothing(cast):
    coordinator = cast.coordinator
    coordinator.is_active = False
    assert not coordinator.may("coordinate", cast.wijk)
    assert not wijken_of(coordinator).exists()


def test_members_work_in_their_wijk_only(cast):
    assert list(cast.gp.wijken()) == [cast.wijk]
    assert list(cast.outsider.wijken()) == [cast.other_wijk]
    assert cast.gp.works_in(cast.wijk)
    assert not cast.gp.works_in(cast.other_wijk)


@pytest.mark.parametrize("who", ["adviser", "administrator"])
def test_supporting_or_administering_is_not_working_in_a_wijk(cast, who):
    assert not getattr(cast, who).wijken().exists()


def test_an_adviser_knows_the_own_region(cast):
    assert list(cast.adviser.regions()) == [cast.wijk.region]


def test_somebody_who_did_not_sign_in_works_nowhere(cast):
    assert not wijken_of(AnonymousUser()).exists()


def test_only_the_coordinator_of_the_wijk_coordinates_it(cast):
    assert cast.coordinator.coordinates(cast.wijk)
    assert not cast.coordinator.coordinates(cast.other_wijk)
    assert not cast.coordinator.coordinates(None)
    assert not cast.gp.coordinates(cast.wijk)


def test_somebody_is_their_own_person_and_nobody_elses(cast):
    assert cast.gp.is_person(cast.gp.person)
    assert not cast.gp.is_person(cast.resident.person)
    assert not cast.gp.is_person(Person.objects.create(first_name="Zonder account"))
    assert not cast.gp.is_person(None)


def test_giving_a_role_twice_is_harmless_and_told_once(cast):
    person = Person.objects.create(first_name="Nieuw")
    first = Membership.give("member", person, wijk=cast.wijk, by=cast.coordinator)
    second = Membership.give("member", person, wijk=cast.wijk, by=cast.coordinator)
    assert first == second
    assert Entry.objects.about(first).count() == 1


def test_taking_a_role_away_leaves_the_person(cast):
    membership = Membership.objects.get(person=cast.gp.person)
    membership.end(by=cast.coordinator)
    gp = type(cast.gp).objects.get(pk=cast.gp.pk)
    assert gp.person
    assert not gp.wijken().exists()


@pytest.mark.parametrize(
    ("role", "place"),
    [("member", "region"), ("member", None), ("region_adviser", "wijk"), ("administrator", "wijk")],
)
def test_a_role_has_the_place_that_it_reaches(cast, role, place):
    person = Person.objects.create(first_name="Nieuw")
    where = {"wijk": {"wijk": cast.wijk}, "region": {"region": cast.wijk.region}, None: {}}[place]
    with pytest.raises(IntegrityError, match="membership_has_the_place_its_role_reaches"):
        Membership.objects.create(person=person, role=Role.objects.get(slug=role), **where)


@pytest.mark.parametrize("role", ["visitor", "participant"])
def test_visitors_and_participants_have_no_membership(cast, role):
    with pytest.raises(IntegrityError):
        Membership.objects.create(
            person=Person.objects.create(first_name="Nieuw"), role=Role.objects.get(slug=role), wijk=cast.wijk
        )


def test_asking_for_rights_again_and_again_costs_one_query(cast, django_assert_num_queries):
    gp = type(cast.gp).objects.get(pk=cast.gp.pk)
    with django_assert_num_queries(1):
        for right in RIGHTS:
            gp.may(right, cast.wijk)

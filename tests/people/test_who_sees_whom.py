"""One door to people: what may not be seen does not exist."""

import pytest
from django.contrib.auth.models import AnonymousUser

from samenwijk.people.models import Membership, Organisation, Person

pytestmark = pytest.mark.django_db


def names(people):
    return {person.first_name for person in people}


def test_a_member_sees_the_people_of_the_own_wijk(cast):
    assert {"Hassan", "Ans", "Marieke", "Tineke"} <= names(Person.objects.visible_to(cast.gp))


def test_a_member_does_not_see_the_people_of_another_wijk(cast):
    seen = names(Person.objects.visible_to(cast.gp))
    assert not {"Petra", "Ton", "Hanneke", "Bep"} & seen
    assert "Hassan" not in names(Person.objects.visible_to(cast.outsider))


def test_a_resident_sees_as_much_as_a_gp(cast):
    assert names(Person.objects.visible_to(cast.resident)) == names(Person.objects.visible_to(cast.gp))


def test_an_adviser_sees_no_people_of_a_wijk(cast):
    seen = Person.objects.visible_to(cast.adviser)
    assert names(seen) == {"Carla"}


def test_members_see_who_supports_their_region(cast):
    assert "Carla" in names(Person.objects.visible_to(cast.gp))
    assert "Carla" not in names(Person.objects.visible_to(cast.outsider))


def test_an_administrator_sees_only_themselves(cast):
    assert names(Person.objects.visible_to(cast.administrator)) == {"Ruben"}


def test_a_visitor_sees_nobody_and_no_organisation(cast):
    assert not Person.objects.visible_to(AnonymousUser()).exists()
    assert not Organisation.objects.visible_to(AnonymousUser()).exists()
    assert not Membership.objects.visible_to(AnonymousUser()).exists()


def test_somebody_in_two_wijken_is_listed_once(cast):
    Membership.give("table_host", cast.gp.person, wijk=cast.wijk)
    assert Person.objects.visible_to(cast.coordinator).filter(pk=cast.gp.person.pk).count() == 1


def test_who_left_the_wijk_is_not_seen_in_it_any_more(cast):
    Membership.objects.get(person=cast.gp.person).end()
    assert "Hassan" not in names(Person.objects.visible_to(cast.resident))


def test_organisations_are_those_of_the_people_one_sees(cast):
    seen = set(Organisation.objects.visible_to(cast.gp).values_list("name", flat=True))
    assert "Huisartsenpraktijk De Waterlelie" in seen
    assert "Huisartsenpraktijk De Zevende Heuvel" not in seen


def test_memberships_of_another_wijk_are_not_seen(cast):
    assert not Membership.objects.visible_to(cast.coordinator).filter(wijk=cast.other_wijk).exists()


def test_looking_costs_one_query_however_many_people_there_are(cast, django_assert_num_queries):
    viewer = cast.gp
    with django_assert_num_queries(1):
        assert len(Person.objects.visible_to(viewer)) > 40

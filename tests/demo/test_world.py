"""The world of the demo: real places, invented people."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser

from samenwijk.demo import cast
from samenwijk.figures.comparison import compare_all
from samenwijk.meetings.models import Meeting
from samenwijk.people.disciplines import DISCIPLINES, RESIDENTS, missing_roles
from samenwijk.people.models import Membership, Organisation, Person, Role
from samenwijk.places.models import Wijk
from tests.world_in_place import world_in_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return world_in_place()


def test_forty_three_people_of_many_disciplines_and_nineteen_organisations(world):
    assert len(world.participants) == 43
    assert len({person.discipline for person in world.participants}) >= 12
    assert len({person.organisation for person in world.participants if person.organisation}) == 19


def test_residents_and_experience_experts_are_among_them_and_no_required_role_is_missing(world):
    disciplines = {person.discipline for person in world.participants}
    assert disciplines <= set(DISCIPLINES)
    assert len(disciplines & RESIDENTS) >= 4
    assert missing_roles(disciplines) == []


def test_nobody_can_be_reached_for_real():
    assert all(card.email.endswith("@voorbeeld.example") for card in cast.EVERYBODY)
    assert all(re.fullmatch(r"06-00000\d{3}", card.phone) for card in cast.EVERYBODY)
    assert len({card.email for card in cast.EVERYBODY}) == len({card.phone for card in cast.EVERYBODY})
    assert len(cast.EVERYBODY) == len({card.phone for card in cast.EVERYBODY})


def test_everybody_says_what_to_call_them_for_in_eighty_characters():
    assert all(0 < len(card.call_me_for) <= 80 for card in cast.EVERYBODY)


def test_every_role_that_a_membership_can_give_is_filled(world):
    given = set(Membership.objects.values_list("role__slug", flat=True))
    wanted = set(Role.objects.filter(by_membership=True).exclude(slug="table_host").values_list("slug", flat=True))
    assert wanted <= given


def test_the_two_wijken_are_apart(world):
    assert set(world.user("gp").wijken()) == {world.merenwijk}
    assert set(world.user("other_gp").wijken()) == {world.nijmegen}
    assert set(Meeting.objects.visible_to(world.user("facilitator"))) == {world.evening}
    assert set(Meeting.objects.visible_to(world.user("other_facilitator"))) == {world.other_evening}
    assert not Person.objects.visible_to(world.user("other_gp")).filter(pk=world.people["gp"].pk).exists()
    assert not Person.objects.visible_to(AnonymousUser()).exists()


def test_only_the_merenwijk_opened_its_pages(world):
    assert set(Wijk.objects.public()) == {world.merenwijk}


def test_the_evening_is_prepared_with_two_hours_themes_and_figures(world):
    assert world.evening.is_prepared
    assert world.evening.minutes == 120
    assert world.evening.themes.count() == 8
    figures = world.evening.steps.get(kind="figures")
    shown = compare_all(figures.settings["indicators"], world.merenwijk)
    assert [comparison.level for comparison in shown] == ["wijk", "wijk", "wijk", "gemeente", "gemeente"]


def test_there_is_a_person_with_a_telephone_to_call(world):
    for wijk in (world.merenwijk, world.nijmegen):
        assert wijk.contact_name
        assert wijk.contact_phone


def test_no_organisation_is_named_twice(world):
    assert Organisation.objects.count() == len(cast.ORGANISATIONS) + len(cast.OTHER_ORGANISATIONS)

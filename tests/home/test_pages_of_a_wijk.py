"""Who sees what of a wijk, and what an owner does with the link from the mail."""

import pytest
from django.urls import reverse

from samenwijk.plans.links import action_link
from samenwijk.plans.models import Action, Agreement
from samenwijk.ui.templatetags.sw import theme_badge
from tests.home.evenings import actions_of, play
from tests.prepared import prepared


@prepared
def held(evening, cast):
    play(evening, cast, 12)
    return evening


@pytest.fixture
def action(held):
    return actions_of(held)[0]


def page(name, cast):
    return reverse(f"home:{name}", args=[cast.wijk.slug])


@pytest.mark.parametrize("who", ["gp", "resident", "coordinator"])
def test_members_see_figures_ideas_and_plans_of_their_wijk(held, cast, as_user, who):
    told = as_user(getattr(cast, who)).get(page("wijk", cast)).content.decode()
    for part in ("Wat valt op in de cijfers", "gemeente Leiden", "Idee 1 van tafel", "Ik bel de wijkraad"):
        assert part in told


def test_a_theme_looks_in_the_wijk_as_it_did_on_the_evening(held, cast, as_user):
    told = as_user(cast.gp).get(page("wijk", cast)).content.decode()
    shown = [one for one in held.meeting.themes.select_related("theme") if f"<span>{one.theme.title}</span>" in told]
    assert shown
    for one in shown:
        assert theme_badge(one.theme.title, one.position, quiet=True).strip() in told


def test_a_visitor_of_an_open_wijk_sees_figures_but_no_plans(held, cast, client):
    told = client.get(page("wijk", cast)).content.decode()
    assert "gemeente Leiden" in told
    assert cast.wijk.contact_phone in told
    assert "Ik bel de wijkraad" not in told


def test_a_closed_wijk_does_not_exist_for_visitors(cast, client, as_user):
    address = reverse("home:wijk", args=[cast.other_wijk.slug])
    assert client.get(address).status_code == 404
    assert as_user(cast.gp).get(address).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("coordinator", 200), ("gp", 403), ("outsider", 404)])
def test_the_follow_up_is_for_the_coordinator(held, cast, as_user, who, status):
    assert as_user(getattr(cast, who)).get(page("follow_up", cast)).status_code == status


def test_who_left_no_address_stands_on_the_coordinators_list(held, cast, as_user):
    listed = as_user(cast.coordinator).get(page("follow_up", cast)).context["list"]
    assert [one.owner.email for one in listed.to_call] == [""]
    assert not set(listed.to_call) & {*listed.overdue, *listed.running}


def test_the_coordinator_is_told_whom_to_call_on_the_front_page(held, cast, as_user):
    tiles = as_user(cast.coordinator).get(page("wijk", cast)).context["tiles"]
    assert "trekker om te bellen" in [tile.label for tile in tiles]


def test_a_forged_link_opens_nothing(action, client):
    assert client.get(action_link(action)[:-3] + "x/").status_code == 404


def test_a_link_of_a_promise_that_was_given_back_opens_nothing(action, client):
    action.release(by=None)
    assert client.get(action_link(action)).status_code == 404


def test_the_owner_adds_what_is_needed_and_the_agreement_gets_its_parties(action, client, cast, as_user):
    sent = {"form": "samenwerkingsafspraak", "needs": ["tijd", "kennis"], "needs_what": "Een zaal", "needs_whom": "BSO"}
    assert client.post(action_link(action), sent).status_code == 302
    assert Agreement.objects.get(plan=action.plan).parties.exists()
    told = as_user(cast.gp).get(reverse("home:idea", args=[action.plan.idea.public_id]))
    assert told.context["needs"] == ["tijd", "kennis"]
    assert "nog niet akkoord" in client.get(action_link(action)).content.decode()


def test_an_ending_without_a_sentence_is_asked_again_and_loses_nothing(action, client):
    client.post(action_link(action), {"needs_whom": "De school"})
    answer = client.post(action_link(action) + "einde/", {"status": "completed"})
    assert answer.status_code == 422
    assert "De school" in answer.content.decode()


def test_closing_twice_keeps_the_first_ending(action, client):
    for outcome, status in (("Gelukt", "completed"), ("Toch niet", "stopped")):
        client.post(action_link(action) + "einde/", {"status": status, "outcome": outcome})
    action.refresh_from_db()
    assert (action.outcome, action.status) == ("Gelukt", Action.Status.COMPLETED)

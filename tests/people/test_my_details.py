"""My own card: see it, change it, take everything along, be forgotten."""

import pytest

from samenwijk.journal.models import Entry
from samenwijk.people.models import Organisation, Person, User

pytestmark = pytest.mark.django_db

CARD = {
    "first_name": "Hassan",
    "last_name": "Amrani",
    "discipline": "huisarts",
    "organisation_name": "Huisartsenpraktijk De Waterlelie",
    "phone": "071 123 45 67",
    "call_me_for": "vallen en opstaan",
}


def test_a_visitor_is_sent_to_sign_in(client):
    for address in ("/account/", "/account/gegevens.json", "/account/vergeet-mij/"):
        response = client.get(address)
        assert response.status_code == 302
        assert response.url.startswith("/account/inloggen/")


def test_one_sees_the_own_card_and_nobody_elses(cast, as_user):
    html = as_user(cast.gp).get("/account/").content.decode()
    assert "Amrani" in html
    assert "van Dalen" not in html


def test_one_changes_the_own_card(cast, as_user):
    assert as_user(cast.gp).post("/account/", CARD).status_code == 302
    person = Person.objects.get(user=cast.gp)
    assert (person.phone, person.call_me_for) == ("071 123 45 67", "vallen en opstaan")
    assert Entry.objects.about(person).of_kind("person.changed_card").count() == 1


def test_changing_the_card_makes_no_second_organisation_of_the_same_name(cast, as_user):
    number = Organisation.objects.count()
    as_user(cast.gp).post("/account/", {**CARD, "organisation_name": "huisartsenpraktijk de waterlelie"})
    assert Organisation.objects.count() == number


@pytest.mark.parametrize(
    "wrong",
    [
        {"first_name": ""},
        {"first_name": "x" * 5000},
        {"discipline": "tovenaar"},
        {"phone": "bel me"},
        {"call_me_for": "x" * 81},
    ],
)
def test_a_card_that_is_not_right_is_not_saved_and_comes_back(cast, as_user, wrong):
    response = as_user(cast.gp).post("/account/", {**CARD, **wrong})
    assert response.status_code == 422
    assert Person.objects.get(user=cast.gp).call_me_for != CARD["call_me_for"]


def test_html_in_a_name_stays_text(cast, as_user):
    as_user(cast.gp).post("/account/", {**CARD, "first_name": "<b>Hassan</b> 🌷"})
    html = as_user(cast.gp).get("/account/").content.decode()
    assert "&lt;b&gt;Hassan&lt;/b&gt; 🌷" in html
    assert "<b>Hassan</b>" not in html


def test_the_file_with_my_data_holds_mine_only(cast, as_user):
    response = as_user(cast.gp).get("/account/gegevens.json")
    assert response.headers["Content-Disposition"].startswith("attachment")
    data = response.json()
    assert data["kaart"]["mailadres"] == cast.gp.email
    assert [role["rol"] for role in data["rollen"]] == ["lid"]
    assert cast.resident.email not in response.content.decode()


def test_being_forgotten_asks_for_a_tick_first(cast, as_user):
    client = as_user(cast.gp)
    assert client.get("/account/vergeet-mij/").status_code == 200
    response = client.post("/account/vergeet-mij/")
    assert response.status_code == 422
    assert "Zet een vinkje" in response.content.decode()
    assert Person.objects.get(user=cast.gp).first_name == "Hassan"


def test_being_forgotten_signs_out_and_ends_the_account(cast, as_user):
    user, person = cast.gp, cast.gp.person
    client = as_user(user)
    client.post("/account/vergeet-mij/", {"sure": "on"})
    person.refresh_from_db()
    assert str(person) == "iemand"
    assert "_auth_user_id" not in client.session
    assert not User.objects.get(pk=user.pk).is_active


def test_an_account_without_a_card_says_so_and_can_be_closed(as_user):
    user = User.objects.create_user("los@example.org")
    client = as_user(user)
    assert "nog geen kaart" in client.get("/account/").content.decode()
    assert client.get("/account/gegevens.json").json() == {"account": "los@example.org"}
    client.post("/account/vergeet-mij/", {"sure": "on"})
    user.refresh_from_db()
    assert not user.is_active
    assert "los" not in user.email


@pytest.mark.parametrize(("who", "roles"), [("gp", 1), ("coordinator", 1)])
def test_the_page_asks_few_questions_of_the_database(cast, as_user, who, roles, django_assert_max_num_queries):
    client = as_user(getattr(cast, who))
    with django_assert_max_num_queries(6):
        client.get("/account/")

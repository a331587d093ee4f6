"""/beheer/: for administrators, about the installation, without content."""

import pytest
from django.core.management import call_command

from samenwijk.people.admin import office
from samenwijk.people.models import Membership, Person, Role, User

pytestmark = pytest.mark.django_db


def test_only_administrators_get_in(cast, as_user):
    assert as_user(cast.administrator).get("/beheer/").status_code == 200
    for who in ("coordinator", "gp", "adviser", "facilitator"):
        assert as_user(getattr(cast, who)).get("/beheer/").status_code == 404, who


def test_a_visitor_signs_in_with_a_code_like_everybody(client):
    response = client.get("/beheer/")
    assert response.status_code == 302
    assert response.url.startswith("/account/inloggen/")


def test_the_office_holds_the_installation_and_no_content():
    held = {model._meta.label for model in office._registry}
    assert held == {
        "people.User",
        "people.Role",
        "people.Membership",
        "people.Organisation",
        "places.Region",
        "places.Wijk",
    }


def test_every_list_opens(cast, as_user):
    client = as_user(cast.administrator)
    for model in office._registry:
        address = f"/beheer/{model._meta.app_label}/{model._meta.model_name}/"
        assert client.get(address).status_code == 200, address


def test_an_administrator_gives_a_role_to_somebody_new(cast, as_user):
    role = Role.objects.get(slug="coordinator")
    form = {"email": "Nieuw@example.org", "first_name": "Nieuw", "role": role.pk, "wijk": cast.other_wijk.pk}
    assert as_user(cast.administrator).post("/beheer/people/membership/add/", form).status_code == 302
    person = Person.objects.get(email="nieuw@example.org")
    assert Membership.objects.get(person=person).wijk == cast.other_wijk


def test_a_role_without_its_place_is_refused_with_a_sentence(cast, as_user):
    role = Role.objects.get(slug="coordinator")
    form = {"email": "nieuw@example.org", "first_name": "Nieuw", "role": role.pk}
    response = as_user(cast.administrator).post("/beheer/people/membership/add/", form)
    assert response.status_code == 200
    assert "Kies de plaats" in response.content.decode()
    assert not Person.objects.filter(email="nieuw@example.org").exists()


def test_somebody_unknown_needs_a_name(cast, as_user):
    form = {"email": "nieuw@example.org", "role": Role.objects.get(slug="member").pk, "wijk": cast.wijk.pk}
    response = as_user(cast.administrator).post("/beheer/people/membership/add/", form)
    assert "Vul ook een voornaam in" in response.content.decode()


def test_the_first_administrator_is_made_on_the_command_line(client, capsys):
    call_command("administrator", "Eerste@example.org", name="Eerste")
    call_command("administrator", "eerste@example.org")
    user = User.objects.open_for("eerste@example.org")
    assert user
    assert user.is_staff
    assert Membership.objects.filter(person__user=user).count() == 1

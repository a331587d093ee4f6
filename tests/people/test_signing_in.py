"""Signing in with a code by mail: for whom we know, and without telling whom we know."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from samenwijk.people.models import Person, User

pytestmark = pytest.mark.django_db

LOGIN = "/account/inloggen/"
CONFIRM = "/account/inloggen/code/"


@pytest.fixture
def gp():
    """A member with an account."""
    user = User.objects.create_user("hassan@voorbeeld.example")
    Person.objects.create(first_name="Hassan", email=user.email, user=user)
    return user


def ask(client, address, **more):
    return client.post(LOGIN, {"login": address, **more})


def code() -> str:
    found = re.search(r"^\d{6}$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    return found[0]


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_a_member_signs_in_with_the_code_from_the_mail(client, gp):
    response = ask(client, gp.email)
    assert response.status_code == 302
    assert response.url == CONFIRM
    assert mail.outbox[-1].to == [gp.email]
    client.post(CONFIRM, {"code": code()})
    assert client.session["_auth_user_id"] == str(gp.pk)


def test_one_goes_on_to_the_page_one_came_for(client, gp):
    ask(client, gp.email, next="/account/")
    response = client.post(CONFIRM, {"code": code(), "next": "/account/"})
    assert response.url == "/account/"


def test_somebody_known_without_an_account_gets_one(client):
    tineke = Person.objects.create(first_name="Tineke", email="tineke@voorbeeld.example")
    ask(client, tineke.email.upper())
    client.post(CONFIRM, {"code": code()})
    tineke.refresh_from_db()
    assert tineke.user
    assert client.session["_auth_user_id"] == str(tineke.user.pk)


def test_an_unknown_address_gets_the_same_answer_and_no_account(client, gp):
    known, unknown = ask(client, gp.email), ask(client, "vreemd@example.org")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert not User.objects.filter(email="vreemd@example.org").exists()
    pages = {}
    for address in (gp.email, "vreemd@example.org"):
        ask(client, address)
        html = client.get(CONFIRM).content.decode().replace(address, "ADRES")
        pages[address] = re.sub(r'value="[^"]{20,}"', "", html)
    assert pages[gp.email] == pages["vreemd@example.org"]


def test_an_unknown_address_hears_by_mail_what_to_do_and_gets_no_code(client):
    ask(client, "vreemd@example.org")
    assert "Wij kennen dit adres niet" in mail.outbox[-1].body
    assert not re.search(r"\d{6}", str(mail.outbox[-1].body))


def test_a_wrong_code_is_refused_and_the_right_one_still_works(client, gp):
    ask(client, gp.email)
    right = code()
    wrong = "000000" if right != "000000" else "111111"
    response = client.post(CONFIRM, {"code": wrong})
    assert "Deze code klopt niet" in response.content.decode()
    assert not signed_in(client)
    client.post(CONFIRM, {"code": right})
    assert signed_in(client)


def test_guessing_ends_after_three_codes(client, gp):
    ask(client, gp.email)
    right = code()
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(3):
        client.post(CONFIRM, {"code": wrong})
    client.post(CONFIRM, {"code": right})
    assert not signed_in(client)


def test_a_code_is_worth_nothing_in_another_browser(client, gp, as_user):
    ask(client, gp.email)
    of_the_gp = code()
    elsewhere = as_user(None)
    ask(elsewhere, "vreemd@example.org")
    elsewhere.post(CONFIRM, {"code": of_the_gp})
    assert not signed_in(elsewhere)


def test_who_mistyped_the_address_may_give_another(client, gp):
    ask(client, "vreemd@example.org")
    assert client.get(LOGIN).status_code == 200
    ask(client, gp.email)
    client.post(CONFIRM, {"code": code()})
    assert signed_in(client)


def test_a_second_code_may_be_asked_and_the_first_is_worth_nothing_then(client, gp):
    ask(client, gp.email)
    first = code()
    client.post(CONFIRM, {"action": "resend"})
    second = code()
    if first != second:
        client.post(CONFIRM, {"code": first})
        assert not signed_in(client)
    client.post(CONFIRM, {"code": second})
    assert signed_in(client)


def test_a_closed_account_gets_no_code(client, gp):
    User.objects.filter(pk=gp.pk).update(is_active=False)
    ask(client, gp.email)
    assert not re.search(r"^\d{6}$", str(mail.outbox[-1].body), re.MULTILINE)


def test_nobody_signs_up_or_sets_a_password(client, gp, as_user):
    for name in (
        "account_signup",
        "account_email",
        "account_reset_password",
        "account_change_password",
        "account_set_password",
        "account_reauthenticate",
    ):
        assert client.get(reverse(name)).status_code == 404
        assert as_user(gp).post(reverse(name), {"password": "geheim"}).status_code == 404


def test_asking_too_often_is_stopped_per_address(client, gp):
    for _ in range(3):
        ask(client, gp.email)
    number = len(mail.outbox)
    response = ask(client, gp.email)
    assert "te vaak geprobeerd" in response.content.decode()
    assert len(mail.outbox) == number
    assert ask(client, "ans@voorbeeld.example").status_code == 302


def test_signing_out_asks_first(gp, as_user):
    client = as_user(gp)
    client.get("/account/uitloggen/")
    assert signed_in(client)
    client.post("/account/uitloggen/")
    assert not signed_in(client)


def test_two_people_with_one_mailbox_sign_in_as_the_one_with_a_role(client, gp):
    Person.objects.create(first_name="Partner", email=gp.email)
    ask(client, gp.email)
    client.post(CONFIRM, {"code": code()})
    assert client.session["_auth_user_id"] == str(gp.pk)


@pytest.mark.parametrize("address", ["", "geen adres", "a" * 5000 + "@example.org", "=1+1", "<script>@x"])
def test_an_address_that_is_none_gets_a_sentence(client, address):
    response = ask(client, address)
    assert response.status_code == 200
    assert not mail.outbox


class TestASecondStep:
    """After the code from the mail an app gives another one, for whoever switched that on."""

    @pytest.fixture
    def with_app(self, gp):
        from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

        secret = generate_totp_secret()
        TOTP.activate(gp, secret)
        return secret

    @staticmethod
    def now(secret: str) -> str:
        from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

        return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))

    def test_the_mail_alone_is_not_enough(self, client, gp, with_app):
        ask(client, gp.email)
        response = client.post(CONFIRM, {"code": code()})
        assert response.url == reverse("mfa_authenticate")
        assert not signed_in(client)

    def test_the_code_of_the_app_opens_the_door(self, client, gp, with_app):
        ask(client, gp.email)
        client.post(CONFIRM, {"code": code()})
        assert "Nog één stap" in client.get(reverse("mfa_authenticate")).content.decode()
        client.post(reverse("mfa_authenticate"), {"code": self.now(with_app)})
        assert signed_in(client)

    @pytest.mark.django_db(transaction=True)
    def test_somebody_switches_it_on_and_gets_spare_codes(self, client):
        Person.objects.create(first_name="Hassan", email="hassan@example.org")
        ask(client, "hassan@example.org")
        client.post(CONFIRM, {"code": code()})
        page = client.get(reverse("mfa_activate_totp"))
        secret = page.context["form"].secret
        assert secret in page.content.decode()
        response = client.post(reverse("mfa_activate_totp"), {"code": self.now(secret)}, follow=True)
        assert "Reservecodes" in response.content.decode()
        for name in ("mfa_index", "mfa_generate_recovery_codes", "mfa_deactivate_totp"):
            assert client.get(reverse(name)).status_code == 200, name

"""Signing in with a code by mail, for people whom the installation knows; nobody signs up by themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from samenwijk.people.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Says things in our words, and keeps the door to new accounts closed."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("Deze code klopt niet. Kijk nog eens in de mail."),
        "too_many_login_attempts": _("Dat is te vaak geprobeerd. Wacht een paar minuten en probeer het opnieuw."),
        "rate_limited": _("Dat gaat te snel achter elkaar. Wacht een paar minuten."),
        "account_inactive": _("Dit account is gesloten."),
        "invalid_login": _("Vul je mailadres in."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        contact = {"contact_phone": settings.CONTACT_PHONE, "organisation_name": settings.ORGANISATION_NAME}
        super().send_mail(template_prefix, email, {**context, **contact})


def let_go_of(user: User, **_signal: Any) -> None:
    """After an account is closed: remove the addresses and second factors that could open it."""
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()


def count_as_confirmed(request: HttpRequest, user: User, authenticator: Authenticator, **_signal: Any) -> None:
    """Who has just shown a working second factor need not show it again to see the spare codes."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, method="mfa", type=authenticator.type, reauthenticated=True)

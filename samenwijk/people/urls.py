"""Signing in and my own card. The names are allauth's, for it looks its own pages up by name."""

from allauth.account import views as account
from allauth.mfa import app_settings as mfa
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from django.urls import URLPattern, URLResolver, path

from samenwijk.people import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.my_details, name="my_details"),
    path("gegevens.json", views.download_my_data, name="download_my_data"),
    path("vergeet-mij/", views.forget_me, name="forget_me"),
    path("inloggen/", views.sign_in, name="account_login"),
    path("inloggen/code/", account.confirm_login_code, name="account_confirm_login_code"),
    path("uitloggen/", account.logout, name="account_logout"),
    path("gesloten/", account.account_inactive, name="account_inactive"),
    path("beveiliging/", factors.index, name="mfa_index"),
    path("beveiliging/bevestigen/", factors.authenticate, name="mfa_authenticate"),
    path("beveiliging/opnieuw/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("beveiliging/app/aan/", totp.activate_totp, name="mfa_activate_totp"),
    path("beveiliging/app/uit/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("beveiliging/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("beveiliging/codes/nieuw/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("beveiliging/codes/bewaren/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
]
if "webauthn" in mfa.SUPPORTED_TYPES:
    urlpatterns += [
        path("beveiliging/sleutels/", keys.list_webauthn, name="mfa_list_webauthn"),
        path("beveiliging/sleutels/nieuw/", keys.add_webauthn, name="mfa_add_webauthn"),
        path("beveiliging/sleutels/opnieuw/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
        path("beveiliging/sleutels/<int:pk>/weg/", keys.remove_webauthn, name="mfa_remove_webauthn"),
        path("beveiliging/sleutels/<int:pk>/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    ]
if mfa.PASSKEY_LOGIN_ENABLED:
    urlpatterns.append(path("inloggen/sleutel/", keys.login_webauthn, name="mfa_login_webauthn"))

# allauth looks these up by name; the pages themselves we do not offer.
urlpatterns += [
    path(f"niet/{name}/", views.not_offered, name=name)
    for name in (
        "account_signup",
        "account_request_login_code",
        "account_reauthenticate",
        "account_email",
        "account_email_verification_sent",
        "account_reset_password",
        "account_change_password",
        "account_set_password",
    )
]

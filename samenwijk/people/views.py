"""Signing in, and what I may see, change and take along of my own."""

from typing import Any

from allauth.account.internal.stagekit import clear_login
from allauth.account.views import login as ask_for_a_code
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samenwijk.people.forms import CardForm, ForgetForm
from samenwijk.people.models import User
from samenwijk.people.own_data import own_data
from samenwijk.people.requests import UserRequest
from samenwijk.ui.respond import respond


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Ask for a mail address and send it a code; a person whom we know needs no account beforehand."""
    clear_login(request)  # Whoever comes back here wants another address, not the code of the first one.
    if request.method == "POST":
        User.objects.open_for(request.POST.get("login", ""))
    response: HttpResponseBase = ask_for_a_code(request)
    return response


def not_offered(request: HttpRequest) -> HttpResponse:
    """Passwords, signing up and a list of addresses: here these do not exist."""
    raise Http404


@login_required
@require_http_methods(["GET", "POST"])
def my_details(request: UserRequest) -> HttpResponse:
    """My own card, which others in my wijk see."""
    person = request.user.known_person
    memberships = request.user.memberships
    wijk = next((membership.wijk for membership in memberships if membership.wijk), None)
    context: dict[str, Any] = {"person": person, "memberships": memberships, "wijk": wijk}
    if person is None:
        return respond(request, "people/my_details.html", context)
    form = CardForm.of(person, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        person.change_card(**form.cleaned_data, by=request.user)
        messages.success(request, _("Je gegevens zijn opgeslagen."))
        return redirect("my_details")
    return respond(request, "people/my_details.html", {**context, "form": form}, status=422 if form.is_bound else 200)


@login_required
@require_GET
def download_my_data(request: UserRequest) -> HttpResponse:
    """Everything we hold about me, as a file."""
    person = request.user.known_person
    data = own_data(person) if person else {"account": request.user.email}
    response = JsonResponse(data, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="mijn-gegevens.json"'
    return response


@login_required
@require_http_methods(["GET", "POST"])
def forget_me(request: UserRequest) -> HttpResponse:
    """Forget who I am, after one tick."""
    form = ForgetForm(request.POST if request.method == "POST" else None)
    if not (form.is_bound and form.is_valid()):
        return respond(request, "people/forget_me.html", {"form": form}, status=422 if form.is_bound else 200)
    user, person = request.user, request.user.known_person
    logout(request)
    if person:
        person.forget(by=user)
    else:
        user.close()
    messages.success(request, _("We zijn je naam, mailadres en telefoonnummer vergeten."))
    return redirect(reverse("account_login"))

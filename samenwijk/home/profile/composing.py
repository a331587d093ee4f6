"""Composing a profile: the adviser or coordinator chooses figures, groups and order, looks, and publishes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samenwijk.figures.models import Profile, ProfileVersion
from samenwijk.figures.models.profile import NotPossible, wijken_with_a_profile_for
from samenwijk.home.profile.drafting import draft_page, group_for
from samenwijk.home.profile.forms import ChoiceForm, GroupForm, MoveForm, MoveGroupForm, PutForm
from samenwijk.home.profile.page import cards_of, in_groups, rights_of
from samenwijk.home.profile.preview import document_of
from samenwijk.live.writer import write
from samenwijk.people.requests import UserRequest
from samenwijk.places.models import Wijk

View = Callable[..., HttpResponse]


def for_composers(view: View) -> View:
    """Finds the wijk for who works there or supports its region; only who composes goes on."""

    @login_required
    @wraps(view)
    def guarded(request: UserRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        wijk = get_object_or_404(wijken_with_a_profile_for(request.user).select_related("region"), slug=slug)
        if not Profile.may_be_composed_by(request.user, wijk):
            raise PermissionDenied
        return view(request, wijk, *args, **kwargs)

    return guarded


@for_composers
@require_safe
def draft(request: UserRequest, wijk: Wijk) -> HttpResponse:
    asked = request.GET.get("zoek", "").strip()[:80]
    return render(request, "home/profile_draft.html", draft_page(wijk, request.user, asked))


@for_composers
@require_safe
def preview(request: UserRequest, wijk: Wijk) -> HttpResponse:
    """The draft as it would be published now."""
    works_here = request.user.works_in(wijk)
    cards = cards_of(wijk, document_of(wijk), works_here=works_here)
    context = {"wijk": wijk, "cards": cards, "groups": in_groups(cards), **rights_of(wijk, request.user)}
    return render(request, "home/profile_preview.html", context)


@for_composers
@require_POST
def choose(request: UserRequest, wijk: Wijk) -> HttpResponse:
    form = ChoiceForm(request.POST)
    slug = form.cleaned_data["indicator"] if form.is_valid() else ""
    group = group_for(wijk, request.user, slug)
    if group is None:
        return _back(request, wijk, _("Dit cijfer bestaat niet. Kies een cijfer uit de lijst."))
    return _done(request, wijk, lambda: Profile.of(wijk).choose(slug, group))


@for_composers
@require_POST
def drop(request: UserRequest, wijk: Wijk) -> HttpResponse:
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        return _back(request, wijk, _("Dit cijfer bestaat niet. Kies een cijfer uit de lijst."))
    return _done(request, wijk, lambda: Profile.of(wijk).drop(form.cleaned_data["indicator"]))


@for_composers
@require_POST
def move(request: UserRequest, wijk: Wijk) -> HttpResponse:
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _back(request, wijk, _("Dit cijfer bestaat niet. Kies een cijfer uit de lijst."))
    return _done(request, wijk, lambda: Profile.of(wijk).move(**form.cleaned_data))


@for_composers
@require_POST
def put(request: UserRequest, wijk: Wijk) -> HttpResponse:
    """One figure under another heading."""
    form = PutForm(request.POST)
    if not form.is_valid():
        return _back(request, wijk, _("Geef de groep een naam, bijvoorbeeld: Gezondheid."))
    return _done(request, wijk, lambda: Profile.of(wijk).put_in_group(**form.cleaned_data))


@for_composers
@require_POST
def rename_group(request: UserRequest, wijk: Wijk) -> HttpResponse:
    form = GroupForm(request.POST)
    if not form.is_valid():
        return _back(request, wijk, _("Geef de groep een naam, bijvoorbeeld: Gezondheid."))
    return _done(request, wijk, lambda: Profile.of(wijk).rename_group(**form.cleaned_data))


@for_composers
@require_POST
def move_group(request: UserRequest, wijk: Wijk) -> HttpResponse:
    form = MoveGroupForm(request.POST)
    if not form.is_valid():
        return _back(request, wijk, _("Deze groep bestaat niet meer."))
    return _done(request, wijk, lambda: Profile.of(wijk).move_group(**form.cleaned_data))


@for_composers
@require_POST
def publish(request: UserRequest, wijk: Wijk) -> HttpResponse:
    try:
        version: ProfileVersion = write(lambda: Profile.of(wijk).publish(by=request.user))
    except NotPossible as refused:
        return _back(request, wijk, refused.sentence)
    said = _("Versie %(number)s van het gezondheidsprofiel staat klaar.") % {"number": version.number}
    messages.success(request, said)
    return redirect("home:profile", wijk.slug)


def _done(request: HttpRequest, wijk: Wijk, deed: Callable[[], Any]) -> HttpResponse:
    """Does what was pressed and goes back to the draft; what cannot be done is a sentence."""
    try:
        write(deed)
    except NotPossible as refused:
        return _back(request, wijk, refused.sentence)
    return _back(request, wijk)


def _back(request: HttpRequest, wijk: Wijk, warning: str = "") -> HttpResponse:
    if warning:
        messages.warning(request, warning)
    return redirect("home:profile_draft", wijk.slug)


DRAFT = "wijk/<slug:slug>/gezondheidsprofiel/samenstellen/"
urls = [
    path(DRAFT, draft, name="profile_draft"),
    path(f"{DRAFT}bekijken/", preview, name="profile_preview"),
    path(f"{DRAFT}kies/", choose, name="profile_choose"),
    path(f"{DRAFT}weg/", drop, name="profile_drop"),
    path(f"{DRAFT}verplaats/", move, name="profile_move"),
    path(f"{DRAFT}groep/", put, name="profile_put"),
    path(f"{DRAFT}groep/naam/", rename_group, name="profile_rename_group"),
    path(f"{DRAFT}groep/verplaats/", move_group, name="profile_move_group"),
    path(f"{DRAFT}publiceer/", publish, name="profile_publish"),
]

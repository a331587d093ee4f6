"""Reading a profile: on a page, figure by figure, on paper, as a file, and on the projector."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samenwijk.figures.changes import changes
from samenwijk.figures.models import Profile, ProfileVersion
from samenwijk.figures.models.profile import readable_wijken
from samenwijk.home.profile.export import csv_of
from samenwijk.home.profile.forms import StoryForm
from samenwijk.home.profile.page import page_of, published, rights_of
from samenwijk.home.profile.practices import known_among, practices_for
from samenwijk.home.profile.projecting import projection_of
from samenwijk.meetings.views.report import download, printed
from samenwijk.people.models import User
from samenwijk.places.models import Wijk


def wijk_to_read(request: HttpRequest, slug: str) -> Wijk:
    """For who works there, who supports its region, and for everybody when the wijk is open; else it does not exist."""
    found: Wijk = get_object_or_404(readable_wijken(request.user).select_related("region"), slug=slug)
    return found


def version_to_read(wijk: Wijk, number: int | None) -> ProfileVersion:
    version = published(wijk, number)
    if version is None:
        raise Http404(_("Deze versie is er niet."))
    return version


@require_safe
def profile(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """The published profile; an older version says that it is older."""
    wijk = wijk_to_read(request, slug)
    newest = published(wijk)
    version = newest if number is None else version_to_read(wijk, number)
    context = page_of(wijk, version, request.user) | {"newest": newest}
    return render(request, "home/profile.html", context)


@require_safe
def figure(request: HttpRequest, slug: str, indicator: str) -> HttpResponse:
    """One figure with all its pictures, every story, and room for your own."""
    return figure_page(request, slug, indicator, StoryForm())


def figure_page(request: HttpRequest, slug: str, indicator: str, form: StoryForm, status: int = 200) -> HttpResponse:
    wijk = wijk_to_read(request, slug)
    context = page_of(wijk, version_to_read(wijk, None), request.user, only=indicator)
    if not context["cards"]:
        raise Http404(_("Dit cijfer staat niet in het profiel."))
    context |= {"card": context["cards"][0], "form": form}
    return render(request, "home/profile_figure.html", context, status=status)


@require_safe
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version with what changed in it, the newest first."""
    wijk = wijk_to_read(request, slug)
    every = list(
        ProfileVersion.objects.visible_to(request.user).filter(profile__wijk=wijk).select_related("published_by")
    )
    works_here = isinstance(request.user, User) and request.user.works_in(wijk)
    named = [figure for version in every for figure in version.all_figures]
    shown = practices_for(wijk, named, works_here=works_here)
    known = [known_among(version.all_figures, shown) for version in every]
    differences = [[], *(changes(old, new) for old, new in pairwise(known))]
    told = list(zip(every, differences, strict=False))[::-1]
    return render(
        request, "home/profile_versions.html", {"wijk": wijk, "versions": told, **rights_of(wijk, request.user)}
    )


@require_safe
def on_paper(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The version on A4: as PDF where that can be made, else as the page itself."""
    wijk = wijk_to_read(request, slug)
    version = version_to_read(wijk, number)
    context = page_of(wijk, version, request.user, on_paper=True)
    return printed(request, "home/profile_print.html", context, _file_name(wijk, version))


@require_safe
def as_csv(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    wijk = wijk_to_read(request, slug)
    version = version_to_read(wijk, number)
    shown = practices_for(wijk, version.all_figures, works_here=False)
    content = "\ufeff" + csv_of(version, shown)
    return download(content.encode(), "text/csv; charset=utf-8", f"{_file_name(wijk, version)}.csv")


@require_safe
@never_cache
def screen(request: HttpRequest, token: str, indicator: str = "") -> HttpResponse:
    """One figure for the whole room. Whoever holds the address may look; it needs no sign-in and takes nothing."""
    found = get_object_or_404(Profile.objects.with_token(token).select_related("wijk"))
    shown: dict[str, Any] | None = projection_of(found, indicator, request.user)
    if shown is None:
        raise Http404(_("Dit cijfer staat niet in het profiel."))
    return render(request, "home/profile_screen.html", shown)


def _file_name(wijk: Wijk, version: ProfileVersion) -> str:
    return slugify(f"gezondheidsprofiel {wijk.slug} versie {version.number}")


PROFILE = "wijk/<slug:slug>/gezondheidsprofiel/"
urls = [
    path(PROFILE, profile, name="profile"),
    path(f"{PROFILE}versies/", versions, name="profile_versions"),
    path(f"{PROFILE}versie/<int:number>/", profile, name="profile_version"),
    path(f"{PROFILE}versie/<int:number>/a4/", on_paper, name="profile_print"),
    path(f"{PROFILE}versie/<int:number>/cijfers.csv", as_csv, name="profile_csv"),
    path(f"{PROFILE}cijfer/<slug:indicator>/", figure, name="profile_figure"),
    path("profielscherm/<str:token>/", screen, name="profile_screen"),
    path("profielscherm/<str:token>/<slug:indicator>/", screen, name="profile_screen_figure"),
]

"""Stories behind the figures: members write, and whoever moderates shows, hides and takes that back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samenwijk.figures.frozen import frozen_in
from samenwijk.figures.models import Profile, Story
from samenwijk.figures.models.profile import wijken_with_a_profile_for
from samenwijk.home.profile.forms import StoryForm
from samenwijk.home.profile.page import published, rights_of, titles_of
from samenwijk.home.profile.views import figure_page, wijk_to_read
from samenwijk.live.writer import write
from samenwijk.meetings.phone_page import key_of
from samenwijk.people.models import Organisation, User
from samenwijk.people.requests import UserRequest
from samenwijk.places.models import Wijk

PER_PAGE = 20


@require_POST
@login_required
def tell(request: UserRequest, slug: str, indicator: str) -> HttpResponse:
    """Members of the wijk, residents among them, write; the story waits until somebody shows it."""
    wijk = wijk_to_read(request, slug)
    if not request.user.works_in(wijk):
        raise PermissionDenied
    form = StoryForm(request.POST, known=known_in(wijk, request.user))
    if not form.is_valid():
        return figure_page(request, slug, indicator, form, status=422)
    key, text = key_of(request), form.cleaned_data["text"]
    write(lambda: Story.tell(wijk=wijk, indicator=indicator, text=text, by=request.user, key=key))
    messages.success(request, _("Dank je wel. Je verhaal wacht nog: iemand kijkt of er niemand in te herkennen is."))
    return redirect("home:profile_figure", slug, indicator)


@require_POST
@login_required
def look_over(request: UserRequest, slug: str) -> HttpResponse:
    """What in a story that somebody is writing may name a person. The text is not kept and not logged."""
    wijk = wijk_to_read(request, slug)
    if not request.user.works_in(wijk):
        raise PermissionDenied
    form = StoryForm(request.POST, known=known_in(wijk, request.user))
    return render(request, "home/_guard.html", {"form": form, "typing": True})


def known_in(wijk: Wijk, user: User) -> set[str]:
    """Names with a capital that are no person: the places in the profile, and the organisations of the wijk."""
    version = published(wijk)
    figures = frozen_in(version.document) if version else ()
    places = {one.name for figure in figures for one in (figure.own, *figure.beside, *figure.places)}
    return {wijk.name, *places, *Organisation.objects.visible_to(user).values_list("name", flat=True)}


@login_required
@require_safe
def stories(request: UserRequest, slug: str) -> HttpResponse:
    """All stories of the wijk, those that wait first."""
    wijk = get_object_or_404(wijken_with_a_profile_for(request.user).select_related("region"), slug=slug)
    if not Profile.may_be_moderated_by(request.user, wijk):
        raise PermissionDenied
    told = Story.objects.visible_to(request.user).filter(wijk=wijk).order_by("-status", "-written_at", "-pk")
    page = Paginator(told, PER_PAGE).get_page(request.GET.get("pagina"))
    context = {"wijk": wijk, "page": page, "titles": titles_of(wijk), **rights_of(wijk, request.user)}
    return render(request, "home/profile_stories.html", context)


def _decide(request: UserRequest, public_id: UUID, deed: Callable[[Story], None], said: str) -> HttpResponse:
    story = get_object_or_404(Story.objects.visible_to(request.user).select_related("wijk"), public_id=public_id)
    if not Profile.may_be_moderated_by(request.user, story.wijk):
        raise PermissionDenied
    write(lambda: deed(story))
    messages.success(request, said)
    return redirect("home:profile_stories", story.wijk.slug)


@require_POST
@login_required
def show(request: UserRequest, public_id: UUID) -> HttpResponse:
    return _decide(
        request, public_id, lambda story: story.show(by=request.user), _("Iedereen kan dit verhaal nu lezen.")
    )


@require_POST
@login_required
def hide(request: UserRequest, public_id: UUID) -> HttpResponse:
    return _decide(request, public_id, lambda story: story.hide(by=request.user), _("Het verhaal is verborgen."))


@require_POST
@login_required
def undo(request: UserRequest, public_id: UUID) -> HttpResponse:
    return _decide(request, public_id, lambda story: story.undo(by=request.user), _("Het is weer zoals het was."))


@require_POST
@login_required
def take_back(request: UserRequest, public_id: UUID) -> HttpResponse:
    """A writer's own story, away for good."""
    story = get_object_or_404(
        Story.objects.visible_to(request.user).select_related("wijk", "author"), public_id=public_id
    )
    if not story.is_by(request.user):
        raise PermissionDenied
    slug, indicator = story.wijk.slug, story.indicator
    write(lambda: story.take_back(by=request.user))
    messages.success(request, _("Je verhaal is weg."))
    return redirect("home:profile_figure", slug, indicator)


PROFILE = "wijk/<slug:slug>/gezondheidsprofiel/"
urls = [
    path(f"{PROFILE}cijfer/<slug:indicator>/verhaal/", tell, name="profile_tell"),
    path(f"{PROFILE}nakijken/", look_over, name="profile_look_over"),
    path(f"{PROFILE}verhalen/", stories, name="profile_stories"),
    path("verhaal/<uuid:public_id>/toon/", show, name="story_show"),
    path("verhaal/<uuid:public_id>/verberg/", hide, name="story_hide"),
    path("verhaal/<uuid:public_id>/ongedaan/", undo, name="story_undo"),
    path("verhaal/<uuid:public_id>/weg/", take_back, name="story_take_back"),
]

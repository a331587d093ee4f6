"""The projector: one page for who has its address, to look at only. It needs no sign-in and takes nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samenwijk.meetings.models import Meeting
from samenwijk.meetings.projecting import projection, way_in, with_counts
from samenwijk.ui.respond import respond


@require_safe
@never_cache
def screen(request: HttpRequest, token: str) -> HttpResponse:
    meeting = get_object_or_404(with_counts(Meeting.objects.with_token("screen", token)))
    return respond(request, "meetings/screen.html", {**projection(meeting), **way_in(request, meeting)})


urls = [path("scherm/<str:token>/", screen, name="screen")]

"""One page with one SQL read, with the middleware of the product around it."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from tests.live.server_settings import *  # noqa: F403

ROOT_URLCONF = "bench.page_settings"
INSTALLED_APPS = ["samenwijk.live.apps.LiveConfig", "django.contrib.contenttypes", "django.contrib.sessions"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def one_read(request: HttpRequest) -> HttpResponse:
    from samenwijk.live.models import Room

    return HttpResponse(f"<p>{Room.objects.count()}</p>" * 40)


urlpatterns = [path("one-read", one_read)]

"""Every address of the product."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from samenwijk.people.admin import office

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("samenwijk.home.urls")),
    path("", include("samenwijk.meetings.urls")),
    path("", include("samenwijk.plans.urls")),
    path("", include("samenwijk.notify.urls")),
    path("account/", include("samenwijk.people.urls")),
    path("beheer/", office.urls),
    path("taal/", include("django.conf.urls.i18n")),
    path("", include("samenwijk.ui.urls")),
]
if settings.DEMO:
    urlpatterns.insert(0, path("", include("samenwijk.demo.urls")))

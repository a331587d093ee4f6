"""The reader's own choices, and in the demo and in development the page of all components."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, path

from samenwijk.ui import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("lettertype/", views.choose_font, name="choose_font"),
    path("offline.js", views.offline, name="offline"),
]
if settings.DEMO or settings.DEBUG:
    urlpatterns += [
        path("stijl/", views.style, name="style"),
        path("stijl/<slug:page>/", views.style, name="style_page"),
    ]

"""Addresses that exist in the demo only."""

from django.urls import URLPattern, URLResolver, path

from samenwijk.demo import views

app_name = "demo"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.front, name="front"),
    path("demo/deur/<slug:slug>/", views.enter, name="enter"),
    path("demo/sleutel/<slug:slug>/<slug:key>/", views.key, name="key"),
    path("demo/postvak/", views.mailbox, name="mailbox"),
    path("demo/postvak/<uuid:public_id>/", views.mail, name="mail"),
    path("demo/bijlage/<uuid:public_id>/", views.attachment, name="attachment"),
    path("demo/avond/", views.evening, name="evening"),
    path("demo/avond/spelen/", views.play, name="play"),
    path("demo/avond/opnieuw/", views.again, name="again"),
]

from django.urls import URLPattern, URLResolver, path

from samenwijk.notify import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("afmelden/<str:token>/", views.unsubscribe, name="unsubscribe"),
]

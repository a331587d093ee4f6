from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "samenwijk.places"
    label = "places"

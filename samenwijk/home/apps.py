from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "samenwijk.home"
    label = "home"

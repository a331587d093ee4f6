from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "samenwijk.figures"
    label = "figures"

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "samenwijk.ui"
    label = "ui"

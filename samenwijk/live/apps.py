from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "samenwijk.live"
    label = "live"

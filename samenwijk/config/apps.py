from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "samenwijk.config"
    label = "config"

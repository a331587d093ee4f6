from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "samenwijk.demo"
    label = "demo"

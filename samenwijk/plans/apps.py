from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "samenwijk.plans"
    label = "plans"

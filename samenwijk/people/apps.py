from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "samenwijk.people"
    label = "people"

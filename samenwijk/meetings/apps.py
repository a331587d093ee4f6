from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "samenwijk.meetings"
    label = "meetings"

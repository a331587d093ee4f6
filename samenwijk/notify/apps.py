from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "samenwijk.notify"
    label = "notify"

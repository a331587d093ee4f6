from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "samenwijk.journal"
    label = "journal"

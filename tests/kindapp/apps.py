from django.apps import AppConfig


class KindAppConfig(AppConfig):
    name = "tests.kindapp"
    label = "kindapp"

    def ready(self) -> None:
        from samenwijk.meetings.kinds import register
        from tests.kindapp.kinds import Wishes

        register(Wishes)

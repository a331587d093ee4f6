from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "samenwijk.home"
    label = "home"

    def ready(self) -> None:
        from samenwijk.home.retention import tidy_up
        from samenwijk.live import background

        background.every(3600, tidy_up)

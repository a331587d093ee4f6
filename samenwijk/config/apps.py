from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "samenwijk.config"
    label = "config"

    def ready(self) -> None:
        from samenwijk.config import checks  # noqa: F401  (registers them)

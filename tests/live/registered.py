"""An app that registers background work, as the product's apps do."""

from django.apps import AppConfig


class RegisteredConfig(AppConfig):
    name = "tests.live"
    label = "registered"

    def ready(self) -> None:
        from samenwijk.live import background, lifespan, presence
        from tests.live.server_urls import count_rooms, fail

        background.every(0.2, count_rooms)
        background.every(0.2, fail)
        # Tests do not wait a quarter of a minute.
        lifespan.HEARTBEAT = 1.0
        presence.BETWEEN_PAGES = 1.5

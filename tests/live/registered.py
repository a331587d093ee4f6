"""An app that registers background work, as the product's apps do."""

import os

from django.apps import AppConfig


class RegisteredConfig(AppConfig):
    name = "tests.live"
    label = "registered"

    def ready(self) -> None:
        from samenwijk.live import background, lifespan, presence
        from tests.live.server_urls import count_rooms, fail

        if not os.environ.get("LIVE_TESTS_IN_A_HURRY"):
            return
        background.every(0.2, count_rooms)
        background.every(0.2, fail)
        # Tests do not wait a quarter of a minute.
        lifespan.HEARTBEAT = 1.0
        presence.BETWEEN_PAGES = 1.5

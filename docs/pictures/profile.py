"""The picture of the health profile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docs.pictures.camera import CONSOLE, Camera

WIDE = 600
"""Smaller than elsewhere: the pictures of the handbook together stay small."""
PROFILE = "/wijk/merenwijk/gezondheidsprofiel/"


def pictures_of_the_profile(base: str, camera: Camera, tell: Callable[[str], None]) -> None:
    """Goes in by the doors of the demo, so it needs no evening."""
    tell("the health profile")
    desk = camera.screen(CONSOLE)
    enters(desk, base, "adviseur")
    desk.goto(base + PROFILE)
    camera.keep(camera.look(desk, 1250), "profiel", width=WIDE)


def enters(page: Any, base: str, door: str) -> None:
    page.goto(base)
    page.locator(f'form[action="/demo/deur/{door}/"] button').click()

"""The pictures of the health profile: reading it, a story, and one figure on the large screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docs.pictures.camera import CONSOLE, PROJECTOR, Camera

WIDE = 880
"""Smaller than elsewhere: the pictures of the handbook together stay small."""
PROFILE = "/wijk/merenwijk/gezondheidsprofiel/"


def pictures_of_the_profile(base: str, camera: Camera, tell: Callable[[str], None]) -> None:
    """Goes in by the doors of the demo, so it needs no evening."""
    tell("the health profile")
    desk = camera.screen(CONSOLE)
    enters(desk, base, "adviseur")
    desk.goto(base + PROFILE)
    camera.keep(camera.look(desk, 1500), "profiel", width=WIDE)
    wall = camera.screen(PROJECTOR)
    wall.goto(base + desk.get_by_role("link", name="Op het grote scherm").get_attribute("href") + "overgewicht/")
    camera.keep(camera.look(wall), "profiel-op-het-scherm", width=WIDE)
    phone = camera.phone()
    enters(phone, base, "bewoner")
    phone.goto(base + PROFILE + "cijfer/aandeel-een-persoon/#verhalen")
    camera.keep(camera.look(phone), "profiel-verhaal")


def enters(page: Any, base: str, door: str) -> None:
    page.goto(base)
    page.locator(f'form[action="/demo/deur/{door}/"] button').click()

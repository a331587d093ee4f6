"""Takes the pictures: Chromium looks, Pillow makes them small."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

SAND, LINE = "#faf6ee", "#d9d5cb"
COLOURS = 256
CONSOLE, PHONE, PROJECTOR = (1440, 900), (390, 780), (1920, 1080)
SHARP = 1.5
"""Pixels of a phone's picture for each of its own: small letters stay readable."""

AS_IN_A_WIJK = """() => {
  document.querySelectorAll(".demo-banner, .screen-header__demo").forEach(part => part.remove());
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    texts.currentNode.data = texts.currentNode.data.replaceAll(location.host, "samenwijk.example");
  }
  for (const field of document.querySelectorAll("input[type=date], input[type=datetime-local]")) {
    const [day, time] = field.value.split("T");
    field.type = "text";
    field.value = [day ? day.split("-").reverse().join("-") : "dd-mm-jjjj", time].filter(Boolean).join(" ");
  }
}"""
"""Without the banner and the address of the demo, and with dates as a browser in Dutch shows them."""


class NoChromium(Exception):
    """There is no browser to take pictures with."""


class Camera:
    """`screen` is a window of a size with cookies of its own; `keep` writes a picture."""

    def __init__(self, browser: Any, folder: Path) -> None:
        self.browser, self.folder = browser, folder
        folder.mkdir(parents=True, exist_ok=True)

    def screen(self, size: tuple[int, int], sharp: float = 1) -> Any:
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            device_scale_factor=sharp,
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            reduced_motion="reduce",
        )
        context.set_default_timeout(20_000)
        return context.new_page()

    def phone(self) -> Any:
        return self.screen(PHONE, SHARP)

    @staticmethod
    def look(page: Any, height: int = 0) -> Image.Image:
        """What the page shows, without what belongs to the demo only. With a height: so much of the page."""
        page.wait_for_load_state()
        page.mouse.move(0, 0)
        page.evaluate("document.fonts.ready.then(() => undefined)")
        page.evaluate(AS_IN_A_WIJK)
        width = page.viewport_size["width"]
        before = page.viewport_size["height"]
        if height:
            page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(250)
        picture = Image.open(io.BytesIO(page.screenshot()))
        page.set_viewport_size({"width": width, "height": before})
        return picture.convert("RGB")

    def keep(self, picture: Image.Image, name: str, *, width: int = 0) -> None:
        if width and width < picture.width:
            picture = picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)
        self.write(picture, self.folder / f"{name}.png")

    @staticmethod
    def write(picture: Image.Image, path: Path) -> None:
        """As few colours as a page has: a fifth of the size, and nobody sees it."""
        small = picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE)
        small.save(path, optimize=True)

    def strip(self, phones: list[Image.Image], name: str) -> None:
        """Phones side by side."""
        gap, edge = 45, 24
        width = sum(phone.width for phone in phones) + gap * (len(phones) + 1)
        sheet = Image.new("RGB", (width, max(phone.height for phone in phones) + 2 * gap), SAND)
        left = gap
        for phone in phones:
            sheet.paste(phone, (left, gap), rounded(phone.size, edge))
            ImageDraw.Draw(sheet).rounded_rectangle(
                (left - 1, gap - 1, left + phone.width, gap + phone.height), edge, outline=LINE, width=4
            )
            left += phone.width + gap
        self.keep(sheet, name, width=1400 if len(phones) > 2 else 950)


def rounded(size: tuple[int, int], radius: int) -> Image.Image:
    mask = Image.new("L", size, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), radius, fill=255)
    return mask


@contextmanager
def camera(folder: Path) -> Iterator[Camera]:
    program = os.environ.get("SAMENWIJK_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise NoChromium("There is no Chromium on this machine (apt install chromium).")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage"]
        started = playwright.chromium.launch(executable_path=program, args=arguments)
        try:
            yield Camera(started, folder)
        finally:
            started.close()

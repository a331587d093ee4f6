"""The pages of a practice: typing figures over, and a file as others will see it. All numbers are invented."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docs.pictures.camera import CONSOLE, Camera
from samenwijk.figures.practice.examples import as_csv

WIDE = 900
TYPED = (("T90", "187"), ("R95", "96"), ("K86", "512"), ("P76", "143"), ("P70", "38"))


def practice(base: str, lens: Camera, tell: Callable[[str], None]) -> None:
    tell("praktijk")
    desk: Any = lens.screen(CONSOLE)
    desk.goto(base)
    desk.locator('form[action$="/demo/deur/praktijk/"] button').click()
    desk.wait_for_load_state()
    home = f"{base}/wijk/merenwijk/praktijk/"
    desk.goto(home + "overtypen/")
    desk.locator("#id_registered").fill("3120")
    for line, (problem, count) in enumerate(TYPED, start=1):
        desk.locator(f"#id_problem_{line}").select_option(problem)
        desk.locator(f"#id_count_{line}").fill(count)
    lens.keep(lens.look(desk, 1250), "praktijk-overtypen", width=WIDE)
    desk.goto(home + "bestand/")
    file = as_csv().replace(b";14;640;", b";4;640;")
    desk.locator("#id_file").set_input_files({"name": "cijfers.csv", "mimeType": "text/csv", "buffer": file})
    desk.locator("main form button").click()
    desk.locator("#akkoord").wait_for()
    lens.keep(lens.look(desk, 1500), "praktijk-bekijken", width=WIDE)

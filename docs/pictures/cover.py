"""The picture of the README: the projector, the console and a phone, in a street."""

from __future__ import annotations

import base64
import io
from pathlib import Path

from PIL import Image

from docs.pictures.camera import Camera
from samenwijk.ui.drawings import gables

SIZE = (1600, 900)
PAGE = """<!doctype html><title>Samenwijk</title><style>
* {{ box-sizing: border-box; margin: 0 }}
body {{ width: 1600px; height: 900px; overflow: hidden; position: relative;
  background: linear-gradient(#d8ebec 0, #e9efe9 62%, #f6efe0 88%) }}
img {{ display: block; width: 100% }}
.street {{ position: absolute; left: -8px; right: -8px; bottom: 70px; opacity: .9 }}
.street svg {{ display: block; width: 100% }}
.ground {{ position: absolute; inset: auto 0 0; height: 70px; background: #083a40 }}
.wall {{ position: absolute; left: 262px; top: 36px; width: 1076px; padding: 14px; background: #fff;
  border-radius: 10px; box-shadow: 0 30px 70px -20px #142b2e80, 0 0 0 2px #142b2e22 }}
.desk {{ position: absolute; left: 72px; bottom: 36px; width: 560px }}
.desk div {{ padding: 13px 13px 17px; background: #142b2e; border-radius: 18px 18px 0 0;
  box-shadow: 0 30px 60px -16px #142b2eaa }}
.desk img {{ border-radius: 4px }}
.desk::after {{ content: ""; display: block; margin: 0 -44px; height: 20px; border-radius: 3px 3px 18px 18px;
  background: linear-gradient(#d9d5cb, #b6b1a5) }}
.phone {{ position: absolute; right: 104px; bottom: 36px; width: 280px; padding: 12px; background: #142b2e;
  border-radius: 44px; box-shadow: 0 34px 70px -16px #142b2ecc }}
.phone img {{ border-radius: 33px }}
</style>
<div class="street">{street}</div><div class="ground"></div>
<div class="wall"><img src="{wall}"></div>
<div class="desk"><div><img src="{console}"></div></div>
<div class="phone"><img src="{phone}"></div>"""


def cover(camera: Camera, shots: dict[str, Image.Image], path: Path) -> None:
    page = camera.screen(SIZE)
    page.set_content(PAGE.format(street=gables("samenwijk", 15), **{name: data(shot) for name, shot in shots.items()}))
    page.wait_for_timeout(300)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    camera.write(picture, path)


def data(picture: Image.Image) -> str:
    file = io.BytesIO()
    picture.save(file, "PNG")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()

"""`python -m docs.pictures`: a demo of its own, an evening in it, and the pictures of that evening.

With `ways`, `practice` or `profile` it takes only the pictures of the other ways of working, of a practice, or of the
health profile.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from docs.pictures.camera import NoChromium, camera
from docs.pictures.cover import cover
from docs.pictures.evening import Room
from docs.pictures.moments import Photographer
from docs.pictures.practice import practice
from docs.pictures.profile import pictures_of_the_profile
from docs.pictures.ways import ways
from samenwijk.demo.play.theatre import own_server

DOCS = Path(__file__).resolve().parents[1]


def tell(words: str) -> None:
    print(f"{words} ...", flush=True)


def main() -> int:
    began = time.monotonic()
    try:
        with own_server() as base, camera(DOCS / "handboek/beelden") as lens:
            only = set(sys.argv[1:])
            if not only:
                photographer = Photographer(Room(base), lens, tell)
                photographer.whole_evening()
                cover(lens, photographer.cover, DOCS / "picture.png")
            if not only or "ways" in only:
                ways(base, lens, tell)
            if not only or "practice" in only:
                practice(base, lens, tell)
            if not only or "profile" in only:
                pictures_of_the_profile(base, lens, tell)
    except NoChromium as error:
        print(error, file=sys.stderr)
        return 1
    pictures = sorted((DOCS / "handboek/beelden").glob("*.png"))
    size = sum(picture.stat().st_size for picture in pictures) / 1e6
    print(f"{len(pictures)} pictures, {size:.1f} MB, in {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())

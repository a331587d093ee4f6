"""The buurten of Baarn as PDOK publishes them (2024), roughly drawn; skipped where the shared data is absent."""

import json
import math
from typing import Any

import pytest
from shapely import unary_union
from shapely.geometry import shape

from samenwijk.ui.charts import Place
from tests.source import ROOT

FILE = ROOT.parent / "shared/data/pdok-wijkenbuurten-kerncijfers/baarn_buurten_2024.geojson"
WIDTH = 340


def baarn() -> tuple[list[Place], tuple[float, float]]:
    if not FILE.is_file():
        pytest.skip("the shared data is not here")
    features = json.loads(FILE.read_text(encoding="utf-8"))["features"]
    shapes = {feature["properties"]["buurtnaam"]: shape(feature["geometry"]) for feature in features}
    shares = {
        feature["properties"]["buurtnaam"]: feature["properties"]["percentage_personen_65_jaar_en_ouder"]
        for feature in features
    }
    west, south, east, north = unary_union(list(shapes.values())).bounds
    across = WIDTH / (east - west)
    upright = across / math.cos(math.radians(south))

    def path(outline: Any) -> str:
        parts = getattr(outline.simplify((east - west) / 90), "geoms", [outline.simplify((east - west) / 90)])
        drawn = (
            "L".join(f"{round((x - west) * across)} {round((north - y) * upright)}" for x, y in part.exterior.coords)
            for part in parts
        )
        return "".join(f"M{points}z" for points in drawn)

    places = [Place(name, shares[name], path=path(outline)) for name, outline in sorted(shapes.items())]
    return places, (WIDTH, (north - south) * upright)

"""Outlines: degrees and metres come out the same, neighbours keep one border, and the drawing is small."""

import gzip
import json
import re

import pytest

from samenwijk.figures.reading import shapes, view_box
from samenwijk.methods.rd import to_wgs84
from samenwijk.places.models import Area
from samenwijk.ui import charts
from samenwijk.ui.charts.outlines import fitted
from tests.figures import files
from tests.figures.files import take_in

pytestmark = pytest.mark.django_db
real = pytest.mark.skipif(not files.PUBLISHED.is_dir(), reason="the published files do not stand beside this project")


def feature(code, ring, **properties):
    geometry = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    return {"type": "Feature", "properties": {"buurtcode": code, "buurtnaam": code, **properties}, "geometry": geometry}


def written(tmp_path, *features, name="shapes.geojson"):
    path = tmp_path / name
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def edge(x, south=450000, steps=100):
    """A border from south to north that wavers by a metre."""
    return [[x + number % 2, south + 10 * number] for number in range(steps + 1)]


def two_neighbours():
    left = [[99000, 451000], [99000, 450000], *edge(100000)]
    right = [*reversed(edge(100000)), [101000, 450000], [101000, 451000]]
    return feature("BU05460801", left), feature("BU05460802", right)


def points(path):
    """The corners of a path, from its relative steps."""
    start, steps = re.fullmatch(r"M(-?\d+ -?\d+)l([-\d ]+)z", path).groups()
    numbers = [int(number) for number in steps.split()]
    at = [int(number) for number in start.split()]
    found = [tuple(at)]
    for x, y in zip(numbers[::2], numbers[1::2], strict=True):
        at = [at[0] + x, at[1] + y]
        found.append(tuple(at))
    return set(found)


def test_neighbours_are_simplified_and_still_share_their_border(tmp_path):
    take_in("geometry", written(tmp_path, *two_neighbours()), "--boundary-year", "2024")
    found = shapes(["BU05460801", "BU05460802"], 2024)
    left, right = (points(found[code].path) for code in ("BU05460801", "BU05460802"))
    assert len(left) < 12
    assert len(left & right) >= 2
    assert view_box(found.values()) == "99000 174000 2000 1000"


def test_degrees_and_metres_come_out_the_same(tmp_path):
    take_in("geometry", written(tmp_path, *two_neighbours()), "--boundary-year", "2024")
    metres = shapes(["BU05460801"], 2024)["BU05460801"]
    degrees = [
        {**one, "geometry": {"type": "Polygon", "coordinates": [
            [[float(part) for part in to_wgs84(*point)] for point in one["geometry"]["coordinates"][0]]
        ]}}
        for one in two_neighbours()
    ]  # fmt: skip
    take_in("geometry", written(tmp_path, *degrees), "--boundary-year", "2023")
    box = shapes(["BU05460801"], 2023)["BU05460801"].box
    assert all(abs(one - other) <= 1 for one, other in zip(box, metres.box, strict=True))


def test_the_same_outlines_twice_change_nothing_and_the_year_may_be_in_the_file(tmp_path, refuses):
    path = written(tmp_path, feature("BU05460801", [[1e5, 45e4], [101e3, 45e4], [101e3, 451e3]], jaar=2024))
    take_in("geometry", path)
    before = shapes(["BU05460801"], 2024)
    take_in("geometry", path)
    assert shapes(["BU05460801"], 2024) == before
    nameless = written(tmp_path, *two_neighbours(), name="other.geojson")
    assert "--boundary-year" in refuses("geometry", nameless)


def test_an_area_that_is_all_water_is_left_out_and_told(tmp_path):
    line = feature("BU05460803", [[1e5, 45e4], [101e3, 45e4], [102e3, 45e4]])
    sea = line | {
        "properties": {"buurtcode": "BU05460804"},
        "geometry": {"type": "MultiPolygon", "coordinates": []},
    }
    told = take_in("geometry", written(tmp_path, *two_neighbours(), sea, line), "--boundary-year", "2024")
    assert "2 omtrekken van 2024" in told
    assert "2 × een gebied zonder land" in told


@real
def test_a_map_of_a_real_gemeente_is_light(tmp_path):
    take_in("geometry", files.PUBLISHED / "pdok-wijkenbuurten-kerncijfers/baarn_buurten_2024.geojson")
    found = shapes(Area.objects.values_list("code", flat=True), 2024)
    box = tuple(int(number) for number in view_box(found.values()).split())
    paths, size = fitted({code: outline.path for code, outline in found.items()}, box, 340)
    places = [charts.Place(code, number + 0.5, "", path) for number, (code, path) in enumerate(paths.items())]
    assert len(places) == 21
    assert len(gzip.compress(charts.area_map("Per buurt", places, size, decimals=1).svg.encode())) < 2000


def test_points_on_a_straight_line_are_not_drawn():
    path = "M1000 2000l30 0 30 0 0 30 0 0-20 0-40 0z"
    paths, size = fitted({"BU05460801": path}, (1000, 2000, 60, 30), 60)
    assert (paths["BU05460801"], size) == ("M0 0l60 0 0 30-60 0z", (60, 30))


@real
def test_real_outlines_in_both_systems(tmp_path):
    told = take_in("geometry", files.PUBLISHED / "pdok-wijkenbuurten-kerncijfers/baarn_buurten_2024.geojson")
    assert told.startswith("21 omtrekken van 2024")
    found = shapes(["BU03080000", "BU03080001"], 2024)
    assert all(len(outline.path) < 1500 for outline in found.values())
    wijken = files.PUBLISHED / "wijk-geometry"
    take_in("geometry", wijken / "nl_wijken_2016_rd28992.geojson", "--boundary-year", "2016", "--gemeente", "GM0518")
    take_in(
        "geometry", wijken / "haaglanden_wijken_72_crs84.geojson", "--boundary-year", "2017", "--gemeente", "GM0518"
    )
    codes = ["WK051801", "WK051810", "WK051828"]
    rd, degrees = shapes(codes, 2016), shapes(codes, 2017)
    assert set(rd) == set(degrees) == set(codes)
    for code in codes:
        # The first file is strongly generalised: its borders lie up to some hundred metres off.
        assert all(abs(one - other) < 400 for one, other in zip(rd[code].box, degrees[code].box, strict=True)), code

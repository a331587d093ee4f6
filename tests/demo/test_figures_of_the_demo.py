"""The demo's figures are those that were published, to the last digit."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from samenwijk.demo import extract

PUBLISHED = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.fixture(scope="module")
def shipped():
    return json.loads(extract.TARGET.read_text(encoding="utf-8"))


def one(shipped, **wanted):
    (row,) = [row for row in shipped["figures"] if wanted.items() <= row.items()]
    return row


@pytest.mark.parametrize(
    ("area", "value", "low", "high"), [("GM0546", "39.9", "37.7", "42.1"), ("GM0268", "41.5", "39.2", "43.7")]
)
def test_overweight_in_the_gemeenten(shipped, area, value, low, high):
    row = one(shipped, indicator="overgewicht", area=area)
    assert (row["value"], row["low"], row["high"]) == (value, low, high)


@pytest.mark.parametrize(
    ("area", "year", "people"),
    [
        ("WK054608", 2024, "13965"),
        ("WK054608", 2020, "14335"),
        ("WK026805", 2024, "19550"),
        ("WK026805", 2020, "18735"),
    ],
)
def test_inhabitants_of_the_wijken(shipped, area, year, people):
    assert one(shipped, indicator="inwoners", area=area, period=year)["value"] == people


def test_a_share_comes_from_two_counts_of_the_same_area_and_edition(shipped):
    row = one(shipped, indicator="aandeel-65-plus", area="WK054608", period=2024)
    assert Decimal(row["value"]) == round(Decimal(100) * 3175 / 13965, 1)


def test_every_buurt_of_both_wijken_is_there(shipped):
    buurten = {area["code"] for area in shipped["areas"] if area["level"] == "buurt"}
    assert len(buurten) == 11


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published files do not stand beside this project")
def test_the_file_equals_what_the_publishers_wrote(shipped):
    assert json.loads(extract.written(extract.document(PUBLISHED))) == shipped

"""The demo's figures are those that were published, to the last digit, and came in through the ordinary import."""

from decimal import Decimal
from pathlib import Path

import pytest

from samenwijk.demo import extract
from samenwijk.demo.figures import import_figures
from samenwijk.figures.models import DatasetVersion
from samenwijk.figures.reading import observations
from samenwijk.places.models import Area

PUBLISHED = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.fixture
def shipped(db):
    import_figures()


def one(slug, area, period=None, age=None):
    found = observations([area], indicators=[slug], all_periods=True)
    (seen,) = [seen for seen in found if period in {None, seen.period} and age in {None, seen.age_group}]
    return seen


@pytest.mark.parametrize(
    ("area", "value", "low", "high"), [("GM0546", "39.9", "37.7", "42.1"), ("GM0268", "41.5", "39.2", "43.7")]
)
def test_overweight_in_the_gemeenten(shipped, area, value, low, high):
    seen = one("overgewicht", area, age="18-plus")
    assert (str(seen.value), str(seen.low), str(seen.high)) == (value, low, high)


@pytest.mark.parametrize(
    ("area", "year", "people"),
    [("WK054608", 2024, 13965), ("WK054608", 2020, 14335), ("WK026805", 2024, 19550), ("WK026805", 2020, 18735)],
)
def test_inhabitants_of_the_wijken(shipped, area, year, people):
    assert one("inwoners", area, year).value == people


def test_a_share_comes_from_two_counts_of_the_same_area_and_edition(shipped):
    seen = one("aandeel-65-plus", "WK054608", 2024)
    assert seen.value == round(Decimal(100) * 3175 / 13965, 1)
    assert (seen.kind, seen.rounding) == ("computed", 5)


def test_every_buurt_of_both_wijken_is_there(shipped):
    assert Area.objects.filter(level="buurt").values("code").distinct().count() == 11


def test_importing_again_changes_nothing(shipped):
    before = list(DatasetVersion.objects.values_list("pk", flat=True))
    import_figures()
    assert list(DatasetVersion.objects.values_list("pk", flat=True)) == before


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published files do not stand beside this project")
def test_the_files_equal_what_the_publishers_wrote():
    for name, content in extract.documents(PUBLISHED).items():
        assert (extract.TARGET / name).read_text(encoding="utf-8") == content, name

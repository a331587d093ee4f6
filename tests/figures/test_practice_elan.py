"""The published GP figures of ELAN, through the mapping of practices: Merenwijk as it stands there."""

from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command

from samenwijk.figures.models import DeliveredCell, Delivery
from samenwijk.figures.practices import practice_readings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_deliveries_yet(cast):
    """The wijk of the cast comes with published figures of GPs; here it begins without any."""
    Delivery.objects.all().delete()


FILE = (
    Path(__file__).resolve().parents[3] / "shared/data/elan-wijkprofielen/wijk_jaar_aantallen__Opioid_data_summary.csv"
)
HEADINGS = (
    "wc,gem_name,YEAR,Total_All_Pop,Total_ICPCPat_Pop,Loneliness_ICPC_1,Obesitas_ICPC_1,Alcohol_Dependency_ICPC_1,"
    "OPIOID_MED1"
)
needs_file = pytest.mark.skipif(not FILE.exists(), reason="the wijkprofielen of ELAN are not beside the project")


def shown(cast):
    return {reading.slug: reading for reading in practice_readings(cast.wijk, viewer=AnonymousUser())}


def imports(path, wijk="merenwijk"):
    call_command("elan", str(path), "--wijk", wijk, verbosity=0)


@needs_file
def test_merenwijk_as_elan_publishes_it(cast, capsys):
    imports(FILE)
    found = shown(cast)
    assert set(found) == {"elan-eenzaamheid", "elan-ernstig-overgewicht", "elan-alcohol"}
    heavy = found["elan-ernstig-overgewicht"]
    assert (heavy.period, heavy.count, heavy.registered, heavy.practices) == (2020, 20, 9990, 0)
    assert found["elan-eenzaamheid"].status == "too_small", "11 is ten or fewer"
    assert heavy.source == "Bron: ELAN wijkprofielen, LUMC Health Campus Den Haag, MIT (c) 2023 elan-dcc"
    assert "niet alle bewoners" in heavy.denominator
    assert Delivery.objects.count() == 11


@needs_file
def test_the_same_file_again_changes_nothing(cast):
    imports(FILE)
    before = sorted(DeliveredCell.objects.values_list("pk", "count"))
    imports(FILE)
    assert sorted(DeliveredCell.objects.values_list("pk", "count")) == before


@needs_file
def test_sensitive_groups_are_never_read(cast):
    imports(FILE)
    assert not DeliveredCell.objects.filter(indicator__iregex="opioid|inkomen|wanbet|ses").exists()


def test_a_year_with_few_of_the_residents_is_passed_over_and_a_newer_file_takes_the_place(cast, tmp_path):
    path = tmp_path / "elan.csv"
    path.write_text(f"{HEADINGS}\n54608,Leiden,2019,14000,300,20,40,60,9\n54608,Leiden,2020,14000,9000,20,40,60,9\n")
    imports(path)
    assert {reading.period for reading in shown(cast).values()} == {2020}
    path.write_text(f"{HEADINGS}\n54608,Leiden,2020,14000,9000,25,40,60,9\n")
    imports(path)
    assert shown(cast)["elan-eenzaamheid"].count == 25
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "wijk", "sentence"),
    [
        ("wc,YEAR\n54608,2020\n", "merenwijk", "ontbreekt de kolom"),
        (f"{HEADINGS}\n99999,Elders,2020,14000,9000,20,40,60,9\n", "merenwijk", "geen regels"),
        (f"{HEADINGS}\n54608,Leiden,2020,14000,9000,20,40,60,9\n", "nergens", "no wijk"),
        ("<html></html>", "merenwijk", "webpagina"),
        (None, "merenwijk", "bestand is er niet"),
    ],
)
def test_what_is_no_such_file_is_refused_with_a_sentence(cast, tmp_path, content, wijk, sentence):
    path = tmp_path / "elan.csv"
    if content is not None:
        path.write_text(content)
    with pytest.raises(CommandError, match=sentence):
        imports(path, wijk)
    assert not Delivery.objects.exists()


def test_practices_and_what_was_published_are_never_summed(cast, tmp_path):
    path = tmp_path / "elan.csv"
    path.write_text(f"{HEADINGS}\n54608,Leiden,2020,14000,9000,20,40,60,9\n")
    imports(path)
    assert all(reading.practices == 0 for reading in practice_readings(cast.wijk, viewer=cast.gp))


def test_a_file_with_some_of_the_problems_gives_those(cast, tmp_path):
    path = tmp_path / "elan.csv"
    path.write_text("wc,YEAR,Total_All_Pop,Total_ICPCPat_Pop,Obesitas_ICPC_1\n54608,2020,14000,9000,40\n")
    imports(path)
    assert set(shown(cast)) == {"elan-ernstig-overgewicht"}

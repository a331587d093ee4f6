"""What GPs recorded in the Merenwijk, as ELAN published it: a count of 10 or less is written as 11 and stays hidden."""

import csv
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from samenwijk.demo import cast
from samenwijk.figures.models import Delivery
from samenwijk.figures.practice.cells import Cell, Delivered
from samenwijk.places.models import Wijk

FILE = Path(__file__).parent / "data" / "elan-wijkprofielen" / "merenwijk.csv"
PUBLISHER, LICENCE = "ELAN (LUMC, Health Campus Den Haag)", "MIT"
TEN_OR_LESS = 11
PROBLEMS = {
    "Obesitas_ICPC_1": ("elan-obesitas", "Ernstig overgewicht, in dit jaar vastgelegd door de huisarts"),
    "Loneliness_ICPC_1": ("elan-eenzaamheid", "Eenzaamheid, vastgesteld in dat jaar"),
}


def deliver_elan(wijk: Wijk) -> None:
    """Every year of the file, open to everybody: it was published. Doing it again changes nothing."""
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            year = int(row["YEAR"])
            cells = tuple(
                Cell(slug, title, "", "", _known(row[column]), int(row["Total_ICPCPat_Pop"]))
                for column, (slug, title) in PROBLEMS.items()
            )
            delivery = Delivery.deliver(
                Delivered(year, "ELAN", cells),
                practice=None,
                wijk=wijk,
                key=uuid5(NAMESPACE_URL, f"{cast.DOMAIN}/elan/{year}"),
                publisher=PUBLISHER,
                licence=LICENCE,
            )
            delivery.approve(visibility=Delivery.Visibility.PUBLIC)


def _known(text: str) -> int | None:
    count = int(text)
    return None if count == TEN_OR_LESS else count

"""What a delivery consists of, as plain values."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Cell:
    """How many people (`count`) of how many registered, for an age group and sex; "" is all of them together.

    `count` or `registered` is None where it is hidden. `position` keeps the order in which ages came.
    """

    indicator: str
    title: str
    age_group: str
    sex: str
    count: int | None
    registered: int | None
    position: int = 0

    @property
    def place(self) -> tuple[str, str, str]:
        return self.indicator, self.age_group, self.sex

    @property
    def is_total(self) -> bool:
        return not self.age_group and not self.sex

    def hidden(self) -> "Cell":
        return replace(self, count=None)


@dataclass(frozen=True)
class Delivered:
    """What may be kept of one year, after protection. `origin` is the system that counted, as the practice names it."""

    period: int
    origin: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Row:
    """One line as it came in, checked but not protected: it lives in memory only.

    `count` is None where the source itself says that it is too small to tell.
    """

    period: int
    indicator: str
    title: str
    age_group: str
    sex: str
    count: int | None
    registered: int
    origin: str = ""

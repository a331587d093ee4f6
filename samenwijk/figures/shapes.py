"""Outlines of areas as SVG, on one plane for the whole country."""

from collections.abc import Iterable
from dataclasses import dataclass

from samenwijk.figures.models import Shape


@dataclass(frozen=True)
class Outline:
    """Path data in metres (x to the east, y to the south) and the box that holds it: left, top, width, height."""

    path: str
    box: tuple[int, int, int, int]

    @property
    def view_box(self) -> str:
        return " ".join(str(number) for number in self.box)


def shapes(codes: Iterable[str], boundary_year: int) -> dict[str, Outline]:
    """The outlines that are known of these areas, by code, in one query; neighbours fit point by point."""
    found = Shape.objects.filter(area__code__in=set(codes), area__boundary_year=boundary_year).select_related("area")
    return {shape.area.code: Outline(shape.path, (shape.left, shape.top, shape.width, shape.height)) for shape in found}


def view_box(outlines: Iterable[Outline]) -> str:
    """The smallest box around all of them, for the `viewBox` of one drawing."""
    boxes = [outline.box for outline in outlines]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
    return f"{left} {top} {right - left} {bottom - top}"

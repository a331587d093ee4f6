"""Outlines of areas, from path data on a large plane to whole units of a drawing."""

import re
from collections.abc import Mapping
from itertools import pairwise

Ring = list[tuple[float, float]]
Size = tuple[float, float]
MANY = 15
SMALLEST_LABEL = 34.0
TOKEN = re.compile(r"[A-Za-z]|-?\d+(?:\.\d+)?")


def fitted(outlines: Mapping[str, str], box: tuple[int, int, int, int], width: float) -> tuple[dict[str, str], Size]:
    """Outlines in metres as they fit in a drawing of this width, which is at most 0.8 as high as it is wide; its size.

    Many areas in one drawing are small, so that their borders need fewer places.
    """
    left, top, across, down = box
    scale = min(width / max(across, 1), width * 0.8 / max(down, 1))
    step = 2 if len(outlines) > MANY else 1
    return {code: _scaled(path, left, top, scale, step) for code, path in outlines.items()}, (width, down * scale)


def _scaled(path: str, left: int, top: int, scale: float, step: int) -> str:
    """An outline in steps of the drawing, without the points that change nothing in it."""
    parts = []
    for ring in rings_of(path):
        points: list[tuple[int, int]] = []
        for x, y in ring:
            point = (step * round((x - left) * scale / step), step * round((y - top) * scale / step))
            while len(points) > 1 and _between(points[-2], points[-1], point):
                points.pop()
            if not points or point != points[-1]:
                points.append(point)
        if len(points) > 2:
            moves = [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(points)]
            parts.append(f"M{points[0][0]} {points[0][1]}l{' '.join(moves)}z".replace(" -", "-"))
    return "".join(parts)


def _between(before: tuple[int, int], point: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether a point lies on the straight line between its neighbours; seen from either side, so that areas fit."""
    (ax, ay), (bx, by), (cx, cy) = before, point, after
    straight = (bx - ax) * (cy - by) == (by - ay) * (cx - bx)
    return straight and (bx - ax) * (cx - bx) + (by - ay) * (cy - by) >= 0


def rings_of(path: str) -> list[Ring]:
    """The rings of path data with M, L, H, V and Z in both cases, as absolute points."""
    rings: list[Ring] = []
    x = y = 0.0
    command = "M"
    tokens = TOKEN.findall(path)
    index = 0
    while index < len(tokens):
        if tokens[index].isalpha():
            command = tokens[index]
            index += 1
            if command in "Zz":
                if rings and rings[-1]:
                    x, y = rings[-1][0]
                continue
        size = 1 if command in "HhVv" else 2
        numbers = [float(number) for number in tokens[index : index + size]]
        index += size
        relative = command.islower()
        if command in "Hh":
            x = x + numbers[0] if relative else numbers[0]
        elif command in "Vv":
            y = y + numbers[0] if relative else numbers[0]
        else:
            x, y = (x + numbers[0], y + numbers[1]) if relative else (numbers[0], numbers[1])
        if command in "Mm":
            rings.append([])
            command = "l" if relative else "L"
        rings[-1].append((x, y))
    return rings


def middle_of(path: str) -> tuple[float, float] | None:
    """Where a number fits: the middle of the largest ring; None where the area is too small to hold one."""
    points = max(rings_of(path), key=lambda ring: abs(_area(ring)), default=[])
    area = _area(points)
    if abs(area) < SMALLEST_LABEL**2 / 2:
        return None
    x = y = 0.0
    for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True):
        part = ax * by - bx * ay
        x, y = x + (ax + bx) * part, y + (ay + by) * part
    return round(x / (6 * area), 1), round(y / (6 * area), 1)


def _area(points: Ring) -> float:
    """The signed area of a ring."""
    if len(points) < 3:
        return 0.0
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs) / 2

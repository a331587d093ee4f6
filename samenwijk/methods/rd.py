"""Between longitude/latitude (WGS84) and the metres of the Dutch national grid (RD New), by a polynomial.

Within the Netherlands both directions are less than half a metre off, far below what a map on a screen shows.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

# Amersfoort, the middle of the grid, in both systems.
LATITUDE, LONGITUDE = 52.15517440, 5.38720621
EAST, NORTH = 155000.0, 463000.0

# (power of the first, power of the second): coefficient. Sources in docs/methods/rd.md.
_TO_EAST = {(0, 1): 190094.945, (1, 1): -11832.228, (2, 1): -114.221, (0, 3): -32.391, (1, 0): -0.705, (3, 1): -2.340,
            (1, 3): -0.608, (0, 2): -0.008, (2, 3): 0.148}  # fmt: skip
_TO_NORTH = {(1, 0): 309056.544, (0, 2): 3638.893, (2, 0): 73.077, (1, 2): -157.984, (3, 0): 59.788, (0, 1): 0.433,
             (2, 2): -6.439, (1, 1): -0.032, (0, 4): 0.092, (1, 4): -0.054}  # fmt: skip
_TO_LATITUDE = {(0, 1): 3235.65389, (2, 0): -32.58297, (0, 2): -0.24750, (2, 1): -0.84978, (0, 3): -0.06550,
                (2, 2): -0.01709, (1, 0): -0.00738, (4, 0): 0.00530, (2, 3): -0.00039, (4, 1): 0.00033,
                (1, 1): -0.00012}  # fmt: skip
_TO_LONGITUDE = {(1, 0): 5260.52916, (1, 1): 105.94684, (1, 2): 2.45656, (3, 0): -0.81885, (1, 3): 0.05594,
                 (3, 1): -0.05607, (0, 1): 0.01199, (3, 2): -0.00256, (1, 4): 0.00128, (0, 2): 0.00022,
                 (2, 0): -0.00022, (5, 0): 0.00026}  # fmt: skip


def to_rd(longitude: ArrayLike, latitude: ArrayLike) -> tuple[Floats, Floats]:
    """Metres east and north of WGS84 degrees, as arrays of the same shape. ValueError outside the Netherlands."""
    lon, lat = np.asarray(longitude, "f8"), np.asarray(latitude, "f8")
    _check((lon > 3) & (lon < 7.6) & (lat > 50.5) & (lat < 53.8), "These degrees are not in the Netherlands.")
    first, second = 0.36 * (lat - LATITUDE), 0.36 * (lon - LONGITUDE)
    return EAST + _sum(_TO_EAST, first, second), NORTH + _sum(_TO_NORTH, first, second)


def to_wgs84(east: ArrayLike, north: ArrayLike) -> tuple[Floats, Floats]:
    """Longitude and latitude in degrees of RD metres, as arrays of the same shape. ValueError outside the grid."""
    x, y = np.asarray(east, "f8"), np.asarray(north, "f8")
    _check(is_rd(x, y), "These metres are not in the Netherlands.")
    first, second = (x - EAST) * 1e-5, (y - NORTH) * 1e-5
    longitude = LONGITUDE + _sum(_TO_LONGITUDE, first, second) / 3600
    return longitude, LATITUDE + _sum(_TO_LATITUDE, first, second) / 3600


def is_rd(east: ArrayLike, north: ArrayLike) -> NDArray[np.bool_]:
    """Whether these can be metres of the grid: the area of the Netherlands with the sea that belongs to it."""
    x, y = np.asarray(east, "f8"), np.asarray(north, "f8")
    inside: NDArray[np.bool_] = (x > -7000) & (x < 300000) & (y > 289000) & (y < 629000)
    return inside


def _sum(terms: dict[tuple[int, int], float], first: Floats, second: Floats) -> Floats:
    total = np.zeros(np.broadcast(first, second).shape)
    for (p, q), coefficient in terms.items():
        total = total + coefficient * first**p * second**q
    return total


def _check(inside: NDArray[np.bool_], sentence: str) -> None:
    if not np.all(inside):
        raise ValueError(sentence)

"""Degrees and the national grid: known points, and there and back again."""

import numpy as np
import pytest

from samenwijk.methods.rd import is_rd, to_rd, to_wgs84

# Points whose both coordinates are published: Amersfoort (the centre of the grid) and the Westertoren in Amsterdam.
KNOWN = [((5.38720621, 52.15517440), (155000, 463000)), ((4.88352559, 52.37453253), (120700.723, 487525.502))]


@pytest.mark.parametrize(("degrees", "metres"), KNOWN)
def test_known_points(degrees, metres):
    assert np.hypot(*(np.array(to_rd(*degrees)) - metres)) < 0.5
    assert np.allclose(to_wgs84(*metres), degrees, atol=5e-6)


def test_there_and_back_again_is_less_than_half_a_metre_off():
    east, north = np.meshgrid(np.linspace(20000, 278000, 40), np.linspace(307000, 612000, 40))
    back = to_rd(*to_wgs84(east, north))
    assert np.hypot(back[0] - east, back[1] - north).max() < 0.5


@pytest.mark.parametrize("wrong", [lambda: to_rd(52, 5), lambda: to_wgs84(5, 52), lambda: to_rd(np.nan, 52)])
def test_what_is_not_in_the_netherlands_is_refused(wrong):
    with pytest.raises(ValueError, match="not in the Netherlands"):
        wrong()


def test_degrees_are_not_metres():
    assert not is_rd(5.3, 52.1)
    assert is_rd(155000, 463000)

"""Figures about places: where they come from, what they measure, the values themselves, never altered; and profiles."""

from samenwijk.figures.models.datasets import AreaBlock, ColumnBlock, DatasetVersion
from samenwijk.figures.models.practice import DeliveredCell, Delivery
from samenwijk.figures.models.profile import Profile, ProfileVersion
from samenwijk.figures.models.shapes import Shape
from samenwijk.figures.models.sources import Indicator, Source
from samenwijk.figures.models.story import Story

__all__ = [
    "AreaBlock",
    "ColumnBlock",
    "DatasetVersion",
    "DeliveredCell",
    "Delivery",
    "Indicator",
    "Profile",
    "ProfileVersion",
    "Shape",
    "Source",
    "Story",
]

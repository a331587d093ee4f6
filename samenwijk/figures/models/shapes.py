"""The outline of an area, ready to be drawn."""

from django.db import models

from samenwijk.places.models import Area


class Shape(models.Model):
    """An area as SVG path data in whole metres, x to the east and y to the south, on one plane for the country.

    Neighbours share their borders point by point, so shapes of one boundary year may be drawn side by side.
    """

    area = models.OneToOneField(Area, on_delete=models.CASCADE, related_name="shape", primary_key=True)
    path = models.TextField()
    left = models.IntegerField()
    top = models.IntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    def __str__(self) -> str:
        return str(self.area)

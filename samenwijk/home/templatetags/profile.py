"""Small words of a profile that need two values at once."""

from django import template

from samenwijk.figures.frozen import FrozenFigure, FrozenReading

register = template.Library()


@register.simple_tag
def figure_text(figure: FrozenFigure, reading: FrozenReading) -> str:
    """The value of another area in the unit of the figure: "50,1%"."""
    return figure.written(reading.value)


@register.simple_tag
def title_of(titles: dict[str, str], indicator: str) -> str:
    """How an indicator is called; its own name where nobody knows it any more."""
    return titles.get(indicator, indicator)

"""A frozen figure as pictures: beside others, through the years, and per buurt; for page, paper and projector."""

from django.utils.translation import gettext as _

from samenwijk.figures.frozen import FrozenFigure, FrozenMoment, FrozenReading
from samenwijk.figures.practices import PracticeReading
from samenwijk.places.models import Area
from samenwijk.ui import charts
from samenwijk.ui.charts import Chart
from samenwijk.ui.charts.outlines import fitted, middle_of

SHORTEST_SERIES = 2
MAP_WIDTH = 340.0
KINDS = {Area.Level.GEMEENTE: charts.GEMEENTE, Area.Level.LAND: charts.COUNTRY}


def beside(figure: FrozenFigure, *, wide: bool = False) -> Chart | None:
    """The figure with its margin, and what it may be compared with. Counts of places of another size are not drawn."""
    if figure.is_a_count or not (figure.own.is_figure or figure.beside):
        return None
    marks = [
        charts.Mark(KINDS.get(Area.Level(one.level), charts.REGION), value_of(one))
        for one in figure.beside
        if one.area != figure.own.area
    ]
    return charts.beside(
        figure.title, value_of(figure.own), marks, unit=figure.unit, decimals=figure.decimals, wide=wide, flag=False
    )


def of_practices(reading: PracticeReading, *, wide: bool = False) -> Chart | None:
    """What practices counted, with its margin, on an axis of its own; nothing where it is too small to show."""
    if not reading.is_figure:
        return None
    value = charts.Value(
        _("In de dossiers van huisartsen"), *(_number(part) for part in (reading.value, reading.low, reading.high))
    )
    return charts.beside(reading.title, value, [], unit=_("per 1.000"), decimals=1, wide=wide, flag=False)


def years(figure: FrozenFigure) -> Chart | None:
    """The same figure through the years; nothing when only one year may be shown."""
    moments = [_moment(moment) for moment in figure.moments]
    if len(moments) < SHORTEST_SERIES:
        return None
    title = _("Door de jaren heen")
    return charts.trend(title, moments, unit=figure.unit, decimals=figure.decimals)


def buurten(figure: FrozenFigure) -> Chart | None:
    """The buurten of the wijk: a map where all outlines are known, else a list in the order of their names."""
    if not figure.places:
        return None
    told = {"unit": figure.unit, "decimals": figure.decimals, "name": f"kaart-{figure.indicator}"}
    title = _("Per buurt")
    if figure.box is None:
        return charts.area_list(title, [_place(one) for one in figure.places], **told)  # type: ignore[arg-type]
    paths, size = fitted({one.area: figure.outlines[one.area] for one in figure.places}, figure.box, MAP_WIDTH)
    drawn = [_place(one, paths[one.area]) for one in figure.places]
    return charts.area_map(title, drawn, size, **told)  # type: ignore[arg-type]


def _moment(moment: FrozenMoment) -> charts.Moment:
    one = value_of(moment.reading)
    return charts.Moment(moment.period, one.value, one.low, one.high, moment.edition, moment.reading.why)


def value_of(reading: FrozenReading) -> charts.Value:
    """A reading as the charts take it: what is not known stays unknown."""
    return charts.Value(reading.place, *(_number(part) for part in (reading.value, reading.low, reading.high)))


def _number(part: object) -> float | None:
    return None if part is None else float(part)  # type: ignore[arg-type]


def _place(one: FrozenReading, path: str = "") -> charts.Place:
    return charts.Place(one.name, _number(one.value), one.why, path, middle_of(path))

"""Charts as SVG made in Python, with a table and one sentence of text from the same data.

`interval` (a figure with its margin, and other areas beside it), `spine` (one line of a list of figures), `beside` (a
figure and what it may be compared with, on one track), `trend` (the same figure at several moments), `area_map` and
`area_list` (the buurten of a wijk), `bars` (answers, and votes with places) and `stacked` (statements). They need no
JavaScript, they print, and they stand in a PDF: colours and letters are attributes, and a class on each part lets the
dark theme and the projector choose their own. `wide=True` draws for the projector instead of for a phone.
"""

from samenwijk.ui.charts.areas import Place, area_list, area_map
from samenwijk.ui.charts.beside import COUNTRY, GEMEENTE, REGION, Mark, beside
from samenwijk.ui.charts.canvas import Chart, number
from samenwijk.ui.charts.figure import Value, interval
from samenwijk.ui.charts.spine import span_of, spine
from samenwijk.ui.charts.statements import stacked
from samenwijk.ui.charts.trend import Moment, trend
from samenwijk.ui.charts.votes import Bar, bars

__all__ = [
    "COUNTRY",
    "GEMEENTE",
    "REGION",
    "Bar",
    "Chart",
    "Mark",
    "Moment",
    "Place",
    "Value",
    "area_list",
    "area_map",
    "bars",
    "beside",
    "interval",
    "number",
    "span_of",
    "spine",
    "stacked",
    "trend",
]

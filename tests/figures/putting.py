"""Puts a few figures into the block store, as an import would."""

from decimal import Decimal

import numpy as np

from samenwijk.figures.importing.assembling import Harvest
from samenwijk.figures.importing.tables import Table, known
from samenwijk.figures.store.blocks import Status
from samenwijk.figures.store.layout import Column, Place
from samenwijk.figures.store.writing import store
from samenwijk.places.codes import level_of

NAMES = {"WK054608": "Merenwijkdistrict", "GM0546": "Leiden", "NL00": "Nederland"}


def column(slug, *, unit="aantal", decimals=0, kind="counted", age="", lanes=1, rounding=5):
    return Column(slug, slug, slug, slug, unit, decimals, kind, age, lanes, rounding if kind == "counted" else None)


def put(slug, cells, *, year=2024, table="85984NED", names=None, boundary_year=None, **about):
    """`cells`: code -> value, (value, low, high) or the word of a status."""
    lanes = 3 if any(isinstance(cell, tuple) for cell in cells.values()) else 1
    made = column(slug, lanes=lanes, **about)
    values = np.zeros((len(cells), lanes), "i8")
    statuses = np.full((len(cells), lanes), Status.UNKNOWN, "u1")
    for row, cell in enumerate(cells.values()):
        if isinstance(cell, str):
            statuses[row] = Status[cell.upper()]
            continue
        for lane, part in enumerate(cell if isinstance(cell, tuple) else (cell,)):
            values[row, lane] = int(Decimal(str(part)).scaleb(made.decimals))
            statuses[row, lane] = Status.FIGURE
    places = tuple(Place(code, (names or NAMES).get(code, code), level_of(code)) for code in cells)
    harvest = Harvest(
        places=places,
        columns=(made,),
        values={year: values},
        statuses={year: statuses},
        present={year: np.ones(len(cells), "?")},
        published=frozenset({(year, 0)}),
        provisional=frozenset(),
    )
    of = table if isinstance(table, Table) else known(table)
    return store(of, boundary_year or year, harvest, {}, lambda text: None)

"""The store of figures: 25 million synthetic observations imported, read as profiles and as maps, on this database.

    python -m bench.figures                     all parts; SAMENWIJK_DATABASE_URL chooses the database
    python -m bench.figures --cells 2000000     a smaller store

Beside it in the same run: plain rows (a bounded number of them, scaled up: that is said) and a numpy memmap. The whole
shared KWB 2020 is imported beside polars reading the same file, where polars is installed (it is no dependency).
"""

import argparse
import contextlib
import importlib.util
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

AREAS, INDICATORS, YEARS = 17_000, 200, 8
ROWS = 1_000_000
KWB = Path(__file__).resolve().parents[2] / "shared" / "data" / "cbs-kwb-2020-v3"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, default=AREAS * INDICATORS * YEARS)
    parser.add_argument("--rows", type=int, default=ROWS)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="samenwijk-bench-figures-"))
    os.environ.setdefault("SAMENWIJK_DATA_DIR", str(folder))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenwijk.config.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    created = (
        connection.creation.create_test_db(verbosity=0, autoclobber=True) if connection.vendor != "sqlite" else None
    )
    if not created:
        call_command("migrate", verbosity=0)
    try:
        years = max(1, round(asked.cells / AREAS / INDICATORS))
        print(json.dumps({"database": connection.vendor}), flush=True)
        for part in (lambda: blocks(years), lambda: rows(asked.rows, years), lambda: memmap(years, folder), kwb):
            load = round(os.getloadavg()[0], 1)
            print(json.dumps(part() | {"load average before": load}, indent=1), flush=True)
    finally:
        if created:
            connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
        shutil.rmtree(folder)


def synthetic(years):
    """A country of areas with figures in their millions, percentages and averages; one in twelve is missing."""
    import numpy as np

    from samenwijk.figures.importing.assembling import Harvest
    from samenwijk.figures.store.blocks import Status
    from samenwijk.figures.store.layout import Column, Place

    chance = np.random.default_rng(1)
    places = [Place("NL00", "Nederland", "land"), *(Place(f"GM{n:04}", f"G{n}", "gemeente") for n in range(340))]
    places += [Place(f"WK{n % 340:04}{n // 340:02}", f"W{n}", "wijk") for n in range(3000)]
    places += [Place(f"BU{n % 340:04}{n // 340:04}", f"B{n}", "buurt") for n in range(AREAS - len(places))]
    columns = tuple(
        Column(f"indicator-{n}", f"M{n:06}", f"Indicator {n}", f"Indicator {n}", ("aantal", "%")[n % 2], n % 2,
               ("counted", "published")[n % 2], "", 1, 5 if n % 2 == 0 else None)
        for n in range(INDICATORS)
    )  # fmt: skip
    values, statuses = {}, {}
    for year in range(2024 - years + 1, 2025):
        cells = chance.integers(0, 1000, (AREAS, INDICATORS)).astype("i8")
        cells[0] = 17_000_000
        missing = chance.random((AREAS, INDICATORS)) < 0.08
        cells[missing] = 0
        values[year], statuses[year] = cells, np.where(missing, Status.UNKNOWN, Status.FIGURE).astype("u1")
    return Harvest(
        places=tuple(places), columns=columns, values=values, statuses=statuses,
        present={year: np.ones(AREAS, "?") for year in values},
        published=frozenset((year, n) for year in values for n in range(INDICATORS)), provisional=frozenset(),
    )  # fmt: skip


def timed(function, times=1):
    """Wall and CPU milliseconds: the median of several runs, after one to warm up when there are several."""
    if times > 1:
        function()
    walls, cpus = [], []
    for _run in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        function()
        walls.append((time.perf_counter() - wall) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
    return {"wall_ms": round(statistics.median(walls), 3), "cpu_ms": round(statistics.median(cpus), 3)}


def size_of_tables(*tables):
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            asked = "SELECT sum(pg_total_relation_size(t::regclass)) FROM unnest(%s::text[]) AS t"
            cursor.execute(asked, [list(tables)])
            return round(int(cursor.fetchone()[0]) / 1e6, 1)
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return round(Path(str(connection.settings_dict["NAME"])).stat().st_size / 1e6, 1)


def blocks(years):
    from samenwijk.figures.importing.tables import known
    from samenwijk.figures.reading import map_of, observations
    from samenwijk.figures.store.writing import store

    harvest = synthetic(years)
    cells = sum(array.size for array in harvest.values.values())
    before = size_of_tables("figures_areablock", "figures_columnblock", "figures_datasetversion")
    taken = timed(lambda: store(known("50150NED"), 2024, harvest, {}, lambda text: None))
    size = size_of_tables("figures_areablock", "figures_columnblock", "figures_datasetversion") - before
    code = harvest.places[9000].code
    profile = observations([code])
    assert len(profile) == INDICATORS
    assert {seen.period for seen in profile} == {2024}
    position = 9000
    for seen in profile:
        number = int(seen.indicator.split("-")[1])
        value = harvest.values[2024][position, number]
        assert not seen.is_figure or int(seen.value.scaleb(seen.decimals)) == value
    whole = map_of("indicator-7", None)
    assert len(whole) == AREAS
    return {
        "cells": cells,
        "import with all checks": taken,
        "size_mb": round(size, 1),
        "profile of 200 indicators": timed(lambda: observations([code]), 30),
        "map of all areas, as arrays": timed(lambda: whole_map("indicator-7"), 30),
        "map of one gemeente, as observations": timed(lambda: dict(map_of("indicator-7", "GM0100")), 10),
    }


def whole_map(indicator):
    """What a map needs: every code with its value and status."""
    from samenwijk.figures.reading import map_of

    (sheet,) = map_of(indicator, None).sheets
    return list(zip(sheet.layout.positions, sheet.values.tolist(), sheet.statuses.tolist(), strict=True))


def rows(wanted, years):
    """Plain rows with the key that a profile needs and an index for maps: a bounded number of them."""
    from django.db import connection, transaction

    areas = max(1, wanted // (INDICATORS * years))
    data = [
        (area, indicator, 2024 - year, (area * 7 + indicator) % 1000, 0)
        for area in range(areas) for indicator in range(INDICATORS) for year in range(years)
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bench_rows (area int, indicator int, period int, value int, status smallint, "
            "PRIMARY KEY (area, indicator, period))"
        )
        start = size_of_tables("bench_rows")

        @transaction.atomic
        def fill():
            if connection.vendor == "postgresql":
                with cursor.copy("COPY bench_rows FROM STDIN") as copy:
                    for row in data:
                        copy.write_row(row)
            else:
                cursor.executemany("INSERT INTO bench_rows VALUES (%s, %s, %s, %s, %s)", data)
            cursor.execute("CREATE INDEX bench_map ON bench_rows (indicator, period, area, value, status)")
            cursor.execute("ANALYZE bench_rows")

        taken = timed(fill)
        size = (size_of_tables("bench_rows") if connection.vendor == "postgresql" else size_of_tables()) - start

        def ask(sql, *values):
            cursor.execute(sql, values)
            return cursor.fetchall()

        found = {
            "rows": len(data),
            "rows import": taken,
            "rows size_mb": round(size, 1),
            "rows scaled to all cells (not measured)": {
                "import_s": round(taken["wall_ms"] / 1000 * AREAS * INDICATORS * years / len(data), 1),
                "size_mb": round(size * AREAS * INDICATORS * years / len(data)),
            },
            "rows profile": timed(
                lambda: ask("SELECT * FROM bench_rows WHERE area = %s AND period = 2024", areas // 2), 30
            ),
            "rows map (of the fewer areas)": timed(
                lambda: ask("SELECT area, value, status FROM bench_rows WHERE indicator = 7 AND period = 2024"), 10
            ),
        }
        cursor.execute("DROP TABLE bench_rows")
    return found


def memmap(years, folder):
    """The raw limit: the same cells as one flat file of float32."""
    import numpy as np

    path = folder / "cells.f4"
    shape = (years, AREAS, INDICATORS)

    def write():
        cells = np.memmap(path, "f4", "w+", shape=shape)
        cells[:] = np.random.default_rng(1).integers(0, 1000, shape)
        cells.flush()

    taken = timed(write)
    cells = np.memmap(path, "f4", "r", shape=shape)
    found = {
        "memmap import": taken,
        "memmap size_mb": round(path.stat().st_size / 1e6, 1),
        "memmap profile": timed(lambda: cells[-1, 9000].tolist(), 30),
        "memmap map": timed(lambda: cells[-1, :, 7].tolist(), 30),
    }
    path.unlink()
    return found


def kwb():
    """A real table of a whole country, beside polars reading the same file."""
    if not KWB.is_dir():
        return {"kwb 2020": "skipped: the shared data does not stand beside this project"}
    from samenwijk.figures.importing.opened import Asked
    from samenwijk.figures.importing.running import import_table

    found = {"kwb 2020 import": timed(lambda: import_table(KWB, Asked("84799NED"), lambda text: None))}
    if importlib.util.find_spec("polars") is None:
        return found | {"polars": "skipped: polars is not installed here (pip install polars, in an environment apart)"}
    import polars

    path = KWB / "84799NED_TypedDataSet.csv"
    return found | {"polars reads the file": timed(lambda: polars.read_csv(path, infer_schema_length=20_000), 3)}


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        sys.exit(main())

"""The thirteen demands on the live room, each beside its raw reference of the same run.

    .venv/bin/python -m bench.live [--rows 1,2,3] [--streams 500,2000,5000] [--quick]

Everything runs on loopback in folders and databases of its own and is bounded in time and connections. Client, server,
database and reference share the machine, so read ratios and processor time before milliseconds. The table is printed
and written to bench/results/ as JSON, with the machine that it was measured on. A row that falls short says so.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from bench import live_browser, live_fanout, live_loss, live_pages, live_room
from bench.live_reference import folder
from bench.live_rows import Row, machine, told

RESULTS = Path(__file__).parent / "results"
Measure = Callable[[Path], Row | list[Row]]


def observations(place: Path) -> Row:
    """Row 11 has a bench of its own."""
    return Row("11", "observations", "see bench/figures.py", "not measured here", None,
               "python -m bench.figures measures it beside numpy's memmap.")  # fmt: skip


def measures(sizes: list[int], quick: bool) -> dict[str, Measure]:
    return {
        "1": lambda place: live_fanout.fan_out(place, sizes, 7 if quick else live_fanout.ROUNDS),
        "3": live_fanout.open_streams,
        "4": live_room.one_room,
        "5": lambda place: live_room.many_rooms(place, 5 if quick else 20),
        "6": lambda place: live_loss.churn(place, 100 if quick else 300),
        "7": lambda place: live_loss.kills(place, 2 if quick else 6),
        "8": live_loss.without_redis,
        "9": lambda place: live_fanout.everybody_at_once(place, max(sizes)),
        "10": live_pages.page,
        "11": observations,
        "12": live_browser.browser,
        "13": lambda place: live_room.joining(place, 20 if quick else 60),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", default="", help="Only these, by number; row 2 comes with row 1.")
    parser.add_argument("--streams", default="500,2000,5000")
    parser.add_argument("--quick", action="store_true", help="Smaller and fewer, to see that it works.")
    options = parser.parse_args()
    sizes = [min(5000, int(size)) for size in options.streams.split(",")]
    wanted = [one for one in options.rows.split(",") if one]
    about, rows = machine(), []
    for number, measure in measures(sizes, options.quick).items():
        if wanted and number not in wanted:
            continue
        rows += measured(number, measure)
    about["load afterwards"] = machine()["load"]
    print(f"{about['processor']}, {about['cores']} cores, load {about['load'][0]:.1f}; Python {about['python']}")
    print(told(rows))
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"live-{time.strftime('%Y%m%d-%H%M%S')}.json"
    path.write_text(json.dumps({"machine": about, "rows": [asdict(row) for row in rows]}, indent=2))
    print(f"Written to {path}")


def measured(number: str, measure: Measure) -> list[Row]:
    """A row that could not be measured says why, and the next one goes on."""
    began = time.perf_counter()
    try:
        with folder() as place:
            found = measure(place)
    except Exception as error:
        found = Row(number, "could not be measured", "", "", None, f"{type(error).__name__}: {str(error)[:200]}")
    rows = found if isinstance(found, list) else [found]
    for row in rows:
        print(
            f"  {row.number} {row.what}: {row.found} {row.verdict}  ({time.perf_counter() - began:.0f} s)", flush=True
        )
    return rows


if __name__ == "__main__":
    main()

"""Workload W1: 40 people, 400 ideas, 1,600 votes; read, post and vote, and how soon others see it.

    .venv/bin/python -m bench.w1 [--postgresql] [--rounds 1.0] [--no-browser]

A real `samenwijk serve` with a data folder of its own, and beside each number a raw reference of the same run: a bare
WSGI program behind the same uvicorn and a2wsgi that returns the same bytes, and plain sqlite3 or psycopg that writes
seven rows in a transaction. Client, server and database share the machine, so read the ratios and the processor time
before the times. Written to bench/results/ too.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import time
import uuid
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import raw_writes, w1_live
from bench.load import Asked, Line, Measured, measure
from bench.serving import Server, bare, filled, place, product

RESULTS = Path(__file__).parent / "results"
OPTION = re.compile(rb'name="options"[^>]*value="([0-9a-f-]{36})"')
CONCURRENCIES = (1, 8)
NUMBERS = {"idea list": (100, 400), "post idea": (40, 120), "vote": (80, 320)}
WARM_UPS = 8


class Workload:
    """The requests of W1 against one server, in the order in which an evening allows them."""

    def __init__(self, server: Server, told: dict[str, Any], rounds: float) -> None:
        self.server, self.told, self.rounds = server, told, rounds
        self.dice = random.Random(20260101)
        self.options: list[str] = []
        self.turn = 0

    def runs(self) -> dict[str, dict[int, Measured]]:
        reads = self.measures("idea list", 200)
        ideas = self.measures("post idea", 302)
        self.goes_on_to_the_vote()
        votes = self.measures("vote", 302)
        return {"idea list": reads, "post idea": ideas, "vote": votes}

    def measures(self, name: str, status: int) -> dict[int, Measured]:
        make = {"idea list": self.read, "post idea": self.idea, "vote": self.vote}[name]
        measure(self.server, [make() for _ in range(WARM_UPS)], 4, status)
        found = {}
        for concurrency, number in zip(CONCURRENCIES, NUMBERS[name], strict=True):
            asked = [make() for _ in range(max(8, int(number * self.rounds)))]
            found[concurrency] = measure(self.server, asked, concurrency, status)
        return found

    def next(self) -> int:
        self.turn += 1
        return self.turn % len(self.told["passes"])

    def read(self) -> Asked:
        return Asked(self.told["list"], f"sessionid={self.told['sessions'][self.next()]}")

    def idea(self) -> Asked:
        form = {
            "key": str(uuid.uuid4()),
            "title": f"Nog een idee {self.turn}",
            "what": "Samen beginnen bij de buren",
            "theme": self.dice.choice(self.told["themes"]),
        }
        return Asked(self.told["idea"], self.pass_of(self.next()), tuple(form.items()))

    def vote(self) -> Asked:
        dots = [("options", option) for option in self.dice.sample(self.options, 3)]
        return Asked(self.told["dots"], self.pass_of(self.next()), (("key", str(uuid.uuid4())), *dots))

    def pass_of(self, number: int) -> str:
        return f"deelnemer={self.told['passes'][number]}"

    def goes_on_to_the_vote(self) -> None:
        line = Line(self.server.port)
        leader = f"sessionid={self.told['leader']}"
        moved = line.ask(Asked(f"{self.told['console']}verder/", leader, (("phase", str(self.told["phase"])),)))
        ballot = line.ask(Asked(self.told["phone"], self.pass_of(0)))
        self.options = [found.decode() for found in OPTION.findall(unpacked(ballot.body))]
        line.close()
        if moved.status != 302 or not self.options:
            raise SystemExit("The room did not go on to the vote.")


def unpacked(body: bytes) -> bytes:
    import gzip

    return gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body


def reference(folder: str, server: Server, workload: Workload) -> dict[str, dict[int, Measured]]:
    """The same requests to a program that answers with the bytes that the product answered."""
    line = Line(server.port)
    names = {"idea list": workload.read(), "vote": workload.vote()}
    answers = {name.replace(" ", "-"): line.ask(asked) for name, asked in names.items()}
    line.close()
    bodies = {name: (answer.headers, answer.body) for name, answer in answers.items()}
    found: dict[str, dict[int, Measured]] = {}
    with bare(folder, bodies) as least:
        for name, asked in names.items():
            again = Asked(f"/{name.replace(' ', '-')}", asked.cookies, asked.form)
            measure(least, [again] * WARM_UPS, 4, 200)
            found[name] = {c: measure(least, [again] * 400, c, 200) for c in CONCURRENCIES}
    return found | {"post idea": found["vote"]}


def row(name: str, concurrency: int, ours: Measured, bare_: Measured, raw: Measured | None) -> str:
    beside = f"{raw.per_second:9.0f}" if raw else f"{'':>9}"
    return (
        f"{name:<10} {concurrency:>2} {ours.per_second:8.1f} {ours.p50:8.1f} {ours.p95:8.1f} {ours.cpu:8.1f}"
        f" {bare_.per_second:9.0f} {bare_.cpu:8.2f} {beside}"
    )


def run(postgresql: bool, rounds: float, browser: bool) -> dict[str, Any]:
    with place(postgresql) as environment:
        told = filled(environment, "bench.w1_data")
        folder = environment["SAMENWIJK_DATA_DIR"]
        with product(environment) as server:
            at_start = server.memory()
            workload = Workload(server, told, rounds)
            ours = workload.runs()
            least = reference(folder, server, workload)
            live = w1_live.run(server, told["live"], browser)
            memory = {"at start": at_start, "at the end": server.memory()}
        raw = {
            c: raw_writes.postgresql(200, c) if postgresql else raw_writes.sqlite(folder, 200, c) for c in CONCURRENCIES
        }
    load = os.getloadavg()
    show("PostgreSQL" if postgresql else "SQLite", ours, least, raw, live, memory, load)
    return {
        "database": "postgresql" if postgresql else "sqlite",
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "load": load,
        "filling_s": {key: told[key] for key in ("ideas_s", "votes_s")},
        "ours": {name: {c: asdict(one) for c, one in found.items()} for name, found in ours.items()},
        "bare": {name: {c: asdict(one) for c, one in found.items()} for name, found in least.items()},
        "raw_writes": {c: asdict(one) for c, one in raw.items()},
        "live": live,
        "memory_mb": memory,
    }


def show(
    title: str,
    ours: dict[str, dict[int, Measured]],
    least: dict[str, dict[int, Measured]],
    raw: dict[int, Measured],
    live: dict[str, float],
    memory: dict[str, float],
    load: tuple[float, float, float],
) -> None:
    print(f"\nW1 on {title}; load average {load[0]:.1f} on {os.cpu_count()} cores")
    heads = ("c", "req/s", "p50 ms", "p95 ms", "cpu ms", "bare/s", "cpu ms", "raw/s")
    print(
        f"{'':<10} " + " ".join(f"{head:>{width}}" for head, width in zip(heads, (2, 8, 8, 8, 8, 9, 8, 9), strict=True))
    )
    for name, found in ours.items():
        for concurrency, one in found.items():
            beside = None if name == "idea list" else raw[concurrency]
            print(row(name, concurrency, one, least[name][concurrency], beside))
    for name, value in live.items():
        print(f"{name}: {value:.1f}")
    megabytes = ", ".join(f"{value:.0f} MB {when}" for when, value in memory.items())
    print(f"memory of the serving process: {megabytes}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postgresql", action="store_true", help="On PostgreSQL, in a database that is dropped again.")
    parser.add_argument("--rounds", type=float, default=1.0, help="So many times the usual number of requests.")
    parser.add_argument("--no-browser", action="store_true", help="Leave the measurement in Chromium out.")
    options = parser.parse_args()
    found = run(options.postgresql, options.rounds, not options.no_browser)
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"w1-{found['database']}-{time.strftime('%Y%m%d-%H%M%S')}.json"
    path.write_text(json.dumps(found, indent=2))
    print(f"Written to {path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}")


if __name__ == "__main__":
    main()

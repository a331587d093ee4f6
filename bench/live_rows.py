"""A row of the table: what is demanded, what was found, and whether it holds."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Row:
    """`holds` is None for what is only reported; `why` says what a row that falls short, or is not measured, met."""

    number: str
    what: str
    demanded: str
    found: str
    holds: bool | None
    why: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def verdict(self) -> str:
        return {True: "ok", False: "SHORT", None: "-"}[self.holds]


def quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


def median(values: Sequence[float]) -> float:
    return statistics.median(values) if values else float("nan")


def machine() -> dict[str, Any]:
    """What these numbers were measured on."""
    model = subprocess.run(["lscpu"], capture_output=True, text=True, check=False).stdout
    name = next((line.split(":", 1)[1].strip() for line in model.splitlines() if line.startswith("Model name")), "?")
    return {
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "cores": os.cpu_count(),
        "processor": name,
        "python": platform.python_version(),
        "system": platform.platform(),
        "load": os.getloadavg(),
    }


def told(rows: Sequence[Row]) -> str:
    lines = [f"{'#':<4} {'what':<58} {'demanded':<34} {'found':<44} verdict"]
    for row in rows:
        lines.append(f"{row.number:<4} {row.what:<58} {row.demanded:<34} {row.found:<44} {row.verdict}")
        if row.why:
            lines.append(f"     {row.why}")
    return "\n".join(lines)

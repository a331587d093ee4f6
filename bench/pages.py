"""The pages of a phone at 43 participants: how long the server takes, and what goes over the wire.

    .venv/bin/python -m bench.pages [--postgresql]

The times are those of one client that asks and waits, so they contain the server, the socket and this client. The
bytes are what Chromium received (headers included), cold and then again, by kind of file and by host.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import time
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.load import Asked, measure
from bench.serving import Server, filled, place, product

RESULTS = Path(__file__).parent / "results"
ASKED = 60


def times(server: Server, told: dict[str, Any]) -> dict[str, dict[str, float]]:
    pages = {
        "join": Asked(told["group"]["join"], ""),
        "idea": Asked(told["group"]["phone"], f"deelnemer={told['group']['passes'][0]}"),
        "vote": Asked(told["vote"]["phone"], f"deelnemer={told['vote']['passes'][0]}"),
    }
    found = {}
    for name, asked in pages.items():
        measure(server, [asked] * 8, 2, 200)
        took = measure(server, [asked] * ASKED, 1, 200)
        found[name] = {"median ms": took.p50, "p95 ms": took.p95, "processor ms": took.cpu}
    return found


def bytes_of(server: Server, told: dict[str, Any], chromium: str) -> dict[str, Any]:
    """First load with an empty cache, then the same page again and the page of the vote."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
        )
        context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2)
        base = f"http://127.0.0.1:{server.port}"
        for stop in ("group", "vote"):
            one = told[stop]
            context.add_cookies(
                [{"name": "deelnemer", "value": one["passes"][0], "url": base + one["phone"]}],
            )
        page = context.new_page()
        network = context.new_cdp_session(page)
        network.send("Network.enable")
        wire = Wire(network)
        found = {}
        for name, address in (("first", "group"), ("again", "group"), ("vote", "vote")):
            wire.begin()
            page.goto(base + told[address]["phone"])
            page.wait_for_timeout(1500)
            found[name] = wire.told()
        browser.close()
    return found


class Wire:
    """What the browser received, by kind of file; the open stream is no file and is left out."""

    def __init__(self, network: Any) -> None:
        self.begin()
        network.on("Network.responseReceived", self._received)
        network.on("Network.loadingFinished", self._finished)

    def begin(self) -> None:
        self.kinds: dict[str, str] = {}
        self.hosts: set[str] = set()
        self.bytes: Counter[str] = Counter()

    def _received(self, event: dict[str, Any]) -> None:
        url = event["response"]["url"]
        if url.startswith("http") and "/live/" not in url:
            self.kinds[event["requestId"]] = event["type"]
            self.hosts.add(urlsplit(url).netloc)

    def _finished(self, event: dict[str, Any]) -> None:
        if kind := self.kinds.get(event["requestId"]):
            self.bytes[kind] += int(event["encodedDataLength"])

    def told(self) -> dict[str, Any]:
        light = sum(self.bytes[kind] for kind in ("Document", "Stylesheet", "Script"))
        return {
            "html+css+js": light,
            "all": sum(self.bytes.values()),
            "by kind": dict(self.bytes),
            "hosts": sorted(self.hosts),
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postgresql", action="store_true")
    options = parser.parse_args()
    chromium = os.environ.get("SAMENWIJK_CHROMIUM") or shutil.which("chromium")
    with place(options.postgresql) as environment:
        told = filled(environment, "bench.pages_data")
        with product(environment) as server:
            took = times(server, told)
            weighed = bytes_of(server, told, chromium) if chromium else {}
    load = os.getloadavg()
    print(f"43 participants; load average {load[0]:.1f} on {os.cpu_count()} cores")
    for name, one in took.items():
        print(f"{name:>6}: " + ", ".join(f"{what} {value:.1f}" for what, value in one.items()))
    for name, one in weighed.items():
        print(
            f"{name:>6}: html+css+js {one['html+css+js'] / 1000:.1f} kB, all {one['all'] / 1000:.1f} kB, {one['hosts']}"
        )
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"pages-{time.strftime('%Y%m%d-%H%M%S')}.json"
    path.write_text(json.dumps({"load": load, "times": took, "bytes": weighed}, indent=2))


if __name__ == "__main__":
    main()

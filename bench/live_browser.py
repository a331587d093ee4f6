"""Row 12, in Chromium: eight tabs, a time of 503, answers without a connection, and a proxy that holds streams back."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from typing import Any

from bench.live_rows import Row
from tests.live.proxy import Proxy
from tests.live.world import LiveRoom, Server

STATE = "[data-live-state]"
PATIENCE = 40_000


def browser(folder: Path) -> list[Row]:
    chromium = os.environ.get("SAMENWIJK_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        return [Row("12", "in a browser", "", "not measured", None, "There is no Chromium (apt install chromium).")]
    from playwright.sync_api import sync_playwright

    server = Server(folder / "browser").migrate().start()
    found = []
    try:
        with sync_playwright() as playwright:
            launched = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            for case in (eight_tabs, after_503, offline_answers, muted):
                context = launched.new_context(viewport={"width": 390, "height": 844}, locale="nl-NL")
                context.set_default_timeout(PATIENCE)
                proxy = Proxy(server.port, holds_streams=case is muted)
                found.append(case(context, server.room(), proxy))
                context.close()
                proxy.close()
            launched.close()
    finally:
        server.stop()
    return found


def opened(context: Any, room: LiveRoom, proxy: Proxy) -> Any:
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{proxy.port}/page?room={room.number}")
    return page


def is_live(page: Any) -> None:
    page.wait_for_function(f"() => document.querySelector('{STATE}').textContent === 'live'")


def answers(page: Any, text: str) -> None:
    page.get_by_label("Antwoord").fill(text)
    page.get_by_role("button", name="Sturen").click()


def stands(page: Any, *texts: str) -> None:
    page.wait_for_function(
        "wanted => JSON.stringify([...document.querySelectorAll('#task li')].map(li => li.textContent)) === wanted",
        arg="[" + ",".join(f'"{text}"' for text in texts) + "]",
    )


def eight_tabs(context: Any, room: LiveRoom, proxy: Proxy) -> Row:
    tabs = [opened(context, room, proxy) for _ in range(8)]
    for tab in tabs:
        is_live(tab)
    began = time.perf_counter()
    answers(tabs[0], "een bankje")
    stands(tabs[0], "een bankje")
    took = time.perf_counter() - began
    streams = sum("/stream" in path for path in proxy.asked)
    return Row("12", "8 tabs over HTTP/1.1, an answer", "<= 1 s", f"{took:.2f} s, with {streams} stream(s)", took <= 1)


def after_503(context: Any, room: LiveRoom, proxy: Proxy) -> Row:
    page = opened(context, room, proxy)
    is_live(page)
    proxy.busy = True
    proxy.cut()
    page.wait_for_function(f"() => document.querySelector('{STATE}').textContent === 'geen verbinding'")
    page.wait_for_timeout(4000)
    proxy.busy = False
    began = time.perf_counter()
    is_live(page)
    took = time.perf_counter() - began
    return Row("12", "stream back after a time of 503", "<= 10 s", f"{took:.1f} s", took <= 10)


def offline_answers(context: Any, room: LiveRoom, proxy: Proxy) -> Row:
    # For the whole browser: a tab that opens again would else send what is kept before its own road is closed.
    context.route("**/answer*", lambda route: route.abort())
    page = opened(context, room, proxy)
    is_live(page)
    texts = ("een", "twee", "drie")
    for text in texts:
        answers(page, text)
        page.locator(".live-note").wait_for()
        page.close()
        page = opened(context, room, proxy) if text != "drie" else page
    context.unroute("**/answer*")
    page = opened(context, room, proxy)
    began = time.perf_counter()
    stands(page, *texts)
    took = time.perf_counter() - began
    page.wait_for_timeout(1500)
    page.reload()
    stands(page, *texts)
    return Row(
        "12", "3 answers kept, tab closed, opened again", "each stored once, in order", f"yes, in {took:.1f} s", True
    )


def muted(context: Any, room: LiveRoom, proxy: Proxy) -> Row:
    began = time.perf_counter()
    page = opened(context, room, proxy)
    is_live(page)
    took = time.perf_counter() - began
    room.announce(kind="answer.added")
    return Row("12", "a proxy holds the stream back, long-poll works", "<= 15 s", f"{took:.1f} s", took <= 15)

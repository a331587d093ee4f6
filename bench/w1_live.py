"""How soon others see what somebody posts, with 40 phones on the live line, and what 40 quiet phones cost."""

from __future__ import annotations

import asyncio
import gzip
import os
import random
import re
import shutil
import time
import uuid
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import psutil

from bench.load import Asked, Line, quantile
from bench.serving import Server

POSTS = 15
JITTER = 0.12
"""Seconds over which phones spread their fetching (live.js), so that they do not all come at once."""
QUIET = 10.0
SEEN_WITHIN = 15.0
TAG = re.compile(r"<[a-z][^>]*>")
MARK = re.compile(r'(data-(?:ticket|seq|refresh|refresh-on|refresh-not))="([^"]*)"')
KIND = re.compile(rb'"kind":"([^"]+)"')


@dataclass
class Listener:
    """A page with its live line, as live.js does it: after a frame that the page follows it is fetched again.

    What it follows stands in the page: a phone hears of its own table's ideas, projector and console of everything.
    """

    port: int
    page: str
    cookies: str
    heard: list[float] = field(default_factory=list)
    seen: list[float] = field(default_factory=list)

    async def open(self) -> None:
        self.line = await asyncio.open_connection("127.0.0.1", self.port)
        html = await self._page()
        self.marks = [
            {name: unescape(value) for name, value in MARK.findall(tag)} for tag in TAG.findall(html) if "data-" in tag
        ]
        door = next(one for one in self.marks if "data-ticket" in one)
        self.stream = await asyncio.open_connection("127.0.0.1", self.port)
        asked = f"/live/{door['data-ticket']}/stream?since={door['data-seq']}&client=w1-{id(self)}"
        self.stream[1].write(f"GET {asked} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        await self.stream[0].readuntil(b"\n\n")
        self.task = asyncio.create_task(self._listen())

    def follows(self, kind: str) -> bool:
        return any(wants(one, kind) for one in self.marks if "data-refresh" in one)

    async def _listen(self) -> None:
        fetching: asyncio.Task[None] | None = None
        again = False

        async def fetch() -> None:
            nonlocal again
            await asyncio.sleep(random.random() * JITTER)
            while again:
                again = False
                await self._page()
                self.seen.append(time.perf_counter())

        while data := await self.stream[0].read(65536):
            kinds = [kind.decode() for kind in KIND.findall(data)]
            self.heard += [time.perf_counter()] * len(kinds)
            if any(self.follows(kind) for kind in kinds):
                again = True
                if fetching is None or fetching.done():
                    fetching = asyncio.create_task(fetch())

    async def _page(self) -> str:
        reader, writer = self.line
        writer.write(Asked(self.page, self.cookies).raw())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        body = await reader.readexactly(int(head.split("content-length: ")[1].split("\r\n")[0]))
        if " 200 " not in head.split("\r\n")[0]:
            raise SystemExit(f"{self.page}: {head.splitlines()[0]}")
        return (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()

    def close(self) -> None:
        self.task.cancel()
        self.stream[1].close()
        self.line[1].close()


def wants(marks: dict[str, str], kind: str) -> bool:
    """The rule of live.js for one region of a page."""

    def among(words: list[str]) -> bool:
        return any(kind == word or kind.startswith(f"{word}.") for word in words)

    on, hidden = marks.get("data-refresh-on", "").split(), marks.get("data-refresh-not", "").split()
    return among(on) or (not among(hidden) if hidden else not on)


def an_idea(told: dict[str, Any], number: int, title: str) -> Asked:
    form = (("key", str(uuid.uuid4())), ("title", title), ("what", ""), ("theme", told["themes"][number % 8]))
    return Asked(told["idea"], f"deelnemer={told['passes'][number]}", form)


def post(port: int, asked: Asked) -> float:
    """Posts and returns when it was sent; the answer must be the redirect of an idea that was kept."""
    line = Line(port)
    began = time.perf_counter()
    answer = line.ask(asked)
    line.close()
    if answer.status != 302:
        raise SystemExit(f"The idea was not taken: {answer.status}")
    return began


def run(server: Server, told: dict[str, Any], browser: bool) -> dict[str, float]:
    found = asyncio.run(with_phones(server, told, browser))
    return {name: round(value, 2) for name, value in found.items()}


async def with_phones(server: Server, told: dict[str, Any], browser: bool) -> dict[str, float]:
    phones = [Listener(server.port, told["phone"], f"deelnemer={one}") for one in told["passes"]]
    others = [
        Listener(server.port, told["screen"], ""),
        Listener(server.port, told["console"], f"sessionid={told['leader']}"),
    ]
    for one in (*phones, *others):
        await one.open()
    await asyncio.sleep(2)
    found = await quiet(server)
    found |= await seen_by_others(server, phones, others, told)
    if browser and (chromium := os.environ.get("SAMENWIJK_CHROMIUM") or shutil.which("chromium")):
        found |= await seen_in_a_browser(server, told, chromium)
    for one in (*phones, *others):
        one.close()
    return found


async def quiet(server: Server) -> dict[str, float]:
    """What 40 open streams without any news cost: of the serving process, and of the machine with all that runs."""
    psutil.cpu_percent()
    before = server.cpu()
    await asyncio.sleep(QUIET)
    used = server.cpu() - before
    return {
        "40 quiet phones: serving process, % of the machine": 100 * used / QUIET / (os.cpu_count() or 1),
        "40 quiet phones: whole machine busy, % (with whatever else runs)": psutil.cpu_percent(),
    }


async def seen_by_others(
    server: Server, phones: list[Listener], others: list[Listener], told: dict[str, Any]
) -> dict[str, float]:
    """From the post until everybody else has the frame, and until who follows it has fetched the page after it."""
    heard: list[float] = []
    seen: list[float] = []
    missing = 0
    before = server.cpu()
    for number in range(POSTS):
        listeners = [one for place, one in enumerate(phones) if place != number % len(phones)] + others
        for one in (*phones, *others):
            one.heard.clear()
            one.seen.clear()
        began = await asyncio.to_thread(post, server.port, an_idea(told, number, f"Live idee {number}"))
        follow = [one for one in listeners if one.follows(f"idea.t{told['tables'][number]}")]
        until = time.perf_counter() + SEEN_WITHIN
        while time.perf_counter() < until and not all(one.seen for one in follow):
            await asyncio.sleep(0.005)
        heard += [one.heard[0] - began for one in listeners if one.heard]
        seen += [one.seen[0] - began for one in follow if one.seen]
        missing += sum(1 for one in follow if not one.seen)
        await asyncio.sleep(0.7 + random.random())
    return {
        "post to frame at 41 others, p50 ms": 1000 * quantile(heard, 0.5),
        "post to frame at 41 others, p95 ms": 1000 * quantile(heard, 0.95),
        "post to page at who follows it (own table, projector, console), p50 ms": 1000 * quantile(seen, 0.5),
        "post to page at who follows it (own table, projector, console), p95 ms": 1000 * quantile(seen, 0.95),
        "pages after a post": len(seen) / POSTS,
        "post with the pages after it, server processor ms": 1000 * (server.cpu() - before) / POSTS,
        "not seen": missing,
    }


async def seen_in_a_browser(server: Server, told: dict[str, Any], chromium: str) -> dict[str, float]:
    """From the post until the words stand in two documents: the projector, and the phone of somebody at that table.

    The 40 phones are on the line too. Both pages are watched from one browser, one after the other, so the second
    time is an upper bound.
    """
    from playwright.async_api import async_playwright

    times: dict[str, list[float]] = {"projector": [], "phone": []}
    base = f"http://127.0.0.1:{server.port}"
    writers = [number for number, table in enumerate(told["tables"]) if table == told["tables"][0]]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
        )
        projector = await browser.new_page(viewport={"width": 1920, "height": 1080})
        await projector.goto(base + told["screen"])
        own = await browser.new_context(viewport={"width": 390, "height": 844})
        await own.add_cookies([{"name": "deelnemer", "value": told["passes"][writers[0]], "url": base + told["phone"]}])
        phone = await own.new_page()
        await phone.goto(base + told["phone"])
        await phone.wait_for_timeout(2500)

        async def appears(name: str, page: Any, title: str, began: float) -> None:
            await page.wait_for_function(
                "title => document.body.textContent.includes(title)", arg=title, polling=10, timeout=20000
            )
            times[name].append(time.perf_counter() - began)

        for number in range(POSTS):
            title = f"In het document {number}"
            writer = writers[1 + number % (len(writers) - 1)]
            began = await asyncio.to_thread(post, server.port, an_idea(told, writer, title))
            await asyncio.gather(appears("projector", projector, title, began), appears("phone", phone, title, began))
            await asyncio.sleep(0.7 + random.random())
        await browser.close()
    return {
        f"post to words in Chromium, {name}, p{share} ms": 1000 * quantile(found, share / 100)
        for name, found in times.items()
        for share in (50, 95)
    }

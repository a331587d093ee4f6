"""How soon others see what somebody posts, with 40 phones on the live line, and what 40 quiet phones cost."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import psutil

from bench.load import Asked, Line, quantile
from bench.serving import Server

POSTS = 15
JITTER = 0.12
"""Seconds over which phones spread their fetching (live.js), so that they do not all come at once."""
QUIET = 10.0
SEEN_WITHIN = 15.0


@dataclass
class Phone:
    """One listener: its stream, and a kept connection on which it fetches the page after a frame."""

    port: int
    told: dict[str, Any]
    number: int
    heard: list[float] = field(default_factory=list)
    seen: list[float] = field(default_factory=list)

    async def open(self) -> None:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        stream = f"/live/{self.told['tickets'][self.number]}/stream?since=0&client=w1-{self.number}"
        self.writer.write(f"GET {stream} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        await self.reader.readuntil(b"\n\n")
        self.page = await asyncio.open_connection("127.0.0.1", self.port)
        self.task = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        fetching: asyncio.Task[None] | None = None
        while data := await self.reader.read(65536):
            if b'"kind"' in data:
                self.heard.append(time.perf_counter())
                if fetching is None or fetching.done():
                    fetching = asyncio.create_task(self._fetch())

    async def _fetch(self) -> None:
        await asyncio.sleep(random.random() * JITTER)
        reader, writer = self.page
        asked = Asked(self.told["phone"], f"deelnemer={self.told['passes'][self.number]}")
        writer.write(asked.raw())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        await reader.readexactly(int(head.split("content-length: ")[1].split("\r\n")[0]))
        if " 200 " not in head.split("\r\n")[0]:
            raise SystemExit(f"A phone got {head.splitlines()[0]}")
        self.seen.append(time.perf_counter())

    def close(self) -> None:
        self.task.cancel()
        self.writer.close()
        self.page[1].close()


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
    phones = [Phone(server.port, told, number) for number in range(len(told["passes"]))]
    for phone in phones:
        await phone.open()
    await asyncio.sleep(2)
    found = await quiet(server)
    found |= await seen_by_others(server, phones, told)
    if browser and (chromium := os.environ.get("SAMENWIJK_CHROMIUM") or shutil.which("chromium")):
        found |= await seen_in_a_browser(server, told, chromium)
    for phone in phones:
        phone.close()
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


async def seen_by_others(server: Server, phones: list[Phone], told: dict[str, Any]) -> dict[str, float]:
    """From the post until each of the 39 others has the frame, and until it has fetched its page after it."""
    heard: list[float] = []
    seen: list[float] = []
    before = server.cpu()
    for number in range(POSTS):
        poster, others = phones[number % len(phones)], [*phones]
        others.remove(poster)
        for phone in phones:
            phone.heard.clear()
            phone.seen.clear()
        began = await asyncio.to_thread(post, server.port, an_idea(told, poster.number, f"Live idee {number}"))
        until = time.perf_counter() + SEEN_WITHIN
        while time.perf_counter() < until and not all(phone.seen for phone in others):
            await asyncio.sleep(0.01)
        heard += [phone.heard[0] - began for phone in others if phone.heard]
        seen += [phone.seen[0] - began for phone in others if phone.seen]
        await asyncio.sleep(0.7 + random.random())
    expected = POSTS * (len(phones) - 1)
    return {
        "post to frame at 39 others, p50 ms": 1000 * quantile(heard, 0.5),
        "post to frame at 39 others, p95 ms": 1000 * quantile(heard, 0.95),
        "post to page fetched by 39 others, p50 ms": 1000 * quantile(seen, 0.5),
        "post to page fetched by 39 others, p95 ms": 1000 * quantile(seen, 0.95),
        "post with 39 pages after it, server processor ms": 1000 * (server.cpu() - before) / POSTS,
        "not seen": expected - len(seen),
    }


async def seen_in_a_browser(server: Server, told: dict[str, Any], chromium: str) -> dict[str, float]:
    """From the post until the words stand in the document of the projector, with the 40 phones on the line."""
    from playwright.async_api import async_playwright

    times = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
        )
        page = await browser.new_page(viewport={"width": 1920, "height": 1080})
        await page.goto(f"http://127.0.0.1:{server.port}{told['screen']}")
        await page.wait_for_timeout(2000)
        for number in range(POSTS):
            title = f"Op het scherm {number}"
            began = await asyncio.to_thread(post, server.port, an_idea(told, number, title))
            await page.wait_for_function(
                "title => document.body.textContent.includes(title)", arg=title, polling=20, timeout=20000
            )
            times.append(time.perf_counter() - began)
            await asyncio.sleep(0.7 + random.random())
        await browser.close()
    return {
        "post to words on the projector in Chromium, p50 ms": 1000 * quantile(times, 0.5),
        "post to words on the projector in Chromium, p95 ms": 1000 * quantile(times, 0.95),
    }

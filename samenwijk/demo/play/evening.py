"""Plays one evening from the doors to the export, and compares."""

from __future__ import annotations

import csv
import io
import statistics
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from samenwijk.demo.cast import PARTICIPANTS
from samenwijk.demo.play.browser import Browser, Offline
from samenwijk.demo.play.flood import Flooder
from samenwijk.demo.play.guest import Guest
from samenwijk.demo.play.leader import Leader
from samenwijk.demo.play.ledger import Difference
from samenwijk.demo.play.stage import Stage

LONGEST = 6 * 3600
AT_LEAST = 900
"""Seconds of the evening after which a play gives up; on a slow machine not before so many real seconds."""


class NotPrepared(Exception):
    """The evening at this address has begun already, or there is none."""


@dataclass(frozen=True)
class Played:
    table: list[tuple[str, int, int]]
    differences: list[str]
    late: int
    refused: int
    of_others: int
    pages: int
    mean_ms: float
    p95_ms: float

    @property
    def went_well(self) -> bool:
        return not self.differences


def play(stage: Stage, *, led_by_hand: bool, shuffle: bool, tell: Callable[[str], None], template: str = "") -> Played:
    """Lets everybody in, waits for the end of the evening, and compares what was sent with the export.

    With a ``template`` the facilitator first makes a new meeting from that script, as a person would.
    """
    leader = Leader(stage, through_the_door(stage, "begeleider"), shuffle=shuffle)
    leader.browser = signed_in(stage)
    door = leader.make_a_meeting(template) if template else through_the_door(stage, "deelnemer")
    if not led_by_hand and leader.look().form("/start/") is None:
        raise NotPrepared("De avond is al begonnen. Druk in de demo op 'Begin opnieuw', of gebruik --no-facilitator.")
    guests = [Guest(stage, PARTICIPANTS[n % len(PARTICIPANTS)], n, door) for n in range(stage.people)]
    if stage.weather.flood:
        guests[-1] = Flooder(stage, PARTICIPANTS[(stage.people - 1) % len(PARTICIPANTS)], stage.people - 1, door)
    for guest in guests:
        guest.start()
    if led_by_hand:
        leader.watch()
    else:
        follow(leader, stage, tell)
    stage.over.wait(180 / stage.speed)
    stage.over.set()
    for guest in guests:
        # Somebody who was slowed down may still have to hear whether their last answer was taken.
        guest.join(timeout=45)
    return compared(stage, leader, guests)


def follow(leader: Leader, stage: Stage, tell: Callable[[str], None]) -> None:
    """Tells now and then how far the evening is."""
    leader.start()
    began = time.monotonic()
    while leader.is_alive():
        leader.join(timeout=10)
        minutes = (time.monotonic() - began) * stage.speed / 60
        sent = stage.ledger.totals()
        tell(
            f"minuut {minutes:.0f}: {sent['participant']} mensen, {sent['idea']} ideeën, {sum(sent.values())} berichten"
        )
        if minutes * 60 > max(LONGEST, AT_LEAST * stage.speed):
            stage.over.set()
            raise Offline("de avond komt niet aan het einde")
    if not leader.ended:
        stage.over.set()
        raise Offline("; ".join(stage.ledger.faults) or "de begeleider stopte voor het einde")


def signed_in(stage: Stage) -> Browser:
    browser = Browser(stage.base)
    enter(browser, "begeleider")
    return browser


def through_the_door(stage: Stage, slug: str) -> str:
    """Where a door of the demo leads to."""
    browser = Browser(stage.base)
    try:
        return enter(browser, slug)
    finally:
        browser.close()


def enter(browser: Browser, slug: str) -> str:
    form = browser.get("/").form(f"/demo/deur/{slug}/")
    if form is None:
        raise NotPrepared("Op dit adres staat geen demo van Samenwijk.")
    return urlsplit(browser.submit(form).url).path


def compared(stage: Stage, leader: Leader, guests: list[Guest]) -> Played:
    exported = leader.export()
    found = stage.ledger.compare(exported)
    rows = list(csv.DictReader(io.StringIO(exported.removeprefix("\ufeff"))))
    own = {entry.key for entry in stage.ledger.entries}
    times = sorted(seconds for guest in guests for seconds in guest.times)
    exported_own = Counter(row["kind"] for row in rows if row["key"] in own and row["kind"] != "late")
    sent = stage.ledger.totals()
    ours = set(sent)
    table = [(kind, sent[kind], exported_own[kind]) for kind in sorted(ours)]
    points = [row for row in rows if row["kind"] == "result"]
    table.append(("punten", sum(stage.ledger.points().values()), sum(int(row["points"] or 0) for row in points)))
    table.append(("plaatsen", found.seats_told, found.seats))
    others = sum(1 for row in rows if row["kind"] in ours and row["key"] and row["key"] not in own)
    return Played(
        table=table,
        differences=told(found) + stage.ledger.faults + stage.weather.faults(guests[-1].name),
        late=stage.ledger.late,
        refused=stage.ledger.refused,
        of_others=others,
        pages=len(times),
        mean_ms=1000 * statistics.fmean(times) if times else 0,
        p95_ms=1000 * times[int(len(times) * 0.95)] if times else 0,
    )


def told(found: Difference) -> list[str]:
    lost = [f"kwijt: {entry.kind} {entry.key} {entry.text!r}" for entry in found.lost]
    leaked = [f"had privé moeten blijven: {entry.kind} {entry.key}" for entry in found.leaked]
    doubled = [f"dubbel: {what}" for what in found.doubled]
    return [*lost, *doubled, *(f"anders: {what}" for what in found.changed), *leaked, *found.counts]

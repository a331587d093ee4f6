"""The table plan in a play: rounds in the script, hosts, who knows whom, the plan itself, somebody moved by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from samenwijk.demo.play.browser import Form, Page
from samenwijk.demo.play.ledger import Sent

if TYPE_CHECKING:
    from samenwijk.demo.play.guest import Guest
    from samenwijk.demo.play.leader import Leader

STEP = re.compile(r'href="[^"]*/draaiboek/([0-9a-f-]{36})/"')
BEGINS_A_ROUND = {"Kennismaken", "Waarom", "Met wie en waarom"}
READY, FAILED = "Dit levert het op", "Het tafelplan is niet gelukt."
SMALLEST = 4
"""People at a table, when there are few."""


def prepare_the_script(leader: Leader, way: str) -> None:
    """Before the evening: getting to know each other gets tables of its own, and the room chooses in this way."""
    script = leader.browser.get(leader.console + "draaiboek/")
    for public_id in dict.fromkeys(STEP.findall(script.text)):
        page = leader.browser.get(f"{leader.console}draaiboek/{public_id}/")
        form = next((form for form in page.forms if form.has("talk_minutes")), None)
        if form is None:
            continue
        changes = {"new_tables": "on"} if form.value("title") in BEGINS_A_ROUND else {}
        if form.has("soort-way"):
            changes["soort-way"] = way
        if changes:
            leader.browser.submit(form, form.filled(**changes))


def divide(leader: Leader) -> bool:
    """Asks for a table plan and waits until it is there; False while there are too few people or it is too late."""
    page = _plan(leader)
    form = next((form for form in page.forms if form.has("rounds")), None)
    if form is None:
        return False
    tables = min(int(form.value("tables")), max(1, leader.stage.people // SMALLEST))
    _name_hosts(leader, tables)
    leader.browser.submit(form, form.filled(tables=str(tables)))
    for _try in range(120):
        page = _plan(leader)
        if READY in page.text or FAILED in page.text:
            break
        leader.stage.over.wait(0.5)
    if FAILED in page.text:
        leader.stage.ledger.fault("begeleider: het tafelplan is niet gelukt")
    if READY in page.text:
        _move_somebody(leader, page)
    return READY in page.text


def says_whom_they_know(guest: Guest, page: Page) -> bool:
    """One in four ticks two people they know, once. It must never be found in the export."""
    if guest.number % 4 or "/kennen/" not in page.text or not guest.once("knows"):
        return False
    form = next((form for form in guest.browser.get(f"{guest.home}kennen/").forms if form.has("others")), None)
    if form is None:
        return False
    there = form.choices("others")
    guest.browser.submit(form, form.filled(others=guest.chance.sample(there, min(2, len(there)))))
    guest.stage.ledger.sent(Sent("knows", form.value("key"), "", exported=False))
    return True


def _plan(leader: Leader) -> Page:
    return leader.browser.get(leader.console + "tafelplan/")


def _name_hosts(leader: Leader, number: int) -> None:
    for form in leader.browser.get(leader.console + "mensen/").all_forms("/rol/")[:number]:
        leader.browser.submit(form, form.filled(is_host="on"))


def _move_somebody(leader: Leader, page: Page) -> None:
    """In the second round somebody gets the last table, and keeps it."""
    form = page.form("/tafelplan/ronde/2/")
    if form is None:
        return
    person, table = form.choices("participant")[0], form.choices("table")[-1]
    leader.browser.submit(form, form.filled(participant=person, table=table, do="move"))
    leader.stage.ledger.placed(person, "2", str(_number_of(form, table)))


def _number_of(form: Form, table: str) -> int:
    return 1 + form.choices("table").index(table)

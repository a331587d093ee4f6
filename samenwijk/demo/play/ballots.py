"""A ballot as somebody fills it in, on a phone or on paper: dots, everything that is good, or points from 1 to 5."""

from __future__ import annotations

import random
import re

from samenwijk.demo.play.browser import Form

SCORE = "score-"
"""What the field of an option is called where it gets points."""
ON_PAPER = re.compile(r"[0-9a-f-]{36}")

Ballot = dict[str, int]
"""Option -> 1, or its points."""


def offered(form: Form) -> list[str]:
    """What can be chosen on a phone."""
    scored = dict.fromkeys(one.name for one in form.fields if one.name.startswith(SCORE))
    return [name.removeprefix(SCORE) for name in scored] or form.choices("options")


def made_up(form: Form, chance: random.Random) -> Ballot:
    """A ballot by chance: a few dots, or up to half of what may all be chosen."""
    options = offered(form)
    if not options:
        return {}
    number = min(form.most, chance.choice((1, 2, 3, 3, 3))) if form.most else chance.randint(1, 1 + len(options) // 2)
    chosen = chance.sample(options, min(number, len(options)))
    return {option: chance.randint(1, 5) if form.has(SCORE + option) else 1 for option in chosen}


def filled(form: Form, ballot: Ballot, **others: str) -> list[tuple[str, str]]:
    """What a phone sends for it."""
    if any(form.has(SCORE + option) for option in ballot):
        scores = {SCORE + option: str(ballot.get(option, "")) for option in offered(form)}
        return form.filled(**scores, **others)
    return form.filled(options=list(ballot), **others)


def made_up_on_paper(form: Form, chance: random.Random) -> Ballot:
    """What stands on one person's sheet; the form is the one it is typed in with."""
    boxes = [one for one in form.fields if ON_PAPER.fullmatch(one.name)]
    chosen = chance.sample(boxes, min(chance.randint(1, 4), len(boxes)))
    return {one.name: 1 if one.kind == "checkbox" else chance.randint(1, 5) for one in chosen}


def typed(form: Form, ballot: Ballot, group: str) -> list[tuple[str, str]]:
    """What is sent when somebody types that sheet in."""
    ticks = {one.name for one in form.fields if one.kind == "checkbox"}
    return form.filled(group=group, **{name: "on" if name in ticks else str(value) for name, value in ballot.items()})

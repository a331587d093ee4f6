"""'Voor jou': at most four things in the wijk that ask for whoever looks, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenwijk.plans.models import Action

MOST = 4


@dataclass(frozen=True)
class Tile:
    number: int
    label: str
    note: str
    href: str
    tint: str


def tiles_of(page: dict[str, Any]) -> list[Tile]:
    """Made from what the page already knows: no queries of its own."""
    told = [*_own(page), *_to_follow_up(page), *_to_prepare(page), *_for_everybody(page)]
    return [tile for tile in told if tile.number][:MOST]


def _own(page: dict[str, Any]) -> Iterator[Tile]:
    mine: list[Action] = page["mine"]
    if mine:
        first = min(action.due for action in mine)
        note = (
            _("De datum van %(day)s is voorbij") if first < timezone.localdate() else _("De eerste is op %(day)s")
        ) % {"day": date_format(first, "j F")}
        label = ngettext("afspraak van jou", "afspraken van jou", len(mine))
        yield Tile(len(mine), label, note, "#van-jou", "mosterd")


def _to_follow_up(page: dict[str, Any]) -> Iterator[Tile]:
    if not page["may_coordinate"]:
        return
    running = [one.action for one in page["plans"] if one.action and one.action.status == Action.Status.OPEN]
    silent = [action for action in running if not action.owner.email]
    late = [action for action in running if action.due < timezone.localdate()]
    href = reverse("home:follow_up", args=[page["wijk"].slug])
    label = ngettext("trekker om te bellen", "trekkers om te bellen", len(silent))
    yield Tile(len(silent), label, _("Zonder mailadres"), href, "baksteen")
    label = ngettext("afspraak is over de datum", "afspraken zijn over de datum", len(late))
    yield Tile(len(late), label, _("Bel even hoe het gaat"), href, "mosterd")


def _to_prepare(page: dict[str, Any]) -> Iterator[Tile]:
    coming = page["coming"]
    if page["may_facilitate"] and coming:
        label = ngettext("bijeenkomst om te begeleiden", "bijeenkomsten om te begeleiden", len(coming))
        note = date_format(timezone.localtime(coming[0].starts_at), "l j F, H.i")
        yield Tile(len(coming), label, note, coming[0].get_absolute_url(), "gracht")


def _for_everybody(page: dict[str, Any]) -> Iterator[Tile]:
    free = [one for one in page["plans"] if one.action is None]
    label = ngettext("plan zoekt een trekker", "plannen zoeken een trekker", len(free))
    yield Tile(len(free), label, _("Iets voor jou?"), "#plannen", "aubergine")
    differs = [line for line in page["figures"] if line.differs]
    label = ngettext("cijfer verschilt van Nederland", "cijfers verschillen van Nederland", len(differs))
    yield Tile(len(differs), label, differs[0].comparison.title if differs else "", "#cijfers", "lucht")
    people = page["number_of_people"]
    label = ngettext("mens om te bellen", "mensen om te bellen", people)
    yield Tile(people, label, _("En waarvoor"), reverse("home:people", args=[page["wijk"].slug]), "gras")
    held = page["held"]
    if held:
        label = ngettext("verslag om te lezen", "verslagen om te lezen", len(held))
        href = reverse("meetings:report", args=[held[0].public_id])
        yield Tile(len(held), label, held[0].title, href, "gracht")

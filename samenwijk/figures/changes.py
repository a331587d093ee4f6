"""What differs between two published versions of a profile, figure by figure."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samenwijk.figures.frozen import FrozenFigure, NamedFigure, ProfileFigure


@dataclass(frozen=True)
class Change:
    """One difference, in words: `kind` is added, gone, renewed or moved."""

    kind: str
    title: str
    words: str


def changes(before: Sequence[ProfileFigure], after: Sequence[ProfileFigure]) -> list[Change]:
    """In the order of the newer version; what is gone comes last. Nothing when they read the same."""
    old, new = ({one.indicator: one for one in figures} for figures in (before, after))
    told: list[Change] = []
    for slug, figure in new.items():
        if slug not in old:
            told.append(Change("added", figure.title, _("Nieuw in het profiel.")))
            continue
        told.extend(_differences(old[slug], figure))
    gone = (figure for slug, figure in old.items() if slug not in new)
    told.extend(Change("gone", figure.title, _("Niet meer in het profiel.")) for figure in gone)
    if not told and [*old] != [*new]:
        told.append(Change("moved", _("Volgorde"), _("De cijfers staan in een andere volgorde.")))
    return told


def _differences(old: ProfileFigure, new: ProfileFigure) -> list[Change]:
    told = []
    if isinstance(old, FrozenFigure) and isinstance(new, FrozenFigure):
        told += _renewed(old, new)
    elif isinstance(old, NamedFigure) and old.period != new.period:
        years = _("Ging over %(before)s, gaat nu over %(after)s.") % {"before": old.period, "after": new.period}
        told.append(Change("renewed", new.title, years))
    if old.heading != new.heading:
        told.append(Change("moved", new.title, _("Staat nu onder ‘%(group)s’.") % {"group": new.heading}))
    return told


def _renewed(old: FrozenFigure, new: FrozenFigure) -> list[Change]:
    told = []
    facts = {"old": _value(old), "new": _value(new), "before": old.period, "after": new.period}
    if (old.period, old.publisher, old.table) != (new.period, new.publisher, new.table):
        told.append(Change("renewed", new.title, _("Was %(old)s (%(before)s), is nu %(new)s (%(after)s).") % facts))
    elif (old.own, old.gemeente, old.region, old.country) != (new.own, new.gemeente, new.region, new.country):
        told.append(
            Change("renewed", new.title, _("De bron heeft dit cijfer aangepast: was %(old)s, is nu %(new)s.") % facts)
        )
    return told


def _value(figure: FrozenFigure) -> str:
    return figure.text or figure.own.why or "–"

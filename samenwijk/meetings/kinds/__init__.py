"""The kinds of step, in one table. An app above meetings adds its own with ``register`` in its AppConfig.ready()."""

from samenwijk.meetings.kinds.base import Kind
from samenwijk.meetings.kinds.choosing import Themes
from samenwijk.meetings.kinds.closing import Close
from samenwijk.meetings.kinds.figures import Figures
from samenwijk.meetings.kinds.garden import GardenRound
from samenwijk.meetings.kinds.group import Group
from samenwijk.meetings.kinds.planning import Plans, Share
from samenwijk.meetings.kinds.promises import Promises
from samenwijk.meetings.kinds.rounds import (
    Boundaries,
    Investments,
    Kitchen,
    Offers,
    Proposals,
    QuestionRound,
    Reflection,
    Routes,
)
from samenwijk.meetings.kinds.scale import Scale
from samenwijk.meetings.kinds.simple import Break, Meet, Welcome
from samenwijk.meetings.kinds.tips import Begin, Tips
from samenwijk.meetings.kinds.voting import Vote

KINDS: dict[str, Kind] = {}


def register(kind_class: type[Kind]) -> type[Kind]:
    KINDS[kind_class.slug] = kind_class()
    return kind_class


def kind(slug: str) -> Kind:
    """The rules of a kind. Raises ``LookupError`` for a slug that no app registered."""
    try:
        return KINDS[slug]
    except KeyError:
        raise LookupError(f"no app registered a kind of step called {slug!r}") from None


OF_THE_EVENING = (Welcome, Meet, Figures, Themes, Group, Break, Vote, Plans, Share, Close)
OF_OTHER_WAYS = (
    QuestionRound,
    Scale,
    Offers,
    Proposals,
    Boundaries,
    Kitchen,
    Reflection,
    Tips,
    Begin,
    Promises,
    Investments,
    Routes,
    GardenRound,
)
for shipped in (*OF_THE_EVENING, *OF_OTHER_WAYS):
    register(shipped)

__all__ = ["KINDS", "Kind", "kind", "register"]

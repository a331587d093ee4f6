"""Counting a closed choice: points for every option, who goes on, what tied and what was narrow."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from samenwijk.methods.narrow import narrow, narrow_shares
from samenwijk.methods.prioritising import Selection, equal_shares, support_by_group, tied_at_the_edge, top

if TYPE_CHECKING:
    from samenwijk.plans.models.choice import Choice, ChoiceOption, Support

Ballots = dict[int, dict[int, int]]
"""Ballot primary key -> option primary key -> value."""
DRAWS_OF_SHARES, FEW_DRAWS, MANY_VOTERS = 60, 20, 100


def count(choice: Choice) -> None:
    """Writes the result on the options. Dots on ideas that were merged count once, for the idea they became."""
    options = list(choice.options.select_related("idea__merged_into__merged_into__merged_into"))
    standing_for = _standing_for(options)
    ballots = _ballots(choice, standing_for)
    loose = _stickers(choice, standing_for)
    points: dict[int, int] = dict.fromkeys(standing_for.values(), 0)
    supporters = dict(points)
    for ballot in [*ballots.values(), *loose]:
        for pk, value in ballot.items():
            points[pk] += value
            supporters[pk] += 1
    for option in options:
        option.points, option.supporters = points.get(option.pk), supporters.get(option.pk)
    for group in contests(choice, options).values():
        given = [_only(ballot, group) for ballot in [*ballots.values(), *loose]]
        if choice.is_shared:
            _share_out(choice, group, given)
        else:
            _rank(choice, group, given)
    choice.options.bulk_update(options, ["points", "supporters", "place", "tied", "chosen", "narrow", "by_order"])


def contests(choice: Choice, options: Iterable[ChoiceOption]) -> dict[int, list[ChoiceOption]]:
    """Themes compete with all themes, ideas with those of their theme; with equal shares all ideas compete."""
    found: dict[int, list[ChoiceOption]] = defaultdict(list)
    for option in options:
        idea = option.idea
        if idea is None:
            found[0].append(option)
        elif idea.merged_into_id is None and idea.hidden_at is None and idea.withdrawn_at is None:
            found[0 if choice.is_shared else idea.theme_id].append(option)
    return found


def support(choice: Choice) -> Support:
    """Shares per group, from the ballots: stickers on paper belong to nobody. None when a group is too small."""
    from samenwijk.plans.models.choice import Support

    found = voters_of(choice)
    if found.small or len(found.voters) < 2:
        return found
    groups = _groups(choice)
    options = list(choice.options.select_related("idea__merged_into__merged_into__merged_into"))
    ballots = _ballots(choice, _standing_for(options))
    shares = support_by_group({pk: set(ballots.get(pk, ())) for pk in groups}, groups)
    return Support(found.voters, shares)


def voters_of(choice: Choice) -> Support:
    """How many of each group voted; after the end only where nobody is known by it."""
    from samenwijk.plans.models.choice import Support

    return Support(dict(Counter(_groups(choice).values())), {})


def _groups(choice: Choice) -> dict[int, str]:
    return dict(choice.ballots.filter(late=False).exclude(group="").values_list("pk", "group"))


def _standing_for(options: Iterable[ChoiceOption]) -> dict[int, int]:
    """Option primary key -> the option that its idea became."""
    options = list(options)
    by_idea: dict[int | None, int] = {option.idea_id: option.pk for option in options if option.idea_id}
    found = {}
    for option in options:
        idea = option.idea
        while idea is not None and idea.merged_into is not None:
            idea = idea.merged_into
        found[option.pk] = by_idea.get(idea.pk, option.pk) if idea else option.pk
    return found


def _ballots(choice: Choice, standing_for: Mapping[int, int]) -> Ballots:
    """Every ballot in time, empty ones too; of ideas that became one the highest value counts."""
    ballots: Ballots = {pk: {} for pk in choice.ballots.filter(late=False).order_by("pk").values_list("pk", flat=True)}
    dots = choice.ballots.filter(late=False, dots__isnull=False).order_by("pk", "dots__option")
    for pk, option, value in dots.values_list("pk", "dots__option", "dots__value"):
        now = standing_for[option]
        ballots[pk][now] = max(value, ballots[pk].get(now, 0))
    return ballots


def _stickers(choice: Choice, standing_for: Mapping[int, int]) -> list[dict[int, int]]:
    """Stickers on paper say nothing about who put them there: each is a small ballot of its own."""
    stickers = choice.paper.order_by("pk").values_list("option_id", "dots")
    return [{standing_for[option]: 1} for option, dots in stickers for _dot in range(dots)]


def _only(ballot: Mapping[int, int], group: Iterable[ChoiceOption]) -> dict[int, int]:
    return {option.pk: ballot[option.pk] for option in group if option.pk in ballot}


def _rank(choice: Choice, group: list[ChoiceOption], ballots: list[dict[int, int]]) -> None:
    by_pk = {option.pk: option for option in group}
    placed = top({option.pk: option.points or 0 for option in group}, choice.places)
    edge = set(tied_at_the_edge(placed, choice.places))
    for pk, _points, place in placed:
        option = by_pk[pk]
        option.place, option.tied = place, pk in edge
        option.chosen = None if option.tied else True
    if any(not option.chosen for option in group):
        # Where everything goes on, no few other ballots would have kept anything out.
        for pk in narrow(ballots, choice.places, items=by_pk, seed=_seed(choice)):
            by_pk[pk].narrow = True


def _share_out(choice: Choice, group: list[ChoiceOption], ballots: list[dict[int, int]]) -> None:
    """Equal shares. A tie for the last seat is the room's; an earlier one is decided by the order on the board."""
    by_pk = {option.pk: option for option in sorted(group, key=lambda option: option.position)}
    approvals = dict(enumerate(map(set, ballots)))
    seats = min(choice.places, len(set().union(*approvals.values()) if approvals else ()))
    if not seats:
        return
    selection = equal_shares(approvals, seats, items=by_pk)
    for place, pk in enumerate(selection.chosen, start=1):
        by_pk[pk].place, by_pk[pk].chosen = place, True
    for tie in selection.open_ties:
        last = tie[0] == selection.chosen[-1]
        for pk in _outside(tie, selection):
            option = by_pk[pk]
            option.tied, option.by_order = True, not last
            if last:
                option.chosen, option.place = None, seats
            elif pk not in selection.chosen:
                option.chosen = False
    draws = DRAWS_OF_SHARES if len(ballots) <= MANY_VOTERS else FEW_DRAWS
    for pk in narrow_shares(approvals, seats, items=by_pk, draws=draws, seed=_seed(choice)):
        by_pk[pk].narrow = True


def _outside(tie: tuple[int, ...], selection: Selection[int]) -> list[int]:
    """The one that was taken at a tie, and those that stayed outside."""
    return [tie[0], *(pk for pk in tie[1:] if pk not in selection.chosen)]


def _seed(choice: Choice) -> int:
    return choice.public_id.int % 2**32

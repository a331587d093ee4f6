"""What must have come of the ballots: voters, points, supporters and places, worked out apart from the server."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from samenwijk.demo.play.ballots import Ballot
from samenwijk.meetings.ways import WAYS
from samenwijk.methods.prioritising import equal_shares, top
from samenwijk.plans.models import Choice

Line = Mapping[str, str]
Cast = Mapping[tuple[str, str], Ballot]
"""(step, voter) -> that voter's newest ballot."""


def differences(rows: Iterable[Line], cast: Cast, stickers: Mapping[str, int]) -> Iterator[str]:
    """One sentence for everything in the export that does not follow from what was sent."""
    shown: set[str] = set()
    for choice, results in choices(rows):
        options = {row["id"] for row in results}
        shown |= options
        step = next((step for (step, _voter), given in cast.items() if given.keys() & options), "")
        ballots = [given for (one, _voter), given in cast.items() if one == step]
        yield from _counts(choice, results, ballots, stickers)
        yield from _places(choice, results, ballots)
    for option in {option for given in cast.values() for option in given} | set(stickers):
        if option not in shown:
            yield f"stemmen op {option}, en geen uitslag"


def choices(rows: Iterable[Line]) -> list[tuple[Line, list[Line]]]:
    """Each choice of the export with the lines of its result."""
    found: list[tuple[Line, list[Line]]] = []
    for row in rows:
        if row["kind"] == "choice":
            found.append((row, []))
        elif row["kind"] == "result" and found:
            found[-1][1].append(row)
    return found


def points_of(cast: Cast, stickers: Mapping[str, int]) -> Counter[str]:
    points = Counter(stickers)
    for given in cast.values():
        points.update(given)
    return points


def _counts(choice: Line, results: list[Line], ballots: list[Ballot], stickers: Mapping[str, int]) -> Iterator[str]:
    if ballots and int(choice["value"]) != len(ballots):
        yield f"stemmers bij {choice['step']}: verstuurd {len(ballots)}, geteld {choice['value']}"
    for row in results:
        option, loose = row["id"], stickers.get(row["id"], 0)
        points = loose + sum(given.get(option, 0) for given in ballots)
        people = loose + sum(option in given for given in ballots)
        if int(row["points"] or 0) != points:
            yield f"punten van {option}: verstuurd {points}, geteld {row['points']}"
        if int(row["supporters"] or 0) != people:
            yield f"mensen achter {option}: verstuurd {people}, geteld {row['supporters']}"


def _places(choice: Line, results: list[Line], ballots: list[Ballot]) -> Iterator[str]:
    standing = [row for row in results if row["points"]]
    expected = _by_shares(choice, standing, ballots) if _is_shared(choice) else _by_points(choice, standing)
    for row in standing:
        if row["id"] in expected and row["place"] != expected[row["id"]]:
            yield f"plaats van {row['id']}: verwacht {expected[row['id']] or 'geen'}, staat {row['place'] or 'geen'}"


def _is_shared(choice: Line) -> bool:
    return choice["more"] == str(WAYS[Choice.Form.SHARES].title)


def _by_points(choice: Line, results: list[Line]) -> dict[str, str]:
    """Themes compete with themes, ideas with those of their theme."""
    contests: dict[str, dict[str, int]] = defaultdict(dict)
    for row in results:
        contests["" if row["text"] == row["theme"] else row["theme"]][row["id"]] = int(row["points"])
    expected = {option: "" for contest in contests.values() for option in contest}
    for contest in contests.values():
        expected |= {option: str(place) for option, _points, place in top(contest, int(choice["points"]))}
    return expected


def _by_shares(choice: Line, results: list[Line], ballots: list[Ballot]) -> dict[str, str]:
    """The places of equal shares; where a tie decided who came in, the room or the order on the board did."""
    items = [row["id"] for row in results]
    supported = {option for given in ballots for option in given}
    seats = min(int(choice["points"]), len(supported))
    if not seats:
        return dict.fromkeys(items, "")
    found = equal_shares(dict(enumerate(ballots)), seats, items=items)
    places = {option: str(place) for place, option in enumerate(found.chosen, start=1)}
    in_a_tie = {option for tie in found.open_ties for option in tie}
    return {option: places.get(option, "") for option in items if option not in in_a_tie}

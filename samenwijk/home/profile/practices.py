"""The figures of practices beside a profile: never kept in a version, read anew for whoever looks."""

from __future__ import annotations

import json
from dataclasses import dataclass

from samenwijk.figures.frozen import in_words
from samenwijk.figures.models import Delivery
from samenwijk.figures.practices import PracticeReading, practice_readings
from samenwijk.places.models import Wijk

PUBLIC = str(Delivery.Visibility.PUBLIC)
OF_THE_WIJK = {str(Delivery.Visibility.WIJK), PUBLIC}


@dataclass(frozen=True)
class PracticeFigure:
    """A problem that the version names, with what may be seen of it now; None once it was taken back."""

    title: str
    period: int
    reading: PracticeReading | None


def practices_of(wijk: Wijk, document: str, *, works_here: bool) -> list[PracticeFigure]:
    """Those that this reader may see; what was taken back since is named without a number. A query for each year."""
    seen = OF_THE_WIJK if works_here else {PUBLIC} if wijk.is_open else set()
    named = [one for one in json.loads(document).get("practices", []) if one["visibility"] in seen]
    there = {
        (one.slug, one.period): one
        for period in sorted({one["period"] for one in named})
        for one in practice_readings(wijk, viewer=None, in_session=True, period=period)
    }
    found = [(one, there.get((one["slug"], one["period"]))) for one in named]
    # A practice may have drawn its circle closer since: then it is as if it was never there.
    return [
        PracticeFigure(reading.title if reading else in_words(one["title"]), one["period"], reading)
        for one, reading in found
        if reading is None or reading.visibility in seen
    ]

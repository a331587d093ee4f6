"""What the wijk did with a figure: what a room answered to it, and the themes, ideas and plans that grew from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q

from samenwijk.figures.frozen import ProfileFigure
from samenwijk.meetings.kinds.figures import ANSWERS
from samenwijk.meetings.models import Contribution, MeetingTheme
from samenwijk.places.models import Wijk
from samenwijk.plans.models import Plan, Theme

MOST_PLANS = 3


@dataclass(frozen=True)
class Grown:
    """A theme that a figure led to, with its number of ideas and its newest plans; `place` gives it its colour."""

    theme: Theme
    place: int
    ideas: int
    plans: list[Plan]
    more_plans: int


@dataclass
class Thread:
    """All of that for one figure. `answers` are (words, number), in the order of the buttons; empty when nobody did."""

    answers: list[tuple[str, int]] = field(default_factory=list)
    themes: list[Grown] = field(default_factory=list)


def threads_of(wijk: Wijk, figures: Sequence[ProfileFigure]) -> dict[str, Thread]:
    """By indicator; four queries, however many figures."""
    slugs = [figure.indicator for figure in figures]
    answers = _answers(wijk, slugs)
    grown = _grown(wijk, figures)
    return {slug: Thread(answers.get(slug, []), grown.get(slug, [])) for slug in slugs}


def _answers(wijk: Wijk, slugs: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
    """How many of the rooms of ended meetings recognised it; never who."""
    rows = (
        Contribution.objects.shown()
        .filter(take="recognise", about__in=slugs, step__meeting__wijk=wijk, step__meeting__ended_at__isnull=False)
        .order_by()
        .values_list("about", "value")
        .annotate(n=Count("pk"))
    )
    counted: dict[str, dict[str, int]] = {}
    for about, value, number in rows:
        counted.setdefault(about, {})[value] = number
    return {
        about: [(str(words), values.get(value, 0)) for value, words in ANSWERS] for about, values in counted.items()
    }


def _grown(wijk: Wijk, figures: Sequence[ProfileFigure]) -> dict[str, list[Grown]]:
    """Themes that were put on a table with the figure, and themes about the figure's own topic."""
    topics = {figure.topic for figure in figures if figure.topic}
    slugs = {figure.indicator for figure in figures}
    linked = list(
        MeetingTheme.objects.filter(meeting__wijk=wijk, figure__in=slugs)
        .order_by("position")
        .values_list("figure", "theme_id", "position")
    )
    there = Q(idea__merged_into=None, idea__hidden_at=None, idea__withdrawn_at=None)
    wanted = Q(pk__in={theme for _figure, theme, _place in linked}) | Q(topic__in=topics)
    ideas = Count("ideas", filter=Q(ideas__merged_into=None, ideas__hidden_at=None, ideas__withdrawn_at=None))
    themes = {theme.pk: theme for theme in Theme.objects.filter(wanted, wijk=wijk).annotate(number=ideas)}
    plans: dict[int, list[Plan]] = {}
    for plan in Plan.objects.filter(there, idea__theme__in=themes).select_related("idea").order_by("-pk"):
        plans.setdefault(plan.idea.theme_id, []).append(plan)
    places = {theme: place for _figure, theme, place in linked}
    found: dict[str, list[Grown]] = {}
    for figure in figures:
        by_link = [theme for slug, theme, _place in linked if slug == figure.indicator]
        by_topic = [pk for pk, theme in themes.items() if figure.topic and theme.topic == figure.topic]
        found[figure.indicator] = [
            Grown(
                theme=themes[pk],
                place=places.get(pk, 0),
                ideas=getattr(themes[pk], "number", 0),
                plans=plans.get(pk, [])[:MOST_PLANS],
                more_plans=max(len(plans.get(pk, [])) - MOST_PLANS, 0),
            )
            for pk in dict.fromkeys([*by_link, *by_topic])
            if pk in themes
        ]
    return found

"""De reis van een idee: where it came from and what became of it, in the order in which it happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenwijk.plans.models import Action, ChoiceOption, Idea, Partner, Plan


@dataclass(frozen=True)
class Stop:
    """One stop on the journey: what happened, the details, and when."""

    label: str | Promise
    note: str
    on: date | None = None
    state: str = "done"


def journey_of(idea: Idea) -> list[Stop]:
    """Figure or theme -> idea (with what was merged into it) -> choice -> plan -> action -> outcome."""
    return stops_of(idea, with_people(Plan.objects.filter(idea=idea)).first())


def with_people(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """Plans with who pulls and who helps them: two queries more, however many plans and people."""
    actions = Prefetch("actions", Action.objects.select_related("owner"))
    return plans.prefetch_related(actions, Prefetch("partners", Partner.objects.select_related("person")))


def stops_of(idea: Idea, plan: Plan | None) -> list[Stop]:
    """The journey of an idea whose plan is at hand already, as ``with_people`` gives it."""
    stops = [Stop(_("Thema"), idea.theme.title, localdate(idea.theme.created_at))]
    stops += [_written(part, idea) for part in idea.family("contribution__step__meeting", "contribution__table")]
    stops += [
        _chosen(option) for option in idea.options.filter(choice__shown_at__isnull=False).select_related("choice")
    ]
    return [*stops, *_plan_stops(plan)]


def _written(part: Idea, whole: Idea) -> Stop:
    contribution = getattr(part, "contribution", None)
    where = [str(contribution.step.meeting)] if contribution else []
    where += [str(contribution.table)] if contribution and contribution.table else []
    where += [_("van papier")] if part.from_paper else []
    merged = part.pk == whole.pk and part.author_kind == "facilitator"
    label = _("Samengevoegd tot één idee") if merged else _("Idee")
    return Stop(label, " · ".join([part.title, *where]), localdate(part.created_at))


def _chosen(option: ChoiceOption) -> Stop:
    points = ngettext("%(n)d stip", "%(n)d stippen", option.points or 0) % {"n": option.points or 0}
    place = _("plaats %(place)s") % {"place": option.place} if option.place else ""
    told = _("beslist in de zaal") if option.settled_in_the_room else ""
    label = _("Gekozen") if option.chosen else _("Niet gekozen")
    shown = option.choice.shown_at
    return Stop(label, " · ".join(part for part in (points, place, told) if part), localdate(shown) if shown else None)


def _plan_stops(plan: Plan | None) -> list[Stop]:
    if plan is None:
        return [Stop(_("Plan"), _("Nog niemand trekt dit idee."), state="todo")]
    stops = [Stop(_("Plan"), plan.get_form_display(), localdate(plan.created_at))]
    for action in plan.actions.all():
        stops.append(_action(action))
    if helpers := [str(partner.person) for partner in plan.partners.all()]:
        stops.append(Stop(_("Wie meedoen"), ", ".join(helpers)))
    return stops


def _action(action: Action) -> Stop:
    done = action.status != Action.Status.OPEN
    note = f"{action.owner}: {action.first_step}" + (f" · {action.outcome}" if action.outcome else "")
    label = _("Eerste stap (%(status)s)") % {"status": action.get_status_display()}
    return Stop(label, note, localdate(action.closed_at) if action.closed_at else action.due, "done" if done else "now")

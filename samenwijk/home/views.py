"""Pages that join the rooms of a wijk: its front door, its plans and their journey, its people, its follow-up."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from samenwijk.figures.models.profile import wijken_with_a_profile_for
from samenwijk.home import wijk_page
from samenwijk.home.follow_up import follow_up_of
from samenwijk.home.forms import DetailForm, OutcomeForm
from samenwijk.home.ideas import listed
from samenwijk.home.journey import journey_of, stops_of, with_people
from samenwijk.live.writer import write
from samenwijk.people.models import Person, wijken_of
from samenwijk.people.rights import COORDINATE
from samenwijk.places.models import Wijk
from samenwijk.plans.links import action_behind
from samenwijk.plans.models import Action, Idea, Need, Plan


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The door of an installation: join with a code, sign in, or look at an open wijk."""
    return render(request, "home/front.html", {"open_wijken": Wijk.objects.public()})


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Straight to the only wijk somebody works in; a choice when there are more."""
    wijken = list(wijken_of(request.user))
    if len(wijken) == 1:
        return redirect("home:wijk", wijken[0].slug)
    supported = wijken_with_a_profile_for(request.user).exclude(pk__in=[wijk.pk for wijk in wijken])
    return render(request, "home/mine.html", {"wijken": wijken, "supported": list(supported)})


@require_GET
def wijk(request: HttpRequest, slug: str) -> HttpResponse:
    """A wijk for who works there; a visitor sees what the wijk opened."""
    own = wijk_page.with_numbers(wijken_of(request.user)).filter(slug=slug).first()
    if own is not None:
        return render(request, "home/wijk.html", wijk_page.for_members(own, request.user))
    opened = get_object_or_404(wijk_page.with_numbers(Wijk.objects.public()), slug=slug)
    return render(request, "home/wijk_open.html", wijk_page.for_visitors(opened))


@login_required
@require_GET
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Wie is wie: whom to call for what."""
    own = get_object_or_404(wijken_of(request.user), slug=slug)
    known = Person.objects.visible_to(request.user).filter(memberships__wijk=own).select_related("organisation")
    listed = known.order_by("first_name", "last_name").distinct()
    return render(request, "home/people.html", {"wijk": own, "people": listed})


@login_required
@require_GET
def follow_up(request: HttpRequest, slug: str) -> HttpResponse:
    own = get_object_or_404(wijken_of(request.user), slug=slug)
    if not (request.user.is_authenticated and request.user.may(COORDINATE, own)):
        raise PermissionDenied
    return render(request, "home/follow_up.html", {"wijk": own, "list": follow_up_of(own)})


@login_required
@require_GET
def ideas(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that people in this wijk want to do, a page at a time."""
    own = get_object_or_404(wijken_of(request.user), slug=slug)
    may_coordinate = request.user.is_authenticated and request.user.may(COORDINATE, own)
    context = {"wijk": own, "listed": listed(request, own), "may_coordinate": may_coordinate}
    return render(request, "home/ideas.html", context)


@login_required
@require_GET
def idea(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """De reis van een idee."""
    found = get_object_or_404(
        Idea.objects.visible_to(request.user).select_related("theme", "wijk"), public_id=public_id
    )
    plans = Plan.objects.visible_to(request.user).filter(idea=found).select_related("idea", "agreement")
    plan = with_people(plans).first()
    parties = plan.parties() if plan else []
    needs = [str(Need(need).label) for need in plan.needs if need in Need.values] if plan else []
    context = {"idea": found, "plan": plan, "parties": parties, "wijk": found.wijk, "stops": stops_of(found, plan)}
    return render(request, "home/idea.html", {**context, "needs": needs})


@require_http_methods(["GET", "POST"])
def own_plan(request: HttpRequest, token: str) -> HttpResponse:
    """The owner's page, opened by the link in the mail: no signing in."""
    action = _action_of(token)
    plan = action.plan
    form = DetailForm(request.POST or None, initial=_told_before(plan))
    if request.method == "POST" and form.is_valid():
        write(lambda: plan.detail(by=action.owner, **form.cleaned_data))
        messages.success(request, _("Bewaard. Dank je wel."))
        return redirect("home:own_plan", token)
    context = _own_plan_context(request, token, action) | {"form": form}
    return render(request, "home/own_plan.html", context, status=422 if form.errors else 200)


@require_POST
def own_plan_ends(request: HttpRequest, token: str) -> HttpResponse:
    action = _action_of(token)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        context = _own_plan_context(request, token, action) | {
            "form": DetailForm(initial=_told_before(action.plan)),
            "outcome_form": form,
        }
        return render(request, "home/own_plan.html", context, status=422)
    ends = action.complete if form.cleaned_data["status"] == "completed" else action.stop
    write(lambda: ends(by=action.owner, outcome=form.cleaned_data["outcome"]))
    return redirect("home:own_plan", token)


def _told_before(plan: Plan) -> dict[str, object]:
    return {"form": plan.form, "needs": plan.needs, "needs_what": plan.needs_what, "needs_whom": plan.needs_whom}


def _action_of(token: str) -> Action:
    action = action_behind(token)
    if action is None:
        raise Http404(_("Deze link klopt niet meer."))
    return action


def _own_plan_context(request: HttpRequest, token: str, action: Action) -> dict[str, object]:
    return {
        "action": action,
        "plan": action.plan,
        "wijk": action.plan.wijk,
        "token": token,
        "parties": action.plan.parties(),
        "outcome_form": OutcomeForm(),
        "stops": journey_of(action.plan.idea),
    }

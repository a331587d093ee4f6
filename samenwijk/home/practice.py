"""The pages of a practice: give figures, see them as others will, approve them, and take them back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samenwijk.figures.models import Delivery
from samenwijk.figures.practice.cells import Row
from samenwijk.figures.practice.examples import EXAMPLES
from samenwijk.figures.practice.files import MOST_BYTES, Refused
from samenwijk.figures.practice.protecting import protected
from samenwijk.figures.practice.tables import tables_of
from samenwijk.figures.practices import practice_readings, preview, source_line
from samenwijk.home.practice_forms import ApproveForm, FileForm, KeyForm, TypedForm
from samenwijk.live.writer import write
from samenwijk.people.models import Organisation, User, wijken_of
from samenwijk.places.models import Wijk
from samenwijk.ui.uploads import takes_a_file


def _own(request: HttpRequest, slug: str) -> tuple[Wijk, Organisation]:
    """The wijk, and the practice whose figures this person holds there; for others who work there a 403."""
    wijk = get_object_or_404(wijken_of(request.user), slug=slug)
    practice = request.user.practice_in(wijk) if isinstance(request.user, User) else None
    if practice is None:
        raise PermissionDenied
    return wijk, practice


@login_required
@require_GET
def practice(request: HttpRequest, slug: str) -> HttpResponse:
    """What this practice gave, and what waits for its yes."""
    wijk, own = _own(request, slug)
    deliveries = list(Delivery.objects.visible_to(request.user).filter(wijk=wijk, practice=own))
    context = {
        "wijk": wijk,
        "practice": own,
        "waiting": [one for one in deliveries if not one.is_approved],
        "approved": [one for one in deliveries if one.is_approved],
        "readings": practice_readings(wijk, viewer=request.user, in_session=True),
    }
    return render(request, "home/practice.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def practice_typed(request: HttpRequest, slug: str) -> HttpResponse:
    """Typ uw cijfers over."""
    wijk, own = _own(request, slug)
    form = TypedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _delivered(request, wijk, own, form, form.rows())
    context = {"wijk": wijk, "practice": own, "form": form, "least": settings.SMALL_COUNT}
    return render(request, "home/practice_typed.html", context, status=422 if form.errors else 200)


@takes_a_file(MOST_BYTES)
@login_required
@require_http_methods(["GET", "POST"])
def practice_file(request: HttpRequest, slug: str) -> HttpResponse:
    """A file with counts. It is read in memory, and gone when the page is there."""
    wijk, own = _own(request, slug)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        try:
            return _delivered(request, wijk, own, form, form.cleaned_data["rows"])
        except Refused as refused:
            form.add_error("file", refused.sentence)
    context = {"wijk": wijk, "practice": own, "form": form}
    return render(request, "home/practice_file.html", context, status=422 if form.errors else 200)


def _delivered(request: HttpRequest, wijk: Wijk, own: Organisation, form: KeyForm, rows: Sequence[Row]) -> HttpResponse:
    years = protected(rows)
    key, by = form.cleaned_data["key"], request.user
    person = by if isinstance(by, User) else None
    made = write(lambda: [Delivery.deliver(year, practice=own, wijk=wijk, key=key, by=person) for year in years])
    if len(made) == 1:
        return redirect("home:delivery", made[0].public_id)
    messages.success(request, _("De cijfers van elk jaar staan klaar. Bekijk ze en geef per jaar akkoord."))
    return redirect("home:practice", wijk.slug)


@login_required
@require_GET
def practice_example(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """A file in the shape that we know, to fill in."""
    _own(request, slug)
    kind, make = EXAMPLES[name]
    answer = HttpResponse(make(), content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="voorbeeld-praktijkcijfers.{name}"'
    return answer


@login_required
@require_http_methods(["GET", "POST"])
def delivery(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The figures as others will see them. Approving shows them, in the sum of the practices."""
    given = _mine(request, public_id)
    form = ApproveForm(request.POST if request.method == "POST" else None, initial={"visibility": given.visibility})
    if request.method == "POST" and form.is_valid():
        write(lambda: given.approve(by=_person(request), **form.cleaned_data))
        messages.success(
            request, _("Akkoord. Deze cijfers tellen nu mee in de wijk. Je kunt ze altijd weer intrekken.")
        )
        return redirect("home:practice", given.wijk.slug)
    return render(request, "home/delivery.html", _shown(given, form), status=422 if form.errors else 200)


@login_required
@require_POST
def delivery_withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ingetrokken: overal weg."""
    given = _mine(request, public_id)
    write(lambda: given.withdraw(by=_person(request)))
    messages.success(request, _("De cijfers zijn weg, ook uit de optelling van de wijk."))
    return redirect("home:practice", given.wijk.slug)


def _mine(request: HttpRequest, public_id: UUID) -> Delivery:
    mine = Delivery.objects.visible_to(request.user).select_related("wijk", "practice")
    found: Delivery = get_object_or_404(mine, public_id=public_id)
    return found


def _person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _shown(given: Delivery, form: ApproveForm) -> dict[str, Any]:
    cells = given.shown_cells()
    readings = preview(cells, given.period, source_line(given.origin))
    context = {"delivery": given, "wijk": given.wijk, "practice": given.practice, "form": form}
    return {**context, "readings": readings, "tables": tables_of(cells)}

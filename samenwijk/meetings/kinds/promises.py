"""Open promises of last time: a next meeting opens with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenwijk.meetings.kinds.base import Act, Kind, Refused, Said, StepForm
from samenwijk.plans.models import Action

if TYPE_CHECKING:
    from samenwijk.meetings.models import Meeting, Participant, Step

HOW = (("done", _("Gedaan")), ("stopped", _("Gestopt")), ("goes_on", _("Loopt nog")))


class OutcomeForm(StepForm):
    """What the room hears about one promise."""

    action = forms.UUIDField(widget=forms.HiddenInput)
    how = forms.ChoiceField(
        label=_("Hoe staat het ervoor?"), choices=HOW, error_messages={"required": _("Kies hoe het ervoor staat.")}
    )
    outcome = forms.CharField(label=_("Wat kwam ervan? Wat leerden we?"), max_length=280, required=False)


class Promises(Kind):
    """Each open promise is read out; its owner tells how it stands, and the facilitator writes that down."""

    slug = "promises"
    title = _("Wat spraken we af?")
    phase = _("Terugkijken")
    question = _("Wat kwam er van onze afspraken?")
    minutes = 15
    acts = (Act("outcome", _("Bewaar"), OutcomeForm),)

    def act_outcome(self, step: Step, data: dict[str, Any], by: Any) -> Said:
        action = self.of(step.meeting).filter(public_id=data["action"]).first()
        if action is None:
            raise Refused(_("Deze afspraak staat niet meer open."))
        told = step.state.get("told", {})
        if data["how"] == "done":
            action.complete(by=by, outcome=data["outcome"])
        elif data["how"] == "stopped":
            action.stop(by=by, outcome=data["outcome"])
        step.remember(told={**told, str(action.public_id): {"how": data["how"], "outcome": data["outcome"]}})
        step.meeting.announce("plan")
        return Said(_("Bewaard."))

    @staticmethod
    def of(meeting: Meeting) -> Any:
        """What is still open from before: of the series of this meeting, else of the whole wijk."""
        earlier = Action.objects.open().filter(wijk=meeting.wijk)
        if meeting.series_id:
            earlier = earlier.filter(plan__idea__contribution__step__meeting__series=meeting.series_id)
        own = earlier.exclude(plan__idea__contribution__step__meeting=meeting)
        return own.select_related("owner__organisation", "plan__idea__theme").order_by("due", "pk")

    def rows(self, step: Step) -> list[dict[str, Any]]:
        """What was open or was told about in this step, each with how it stands."""
        told: dict[str, Any] = step.state.get("told", {})
        closed = Action.objects.filter(public_id__in=list(told)).exclude(status=Action.Status.OPEN)
        titles = dict(HOW)
        found = [*closed.select_related("owner__organisation", "plan__idea__theme"), *self.of(step.meeting)]
        return [
            {
                "action": action,
                "how": titles.get(told.get(str(action.public_id), {}).get("how", ""), ""),
                "outcome": told.get(str(action.public_id), {}).get("outcome", ""),
                "form": OutcomeForm(step=step, initial={"action": action.public_id}, auto_id=f"{action.public_id}-%s"),
            }
            for action in found
        ]

    def phone(self, step: Step, participant: Participant) -> dict[str, Any]:
        return {"rows": self.rows(step), "person": participant.person_id}

    def screen(self, step: Step) -> dict[str, Any]:
        return {"rows": self.rows(step)}

    def console(self, step: Step) -> dict[str, Any]:
        return {"rows": self.rows(step)}

    def report(self, step: Step) -> dict[str, Any]:
        return {"rows": [row for row in self.rows(step) if row["how"]]}

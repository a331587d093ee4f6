"""From a chosen idea to somebody who pulls it, and to people who help: everybody says yes on their own phone."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db.models import Min, Prefetch, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenwijk.meetings.kinds.base import (
    FACILITATOR,
    PAPER,
    PARTICIPANT,
    Act,
    Kind,
    Refused,
    Said,
    Sender,
    StepForm,
    Stuck,
    Take,
    TurnForm,
    addition,
    by,
    state,
)
from samenwijk.plans.models import Action, ChoiceOption, Idea, Partner, Plan
from samenwijk.plans.models.plan import AlreadyTaken

if TYPE_CHECKING:
    from samenwijk.meetings.models import Meeting, Participant, Step


def chosen_ideas(meeting: Meeting) -> list[Idea]:
    """The ideas that go on: the winners of the last vote on ideas that was shown, best first within each theme."""
    last = meeting.steps.filter(kind="vote", choice__shown_at__isnull=False).order_by("-choice__shown_at", "-position")
    place = Min("idea__theme__meetings__position", filter=Q(idea__theme__meetings__meeting=meeting))
    winners = ChoiceOption.objects.filter(choice=Subquery(last.values("choice")[:1]), chosen=True)
    ordered = winners.annotate(theme_place=place).order_by("theme_place", "place", "position")
    return [option.idea for option in ordered.select_related("idea__theme") if option.idea]


def plans_of(meeting: Meeting) -> list[Plan]:
    """The plans that grew from this meeting's ideas, in the order in which they were made."""
    found = Plan.objects.filter(idea__contribution__step__meeting=meeting)
    return list(
        found.select_related("idea__theme", "wijk").prefetch_related(
            Prefetch("actions", Action.objects.select_related("owner__organisation")),
            Prefetch("partners", Partner.objects.select_related("person__organisation")),
        )
    )


class TakeOnForm(StepForm):
    idea = forms.ModelChoiceField(queryset=Idea.objects.none(), to_field_name="public_id", widget=forms.HiddenInput)
    first_step = forms.CharField(
        label=_("Wat is de eerste stap?"),
        max_length=200,
        error_messages={"required": _("Schrijf op wat je als eerste doet.")},
    )
    due = forms.DateField(
        label=_("Wanneer is die stap klaar?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Kies een datum."), "invalid": _("Schrijf de datum zo: 24-12-2026.")},
    )
    email = forms.EmailField(
        label=_("Jouw mailadres (mag leeg blijven)"),
        required=False,
        help_text=_("Dan sturen we je de afspraak voor in je agenda. Zonder adres krijg je een kaartje op papier."),
        error_messages={"invalid": _("Dit mailadres klopt niet. Kijk het na, of laat het leeg.")},
    )
    phone = forms.CharField(label=_("Jouw telefoonnummer (mag leeg blijven)"), max_length=20, required=False)

    def prepare(self) -> None:
        field = self.fields["idea"]
        assert isinstance(field, forms.ModelChoiceField)
        if self.is_bound:
            field.queryset = Idea.objects.filter(pk__in=[idea.pk for idea in chosen_ideas(self.step.meeting)])
        if self.sender and (participant := self.sender.participant):
            self.initial.setdefault("phone", participant.phone)
            self.initial.setdefault("email", participant.email)

    def clean_due(self) -> Any:
        due = self.cleaned_data["due"]
        if due < timezone.localdate():
            raise forms.ValidationError(_("Deze datum is al voorbij. Kies een datum in de toekomst."))
        return due


class IdeaOnlyForm(StepForm):
    idea = forms.ModelChoiceField(queryset=Idea.objects.none(), to_field_name="public_id", widget=forms.HiddenInput)
    prepare = TakeOnForm.prepare


class PaperOwnerForm(TakeOnForm):
    """What stands on a sheet: which idea, and who of the people in the room said yes."""

    participant = forms.UUIDField(
        label=_("Wie zei ja?"),
        error_messages={"required": _("Kies wie ja zei."), "invalid": _("Kies wie ja zei.")},
    )
    field_order = ("idea", "participant", "first_step", "due", "email", "phone")

    def prepare(self) -> None:
        super().prepare()
        ideas, participant = self.fields["idea"], self.fields["participant"]
        self.fields["email"].label = _("Mailadres (mag leeg blijven)")
        self.fields["phone"].label = _("Telefoonnummer (mag leeg blijven)")
        self.fields["email"].help_text = _("Dan sturen we de afspraak voor in de agenda.")
        assert isinstance(ideas, forms.ModelChoiceField)
        taken = [plan.idea_id for plan in plans_of(self.step.meeting) if plan.owner]
        ideas.label, ideas.widget = _("Welk idee?"), forms.Select()
        ideas.queryset = ideas.queryset.exclude(pk__in=taken) if ideas.queryset is not None else ideas.queryset
        ideas.error_messages["required"] = _("Kies een idee.")
        people = self.step.meeting.participants.present().select_related("table")
        participant.widget = forms.Select(
            choices=[("", "---------"), *((one.public_id, _name_and_table(one)) for one in people)]
        )


def _name_and_table(participant: Participant) -> str:
    return f"{participant.name} ({participant.table})" if participant.table else participant.name


class Plans(Kind):
    """Per chosen idea a trekker who is present and says yes, a first step and a date. Nobody is assigned."""

    slug = "plan"
    title = _("Plannen maken")
    phase = _("Afspreken")
    question = _("Wie trekt dit, en wat is de eerste stap?")
    minutes = 15
    talk_minutes = 5
    on_paper = True
    after_talk = _("Straks, als de klok om is, zeg je ja op je eigen telefoon.")
    talks_about_its_picture = True
    takes = (
        Take("own", by(PARTICIPANT), TakeOnForm, adoptable=True),
        Take("give_back", by(PARTICIPANT), IdeaOnlyForm),
        Take("paper_owner", by(PAPER, FACILITATOR), PaperOwnerForm),
    )

    def take_own(self, step: Step, sender: Sender, data: dict[str, Any], key: uuid.UUID) -> Said:
        participant = sender.participant
        if participant is None:
            raise Refused(_("Ja zeggen doe je op je eigen telefoon."))
        self._take_on(step, sender, participant, data, key, from_paper=False)
        return Said(_("Mooi! Jij bent trekker. Je vindt je afspraak straks bij 'Jouw bijeenkomst'."))

    def take_paper_owner(self, step: Step, sender: Sender, data: dict[str, Any], key: uuid.UUID) -> Said:
        participant = step.meeting.participants.present().filter(public_id=data["participant"]).first()
        if participant is None:
            raise Refused(_("Kies iemand die in de zaal is en zelf ja zegt."))
        self._take_on(step, sender, participant, data, key, from_paper=True)
        return Said(_("De trekker is opgeschreven, van papier."))

    @staticmethod
    def _take_on(
        step: Step,
        sender: Sender,
        participant: Participant,
        data: dict[str, Any],
        key: uuid.UUID,
        *,
        from_paper: bool,
    ) -> None:
        owner = participant.as_person(email=data["email"], phone=data["phone"])
        try:
            Plan.take_on(
                data["idea"],
                owner=owner,
                first_step=data["first_step"],
                due=data["due"],
                from_paper=from_paper,
            )
        except AlreadyTaken as taken:
            raise Refused(
                _("%(name)s trekt dit al. Straks kun je zeggen dat je meehelpt.") % {"name": taken.owner}
            ) from taken
        addition(
            step,
            "own",
            sender,
            key=key,
            about=str(data["idea"].public_id),
            text=data["first_step"],
            released=True,
        )
        step.meeting.announce("plan")

    def take_give_back(self, step: Step, sender: Sender, data: dict[str, Any], key: uuid.UUID) -> Said:
        mine = Action.objects.open().filter(plan__idea=data["idea"], owner__participations=sender.participant).first()
        if mine is None:
            raise Refused(_("Je trekt dit idee nu niet."))
        mine.release(by=sender.participant)
        step.meeting.announce("plan")
        return Said(_("Je hebt het idee teruggegeven. Iemand anders kan het nu oppakken."))

    def phone(self, step: Step, participant: Participant) -> dict[str, Any]:
        positions = dict(step.meeting.themes.values_list("theme_id", "position"))
        rows = self.rows(step.meeting, participant)
        for row in rows:
            idea: Idea = row["idea"]
            row |= {"position": positions.get(idea.theme_id, 0), "take_on": f"?deel=own&idea={idea.public_id}"}
        return {"rows": rows}

    def screen(self, step: Step) -> dict[str, Any]:
        return {
            "rows": self.rows(step.meeting),
            "themes": dict(step.meeting.themes.values_list("theme_id", "position")),
        }

    def console(self, step: Step) -> dict[str, Any]:
        return {"rows": self.rows(step.meeting)}

    def stuck(self, step: Step, seen: Mapping[str, Any]) -> list[Stuck]:
        if step.is_talking:
            return []
        return [
            Stuck(_("Nog geen trekker: %(idea)s") % {"idea": row["idea"].title})
            for row in seen["rows"]
            if not row["owner"]
        ]

    def paper(self, step: Step) -> dict[str, Any]:
        return {"ideas": chosen_ideas(step.meeting), "people": list(step.meeting.participants.present())}

    def report(self, step: Step) -> dict[str, Any]:
        """Nothing of its own: plans have a part of the report for themselves."""
        return {}

    @staticmethod
    def rows(meeting: Meeting, participant: Participant | None = None) -> list[dict[str, Any]]:
        """Each chosen idea with its plan and owner; for a phone also whether that is this participant."""
        plans = {plan.idea_id: plan for plan in plans_of(meeting)}
        person = participant.person_id if participant else None
        rows = []
        for idea in chosen_ideas(meeting):
            plan = plans.get(idea.pk)
            owner = plan.owner if plan else None
            rows.append(
                {
                    "idea": idea,
                    "plan": plan,
                    "owner": owner,
                    "action": plan.action if plan and owner else None,
                    "mine": bool(owner and owner.pk == person),
                }
            )
        return rows


class HelpForm(StepForm):
    plan = forms.ModelChoiceField(queryset=Plan.objects.none(), to_field_name="public_id", widget=forms.HiddenInput)
    offer = forms.ChoiceField(choices=Partner.Offer.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Wie ken je? (mag leeg blijven)"), max_length=120, required=False)

    def prepare(self) -> None:
        field = self.fields["plan"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Plan.objects.filter(idea__contribution__step__meeting=self.step.meeting)


class Share(Kind):
    """Each plan is told in a minute; others offer help, so partners too have said yes themselves."""

    slug = "share"
    title = _("Plannen delen")
    phase = _("Afspreken")
    question = _("Wie helpt mee?")
    minutes = 10
    settings_of_the_kind: ClassVar[dict[str, Any]] = {"seconds": 60}
    takes = (Take("help", by(PARTICIPANT), HelpForm), Take("no_help", by(PARTICIPANT), HelpForm))
    acts = (Act("turn", _("Volgende plan"), TurnForm),)

    def enter(self, step: Step) -> None:
        """Whoever has the floor begins with a whole minute, also when the room comes back."""
        step.remember(at=step.state.get("at", 0), since=timezone.now().isoformat())

    def act_turn(self, step: Step, data: dict[str, Any], by: Any) -> Said:
        step.remember(at=data["to"], since=timezone.now().isoformat())
        step.meeting.announce("figure")
        return Said()

    def take_help(self, step: Step, sender: Sender, data: dict[str, Any], key: uuid.UUID) -> Said:
        if sender.participant is None:
            raise Refused(_("Hulp aanbieden doe je op je eigen telefoon."))
        plan: Plan = data["plan"]
        Partner.join(plan, person=sender.participant.as_person(), offer=data["offer"], note=data["note"])
        state(
            step,
            "help",
            sender,
            about=f"{plan.public_id}:{data['offer']}",
            key=key,
            value=data["offer"],
            text=data["note"],
            released=True,
        )
        step.meeting.announce("plan")
        return Said(_("Fijn dat je meehelpt. Je naam staat bij het plan."))

    def take_no_help(self, step: Step, sender: Sender, data: dict[str, Any], key: uuid.UUID) -> Said:
        if sender.participant is not None and sender.participant.person is not None:
            Partner.leave(data["plan"], person=sender.participant.person, offer=data["offer"])
            step.contributions.filter(
                take="help", author_id=sender.public_id, about=f"{data['plan'].public_id}:{data['offer']}"
            ).delete()
            step.meeting.announce("plan")
        return Said(_("Je naam is weggehaald bij dit plan."))

    def phone(self, step: Step, participant: Participant) -> dict[str, Any]:
        plans = self.told(step.meeting)
        offered = (
            set(Partner.objects.filter(person=participant.person_id).values_list("plan_id", "offer"))
            if participant.person_id
            else set()
        )
        rows = [
            {
                "plan": plan,
                "helps": (plan.pk, "help") in offered,
                "knows": (plan.pk, "knows") in offered,
                "mine": bool(plan.owner and plan.owner.pk == participant.person_id),
            }
            for plan in plans
        ]
        return {"rows": rows, "at": self.at(step, plans)}

    def screen(self, step: Step) -> dict[str, Any]:
        themes = dict(step.meeting.themes.values_list("theme_id", "position"))
        plans = self.told(step.meeting, themes)
        at = self.at(step, plans)
        since = step.state.get("since", "")
        return {
            "plans": plans,
            "plan": plans[at] if plans else None,
            "at": at,
            "number": at + 1,
            "of": len(plans),
            "seconds": step.setting("seconds"),
            "since": since,
            "share_ends_at": self.turn_ends_at(step),
            "themes": themes,
        }

    console = screen

    def report(self, step: Step) -> dict[str, Any]:
        """Nothing of its own: plans have a part of the report for themselves."""
        return {}

    @staticmethod
    def turn_ends_at(step: Step) -> datetime.datetime | None:
        """When the minute of the plan on the projector is over."""
        since = step.state.get("since")
        seconds = datetime.timedelta(seconds=int(step.setting("seconds")))
        return datetime.datetime.fromisoformat(since) + seconds if since else None

    @staticmethod
    def told(meeting: Meeting, order: Mapping[int, int] | None = None) -> list[Plan]:
        """The plans with somebody who pulls them, in the order of the themes (primary key -> place on the list)."""
        order = dict(meeting.themes.values_list("theme_id", "position")) if order is None else order
        return sorted(
            (plan for plan in plans_of(meeting) if plan.owner),
            key=lambda plan: (order.get(plan.idea.theme_id, 99), plan.pk),
        )

    @staticmethod
    def at(step: Step, plans: Iterable[Plan]) -> int:
        return min(int(step.state.get("at", 0)), max(len(list(plans)) - 1, 0))

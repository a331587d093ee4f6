"""Plans, what somebody promised (actions) and what organisations agreed on (agreements)."""

from __future__ import annotations

import datetime
import uuid
from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenwijk.journal.models import Entry
from samenwijk.people.models import Person, Viewer, wijken_of
from samenwijk.places.models import Wijk
from samenwijk.plans.models.idea import Idea


class Form(models.TextChoices):
    """From light to heavy; from SAMENWERKINGSAFSPRAAK upward several parties bind themselves."""

    VOORNEMEN = "voornemen", _("voornemen")
    INDIVIDUELE_ACTIE = "individuele_actie", _("individuele actie")
    TEAMAFSPRAAK = "teamafspraak", _("teamafspraak")
    SAMENWERKINGSAFSPRAAK = "samenwerkingsafspraak", _("samenwerkingsafspraak")
    VERWIJSAFSPRAAK = "verwijsafspraak", _("verwijsafspraak")
    WERKWIJZE = "werkwijze", _("werkwijze of protocol")
    WIJKAANPAK = "wijkaanpak", _("wijkaanpak")
    CONVENANT = "convenant", _("convenant")
    SAMENWERKINGSOVEREENKOMST = "samenwerkingsovereenkomst", _("samenwerkingsovereenkomst")

    @property
    def binds_parties(self) -> bool:
        order = list(type(self))
        return order.index(self) >= order.index(type(self).SAMENWERKINGSAFSPRAAK)


class Need(models.TextChoices):
    TIME = "tijd", _("tijd")
    MONEY = "geld", _("geld")
    MANDATE = "mandaat", _("mandaat")
    KNOWLEDGE = "kennis", _("kennis")


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: Viewer) -> Self:
        return self.filter(wijk__in=wijken_of(user))


class Plan(models.Model):
    """A chosen idea that somebody pulls. Needs and form follow after the evening, by link."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    wijk = models.ForeignKey(Wijk, on_delete=models.CASCADE, related_name="plans")
    idea = models.OneToOneField(Idea, on_delete=models.PROTECT, related_name="plan")
    form = models.CharField(max_length=30, choices=Form.choices, blank=True)
    needs = models.JSONField(default=list, blank=True)
    needs_what = models.TextField(max_length=600, blank=True)
    needs_whom = models.TextField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.idea.title

    @property
    def action(self) -> Action | None:
        """The running action, else the last one: who pulls this plan."""
        actions = sorted(self.actions.all(), key=lambda action: (action.status == Action.Status.OPEN, action.pk))
        return actions[-1] if actions else None

    @property
    def owner(self) -> Person | None:
        action = self.action
        return action.owner if action and action.status != Action.Status.RELEASED else None

    @property
    def helpers(self) -> list[Partner]:
        """Who offered help, with the person; no query when partners were fetched with the plan."""
        return list(self.partners.all())

    def parties(self) -> list[AgreementParty]:
        """Whom it binds, once it has a form that asks for an agreement."""
        agreement: Agreement | None = getattr(self, "agreement", None)
        return list(agreement.parties.select_related("organisation")) if agreement else []

    @classmethod
    @transaction.atomic
    def take_on(
        cls, idea: Idea, *, owner: Person, first_step: str, due: datetime.date, from_paper: bool = False
    ) -> Plan:
        """Somebody in the room says yes to an idea. Whoever is second is told, not overwritten: ``AlreadyTaken``."""
        plan, made = cls.objects.select_for_update().get_or_create(idea=idea, defaults={"wijk": idea.wijk})
        running = plan.actions.filter(status=Action.Status.OPEN).first()
        if running and running.owner_id != owner.pk:
            raise AlreadyTaken(running.owner)
        if running:
            Action.objects.filter(pk=running.pk).update(first_step=first_step, due=due)
            return plan
        action = Action.objects.create(
            plan=plan, wijk=idea.wijk, owner=owner, first_step=first_step, due=due, from_paper=from_paper
        )
        if made:
            Entry.record("plan.made", about=plan, wijk=idea.wijk, by=owner)
        Entry.record("action.taken_on", about=action, wijk=idea.wijk, by=owner)
        return plan

    @transaction.atomic
    def detail(self, *, form: str, needs: list[str], needs_what: str, needs_whom: str, by: Any) -> None:
        """What the owner adds afterwards; a form that binds parties makes an agreement."""
        self.form, self.needs, self.needs_what, self.needs_whom = form, needs, needs_what, needs_whom
        self.save(update_fields=["form", "needs", "needs_what", "needs_whom"])
        if form and Form(form).binds_parties:
            Agreement.begin(self, by=by)
        Entry.record("plan.detailed", about=self, wijk=self.wijk, by=by)


class AlreadyTaken(ValueError):
    """Somebody else pulls this idea already."""

    def __init__(self, owner: Person) -> None:
        super().__init__(str(owner))
        self.owner = owner


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, user: Viewer) -> Self:
        return self.filter(wijk__in=wijken_of(user))

    def open(self) -> Self:
        return self.filter(status=Action.Status.OPEN)

    def without_address(self) -> Self:
        """Whom the coordinator has to call: nothing can be mailed to them."""
        return self.filter(owner__email="")


class Action(models.Model):
    """What somebody promised to do: an owner who said yes, a first step, a date and, in the end, an outcome."""

    class Status(models.TextChoices):
        OPEN = "open", _("loopt")
        COMPLETED = "completed", _("gedaan")
        STOPPED = "stopped", _("gestopt")
        RELEASED = "released", _("teruggegeven")

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="actions")
    wijk = models.ForeignKey(Wijk, on_delete=models.CASCADE, related_name="actions")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="actions")
    first_step = models.CharField(max_length=200)
    due = models.DateField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    outcome = models.TextField(max_length=280, blank=True)
    from_paper = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ("due", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["plan"], condition=models.Q(status="open"), name="plan_has_one_running_action"
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=["completed", "stopped"]) | models.Q(closed_at__isnull=False),
                name="closed_action_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return self.first_step

    def complete(self, *, by: Any, outcome: str) -> None:
        self._close(self.Status.COMPLETED, by=by, outcome=outcome)

    def stop(self, *, by: Any, outcome: str) -> None:
        """Stopping is an honourable ending, with a lesson."""
        self._close(self.Status.STOPPED, by=by, outcome=outcome)

    def release(self, *, by: Any) -> None:
        """ "Toch niet": the owner gives it back in the room; the idea is free for somebody else."""
        self._close(self.Status.RELEASED, by=by, outcome="")

    @transaction.atomic
    def _close(self, status: Status, *, by: Any, outcome: str) -> None:
        # Two people may press the button at once: only the first one closes it.
        still_open = Action.objects.open().filter(pk=self.pk)
        if still_open.update(status=status, outcome=outcome, closed_at=timezone.now()):
            Entry.record(f"action.{status}", about=self, wijk=self.wijk, by=by)
        self.refresh_from_db()


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, user: Viewer) -> Self:
        return self.filter(wijk__in=wijken_of(user))


class Agreement(models.Model):
    """What several organisations agree on; it stands when each party has confirmed it itself."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, related_name="agreement")
    wijk = models.ForeignKey(Wijk, on_delete=models.CASCADE, related_name="agreements")
    review_date = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AgreementQuerySet.as_manager()

    def __str__(self) -> str:
        return self.plan.title

    @classmethod
    def begin(cls, plan: Plan, *, by: Any) -> Agreement:
        """One agreement a plan; its parties are the organisations of owner and partners, none confirmed yet."""
        agreement, made = cls.objects.get_or_create(plan=plan, defaults={"wijk": plan.wijk})
        people = [
            plan.owner,
            *(partner.person for partner in plan.partners.select_related("person__organisation")),
        ]
        for organisation in {person.organisation for person in people if person and person.organisation}:
            agreement.parties.get_or_create(organisation=organisation)
        if made:
            Entry.record("agreement.begun", about=agreement, wijk=plan.wijk, by=by)
        return agreement


class AgreementParty(models.Model):
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="agreement_parties")
    confirmed_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="confirmations"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "organisation"], name="party_stands_in_an_agreement_once")
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class Partner(models.Model):
    """Somebody who said yes to helping a plan, in person: the uitwerkgroep."""

    class Offer(models.TextChoices):
        HELP = "help", _("ik help mee")
        KNOWS = "knows", _("ik ken iemand")

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="partners")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="partnerships")
    offer = models.CharField(max_length=8, choices=Offer.choices)
    note = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("created_at", "pk")
        constraints = [models.UniqueConstraint(fields=["plan", "person", "offer"], name="partner_offers_a_thing_once")]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_offer_display()})"

    @classmethod
    def join(cls, plan: Plan, *, person: Person, offer: str, note: str = "") -> Partner:
        partner, made = cls.objects.update_or_create(plan=plan, person=person, offer=offer, defaults={"note": note})
        if made:
            Entry.record("partner.joined", about=plan, wijk=plan.wijk, by=person)
        return partner

    @classmethod
    def leave(cls, plan: Plan, *, person: Person, offer: str) -> None:
        cls.objects.filter(plan=plan, person=person, offer=offer).delete()

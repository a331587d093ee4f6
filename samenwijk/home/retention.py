"""How long we keep what, and what "vergeet mij" does to it: one row per model, so that no model can be forgotten.

`RETENTION` is what the privacy page shows and what `tidy_up` does. A test fails when a model has no row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import models
from django.utils import timezone

from samenwijk.figures.models import Delivery
from samenwijk.journal.models import Entry
from samenwijk.live.models import Frame
from samenwijk.meetings.models import Acquaintance, Ambassador, Deed, Participant, Submission

WITH_THE_WIJK = "kept as long as the wijk uses Samenwijk"
WITH_ITS_PARENT = "goes with what it belongs to"
NO_PERSON = "holds nothing about a person"


@dataclass(frozen=True)
class Rule:
    """A period (None: no period of its own, `why` says what ends it) and what forgetting a person does here."""

    period: timedelta | None
    why: str
    forgetting: str


def days(number: int) -> timedelta:
    return timedelta(days=number)


RETENTION: dict[str, Rule] = {
    "places.Region": Rule(None, WITH_THE_WIJK, NO_PERSON),
    "places.Area": Rule(None, WITH_THE_WIJK, NO_PERSON),
    "places.Wijk": Rule(None, WITH_THE_WIJK, "whom to call is emptied"),
    "people.User": Rule(None, "until its person leaves", "the account is closed and its address removed"),
    "people.Person": Rule(None, "until its person leaves", "name, address, telephone and card are removed"),
    "people.Organisation": Rule(None, WITH_THE_WIJK, NO_PERSON),
    "people.Role": Rule(None, WITH_THE_WIJK, NO_PERSON),
    "people.Membership": Rule(None, "until its person leaves", "removed"),
    "journal.Entry": Rule(days(396), "13 months after it happened", "points to a person without saying who"),
    "journal.Cursor": Rule(None, WITH_THE_WIJK, NO_PERSON),
    "live.Room": Rule(None, WITH_ITS_PARENT, NO_PERSON),
    "live.Attendance": Rule(None, WITH_ITS_PARENT, NO_PERSON),
    "live.Frame": Rule(days(30), "30 days", NO_PERSON),
    "figures.Source": Rule(None, WITH_THE_WIJK, NO_PERSON),
    "figures.Indicator": Rule(None, WITH_THE_WIJK, NO_PERSON),
    "figures.DatasetVersion": Rule(None, WITH_THE_WIJK, NO_PERSON),
    "figures.AreaBlock": Rule(None, "until a newer version of the table holds all of it", NO_PERSON),
    "figures.ColumnBlock": Rule(None, "until a newer version of the table holds all of it", NO_PERSON),
    "figures.Shape": Rule(None, WITH_ITS_PARENT, NO_PERSON),
    "figures.Delivery": Rule(days(30), "until the practice takes it back; without its yes 30 days", NO_PERSON),
    "figures.DeliveredCell": Rule(None, WITH_ITS_PARENT, NO_PERSON),
    "figures.Profile": Rule(None, WITH_THE_WIJK, NO_PERSON),
    "figures.ProfileVersion": Rule(None, WITH_THE_WIJK, "stays; who published it shows as 'iemand'"),
    "figures.Story": Rule(None, WITH_THE_WIJK, "stays, unnamed as it was; who wrote it shows as 'iemand'"),
    "plans.Theme": Rule(None, WITH_THE_WIJK, NO_PERSON),
    "plans.Idea": Rule(None, WITH_THE_WIJK, "stays, without a link to a person"),
    "plans.Merge": Rule(None, WITH_ITS_PARENT, NO_PERSON),
    "plans.Choice": Rule(None, WITH_THE_WIJK, NO_PERSON),
    "plans.ChoiceOption": Rule(None, WITH_ITS_PARENT, NO_PERSON),
    "plans.Ballot": Rule(None, "the link to the voter is cut when the meeting ends", NO_PERSON),
    "plans.Dot": Rule(None, WITH_ITS_PARENT, NO_PERSON),
    "plans.PaperDots": Rule(None, WITH_ITS_PARENT, NO_PERSON),
    "plans.Plan": Rule(None, WITH_THE_WIJK, "stays; its owner shows as 'iemand'"),
    "plans.Action": Rule(None, WITH_THE_WIJK, "stays; its owner shows as 'iemand'"),
    "plans.Agreement": Rule(None, WITH_THE_WIJK, NO_PERSON),
    "plans.AgreementParty": Rule(None, WITH_ITS_PARENT, "stays for the organisation"),
    "plans.Partner": Rule(None, WITH_ITS_PARENT, "stays; the helper shows as 'iemand'"),
    "meetings.Template": Rule(None, WITH_THE_WIJK, NO_PERSON),
    "meetings.Meeting": Rule(None, WITH_THE_WIJK, "the follow-up person shows as 'iemand'"),
    "meetings.Step": Rule(None, WITH_ITS_PARENT, NO_PERSON),
    "meetings.Table": Rule(None, WITH_ITS_PARENT, NO_PERSON),
    "meetings.MeetingTheme": Rule(None, WITH_ITS_PARENT, NO_PERSON),
    "meetings.Participant": Rule(
        days(365), "name, card and addresses: a year after the meeting", "name, card and addresses are removed"
    ),
    "meetings.TablePlan": Rule(None, WITH_ITS_PARENT, NO_PERSON),
    "meetings.Seat": Rule(None, WITH_ITS_PARENT, "stays: which participant sat at which table, without a name"),
    "meetings.Acquaintance": Rule(days(30), "until the meeting ends; 30 days at most", "removed when the meeting ends"),
    "meetings.Contribution": Rule(None, WITH_THE_WIJK, "stays, without a link to a person"),
    "meetings.Series": Rule(None, WITH_THE_WIJK, NO_PERSON),
    "meetings.Answer": Rule(None, WITH_ITS_PARENT, NO_PERSON),
    "meetings.Ambassador": Rule(days(90), "90 days after the meeting", "removed after 90 days, or by the organiser"),
    "meetings.Submission": Rule(days(30), "30 days after it was sent", "removed after 30 days"),
    "meetings.EmergencyLink": Rule(None, WITH_ITS_PARENT, "goes with the account of who printed it"),
    "meetings.Deed": Rule(days(30), "30 days after it was done", NO_PERSON),
    "notify.Message": Rule(days(30), "body and address: 30 days after sending", "body and address are removed"),
    "notify.Attachment": Rule(days(30), WITH_ITS_PARENT, WITH_ITS_PARENT),
    "notify.Unsubscribe": Rule(None, "until somebody asks for mail again", "kept as a fingerprint, not as an address"),
    "demo.DemoMark": Rule(None, "until the demo begins again", NO_PERSON),
    "demo.Mail": Rule(None, "until the demo begins again", "the demo holds invented people only"),
    "demo.Attachment": Rule(None, "until the demo begins again", "the demo holds invented people only"),
    "demo.UsedKey": Rule(None, "until the demo begins again", NO_PERSON),
}


def tidy_up() -> int:
    """Removes what is past its period; returns how many rows were removed or emptied. Harmless to repeat."""
    return sum(remove() for remove in REMOVERS)


def _older_than(model: type[models.Model], field: str) -> Callable[[], int]:
    def remove() -> int:
        period = RETENTION[model._meta.label].period
        assert period is not None
        number, _per_model = model._default_manager.filter(**{f"{field}__lt": timezone.now() - period}).delete()
        return number

    return remove


def _forget_participants() -> int:
    period = RETENTION["meetings.Participant"].period or timedelta()
    return int(Participant.objects.filter(meeting__ended_at__lt=timezone.now() - period).forget())


def _let_ambassadors_go() -> int:
    period = RETENTION["meetings.Ambassador"].period or timedelta()
    number, _per_model = Ambassador.objects.filter(meeting__ended_at__lt=timezone.now() - period).delete()
    return number


def _forget_deliveries_without_a_yes() -> int:
    period = RETENTION["figures.Delivery"].period or timedelta()
    number, _per_model = Delivery.objects.waiting().filter(delivered_at__lt=timezone.now() - period).delete()
    return number


REMOVERS: tuple[Callable[[], int], ...] = (
    _older_than(Entry, "at"),
    _older_than(Frame, "at"),
    _older_than(Submission, "at"),
    _older_than(Deed, "at"),
    _older_than(Acquaintance, "at"),
    _forget_participants,
    _let_ambassadors_go,
    _forget_deliveries_without_a_yes,
)

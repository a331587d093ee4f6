"""Which mail is written when what happens. Each function is called once per journal entry."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samenwijk.journal.models import Entry
from samenwijk.meetings import passes
from samenwijk.meetings.models import Meeting, Participant
from samenwijk.meetings.own_page import own_page
from samenwijk.notify import calendar
from samenwijk.notify.mail import Contact, File, Link, Recipient, post
from samenwijk.notify.models import Message, address_key
from samenwijk.notify.readers import on
from samenwijk.people.models import Person
from samenwijk.people.own_data import holds
from samenwijk.plans.links import action_link
from samenwijk.plans.models import Action

NEXT_MEETING_MINUTES = 120


@on("meeting.ended")
def send_everybody_home_with_their_page(entry: Entry) -> None:
    """Who left an address gets "Jouw bijeenkomst" when the meeting is over."""
    for participant in with_address().filter(meeting__public_id=entry.subject_id):
        send_own_page(participant)


@on("participant.left_address")
def send_the_page_to_who_asks_later(entry: Entry) -> None:
    for participant in with_address().filter(public_id=entry.subject_id, meeting__status=Meeting.Status.ENDED):
        send_own_page(participant)


def send_own_page(participant: Participant) -> Message | None:
    """Cards of whom one met, one's own promise, the plans one joined, the next date and whom to call."""
    meeting = participant.meeting
    return post(
        Recipient(participant.first_name, participant.email, participant.person),
        "own_page",
        own_page(participant),
        next_date(meeting),
        contact=contact_for(meeting),
        link=Link(passes.link(participant), _("Bekijk jouw bijeenkomst")),
        key=f"own-page-{participant.public_id}-{address_key(participant.email)[:16]}",
        asked_for=True,
    )


def next_date(meeting: Meeting) -> list[File]:
    """The next meeting for one's calendar, when a date was agreed."""
    if meeting.next_meeting_on is None:
        return []
    name, phone = meeting.contact
    invitation = calendar.appointment(
        uid=meeting.public_id,
        title=_("Volgende bijeenkomst %(wijk)s") % {"wijk": meeting.wijk},
        starts_at=meeting.next_meeting_on,
        minutes=NEXT_MEETING_MINUTES,
        place=meeting.next_meeting_place,
        note=_("Vragen? Bel %(name)s: %(phone)s") % {"name": name, "phone": phone} if phone else "",
    )
    return [calendar.as_file(invitation, "volgende-bijeenkomst.ics")]


@on("action.taken_on")
def send_the_owner_the_promise(entry: Entry) -> None:
    """Who said yes gets the first step, the date for the calendar, and the link to fill in the rest."""
    action = (
        Action.objects.open().select_related("owner", "plan__idea", "wijk").filter(public_id=entry.subject_id).first()
    )
    if action is None:
        return
    link = Link(action_link(action), _("Vul je plan aan"))
    day = calendar.whole_day(
        uid=action.public_id, title=action.first_step, day=action.due, note=action.plan.title, url=link.url
    )
    post(
        action.owner,
        "action_taken_on",
        {"action": action, "plan": action.plan, "wijk": action.wijk},
        [calendar.as_file(day, "eerste-stap.ics")],
        contact=Contact.of(action.wijk),
        link=link,
        key=f"action-taken-on-{action.public_id}",
        asked_for=True,
    )


@on("person.forgotten")
def forget_mail_to(entry: Entry) -> None:
    """Whoever is forgotten disappears from the outbox too, and what still waits is not sent."""
    mails = Message.objects.filter(person__public_id=entry.subject_id)
    mails.filter(sent_at=None).delete()
    for message in mails:
        message.empty()


def contact_for(meeting: Meeting) -> Contact:
    """Whoever carries the follow-up, else the wijk's contact."""
    name, phone = meeting.contact
    return Contact(name, phone) if phone else Contact.of(meeting.wijk)


def register_what_we_hold() -> None:
    holds("mails", mails_to)


def mails_to(person: Person) -> list[dict[str, str]]:
    return [
        {"onderwerp": message.subject, "geschreven": message.created_at.isoformat()}
        for message in Message.objects.filter(person=person)
    ]


def with_address() -> QuerySet[Participant]:
    return Participant.objects.exclude(email="").select_related(
        "meeting__wijk", "meeting__follow_up", "table", "person"
    )

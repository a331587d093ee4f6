"""Which mail is written when what happens. Each function is called once per journal entry."""

from samenwijk.journal.models import Entry
from samenwijk.notify.models import Message
from samenwijk.notify.readers import on
from samenwijk.people.models import Person
from samenwijk.people.own_data import holds


@on("person.forgotten")
def forget_mail_to(entry: Entry) -> None:
    """Whoever is forgotten disappears from the outbox too, and what still waits is not sent."""
    mails = Message.objects.filter(person__public_id=entry.subject_id)
    mails.filter(sent_at=None).delete()
    for message in mails:
        message.empty()


def register_what_we_hold() -> None:
    holds("mails", mails_to)


def mails_to(person: Person) -> list[dict[str, str]]:
    return [
        {"onderwerp": message.subject, "geschreven": message.created_at.isoformat()}
        for message in Message.objects.filter(person=person)
    ]

"""The doors of the demo: who you are behind each, and where it leads."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samenwijk.demo import cast
from samenwijk.demo.cast import Card
from samenwijk.meetings.models import Meeting
from samenwijk.people.models import User


@dataclass(frozen=True)
class Door:
    """One way into the evening. Without a card nobody signs in: the page itself is open to who has its address."""

    slug: str
    title: str | Promise
    what: str | Promise
    verb: str | Promise
    leads_to: Callable[[Meeting], str]
    card: Card | None = None
    new_tab: bool = False


def console(meeting: Meeting) -> str:
    return reverse("meetings:console", args=[meeting.public_id])


def screen(meeting: Meeting) -> str:
    return reverse("meetings:screen", args=[meeting.screen_token])


def phone(meeting: Meeting) -> str:
    return reverse("meetings:qr", args=[meeting.join_token])


def coordination(meeting: Meeting) -> str:
    return reverse("home:follow_up", args=[meeting.wijk.slug])


def practice_figures(meeting: Meeting) -> str:
    return reverse("home:practice", args=[meeting.wijk.slug])


def wijk_page(meeting: Meeting) -> str:
    return reverse("home:wijk", args=[meeting.wijk.slug])


def profile_draft(meeting: Meeting) -> str:
    return reverse("home:profile_draft", args=[meeting.wijk.slug])


DOORS = {
    door.slug: door
    for door in (
        Door(
            "begeleider",
            _("Begeleider"),
            _("Je leidt de avond: verder, langer, terug. Je ziet wie er is en wat blijft hangen."),
            _("Naar de console"),
            console,
            cast.FACILITATOR,
        ),
        Door(
            "scherm",
            _("Scherm"),
            _("Wat de zaal ziet op de muur: de vraag, de klok en hoe je meedoet."),
            _("Open het scherm"),
            screen,
            new_tab=True,
        ),
        Door(
            "deelnemer",
            _("Deelnemer"),
            _("Je doet mee met je telefoon: voornaam, beroep, organisatie. Meer niet."),
            _("Doe mee"),
            phone,
            new_tab=True,
        ),
        Door(
            "coordinator",
            _("Coördinator"),
            _("Je zorgt dat de plannen doorgaan: wie doet wat, en wie moet je bellen."),
            _("Naar de opvolging"),
            coordination,
            cast.COORDINATOR,
        ),
        Door(
            "huisarts",
            _("Huisarts"),
            _("Je werkt in de wijk en wilt zien wat er is afgesproken, ook met jou."),
            _("Naar de wijk"),
            wijk_page,
            cast.GP,
        ),
        Door(
            "bewoner",
            _("Bewoner"),
            _("Je woont hier. Je hebt dezelfde rechten op een thema, een idee en een plan."),
            _("Naar de wijk"),
            wijk_page,
            cast.RESIDENT,
        ),
        Door(
            "adviseur",
            _("Regioadviseur"),
            _("Je ondersteunt wijken in de regio. Je kiest met hen welke cijfers in hun profiel komen."),
            _("Naar het profiel"),
            profile_draft,
            cast.ADVISER,
        ),
        Door(
            "praktijk",
            _("Praktijkmanager"),
            _("Je geeft cijfers van de praktijk, kiest wie ze ziet en trekt ze weer in."),
            _("Naar de praktijkcijfers"),
            practice_figures,
            cast.PRACTICE_MANAGER,
        ),
    )
}


def account_of(card: Card) -> User:
    return User.objects.get(email=card.email)


def the_evening() -> Meeting:
    """The meeting that the demo prepared."""
    return Meeting.objects.filter(wijk__slug="merenwijk").select_related("wijk").earliest("created_at")

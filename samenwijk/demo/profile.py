"""The published profile of the Merenwijk: real figures, and invented stories by invented people."""

from uuid import NAMESPACE_URL, uuid5

from django.utils import translation

from samenwijk.demo import cast
from samenwijk.figures.models import Profile, ProfileVersion, Story
from samenwijk.people.models import User
from samenwijk.places.models import Wijk

PEOPLE, HEALTH, LIVING, GPS = "Wie wonen hier", "Hoe gezond voelen we ons", "Hoe leven we", "Bij de huisarts"
CHOSEN = (
    ("inwoners", PEOPLE),
    ("aandeel-65-plus", PEOPLE),
    ("aandeel-0-15", PEOPLE),
    ("aandeel-een-persoon", PEOPLE),
    ("gezondheid-goed", HEALTH),
    ("langdurige-aandoening", HEALTH),
    ("overgewicht", HEALTH),
    ("genoeg-bewegen", LIVING),
    ("roken", LIVING),
    ("mantelzorger", LIVING),
    ("mantelzorger-zwaar-belast", LIVING),
    ("huisarts-elan-ernstig-overgewicht", GPS),
)
# Who, about which figure, and what; those of the last two still wait until somebody shows them.
STORIES = (
    (
        cast.RESIDENT,
        "aandeel-een-persoon",
        "In onze flat wonen veel mensen alleen. Dat is niet altijd erg. Maar na de kerst zie je sommigen weken niet.",
    ),
    (
        cast.GP,
        "aandeel-een-persoon",
        "Op het spreekuur gaat het vaak pas aan het eind over alleen zijn. Tien minuten is daar te kort voor.",
    ),
    (
        cast.BOARD_MEMBER,
        "overgewicht",
        "Dit is het cijfer van heel Leiden. In de Slaaghwijk en de Leedewijk zie ik twee verschillende verhalen.",
    ),
    (
        cast.PRACTICE_MANAGER,
        "genoeg-bewegen",
        "Mensen die elke dag naar de bushalte lopen, noemen dat zelf geen bewegen. Het cijfer is misschien te laag.",
    ),
    (
        cast.RESIDENT,
        "mantelzorger",
        "Mensen zorgen voor een buur of een ouder en vinden dat gewoon. Ze noemen zich geen mantelzorger.",
    ),
    (
        cast.GP,
        "mantelzorger-zwaar-belast",
        "Wie zwaar belast is, komt hier met rugpijn of slecht slapen. Pas daarna komt het echte verhaal.",
    ),
    (cast.RESIDENT, "roken", "Bij de bushalte rookt bijna iedereen. Thuis op het balkon zie je het minder."),
)
WAITING = 2


def publish_profile(wijk: Wijk) -> ProfileVersion:
    """Chooses, publishes and tells; the adviser of the region does it, the facilitator shows the stories."""
    adviser, facilitator = account_of(cast.ADVISER), account_of(cast.FACILITATOR)
    profile = Profile.of(wijk)
    for indicator, group in CHOSEN:
        profile.choose(indicator, group)
    version = profile.publish(by=adviser)
    with translation.override("nl"):
        stories = [
            Story.tell(
                wijk=wijk,
                indicator=indicator,
                text=text,
                by=account_of(card),
                key=uuid5(NAMESPACE_URL, f"{cast.DOMAIN}/verhaal/{number}"),
            )
            for number, (card, indicator, text) in enumerate(STORIES)
        ]
    for story in stories[:-WAITING]:
        story.show(by=facilitator)
    return version


def account_of(card: cast.Card) -> User:
    return User.objects.get(email=card.email)

"""What an installation says about itself: privacy, accessibility, and where to report a leak (RFC 9116)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from samenwijk.home.retention import RETENTION, Rule

SECURITY_TXT_IS_VALID_FOR = timedelta(days=180)


@dataclass(frozen=True)
class Kept:
    """One line of the privacy page; it speaks for these models of the retention table.

    `{period}` in the text is the period of the first model, so that the page cannot say another one.
    """

    what: Promise
    until: Promise
    models: tuple[str, ...]

    @property
    def period(self) -> str:
        return words(RETENTION[self.models[0]].period)

    @property
    def how_long(self) -> str:
        return str(self.until).format(period=self.period)


KEPT = (
    Kept(
        gettext_lazy("Wat je invult als je meedoet: je voornaam, je beroep of rol, je organisatie, je kaartje"),
        gettext_lazy("{period} na de bijeenkomst. Daarna halen we je naam en je kaartje weg."),
        ("meetings.Participant", "meetings.Seat"),
    ),
    Kept(
        gettext_lazy("Wie je al kent in de zaal, als je dat zegt. Niemand anders ziet het."),
        gettext_lazy("Tot het einde van de bijeenkomst, en nooit langer dan {period}."),
        ("meetings.Acquaintance",),
    ),
    Kept(
        gettext_lazy("Ideeën, plannen, afspraken en wie wat wilde doen"),
        gettext_lazy("Zolang de wijk Samenwijk gebruikt. Vraag je om je te vergeten, dan staat er geen naam meer bij."),
        (
            "plans.Idea",
            "plans.Plan",
            "plans.Action",
            "plans.Partner",
            "plans.AgreementParty",
            "meetings.Contribution",
            "meetings.Meeting",
        ),
    ),
    Kept(
        gettext_lazy("Een verhaal dat je bij een cijfer schrijft"),
        gettext_lazy("Zolang de wijk Samenwijk gebruikt, of tot je het zelf weghaalt. Je naam staat er niet bij."),
        ("figures.Story", "figures.ProfileVersion"),
    ),
    Kept(
        gettext_lazy("Je stem"),
        gettext_lazy("Het aantal stemmen blijft. Wie wat koos, weten we niet meer na het einde van de bijeenkomst."),
        ("plans.Ballot",),
    ),
    Kept(
        gettext_lazy("Je naam, je adres en je telefoonnummer, als je lid bent van een wijk"),
        gettext_lazy("Tot je weggaat, of tot je vraagt om je te vergeten."),
        ("people.Person", "people.User", "people.Membership", "places.Wijk"),
    ),
    Kept(
        gettext_lazy("Mails die we je sturen"),
        gettext_lazy(
            "{period} na het versturen. Wil je geen mail meer, dan onthouden we alleen een code van je adres."
        ),
        ("notify.Message", "notify.Attachment", "notify.Unsubscribe"),
    ),
    Kept(
        gettext_lazy(
            "Je voornaam en de vergoeding die je wilt, als je als ambassadeur speelt. Alleen wie organiseert ziet dat."
        ),
        gettext_lazy("{period} na de bijeenkomst. Daarna halen we het weg."),
        ("meetings.Ambassador",),
    ),
    Kept(
        gettext_lazy(
            "Een noodlink op papier, als je een bijeenkomst begeleidt. We bewaren alleen een code, niet de link."
        ),
        gettext_lazy("Zolang de bijeenkomst er is, of tot je je account sluit."),
        ("meetings.EmergencyLink",),
    ),
    Kept(
        gettext_lazy("Een logboek van wat er is gebeurd, zonder namen en zonder teksten"),
        gettext_lazy("{period}."),
        ("journal.Entry",),
    ),
    Kept(
        gettext_lazy("Een teken dat een formulier is verstuurd, zodat niets dubbel telt"),
        gettext_lazy("{period}."),
        ("meetings.Submission",),
    ),
)


def about_persons() -> dict[str, Rule]:
    """The models that may hold something about a real person: what the privacy page has to speak of."""
    from samenwijk.home.retention import NO_PERSON

    rules = RETENTION.items()
    told = {label for kept in KEPT for label in kept.models}
    return {
        label: rule
        for label, rule in rules
        if label in told or (rule.forgetting != NO_PERSON and not label.startswith("demo."))
    }


def words(period: timedelta | None) -> str:
    """A period as people say it: a year, thirteen months, thirty days."""
    days = period.days if period else 0
    if days == 365:
        return _("Een jaar")
    if days > 365:
        months = days * 12 // 365
        return ngettext("%(n)s maand", "%(n)s maanden", months) % {"n": months}
    return ngettext("%(n)s dag", "%(n)s dagen", days) % {"n": days}


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people and for how long, in plain words, from the table that is also carried out."""
    return render(request, "home/privacy.html", {"kept": KEPT, "privacy_contact": settings.PRIVACY_CONTACT})


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    contact = settings.PRIVACY_CONTACT or settings.SECURITY_CONTACT
    return render(request, "home/accessibility.html", {"contact": contact})


@require_GET
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a leak; without a contact there is nothing to say."""
    contact = settings.SECURITY_CONTACT
    if not contact:
        raise Http404
    expires = (timezone.now() + SECURITY_TXT_IS_VALID_FOR).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: {contact if contact.startswith('https://') else 'mailto:' + contact.removeprefix('mailto:')}",
        f"Expires: {expires}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")

"""Nieuwsbericht: a draft of about 300 words at B1, made from what happened. Nothing is published by itself."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenwijk.meetings.models import Contribution, Meeting
from samenwijk.meetings.report import Report, report_of
from samenwijk.people.disciplines import DISCIPLINES
from samenwijk.plans.models import ChoiceOption

QUOTES = 3


@dataclass(frozen=True)
class Draft:
    """A headline, paragraphs, and quotes whose givers released them."""

    headline: str
    paragraphs: list[str]
    quotes: list[tuple[str, str]]

    @property
    def words(self) -> int:
        told = [self.headline, *self.paragraphs, *(f"{text} {who}" for text, who in self.quotes)]
        return sum(len(part.split()) for part in told)

    @property
    def text(self) -> str:
        """The draft as plain text, for copying."""
        quoted = [f"“{text}” ({who})" for text, who in self.quotes]
        return "\n\n".join([self.headline, *self.paragraphs, *quoted])


def draft_of(meeting: Meeting) -> Draft:
    report = report_of(meeting)
    made = [
        _who_met(report),
        _professions(report),
        _themes(meeting),
        _ideas(report),
        *_results(meeting),
        _plans(report),
        _goes_on(meeting),
        _contact(meeting),
    ]
    headline = _("%(wijk)s kiest samen wat er moet gebeuren") % {"wijk": meeting.wijk.name}
    return Draft(headline, [paragraph for paragraph in made if paragraph], quotes_of(meeting))


def _who_met(report: Report) -> str:
    meeting = report.meeting
    day = date_format(localtime(meeting.starts_at), "l j F Y")
    people = ngettext("%(n)d mens", "%(n)d mensen", report.number) % {"n": report.number}
    opening = _("Op %(day)s kwamen %(people)s bij elkaar voor de gezondheid van %(wijk)s.") % {
        "day": day,
        "people": people,
        "wijk": meeting.wijk.name,
    }
    place = " " + _("Dat gebeurde in %(place)s.") % {"place": meeting.place} if meeting.place else ""
    residents = ngettext(
        "%(n)d van hen woont er of zorgt er voor een ander.",
        "%(n)d van hen wonen er of zorgen er voor een ander.",
        report.residents,
    ) % {"n": report.residents}
    why = _("Zij leerden elkaar kennen, keken samen naar de cijfers van de wijk en kozen wat zij als eerste gaan doen.")
    return " ".join([opening + place, residents if report.residents else "", why]).replace("  ", " ")


def _professions(report: Report) -> str:
    other = {str(DISCIPLINES["anders"]): _("mensen met een ander beroep")}
    titles = [other.get(title, title.split(",")[0].lower()) for title, _number in report.disciplines]
    names = list(dict.fromkeys(titles))
    if not names:
        return ""
    shown = get_text_list(names[:8], _("en"))
    more = len(names) - 8
    told = _("Aan tafel zaten onder anderen: %(names)s.") if more > 0 else _("Aan tafel zaten: %(names)s.")
    organisations = len(report.organisations)
    from_where = ngettext("Zij werken bij %(n)d organisatie.", "Zij kwamen van %(n)d organisaties.", organisations) % {
        "n": organisations
    }
    return f"{told % {'names': shown}} {from_where if organisations else ''}".strip()


def _themes(meeting: Meeting) -> str:
    chosen = [item.theme.title for item in meeting.themes.filter(chosen=True).select_related("theme")]
    if not chosen:
        return ""
    told = ngettext(
        "De aanwezigen kozen %(n)d thema: %(names)s.", "De aanwezigen kozen %(n)d thema's: %(names)s.", len(chosen)
    )
    equal = _("Iedereen kreeg evenveel stippen, en niemand zag de uitslag voordat de stemming dicht was.")
    names = get_text_list(chosen, _("en")).lower()
    return f"{told % {'n': len(chosen), 'names': names}} {equal}"


def _ideas(report: Report) -> str:
    written = report.number_of_ideas
    if not written:
        return ""
    told = ngettext("Aan de tafels ontstond %(n)d idee.", "Aan de tafels ontstonden %(n)d ideeën.", written)
    sentences = [told % {"n": written}, _("Elke tafel praatte eerst, zonder telefoon.")]
    if report.has_merges:
        left = ngettext("Zo bleef er %(n)d idee over.", "Zo bleven er %(n)d ideeën over.", len(report.ideas))
        sentences += [_("Ideeën die op elkaar leken, zijn samengevoegd."), left % {"n": len(report.ideas)}]
    return " ".join([*sentences, _("Daarna koos de hele zaal.")])


def _results(meeting: Meeting) -> list[str]:
    """A sentence per theme with its top 3; that the room settled ties is said once."""
    step = meeting.steps.filter(kind="vote", choice__shown_at__isnull=False).order_by("-position").first()
    if step is None or step.choice is None:
        return []
    by_theme: dict[str, list[ChoiceOption]] = {}
    for option in step.choice.winners():
        if option.idea:
            by_theme.setdefault(option.idea.theme.title, []).append(option)
    told = [_top(theme, options) for theme, options in by_theme.items()]
    settled = any(option.settled_in_the_room for options in by_theme.values() for option in options)
    tie = _("Waar ideeën evenveel stippen kregen, heeft de zaal samen beslist.")
    return [*told, tie] if settled else told


def _top(theme: str, options: list[ChoiceOption]) -> str:
    ideas = get_text_list([f"‘{option}’" for option in options[:3]], _("en"))
    return _("Bij het thema %(theme)s staan deze ideeën bovenaan: %(ideas)s.") % {
        "theme": theme.lower(),
        "ideas": ideas,
    }


def _plans(report: Report) -> str:
    owned = [plan for plan in report.plans if plan.owner]
    if not owned:
        return _("Wie de ideeën gaat trekken, wordt nog afgesproken.")
    told = ngettext(
        "Voor %(n)d idee is er al iemand die het trekt.", "Voor %(n)d ideeën is er al iemand die het trekt.", len(owned)
    ) % {"n": len(owned)}
    steps = [
        _("de eerste stap voor ‘%(plan)s’ is: %(step)s") % {"plan": plan.title, "step": plan.action.first_step}
        for plan in owned[:2]
        if plan.action
    ]
    said = _("Niemand is aangewezen: wie iets trekt, zei daar zelf ja tegen.")
    examples = ngettext("Een voorbeeld: %(steps)s.", "Een paar voorbeelden: %(steps)s.", len(steps))
    return f"{told} {said} " + examples % {"steps": "; ".join(steps)}


def _goes_on(meeting: Meeting) -> str:
    if meeting.next_meeting_on is None:
        return _("De datum van de volgende bijeenkomst volgt nog.")
    day = date_format(localtime(meeting.next_meeting_on), "l j F Y, H.i")
    where = _(" in %(place)s") % {"place": meeting.next_meeting_place} if meeting.next_meeting_place else ""
    return _("De volgende bijeenkomst is op %(day)s uur%(where)s. Dan kijken we samen wat er gelukt is.") % {
        "day": day,
        "where": where,
    }


def _contact(meeting: Meeting) -> str:
    # A news item goes to everybody. Who carries the follow-up gave the number to the people who were there.
    name, phone = meeting.wijk.contact_name, meeting.wijk.contact_phone
    if not name:
        return ""
    return _(
        "Wil je meedoen of heb je een vraag? Bel %(name)s: %(phone)s. "
        "Ook als je er deze keer niet bij was, ben je welkom."
    ) % {"name": name, "phone": phone}


def quotes_of(meeting: Meeting) -> list[tuple[str, str]]:
    """At most three one-line quotes, each with the first name of who released it."""
    given = Contribution.objects.shown().filter(step__meeting=meeting, take="quote", released=True).exclude(text="")
    return [
        (one.text, one.participant.name if one.participant else _("een deelnemer"))
        for one in given.select_related("participant")[:QUOTES]
    ]


def odt_of(draft: Draft) -> bytes:
    """The draft as an OpenDocument text, to go on writing in."""
    from odfdo import Document, Header, Paragraph

    document = Document("text")
    body = document.body
    body.clear()
    body.append(Header(1, writable(draft.headline)))
    for paragraph in draft.paragraphs:
        body.append(Paragraph(writable(paragraph)))
    for text, who in draft.quotes:
        body.append(Paragraph(writable(f"“{text}” ({who})")))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def writable(text: str) -> str:
    """Without the signs that XML cannot hold, such as a bell; letters of any script and emoji stay."""
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs", "Cn"))

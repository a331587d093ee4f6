"""Everything of a meeting as rows, one thing each: what is on the screen of the report, and how it came about.

What somebody kept private is left out. Only what people sent has a key; what the system made or counted has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime

from samenwijk.figures.comparison import Comparison
from samenwijk.figures.practices import PracticeReading
from samenwijk.meetings.board import ideas_of
from samenwijk.meetings.kinds.choosing import Dotted
from samenwijk.meetings.kinds.closing import Close
from samenwijk.meetings.kinds.figures import ANSWERS, Figures
from samenwijk.meetings.kinds.planning import plans_of
from samenwijk.meetings.models import Contribution, Meeting, Participant, Step, TablePlan
from samenwijk.meetings.report import by_discipline, by_organisation
from samenwijk.meetings.ways import WAYS
from samenwijk.plans.models import AgreementParty, Need, Plan


@dataclass(frozen=True)
class Row:
    """One thing. `key` is the key it was sent with (empty for what the system made), `id` its public id."""

    kind: str
    id: str = ""
    key: str = ""
    step: str = ""
    theme: str = ""
    table: str = ""
    about: str = ""
    text: str = ""
    more: str = ""
    value: str = ""
    points: str = ""
    place: str = ""
    tied: str = ""
    narrow: str = ""
    supporters: str = ""
    chosen: str = ""
    from_paper: str = ""
    merged_into: str = ""
    state: str = ""
    hidden: str = ""
    late: str = ""


def rows(meeting: Meeting) -> Iterator[Row]:
    steps, people = meeting.ordered_steps(), list(meeting.participants.select_related("table"))
    yield from _evening(meeting, steps, people)
    yield from (_participant(one) for one in people)
    yield from _seats(meeting)
    yield from _counted("discipline", by_discipline(people))
    yield from _counted("organisation", by_organisation(people))
    for step in steps:
        yield from _figures(step)
    yield from _contributions(meeting, steps)
    yield from _totals(steps)
    yield from _ideas(meeting)
    for step in steps:
        yield from _results(step)
    yield from _plans(meeting)
    yield from _late(meeting)


def _evening(meeting: Meeting, steps: list[Step], people: list[Participant]) -> Iterator[Row]:
    """The evening itself, its programme, its themes, the next date and whom to call."""
    held = f"{meeting.starts_at:%Y-%m-%dT%H:%M%z}"
    yield Row("meeting", str(meeting.public_id), text=meeting.title, more=meeting.place, value=held, points=_n(people))
    for step in steps:
        state = "skipped" if step.skipped else "held" if step.entered_at else "planned"
        yield Row("step", str(step.public_id), step=step.title, text=step.question, value=str(step.minutes), more=state)
    for theme in meeting.themes.select_related("theme"):
        yield Row(
            "theme",
            str(theme.theme.public_id),
            text=theme.theme.title,
            value=str(theme.position),
            chosen=_yes(theme.chosen),
        )
    if meeting.next_meeting_on:
        day = f"{localtime(meeting.next_meeting_on):%Y-%m-%dT%H:%M%z}"
        yield Row("next_meeting", text=meeting.next_meeting_place, value=day, more=_in_words(meeting))
    name, phone = meeting.contact
    yield Row("follow_up" if meeting.follow_up else "contact", text=name, value=phone)


def _in_words(meeting: Meeting) -> str:
    assert meeting.next_meeting_on is not None
    return date_format(localtime(meeting.next_meeting_on), "l j F Y, H.i")


def _participant(one: Participant) -> Row:
    return Row(
        "participant",
        str(one.public_id),
        key=str(one.key),
        value=one.discipline,
        more=one.discipline_title,
        text=one.organisation,
        table=_number(one.table),
        from_paper=_yes(one.on_paper),
    )


def _seats(meeting: Meeting) -> Iterator[Row]:
    """Who sat at which table in each round of the table plan, by the id of the participant; never why."""
    plan = TablePlan.objects.ready().filter(meeting=meeting).first()
    if plan is None:
        return
    for seat in plan.seats.select_related("participant", "table"):
        yield Row(
            "seat",
            about=str(seat.participant.public_id),
            value=str(seat.round),
            table=_number(seat.table),
            more="held" if seat.round <= plan.now else "planned",
        )


def _counted(kind: str, counted: list[tuple[str, int]]) -> Iterator[Row]:
    for title, number in counted:
        yield Row(kind, text=title, points=str(number))


def _figures(step: Step) -> Iterator[Row]:
    """The figures that were discussed, with what stood beside them, and how many recognised them."""
    if step.kind != Figures.slug or step.entered_at is None:
        return
    answers, drawn = Figures.answers(step), Figures.drawn(step, Figures.slugs(step))
    for slug in Figures.slugs(step):
        known = drawn.comparisons.get(slug) or drawn.practices.get(slug)
        if known is None:
            continue
        for value, more in _shown(known):
            yield Row("figure", step=step.title, about=slug, text=known.title, value=value, more=more)
        for value, label in ANSWERS:
            number = answers.get(slug, {}).get(value, 0)
            yield Row("recognised", step=step.title, about=slug, text=known.title, value=str(label), points=str(number))


def _shown(known: Comparison | PracticeReading) -> Iterator[tuple[str, str]]:
    """What stood on the screen, with where it comes from. What practices show in meetings only stays there."""
    if isinstance(known, Comparison):
        for reading in known.readings:
            yield f"{reading.text}{reading.interval_text}", f"{reading.place}, {known.period}. {known.source}"
    elif known.is_public:
        yield f"{known.text} {known.interval_text}".strip(), f"{known.denominator}, {known.period}. {known.source}"
    else:
        yield "", f"{known.period}. {known.source}"


def _totals(steps: list[Step]) -> Iterator[Row]:
    """What is only counted: how many gave which answer."""
    for step in steps:
        for asked, answer, number in step.rules.counted(step):
            yield Row("counted", step=step.title, text=asked, value=answer, points=str(number))
    for step in (step for step in steps if step.kind == Close.slug and step.entered_at):
        for sentence, answers in Close.statements(step):
            for label, number in answers:
                yield Row("statement_total", step=step.title, text=str(sentence), value=str(label), points=str(number))


def _contributions(meeting: Meeting, steps: list[Step]) -> Iterator[Row]:
    private = {(step.pk, take.name) for step in steps for take in step.rules.takes if take.private}
    unnamed = {(step.pk, take.name) for step in steps for take in step.rules.takes if take.anonymous}
    said = Contribution.objects.filter(step__meeting=meeting, idea=None).select_related("step", "table", "table__theme")
    for one in said:
        if (one.step_id, one.take) in unnamed or ((one.step_id, one.take) in private and not one.released):
            continue
        by_table = one.author_kind in ("table", "paper")
        yield Row(
            one.take,
            key=str(one.key),
            id=str(one.public_id),
            step=one.step.title,
            about=one.about,
            text=one.text,
            more=" · ".join(str(further) for further in one.more.values()),
            value=one.value,
            table=_number(one.table) if by_table else "",
            from_paper=_yes(one.from_paper),
            theme=str(one.table.theme) if by_table and one.table and one.table.theme else "",
            hidden=_yes(one.hidden_at),
        )


def _ideas(meeting: Meeting) -> Iterator[Row]:
    found = ideas_of(meeting).select_related("theme", "merged_into", "contribution__table", "contribution__step")
    for idea in found.filter(withdrawn_at=None):
        yield Row(
            "idea",
            key=str(idea.key),
            id=str(idea.public_id),
            step=idea.contribution.step.title,
            theme=idea.theme.title,
            table=_number(idea.contribution.table),
            text=idea.title,
            more=idea.what,
            from_paper=_yes(idea.from_paper),
            merged_into=str(idea.merged_into.public_id) if idea.merged_into else "",
            hidden=_yes(idea.hidden_at),
        )


def _results(step: Step) -> Iterator[Row]:
    choice = step.choice
    if choice is None or not choice.is_shown:
        return
    yield Row(
        "choice",
        id=str(choice.public_id),
        step=step.title,
        value=str(choice.number_of_voters()),
        more=str(WAYS[choice.form].title),
        points=str(choice.places),
        late=str(choice.number_of_late_ballots()),
    )
    for option in choice.options.select_related("theme", "idea__theme"):
        theme = option.theme or (option.idea.theme if option.idea else None)
        yield Row(
            "result",
            id=str(option.public_id),
            step=step.title,
            theme=str(theme or ""),
            text=str(option),
            about=str(option.idea.public_id if option.idea else option.theme.public_id if option.theme else ""),
            points="" if option.points is None else str(option.points),
            place=str(option.place or ""),
            tied=_yes(option.tied),
            narrow=_yes(option.narrow),
            supporters="" if option.supporters is None else str(option.supporters),
            chosen=_yes(option.chosen),
        )
    for option in Dotted.of_residents(step)["of_residents"]:
        yield Row("residents_choice", step=step.title, about=str(option.public_id), text=str(option))


def _plans(meeting: Meeting) -> Iterator[Row]:
    plans = plans_of(meeting)
    parties: dict[int, list[AgreementParty]] = {}
    bound = AgreementParty.objects.filter(agreement__plan__in=plans)
    for party in bound.select_related("agreement", "organisation"):
        parties.setdefault(party.agreement.plan_id, []).append(party)
    for plan in plans:
        yield from _plan(plan, parties.get(plan.pk, []))


def _plan(plan: Plan, parties: list[AgreementParty]) -> Iterator[Row]:
    public_id, title = str(plan.public_id), plan.title
    yield Row(
        "plan",
        public_id,
        theme=plan.idea.theme.title,
        about=str(plan.idea.public_id),
        text=title,
        value=plan.get_form_display(),
    )
    for need in plan.needs:
        yield Row("need", about=public_id, text=str(dict(Need.choices).get(need, need)))
    if plan.needs_what:
        yield Row("need_told", about=public_id, text=plan.needs_what)
    if plan.needs_whom:
        yield Row("need_whom", about=public_id, text=plan.needs_whom)
    for action in plan.actions.all():
        yield Row(
            "action",
            str(action.public_id),
            about=public_id,
            text=action.first_step,
            more=str(action.owner),
            value=f"{action.due:%Y-%m-%d}",
            from_paper=_yes(action.from_paper),
            state=action.get_status_display(),
        )
        if action.outcome:
            yield Row("outcome", about=str(action.public_id), text=action.outcome)
    for partner in plan.partners.all():
        yield Row(
            "partner",
            str(partner.public_id),
            about=public_id,
            text=partner.note,
            more=str(partner.person),
            value=partner.get_offer_display(),
        )
    for party in parties:
        state = "confirmed" if party.confirmed_at else "open"
        yield Row("party", about=public_id, text=str(party.organisation), value=state)


def _late(meeting: Meeting) -> Iterator[Row]:
    for late in meeting.submissions.filter(late=True).select_related("step"):
        yield Row(
            "late",
            key=str(late.key),
            step=late.step.title,
            about=late.take,
            text=" · ".join(late.lines),
            late="1",
        )


def _n(things: list[Participant]) -> str:
    return str(len(things))


def _number(table: object) -> str:
    return str(getattr(table, "number", "") or "")


def _yes(value: object) -> str:
    return "1" if value else ""

"""What the page of the table plan shows: the rounds with their tables, what the plan costs, and advice in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samenwijk.meetings.models import Meeting, Seat, Step, Table, TablePlan
from samenwijk.meetings.plan_questions import bounds_for
from samenwijk.meetings.table_planning import has_begun, rounds_of
from samenwijk.methods.seating import Finding

ADVICE: dict[str, str | Promise] = {
    "repeats_forced": gettext_lazy(
        "Met %(tables)s tafels en %(rounds)s rondes treffen mensen elkaar minstens %(repeats)s keer opnieuw."
    ),
    "take_more_tables": gettext_lazy(
        "Met %(tables)s tafels en %(rounds)s rondes treffen mensen elkaar minstens %(repeats)s keer opnieuw. "
        "Neem %(better)s tafels, dan hoeft dat niet."
    ),
    "lone_resident": gettext_lazy(
        "Er zit 1 bewoner alleen tussen professionals. Er zijn %(residents)s bewoners binnen."
    ),
    "few_residents": gettext_lazy(
        "Er zijn maar %(residents)s bewoners. Niemand van hen zit alleen. Daarom zitten zij vaker bij elkaar."
    ),
    "too_many_tables": gettext_lazy(
        "Met %(people)s mensen zitten er niet overal 3 mensen aan een tafel. Neem hooguit %(fewer)s tafels."
    ),
    "few_disciplines": gettext_lazy(
        "Niet elke tafel kan vier beroepen of rollen hebben: met deze mensen lukt %(reachable)s."
    ),
}
OF_A_ROLE = {"too_few_hosts", "too_few_experts"}


@dataclass
class TableOfRound:
    table: Table
    seats: list[Seat] = field(default_factory=list)


@dataclass
class Round:
    """One round: in which steps, whether it has been, and who sits where."""

    number: int
    steps: list[Step]
    state: str
    tables: list[TableOfRound]


def worded(finding: Finding) -> str:
    """A finding of the planner in the reader's language; what it names comes from the meeting itself."""
    if finding.code == "large_organisation":
        return _("Van %(organisation)s zijn er %(members)s mensen: meer dan er tafels zijn.") % finding.numbers
    if finding.code in OF_A_ROLE:
        return _too_few(finding)
    return str(ADVICE[finding.code]) % finding.numbers if finding.code in ADVICE else finding.sentence


def _too_few(finding: Finding) -> str:
    there = int(finding.numbers["there"])
    words = (
        ngettext(
            "Tafels zonder tafelgastheer: %(without)s. Er is er maar %(there)s.",
            "Tafels zonder tafelgastheer: %(without)s. Er zijn er maar %(there)s.",
            there,
        )
        if finding.code == "too_few_hosts"
        else ngettext(
            "Tafels zonder ervaringsdeskundige: %(without)s. Er is er maar %(there)s.",
            "Tafels zonder ervaringsdeskundige: %(without)s. Er zijn er maar %(there)s.",
            there,
        )
    )
    return words % finding.numbers


def advice(meeting: Meeting, *, tables: int, rounds: int) -> dict[str, Any]:
    """What can be said before planning: for who is in now."""
    least = bounds_for(meeting, tables=tables, rounds=rounds)
    if least is None:
        return {"too_few": True}
    # Without hosts or experience experts a wijk does not work with them: then nothing is missing.
    found = [one for one in least.findings if one.code not in OF_A_ROLE or one.numbers["there"]]
    return {
        "least": least,
        "sentences": [worded(one) for one in found],
    }


def rounds_shown(plan: TablePlan, steps: list[Step]) -> list[Round]:
    """The rounds of a plan that is ready, in three queries."""
    tables = list(plan.meeting.tables.select_related("theme"))
    seats = list(plan.seats.select_related("participant").order_by("participant__number"))
    rounds = []
    for number in range(1, plan.rounds + 1):
        state = "now" if number == plan.now else "done" if number < plan.now else "todo"
        at = {table.pk: TableOfRound(table) for table in tables}
        for seat in seats:
            if seat.round == number and seat.table_id in at:
                at[seat.table_id].seats.append(seat)
        rounds.append(Round(number, _steps_in(number, steps, plan.rounds), state, list(at.values())))
    return rounds


def _steps_in(number: int, steps: list[Step], rounds: int) -> list[Step]:
    """The steps that begin a round; the last round holds what the plan has no rounds for."""
    mixing = [step for step in steps if step.mixes and not step.skipped]
    return mixing[number - 1 :] if number == rounds else mixing[number - 1 : number]


def figures_in_words(plan: TablePlan) -> list[str]:
    """What the plan costs, in sentences."""
    seen = plan.figures
    met = round(100 * seen["pairs_met"])
    repeats, alone, wished = seen["repeats"], seen["lone_residents"], seen.get("wished_seats", 0)
    sentences = [
        _("Niemand treft iemand twee keer aan tafel.")
        if not repeats
        else ngettext(
            "%(n)s keer treffen twee mensen elkaar opnieuw.", "%(n)s keer treffen twee mensen elkaar opnieuw.", repeats
        )
        % {"n": repeats},
        _("Van alle paren zit %(n)s op de 100 minstens één keer aan dezelfde tafel.") % {"n": met},
        _("Aan elke tafel zitten minstens %(n)s beroepen of rollen.") % {"n": seen["disciplines_min"]},
    ]
    if seen["same_organisation"]:
        sentences.append(
            _("%(n)s keer zitten twee mensen van dezelfde organisatie samen.") % {"n": seen["same_organisation"]}
        )
    if alone:
        sentences.append(_("%(n)s keer zit een bewoner alleen tussen professionals.") % {"n": alone})
    if wished:
        sentences.append(
            _("%(n)s van de %(of)s plaatsen zijn bij het thema van die persoon.")
            % {"n": seen["granted_seats"], "of": wished}
        )
    return sentences


def plan_of(meeting: Meeting) -> TablePlan | None:
    plan = TablePlan.objects.filter(meeting=meeting).first()
    if plan is not None:
        plan.meeting = meeting
    return plan


def first_answers(meeting: Meeting, plan: TablePlan | None, steps: list[Step]) -> dict[str, int]:
    """What the form asks about, as it is or as the script has it."""
    if plan is None:
        return {"tables": meeting.number_of_tables, "rounds": rounds_of(steps), "theme_share": 0}
    return {"tables": meeting.number_of_tables, "rounds": plan.rounds, "theme_share": plan.theme_share}


def page(meeting: Meeting, steps: list[Step]) -> dict[str, Any]:
    """The context of the page, apart from its form."""
    plan = plan_of(meeting)
    shown: dict[str, Any] = {"plan": plan, "begun": has_begun(meeting, steps)}
    if plan is not None and plan.is_ready and plan.figures:
        shown |= {"rounds": rounds_shown(plan, steps), "figures": figures_in_words(plan)}
    return shown


def tables_per_person(rounds: list[Round]) -> list[dict[str, Any]]:
    """Everybody by first name, with the number of their table in each round (empty where they have none)."""
    people: dict[int, dict[str, Any]] = {}
    for at, one in enumerate(rounds):
        for place in one.tables:
            for seat in place.seats:
                row = people.setdefault(
                    seat.participant_id, {"participant": seat.participant, "numbers": [""] * len(rounds)}
                )
                row["numbers"][at] = place.table.number
    return sorted(people.values(), key=lambda row: (row["participant"].name.casefold(), row["participant"].number))

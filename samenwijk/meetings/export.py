"""Everything of a meeting as rows: CSV for other programs, XLSX for people. What somebody kept private is left out.

A cell that a spreadsheet would read as a formula begins with an apostrophe in the CSV; in the XLSX it is plain text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields

from django.utils.translation import gettext as _

from samenwijk.meetings.board import ideas_of
from samenwijk.meetings.kinds.planning import plans_of
from samenwijk.meetings.models import Contribution, Meeting, Step

FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Row:
    """One thing. `key` is the key it was sent with (empty for what the system made), `id` its public id."""

    kind: str
    key: str = ""
    id: str = ""
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
    chosen: str = ""
    from_paper: str = ""
    merged_into: str = ""
    hidden: str = ""
    late: str = ""


def rows(meeting: Meeting) -> Iterator[Row]:
    yield Row(
        "meeting",
        id=str(meeting.public_id),
        text=meeting.title,
        more=meeting.place,
        value=f"{meeting.starts_at:%Y-%m-%dT%H:%M%z}",
    )
    for participant in meeting.participants.select_related("table"):
        yield Row(
            "participant",
            key=str(participant.key),
            id=str(participant.public_id),
            value=participant.discipline,
            text=participant.organisation,
            table=_number(participant.table),
            from_paper=_yes(participant.on_paper),
        )
    steps = meeting.ordered_steps()
    yield from _contributions(meeting, steps)
    yield from _ideas(meeting)
    for step in steps:
        yield from _results(step)
    yield from _plans(meeting)
    for late in meeting.submissions.filter(late=True).select_related("step"):
        yield Row(
            "late", key=str(late.key), step=late.step.title, about=late.take, text=" · ".join(late.lines), late="1"
        )


def _contributions(meeting: Meeting, steps: list[Step]) -> Iterator[Row]:
    private = {(step.pk, take.name) for step in steps for take in step.rules.takes if take.private}
    said = Contribution.objects.filter(step__meeting=meeting, idea=None).select_related("step", "table", "table__theme")
    for one in said:
        if (one.step_id, one.take) in private and not one.released:
            continue
        by_table = one.author_kind in ("table", "paper")
        yield Row(
            one.take,
            key=str(one.key),
            id=str(one.public_id),
            step=one.step.title,
            about=one.about,
            text=one.text,
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
            chosen=_yes(option.chosen),
        )


def _plans(meeting: Meeting) -> Iterator[Row]:
    for plan in plans_of(meeting):
        yield Row(
            "plan",
            id=str(plan.public_id),
            theme=plan.idea.theme.title,
            about=str(plan.idea.public_id),
            text=plan.title,
            value=plan.form,
        )
        for action in plan.actions.all():
            yield Row(
                "action",
                id=str(action.public_id),
                about=str(plan.public_id),
                text=action.first_step,
                more=str(action.owner),
                value=f"{action.due:%Y-%m-%d}",
                from_paper=_yes(action.from_paper),
                chosen=action.status,
            )
        for partner in plan.partners.all():
            yield Row(
                "partner",
                id=str(partner.public_id),
                about=str(plan.public_id),
                text=partner.note,
                more=str(partner.person),
                value=partner.offer,
            )


def _number(table: object) -> str:
    return str(getattr(table, "number", "") or "")


def _yes(value: object) -> str:
    return "1" if value else ""


def csv_file(meeting: Meeting) -> str:
    """Comma separated, one header line; opens in a spreadsheet when served with a byte order mark."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=[field.name for field in fields(Row)])
    writer.writeheader()
    for row in rows(meeting):
        writer.writerow({name: tame(value) for name, value in asdict(row).items()})
    return out.getvalue()


def tame(value: str) -> str:
    """Keeps a spreadsheet from running what somebody typed."""
    return f"'{value}" if value.startswith(FORMULA) else value


def xlsx_file(meeting: Meeting) -> bytes:
    """A workbook with a sheet per kind of thing and one with everything; every cell is text."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    bold = book.add_format({"bold": True})
    every = list(rows(meeting))
    columns = [field.name for field in fields(Row)]
    for title, kinds in _sheets():
        chosen = [row for row in every if kinds is None or row.kind in kinds]
        used = [name for name in columns if kinds is None or any(getattr(row, name) for row in chosen)] or ["text"]
        sheet = book.add_worksheet(title[:31])
        sheet.write_row(0, 0, [str(_column_title(name)) for name in used], bold)
        for line, row in enumerate(chosen, start=1):
            for column, name in enumerate(used):
                sheet.write_string(line, column, getattr(row, name))
        sheet.freeze_panes(1, 0)
        sheet.autofit(400)
    book.close()
    return out.getvalue()


def _sheets() -> list[tuple[str, set[str] | None]]:
    return [
        (_("Deelnemers"), {"participant"}),
        (_("Ideeën"), {"idea", "dream"}),
        (_("Uitslagen"), {"choice", "result"}),
        (_("Plannen"), {"plan", "action", "partner"}),
        (_("Antwoorden"), {"answer", "recognise", "statement", "tomorrow", "quote"}),
        (_("Alles"), None),
    ]


def _column_title(name: str) -> str:
    return {
        "kind": _("soort"),
        "key": _("sleutel"),
        "id": _("kenmerk"),
        "step": _("onderdeel"),
        "theme": _("thema"),
        "table": _("tafel"),
        "about": _("hoort bij"),
        "text": _("tekst"),
        "more": _("toelichting"),
        "value": _("waarde"),
        "points": _("stippen"),
        "place": _("plaats"),
        "tied": _("gelijk geëindigd"),
        "chosen": _("gekozen"),
        "from_paper": _("van papier"),
        "merged_into": _("samengevoegd in"),
        "hidden": _("verborgen"),
        "late": _("te laat"),
    }[name]

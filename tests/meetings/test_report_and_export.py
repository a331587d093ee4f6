"""What leaves the evening: rows, workbook, news item; and what does not leave it."""

import csv
import io
import uuid

import openpyxl

from samenwijk.live.writer import write
from samenwijk.meetings import table_planning
from samenwijk.meetings.board import ideas_of
from samenwijk.meetings.export import csv_file, xlsx_file
from samenwijk.meetings.merging import merge
from samenwijk.meetings.models import Seat, TablePlan
from samenwijk.meetings.news import draft_of, odt_of
from samenwijk.meetings.report import report_of
from tests.prepared import prepared


@prepared
def held(evening):
    """An evening of 14 people that was played to its end."""
    people = evening.fills(14)
    step = evening.comes_to_plans(people)
    idea = step.rules.rows(evening.meeting)[0]["idea"]
    evening.sends(
        people[2], "own", {"idea": str(idea.public_id), "first_step": "Ik bel de wijkraad", "due": "2030-01-01"}
    )
    evening.goes_to("close")
    evening.sends(people[0], "tomorrow", {"text": "geheim voornemen"})
    evening.sends(people[1], "tomorrow", {"text": "Ik bel Ans", "released": "on"})
    evening.sends(people[1], "quote", {"text": "Eindelijk ken ik mijn buren", "released": "on"})
    evening.sends(people[3], "quote", {"text": "dit blijft van mij"})
    evening.ends()
    evening.people = people
    return evening


def read(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_every_idea_is_exported_by_key_and_text(held):
    rows = [row for row in read(csv_file(held.meeting)) if row["kind"] == "idea"]
    sent = {str(sent.key) for sent in held.meeting.submissions.filter(take="idea")}
    assert {row["key"] for row in rows} == sent
    assert {row["text"] for row in rows} >= {"Idee 1 van tafel 1", "Idee 2 van tafel 6"}


def test_what_somebody_kept_private_leaves_in_no_form(held):
    out = csv_file(held.meeting)
    assert "geheim voornemen" not in out
    assert "dit blijft van mij" not in out
    assert "Ik bel Ans" in out
    assert b"geheim voornemen" not in xlsx_file(held.meeting)
    assert "dit blijft van mij" not in draft_of(held.meeting).text


def test_nobody_can_read_in_the_export_who_voted_what(held):
    keys = {str(person.public_id) for person in held.people}
    for row in read(csv_file(held.meeting)):
        if row["kind"] in ("choice", "result"):
            assert not keys & set(row.values())


@prepared
def seated(evening):
    """An evening of 12 people with a table plan of two rounds, in the first of them."""
    evening.fills(12)
    evening.meeting.steps.filter(kind="meet").update(settings={"new_tables": True})
    write(lambda: table_planning.ask(evening.meeting, tables=3, rounds=2, theme_share=0, by=evening.leader))
    table_planning.make_plans()
    evening.goes_to("meet")
    return evening


def test_everybodys_table_is_exported_for_each_round(seated):
    rows = read(csv_file(seated.meeting))
    people = {row["id"] for row in rows if row["kind"] == "participant"}
    seats = [row for row in rows if row["kind"] == "seat"]
    assert {(row["about"], row["value"]) for row in seats} == {(one, number) for one in people for number in "12"}
    assert len(seats) == 24
    sitting = dict(seated.meeting.participants.values_list("public_id", "table__number"))
    now = {row["about"]: row["table"] for row in seats if row["value"] == "1"}
    assert now == {str(one): str(number) for one, number in sitting.items()}
    assert {(row["value"], row["more"]) for row in seats} == {("1", "held"), ("2", "planned")}


def test_the_workbook_has_a_sheet_of_seats_without_what_is_private(seated):
    seated.meeting.participants.update(first_name="Geheim", phone="06 12345678")
    Seat.objects.update(locked=True)
    book = openpyxl.load_workbook(io.BytesIO(xlsx_file(seated.meeting)))
    lines = list(book["Tafelplan"].values)
    assert lines[0] == ("soort", "tafel", "deelnemer", "geweest of gepland", "ronde")
    assert len(lines) == 25
    assert {line[0] for line in lines[1:]} == {"plaats aan tafel"}
    assert "Geheim" not in str(lines)


def test_a_plan_that_is_being_made_anew_has_no_seats_in_the_export(seated):
    TablePlan.objects.update(status=TablePlan.Status.WAITING)
    assert "seat" not in {row["kind"] for row in read(csv_file(seated.meeting))}


def test_a_formula_stays_text(evening):
    participant = evening.joins()
    evening.goes_to("figures")
    evening.sends(participant, "recognise", {"about": "inwoners", "value": "mis", "text": "=1+1"}, key=uuid.uuid4())
    workbook = openpyxl.load_workbook(io.BytesIO(xlsx_file(evening.meeting)))
    cells = [cell for sheet in workbook for line in sheet.iter_rows() for cell in line if cell.value == "=1+1"]
    assert cells
    assert all(cell.data_type == "s" for cell in cells)
    assert "'=1+1" in csv_file(evening.meeting)


def test_the_report_counts_who_took_part(held):
    report = report_of(held.meeting)
    assert report.number == 14
    assert sum(number for _title, number in report.disciplines) == 14
    assert [plan.owner.first_name for plan in report.plans] == [held.people[2].first_name]


def test_the_news_item_is_a_draft_of_about_300_words(held):
    draft = draft_of(held.meeting)
    assert 150 <= draft.words <= 350
    assert draft.quotes == [("Eindelijk ken ik mijn buren", held.people[1].first_name)]
    assert held.meeting.wijk.contact_phone in draft.text
    assert odt_of(draft)[:2] == b"PK"


def test_the_news_item_says_in_words_that_somebody_has_another_profession(evening):
    for name, discipline in (("Ans", "huisarts"), ("Bea", "anders")):
        evening.joins(name, discipline)
    evening.starts()
    assert "Aan tafel zaten: huisarts en mensen met een ander beroep." in draft_of(evening.meeting).text


def test_the_news_item_says_once_that_the_room_settled_ties(evening, desk):
    people = evening.fills(12)
    evening.goes_to("themes")
    evening.everybody_dots(people)
    evening.goes_to("group")
    evening.each_table_writes()
    step = evening.goes_to("vote")
    tied = [
        list(step.choice.options.filter(idea__theme=one.theme)) for one in evening.meeting.themes.filter(chosen=True)
    ]
    assert [len(options) for options in tied] == [4, 4, 4]
    for number, person in enumerate(people[:4]):
        evening.sends(person, "dots", {"options": [str(options[number].public_id) for options in tied]})
    desk.act(step, "show")
    told = "Waar ideeën evenveel stippen kregen, heeft de zaal samen beslist."
    assert told not in draft_of(evening.meeting).text
    for options in tied:
        among = [str(option.public_id) for option in options]
        desk.act(step, "settle", among=among, options=among[:3])
    assert draft_of(evening.meeting).text.count(told) == 1


def test_the_news_item_names_nobody_who_gave_a_number_to_the_room_only(evening):
    carrier = evening.joins("Kees")
    evening.goes_to("close")
    evening.sends(carrier, "follow_up", {"phone": "06-98765432", "email": ""})
    evening.meeting.refresh_from_db()
    assert evening.meeting.contact == ("Kees", "06-98765432")
    text = draft_of(evening.meeting).text
    assert "98765432" not in text
    assert evening.meeting.wijk.contact_phone in text


def test_the_news_item_tells_of_merges_only_where_ideas_were_merged(held, cast):
    assert "Daarna koos de hele zaal." in draft_of(held.meeting).text
    assert "samengevoegd" not in draft_of(held.meeting).text
    first, second = list(ideas_of(held.meeting))[:2]
    merge(held.meeting, [first, second], title="Samen verder", what="", key=uuid.uuid4(), by=cast.facilitator)
    written = report_of(held.meeting).number_of_ideas
    told = f"Ideeën die op elkaar leken, zijn samengevoegd. Zo bleven er {written - 1} ideeën over."
    assert told in draft_of(held.meeting).text


def test_the_parts_of_the_report_are_pages_and_not_the_text_of_pages(held, cast, as_user):
    page = as_user(cast.gp).get(f"/bijeenkomst/{held.meeting.public_id}/verslag/").content.decode()
    assert "&lt;figure" not in page
    assert "&lt;h2" not in page
    assert '<figure class="chart">' in page


def test_a_card_that_is_not_shared_is_not_exported(evening):
    quiet, open_hearted = evening.joins("Ans"), evening.joins("Bas", "huisarts")
    evening.goes_to("meet")
    evening.sends(quiet, "card", {"call_me_for": "alleen voor mij"})
    evening.sends(open_hearted, "card", {"call_me_for": "samen wandelen", "shares_card": "on"})
    out = csv_file(evening.meeting)
    assert "alleen voor mij" not in out
    assert "samen wandelen" in out

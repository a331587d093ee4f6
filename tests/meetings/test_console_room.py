"""The console: the people and tables in the room, what they say, and what waits for the facilitator."""

import pytest

from samenwijk.live.writer import write
from tests.meetings.console_pages import comes_to_ideas, undo, words
from tests.prepared import prepared

pytestmark = pytest.mark.django_db


# Hiding ---------------------------------------------------------------------------------------------------------------


def test_an_idea_is_hidden_at_once_and_comes_back(desk, evening):
    comes_to_ideas(evening)
    evening.each_table_writes(ideas=1)
    idea = evening.step.contributions.filter(take="idea").first().idea
    desk.press("hide", idea.public_id)
    idea.refresh_from_db()
    assert idea.is_hidden
    assert "verborgen" in desk.reads()
    desk.press("restore", idea.public_id)
    idea.refresh_from_db()
    assert not idea.is_hidden
    desk.press("hide", idea.public_id)
    assert "Het idee staat weer op het bord." in undo(desk)
    idea.refresh_from_db()
    assert not idea.is_hidden


def test_a_line_is_hidden_at_once_and_comes_back(desk, evening):
    ans = evening.joins()
    figures = evening.goes_to("figures")
    evening.sends(ans, "recognise", {"about": figures.rules.at(figures), "value": "herken", "text": "Dit klopt niet"})
    line = figures.contributions.get(take="recognise")
    desk.press("hide", line.public_id)
    line.refresh_from_db()
    assert line.hidden_at
    assert "Dit klopt niet" in desk.reads()
    assert "De tekst is weer te zien." in undo(desk)
    line.refresh_from_db()
    assert line.hidden_at is None


def test_what_stands_in_another_meeting_cannot_be_hidden_from_here(desk, cast):
    assert desk.client.post(desk.address("hide", cast.other_meeting.public_id)).status_code == 404


# People and tables ----------------------------------------------------------------------------------------------------


def test_somebody_moves_to_another_table_goes_home_and_comes_back(desk, evening):
    ans = evening.joins()
    table = desk.meeting.tables.get(number=4)
    desk.press("seat", ans.public_id, table=str(table.public_id))
    ans.refresh_from_db()
    assert ans.table == table
    desk.press("leave", ans.public_id)
    ans.refresh_from_db()
    assert ans.left_at
    assert "Naar huis" in desk.reads("people")
    desk.press("bring_back", ans.public_id)
    ans.refresh_from_db()
    assert ans.left_at is None


def test_a_table_of_another_meeting_is_no_place_to_sit(desk, evening, cast):
    ans = evening.joins()
    elsewhere = cast.other_meeting.tables.first()
    desk.press("seat", ans.public_id, table=str(elsewhere.public_id))
    ans.refresh_from_db()
    assert ans.table.meeting_id == cast.meeting.pk


def test_a_table_gets_another_theme(desk):
    theme = desk.meeting.themes.first().theme
    desk.press("table_theme", 2, theme=str(theme.public_id))
    assert desk.meeting.tables.get(number=2).theme == theme
    desk.press("table_theme", 2, theme="")
    assert desk.meeting.tables.get(number=2).theme is None


def test_somebody_without_a_phone_is_added_once(desk):
    sent = {"first_name": "Tineke", "discipline": "bewoner", "key": "6a1f6d2e-6f43-4be7-9d25-0d7f6f1c9a01"}
    for _ in range(2):
        desk.press("people", **sent)
    tineke = desk.meeting.participants.get()
    assert tineke.on_paper
    assert tineke.table is not None
    assert "op papier" in desk.reads()


def test_themes_are_added_and_taken_off(desk):
    desk.press("themes", title="gezonde voeding")
    item = desk.meeting.themes.get(theme__title="gezonde voeding")
    assert item.theme.topic == "gezonde_voeding"
    desk.press("take_theme_off", item.theme.public_id)
    assert not desk.meeting.themes.filter(pk=item.pk).exists()
    desk.press("themes", title="", status=422)


def test_a_theme_that_was_voted_on_stays(desk, evening):
    evening.goes_to("themes")
    item = desk.meeting.themes.first()
    response = desk.client.post(desk.address("take_theme_off", item.theme.public_id), follow=True)
    assert "Over dit thema wordt al gestemd." in words(response)
    desk.press("themes", title="Een nieuw thema")
    assert evening.step.choice.options.filter(theme__title="Een nieuw thema").exists()


# What is stuck --------------------------------------------------------------------------------------------------------


def test_it_says_which_table_has_nobody_writing_and_which_has_no_idea(desk, evening):
    comes_to_ideas(evening, 12)
    desk.press("end_talk")
    table = desk.meeting.tables.get(number=1)
    assert "Tafel 1: nog niemand schrijft." in desk.reads()
    table.write_here(table.participants.first())
    assert "Tafel 1: nog geen idee op het bord." in desk.reads()
    evening.each_table_writes()
    assert "Dit wacht op jou" not in desk.reads()


def test_it_asks_whether_an_idea_or_a_remark_is_about_somebody(desk, evening):
    people = [evening.joins(name, "huisarts", "Stichting De Stip") for name in ("Ans", "Bea")]
    step = evening.goes_to("figures")
    for person, text in zip(people, ("De buren van De Stip helpen", "Mevrouw Jansen is alleen"), strict=True):
        evening.sends(person, "recognise", {"about": step.rules.at(step), "value": "mis", "text": text})
    page = desk.reads()
    assert page.count("Gaat dit over iemand?") == 1
    assert "Gaat dit over iemand? Mevrouw Jansen" in page
    evening.goes_to("group")
    theme = str(evening.meeting.themes.first().theme.public_id)
    write(lambda: evening.meeting.tables.first().write_here(people[0]))
    evening.sends(people[0], "idea", {"title": "Bel mevrouw Jansen", "what": "", "theme": theme}, as_table=True)
    assert "Gaat dit over iemand? mevrouw Jansen" in desk.reads()


def test_while_tables_talk_nothing_is_stuck(desk, evening):
    evening.fills(12)
    evening.goes_to("group")
    assert "Dit wacht op jou" not in desk.reads()


def test_it_says_who_sits_alone_at_a_table(desk, evening):
    people = evening.fills(12)
    evening.goes_to("meet")
    assert "Alleen aan een tafel" not in desk.reads()
    left = next(one for one in people[1:] if one.table_id == people[0].table_id)
    write(left.leave)
    assert f"Alleen aan een tafel: {people[0].name} ({people[0].table})" in desk.reads()


def test_it_says_which_plan_has_nobody_and_that_nobody_carries_the_follow_up(desk, evening):
    people = evening.fills(6)
    evening.comes_to_plans(people)
    desk.press("end_talk")
    assert "Nog geen trekker:" in desk.reads()
    evening.goes_to("close")
    page = desk.reads()
    assert "Nog niemand draagt de opvolging." in page
    assert "Nog geen datum voor de volgende keer." in page


def test_the_next_date_is_agreed_at_the_close(desk, evening):
    step = evening.goes_to("close")
    desk.act(step, "next_date", on="2027-03-01T19:30", place="Buurthuis")
    assert desk.meeting.next_meeting_place == "Buurthuis"
    assert "Nog geen datum" not in desk.reads()
    desk.press("act", step.public_id, "next_date", on="morgen", status=422)


# The end --------------------------------------------------------------------------------------------------------------


def test_the_last_step_ends_the_meeting_and_leads_to_the_report(desk, evening):
    evening.goes_to("close")
    assert "Sluit de bijeenkomst af" in desk.reads()
    desk.press("end")
    assert desk.meeting.is_ended
    assert "Naar het verslag" in desk.reads()
    desk.press("go_on")
    assert desk.meeting.is_ended


# Numbers --------------------------------------------------------------------------------------------------------------


@prepared
def full_room(evening):
    """Twelve people who dreamt, wrote and voted."""
    people = evening.fills(12)
    evening.goes_to("themes")
    evening.everybody_dots(people)
    evening.goes_to("group")
    evening.each_table_writes()
    evening.goes_to("vote")
    evening.everybody_dots(people)


@pytest.mark.parametrize(
    "kind", ["welcome", "meet", "figures", "themes", "group", "break", "vote", "plan", "share", "close"]
)
def test_the_console_asks_at_most_ten_times(desk, full_room, django_assert_max_num_queries, kind):
    desk.press("go_to", desk.meeting.steps.get(kind=kind).public_id)
    with django_assert_max_num_queries(10):
        desk.reads()


def test_more_ideas_ask_no_more_questions(desk, evening, django_assert_num_queries):
    comes_to_ideas(evening)
    evening.each_table_writes(ideas=1)
    with django_assert_num_queries(10):
        desk.reads()
    evening.each_table_writes(ideas=2)
    with django_assert_num_queries(10):
        desk.reads()


def test_the_fragment_holds_every_part_of_the_page(desk):
    desk.press("start")
    response = desk.client.get(desk.address("console"), headers={"HX-Request": "true"})
    body = response.content.decode()
    assert "<html" not in body
    for part in ("klok", "midden", "zij", "balk"):
        assert f'id="{part}"' in body

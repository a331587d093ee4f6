"""The projector's page: open to who has its address, always right, and silent about what nobody may know yet."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from samenwijk.live import tickets
from samenwijk.live.writer import write
from samenwijk.meetings import running
from samenwijk.meetings.kinds.planning import chosen_ideas
from samenwijk.meetings.models import Participant
from samenwijk.meetings.projecting import phases
from samenwijk.plans.models import Idea
from tests.meetings.console_pages import words

pytestmark = pytest.mark.django_db


class Wall:
    """The projector of an evening, as the room reads it."""

    def __init__(self, meeting):
        self.address = reverse("meetings:screen", args=[meeting.screen_token])

    def shows(self, query="", **headers):
        response = Client().get(self.address + query, headers=headers)
        assert response.status_code == 200
        return response

    def reads(self, query=""):
        return words(self.shows(query))


@pytest.fixture
def wall(evening):
    return Wall(evening.meeting)


def presses(evening, act, data=None):
    step = evening.step
    write(lambda: step.rules.do(step, step.rules.find_act(act), data or {}, evening.leader))


# Its address


def test_who_has_the_address_sees_it_without_signing_in(wall):
    assert "Welkom" in wall.reads()


def test_any_other_address_does_not_exist(evening):
    for token in ("nee", evening.meeting.join_token, evening.meeting.join_code, "x" * 300):
        assert Client().get(reverse("meetings:screen", args=[token])).status_code == 404


def test_the_address_holds_256_bits(evening):
    assert len(evening.meeting.screen_token) == 43


def test_it_is_only_to_look_at(wall):
    assert Client().post(wall.address).status_code == 405
    page = wall.shows().content.decode()
    assert "<form" not in page


def test_it_is_never_kept_and_tells_nobody_its_address(wall):
    assert "no-store" in wall.shows()["Cache-Control"]
    assert '<meta name="referrer" content="no-referrer">' in wall.shows().content.decode()


# Joining


def test_the_qr_and_the_code_are_always_there(wall, evening):
    evening.starts()
    for step in evening.meeting.ordered_steps():
        page = wall.shows().content.decode()
        assert page.count('class="qr ') == 1, step
        assert " ".join(evening.meeting.join_code) in page
        evening.goes_on()


def test_the_qr_leads_to_the_public_address_of_the_installation(wall, evening, settings):
    settings.BASE_URL = "https://samenwijk.example"
    page = wall.shows()
    assert page.context["join_url"] == f"https://samenwijk.example/m/{evening.meeting.join_token}/"
    assert "samenwijk.example/doe-mee" in words(page)


def test_phones_are_not_sent_to_the_loopback_of_another_machine(wall, evening, settings):
    settings.ALLOWED_HOSTS = ["192.168.1.20"]
    page = wall.shows(host="192.168.1.20:8000")
    assert page.context["join_url"].startswith("http://192.168.1.20:8000/m/")


# What it shows when


def test_before_the_start_it_tells_how_many_are_in(wall, evening):
    assert "We beginnen om 17.30 uur." in wall.reads()
    evening.fills(3)
    assert "3 zijn er al" in wall.reads()


def test_phases_that_follow_each_other_are_one(evening):
    evening.goes_to("group")
    steps = evening.meeting.ordered_steps()
    current = next(step for step in steps if step.pk == evening.meeting.current_id)
    assert [(one["label"], one["state"]) for one in phases(steps, current, evening.meeting)] == [
        ("Welkom", "done"),
        ("Weten", "done"),
        ("Thema's", "done"),
        ("Bedenken", "now"),
        ("Kiezen", "todo"),
        ("Afspreken", "todo"),
        ("Afsluiten", "todo"),
    ]


def test_a_very_long_evening_shows_the_phases_around_now(evening):
    evening.meeting.steps.all().delete()
    for position in range(1, 31):
        slug = ("welcome", "figures")[position % 2]
        evening.meeting.steps.create(position=position, kind=slug, title=f"Deel {position}", minutes=5)
    steps = evening.meeting.ordered_steps()
    shown = phases(steps, steps[14], evening.meeting)
    assert len(shown) == 8
    assert [one["state"] for one in shown] == ["done", "done", "now", "todo", "todo", "todo", "todo", "todo"]


def test_first_the_room_talks_and_phones_are_away(wall, evening):
    evening.goes_to("meet")
    assert "Praat eerst. Telefoon weg." in wall.reads()
    assert "data-turns-at" in wall.shows().content.decode()
    running.end_talk(evening.step)
    assert "Telefoon weg" not in wall.reads()


def test_a_figure_stands_there_without_answers_until_they_are_revealed(wall, evening):
    participant = evening.joins()
    evening.goes_to("figures")
    presses(evening, "turn", {"to": 3})
    evening.sends(participant, "recognise", {"about": "overgewicht", "value": "niet", "text": "Dat geloof ik niet"})
    before = wall.reads()
    assert "Volwassenen met overgewicht, 2020" in before
    assert "Voor Merenwijk zelf is dit cijfer er niet." in before
    assert "1 mens antwoordde" in before
    assert "Herken ik niet 1" not in before
    presses(evening, "reveal")
    assert "Herken ik niet 1" in wall.reads()
    assert "Dat geloof ik niet" not in wall.reads()


def test_numbers_of_people_are_not_drawn_on_one_scale(wall, evening):
    evening.goes_to("figures")
    assert "chart__svg" not in wall.shows().content.decode()
    assert "13.965" in wall.reads()


def test_an_open_vote_shows_how_many_voted_and_not_on_what(wall, evening):
    people = evening.fills(5)
    evening.goes_to("themes")
    evening.everybody_dots(people[:3])
    told = wall.reads()
    assert "3 van de 5 stemden" in told
    assert "stippen" not in told
    assert wall.shows().context["results"] == []


def test_the_result_stands_there_when_it_is_shown(wall, evening):
    people = evening.fills(5)
    evening.goes_to("themes")
    evening.everybody_dots(people[:3])
    presses(evening, "show")
    told = wall.reads()
    assert "3 mensen stemden." in told
    assert "Eenzaamheid gaat door 3 stippen" in told


def test_a_tie_is_shown_and_settled_by_the_room(wall, evening):
    people = evening.fills(4)
    evening.goes_to("themes")
    options = list(evening.step.choice.options.all()[:4])
    for participant, option in zip(people, options, strict=True):
        evening.sends(participant, "dots", {"options": [str(option.public_id)]})
    presses(evening, "show")
    assert wall.reads().count("gelijk, de zaal beslist") == 4
    presses(evening, "settle", {"options": options[:3], "among": options})
    told = wall.reads()
    assert told.count("beslist in de zaal: gaat door") == 3
    assert told.count("beslist in de zaal: nu niet") == 1


def test_the_board_has_the_ideas_by_theme_and_words_for_every_table(wall, evening):
    people = evening.fills(12)
    evening.goes_to("themes")
    evening.everybody_dots(people)
    evening.goes_to("group")
    running.end_talk(evening.step)
    table = evening.meeting.tables.first()
    scribe = table.participants.first()
    write(lambda: table.write_here(scribe))
    evening.sends(scribe, "dream", {"text": "Iedereen kent elkaar"}, as_table=True)
    evening.sends(scribe, "idea", {"title": "Koffie op recept", "what": ""}, as_table=True)
    told = wall.reads()
    assert "Koffie op recept Tafel 1" in told
    assert "“Iedereen kent elkaar”" in told
    assert "Tafel 1 droom en 1 idee" in told
    assert "Tafel 2 in gesprek" in told


def test_a_hidden_idea_is_gone_at_once_and_comes_back(wall, evening):
    people = evening.fills(12)
    evening.goes_to("themes")
    evening.everybody_dots(people)
    evening.goes_to("group")
    running.end_talk(evening.step)
    evening.each_table_writes(1)
    idea = Idea.objects.get(title="Idee 1 van tafel 1")
    running.hide(evening.meeting, idea, by=evening.leader)
    assert idea.title not in wall.reads()
    running.undo(evening.meeting, by=evening.leader)
    assert idea.title in wall.reads()


def test_what_people_write_is_shown_as_they_wrote_it(wall, evening):
    people = evening.fills(12)
    evening.goes_to("themes")
    evening.everybody_dots(people)
    evening.goes_to("group")
    running.end_talk(evening.step)
    table = evening.meeting.tables.first()
    scribe = table.participants.first()
    write(lambda: table.write_here(scribe))
    for text in ("<b>vet</b>", "=1+1", "مرحبا بكم", "👍 samen"):
        evening.meeting.steps.update(settings={"ideas_per_table": 9, "asks_ideas": True, "asks_dream": True})
        evening.sends(scribe, "idea", {"title": text, "what": ""}, as_table=True)
    page = wall.shows().content.decode()
    assert "&lt;b&gt;vet&lt;/b&gt;" in page
    assert 'dir="auto"' in page


def test_a_chosen_idea_asks_for_somebody_until_somebody_says_yes(wall, evening):
    people = evening.fills(12)
    evening.comes_to_plans(people)
    running.end_talk(evening.step)
    assert wall.reads().count("Wie trekt dit?") == len(chosen_ideas(evening.meeting))
    idea = chosen_ideas(evening.meeting)[0]
    evening.sends(
        people[0], "own", {"idea": str(idea.public_id), "first_step": "De buurtbus bellen", "due": "2030-12-12"}
    )
    assert f"{people[0].first_name} trekt dit." in wall.reads()
    assert "De buurtbus bellen (klaar op 12 december 2030)" in wall.reads()


def test_a_plan_is_told_in_a_minute_and_names_who_helps(wall, evening):
    people = evening.fills(12)
    evening.comes_to_plans(people)
    idea = chosen_ideas(evening.meeting)[0]
    evening.sends(people[0], "own", {"idea": str(idea.public_id), "first_step": "Bellen", "due": "2030-12-12"})
    evening.goes_to("share")
    plan = evening.step.rules.screen(evening.step)["plan"]
    evening.sends(people[1], "help", {"plan": str(plan.public_id), "offer": "help"})
    evening.sends(people[2], "help", {"plan": str(plan.public_id), "offer": "knows", "note": "mijn buurvrouw"})
    told = wall.reads()
    assert f"Helpen mee {people[1].first_name}" in told
    assert f"Kennen iemand {people[2].first_name}" in told
    assert "mijn buurvrouw" not in told
    assert wall.shows().context["clock"].total == 60


def test_at_the_end_a_date_a_name_and_a_number(wall, evening):
    participant = evening.joins("Wim")
    evening.goes_to("close")
    assert "Wie draagt de opvolging? Zeg ja op je telefoon." in wall.reads()
    evening.sends(participant, "follow_up", {"phone": "071 - 555 01 23"})
    assert "071 - 555 01 23" in wall.reads()
    evening.ends()
    told = wall.reads()
    assert "Dank jullie wel" in told
    assert "Wim" in told
    assert "071 - 555 01 23" in told


# Boards


def full_board(evening, number=60):
    people = evening.fills(12)
    evening.goes_to("themes")
    evening.everybody_dots(people)
    step = evening.goes_to("group")
    running.end_talk(evening.step)
    theme = evening.meeting.themes.filter(chosen=True).first().theme
    for n in range(number):
        key = uuid.uuid4()
        idea = Idea.objects.create(
            wijk=evening.meeting.wijk,
            theme=theme,
            title=f"{n:02} " + "heel lang idee " * 13,
            author_kind="table",
            author_id=key,
            key=key,
        )
        step.contributions.create(take="idea", author_kind="table", author_id=key, idea=idea, key=key)


def test_sixty_long_ideas_are_spread_over_boards_and_none_is_missing(wall, evening):
    full_board(evening)
    page = wall.shows().content.decode()
    assert all(f"{n:02} heel lang" in page for n in range(60))
    boards = page.count("data-board")
    assert 3 < boards < 16
    assert page.count("data-board hidden") == boards - 1
    assert f"bord 1 van {boards}" in wall.reads()


def test_without_scripts_the_page_turns_to_the_next_board_by_itself(wall, evening):
    full_board(evening)
    boards = wall.shows().content.decode().count("data-board")
    assert 'content="12; url=?bord=2"' in wall.shows().content.decode()
    assert f"bord 2 van {boards}" in wall.reads("?bord=2")
    assert 'content="12; url=?bord=3"' in wall.shows("?bord=2").content.decode()
    assert f"bord 1 van {boards}" in wall.reads(f"?bord={boards + 1}")


@pytest.mark.parametrize("asked", ["", "x", "-1", "0", "99999999999", "²"])
def test_a_strange_number_of_a_board_does_no_harm(wall, asked):
    wall.shows(f"?bord={asked}")


# Live


def test_it_has_a_ticket_for_its_channel_only(wall, evening):
    page = wall.shows()
    ticket = re.search(r'data-ticket="([^"]+)"', page.content.decode())[1]
    read = tickets.read(ticket)
    assert (read.room, read.channel) == (evening.meeting.room.pk, "screen")


def test_the_live_line_fetches_the_picture_alone(wall):
    fragment = wall.shows(**{"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert 'id="inhoud"' in fragment


def test_the_sequence_is_that_of_before_the_picture(wall, evening):
    evening.meeting.room.refresh_from_db()
    assert f'data-seq="{evening.meeting.room.seq}"' in wall.shows().content.decode()


# Its price


def test_ten_queries_at_most_in_every_step_and_no_more_with_more_people(wall, evening, django_assert_max_num_queries):
    people = evening.fills(6)
    with django_assert_max_num_queries(10):
        wall.shows()
    evening.comes_to_plans(people)
    for idea, participant in zip(chosen_ideas(evening.meeting), people, strict=False):
        evening.sends(participant, "own", {"idea": str(idea.public_id), "first_step": "Bellen", "due": "2030-12-12"})
    evening.meeting.steps.update(talk_until=None)
    for step in evening.meeting.ordered_steps():
        evening.meeting.refresh_from_db()
        running.go_to(evening.meeting, step, seen=evening.meeting.phase, by=evening.leader)
        if step.talk_minutes:
            running.end_talk(evening.step)
        with django_assert_max_num_queries(10) as few:
            wall.shows()
        evening.fills(3)
        with django_assert_max_num_queries(len(few)):
            wall.shows()
    assert Participant.objects.count() > 30

"""Other ways of choosing than dots: all that is good, points, a fair share; and what a result tells to whom."""

import uuid

import pytest
from django.utils import timezone

from samenwijk.meetings.board import ideas_of
from samenwijk.meetings.models import Meeting
from samenwijk.meetings.themes import put_on_the_table
from samenwijk.plans.models import Choice
from tests.meetings.console_pages import words
from tests.meetings.rooms import phone_of

pytestmark = pytest.mark.django_db


# The script and the console


def test_dots_are_the_default_and_the_rest_is_behind_a_door(desk, evening):
    vote = evening.meeting.steps.get(kind="vote")
    page = desk.reads("script_step", vote.public_id)
    assert "Andere manier van kiezen" in page
    assert "dan vindt een zaal de beste drie in 83 van de 100 avonden" in page
    assert evening.meeting.steps.get(kind="vote").setting("way") == "dots"


@pytest.mark.parametrize("way", ["approval", "score", "shares"])
def test_a_script_asks_for_another_way(desk, evening, way):
    vote = evening.meeting.steps.get(kind="vote")
    filled = {"title": "Stemmen", "question": "Wat eerst?", "minutes": 5, "soort-dots": 3, "soort-way": way}
    desk.press("script_step", vote.public_id, **filled, **{"soort-seats": 7})
    vote.refresh_from_db()
    assert (vote.setting("way"), vote.setting("seats")) == (way, 7)
    evening.fills(6)
    choice = evening.goes_to("vote").choice
    assert choice.form == way
    assert choice.places == (7 if way == "shares" else 3)


@pytest.mark.parametrize("wrong", [{"soort-way": "lot"}, {"soort-seats": "1"}, {"soort-seats": "veel"}])
def test_a_way_that_is_none_is_refused(desk, evening, wrong):
    vote = evening.meeting.steps.get(kind="vote")
    filled = {"title": "Stemmen", "minutes": 5, "soort-dots": 3, "soort-way": "score", "soort-seats": 9, **wrong}
    desk.press("script_step", vote.public_id, status=422, **filled)
    vote.refresh_from_db()
    assert vote.setting("way") == "dots"


def test_more_than_eight_ideas_bring_the_advice_and_one_press_changes_the_way(desk, room):
    step = room.opens("dots", ideas=2)
    page = desk.reads()
    assert "Er staan 12 ideeën op het bord." in page
    assert "in 83 van de 100 avonden" in page
    desk.act(step, "way", way="score")
    assert room.evening.step.choice.form == "score"
    assert "Veel ideeën" not in desk.reads()


def test_once_somebody_voted_the_way_stands(desk, room):
    step = room.opens("dots")
    room.ticks(room.people[0], 0)
    assert "Andere manier van kiezen" not in desk.reads()
    answer = desk.client.post(desk.address("act", step.public_id, "way"), {"way": "score"}, follow=True)
    assert "De manier van kiezen staat nu vast." in words(answer)
    assert room.evening.step.choice.form == "dots"
    desk.press("act", step.public_id, "way", way="lot", status=422)


# Everything that is good


def test_with_approval_everybody_chooses_as_much_as_they_like(room, evening):
    room.opens("approval")
    for person in room.people:
        room.ticks(person, 0, 1, 2, 3, 4)
    phone = phone_of(evening)
    page = phone.looks().content.decode()
    assert "Kies alles wat jij goed vindt." in page
    assert "data-max" not in page
    assert "Nog 3 keuzes" not in page
    room.closes()
    assert [option.points for option in room.options] == [12, 12, 12, 12, 12, 0]
    assert "12 mensen" in phone.sees()


# Points


def test_points_are_added_up_and_can_be_changed_until_closing(room):
    room.opens("score")
    first, second = room.people[:2]
    room.scores(first, o0=5, o1=1)
    room.scores(first, o0=4, o2=2)
    room.scores(second, o0=3)
    room.closes()
    assert [(option.points, option.supporters) for option in room.options[:4]] == [(7, 2), (0, 0), (2, 1), (0, 0)]


def test_a_phone_gives_points_and_sees_its_own_again(room, evening):
    room.opens("score")
    phone = phone_of(evening)
    option = room.of(0)
    name = f"score-{option.public_id}"
    assert phone.looks().content.decode().count(f'name="{name}"') == 6
    assert "Je keuze is bewaard." in phone.says("dots", **{name: "4"})
    again = phone.looks().content.decode()
    assert f'name="{name}" value="4" checked' in again
    phone.says("dots", **{name: ""})
    assert [ballot.dots.count() for ballot in room.ballots] == [0]


@pytest.mark.parametrize("value", ["6", "0", "-1", "vijf", "4.5", "5" * 400])
def test_what_is_no_score_is_refused_and_nothing_is_kept(room, evening, value):
    room.opens("score")
    phone = phone_of(evening)
    answer = phone.sends("dots", **{f"score-{room.of(0).public_id}": value})
    assert answer.status_code == 422
    assert "Geef 1 tot 5 punten, of laat het leeg." in words(answer)
    assert not room.ballots


def test_points_for_an_option_of_elsewhere_count_for_nothing(room, evening):
    room.opens("score")
    phone = phone_of(evening)
    phone.sends("dots", **{f"score-{uuid.uuid4()}": "5", "options": [str(uuid.uuid4())]})
    assert not any(ballot.dots.exists() for ballot in room.ballots)


def test_of_ideas_that_became_one_a_voters_highest_score_counts_once(desk, room):
    room.opens("score")
    room.scores(room.people[0], o0=2, o1=5)
    room.scores(room.people[1], o0=3)
    ideas = [room.of(0).idea, room.of(1).idea]
    desk.press("merging", ideas=[str(idea.public_id) for idea in ideas], title="Samen", what="")
    room.closes()
    made = next(option for option in room.options if option.idea.title == "Samen")
    assert (made.points, made.supporters) == (8, 2)


# A fair share


def shared(room):
    """Eight professionals agree on three ideas, four residents on a fourth; three ideas go on."""
    room.opens("shares", residents=4, professionals=8, seats=3)
    for person in room.people:
        room.ticks(person, *((3,) if person.is_resident else (0, 1, 2)))
    return room.closes()


def test_a_third_of_the_room_gets_a_third_of_the_places(room):
    step = shared(room)
    assert {option.position for option in step.choice.winners()} >= {4}
    assert len(step.choice.winners()) + len(step.choice.ties()) >= 3


def test_each_winner_is_explained_and_the_plain_count_stands_beside_it(desk, room, evening):
    shared(room)
    sentence = "4 mensen steunen dit. Bij gewoon tellen: plaats 4."
    phone = phone_of(evening)
    for page in (desk.reads(), phone.sees(), room.screen(), room.report()):
        assert sentence in page
    assert "Eerlijk verdeeld over alle thema's" in phone.sees()
    row = next(row for row in room.rows() if row["kind"] == "choice" and row["more"].startswith("Eerlijke"))
    assert (row["value"], row["points"]) == ("12", "3")


def test_a_tie_on_the_way_is_told_and_a_tie_for_the_last_place_is_the_rooms(desk, room):
    room.opens("shares", residents=4, professionals=4, seats=1)
    for person in room.people:
        room.ticks(person, 0 if person.is_resident else 1)
    step = room.closes()
    assert "Gelijke stand: alle thema's samen" in desk.reads()
    assert "Er is plaats voor 1." in desk.reads()
    first, other = step.choice.ties()[0]
    among = [str(first.public_id), str(other.public_id)]
    desk.act(step, "settle", among=among, options=[str(other.public_id)])
    assert room.evening.step.choice.winners() == [other]
    assert "beslist in de zaal" in desk.reads()


def test_an_earlier_tie_goes_by_the_order_on_the_board_and_says_so(desk, room, evening):
    room.opens("shares", residents=3, professionals=9, seats=2)
    for number, person in enumerate(room.people):
        room.ticks(person, *((0, 1) if number < 5 else (2,) if number < 9 else ()))
    room.closes()
    tied = [option for option in room.options if option.by_order]
    assert [option.chosen for option in tied] == [True, False]
    assert not any(option.settled_in_the_room for option in tied)
    assert "wie eerst op het bord stond" in desk.reads()
    assert "wie eerst op het bord stond" in phone_of(evening).sees()


def test_a_theme_of_an_earlier_evening_at_another_place_brings_its_ideas_once(evening, cast):
    people = evening.fills(6)
    themes = [item.theme for item in evening.meeting.themes.select_related("theme")]
    earlier = Meeting.plan(wijk=cast.wijk, title="Eerder", starts_at=timezone.now(), script=[], tables=2)
    for theme in reversed(themes):
        put_on_the_table(earlier, theme.title)
    evening.goes_to("themes")
    evening.everybody_dots(people)
    evening.goes_to("group")
    evening.each_table_writes(ideas=2)
    step = evening.goes_to("vote")
    offered = list(step.choice.options.values_list("idea", flat=True))
    assert len(offered) == len(set(offered)) == ideas_of(evening.meeting).on_the_board().count()
    places = dict(evening.meeting.themes.values_list("theme", "position"))
    themes_offered = step.choice.options.order_by("position").values_list("idea__theme", flat=True)
    assert [places[theme] for theme in themes_offered] == sorted(places[theme] for theme in themes_offered)


def test_without_any_vote_nothing_goes_on(room):
    room.opens("shares")
    assert room.closes().choice.winners() == []


# Who sees what


@pytest.mark.parametrize("way", ["approval", "score", "shares"])
def test_before_closing_no_page_and_no_file_has_a_total(desk, room, evening, way):
    room.opens(way)
    for person in room.people:
        (room.scores(person, o0=5) if way == "score" else room.ticks(person, 0))
    desk.act(evening.step, "residents", options=[])
    for page in (desk.reads(), phone_of(evening).sees(), room.screen(), room.report()):
        assert "Deze pagina is er niet" not in page
        assert "steunen dit" not in page
        assert "60 punten" not in page
        assert "12 mensen" not in page.replace("12 mensen stemden", "")
        assert "100%" not in page
    assert not [row for row in room.rows() if row["kind"] == "result" and row["step"] == evening.step.title]
    assert set(evening.step.choice.options.values_list("points", "supporters", "narrow")) == {(None, None, False)}
    assert evening.step.choice.support().voters == {}


def test_support_per_group_is_for_the_facilitator_alone(desk, room, evening):
    room.opens("approval", residents=4, professionals=8)
    for person in room.people:
        room.ticks(person, *((0, 1) if person.is_resident else (1, 2)))
    room.closes()
    page = desk.reads()
    assert "bewoners (4)" in page
    assert "professionals (8)" in page
    assert "100%" in page
    assert "minst bij bewoners" in page
    for page in (phone_of(evening).sees(), room.screen(), room.report(), str(room.rows())):
        assert "minst bij" not in page
        assert "bewoners (4)" not in page


@pytest.mark.parametrize(("residents", "kept"), [(1, {""}), (3, {"resident", "professional"})])
def test_after_the_end_a_ballot_keeps_its_group_only_where_that_is_nobody_in_particular(room, residents, kept):
    room.opens("approval", residents=residents)
    for person in room.people:
        room.ticks(person, 0)
    room.closes()
    room.evening.ends()
    assert set(room.evening.meeting.steps.get(kind="vote").choice.ballots.values_list("group", flat=True)) == kept


@pytest.mark.parametrize("residents", [1, 2])
def test_the_choice_of_one_or_two_residents_is_never_shown_apart(desk, room, residents):
    room.opens("approval", residents=residents)
    for person in room.people:
        room.ticks(person, 0 if person.is_resident else 1)
    room.closes()
    page = desk.reads()
    assert "laten we niet apart zien" in page
    assert "professionals (8)" not in page
    assert "%" not in page
    assert room.evening.step.choice.support().shares == {}


def test_residents_present_their_own_choice_beside_the_result(desk, room, evening):
    room.opens("approval", residents=2)
    for person in room.people:
        room.ticks(person, 1)
    step = room.closes()
    desk.act(step, "residents", options=[str(room.of(0).public_id)])
    title = room.of(0).idea.title
    phone = phone_of(evening)
    for page in (desk.reads(), room.screen(), room.report()):
        assert f"Keuze van bewoners: {title}" in page
    assert f"Keuze van bewoners {title}" in phone.sees()
    assert [row["text"] for row in room.rows() if row["kind"] == "residents_choice"] == [title]
    desk.act(step, "residents", options=[])
    assert "Keuze van bewoners:" not in room.screen()


def test_a_narrow_result_says_so_everywhere(desk, room, evening):
    room.opens("dots", residents=4, professionals=8, ideas=3)
    theme = room.of(0).idea.theme_id
    mine = [number for number, option in enumerate(room.options) if option.idea.theme_id == theme]
    assert len(mine) >= 4
    for number, person in enumerate(room.people):
        room.ticks(person, mine[0], mine[1], mine[2] if number < 7 else mine[3])
    room.closes()
    narrow = [option for option in room.options if option.narrow]
    assert room.of(mine[3]) in narrow
    assert room.of(mine[0]) not in narrow
    for page in (desk.reads(), phone_of(evening).sees(), room.screen()):
        assert "nipt" in page
    assert "Nipt was:" in room.report()
    told = {row["id"] for row in room.rows() if row["narrow"] == "1"}
    assert told == {str(option.public_id) for option in narrow}


@pytest.mark.parametrize("way", [Choice.Form.SCORE, Choice.Form.SHARES])
def test_the_phone_asks_few_queries_whatever_the_way(room, evening, way, django_assert_max_num_queries):
    room.opens(way, ideas=3)
    phone = phone_of(evening)
    for _time in range(2):
        with django_assert_max_num_queries(11):
            phone.looks()
    room.closes()
    with django_assert_max_num_queries(10):
        phone.looks()

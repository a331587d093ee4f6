"""Paper gives the same result as phones, without counting anybody twice."""

import uuid

import pytest

from samenwijk.meetings.kinds.base import Refused
from samenwijk.plans.models import Action, Idea, PaperDots
from tests.meetings.console_pages import words
from tests.prepared import prepared

pytestmark = pytest.mark.django_db


def at_table(desk, number=1):
    return list(desk.meeting.tables.get(number=number).participants.present())


def options_of(step):
    return [str(option.public_id) for option in step.choice.options.all()]


def count(desk, step, dots, *, table=1, status=302):
    """Types in a table's stickers; gives the words of the page that follows."""
    response = desk.client.post(desk.address("paper_dots", table, step.public_id), dots, follow=True)
    assert response.status_code in (200, 422)
    return words(response)


@prepared
def vote_on_themes(evening):
    """Twelve people at six tables choose themes: two a table."""
    evening.fills(12)
    return evening.goes_to("themes")


def test_stickers_count_like_dots_from_phones(desk, evening, vote_on_themes):
    step, (first, _second) = vote_on_themes, at_table(desk)
    options = options_of(step)
    evening.sends(first, "dots", {"options": options[:3]})
    assert "De stippen van tafel 1 zijn geteld." in count(desk, step, {options[0]: 1, options[1]: 1})
    desk.act(step, "show")
    points = {str(option.public_id): option.points for option in step.choice.options.all()}
    assert [points[option] for option in options[:4]] == [2, 2, 1, 0]


def test_a_table_has_as_many_stickers_as_people_without_a_vote_by_phone(desk, evening, vote_on_themes):
    step, (first, _second) = vote_on_themes, at_table(desk)
    options = options_of(step)
    evening.sends(first, "dots", {"options": options[:3]})
    page = count(desk, step, {options[0]: 1, options[1]: 1, options[2]: 1, options[3]: 1})
    assert "Tafel 1 heeft ruimte voor 3 stippen op papier; er staan er 4." in page
    assert "Wie met de telefoon stemde, telt niet nog eens." in page
    assert not PaperDots.objects.exists()


def test_nobody_puts_two_stickers_on_one_option(desk, evening, vote_on_themes):
    options = options_of(vote_on_themes)
    page = count(desk, vote_on_themes, {options[0]: 3})
    assert "aan deze tafel stemmen 2 mensen op papier" in page
    assert not PaperDots.objects.exists()


def test_typing_it_in_again_replaces_what_stood_there(desk, vote_on_themes):
    options = options_of(vote_on_themes)
    count(desk, vote_on_themes, {options[0]: 2, options[1]: 1})
    count(desk, vote_on_themes, {options[0]: 1})
    assert list(PaperDots.objects.values_list("dots", flat=True)) == [1]
    page = desk.client.get(desk.address("paper_table", 1)).content.decode()
    assert f'name="{options[0]}" value="1"' in page


def test_a_vote_by_phone_after_the_paper_is_refused_with_a_sentence(desk, evening, vote_on_themes):
    step, (first, _second) = vote_on_themes, at_table(desk)
    options = options_of(step)
    count(desk, step, dict.fromkeys(options[:3], 2))
    with pytest.raises(Refused, match="Jouw tafel heeft al op papier gestemd"):
        evening.sends(first, "dots", {"options": options[:1]})
    assert step.choice.number_of_voters() == 0


def test_who_voted_by_phone_may_change_it_after_the_paper(desk, evening, vote_on_themes):
    step, (first, _second) = vote_on_themes, at_table(desk)
    options = options_of(step)
    evening.sends(first, "dots", {"options": options[:3]})
    count(desk, step, {options[0]: 1, options[1]: 1, options[2]: 1})
    evening.sends(first, "dots", {"options": options[3:4]})
    assert step.choice.number_of_voters() == 1


def test_stickers_come_too_late_once_the_result_is_shown(desk, vote_on_themes):
    desk.act(vote_on_themes, "show")
    page = count(desk, vote_on_themes, {options_of(vote_on_themes)[0]: 1})
    assert "De uitslag is al te zien." in page
    assert not PaperDots.objects.exists()


def test_a_number_that_is_none_is_explained(desk, vote_on_themes):
    response = desk.client.post(
        desk.address("paper_dots", 1, vote_on_themes.public_id), {options_of(vote_on_themes)[0]: "veel"}
    )
    assert response.status_code == 422
    assert "Vul een getal in." in words(response)


@prepared
def group_work(evening, vote_on_themes):
    evening.everybody_dots(list(evening.meeting.participants.all()))
    return evening.goes_to("group")


def type_in(desk, step, take, *, table=1, **data):
    key = data.pop("key", str(uuid.uuid4()))
    return desk.client.post(
        desk.address("paper_type_in", table, step.public_id, take), {"key": key, **data}, follow=True
    )


def test_an_idea_from_paper_stands_on_the_board_and_says_so(desk, group_work):
    response = type_in(desk, group_work, "idea", title="Een bankje bij de bushalte", what="")
    assert "Jullie idee staat op het bord." in words(response)
    idea = Idea.objects.get(title="Een bankje bij de bushalte")
    assert idea.from_paper
    assert idea.theme == desk.meeting.tables.get(number=1).theme
    assert "van papier" in desk.reads()


def test_typing_the_same_sheet_twice_is_harmless(desk, group_work):
    key = str(uuid.uuid4())
    for _ in range(2):
        type_in(desk, group_work, "idea", title="Een bankje", what="", key=key)
    assert Idea.objects.filter(title="Een bankje").count() == 1


def test_a_dream_on_paper_and_one_from_the_phone_are_one_dream(desk, evening, group_work):
    scribe = at_table(desk)[0]
    evening.sends(scribe, "dream", {"text": "Iedereen kent elkaar"}, as_table=True)
    type_in(desk, group_work, "dream", text="Iedereen kent iedereen")
    dream = group_work.contributions.get(take="dream")
    assert dream.text == "Iedereen kent iedereen"
    assert dream.from_paper


def test_a_sheet_may_be_typed_in_during_the_break(desk, evening, group_work):
    evening.goes_on()
    type_in(desk, group_work, "idea", title="Wandelclub", what="Elke dinsdag")
    assert Idea.objects.get(title="Wandelclub").from_paper
    assert not desk.meeting.submissions.filter(late=True).exists()


def test_an_empty_idea_is_explained_and_nothing_typed_is_lost(desk, group_work):
    response = type_in(desk, group_work, "idea", title="", what="Koffie zetten")
    assert response.status_code == 422
    assert "Schrijf eerst je idee op." in words(response)
    assert "Koffie zetten" in response.content.decode()


def test_what_takes_no_paper_cannot_be_typed_in(desk, group_work):
    assert type_in(desk, group_work, "reword", title="x").status_code == 404
    assert type_in(desk, group_work, "idea", table=99, title="x").status_code == 404


@prepared
def plans(evening, group_work):
    evening.each_table_writes(ideas=1)
    evening.goes_to("vote")
    evening.everybody_dots(list(evening.meeting.participants.all()))
    return evening.goes_to("plan")


def test_somebody_present_who_said_yes_is_written_down_from_paper(desk, plans):
    somebody = at_table(desk)[1]
    idea = plans.rules.paper(plans)["ideas"][0]
    yes = {"idea": str(idea.public_id), "first_step": "De buren bellen", "due": "2030-05-01"}
    type_in(desk, plans, "paper_owner", participant=str(somebody.public_id), **yes)
    action = Action.objects.get()
    assert action.from_paper
    assert action.owner.first_name == somebody.first_name


def test_nobody_is_assigned_in_absence(desk, plans):
    somebody = at_table(desk)[1]
    somebody.leave()
    idea = plans.rules.paper(plans)["ideas"][0]
    yes = {"idea": str(idea.public_id), "first_step": "De buren bellen", "due": "2030-05-01"}
    response = type_in(desk, plans, "paper_owner", participant=str(somebody.public_id), **yes)
    assert "Kies iemand die in de zaal is en zelf ja zegt." in words(response)
    assert not Action.objects.exists()


def test_two_people_on_one_idea_is_said_not_overwritten(desk, plans):
    first, second = at_table(desk)
    idea = plans.rules.paper(plans)["ideas"][0]
    yes = {"idea": str(idea.public_id), "first_step": "De buren bellen", "due": "2030-05-01"}
    type_in(desk, plans, "paper_owner", participant=str(first.public_id), **yes)
    type_in(desk, plans, "paper_owner", participant=str(second.public_id), **yes)
    assert Action.objects.get().owner.first_name == first.first_name


@pytest.mark.parametrize("kind", ["themes", "group", "vote", "plan"])
def test_the_sheet_of_each_step_can_be_opened(desk, plans, kind, django_assert_max_num_queries):
    step = desk.meeting.steps.get(kind=kind)
    with django_assert_max_num_queries(16):
        page = desk.reads("paper_table", 1, query=f"?stap={step.public_id}")
    assert step.title in page


def test_before_anything_was_played_there_is_nothing_to_type_in(desk):
    assert "Nog niets in te voeren" in desk.reads("paper_table", 1)
    assert "Tafel 6" in desk.reads("paper")

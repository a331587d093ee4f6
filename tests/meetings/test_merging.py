"""Putting ideas together on the board: nothing is merged away, and everything can be taken apart."""

import uuid

import pytest

from samenwijk.meetings.board import ideas_of
from samenwijk.meetings.merging import merges_of
from samenwijk.meetings.models import Deed
from samenwijk.plans.models import Idea
from tests.meetings.console_pages import Desk, undo, words
from tests.prepared import prepared

pytestmark = pytest.mark.django_db


@prepared
def people(evening):
    """A break in which every table has written its ideas."""
    people = evening.fills(6)
    evening.goes_to("themes")
    evening.everybody_dots(people)
    evening.goes_to("group")
    evening.each_table_writes(ideas=2)
    evening.goes_to("break")
    return people


def board(desk):
    return list(ideas_of(desk.meeting).on_the_board())


def together(desk, ideas, *, status=302, **given):
    sent = {"title": "Samen sterker", "what": "", **given}
    return desk.press("merging", status=status, ideas=[str(idea.public_id) for idea in ideas], **sent)


def test_the_board_offers_every_idea_to_choose(desk, people):
    page = desk.client.get(desk.address("merging")).content.decode()
    assert page.count('type="checkbox"') == len(board(desk)) == 12


def test_choosing_two_fills_in_a_name_and_a_text(desk, people):
    first, second = board(desk)[:2]
    page = desk.client.get(desk.address("merging"), {"ideas": [str(first.public_id), str(second.public_id)]})
    body = page.content.decode()
    assert "2 ideeën worden samen één" in words(page)
    assert f'value="{first.title}"' in body
    assert body.count("Samen beginnen.\nSamen beginnen.") == 1


def test_one_idea_or_none_is_not_enough(desk, people):
    first = board(desk)[0]
    page = desk.client.get(desk.address("merging"), {"ideas": str(first.public_id)})
    assert "Vink nog een idee aan." in words(page)
    assert "Kies twee of meer ideeën." in words(together(desk, [first], status=422))
    assert "Kies twee of meer ideeën." in words(together(desk, [], status=422))
    assert len(board(desk)) == 12


def test_ideas_become_one_and_keep_their_parents(desk, people):
    first, second = board(desk)[:2]
    together(desk, [first, second])
    assert len(board(desk)) == 11
    made = merges_of(desk.meeting)[0]
    assert set(made.parents.all()) == {first, second}
    assert made.result.title == "Samen sterker"
    page = desk.reads("merging")
    assert "Samengevoegd" in page
    assert first.title in page
    assert second.title in page


def test_an_empty_name_becomes_that_of_the_oldest(desk, people):
    first, second = board(desk)[:2]
    together(desk, [second, first], title="")
    assert merges_of(desk.meeting)[0].result.title == first.title


def test_sending_it_twice_makes_one(desk, people):
    first, second = board(desk)[:2]
    key = str(uuid.uuid4())
    together(desk, [first, second], key=key)
    desk.client.post(
        desk.address("merging"),
        {"ideas": [str(first.public_id), str(second.public_id)], "title": "Samen sterker", "what": "", "key": key},
    )
    assert len(merges_of(desk.meeting)) == 1


def test_two_facilitators_merging_the_same_ideas_at_once_merge_them_once(desk, people, cast, as_user):
    first, second, third = board(desk)[:3]
    together(desk, [first, second])
    other = Desk(as_user(cast.co_facilitator), cast.meeting)
    response = together(other, [first, second], status=422)
    assert "niet" in words(response)
    together(other, [merges_of(desk.meeting)[0].result, third])
    assert len(board(desk)) == 10


def test_a_merge_is_taken_apart_from_the_board_or_undone_from_the_console(desk, people):
    first, second = board(desk)[:2]
    together(desk, [first, second])
    desk.press("take_apart", merges_of(desk.meeting)[0].public_id)
    assert len(board(desk)) == 12
    together(desk, [first, second])
    deed = Deed.objects.to_undo().filter(meeting=desk.meeting).first()
    response = desk.client.post(desk.address("undo"), {"deed": str(deed.public_id)}, follow=True)
    assert "De ideeën staan weer apart." in words(response)
    assert len(board(desk)) == 12


def test_a_merge_of_a_merge_keeps_everybody(desk, people):
    first, second, third = board(desk)[:3]
    together(desk, [first, second])
    made = merges_of(desk.meeting)[0].result
    together(desk, [made, third], title="Alles samen")
    assert set(Idea.objects.get(title="Alles samen").family()) >= {first, second, third, made}


def test_dots_on_both_parents_count_once_when_merged_during_the_vote(desk, evening, people):
    step = evening.goes_to("vote")
    first, second = board(desk)[:2]
    options = {option.idea_id: str(option.public_id) for option in step.choice.options.all()}
    evening.sends(people[0], "dots", {"options": [options[first.pk], options[second.pk]]})
    evening.sends(people[1], "dots", {"options": [options[second.pk]]})
    together(desk, [first, second])
    desk.act(step, "show")
    assert step.choice.options.get(idea__title="Samen sterker").points == 2


def test_after_the_result_it_stays_as_the_room_chose_it(desk, evening, people):
    first, second = board(desk)[:2]
    together(desk, [first, second])
    step = evening.goes_to("vote")
    desk.act(step, "show")
    merge = merges_of(desk.meeting)[0]
    response = desk.client.post(desk.address("take_apart", merge.public_id), follow=True)
    assert "Over dit idee is al gestemd." in words(response)
    assert len(board(desk)) == 11


def test_a_hidden_idea_is_not_offered_and_can_be_shown_again(desk, people):
    first = board(desk)[0]
    response = desk.press("hide", first.public_id, back="board")
    assert response["Location"] == desk.address("merging")
    page = desk.client.get(desk.address("merging")).content.decode()
    assert page.count('type="checkbox"') == 11
    assert "Toon weer" in page


def test_a_mangled_address_shows_the_board(desk, people):
    assert desk.client.get(desk.address("merging"), {"ideas": ["x", "1"]}).status_code == 200


def test_ideas_of_another_meeting_cannot_be_merged(desk, people, cast):
    theme = cast.other_meeting.themes.first().theme
    elsewhere = Idea.objects.create(
        wijk=cast.other_wijk, theme=theme, title="Elders", author_kind="table", author_id=uuid.uuid4(), key=uuid.uuid4()
    )
    assert together(desk, [board(desk)[0], elsewhere], status=422)


def test_the_board_asks_as_much_for_one_idea_as_for_many(desk, evening, people, django_assert_max_num_queries):
    together(desk, board(desk)[:2])
    with django_assert_max_num_queries(10):
        desk.reads("merging")
    together(desk, board(desk)[:3])
    with django_assert_max_num_queries(10):
        desk.reads("merging")


def test_ideas_that_are_alike_are_proposed_and_a_person_decides(desk, people):
    first, second, third = board(desk)[:3]
    first.reword(title="eenzame ouderen opzoeken", what="")
    second.reword(title="eenzaamheid bij oudere bewoners", what="")
    third.reword(title="zebrapad bij de brug", what="")
    response = desk.client.get(desk.address("merging"))
    page, body = words(response), response.content.decode()
    assert "eenzame ouderen opzoeken lijkt op eenzaamheid bij oudere bewoners" in page
    assert "Lijkt op: eenzaamheid bij oudere bewoners" in page
    assert "Lijkt op: zebrapad" not in page
    assert len(board(desk)) == 12
    proposed = f"?ideas={first.public_id}&amp;ideas={second.public_id}"
    assert proposed in body
    looked_at = desk.client.get(desk.address("merging") + proposed.replace("&amp;", "&"))
    assert "2 ideeën worden samen één" in words(looked_at)
    together(desk, [first, second])
    assert "eenzame ouderen opzoeken lijkt op" not in words(desk.client.get(desk.address("merging")))
    made = merges_of(desk.meeting)[0]
    desk.press("take_apart", made.public_id)
    assert "lijkt op eenzaamheid" in words(desk.client.get(desk.address("merging")))


def three_alike(desk):
    first, second, third = board(desk)[:3]
    first.reword(title="eenzame ouderen opzoeken", what="")
    second.reword(title="eenzaamheid bij oudere bewoners", what="")
    third.reword(title="zebrapad bij de brug", what="")
    return [first, second]


def test_a_wrong_proposal_is_put_away_and_stays_away_until_it_is_taken_back(desk, people):
    ideas = [str(idea.public_id) for idea in three_alike(desk)]
    for _twice in range(2):
        desk.press("not_alike", ideas=ideas)
    assert Deed.objects.filter(kind="apart").count() == 1
    page = desk.reads("merging")
    assert "eenzame ouderen opzoeken lijkt op" not in page
    assert "Lijkt op: eenzaamheid" not in page
    assert "Deze ideeën stellen we niet meer samen voor." in page
    desk.press("alike_again", Deed.objects.get(kind="apart").public_id)
    page = desk.reads("merging")
    assert "eenzame ouderen opzoeken lijkt op eenzaamheid bij oudere bewoners" in page
    assert "Deze ideeën stellen we niet meer samen voor." not in page


def test_putting_a_proposal_away_is_undone_from_the_console_too(desk, people):
    desk.press("not_alike", ideas=[str(idea.public_id) for idea in three_alike(desk)])
    assert "Het voorstel staat er weer." in undo(desk)
    assert "eenzame ouderen opzoeken lijkt op" in desk.reads("merging")


def test_fewer_than_two_ideas_and_ideas_of_elsewhere_are_not_put_away(desk, people):
    first = three_alike(desk)[0]
    for wrong in ([str(first.public_id)], ["iets", str(uuid.uuid4())], []):
        page = desk.client.post(desk.address("not_alike"), {"ideas": wrong}, follow=True)
        assert "Kies twee of meer ideeën die nog op het bord staan." in words(page)
    assert not Deed.objects.filter(kind="apart").exists()


def test_a_hidden_idea_is_not_proposed(desk, people):
    first, second = board(desk)[:2]
    first.reword(title="zebrapad bij de brug", what="")
    second.reword(title="een zebrapad bij de brug", what="")
    assert "zebrapad bij de brug lijkt op" in words(desk.client.get(desk.address("merging")))
    second.hide(by=None)
    assert "zebrapad bij de brug lijkt op" not in words(desk.client.get(desk.address("merging")))

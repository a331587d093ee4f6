"""What goes wrong on a phone: each gets a clear sentence, and nothing is lost."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from samenwijk.live.writer import write
from samenwijk.meetings import pacing
from samenwijk.meetings.models import Contribution, Submission
from samenwijk.plans.models import Idea
from tests.meetings.phones import Phone, words
from tests.prepared import prepared


@prepared
def phone(evening):
    phone = Phone(evening.meeting)
    phone.joins()
    return phone


@prepared
def people(evening):
    return evening.fills(12)


@prepared
def vote(phone, evening):
    return evening.goes_to("themes")


@prepared
def scribe(phone, evening, people, vote):
    evening.everybody_dots(people)
    step = evening.goes_to("group")
    write(step.end_talk)
    phone.writes_for_the_table()
    return phone


def options(step, number, start=0):
    return [str(option.public_id) for option in step.choice.options.all()[start : start + number]]


def test_a_citizen_number_is_refused_in_an_idea_and_the_text_stays(scribe):
    answer = scribe.sends("idea", title="Koffie voor 498259791", what="Op dinsdag")
    assert answer.status_code == 422
    assert "burgerservicenummer" in words(answer)
    assert "Koffie voor 498259791" in answer.content.decode()
    assert "Op dinsdag" in answer.content.decode()
    assert not Idea.objects.exists()


def test_a_citizen_number_is_refused_beside_a_figure(phone, evening):
    step = evening.goes_to("figures")
    answer = phone.sends("recognise", about=step.rules.at(step), value="mis", text="Zij heeft 498.259.791")
    assert answer.status_code == 422
    assert "burgerservicenummer" in words(answer)
    assert not Contribution.objects.filter(take="recognise").exists()


def test_ones_own_telephone_number_is_taken_though_its_last_nine_digits_pass_that_test(phone, evening):
    step = evening.goes_to("meet")
    write(step.end_talk)
    phone.says("card", call_me_for="wandelen", phone="+31 498 259 791", shares_card="on")
    assert phone.participant.phone == "+31 498 259 791"


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("", "Schrijf eerst je idee op"),
        ("   ", "Schrijf eerst je idee op"),
        ("x" * 5000, "Dit is te lang: 5000 tekens"),
    ],
)
def test_an_empty_or_endless_idea_is_refused_and_the_rest_of_the_form_stays(scribe, title, said):
    answer = scribe.sends("idea", title=title, what="Samen koken in de school")
    assert answer.status_code == 422
    assert said in words(answer)
    assert "Samen koken in de school" in answer.content.decode()
    assert not Idea.objects.exists()


@pytest.mark.parametrize(
    "title", ["👩🏽‍⚕️ samen 🚲", "רעיון טוב", "<img src=x onerror=alert(1)>", "=1+1", "'; DROP TABLE ideas; --"]
)
def test_any_text_is_kept_as_it_is_and_shown_as_text(scribe, title):
    scribe.says("idea", title=title)
    assert Idea.objects.get().title == title
    assert "<img src=x" not in scribe.looks().content.decode()


def test_the_same_form_sent_twice_is_one_idea(scribe):
    key = uuid.uuid4()
    scribe.says("idea", title="Soep", key=key)
    assert "Dit hadden we al" in scribe.says("idea", title="Soep", key=key)
    assert Idea.objects.count() == 1


def test_a_lost_or_broken_key_still_gets_in(scribe, evening):
    step = evening.step
    address = reverse("meetings:send", args=[evening.meeting.public_id, step.public_id, "idea"])
    assert scribe.browser.post(address, {"title": "Soep", "key": "<>"}).status_code == 302
    assert Idea.objects.count() == 1


def test_from_two_phones_the_newest_choice_of_one_participant_is_the_choice(phone, vote):
    second = Phone(phone.meeting)
    second.browser.post(reverse("meetings:come_back"), {"code": phone.participant.return_code})
    phone.says("dots", options=options(vote, 3))
    second.says("dots", options=options(vote, 2, start=3))
    ballot = vote.choice.ballots.get()
    assert ballot.dots.count() == 2


def test_four_dots_are_refused_and_all_four_stay_ticked(phone, vote):
    answer = phone.sends("dots", options=options(vote, 4))
    assert answer.status_code == 422
    assert "Je hebt 3 stippen. Haal er 1 weg." in words(answer)
    assert answer.content.decode().count(" checked") == 4
    assert not vote.choice.ballots.exists()


@pytest.mark.parametrize("option", ["00000000-0000-4000-8000-000000000000", "geen-uuid", "<b>"])
def test_a_dot_on_something_that_is_not_on_the_board_is_refused(phone, vote, option):
    answer = phone.sends("dots", options=[option])
    assert answer.status_code == 422
    assert not vote.choice.ballots.exists()


def test_no_dots_at_all_is_a_choice_too(phone, vote):
    phone.says("dots", options=options(vote, 2))
    phone.says("dots", options=[])
    assert vote.choice.ballots.get().dots.count() == 0


def test_a_vote_after_closing_is_kept_as_late_and_changes_no_result(phone, evening, people, vote):
    evening.everybody_dots(people)
    vote.choice.close(by=evening.leader)
    vote.choice.show(by=evening.leader)
    before = sorted(vote.choice.options.values_list("pk", "points"))
    seen = phone.says("dots", options=options(vote, 3, start=4))
    assert "Te laat: deze ronde is al dicht" in seen
    assert sorted(vote.choice.options.values_list("pk", "points")) == before
    assert vote.choice.ballots.filter(late=True).count() == 1


def test_a_vote_that_was_on_its_way_when_it_closed_still_counts(phone, evening, vote):
    vote.choice.close(by=evening.leader)
    seen = phone.says("dots", options=options(vote, 1), queued="1", age="4000")
    assert "Je keuze kwam nog op tijd binnen" in seen
    assert vote.choice.ballots.filter(late=False).count() == 1


def test_a_vote_sent_after_closing_does_not_become_timely_by_passing_the_outbox(phone, evening, vote):
    vote.choice.close(by=evening.leader)
    with time_machine.travel(timezone.now() + timedelta(seconds=10)):
        assert "Te laat" in phone.says("dots", options=options(vote, 1), queued="1", age="800")
    assert not vote.choice.ballots.filter(late=False).exists()


def test_an_idea_that_comes_after_the_round_is_kept_for_the_facilitator(scribe, evening):
    step = evening.step
    evening.goes_on()
    assert "Te laat" in scribe.says("idea", step=step, title="Nog een idee")
    assert Submission.objects.get(late=True).payload["title"] == "Nog een idee"
    assert not Idea.objects.exists()


def test_an_empty_idea_after_the_round_shows_what_was_written(scribe, evening):
    step = evening.step
    evening.goes_on()
    answer = scribe.sends("idea", step=step, title="", what="Dit wil ik niet kwijt")
    assert answer.status_code == 422
    assert "Dit had je geschreven" in words(answer)
    assert "Dit wil ik niet kwijt" in words(answer)


def test_a_step_that_is_still_to_come_takes_nothing_yet(phone, evening, vote):
    coming = evening.meeting.steps.get(kind="close")
    answer = phone.sends("tomorrow", step=coming, text="Bellen")
    assert answer.status_code == 422
    assert "Dit kan nu niet. Kijk op het scherm waar we zijn." in words(answer)


def test_a_participant_of_another_meeting_finds_nothing_here(cast, vote):
    stranger = Phone(cast.other_meeting)
    stranger.joins()
    address = reverse("meetings:send", args=[vote.meeting.public_id, vote.public_id, "dots"])
    assert stranger.browser.post(address, {"options": options(vote, 1)}).status_code == 404
    own = reverse("meetings:send", args=[cast.other_meeting.public_id, vote.public_id, "dots"])
    assert stranger.browser.post(own, {"options": options(vote, 1)}).status_code == 404
    assert not vote.choice.ballots.exists()


def test_an_unknown_step_or_take_is_not_found(phone, vote):
    nowhere = reverse("meetings:send", args=[vote.meeting.public_id, uuid.uuid4(), "dots"])
    assert phone.browser.post(nowhere).status_code == 404
    assert phone.sends("nonsens").status_code == 404


def test_looking_at_a_sending_address_is_not_allowed(phone, vote):
    address = reverse("meetings:send", args=[vote.meeting.public_id, vote.public_id, "dots"])
    assert phone.browser.get(address).status_code == 405


def test_who_does_not_write_for_the_table_hears_who_does_and_keeps_the_words(scribe, evening):
    mate = Phone(evening.meeting)
    mate.joins(first_name="Joke")
    write(lambda: mate.participant.sit_at(scribe.participant.table))
    answer = mate.sends("dream", text="Een droom van mij")
    assert answer.status_code == 422
    assert "Ans schrijft nu voor jullie tafel" in words(answer)
    assert "Een droom van mij" in words(answer)
    assert not Contribution.objects.filter(take="dream").exists()


def test_what_waited_on_a_phone_without_a_connection_is_still_the_tables(scribe, evening):
    mate = Phone(evening.meeting)
    mate.joins(first_name="Joke")
    write(lambda: mate.participant.sit_at(scribe.participant.table))
    mate.writes_for_the_table()
    assert "Jullie droom is bewaard" in scribe.says("dream", text="Onderweg", queued="1", age="90000")


def test_a_proposal_that_exists_already_is_not_doubled(phone, vote):
    phone.says("propose", title="mantelzorg ")
    assert vote.meeting.themes.filter(theme__title__iexact="mantelzorg").count() == 1


@pytest.mark.parametrize(
    ("due", "said"),
    [("", "Kies een datum"), ("2020-01-01", "Deze datum is al voorbij"), ("morgen", "Schrijf de datum zo")],
)
def test_a_wrong_date_says_what_a_date_looks_like(phone, evening, people, due, said):
    step = evening.comes_to_plans(people)
    write(step.end_talk)
    idea = step.rules.rows(evening.meeting)[0]["idea"]
    answer = phone.sends("own", idea=str(idea.public_id), first_step="Bellen met Jan", due=due)
    assert answer.status_code == 422
    assert said in words(answer)
    assert "Bellen met Jan" in answer.content.decode()


def test_a_wrong_mail_address_can_be_mended(phone, evening):
    evening.goes_to("close")
    answer = phone.sends("address", email="ans@")
    assert answer.status_code == 422
    assert "Dit mailadres klopt niet" in words(answer)
    assert 'value="ans@"' in answer.content.decode()


def test_a_phone_that_writes_without_end_has_to_wait_and_loses_nothing(phone, evening):
    evening.goes_to("close")
    for number in range(pacing.BURST):
        assert phone.sends("tomorrow", text=f"Versie {number}").status_code == 302
    answer = phone.sends("tomorrow", text="Nog een versie")
    assert answer.status_code == 429
    assert "Dat ging te snel achter elkaar" in words(answer)
    assert "Nog een versie" in answer.content.decode()


def test_ten_seconds_later_it_may_write_again(phone, evening):
    evening.goes_to("close")
    for _number in range(pacing.BURST + 1):
        answer = phone.sends("tomorrow", text="x")
    assert answer.status_code == 429
    with time_machine.travel(timezone.now() + timedelta(seconds=2 * pacing.WINDOW)):
        assert phone.sends("tomorrow", text="Nu wel").status_code == 302


def test_one_busy_phone_is_in_nobodys_way(phone, evening):
    evening.goes_to("close")
    other = Phone(evening.meeting)
    other.joins()
    for _number in range(pacing.BURST + 1):
        phone.sends("tomorrow", text="x")
    assert other.sends("tomorrow", text="Ik ook").status_code == 302

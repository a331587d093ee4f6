"""Three months after an evening: one mail to who picked a tip to begin with and left an address, and to nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samenwijk.meetings.board import ideas_of
from samenwijk.meetings.models import Meeting
from samenwijk.notify.models import Message, Unsubscribe, unsubscribe_token
from samenwijk.notify.reminders import remind_of_beginnings
from tests.meetings.phones import Phone

pytestmark = pytest.mark.django_db

ADDRESS = "ans@voorbeeld.example"


@pytest.fixture
def people(holds, evening):
    """A role play that has ended: two picked a tip, the second without an address, a third left an address only."""
    holds("keukentafel", tables=1)
    writer = Phone(evening.meeting)
    writer.joins()
    writer.writes_for_the_table()
    first, second, third = evening.joins("Ans"), evening.joins("Bo"), evening.joins("Cas")
    evening.goes_to("tips")
    theme = str(evening.meeting.themes.first().theme.public_id)
    writer.says("idea", theme=theme, title="Kom een keer langs", what="Elke week.")
    evening.goes_to("begin")
    tip = str(ideas_of(evening.meeting).get().public_id)
    for one in (first, second):
        evening.sends(one, "begin", {"tip": tip})
    first.leave_address(ADDRESS)
    third.leave_address("cas@voorbeeld.example")
    evening.ends()
    return first, second, third


def reminders():
    remind_of_beginnings()
    return list(Message.objects.filter(template="begin_reminder"))


def ended(ago):
    Meeting.objects.update(ended_at=timezone.now() - timedelta(days=ago))


@pytest.mark.parametrize(("ago", "number"), [(0, 0), (90, 0), (92, 1), (120, 1), (123, 0)])
def test_it_comes_after_three_months_and_not_long_after(people, ago, number):
    ended(ago)
    assert len(reminders()) == number


def test_it_says_the_tip_to_who_picked_one_once(people, evening):
    ended(92)
    for _hour in range(2):
        (message,) = reminders()
    assert (message.to_address, message.to_name) == (ADDRESS, "Ans")
    assert message.subject == "Hoe gaat het met jouw tip?"
    for body in (message.text, message.html):
        assert "Kom een keer langs" in body
        assert "/afmelden/" in body
        assert f"/bijeenkomst/{evening.meeting.public_id}/jouw/?pas=" in body
    message.empty()
    assert len(reminders()) == 1


def test_who_wants_no_mail_or_took_the_address_back_gets_none(people):
    ended(92)
    Unsubscribe.by_token(unsubscribe_token(ADDRESS))
    assert reminders() == []
    Unsubscribe.objects.all().delete()
    people[0].leave_address("")
    assert reminders() == []


def test_who_was_forgotten_gets_none(people, evening):
    ended(92)
    evening.meeting.participants.all().forget()
    assert reminders() == []

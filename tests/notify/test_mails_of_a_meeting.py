"""After the evening everybody who left an address has it in their mail, and whoever said yes has the date."""

import datetime
from uuid import uuid4

import pytest
from django.utils import timezone
from icalendar import Calendar

from samenwijk.notify.models import Message
from samenwijk.notify.readers import read_journal
from samenwijk.people.models import Person
from samenwijk.plans.links import action_behind
from samenwijk.plans.models import Idea, Plan, Theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def read_mail():
    def read(template):
        read_journal()
        return list(Message.objects.filter(template=template).order_by("id"))

    return read


def test_the_page_is_mailed_when_the_meeting_is_over_and_not_before(evening, read_mail):
    ans = evening.joins("Ans")
    evening.starts()
    ans.leave_address("ans@voorbeeld.example")
    assert read_mail("own_page") == []
    evening.ends()
    (message,) = read_mail("own_page")
    assert (message.to_address, message.to_name) == ("ans@voorbeeld.example", "Ans")
    assert f"/bijeenkomst/{evening.meeting.public_id}/jouw/?pas=" in message.text


def test_who_leaves_an_address_afterwards_gets_it_at_once_and_once(evening, read_mail):
    ans = evening.joins("Ans")
    evening.starts()
    evening.ends()
    for _ in range(2):
        ans.leave_address("ans@voorbeeld.example")
        assert len(read_mail("own_page")) == 1


def test_an_address_that_was_taken_back_gets_nothing(evening, read_mail):
    ans = evening.joins("Ans")
    evening.starts()
    ans.leave_address("ans@voorbeeld.example")
    ans.leave_address("")
    evening.ends()
    assert read_mail("own_page") == []


def test_without_an_address_there_is_no_mail(evening, read_mail):
    evening.joins("Ans")
    evening.starts()
    evening.ends()
    assert read_mail("own_page") == []


def test_only_table_mates_who_share_their_card_are_in_the_mail(evening, read_mail):
    ans, wim, eva = (evening.joins(name) for name in ("Ans", "Wim", "Eva"))
    evening.starts()
    table = evening.meeting.tables.first()
    for participant in (ans, wim, eva):
        participant.sit_at(table)
    wim.share_card(call_me_for="de tuin", phone="06-11111111", shares=True)
    eva.share_card(call_me_for="geheim", phone="06-22222222", shares=False)
    ans.leave_address("ans@voorbeeld.example")
    evening.ends()
    (message,) = read_mail("own_page")
    for body in (message.text, message.html):
        assert "Wim" in body
        assert "06-11111111" in body
        assert "Eva" not in body
        assert "06-22222222" not in body


def test_the_next_date_travels_along(evening, read_mail):
    ans = evening.joins("Ans")
    evening.starts()
    evening.meeting.agree_next(timezone.now() + datetime.timedelta(days=60), "Buurthuis")
    ans.leave_address("ans@voorbeeld.example")
    evening.ends()
    (message,) = read_mail("own_page")
    (attachment,) = message.attachments.all()
    (event,) = Calendar.from_ical(bytes(attachment.content)).walk("VEVENT")
    assert event["location"] == "Buurthuis"
    assert "Buurthuis" in message.text


@pytest.fixture
def says_yes(cast):
    """Somebody takes on an idea of the wijk, with a first step and a day."""

    def take_on(owner: Person) -> Plan:
        theme = Theme.objects.create(wijk=cast.wijk, title="Samen aan tafel")
        idea = Idea.objects.create(
            wijk=cast.wijk, theme=theme, title="Samen eten", author_kind="table", author_id=uuid4(), key=uuid4()
        )
        return Plan.take_on(idea, owner=owner, first_step="Bel Ans", due=datetime.date(2027, 1, 15))

    return take_on


def test_who_said_yes_gets_the_first_step_and_the_day(cast, says_yes, read_mail):
    plan = says_yes(cast.gp.person)
    (message,) = read_mail("action_taken_on")
    assert message.to_address == cast.gp.email
    assert "Bel Ans" in message.text
    assert "15 januari 2027" in message.text
    (attachment,) = message.attachments.all()
    assert b"20270115" in bytes(attachment.content)
    token = message.text.split("/mijn-plan/")[1].split("/")[0]
    assert action_behind(token) == plan.action


def test_an_owner_without_an_address_gets_no_mail(says_yes, read_mail):
    says_yes(Person.objects.create(first_name="Wim"))
    assert read_mail("action_taken_on") == []


def test_who_gave_it_back_before_the_mail_was_written_gets_none(cast, says_yes, read_mail):
    says_yes(cast.gp.person).action.release(by=cast.gp)
    assert read_mail("action_taken_on") == []

"""Mail follows from what happened, once, also when something in between goes wrong."""

import pytest
from django.core.management import call_command
from django.db import OperationalError

from samenwijk.journal.models import Entry
from samenwijk.notify.models import Message
from samenwijk.notify.readers import Reader, read_journal
from samenwijk.notify.sending import send_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    return Reader("test")


@pytest.fixture
def heard(reader):
    entries = []
    reader.on("person.changed_card")(entries.append)
    return entries


def test_a_handler_hears_of_its_kind_only_and_once(ans, reader, heard):
    entry = Entry.record("person.changed_card", about=ans)
    Entry.record("person.forgotten", about=ans)
    reader.read()
    reader.read()
    assert heard == [entry]


def test_an_odd_entry_does_not_hold_up_the_rest(ans, reader, heard, caplog):
    def stumble(entry):
        raise ZeroDivisionError

    reader.on("person.forgotten")(stumble)
    Entry.record("person.forgotten", about=ans)
    entry = Entry.record("person.changed_card", about=ans)
    reader.read()
    assert heard == [entry]
    assert "No mail came of journal entry" in caplog.text
    assert "Ans" not in caplog.text


def test_a_database_that_is_busy_is_tried_again(ans, reader, heard):
    away = [True]

    def busy(entry):
        if away:
            raise OperationalError

    reader.on("person.forgotten")(busy)
    Entry.record("person.forgotten", about=ans)
    with pytest.raises(OperationalError):
        reader.read()
    away.clear()
    assert reader.read() == 1


def test_who_is_forgotten_leaves_the_outbox(ans, write_to):
    write_to(ans)
    send_due()
    waiting = write_to(ans)
    ans.forget()
    read_journal()
    assert not Message.objects.filter(pk=waiting.pk).exists()
    sent = Message.objects.get()
    assert (sent.to_address, sent.text, sent.person) == ("", "", None)


def test_a_tick_reads_sends_and_tidies(ans, write_to, mailoutbox, capsys):
    write_to(ans)
    call_command("tick")
    assert len(mailoutbox) == 1
    assert "send_due: 1" in capsys.readouterr().out

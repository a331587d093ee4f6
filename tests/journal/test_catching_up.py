"""A reader of the journal misses nothing and repeats nothing."""

import threading

import pytest
from django.db import connection, transaction

from samenwijk.journal.catching_up import catch_up, start_at_now
from samenwijk.journal.models import Cursor, Entry
from samenwijk.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def happen():
    person = Person.objects.create(first_name="Ans")

    def times(number):
        return [Entry.record("person.changed_card", about=person) for _ in range(number)]

    return times


def test_a_reader_gets_everything_in_order_and_once(happen):
    entries, read = happen(3), []
    assert catch_up("mail", read.append) == 3
    assert catch_up("mail", read.append) == 0
    assert read == entries


def test_a_reader_gets_what_came_since(happen):
    read = []
    happen(2)
    catch_up("mail", read.append)
    read.clear()
    new = happen(1)
    catch_up("mail", read.append)
    assert read == new


def test_readers_do_not_wait_for_each_other(happen):
    entries, one, two = happen(2), [], []
    catch_up("mail", one.append)
    catch_up("board", two.append)
    assert one == two == entries


def test_more_entries_than_fit_in_a_batch_are_all_read(happen):
    entries, read = happen(5), []
    catch_up("mail", read.append, batch=2)
    assert read == entries


def test_an_entry_whose_handling_fails_comes_again(happen):
    first, second = happen(2)
    read, broken = [], True

    def handle(entry):
        if entry == second and broken:
            raise RuntimeError
        read.append(entry)

    with pytest.raises(RuntimeError):
        catch_up("mail", handle)
    assert read == [first]
    broken = False
    catch_up("mail", handle)
    assert read == [first, second]


def test_what_another_process_has_handled_is_left_alone(happen):
    entries, read = happen(2), []

    def handle(entry):
        read.append(entry)
        Cursor.objects.filter(reader="mail").update(last_id=entries[-1].id)

    catch_up("mail", handle)
    assert read == entries[:1]


def test_a_new_reader_may_begin_with_what_happens_from_now_on(happen):
    happen(2)
    start_at_now("board")
    read, new = [], happen(1)
    catch_up("board", read.append)
    assert read == new


def test_nothing_new_costs_few_queries(happen, django_assert_max_num_queries):
    happen(1)
    catch_up("mail", lambda entry: None)
    waiting = 3 if connection.vendor == "postgresql" else 0
    with django_assert_max_num_queries(3 + waiting):
        catch_up("mail", lambda entry: None)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_an_entry_that_is_committed_late_is_not_stepped_over(happen):
    """The first writer has its number, the second is committed before it: the reader waits for the first."""
    person = Person.objects.create(first_name="Wim")
    recorded, go_on, early = threading.Event(), threading.Event(), []

    def slowly():
        with transaction.atomic():
            early.append(Entry.record("person.changed_card", about=person))
            recorded.set()
            go_on.wait(10)
        connection.close()

    writer = threading.Thread(target=slowly)
    writer.start()
    recorded.wait(10)
    late = happen(1)
    threading.Timer(0.3, go_on.set).start()
    read = []
    catch_up("mail", read.append)
    writer.join()
    assert read == early + late


def test_who_reads_some_kinds_steps_over_the_others_and_misses_nothing():
    person, read = Person.objects.create(first_name="Ans"), []
    kinds = (
        "person.changed_card",
        "participant.joined",
        "participant.joined",
        "person.changed_card",
        "participant.joined",
    )
    written = [Entry.record(kind, about=person) for kind in kinds]
    catch_up("picky", read.append, kinds={"person.changed_card"}, batch=2)
    assert [entry for entry in read if entry.kind == "person.changed_card"] == [written[0], written[3]]
    assert len(read) < len(written)
    assert Cursor.objects.get(reader="picky").last_id == written[-1].pk

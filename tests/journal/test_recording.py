"""What may stand in the journal, and who hears of it."""

import uuid

import pytest
from django.db import transaction

from samenwijk.journal import recorded
from samenwijk.journal.kinds import UnknownKind, declare
from samenwijk.journal.models import Entry
from samenwijk.people.models import Person, User

pytestmark = pytest.mark.django_db

KIND = "person.changed_card"


@pytest.fixture
def person():
    return Person.objects.create(first_name="Ans")


@pytest.fixture
def heard():
    """Every entry that a listener hears of."""
    entries = []

    def listen(entry, **_signal):
        entries.append(entry)

    recorded.connect(listen)
    yield entries
    recorded.disconnect(listen)


def test_an_entry_points_at_its_subject_and_its_actor(person):
    user = User.objects.create_user("ans@example.org")
    entry = Entry.record(KIND, about=person, by=user)
    assert (entry.subject_kind, entry.subject_id) == ("person", person.public_id)
    assert (entry.actor_kind, entry.actor_id) == ("user", user.public_id)


def test_what_happens_by_itself_is_done_by_the_system(person):
    entry = Entry.record(KIND, about=person)
    assert (entry.actor_kind, entry.actor_id) == ("system", None)


def test_a_kind_that_nobody_declared_is_refused(person):
    with pytest.raises(UnknownKind):
        Entry.record("person.sang", about=person)


@pytest.mark.parametrize("text", ["Ans van Dalen", "ans@example.org", "a" * 81, "regel\nregel"])
def test_free_text_is_refused(person, text):
    with pytest.raises(ValueError, match="no free text"):
        Entry.record(KIND, about=person, note=text)
    assert not Entry.objects.exists()


def test_free_text_in_a_list_is_refused_too(person):
    with pytest.raises(ValueError, match="no free text"):
        Entry.record(KIND, about=person, notes=["slug", "Ans van Dalen"])


def test_a_dictionary_is_no_fact(person):
    with pytest.raises(TypeError):
        Entry.record(KIND, about=person, note={"naam": 1})


def test_numbers_slugs_and_public_ids_are_facts(person):
    known = uuid.uuid4()
    entry = Entry.record(KIND, about=person, dots=3, share=0.5, level="wijk", yes=True, of=known, nothing=None)
    entry.refresh_from_db()
    assert entry.facts == {
        "dots": 3,
        "share": 0.5,
        "level": "wijk",
        "yes": True,
        "of": str(known),
        "nothing": None,
    }


def test_two_apps_may_not_mean_different_things_by_one_kind():
    with pytest.raises(ValueError, match="Two apps"):
        declare({KIND: "Something else."})


def test_a_listener_hears_after_the_commit(person, heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        entry = Entry.record(KIND, about=person)
        assert heard == []
    assert heard == [entry]


def test_what_was_rolled_back_is_not_heard_and_not_written(person, heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        Entry.record(KIND, about=person)
        transaction.set_rollback(True)
    assert heard == []
    assert not Entry.objects.exists()


def test_entries_are_found_by_what_they_are_about(person):
    other = Person.objects.create(first_name="Bea")
    Entry.record(KIND, about=other)
    mine = Entry.record(KIND, about=person)
    assert list(Entry.objects.about(person)) == [mine]

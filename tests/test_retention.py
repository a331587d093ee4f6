"""What is kept, how long, and what goes."""

import uuid
from datetime import timedelta

from django.apps import apps
from django.utils import timezone

from samenwijk.home.retention import RETENTION, tidy_up
from samenwijk.meetings.models import Meeting, Participant, Submission


def ours():
    return [model for model in apps.get_models() if model.__module__.startswith("samenwijk.")]


def test_every_model_has_a_rule_and_every_rule_a_model():
    assert {model._meta.label for model in ours()} == set(RETENTION)


def test_a_year_after_the_meeting_nobody_knows_who_was_there(evening):
    participant = evening.joins("Ans", "bewoner")
    evening.starts()
    evening.ends()
    tidy_up()
    assert Participant.objects.get(pk=participant.pk).first_name == "Ans"
    Meeting.objects.update(ended_at=timezone.now() - timedelta(days=366))
    assert tidy_up() >= 1
    kept = Participant.objects.get(pk=participant.pk)
    assert (kept.first_name, kept.person, kept.discipline) == ("", None, "bewoner")


def test_keys_of_what_was_sent_go_after_thirty_days(evening):
    participant = evening.joins()
    evening.goes_to("figures")
    evening.sends(participant, "recognise", {"about": "inwoners", "value": "herken"}, key=uuid.uuid4())
    assert Submission.objects.count() == 1
    Submission.objects.update(at=timezone.now() - timedelta(days=31))
    tidy_up()
    assert not Submission.objects.exists()

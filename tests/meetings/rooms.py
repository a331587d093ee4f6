"""A room that stands at its vote on ideas, chosen in any way."""

import csv
import io

from django.urls import reverse

from samenwijk.plans.models import Ballot
from tests.meetings.console_pages import words
from tests.meetings.phones import Phone


class Room:
    """An evening that stands at its vote on ideas, with people of both groups at tables."""

    def __init__(self, evening, desk):
        self.evening, self.desk = evening, desk
        self.people = []

    def opens(self, way, *, residents=4, professionals=8, ideas=1, seats=3):
        disciplines = ["bewoner"] * residents + ["huisarts"] * professionals
        self.people = [self.evening.joins(f"P{n}", slug) for n, slug in enumerate(disciplines)]
        self.evening.goes_to("themes")
        self.evening.everybody_dots(self.people)
        self.evening.goes_to("group")
        self.evening.each_table_writes(ideas=ideas)
        vote = self.evening.meeting.steps.get(kind="vote")
        vote.settings = {**vote.settings, "way": way, "seats": seats}
        vote.save()
        return self.evening.goes_to("vote")

    @property
    def options(self):
        return list(self.evening.step.choice.options.all())

    def ticks(self, person, *numbers):
        chosen = [str(self.options[number].public_id) for number in numbers]
        self.evening.sends(person, "dots", {"options": chosen})

    def scores(self, person, **numbers):
        given = {f"score-{self.options[int(name[1:])].public_id}": value for name, value in numbers.items()}
        self.evening.sends(person, "dots", given)

    def closes(self):
        self.desk.act(self.evening.step, "show")
        return self.evening.step

    @property
    def ballots(self):
        return list(Ballot.objects.filter(choice=self.evening.step.choice))

    def of(self, number):
        return self.options[number]

    def screen(self):
        return words(self.desk.client.get(reverse("meetings:screen", args=[self.desk.meeting.screen_token])))

    def report(self):
        return words(self.desk.client.get(reverse("meetings:report", args=[self.desk.meeting.public_id])))

    def rows(self):
        address = reverse("meetings:export_csv", args=[self.desk.meeting.public_id])
        body = self.desk.client.get(address).content.decode().removeprefix("\ufeff")
        return list(csv.DictReader(io.StringIO(body)))


def phone_of(evening):
    phone = Phone(evening.meeting)
    phone.joins()
    return phone

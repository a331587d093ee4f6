"""The role play with its ambassadors and golden tips, and a series that opens with its promises."""

import datetime

import pytest
from django.utils import timezone

from samenwijk.meetings.export import csv_file
from samenwijk.meetings.kinds.base import Refused
from samenwijk.meetings.kinds.planning import chosen_ideas
from samenwijk.meetings.kinds.promises import Promises
from samenwijk.meetings.models import Ambassador, Meeting
from samenwijk.plans.models import Action, Plan
from tests.meetings.console_pages import exported

pytestmark = pytest.mark.django_db


def test_devices_stay_down_while_the_talk_is_played(holds, evening, phone_at):
    holds("keukentafel")
    phone = phone_at(1)
    evening.goes_to("kitchen")
    assert "telefoon weg" in phone.sees()


def test_what_somebody_saw_in_themselves_stays_with_them(holds, evening, phone_at):
    desk = holds("keukentafel")
    phone, other = phone_at(1), phone_at(1, first_name="Bo")
    step = evening.goes_to("reflection")
    step.end_talk()
    assert "Alleen jij ziet dit." in phone.says("insight", about="valkuil", text="Ik vul te snel in")
    other.says("insight", about="raakte", text="De stilte", released="on")
    for page in (desk.reads(), other.sees(), desk.reads("report")):
        assert "Ik vul te snel in" not in page
    assert "De stilte" in desk.reads("report")
    assert [line for line in exported(evening, "insight") if "Ik vul" in line] == []
    evening.ends()
    assert "Ik vul te snel in" in phone.sees()


def test_tips_lie_on_three_piles_and_the_best_are_chosen_across_tables(holds, evening, phone_at):
    desk = holds("keukentafel")
    writer, other = phone_at(1, writes=True), phone_at(2, first_name="Bo")
    evening.goes_to("tips").end_talk()
    pile = evening.meeting.themes.last().theme
    assert "Jullie eerste tip" in writer.sees()
    for text in ("Bel eerst zelf", "Vraag wat er wél gaat", "Kom een keer langs"):
        writer.says("idea", theme=str(pile.public_id), title=text)
    assert "al 3 ideeën" in writer.says("idea", theme=str(pile.public_id), title="Nog een")
    step = evening.goes_to("vote")
    best = step.choice.options.get(idea__title="Kom een keer langs")
    for phone in (writer, other):
        phone.says("dots", options=str(best.public_id))
    evening.goes_to("begin")
    assert "Kom een keer langs" in other.sees()
    other.says("begin", tip=str(best.idea.public_id))
    assert exported(evening, "begin") == []
    assert "Bo" not in desk.reads("report")
    evening.ends()
    assert "Hier begin ik mee" in other.sees()
    assert "Hier begin ik mee" not in writer.sees()


def test_only_who_organises_sees_ambassadors_and_their_compensation(holds, evening, cast, as_user, phone_at):
    desk = holds("keukentafel", tables=2)
    assert "Aan 2 tafels ontbreekt nog een ambassadeur." in desk.reads("script")
    table = evening.meeting.tables.get(number=1)
    desk.press("ambassadors", first_name="Riet", table=str(table.pk), compensation="voucher", boundaries_agreed="on")
    assert "een cadeaubon" in desk.reads("ambassadors")
    assert "Nog geen ambassadeur aan: Tafel 2" in desk.reads("ambassadors")
    phone = phone_at(1)
    evening.goes_to("kitchen")
    assert "cadeaubon" not in csv_file(evening.meeting)
    assert "Riet" not in csv_file(evening.meeting) + phone.sees() + desk.reads("report")
    assert as_user(cast.gp).get(desk.address("ambassadors")).status_code == 403
    riet = Ambassador.objects.get()
    desk.press("ambassador_called", riet.public_id)
    assert Ambassador.objects.get().aftercare_done_at
    desk.press("ambassador_leaves", riet.public_id)
    assert not Ambassador.objects.exists()


# A series opens with its promises


def promise(evening, people, text="Ik bel de wijkraad"):
    evening.comes_to_plans(people)
    idea = chosen_ideas(evening.meeting)[0]
    due = timezone.localdate() + datetime.timedelta(days=9)
    evening.sends(people[0], "own", {"idea": str(idea.public_id), "first_step": text, "due": due})
    evening.ends()
    return Action.objects.get(first_step=text)


def test_the_next_meeting_of_a_series_opens_with_what_was_promised(holds, evening, phone_at, cast):
    action = promise(evening, evening.fills(4))
    desk = holds("leernetwerk", series="Leernetwerk Merenwijk")
    Meeting.objects.filter(pk=cast.meeting.pk).update(series=evening.meeting.series)
    phone = phone_at(1)
    step = evening.goes_to("promises")
    assert "Ik bel de wijkraad" in desk.reads()
    assert "Ik bel de wijkraad" in phone.sees()
    desk.act(step, "outcome", action=str(action.public_id), how="done", outcome="Er komt een gesprek")
    action.refresh_from_db()
    assert (action.status, action.outcome) == ("completed", "Er komt een gesprek")
    assert "Er komt een gesprek" in desk.reads("report")
    assert "Deze afspraak staat niet meer open." in str(
        refused(lambda: Promises().act_outcome(step, {"action": action.public_id, "how": "done"}, cast.facilitator))
    )


def refused(deed):
    with pytest.raises(Refused) as caught:
        deed()
    return caught.value.sentence


def test_promises_of_another_series_or_wijk_are_not_read_out(holds, evening, cast):
    promise(evening, evening.fills(4))
    holds("leernetwerk", series="Iets anders")
    assert list(Promises.of(evening.meeting)) == []
    elsewhere = Plan.objects.filter(wijk=cast.other_wijk)
    assert not Promises.of(cast.other_meeting).exclude(plan__in=elsewhere).exists()


def test_a_series_of_one_name_is_one_series(holds, evening, cast):
    holds("leernetwerk", series="Leernetwerk")
    first = evening.meeting.series
    holds("leernetwerk", series=" leernetwerk ")
    assert evening.meeting.series == first
    assert evening.meeting.before_in_series == [] or first.meetings.count() == 2

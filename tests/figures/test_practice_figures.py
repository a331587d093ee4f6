"""Figures of practices in a wijk: theirs until they approve, one sum for everybody, gone when taken back."""

import uuid
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from samenwijk.figures.models import DeliveredCell, Delivery
from samenwijk.figures.practice.cells import Row
from samenwijk.figures.practice.examples import as_csv
from samenwijk.figures.practice.files import read
from samenwijk.figures.practice.mapping import recognised, rows_of
from samenwijk.figures.practice.protecting import protected
from samenwijk.figures.practices import practice_readings, preview, source_line
from samenwijk.journal.models import Entry
from samenwijk.methods.rates import directly_standardised_rate, proportion
from samenwijk.people.models import Membership, Organisation, Person, User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_deliveries_yet(cast):
    """The wijk of the cast comes with published figures of GPs; here it begins without any."""
    Delivery.objects.all().delete()


def row(count=120, registered=3000, period=2024, indicator="icpc-t90", **given):
    return Row(period, indicator, "Suikerziekte", given.get("age", ""), given.get("sex", ""), count, registered)


def gives(practice, wijk, *rows, key=None):
    years = protected(rows or [row()])
    made = [Delivery.deliver(year, practice=practice, wijk=wijk, key=key or uuid.uuid4()) for year in years]
    return made[0]


def approves(practice, wijk, *rows, visibility="wijk"):
    delivery = gives(practice, wijk, *rows)
    delivery.approve(visibility=visibility)
    return delivery


@pytest.fixture
def riet(cast):
    return cast.practice.practice_in(cast.wijk)


@pytest.fixture
def waterlelie(cast):
    return Organisation.named("Huisartsenpraktijk De Waterlelie")


def seen(cast, viewer=None, **options):
    return practice_readings(cast.wijk, viewer=viewer or cast.gp, **options)


def test_the_practice_of_the_role_is_not_what_somebody_writes_on_the_own_card(cast, riet, waterlelie):
    given = gives(waterlelie, cast.wijk)
    cast.practice.person.change_card(
        first_name="Ilse", last_name="Brouwer", discipline="praktijkmanager", organisation_name=waterlelie.name,
        phone="", call_me_for="",
    )  # fmt: skip
    user = User.objects.get(pk=cast.practice.pk)
    assert user.practice_in(cast.wijk) == riet
    assert not Delivery.objects.visible_to(user).filter(pk=given.pk).exists()


def test_only_who_holds_the_figures_of_a_practice_sees_its_delivery(cast, riet):
    given = gives(riet, cast.wijk)
    assert list(Delivery.objects.visible_to(cast.practice)) == [given]
    for name in ("gp", "coordinator", "facilitator", "board_member", "adviser", "administrator", "outsider"):
        assert not Delivery.objects.visible_to(getattr(cast, name))
    assert not Delivery.objects.visible_to(AnonymousUser())


def test_before_approval_nobody_else_sees_a_figure(cast, riet):
    gives(riet, cast.wijk)
    assert seen(cast) == seen(cast, in_session=True) == []


def test_a_figure_tells_of_whom_it_is_a_share_and_comes_from_rounded_numbers(cast, riet):
    approves(riet, cast.wijk, row(count=123, registered=3004))
    (reading,) = seen(cast)
    expected = proportion(125, 3000, multiplier=1000)
    assert (reading.slug, reading.title, reading.period) == ("icpc-t90", "Suikerziekte (diabetes)", 2024)
    assert (reading.status, reading.count, reading.registered, reading.practices) == ("figure", 125, 3000, 1)
    assert [reading.value, reading.low, reading.high] == [
        Decimal(str(round(number, 1))) for number in (expected.value, expected.lower, expected.upper)
    ]
    assert reading.denominator == "Ingeschreven bij 1 praktijk, niet alle bewoners (ongeveer 3.000 mensen)"
    assert reading.source == "Bron: huisartsenpraktijken in de wijk (eigen opgave)"


def test_practices_stand_together_and_never_beside_each_other(cast, riet, waterlelie):
    approves(riet, cast.wijk, row(count=120, registered=3000))
    approves(waterlelie, cast.wijk, row(count=41, registered=2000))
    (reading,) = seen(cast)
    assert (reading.practices, reading.count, reading.registered) == (2, 160, 5000)
    assert "2 praktijken" in reading.denominator


def test_whoever_subtracts_the_own_numbers_learns_no_more_than_the_other_showed(cast, riet, waterlelie):
    """Every number of the sum is a sum of numbers that each practice itself left in what it approved."""
    by_age = [row(count=count, registered=900, age=age) for age, count in (("0-44", 4), ("45-64", 60), ("65+", 70))]
    other = [row(count=count, registered=900, age=age) for age, count in (("0-44", 30), ("45-64", 50), ("65+", 80))]
    approves(riet, cast.wijk, *by_age)
    approves(waterlelie, cast.wijk, *other)
    theirs = {cell.place: cell.count for cell in Delivery.objects.get(practice=riet).shown_cells()}
    assert theirs["icpc-t90", "0-44", ""] is None
    (reading,) = seen(cast)
    known = theirs["icpc-t90", "", ""]
    assert reading.count == (None if known is None else 5 * round((known + 160) / 5))
    assert reading.standardised is None, "an age group of one practice is hidden"


def test_one_hidden_number_leaves_no_sum_for_missing_is_not_zero(cast, riet, waterlelie):
    approves(riet, cast.wijk, row(count=7))
    approves(waterlelie, cast.wijk, row(count=50))
    (reading,) = seen(cast)
    assert (reading.status, reading.value, reading.count, reading.practices) == ("too_small", None, None, 2)
    assert reading.text == "te klein om te laten zien"


def test_a_figure_about_few_people_is_not_shown(cast, riet, settings):
    approves(riet, cast.wijk, row(count=30, registered=99))
    (reading,) = seen(cast)
    assert (reading.status, reading.registered) == ("too_small", None)
    settings.SMALL_POPULATION = 5000
    approves(riet, cast.wijk, row(count=30, registered=4000))
    assert seen(cast)[0].status == "too_small"


VIEWERS = ("gp", "adviser", "outsider", None)


@pytest.mark.parametrize(
    ("visibility", "who"),
    [("session", {"gp": 0, "adviser": 0, "outsider": 0, None: 0}),
     ("wijk", {"gp": 1, "adviser": 0, "outsider": 0, None: 0}),
     ("public", {"gp": 1, "adviser": 1, "outsider": 1, None: 1})],
)  # fmt: skip
def test_who_sees_it_is_what_the_practice_chose(cast, riet, visibility, who):
    approves(riet, cast.wijk, visibility=visibility)
    assert {
        name: len(practice_readings(cast.wijk, viewer=getattr(cast, name) if name else AnonymousUser()))
        for name in VIEWERS
    } == who
    assert len(seen(cast, in_session=True)) == 1


def test_a_closed_wijk_shows_nothing_outside(cast, riet):
    approves(riet, cast.wijk, visibility="public")
    cast.wijk.is_open = False
    assert practice_readings(cast.wijk, viewer=AnonymousUser()) == []
    assert practice_readings(cast.wijk, viewer=None) == []


def test_everybody_sees_the_same_sum_or_none_so_that_no_difference_tells_of_one_practice(cast, riet, waterlelie):
    approves(riet, cast.wijk, row(count=120), visibility="public")
    approves(waterlelie, cast.wijk, row(count=41), visibility="wijk")
    assert practice_readings(cast.wijk, viewer=AnonymousUser()) == []
    assert [reading.practices for reading in seen(cast)] == [2]


def test_the_newest_year_of_each_problem_is_shown(cast, riet):
    approves(riet, cast.wijk, row(period=2022), row(period=2022, indicator="icpc-r95"))
    approves(riet, cast.wijk, row(period=2024, count=130))
    assert {(reading.slug, reading.period) for reading in seen(cast)} == {("icpc-t90", 2024), ("icpc-r95", 2022)}
    every = {(reading.slug, reading.period) for reading in seen(cast, every_year=True)}
    assert every == {("icpc-t90", 2024), ("icpc-t90", 2022), ("icpc-r95", 2022)}


def test_ages_and_sexes_give_a_standardised_figure_too(cast, riet):
    sheet = read(as_csv())
    rows = [Row(r.period, r.indicator, r.title, r.age_group, r.sex, r.count or 20, r.registered) for r in
            rows_of(sheet, recognised(sheet)) if r.indicator == "icpc-t90"]  # fmt: skip
    approves(riet, cast.wijk, *rows)
    (reading,) = seen(cast)
    weights = {"0-14": 16000, "15-44": 38000, "45-64": 26500, "65-74": 10500, "75+": 9000}
    expected = directly_standardised_rate(
        [5 * int(r.count / 5 + 0.5) for r in rows],
        [10 * int(r.registered / 10 + 0.5) for r in rows],
        [weights[r.age_group] for r in rows],
        multiplier=1000,
    )
    assert reading.standardised == Decimal(str(round(expected.value, 1)))
    assert reading.standardised_low < reading.standardised < reading.standardised_high
    assert reading.standard == "European Standard Population 2013"


def test_sending_twice_is_harmless_and_a_new_one_takes_the_place_of_what_waited(cast, riet):
    key = uuid.uuid4()
    assert gives(riet, cast.wijk, key=key) == gives(riet, cast.wijk, key=key)
    newer = gives(riet, cast.wijk, row(count=200))
    assert list(Delivery.objects.filter(practice=riet)) == [newer]


def test_what_was_approved_stays_until_the_next_is_approved_too(cast, riet):
    first = approves(riet, cast.wijk)
    second = gives(riet, cast.wijk, row(count=200))
    assert [reading.count for reading in seen(cast)] == [120]
    second.approve(visibility="wijk")
    assert [reading.count for reading in seen(cast)] == [200]
    assert not Delivery.objects.filter(pk=first.pk).exists()


def test_what_was_hidden_once_stays_hidden_in_the_next_version(cast, riet):
    approves(riet, cast.wijk, row(count=7))
    newer = gives(riet, cast.wijk, row(count=12))
    assert [cell.count for cell in newer.shown_cells()] == [None]


def test_approving_twice_counts_once_and_may_change_who_sees_it(cast, riet):
    delivery = approves(riet, cast.wijk, visibility="session")
    approved_at = delivery.approved_at
    delivery.approve(visibility="public", by=cast.practice)
    assert (delivery.visibility, delivery.approved_at) == ("public", approved_at)
    assert Entry.objects.filter(kind="practice_figures.approved", subject_id=delivery.public_id).count() == 1


def test_taken_back_is_gone_everywhere_and_the_journal_only_knows_that_it_happened(cast, riet, waterlelie):
    delivery = approves(riet, cast.wijk, row(count=120))
    approves(waterlelie, cast.wijk, row(count=40))
    delivery.withdraw(by=cast.practice)
    delivery.withdraw(by=cast.practice)
    assert not DeliveredCell.objects.filter(delivery__practice=riet).exists()
    assert [(reading.practices, reading.count) for reading in seen(cast)] == [(1, 40)]
    entries = Entry.objects.filter(kind__startswith="practice_figures.", subject_id=delivery.public_id)
    assert sorted(entries.values_list("kind", "facts")) == [
        ("practice_figures.approved", {}),
        ("practice_figures.delivered", {}),
        ("practice_figures.withdrawn", {}),
    ]


def test_small_numbers_never_reach_the_database(cast, riet):
    approves(riet, cast.wijk, row(count=7, registered=7919))
    (cell,) = DeliveredCell.objects.filter(delivery__practice=riet)
    assert cell.count is None
    with pytest.raises(IntegrityError), transaction.atomic():
        DeliveredCell.objects.filter(pk=cell.pk).update(count=7)


def test_reading_asks_the_database_one_thing_however_many_problems(cast, riet, waterlelie):
    cast.gp.works_in(cast.wijk)
    for size in (1, 3):
        rows = [row(indicator=f"icpc-{letter}90") for letter in "abc"[:size]]
        approves(riet, cast.wijk, *rows)
        approves(waterlelie, cast.wijk, *rows)
        with CaptureQueriesContext(connection) as queries:
            assert len(seen(cast)) == size
        assert len(queries) == 1


def test_the_preview_is_what_others_see_of_this_practice_alone(cast, riet):
    delivery = gives(riet, cast.wijk, row(count=123))
    before = preview(delivery.shown_cells(), delivery.period, source_line(delivery.origin))
    delivery.approve(visibility="wijk")
    (alone,), (others,) = before, seen(cast)
    assert (alone.value, alone.low, alone.high, alone.denominator, alone.source) == (
        others.value, others.low, others.high, others.denominator, others.source,
    )  # fmt: skip


def test_an_account_that_was_closed_holds_nothing(cast, riet):
    gives(riet, cast.wijk)
    Person.objects.get(user=cast.practice).forget()
    user = User.objects.get(pk=cast.practice.pk)
    assert user.practice_in(cast.wijk) is None
    assert not Delivery.objects.visible_to(user)
    assert not Membership.objects.filter(person__user=user)

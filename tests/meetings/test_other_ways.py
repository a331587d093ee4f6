"""Other ways of working: round table, wijk network, board, role play, learning network, route cards, garden round."""

import uuid

import pytest

from samenwijk.meetings import preparing
from samenwijk.meetings.kinds.scale import Scale
from samenwijk.meetings.models import Answer, Contribution, Meeting, Template
from samenwijk.meetings.scripts import SHIPPED
from tests.meetings.console_pages import exported

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", SHIPPED)
def test_every_script_plays_to_its_end_on_phone_projector_console_paper_and_report(slug, holds, evening, phone_at):
    desk = holds(slug)
    phone, writer = phone_at(1), phone_at(2, writes=True)
    evening.starts()
    seen = []
    while evening.meeting.is_running:
        step = evening.step
        step.end_talk()
        seen.append(step.kind)
        assert phone.looks().status_code == 200
        assert writer.looks().status_code == 200
        assert phone.browser.get(f"/scherm/{evening.meeting.screen_token}/").status_code == 200
        assert str(step.title) in desk.reads()
        evening.goes_on()
    assert seen == [row["kind"] for row in SHIPPED[slug].steps()]
    assert desk.reads("print_sheets", query="?scherm")
    assert "Verslag: Avond" in desk.reads("report")
    assert phone.looks().status_code == 200


def test_a_script_brings_its_themes_and_what_to_prepare(holds, evening):
    desk = holds("wijknetwerk")
    assert [one.theme.title for one in evening.meeting.themes.all()][:2] == ["Eenzaamheid", "Overgewicht"]
    assert "Vraag per thema iemand" in desk.reads("script")
    desk.press("tick", 0)
    assert Meeting.objects.get(pk=evening.meeting.pk).preparation[0]["done"] is True
    desk.press("tick", 99)


def test_a_copy_of_a_script_keeps_its_themes_and_preparation(cast):
    copied = preparing.copy_shipped("keukentafel", cast.wijk, by=cast.coordinator)
    kept = Template.objects.get(pk=copied.pk)
    assert "Duurzame samenwerking" in kept.themes
    assert len(kept.preparation) == len(SHIPPED["keukentafel"].preparation)


# A question round


@pytest.fixture
def a_round(holds, evening, phone_at):
    desk = holds("ronde-tafel")
    writer, other = phone_at(1, writes=True), phone_at(1, first_name="Bo")
    step = evening.goes_to("round")
    step.end_talk()
    return desk, writer, other, step


def test_the_note_taker_writes_and_the_table_confirms(a_round, evening):
    desk, writer, other, _step = a_round
    assert "Bewaard." in writer.says("note", text="Omdat het samen sneller gaat")
    assert "Omdat het samen sneller gaat" in other.sees()
    assert "Tafel 1: het verslag is nog niet nagekeken." in desk.reads()
    assert "Jullie verslag is klaar" in writer.says("confirm")
    assert "nagekeken door de tafel" in desk.reads()
    writer.says("note", text="En omdat het leuker is")
    assert "Tafel 1: het verslag is nog niet nagekeken." in desk.reads()


def test_who_does_not_write_hears_whose_turn_it_is(a_round):
    _desk, _writer, other, step = a_round
    assert "schrijft nu voor jullie tafel" in other.says("note", text="Ik ook")
    assert not step.contributions.filter(text="Ik ook").exists()


def test_choices_are_asked_only_where_the_script_says_so(a_round, evening):
    _desk, writer, _other, _step = a_round
    assert "Een keuze die iemand maakte" not in writer.sees()
    assert writer.sends("choice_made", text="Minder bellen").status_code == 422
    evening.goes_on()
    evening.step.end_talk()
    assert "Een keuze die iemand maakte" in writer.sees()
    writer.says("choice_made", text="Elke week samen eten", why="Dan kennen we elkaar")
    kept = Contribution.objects.get(take="choice_made")
    assert kept.more == {"why": "Dan kennen we elkaar"}
    [line] = exported(evening, "choice_made")
    assert "Elke week samen eten" in line
    assert "Dan kennen we elkaar" in line


def test_an_empty_or_far_too_long_note_gets_a_sentence(a_round):
    _desk, writer, _other, step = a_round
    assert "Schrijf hier eerst iets op." in writer.says("note", text="")
    assert "Dit is te lang: 5000 tekens." in writer.says("note", text="x" * 5000)
    assert not step.contributions.exists()


def test_a_note_is_taken_back_by_its_table_only(a_round, phone_at, evening):
    _desk, writer, _other, step = a_round
    writer.says("note", text="Toch niet")
    note = step.contributions.get(take="note")
    stranger = phone_at(2, writes=True, first_name="Cor")
    assert "Dit kun je niet meer weghalen." in stranger.says("take_back", note=str(note.public_id))
    assert "Weggehaald." in writer.says("take_back", note=str(note.public_id))
    assert not step.contributions.filter(take="note").exists()


def test_the_same_note_sent_twice_is_kept_once(a_round):
    _desk, writer, _other, step = a_round
    key = uuid.uuid4()
    for _time in range(2):
        writer.sends("note", text="Samen", key=key)
    assert step.contributions.filter(take="note").count() == 1


def test_a_full_sheet_takes_no_more(a_round):
    _desk, writer, _other, step = a_round
    for number in range(8):
        writer.sends("note", text=f"Regel {number}")
    assert "Er staan er al 8." in writer.says("note", text="Nog een")
    assert step.contributions.filter(take="note").count() == 8


def test_a_hidden_note_leaves_projector_and_report(a_round, evening):
    desk, writer, _other, step = a_round
    writer.says("note", text="Dit hoort hier niet")
    desk.press("hide", step.contributions.get(take="note").public_id)
    screen = writer.browser.get(f"/scherm/{evening.meeting.screen_token}/").content.decode()
    assert "Dit hoort hier niet" not in screen
    assert "Dit hoort hier niet" not in desk.reads("report")


def test_a_note_from_paper_is_the_same_note(a_round):
    desk, _writer, _other, step = a_round
    assert "Waarom werken wij samen" in desk.reads("print_sheets", query="?scherm")
    desk.press("paper_type_in", 1, step.public_id, "note", text="Van het vel")
    assert step.contributions.get(take="note").from_paper


# The scale


@pytest.fixture
def a_scale(holds, evening, phone_at):
    desk = holds("ronde-tafel")
    people = [phone_at(1, first_name=f"Mens{n}") for n in range(3)]
    return desk, people, evening.goes_to("scale")


def test_nobody_sees_a_total_before_it_is_shown_nor_who_chose_what(a_scale, evening):
    desk, people, step = a_scale
    for phone, value in zip(people, "455", strict=True):
        assert "Niemand ziet wat jij koos." in phone.says("scale", value=value)
    screen = people[0].browser.get(f"/scherm/{evening.meeting.screen_token}/").content.decode()
    assert "3 antwoorden binnen." in screen
    assert "figure__chart" not in screen
    assert "Mens0" not in desk.reads().split("Wie wat koos")[1].split("Wie er")[0]
    assert exported(evening, "counted") == []
    assert exported(evening, "scale") == []
    desk.act(step, "show")
    assert any(",spreekt voor mij vanzelf,2," in line for line in exported(evening, "counted"))
    assert exported(evening, "scale") == []
    assert "De uitslag is al te zien" in people[0].says("scale", value="1")


def test_an_answer_that_comes_too_late_is_not_kept_beside_a_name(a_scale, evening):
    desk, people, step = a_scale
    evening.goes_on()
    people[0].sends("scale", step=step, value="2")
    assert step.submissions.get(late=True).payload == {}
    assert "Een stem of keuze" in desk.reads("late")


def test_after_the_evening_nobody_can_be_linked_to_an_answer(a_scale, evening):
    _desk, people, step = a_scale
    people[0].says("scale", value="2")
    known = people[0].participant.public_id
    evening.ends()
    answer = Contribution.objects.get(take="scale")
    assert (answer.participant, answer.table, answer.value) == (None, None, "2")
    assert answer.author_id != known
    assert not step.submissions.filter(take="scale").exists()
    assert Scale.totals(step)["2"] == 1


def test_before_and_after_stand_beside_each_other_in_the_report(a_scale, evening):
    desk, people, _first = a_scale
    people[0].says("scale", value="2")
    evening.goes_on()
    evening.goes_to("scale")
    people[0].says("scale", value="5")
    evening.ends()
    report = desk.reads("report")
    assert "Vooraf" in report
    assert "Achteraf" in report
    assert [title for title, _totals in Scale.shown(evening.meeting)] == [
        "Vanzelf of moeten? Vooraf",
        "Vanzelf of moeten? Achteraf",
    ]


def test_paper_and_phones_of_the_scale_count_nobody_twice(a_scale, evening):
    desk, people, step = a_scale
    people[0].says("scale", value="5")
    sheet = desk.address("paper_type_in", 1, step.public_id, "scale_sheet")
    page = desk.client.post(sheet, {"n1": "3", "key": str(uuid.uuid4())}, follow=True).content.decode()
    assert "ruimte voor 2 briefjes" in page
    desk.press("paper_type_in", 1, step.public_id, "scale_sheet", n1="2")
    assert Scale.totals(step) == {"1": 2, "2": 0, "3": 0, "4": 0, "5": 1}


# Proposals to the region


@pytest.fixture
def proposed(holds, evening, phone_at):
    desk = holds("ronde-tafel")
    writer = phone_at(1, writes=True)
    evening.goes_to("proposals").end_talk()
    writer.says("proposal", text="Eén nummer voor de wijk", why="Nu bel je vier keer")
    return desk, writer


def test_the_region_answers_each_proposal_and_the_report_tells_it(proposed, evening, cast, as_user):
    desk, _writer = proposed
    adviser = as_user(cast.adviser)
    assert "Eén nummer voor de wijk" not in adviser.get("/regio/voorstellen/").content.decode()
    evening.ends()
    page = adviser.get("/regio/voorstellen/").content.decode()
    assert "1 voorstel wacht op antwoord" in page
    proposal = Contribution.objects.get(take="proposal")
    address = f"/regio/voorstellen/{proposal.public_id}/antwoord/"
    assert adviser.post(address, {"taken_on": "False", "because": ""}).status_code == 422
    assert adviser.post(address, {"taken_on": "False", "because": "het geld is er pas in mei"}).status_code == 302
    assert "Nu niet, omdat: het geld is er pas in mei" in desk.reads("report")
    assert adviser.post(address, {"taken_on": "True", "because": "er is geld"}).status_code == 302
    assert Answer.objects.get().taken_on is True


def test_a_hidden_proposal_is_not_handed_over(proposed, evening, cast, as_user):
    desk, _writer = proposed
    desk.press("hide", Contribution.objects.get(take="proposal").public_id)
    evening.ends()
    assert "Eén nummer voor de wijk" not in as_user(cast.adviser).get("/regio/voorstellen/").content.decode()


# Route cards and the garden round


def test_tables_write_the_first_route_cards(holds, evening, phone_at):
    desk = holds("wie-bel-jij")
    writer = phone_at(1, writes=True)
    evening.goes_to("routes").end_talk()
    assert "Schrijf hier eerst iets op." in writer.says("route", text="Iemand eet slecht", whom="")
    writer.says("route", text="Iemand eet slecht", whom="De diëtist van het gezondheidscentrum", when="ma tot vr")
    assert "De diëtist van het gezondheidscentrum" in desk.reads("report")


def test_cards_go_to_the_next_table_which_hangs_its_answer_on_them(holds, evening, phone_at):
    desk = holds("tuinronde")
    first, second = phone_at(1, writes=True), phone_at(2, writes=True, first_name="Bo")
    step = evening.goes_to("garden_round")
    step.end_talk()
    first.says("seed", about="zoekt", text="Wie heeft een zaal?")
    seed = step.contributions.get(take="seed")
    assert "Deze kaart ligt niet bij jullie tafel." in first.says("reply", seed=str(seed.public_id), text="Wij")
    desk.act(step, "turn")
    assert "Wie heeft een zaal?" in second.sees()
    assert "Bij jullie ligt nu geen kaart." in first.sees()
    assert "hangt aan de kaart" in second.says("reply", seed=str(seed.public_id), text="De kerk, bel Jan van de kerk")
    assert "De kerk, bel Jan van de kerk" in desk.reads("report")

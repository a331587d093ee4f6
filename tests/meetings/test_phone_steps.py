"""What a participant sees and does on the phone in each step."""

import pytest
from django import forms

from samenwijk.live.writer import write
from samenwijk.meetings.kinds import KINDS, register
from samenwijk.meetings.kinds.base import PARTICIPANT, Kind, Said, StepForm, Take, addition, by
from samenwijk.plans.models import Plan
from tests.meetings.phones import Phone, words


@pytest.fixture
def phone(evening):
    phone = Phone(evening.meeting)
    phone.joins(first_name="Ans", discipline="bewoner")
    return phone


@pytest.fixture
def people(evening):
    return evening.fills(12)


@pytest.fixture
def writing(phone, evening, people):
    """The room chose its themes and the tables write."""
    evening.goes_to("themes")
    evening.everybody_dots(people)
    step = evening.goes_to("group")
    write(step.end_talk)
    return step


def test_before_the_start_the_phone_shows_the_table_and_when_it_begins(phone):
    seen = phone.sees()
    assert "Welkom, Ans" in seen
    assert f"Tafel {phone.participant.table.number}" in seen
    assert "We beginnen om 17.30 uur" in seen


def test_the_return_code_is_at_hand(phone):
    code = phone.participant.return_code
    assert f"{code[:3]} {code[3:]}" in phone.sees()


def test_welcome_asks_nothing_unless_the_script_says_so(phone, evening):
    step = evening.starts()
    assert "Welkom, Ans" in phone.sees()
    step.settings = {**step.settings, "asks": True, "speaker": "Wethouder Visser"}
    step.save()
    assert "Een vraag van Wethouder Visser" in phone.sees()
    assert "Bedankt. Je antwoord is bewaard." in phone.says("answer", text="Voor mijn straat")
    assert "Antwoord veranderen" in phone.sees()


def test_a_card_is_shown_to_the_table_only_with_a_tick(phone, evening, people):
    step = evening.goes_to("meet")
    write(step.end_talk)
    mate = Phone(evening.meeting)
    mate.joins(first_name="Joke", discipline="huisarts")
    write(lambda: mate.participant.sit_at(phone.participant.table))
    assert "Alleen jij ziet dit" in mate.says("card", call_me_for="wandelen", phone="06-11112222")
    assert "wandelen" not in phone.sees()
    mate.says("card", call_me_for="wandelen", phone="06-11112222", shares_card="on")
    assert "wandelen" in phone.sees()
    assert "06-11112222" in phone.sees()


def test_while_the_table_talks_the_phone_shows_the_question_and_no_form(phone, evening):
    step = evening.goes_to("meet")
    page = phone.looks()
    assert "Praat eerst, telefoon weg" in words(page)
    assert step.question in words(page)
    assert "<textarea" not in page.content.decode()
    write(step.end_talk)
    assert "Kaartje bewaren" in phone.sees()


def turned_to(at, phone, evening):
    """The phone's page after the facilitator turned to a figure, counted from 0."""
    step = evening.meeting.current
    write(lambda: step.rules.do(step, step.rules.find_act("turn"), {"to": at}, evening.leader))
    return phone.looks()


def test_of_a_count_the_phone_shows_the_numbers_and_no_picture(phone, evening):
    """Residents of a wijk and of the country fit on no one axis."""
    evening.goes_to("figures")
    page = phone.looks()
    comparison = page.context["comparison"]
    assert comparison.is_a_count
    assert "<svg" not in page.content.decode()
    assert len(comparison.readings) > 1
    for reading in comparison.readings:
        assert reading.place in words(page)
        assert reading.text in words(page)


def test_a_figure_stands_on_the_phone_with_sentence_and_table(phone, evening):
    step = evening.goes_to("figures")
    pages = [turned_to(at, phone, evening) for at in range(len(step.rules.slugs(step)))]
    page = next(page for page in pages if not page.context["comparison"].is_a_count)
    page = turned_to(pages.index(page), phone, evening)
    assert "<svg" in page.content.decode()
    assert "Bekijk als tabel" in words(page)
    for answer in ("Herken ik", "Herken ik niet", "Ik mis iets"):
        assert answer in words(page)
    about = page.context["forms"]["recognise"].initial["about"]
    assert "Bedankt" in phone.says("recognise", about=about, value="mis", text="De jongeren")
    assert "De jongeren" in phone.looks().content.decode()


def test_dots_on_themes_can_change_until_it_closes_and_the_result_shows_ties(phone, evening, people):
    step = evening.goes_to("themes")
    options = list(step.choice.options.all())
    assert "Kies hooguit 3 thema's" in phone.sees()
    assert "Je keuze is bewaard" in phone.says("dots", options=[str(o.public_id) for o in options[:2]])
    assert "Nog 1 keuze" in phone.sees()
    phone.says("dots", options=[str(o.public_id) for o in options[2:5]])
    assert phone.looks().content.decode().count(" checked") == 3
    step.rules.do(step, step.rules.find_act("show"), {}, evening.leader)
    seen = phone.sees()
    assert "De uitslag" in seen
    assert seen.count("gaat door") == 3
    assert "Stem opslaan" not in seen


def test_a_tie_is_said_and_so_is_that_the_room_settled_it(phone, evening):
    step = evening.goes_to("themes")
    options = list(step.choice.options.all()[:4])
    phone.says("dots", options=[str(options[0].public_id), str(options[1].public_id)])
    other = Phone(evening.meeting)
    other.joins(first_name="Bea")
    other.says("dots", options=[str(options[2].public_id), str(options[3].public_id)])
    step.rules.do(step, step.rules.find_act("show"), {}, evening.leader)
    assert "Het is gelijk. De zaal beslist." in phone.sees()
    settled = {"options": options[:3], "among": options}
    step.refresh_from_db()
    step.rules.do(step, step.rules.find_act("settle"), settled, evening.leader)
    assert "Het was gelijk. De zaal heeft beslist." in phone.sees()


def test_between_closing_and_counting_the_phone_says_so(phone, evening):
    step = evening.goes_to("themes")
    step.choice.close(by=evening.leader)
    assert "We tellen de stippen" in phone.sees()


def test_somebody_can_put_a_theme_on_the_list_and_a_dot_on_it(phone, evening):
    evening.goes_to("themes")
    assert "Het thema staat erbij" in phone.says("propose", title="Veilig oversteken")
    assert "Veilig oversteken" in phone.sees()


def test_one_phone_writes_for_the_table_and_another_takes_over(phone, evening, writing):
    assert "Deze telefoon schrijft voor de tafel" in phone.sees()
    phone.writes_for_the_table()
    assert f"Jij schrijft voor Tafel {phone.participant.table.number}" in phone.sees()
    mate = Phone(evening.meeting)
    mate.joins(first_name="Joke", discipline="huisarts")
    write(lambda: mate.participant.sit_at(phone.participant.table))
    assert "Ans schrijft voor jullie tafel" in mate.sees()
    mate.writes_for_the_table()
    assert "Joke schrijft voor jullie tafel" in phone.sees()


def test_the_table_writes_a_dream_and_ideas_and_can_reword_them(phone, evening, writing):
    phone.writes_for_the_table()
    assert "Jullie droom is bewaard" in phone.says("dream", text="Iedereen kent zijn buren")
    assert "Iedereen kent zijn buren" in phone.sees()
    theme = str(phone.participant.table.theme.public_id)
    assert "Jullie idee staat op het bord" in phone.says("idea", title="Soep op dinsdag", what="", theme=theme)
    line = writing.contributions.get(take="idea")
    query = f"?deel=reword&idea={line.idea.public_id}"
    assert 'value="Soep op dinsdag"' in phone.looks(query).content.decode()
    phone.says("reword", idea=str(line.idea.public_id), title="Soep op woensdag", what="In het buurthuis", theme="")
    assert "Soep op woensdag" in phone.sees()


def test_after_the_last_idea_the_form_is_gone_and_nothing_is_lost(phone, evening, writing):
    phone.writes_for_the_table()
    assert "Jullie tafel mag nog 3 ideeën schrijven" in phone.sees()
    for number in range(3):
        phone.says("idea", title=f"Idee {number}")
    assert "Jullie 3 ideeën staan op het bord" in phone.sees()
    answer = phone.sends("idea", title="Een vierde idee")
    assert answer.status_code == 422
    assert "Jullie hebben al 3 ideeën" in words(answer)


def test_the_same_idea_sent_again_from_the_page_before_stands_on_the_board_once(phone, evening, writing):
    phone.writes_for_the_table()
    phone.says("idea", title="Soep op dinsdag", what="Met brood")
    assert "Dit idee staat al op het bord" in phone.says("idea", title="Soep op dinsdag", what="Met brood")
    assert writing.contributions.filter(take="idea").count() == 1
    phone.says("idea", title="Soep op dinsdag", what="Voor kinderen")
    assert writing.contributions.filter(take="idea").count() == 2


def test_the_table_takes_its_own_idea_off_the_board_and_has_room_for_another(phone, evening, writing):
    phone.writes_for_the_table()
    for number in range(3):
        phone.says("idea", title=f"Idee {number}")
    idea = writing.contributions.filter(take="idea").first().idea
    assert "Haal dit idee van het bord" in phone.sees(f"?deel=reword&idea={idea.public_id}")
    assert "van het bord gehaald" in phone.says("withdraw", idea=str(idea.public_id))
    assert "Idee 0" not in phone.sees()
    assert "Jullie idee staat op het bord" in phone.says("idea", title="Een ander idee")


def test_another_table_cannot_take_an_idea_off_the_board(phone, evening, writing, phone_at):
    phone.writes_for_the_table()
    phone.says("idea", title="Soep op dinsdag")
    idea = writing.contributions.get(take="idea").idea
    elsewhere = next(table for table in evening.meeting.tables.all() if table != phone.participant.table)
    other = phone_at(elsewhere.number, writes=True, first_name="Bea")
    assert "Dit idee kun je niet meer weghalen" in words(other.sends("withdraw", idea=str(idea.public_id)))
    idea.refresh_from_db()
    assert idea.withdrawn_at is None


def test_ideas_come_from_all_phones_when_the_script_says_so(phone, evening, writing):
    writing.settings = {**writing.settings, "from_phones": True}
    writing.save()
    assert "Je idee staat op het bord" in phone.says("idea", title="Een bankje bij de sloot")


def test_the_break_is_calm(phone, evening):
    evening.goes_to("break")
    assert "We gaan verder om" in phone.sees()


def test_the_order_of_ideas_is_each_voters_own_and_stays(phone, evening, writing):
    evening.each_table_writes(3)
    evening.goes_to("vote")
    other = Phone(evening.meeting)
    other.joins(first_name="Bea")
    mine = [line.value for group in phone.looks().context["forms"]["dots"].groups for line in group.lines]
    theirs = [line.value for group in other.looks().context["forms"]["dots"].groups for line in group.lines]
    assert sorted(mine) == sorted(theirs)
    assert mine != theirs
    assert mine == [line.value for group in phone.looks().context["forms"]["dots"].groups for line in group.lines]


def test_somebody_pulls_an_idea_and_gives_it_back(phone, evening, people):
    step = evening.comes_to_plans(people)
    write(step.end_talk)
    page = phone.looks()
    idea = page.context["rows"][0]["idea"]
    assert "Ik trek dit" in words(page)
    assert idea.title in phone.sees(f"?deel=own&idea={idea.public_id}")
    assert "Jij bent trekker" in phone.says(
        "own", idea=str(idea.public_id), first_step="Bellen met de wijkraad", due="2030-01-15"
    )
    assert "Jij trekt dit" in phone.sees()
    other = Phone(evening.meeting)
    other.joins(first_name="Bea")
    refused = other.sends("own", idea=str(idea.public_id), first_step="Ik ook", due="2030-01-15")
    assert refused.status_code == 422
    assert "Ans trekt dit al" in words(refused)
    assert "Ik ook" in refused.content.decode()
    assert "teruggegeven" in phone.says("give_back", idea=str(idea.public_id))


def test_while_they_talk_about_plans_everybody_sees_the_chosen_ideas(phone, evening, people):
    step = evening.comes_to_plans(people)
    assert step.is_talking
    chosen = [row["idea"].title for row in step.rules.rows(evening.meeting)]
    assert chosen
    assert all(title in phone.sees() for title in chosen)
    assert "Ik trek dit" not in phone.sees()


def test_the_address_of_a_step_that_the_room_left_hides_nothing_of_the_next(phone, evening, people):
    step = evening.comes_to_plans(people)
    write(step.end_talk)
    idea = phone.looks().context["rows"][0]["idea"]
    evening.goes_to("close")
    seen = phone.sees(f"?deel=own&idea={idea.public_id}")
    assert "Vraag 1 van 4" in seen
    assert "Ik trek dit" not in seen


def test_others_help_or_know_somebody_and_can_take_it_back(phone, evening, people):
    step = evening.comes_to_plans(people)
    idea = step.rules.rows(evening.meeting)[0]["idea"]
    evening.sends(people[0], "own", {"idea": str(idea.public_id), "first_step": "Bellen", "due": "2030-01-15"})
    evening.goes_to("share")
    plan = Plan.objects.get()
    seen = phone.sees()
    assert "Nu aan de beurt" in seen
    assert idea.title in seen
    assert "Fijn dat je meehelpt" in phone.says("help", plan=str(plan.public_id), offer="help")
    phone.says("help", plan=str(plan.public_id), offer="knows", note="Mijn zwager, de bakker")
    assert "Jij helpt mee" in phone.sees()
    assert "Jij kent iemand" in phone.sees()
    phone.says("no_help", plan=str(plan.public_id), offer="help")
    assert "Jij helpt mee" not in phone.sees()


def test_closing_asks_one_question_at_a_time_and_each_may_be_passed_over(phone, evening):
    evening.goes_to("close")
    assert "Dit doe ik morgen" in phone.sees()
    assert "Vraag 1 van 4" in phone.sees()
    seen = phone.says("tomorrow", text="Koffie drinken met de buurvrouw")
    assert "Ik ken nu meer mensen in de wijk" in seen
    assert "Ik ken nu meer" not in phone.sees("?deel=quote")
    assert "nieuwsbericht" in phone.says("statements", ken="eens", prioriteiten="deels")
    assert "mailadres" in phone.says("quote", text="Een warme avond", released="on")
    assert "Klaar. Dank je wel!" in phone.says("address", email="ans@voorbeeld.example")


def test_one_person_carries_the_follow_up_and_the_next_hears_who(phone, evening):
    evening.goes_to("close")
    assert "Jij draagt de opvolging" in phone.says("follow_up", phone="06-12345678")
    other = Phone(evening.meeting)
    other.joins(first_name="Bea")
    assert "Ans zei ja" in other.sees()
    refused = other.sends("follow_up", phone="06-87654321")
    assert refused.status_code == 422
    assert "draagt de opvolging al" in words(refused)


class DishForm(StepForm):
    text = forms.CharField(label="Jouw gerecht", max_length=40)


class Poll(Kind):
    """A kind of step as another app would bring it: one class, no template."""

    slug, title, phase, question = "poll", "Peiling", "Weten", "Wat eet je het liefst?"
    takes = (Take("dish", by(PARTICIPANT), DishForm),)

    def take_dish(self, step, sender, data, key):
        addition(step, "dish", sender, key=key, text=data["text"])
        return Said("Eet smakelijk.")


@pytest.fixture
def poll():
    register(Poll)
    yield
    del KINDS["poll"]


def test_a_kind_of_another_app_shows_its_forms_without_a_template_of_its_own(phone, evening, poll):
    evening.meeting.steps.filter(position=1).update(kind="poll", question=Poll.question, talk_minutes=0)
    evening.starts()
    assert "Wat eet je het liefst?" in phone.sees()
    assert "Jouw gerecht" in phone.sees()
    assert "Eet smakelijk." in phone.says("dish", text="Soep")
    assert "Dit veld is verplicht." in phone.says("dish", text="")


def test_after_the_end_the_phone_shows_ones_own_page(phone, evening):
    evening.goes_to("close")
    phone.says("tomorrow", text="Koffie drinken met de buurvrouw")
    evening.ends()
    seen = phone.sees()
    assert "Jouw bijeenkomst" in seen
    assert "Koffie drinken met de buurvrouw" in seen

"""Coming into a meeting: by code, by QR, back on another phone, and everything that goes wrong at the door."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samenwijk.live.writer import write
from samenwijk.meetings import pacing, passes
from samenwijk.meetings.codes import join_code
from samenwijk.meetings.joining import MOST_PEOPLE
from samenwijk.meetings.models import Participant
from tests.meetings.phones import Phone, words


@pytest.fixture
def meeting(evening):
    return evening.meeting


@pytest.fixture
def browser():
    return Client()


def types(browser, code):
    return browser.post(reverse("meetings:join"), {"code": code})


def test_a_typed_code_leads_to_three_questions(browser, meeting):
    code = meeting.join_code
    for typed in (code, code.lower(), f" {code[:3]}  {code[3:]} ", "-".join(code)):
        answer = types(browser, typed)
        assert answer.status_code == 302
        assert "Wat ben jij?" in words(browser.get(answer["Location"]))


def test_an_i_or_a_1_is_read_as_the_l_that_it_must_be(browser, meeting):
    meeting.join_code = "LLA3K9"
    meeting.save()
    assert types(browser, "1ia3k9")["Location"] == reverse("meetings:join_code", args=["LLA3K9"])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Vul de code in"),
        ("abc", "Een code heeft 6 letters en cijfers"),
        ("AAAAAA", "Deze code kennen we niet"),
        ("000000", "Deze code kennen we niet"),
        ("<b>x</b>🙂", "Een code heeft 6 letters en cijfers"),
        ("A" * 5000, "Deze code is te lang"),
    ],
)
def test_a_wrong_code_is_answered_with_what_to_do(browser, meeting, typed, said):
    answer = types(browser, typed)
    assert answer.status_code == 422
    assert said in words(answer)


def test_an_unknown_code_in_the_address_is_not_found_and_says_so(browser, meeting):
    answer = browser.get("/doe-mee/AAAAAA/")
    assert answer.status_code == 404
    assert "Deze code kennen we niet" in words(answer)
    assert browser.get("/m/geen-goede-link/").status_code == 404


def test_a_code_on_the_projector_spells_no_word():
    made = {join_code() for _ in range(300)}
    assert len(made) == 300
    assert not set("AEIOU01") & set("".join(made))


def test_the_qr_code_opens_the_same_questions(browser, meeting):
    answer = browser.get(reverse("meetings:qr", args=[meeting.join_token]))
    assert "Drie korte vragen" in words(answer)
    html = answer.content.decode()
    assert html.index("bewoner") < html.index("huisarts")


def test_who_joins_gets_a_table_and_a_pass_for_this_meeting_only(meeting):
    phone = Phone(meeting)
    answer = phone.joins(first_name="Ans")
    assert answer["Location"] == phone.home
    cookie = answer.cookies["deelnemer"]
    assert cookie["path"] == phone.home
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert all(morsel["path"] != "/" for morsel in answer.cookies.values() if morsel.key.startswith("deelnemer"))
    assert phone.participant.table is not None


def test_an_empty_name_becomes_guest_with_a_number(meeting):
    phone = Phone(meeting)
    phone.joins(first_name="   ")
    assert f"Welkom, Gast {phone.participant.number}" in phone.sees()


@pytest.mark.parametrize("first_name", ["\u200b\u2060", "\u3164", "\u202e \u00ad"])
def test_a_name_of_which_nothing_can_be_seen_is_no_name(meeting, first_name):
    phone = Phone(meeting)
    phone.joins(first_name=first_name)
    assert f"Welkom, Gast {phone.participant.number}" in phone.sees()


def test_the_same_form_sent_twice_is_one_participant(meeting):
    key = str(uuid.uuid4())
    first, second = Phone(meeting), Phone(meeting)
    first.joins(key=key)
    second.joins(key=key)
    assert meeting.participants.count() == 1


def test_joining_again_with_the_same_phone_leads_to_ones_own_page(meeting):
    phone = Phone(meeting)
    phone.joins()
    again = phone.browser.get(reverse("meetings:join_code", args=[meeting.join_code]))
    assert again["Location"] == phone.home
    assert phone.joins(first_name="Iemand anders")["Location"] == phone.home
    assert meeting.participants.count() == 1


@pytest.mark.parametrize("field", ["first_name", "organisation"])
def test_a_name_of_5000_letters_is_refused_with_a_sentence_and_stays_in_the_form(meeting, field):
    answer = Phone(meeting).joins(**{field: "x" * 5000})
    assert answer.status_code == 422
    assert "te lang: 5000 tekens" in words(answer)
    assert "x" * 5000 in answer.content.decode()
    assert meeting.participants.count() == 0


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("👩🏽‍⚕️ Zoë", "👩🏽‍⚕️ Zoë"),
        ("עמית", "עמית"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("=1+1", "=1+1"),
        ("Eva\u202egnorts", "Evagnorts"),
        ("  Jan \t Piet ", "Jan Piet"),
        ('O\'Hara & "co"', 'O\'Hara & "co"'),
    ],
)
def test_any_name_is_kept_and_shown_as_text(meeting, given, kept):
    phone = Phone(meeting)
    phone.joins(first_name=given)
    assert phone.participant.first_name == kept
    assert "<script>alert" not in phone.looks().content.decode()
    assert kept in phone.sees() or "<" in kept


def test_the_role_must_be_one_of_the_list(meeting):
    assert "Kies wat je bent" in words(Phone(meeting).joins(discipline=""))
    assert "Kies wat je bent" in words(Phone(meeting).joins(discipline="tovenaar"))


def test_organisations_of_others_are_offered(meeting):
    Phone(meeting).joins(discipline="huisarts", organisation="Praktijk De Zwaan")
    page = Client().get(reverse("meetings:qr", args=[meeting.join_token]))
    assert '<option value="Praktijk De Zwaan">' in page.content.decode()


def test_after_the_end_joining_says_that_it_is_over(browser, meeting, evening):
    evening.starts()
    evening.ends()
    for door in (
        reverse("meetings:qr", args=[meeting.join_token]),
        reverse("meetings:join_code", args=[meeting.join_code]),
    ):
        answer = browser.get(door)
        assert answer.status_code == 410
        assert "Deze bijeenkomst is afgelopen" in words(answer)
    assert Phone(meeting).joins().status_code == 410


def test_a_full_meeting_says_so_and_who_is_in_stays_in(meeting):
    inside, outside = Phone(meeting), Phone(meeting)
    inside.joins(first_name="Ans")
    meeting.participants.update(number=MOST_PEOPLE)
    answer = outside.joins(first_name="Wim")
    assert answer.status_code == 422
    assert "Deze bijeenkomst is vol." in words(answer)
    assert 'value="Wim"' in answer.content.decode()
    assert meeting.participants.count() == 1
    assert inside.looks().status_code == 200


def test_sixty_phones_behind_one_address_all_come_in(meeting):
    for number in range(60):
        phone = Phone(meeting)
        types(phone.browser, meeting.join_code)
        assert phone.joins(first_name=f"P{number}").status_code == 302
    assert meeting.participants.count() == 60


def test_guessing_is_slowed_down_for_one_browser_and_for_nobody_else(meeting):
    guesser = Client()
    guesser.cookies["csrftoken"] = "g" * 32
    for _attempt in range(pacing.WRONG_BY_ONE):
        assert types(guesser, "AAAAAA").status_code == 422
    blocked = types(guesser, meeting.join_code)
    assert blocked.status_code == 429
    assert "Er zijn te veel verkeerde codes ingevuld" in words(blocked)
    neighbour = Client()
    neighbour.cookies["csrftoken"] = "n" * 32
    assert types(neighbour, meeting.join_code).status_code == 302
    assert guesser.get(reverse("meetings:qr", args=[meeting.join_token])).status_code == 200


def test_a_machine_that_guesses_hears_nothing_but_wait_while_good_codes_work(browser, meeting):
    cache.set("wrong:join", pacing.WRONG_BY_ALL, 60)
    assert types(browser, "AAAAAA").status_code == 429
    assert types(browser, meeting.join_code).status_code == 302


def test_while_a_machine_guesses_only_some_codes_a_second_are_looked_up_and_the_qr_code_opens_at_once(meeting):
    cache.set("wrong:join", pacing.WRONG_BY_ALL, 60)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        address = reverse("meetings:join_code", args=[meeting.join_code])
        answers = [Client().get(address) for _ in range(pacing.LOOKED_UP_MEANWHILE + 5)]
        assert [answer.status_code for answer in answers] == [200] * pacing.LOOKED_UP_MEANWHILE + [429] * 5
        assert answers[-1]["Retry-After"] == "5"
        assert Client().get(reverse("meetings:qr", args=[meeting.join_token])).status_code == 200
        clock.shift(2)
        assert Client().get(address).status_code == 200


def test_the_return_code_brings_the_same_participant_to_another_phone(meeting, browser):
    phone = Phone(meeting)
    phone.joins(first_name="Ans")
    code = phone.participant.return_code
    answer = browser.post(reverse("meetings:come_back"), {"code": f"{code[:3].lower()} {code[3:]}"})
    assert answer["Location"] == phone.home
    assert "Welkom, Ans" in words(browser.get(phone.home))
    assert meeting.participants.count() == 1


@pytest.mark.parametrize(
    ("typed", "said"), [("AAAAAA", "Deze code kennen we niet"), ("", "Vul de code in"), ("xx", "6 letters en cijfers")]
)
def test_a_wrong_return_code_says_where_the_right_one_stands(browser, meeting, typed, said):
    answer = browser.post(reverse("meetings:come_back"), {"code": typed})
    assert answer.status_code == 422
    assert said in words(answer)


def test_guessing_return_codes_is_stopped_for_everybody_for_a_while(browser, meeting):
    cache.set("wrong:return", pacing.WRONG_BY_ALL, 60)
    assert browser.post(reverse("meetings:come_back"), {"code": "AAAAAA"}).status_code == 429


def test_a_return_code_works_until_a_week_after_the_meeting(browser, meeting, evening):
    phone = Phone(meeting)
    phone.joins()
    code = phone.participant.return_code
    evening.starts()
    evening.ends()
    assert browser.post(reverse("meetings:come_back"), {"code": code}).status_code == 302
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert browser.post(reverse("meetings:come_back"), {"code": code}).status_code == 422


def test_a_phone_without_a_pass_is_shown_the_way_in(browser, meeting):
    answer = browser.get(reverse("meetings:phone", args=[meeting.public_id]))
    assert answer.status_code == 404
    assert "Deze telefoon doet nog niet mee" in words(answer)


def test_a_pass_of_another_meeting_or_a_forged_one_opens_nothing(cast, meeting):
    elsewhere = Phone(cast.other_meeting)
    elsewhere.joins()
    here = reverse("meetings:phone", args=[meeting.public_id])
    assert elsewhere.browser.get(here).status_code == 404
    elsewhere.browser.cookies["deelnemer"] = "verzonnen"
    elsewhere.browser.cookies["deelnemer_code"] = elsewhere.browser.cookies["deelnemer_qr"] = ""
    assert elsewhere.browser.get(elsewhere.home).status_code == 404


def test_the_link_in_the_mail_opens_ones_own_page_and_leaves_the_address_clean(browser, meeting):
    phone = Phone(meeting)
    phone.joins(first_name="Ans")
    participant = Participant.objects.select_related("meeting").get(pk=phone.participant.pk)
    answer = browser.get(passes.link(participant))
    assert answer["Location"] == reverse("meetings:mine", args=[meeting.public_id])
    assert "Jouw bijeenkomst" in words(browser.get(answer["Location"]))
    assert browser.get(passes.link(participant)[:-3] + "xyz").status_code in (200, 302)
    assert Client().get(passes.link(participant)[:-3] + "xyz").status_code == 404


def test_who_leaves_can_come_back(meeting):
    phone = Phone(meeting)
    phone.joins()
    leave = reverse("meetings:leave", args=[meeting.public_id])
    phone.browser.post(leave)
    assert meeting.participants.present().count() == 0
    assert "Je hebt je afgemeld" in phone.sees()
    phone.browser.post(leave, {"terug": "ja"})
    assert meeting.participants.present().count() == 1


def test_the_phone_follows_its_owner_to_another_table(meeting):
    phone = Phone(meeting)
    phone.joins()
    write(lambda: phone.participant.table.write_here(phone.participant))
    here = reverse("meetings:table", args=[meeting.public_id])
    assert "Kies een tafel" in words(phone.browser.post(here, {}))
    assert "Deze tafel is er niet" in words(phone.browser.post(here, {"number": "77"}))
    phone.browser.post(here, {"number": "5"})
    assert phone.participant.table.number == 5
    assert not meeting.tables.exclude(scribe=None).exists()

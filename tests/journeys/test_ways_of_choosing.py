"""The other ways of choosing in a real browser: points on a phone, and a result with a tie and a narrow place."""

import pytest
from django.urls import reverse

from samenwijk.live.writer import write
from samenwijk.meetings.alike import keep_apart
from samenwijk.meetings.board import ideas_of
from tests.browser import axe, fits, shot
from tests.meetings.phones import Phone

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TITLES = (
    "Samen koken in het buurthuis",
    "Eenzame ouderen opzoeken",
    "Eenzaamheid bij oudere bewoners",
    "Een wandelclub op dinsdag, ook voor wie langzaam loopt of een rollator heeft en dat nog niet durfde te zeggen",
    "Spreekuur over geld en brieven",
    "Groente uit de moestuin naast de flat",
)


def opens(evening, way, residents=4, professionals=8):
    people = [
        evening.joins(f"P{n}", "bewoner" if n < residents else "huisarts") for n in range(residents + professionals)
    ]
    evening.goes_to("themes")
    evening.everybody_dots(people)
    evening.goes_to("group")
    evening.each_table_writes(ideas=2)
    vote = evening.meeting.steps.get(kind="vote")
    vote.settings = {**vote.settings, "way": way, "seats": 4}
    vote.save()
    step = evening.goes_to("vote")
    for option, title in zip(step.choice.options.select_related("idea"), TITLES * 2, strict=False):
        option.idea.reword(title=title, what="Elke week, met koffie.")
    return people


def alike_on_the_board(meeting):
    return [idea for idea in ideas_of(meeting).on_the_board() if idea.title.startswith("Eenzam")][:2]


def votes(evening, people, way):
    options = [str(option.public_id) for option in evening.step.choice.options.all()]
    for number, person in enumerate(people):
        chosen = [options[0], options[1]] if number < 6 else [options[2], options[3]] if number < 11 else [options[4]]
        if way == "score":
            evening.sends(
                person, "dots", {f"score-{option}": 3 + (place + number) % 3 for place, option in enumerate(chosen)}
            )
        else:
            evening.sends(person, "dots", {"options": chosen})


@pytest.mark.parametrize("way", ["score", "shares", "dots"])
def test_another_way_of_choosing_can_be_seen_by_everybody(way, page, live_server, cast, evening, as_user, settings):
    settings.BASE_URL = live_server.url
    people = opens(evening, way)
    phone = Phone(evening.meeting)
    phone.joins()
    page.context.add_cookies(
        [
            {"name": "deelnemer", "value": phone.browser.cookies["deelnemer"].value, "url": live_server.url},
            {
                "name": "sessionid",
                "value": as_user(cast.facilitator).cookies["sessionid"].value,
                "url": live_server.url,
            },
        ]
    )
    meeting = evening.meeting

    def looks(name, address, widths):
        page.goto(live_server.url + address)
        for width in widths:
            shot(page, f"{way}-{name}", width)
            if width < 1900:
                fits(page)
        axe(page)
        page.goto("about:blank")

    on_phone, console = phone.home, reverse("meetings:console", args=[meeting.public_id])
    screen = reverse("meetings:screen", args=[meeting.screen_token])
    table = reverse("meetings:paper_table", args=[meeting.public_id, 1])
    script = reverse("meetings:script_step", args=[meeting.public_id, evening.step.public_id])
    merging = reverse("meetings:merging", args=[meeting.public_id])
    looks("phone-open", on_phone, (390, 320))
    looks("console-open", console, (1440, 390))
    looks("paper", table, (1440, 320))
    looks("script", script, (1440, 320))
    looks("merging", merging, (1440, 320))
    write(lambda: keep_apart(meeting, alike_on_the_board(meeting), by=cast.facilitator))
    looks("merging-apart", merging, (1440, 320))
    votes(evening, people, way)
    choice = evening.step.choice
    write(lambda: (choice.close(by=None), choice.show(by=None)))
    looks("phone-result", on_phone, (390, 320))
    looks("console-result", console, (1440, 768, 390, 320))
    looks("screen-result", screen, (1920, 1280))

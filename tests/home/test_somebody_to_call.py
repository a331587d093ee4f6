"""Every page that looks back names somebody with a telephone number."""

from django.test import Client
from django.urls import reverse

from samenwijk.plans.links import action_link
from tests.home.evenings import actions_of, play
from tests.meetings.test_report_pages import with_pass

OF_THE_MEETING = ("report", "report_pdf", "news", "print_poster", "print_signs", "print_sheets", "print_cards")


def test_every_page_and_document_names_somebody_to_call(cast, evening, as_user, client):
    people = play(evening, cast, 12)
    meeting = evening.meeting
    numbers = {cast.wijk.contact_phone, meeting.follow_up.phone}
    wijk, phone = cast.wijk.slug, with_pass(Client(), people[1])
    opened = {
        "open wijk": client.get(reverse("home:wijk", args=[wijk])),
        "own plan": client.get(action_link(actions_of(evening)[0])),
        **{
            name: as_user(cast.coordinator).get(reverse(f"home:{name}", args=[wijk]))
            for name in ("wijk", "people", "follow_up")
        },
        **{
            name: as_user(cast.coordinator if name == "news" else cast.facilitator).get(
                reverse(f"meetings:{name}", args=[meeting.public_id]) + "?scherm"
            )
            for name in OF_THE_MEETING
        },
        **{
            name: phone.get(reverse(f"meetings:{name}", args=[meeting.public_id]) + "?scherm")
            for name in ("mine", "mine_pdf", "certificate")
        },
    }
    for name, page in opened.items():
        assert page.status_code == 200, name
        assert any(number in page.content.decode() for number in numbers), name

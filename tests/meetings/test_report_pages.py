"""Who may read the report and take its files, and what is printed."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from samenwijk.meetings import passes
from samenwijk.ui.pdf import is_available
from tests.prepared import prepared

FILES = ("export_csv", "export_xlsx", "news", "news_odt")
PRINTS = ("print_poster", "print_signs", "print_sheets", "print_cards")


@prepared
def held(evening):
    people = evening.fills(9)
    step = evening.comes_to_plans(people)
    idea = step.rules.rows(evening.meeting)[0]["idea"]
    evening.sends(
        people[2], "own", {"idea": str(idea.public_id), "first_step": "Ik bel de wijkraad", "due": "2030-01-01"}
    )
    evening.people = people
    return evening


def address(name, meeting):
    return reverse(f"meetings:{name}", args=[meeting.public_id])


def with_pass(client, participant):
    """A phone that joined."""
    from django.http import HttpResponse

    given = passes.give(HttpResponse(), participant)
    for name, morsel in given.cookies.items():
        client.cookies[name] = morsel.value
    return client


@pytest.mark.parametrize(("who", "status"), [("gp", 200), ("resident", 200), ("coordinator", 200), ("outsider", 404)])
def test_who_works_in_the_wijk_may_read_the_report(held, cast, as_user, who, status):
    assert as_user(getattr(cast, who)).get(address("report", held.meeting)).status_code == status


def test_who_was_there_may_read_the_report_without_an_account(held, client):
    response = with_pass(client, held.people[0]).get(address("report", held.meeting))
    assert response.status_code == 200
    assert "Ik bel de wijkraad" in response.content.decode()


def test_a_participant_of_another_meeting_finds_no_report(held, cast, client):
    phone = with_pass(client, held.people[0])
    assert phone.get(address("report", cast.other_meeting)).status_code == 404


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("who", "status"), [("coordinator", 200), ("board_member", 200), ("gp", 403), ("outsider", 404)]
)
def test_files_are_for_who_sees_reports(held, cast, as_user, name, who, status):
    assert as_user(getattr(cast, who)).get(address(name, held.meeting)).status_code == status


@pytest.mark.parametrize("name", PRINTS)
def test_what_is_printed_is_for_facilitators(held, cast, as_user, name):
    assert as_user(cast.gp).get(address(name, held.meeting)).status_code == 403
    page = as_user(cast.facilitator).get(address(name, held.meeting) + "?scherm")
    assert page.status_code == 200
    assert "<h1" in page.content.decode()


def test_the_report_names_a_person_with_a_number_to_call(held, cast, as_user):
    page = as_user(cast.gp).get(address("report", held.meeting)).content.decode()
    assert cast.wijk.contact_name in page
    assert cast.wijk.contact_phone in page


def test_the_report_is_a_tagged_pdf(held, cast, as_user):
    if not is_available():
        pytest.skip("WeasyPrint finds no Pango on this machine")
    response = as_user(cast.gp).get(address("report_pdf", held.meeting))
    assert response["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(response.content))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "Ik bel de wijkraad" in "".join(page.extract_text() for page in reader.pages)


def test_the_certificate_comes_after_the_evening(held, client):
    phone = with_pass(client, held.people[0])
    assert phone.get(address("certificate", held.meeting)).status_code == 404
    held.ends()
    page = phone.get(address("certificate", held.meeting) + "?scherm")
    assert page.status_code == 200
    assert held.people[0].first_name in page.content.decode()


def test_an_html_name_stays_text_everywhere(evening, cast, as_user):
    evening.joins("Ans", "bewoner", "<script>alert(1)</script>")
    page = as_user(cast.gp).get(address("report", evening.meeting)).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;" in page

"""The pages of a practice: typing over, a file, the preview, approval and taking back."""

import logging
import tempfile
import uuid
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samenwijk.figures.models import DeliveredCell, Delivery
from samenwijk.figures.practice.examples import as_csv, as_xlsx
from samenwijk.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_deliveries_yet(cast):
    """The wijk of the cast comes with published figures of GPs; here it begins without any."""
    Delivery.objects.all().delete()


BSN = "123456782"
HOME = "/wijk/merenwijk/praktijk/"


@pytest.fixture
def manager(cast, as_user):
    return as_user(cast.practice)


def typed(**changed):
    form = {"key": str(uuid.uuid4()), "period": "2025", "registered": "3004", "origin": "Ons eigen overzicht"}
    return form | {"problem_1": "T90", "count_1": "123", "problem_2": "R95", "count_2": "41"} | changed


def sends(client, content, *, name="cijfers.csv", **fields):
    file = SimpleUploadedFile(name, content)
    return client.post(HOME + "bestand/", {"key": str(uuid.uuid4()), "file": file, **fields})


def test_a_practice_types_over_looks_approves_and_takes_back(cast, manager, as_user):
    answer = manager.post(HOME + "overtypen/", typed())
    page = manager.get(answer.url).content.decode()
    assert "Cijfers over 2025" in page
    assert "41,7" in page, "125 of 3.000"
    assert "Ingeschreven bij 1 praktijk, niet alle bewoners" in page
    assert "Wij zijn akkoord" in page
    manager.post(answer.url, {"visibility": "wijk"})
    home = manager.get(HOME).content.decode()
    assert "Telt mee in de wijk" in home
    assert "Suikerziekte (diabetes)" in home
    manager.post(answer.url + "intrekken/")
    assert not Delivery.objects.exists()
    assert manager.get(answer.url).status_code == 404
    assert "Suikerziekte" not in manager.get(HOME).content.decode()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"count_1": "9"}, "Een aantal onder 10 is te klein"),
        ({"count_1": "0"}, "Een aantal onder 10 is te klein"),
        ({"count_1": "-4"}, "Een aantal onder 10 is te klein"),
        ({"count_1": "4000"}, "meer dan het aantal ingeschreven"),
        ({"count_1": "3000"}, "Bijna iedereen heeft dit"),
        ({"count_1": ""}, "Vul het aantal in"),
        ({"problem_1": ""}, "Kies waar dit aantal over gaat"),
        ({"problem_2": "T90"}, "Dit probleem staat er al"),
        ({"registered": "99"}, "Over minder dan 100"),
        ({"origin": f"van {BSN}"}, "zonder getallen"),
        ({"problem_1": "", "count_1": "", "problem_2": "", "count_2": ""}, "ten minste één probleem"),
        ({"problem_1": "X99"}, "X99"),
        ({"count_1": "veel"}, "geheel getal"),
        ({"key": ""}, ""),
    ],
)
def test_numbers_that_cannot_be_are_refused_with_a_sentence_and_nothing_is_kept(manager, changed, sentence):
    answer = manager.post(HOME + "overtypen/", typed(**changed))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Delivery.objects.exists()


def test_a_raised_threshold_counts_for_what_is_typed(manager, settings):
    settings.SMALL_COUNT = 50
    assert "onder 50" in manager.post(HOME + "overtypen/", typed()).content.decode()


def test_sending_a_form_twice_gives_one_delivery(manager):
    form = typed()
    first, second = (manager.post(HOME + "overtypen/", form) for _time in range(2))
    assert first.url == second.url
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_example_can_be_sent_back_as_it_is(manager, kind):
    example = manager.get(HOME + f"voorbeeld.{kind}")
    assert "attachment" in example.headers["Content-Disposition"]
    answer = sends(manager, example.content, name=f"x.{kind}")
    page = manager.get(answer.url).content.decode()
    assert "Aantallen per groep" in page
    assert "75 jaar of ouder" in page
    assert "als de leeftijden waren als in heel Europa" in page


def test_small_numbers_are_hidden_in_the_preview(manager):
    content = as_csv().replace(b";14;640;", b";6;640;")
    answer = sends(manager, content)
    assert "te klein" in manager.get(answer.url).content.decode()
    assert DeliveredCell.objects.filter(count__gte=1, count__lt=10).count() == 0


def test_with_other_headings_a_person_points_out_the_columns_and_chooses_the_file_again(manager):
    content = b"Peil;Wat;Hoeveel;Van\n2024;Diabetes;120;3000\n"
    asked = sends(manager, content)
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "Welke kolom is wat?" in page
    assert '<option value="Hoeveel">' in page
    assert not Delivery.objects.exists()
    columns = {"column_period": "Peil", "column_title": "Wat", "column_count": "Hoeveel", "column_registered": "Van"}
    answer = sends(manager, content, **columns)
    assert answer.status_code == 302
    assert [cell.title for cell in DeliveredCell.objects.all()] == ["Diabetes"]


def test_a_file_about_several_years_waits_for_a_yes_per_year(manager):
    rows = "".join(f";{year};T90;;;;120;3000;\n" for year in (2022, 2023))
    head = "praktijk;periode;icpc;omschrijving;leeftijdsgroep;geslacht;aantal;noemer;bron\n"
    answer = sends(manager, (head + rows).encode())
    assert answer.url == HOME
    assert sorted(Delivery.objects.values_list("period", flat=True)) == [2022, 2023]


def everything_in_the_database():
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            yield from (str(value) for row in cursor.fetchall() for value in row)


@pytest.mark.parametrize(
    "content",
    [
        f"naam;bsn;aantal\nAns van Dalen;{BSN};1\n".encode(),
        f"periode;icpc;aantal;noemer;bron\n2024;T90;120;3000;{BSN}\n".encode(),
        b"<html>Ans van Dalen</html>",
        as_xlsx()[:500] + b"Ans van Dalen",
        b"periode;icpc;aantal;noemer\n2024;T90;Ans van Dalen;3000\n",
        b"Ans van Dalen" + b"x" * (3 * 1024 * 1024),
    ],
    ids=["row-level", "number", "page", "damaged", "name", "too large"],
)
def test_nothing_remains_of_a_refused_file(manager, content, tmp_path, caplog, settings, monkeypatch):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    entries = Entry.objects.count()
    with caplog.at_level(logging.DEBUG):
        answer = sends(manager, content, name=f"Ans van Dalen {BSN}.csv")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "error-summary" in page or "Er klopt" in page
    assert list(tmp_path.iterdir()) == []
    for text in (page, caplog.text, *everything_in_the_database()):
        assert BSN not in text
    assert "Ans van Dalen" not in page
    assert "Ans van Dalen" not in caplog.text
    assert not Delivery.objects.exists()
    assert Entry.objects.count() == entries


def test_what_is_far_too_large_is_refused_before_it_is_read(manager):
    answer = manager.generic(
        "POST", HOME + "bestand/", b"--x", "multipart/form-data; boundary=x", CONTENT_LENGTH=str(500 * 1024 * 1024)
    )
    assert answer.status_code == 400
    assert not Delivery.objects.exists()


def test_other_pages_still_pass_over_files(manager, cast):
    answer = manager.post(HOME + "overtypen/", typed() | {"file": SimpleUploadedFile("x.csv", b"x")})
    assert answer.status_code == 302
    assert Path(answer.url).name


def test_the_page_of_the_wijk_leads_the_practice_to_its_figures_and_nobody_else(cast, manager, as_user):
    assert HOME in manager.get("/wijk/merenwijk/").content.decode()
    assert HOME not in as_user(cast.gp).get("/wijk/merenwijk/").content.decode()


def test_the_pages_ask_the_database_at_most_ten_things_however_much_was_given(manager):
    first = {"problem_2": "", "count_2": ""}
    counted = []
    for changed in (first, {"problem_3": "K77", "count_3": "30", "problem_4": "K90", "count_4": "60"}):
        url = manager.post(HOME + "overtypen/", typed(**changed)).url
        manager.post(url, {"visibility": "wijk"})
        pages = []
        for page in (HOME, url, HOME + "overtypen/", HOME + "bestand/"):
            with CaptureQueriesContext(connection) as queries:
                assert manager.get(page).status_code == 200
            pages.append(len(queries))
        counted.append(pages)
    assert max(counted[0]) <= 10
    assert counted[0] == counted[1]


def test_in_english_too(manager):
    manager.cookies["taal"] = "en"
    page = manager.get(HOME + "bestand/").content.decode()
    assert "Send a file" in page
    assert "Lever" not in page

"""The template tags: what they say to a reader, to a screen reader and to a browser that trusts nobody."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from samenwijk.ui import clock


def drawn(source, request=None, **context):
    return engines["django"].from_string(source).render(context, request)


def test_a_button_is_a_link_when_it_goes_somewhere():
    assert drawn("{% button %}Opslaan{% endbutton %}").startswith('<button type="submit"')
    assert drawn('{% button href="/x/" %}Verder{% endbutton %}').startswith('<a href="/x/"')


def test_extra_arguments_become_attributes_and_nothing_becomes_none():
    html = drawn('{% button hx_post="/x/" disabled=True title=None kind="quiet" %}Nu{% endbutton %}')
    assert 'hx-post="/x/"' in html
    assert " disabled" in html
    assert "title" not in html
    assert "nl-button--subtle" in html


def test_what_was_drawn_once_as_safe_is_still_text_when_somebody_typed_it():
    card = "{% choice 'n' 1 label %}{% theme_badge label 1 %}"
    assert "<b>Soep</b>" in drawn(card, label=mark_safe("<b>Soep</b>"))
    assert "<b>" not in drawn(card, label="<b>Soep</b>")


def test_a_list_to_pick_from_is_drawn_in_the_language_and_with_the_choice_of_each_reader():
    class Form(forms.Form):
        what = forms.ChoiceField(choices=[("", gettext_lazy("Kies …")), ("Groep", [("a", "A & B"), ("c", "C")])])

    first, chosen = drawn("{% field f.what %}", f=Form()), drawn("{% field f.what %}", f=Form({"what": "c"}))
    with translation.override("en"):
        english = drawn("{% field f.what %}", f=Form())
    assert ">Kies …<" in first
    assert "A &amp; B" in first
    assert "selected" not in first.split("Groep")[1]
    assert '<option value="c" selected>' in chosen
    assert ">Kies …<" not in english


def test_what_people_typed_stays_text_in_every_component():
    html = drawn(
        "{% button %}{{ evil }}{% endbutton %}{% choice 'n' 1 evil theme=evil %}"
        "{% person evil role=evil %}{% endperson %}"
        "{% theme_badge evil 1 %}{% stat evil evil %}{% card title=evil %}{{ evil }}{% endcard %}"
        "{% notice 'info' title=evil %}{{ evil }}{% endnotice %}{% empty_state evil %}{% endempty_state %}",
        evil='<script>"x"</script>',
    )
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_every_form_gets_a_key_of_its_own_and_a_csrf_token():
    request = RequestFactory().get("/")
    html = drawn("{% post_form %}a{% endpost_form %}{% post_button '/x/' %}b{% endpost_button %}", request)
    keys = [part.split('"')[0] for part in html.split('name="key" value="')[1:]]
    assert len(keys) == len(set(keys)) == 2
    assert all(len(key) == 36 for key in keys)
    assert html.count('name="csrfmiddlewaretoken"') == 2


class IdeaForm(forms.Form):
    title = forms.CharField(label="Idee", help_text="Kort.", error_messages={"required": "Schrijf een idee op"})
    kind = forms.ChoiceField(label="Soort", widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    needs = forms.MultipleChoiceField(
        label="Nodig", required=False, widget=forms.CheckboxSelectMultiple, choices=[("t", "tijd")]
    )


def test_a_field_ties_label_hint_and_error_to_its_control():
    html = drawn("{% field form.title %}", form=IdeaForm({"kind": "a"}))
    assert 'for="id_title"' in html
    assert 'aria-describedby="id_title-hint id_title-error"' in html
    assert 'aria-invalid="true"' in html
    assert "Schrijf een idee op" in html


def test_a_field_that_may_stay_empty_says_so():
    html = drawn("{% field form.needs %}{% field form.title %}", form=IdeaForm())
    assert html.count("(niet verplicht)") == 1


def test_groups_become_cards_with_the_right_kind_of_control():
    html = drawn("{% field form.kind %}{% field form.needs %}", form=IdeaForm())
    assert html.count('type="radio"') == 2
    assert html.count('type="checkbox"') == 1
    assert html.count("<fieldset") == 2


def test_the_summary_of_errors_links_to_the_first_control():
    html = drawn("{% error_summary form %}", form=IdeaForm({}))
    assert 'href="#id_title"' in html
    assert 'href="#id_kind_0"' in html
    assert "Er kloppen nog 2 dingen niet" in html
    assert drawn("{% error_summary form %}", form=IdeaForm({"title": "x", "kind": "a"})) == ""


@pytest.mark.parametrize(
    ("used", "said"),
    [(0, "Nog 3 keuzes"), (2, "Nog 1 keuze"), (3, "Je hebt al je keuzes gemaakt"), (4, "Je hebt al je keuzes gemaakt")],
)
def test_dots_say_how_many_choices_are_left(used, said):
    html = drawn("{% dots_left used 3 %}", used=used)
    assert f'role="status">{said}<' in html
    assert html.count("dot--filled") == min(used, 3)


def test_a_theme_is_a_colour_and_a_shape_and_a_word():
    first, second = drawn('{% theme_badge "Slaap" 0 %}'), drawn('{% theme_badge "Slaap" 1 %}')
    assert "Slaap" in first
    assert "theme-0" in first
    assert "theme-1" in second
    assert "<circle" in first
    assert "<rect" in second


NOW = datetime(2026, 12, 8, 19, 0, tzinfo=UTC)


def test_a_day_has_its_year_only_when_it_is_another_year():
    this_year = timezone.localdate().year
    assert clock.day(date(this_year, 6, 1)) == "1\N{NO-BREAK SPACE}juni"
    assert clock.day(date(2099, 6, 1)) == "1\N{NO-BREAK SPACE}juni\N{NO-BREAK SPACE}2099"
    assert clock.day(datetime(2099, 5, 31, 23, 0, tzinfo=UTC)).startswith("1")
    assert clock.day(None) == ""


def test_a_timer_without_a_script_says_until_when_in_dutch_time():
    html = drawn("{% timer ends_at now=now %}", ends_at=NOW + timedelta(minutes=15), now=NOW)
    assert "tot 20.15 uur" in html
    assert 'data-ends="2026-12-08T19:15:00+00:00"' in html


def test_a_ring_shows_the_part_that_is_left():
    html = drawn('{% timer ends_at total=600 kind="ring" now=now %}', ends_at=NOW + timedelta(minutes=5), now=NOW)
    assert 'stroke-dasharray="50.0 100"' in html


def test_a_clock_that_stands_still_shows_its_minutes_and_does_not_run():
    html = drawn("{% timer paused_left=446 %}")
    assert ">7:26<" in html
    assert "data-ends" not in html


def test_a_code_is_read_out_letter_by_letter():
    html = drawn('{% spoken_code "kad482" %}')
    assert "K A D 4 8 2" in html
    assert ">KAD<" in html
    assert ">482<" in html


def test_a_qr_code_has_a_name():
    html = drawn('{% qr "https://samenwijk.example/m/x" "QR-code om mee te doen" %}')
    assert 'role="img" aria-label="QR-code om mee te doen"' in html
    assert "style=" not in html


def test_a_wijk_always_gets_the_same_street_and_another_wijk_another():
    assert drawn('{% gables "WK054608" %}') == drawn('{% gables "WK054608" %}')
    assert drawn('{% gables "WK054608" %}') != drawn('{% gables "WK026805" %}')


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Mei Lin Chen", "MC"), ("Fatima", "F"), ("Gast 12", "G"), ("", "?"), ("  ", "?"), ("😀", "?")],
)
def test_initials_of_any_name(name, letters):
    assert f">{letters}<" in drawn("{% avatar name %}", name=name)


def test_a_phone_number_can_be_pressed():
    html = drawn('{% person "Bas Vos" phone="071 - 555 01 23" %}{% endperson %}')
    assert 'href="tel:0715550123"' in html


def test_a_pager_keeps_what_was_asked_and_is_silent_with_one_page():
    request = RequestFactory().get("/", {"thema": "slaap", "pagina": "2"})
    html = drawn("{% pager page %}", request, page=Paginator(range(60), 15).page(2))
    assert "Pagina 2 van 4" in html
    assert "thema=slaap&amp;pagina=3" in html
    assert drawn("{% pager page %}", request, page=Paginator(range(3), 15).page(1)) == ""


def test_numbers_in_drawings_do_not_follow_the_language():
    with translation.override("nl"):
        html = drawn('{% timer ends_at total=700 kind="ring" now=now %}', ends_at=NOW + timedelta(minutes=5), now=NOW)
    assert "42.9 100" in html

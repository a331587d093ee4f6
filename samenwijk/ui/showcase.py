"""Real and extreme content for the page of all components. All people and organisations are invented."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone

from samenwijk.ui import charts

LONG = (
    "Een heel lang idee van tweehonderd tekens, waarin iemand alles tegelijk vertelt: wie er belt, wie er opendoet, "
    "wat de huisartsenpraktijk doet, wat het sociaal wijkteam doet en waarom dat nu niet lukt"
)
THEMES = ["Eenzaamheid", "Overgewicht en gezond eten", "Mantelzorg", "Bewegen", "Schulden en rondkomen", "Slaap"]
IDEAS = [
    ("Eén signaalkaart voor fysio, apotheek en praktijk", 2, 17),
    ("Welkomstkoffie op recept", 0, 14),
    ("Duo-huisbezoek bij een ‘niet-pluis’-gevoel", 0, 11),
    ("Wandelapotheek", 1, 9),
    ("Samen koken in de school", 1, 6),
]
PHASES = [
    {"label": "Welkom", "state": "done"},
    {"label": "Cijfers", "state": "done"},
    {"label": "Dromen", "state": "done"},
    {"label": "Kiezen", "state": "now"},
    {"label": "Afspreken", "state": "todo"},
]


class AgreementForm(forms.Form):
    """The form of the style page: every kind of field, some of them filled in wrong."""

    what = forms.CharField(
        label="Wat spreken we af?",
        help_text="Begin met een werkwoord, dan is het een afspraak.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf op wat jullie afspreken"},
    )
    who = forms.ChoiceField(
        label="Wie trekt het?",
        choices=[("", "Kies iemand"), ("1", "Fatima Aydın, praktijkondersteuner"), ("2", "Gast 12, bewoner")],
    )
    when = forms.DateField(
        label="Wanneer kijken we terug?",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Kies een datum in de toekomst"},
    )
    seen_by = forms.ChoiceField(
        label="Wie mag het zien?",
        widget=forms.RadioSelect,
        choices=[("wijk", "Iedereen in de wijk"), ("group", "Alleen de werkgroep")],
    )
    needs = forms.MultipleChoiceField(
        label="Wat is er nodig?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("time", "tijd"), ("money", "geld"), ("mandate", "toestemming"), ("knowledge", "kennis")],
    )
    call_me_for = forms.CharField(label="Bel mij voor …", required=False, max_length=80)
    share = forms.BooleanField(label="Mijn tafel mag mijn kaartje zien", required=False)


def showcase() -> dict[str, Any]:
    now = timezone.now()
    wrong = AgreementForm(prefix="fout", data={"fout-who": "1", "fout-seen_by": "wijk"})
    wrong.is_valid()
    return {
        "form": AgreementForm(initial={"seen_by": "wijk"}),
        "wrong": wrong,
        "wijk": {
            "name": "Waterwijk",
            "public_id": "7f2c",
            "contact_name": "Bas Vos",
            "contact_role": "gezondheidsmakelaar",
            "contact_phone": "071 - 555 01 23",
        },
        "ends_at": now + timedelta(minutes=7, seconds=26),
        "ended_at": now - timedelta(seconds=45),
        "page": Paginator(range(60), 15).page(2),
        "long": LONG,
        "themes": list(enumerate([*THEMES, "Opgroeien", "Ontmoeten in de buurt"])),
        "ideas": [
            {"title": title, "index": index, "theme": THEMES[index], "dots": dots} for title, index, dots in IDEAS
        ],
        "many": [{"title": LONG if n % 4 == 0 else f"Idee nummer {n}", "index": n % 6} for n in range(1, 13)],
        "phases": PHASES,
        "streets": ["7f2c", "WK054608", "WK026805", "b81a", "0001", "merenwijk"],
        "figure": _figure(),
        "figure_wide": _figure(wide=True),
        "profile_charts": _profile_charts(),
        "answers": charts.bars(
            "Herken je dit?",
            [charts.Bar("Herken ik", 24), charts.Bar("Herken ik niet", 6), charts.Bar("Ik mis iets", 9)],
            unit=("antwoord", "antwoorden"),
        ),
        "result": _result(),
        "result_wide": _result(wide=True),
        "statements": _statements(),
        "statements_wide": _statements(wide=True),
        "join_url": "https://samenwijk.example/m/Zk3vQ9wT7c",
        "join_host": "samenwijk.example",
        "join_code": "KAD482",
        "join": {"url": "https://samenwijk.example/m/Zk3vQ9wT7c", "host": "samenwijk.example", "code": "KAD482"},
    }


def _figure(wide: bool = False) -> charts.Chart:
    return charts.interval(
        "Volwassenen met overgewicht",
        [
            charts.Value("gemeente Leiden", 39.9, 37.7, 42.1),
            charts.Value("GGD-regio", 46.8, 45.9, 47.7),
            charts.Value("Nederland", 50.1),
        ],
        source="Gezondheidsmonitor 2020, CBS, GGD’en en RIVM (CC BY 4.0). Cijfer van de hele gemeente.",
        wide=wide,
    )


def _result(wide: bool = False) -> charts.Chart:
    dots = [17, 14, 14, 9, 0]
    places = [1, 2, 2, 4, 5]
    items = [
        charts.Bar(title, dots[n], theme=index, theme_title=THEMES[index], place=places[n], tied=places[n] == 2)
        for n, (title, index, _old) in enumerate(IDEAS)
    ]
    return charts.bars("Uitslag", items, unit=("stip", "stippen"), wide=wide)


def _statements(wide: bool = False) -> charts.Chart:
    return charts.stacked(
        "Wat nemen we mee?",
        [
            ("Ik ken nu meer mensen in de wijk", [36, 5, 0]),
            ("We hebben samen prioriteiten gesteld", [28, 10, 3]),
            ("Ik kan en ga aan de slag", [19, 18, 4]),
        ],
        ["eens", "een beetje", "oneens"],
        wide=wide,
    )


def _profile_charts() -> list[charts.Chart]:
    """What stands in a profile: one track, years with other borders, and buurten with a gap."""
    places = [
        charts.Place("Leedewijk", 22.0, path="M2 2h110v80h-110z", at=(57, 42)),
        charts.Place("Slaaghwijk", None, "te klein aantal", path="M114 2h110v80h-110z"),
        charts.Place("Zijlwijk", 41.0, path="M226 2h112v80h-112z", at=(282, 42)),
    ]
    country = charts.Mark(charts.COUNTRY, charts.Value("Nederland", 50.1, 49.8, 50.4))
    gemeente = charts.Mark(charts.GEMEENTE, charts.Value("gemeente Leiden", 39.9, 37.7, 42.1))
    region = charts.Mark(charts.REGION, charts.Value("GGD-regio", 46.8, 45.9, 47.7))
    years = [
        charts.Moment(2012, 38.1, 36.2, 40.0, "indeling 2012"),
        charts.Moment(2016, 41.2, 39.0, 43.4, "indeling 2022"),
        charts.Moment(2022, 47.4, 45.8, 49.0, "indeling 2022"),
    ]
    return [
        charts.beside(
            "Volwassenen met overgewicht", charts.Value("wijk", 44.2, 39.9, 48.6), [gemeente, region, country]
        ),
        charts.trend("Door de jaren heen", years),
        charts.area_map("Per buurt", places, (340, 84), decimals=0, name="stijl-kaart"),
        charts.area_list("Per buurt, zonder kaart", places, decimals=0, name="stijl-lijst"),
    ]

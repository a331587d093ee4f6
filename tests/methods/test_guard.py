"""What the guard finds in a text, and what it leaves alone. It helps; it promises nothing."""

from itertools import pairwise

import pytest

from samenwijk.methods.guard import has_citizen_number, traces

KNOWN = ("Merenwijk", "Slaaghwijk", "Leiden", "De Stip", "Libertas Leiden", "Zijlzicht")


def kinds(text: str) -> list[str]:
    return [trace.kind for trace in traces(text, known=KNOWN)]


NUMBERS = {
    "bsn": ["498259791", "498 259 791", "498.259.791", "498-259-791", "4982 59 791", "BSN:498259791.", "(498259791)"],
    "phone": [
        "0612345678", "06-12345678", "06 12345678", "06 12 34 56 78", "06-12 34 56 78", "06.12.34.56.78",
        "+31612345678", "+31 6 12345678", "+31 (0)6 12345678", "0031 6 1234 5678", "071-5213456", "071 - 521 34 56",
        "(071) 521 34 56", "071 521 34 56", "0715213456", "0251-123456", "(024) 360 12 34", "+31 71 521 34 56",
    ],
    "mail": ["jan@voorbeeld.nl", "j.de.vries+wijk@mail.voorbeeld.nl", "jan (at) voorbeeld.nl", "jan[at]voorbeeld.nl"],
    "iban": ["NL91ABNA0417164300", "NL91 ABNA 0417 1643 00", "nl91abna0417164300", "BE68 5390 0754 7034"],
    "postcode": ["2316 XH", "2316XH", "2316xh", "2316 xh", "6511 AB"],
    "address": [
        "Oosterstraat 44", "oosterstraat 44", "Oosterstraat 44a", "Oosterstraat 44-2", "Oosterstraat nr. 44",
        "Oosterstraat nummer 44", "Lange Gracht 12 b", "Zijlsingel 3", "Rooseveltlaan 101", "het Kooiplein 7",
        "Valkenpad 9", "Lorentzhof 11", "Rijndijk 222", "Oude Haarlemmerweg 6", "Merendreef 14", "Broekplein 2c",
    ],
    "birth": ["geboren op 12-03-1948", "geb. 12/3/48", "geboren op 3 mei 1950", "geboortedatum: 12.03.1948",
              "geboren in 1948"],
}  # fmt: skip
SPELLINGS = [(kind, text) for kind, several in NUMBERS.items() for text in several]


@pytest.mark.parametrize(("kind", "written"), SPELLINGS, ids=[f"{kind}-{n}" for n, (kind, _) in enumerate(SPELLINGS)])
def test_a_number_or_address_is_found_however_it_is_written(kind, written):
    text = f"Op dinsdag gaf zij {written} door aan ons."
    found = traces(text, known=KNOWN)
    assert kind in [trace.kind for trace in found]
    first = next(trace for trace in found if trace.kind == kind)
    assert text[first.start : first.end] == first.text


NAMED = [
    "Mevrouw Jansen zit altijd alleen.",
    "Ik zie meneer De Boer nooit meer.",
    "Dhr. Van den Berg drinkt te veel.",
    "Mijn buurvrouw Fatima durft niet naar buiten.",
    "Fatima durft niet naar buiten.",
    "Kees komt nooit meer buiten.",
    "We misten Rietje op de koffie.",
    "Jan de Vries heeft geen fiets.",
    "jan de boer heeft geen fiets.",
    "S. van Dijk belde ons.",
    "Het gaat niet goed met A.B. Visser.",
    "Oma heet Truus.",
    "De familie El Khattabi eet apart.",
    "Onze buurman Ahmed is vaak ziek.",
    "Dokter Smit zei dat het kwam door stress.",
    "Ik help Yasmina met lezen.",
    "Ger en Sjaan redden het niet samen.",
    "Vraag het aan tante Bep.",
    "Mehmet Yılmaz is gestopt met roken.",
    "Volgens Sanne slaapt hij slecht.",
    "De zoon van Pengel is boos.",
    "Mw. de Wit-Peters is gevallen.",
    "Opa Piet is de weg kwijt.",
    "Het kind van Mirjam Bakker spijbelt.",
    "Meester Bas maakt zich zorgen.",
]


@pytest.mark.parametrize("text", NAMED, ids=range(len(NAMED)))
def test_a_name_is_found(text):
    assert "name" in kinds(text)


CLEAN = [
    "Bij Albert Heijn aan de Kopermolen staan jongeren.",
    "De Oppepper en Buurtcentrum Op Eigen Wieken zijn dicht.",
    "Wij eten in het Wereldhuis bij het Stevenshofpark.",
    "Kinderen van basisschool De Springplank spelen buiten.",
    "Op het plein zit bijna nooit iemand alleen.",
    "In 2024 is er veel veranderd.",
    "Mevrouw komt niet meer.",
    "De Turkse vrouwen van De Stip koken op dinsdag.",
    "Bij de Merenwijk is het stil.",
    "Ik loop elke dag de Slaaghwijk door.",
    "We halen het bij de Albert Heijn.",
    "Jongeren hangen bij de Jumbo. Dat geeft overlast.",
    "De GGD en de POH werken samen.",
    "Wandelen in het park 3 keer per week helpt.",
    "Veel mensen in Leiden lezen niet graag.",
    "Er is geen bankje bij het water!",
    "Ouderen zijn eenzaam. Jongeren ook.",
    "Met Kerst eten we samen.",
    "Tijdens de Ramadan is het anders.",
    "Op 12-03-2026 was er een feest.",
    "Ongeveer 120.000 euro is veel.",
    "1 op de 3 kinderen beweegt te weinig.",
    "Van 2012 tot 2020 werd het minder.",
    "De huisarts heeft geen tijd.",
    "Marokkaanse vaders doen niet mee.",
    "Libertas Leiden heeft een groep.",
    '"Ik durf niet", zegt een bewoner.',
    "In Nederland is het 20 procent.",
    "Via WhatsApp bereik je niet iedereen.",
    "Wie helpt? Niemand weet het.",
    "Het Rode Kruis was er ook.",
    "Mijn man is ziek en ik zorg voor hem.",
    "Wij wonen hier 30 jaar.",
    "Er wonen 13.965 mensen in 6.310 huizen.",
    "Mei is de beste maand.",
    "Naar de huisarts kost 20 minuten.",
    "De bus rijdt om 17.30 uur niet meer.",
    "Elke maandag is er koffie in Zijlzicht.",
    "Het is de Oekraïense kinderen vreemd.",
    "- Te weinig groen\n- Veel verkeer",
]


@pytest.mark.parametrize("text", CLEAN, ids=range(len(CLEAN)))
def test_what_names_nobody_is_left_alone(text):
    assert kinds(text) == []


def test_nine_digits_that_are_no_citizen_number_stop_nobody():
    assert "bsn" not in kinds("Het nummer is 498259792.")


def test_the_last_nine_digits_of_a_telephone_number_are_no_citizen_number():
    text = "Bel mij op +31 498 259 791."
    assert kinds(text) == ["phone"]
    assert not has_citizen_number(text)
    assert has_citizen_number("Bel mij over 498 259 791.")


def test_a_telephone_number_in_another_country_form_is_no_citizen_number():
    assert kinds("Bel +31612345678.") == ["phone"]


def test_findings_come_in_order_and_do_not_overlap():
    found = traces("Mevrouw Jansen, Oosterstraat 44, 2316 XH, 06-12345678")
    assert [trace.kind for trace in found] == ["name", "address", "postcode", "phone"]
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_names_of_places_and_organisations_are_no_persons():
    text = "Wij spraken erover bij Zorgpunt Bloem."
    assert [trace.text for trace in traces(text)] == ["Zorgpunt Bloem"]
    assert traces(text, known=["Zorgpunt Bloem"]) == ()


def test_a_text_of_nothing_but_signs_takes_no_time():
    for sign in ("A. ", "a", "0 ", "06-", "Van de ", "Aa-", "straat ", "@", "(", "\n"):
        traces(sign * (4000 // len(sign)))

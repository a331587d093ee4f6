"""What the people on the pictures say: the same every time, so that a new picture shows what changed in the product."""

from __future__ import annotations

# How many of the dots each theme gets. The first three go on.
THEMES = {
    "Eenzaamheid": 10,
    "Mantelzorg": 9,
    "Armoede en schulden": 8,
    "Bewegen": 7,
    "Kwetsbare ouderen": 4,
    "Jeugd en opvoeding": 3,
    "Psychische gezondheid": 3,
    "Overgewicht": 2,
}

# What the tables dream of; the last table of a theme with one dream has none yet.
DREAMS = {
    "Eenzaamheid": ("Iedereen in de wijk heeft iemand die aanbelt.", "Niemand eet nog alleen als hij dat niet wil."),
    "Mantelzorg": ("Wie voor een ander zorgt, staat er nooit alleen voor.", "Mantelzorgers slapen weer goed."),
    "Armoede en schulden": ("Over geld praten is in onze wijk heel gewoon.",),
}

# Per theme: what it is called, what it is, and how many dots it gets for every ten.
IDEAS: dict[str, tuple[tuple[str, str, int], ...]] = {
    "Eenzaamheid": (
        ("Welkomstkoffie op recept", "De praktijk geeft een kaartje mee voor koffie in het buurthuis.", 9),
        ("Samen eten op donderdag", "De kok van De Plataan kookt, de buurt dekt de tafel.", 7),
        ("Een belrondje voor wie alleen woont", "Vrijwilligers bellen elke week even op.", 5),
        ("Koffie in het buurthuis na het spreekuur", "Loop samen van de praktijk naar de koffie.", 1),
        ("Een bankje bij elke flat", "Een plek om te gaan zitten en gedag te zeggen.", 2),
        ("De buurtkrant ook in grote letters", "Dan kan iedereen lezen wat er te doen is.", 1),
    ),
    "Mantelzorg": (
        ("Eén signaalkaart voor fysio, apotheek en praktijk", "Zo weet je bij wie je een zorg kunt neerleggen.", 8),
        ("Een vrije middag voor mantelzorgers", "Een vrijwilliger blijft thuis, jij gaat even weg.", 6),
        ("Een vast nummer om te bellen", "Eén nummer, elke werkdag, met iemand die de weg weet.", 5),
        ("Koffie-uur voor mantelzorgers", "Elke eerste dinsdag in het gezondheidscentrum.", 5),
        ("Uitleg over medicijnen thuis", "De apotheek komt langs en legt uit.", 2),
        ("Een lijst met hulp in de wijk", "Op papier en in de buurtkrant.", 1),
    ),
    "Armoede en schulden": (
        ("Geldspreekuur bij de apotheek", "Wie de rekening niet kan betalen, praat meteen met iemand.", 7),
        ("Een ruilkast bij de school", "Kleren en spullen, zonder vragen.", 6),
        ("Een maatje dat meekijkt met de post", "Samen enveloppen openmaken.", 4),
        ("Gezond koken voor weinig geld", "De diëtist kookt mee in de huiskamer van de flat.", 4),
        ("Elke maand een open inloop over geld", "In het buurthuis, ook in de avond.", 1),
        ("Een folder zonder moeilijke woorden", "De wijkraad leest mee.", 1),
    ),
}

# Two that look alike and what they become together; and two that get as many dots.
MERGED = (
    "Welkomstkoffie op recept",
    "Koffie in het buurthuis na het spreekuur",
    "Welkomstkoffie op recept, na het spreekuur",
)
TIED = ("Een vast nummer om te bellen", "Koffie-uur voor mantelzorgers")

LINES = ("Dit zie ik elke dag.", "Bij ons in de straat is het anders.", "Ik mis de jongeren in dit cijfer.")

STEPS = (
    "Ik bel De Plataan over een datum",
    "Ik vraag de apotheek om mee te doen",
    "Ik nodig drie mensen uit om mee te denken",
    "Ik schrijf een stukje voor de buurtkrant",
    "Ik regel een zaal in het buurthuis",
    "Ik maak een lijst van wie er mee wil doen",
    "Ik praat met de apotheek over een rustige hoek",
)

TOMORROW = "Ik loop langs bij de apotheek."
OTHERS_TOMORROW = ("Ik bel Truus over de vrije middag.", "Ik neem mijn buurvrouw mee naar de koffie.")
QUOTES = ("Nu weet ik eindelijk wie ik kan bellen.", "Ik heb vanavond meer mensen gesproken dan het hele jaar.")

"""The people of the demo: all invented, as are their organisations, addresses and telephone numbers."""

from dataclasses import dataclass

DOMAIN = "voorbeeld.example"


@dataclass(frozen=True)
class Organisation:
    name: str
    kind: str


@dataclass(frozen=True)
class Card:
    """Somebody of the demo, as they would introduce themselves. The telephone of `number` rings nowhere."""

    number: int
    first_name: str
    last_name: str
    discipline: str
    organisation: str = ""
    call_me_for: str = ""

    @property
    def email(self) -> str:
        return f"{self.first_name}.{self.last_name}@{DOMAIN}".lower().replace(" ", "").replace("ü", "u")

    @property
    def phone(self) -> str:
        return f"06-00000{self.number:03}"


ORGANISATIONS = (
    Organisation("Huisartsenpraktijk De Waterlelie", "huisartsenpraktijk"),
    Organisation("Huisartsenpraktijk Het Hoge Riet", "huisartsenpraktijk"),
    Organisation("Apotheek De Rietzanger", "apotheek"),
    Organisation("Fysiotherapie De Beweegkade", "paramedische_praktijk"),
    Organisation("Voedingspraktijk Kiem", "paramedische_praktijk"),
    Organisation("Verloskundigen Het Ooievaarsnest", "paramedische_praktijk"),
    Organisation("Thuiszorg Oeverlicht", "thuiszorg"),
    Organisation("Psychische zorg Windstil", "ggz"),
    Organisation("GGD Duinoever", "ggd"),
    Organisation("Wijkbureau Noordvaart", "gemeente"),
    Organisation("Sociaal wijkteam Noordvaart", "sociaal_wijkteam"),
    Organisation("Welzijn De Plataan", "welzijnsorganisatie"),
    Organisation("Steunpunt mantelzorg De Schakelbrug", "welzijnsorganisatie"),
    Organisation("Woonstichting Dakrand", "woningcorporatie"),
    Organisation("Basisschool De Zeven Sluizen", "school"),
    Organisation("Sportservice Vaartwater", "sportorganisatie"),
    Organisation("Wijkraad De Vier Plassen", "bewonersorganisatie"),
    Organisation("Vrijwilligershuis De Aanlegsteiger", "vrijwilligersorganisatie"),
    Organisation("Zorggroep Rijnwende", "zorggroep"),
)

WATERLELIE, RIET, APOTHEEK, FYSIO, KIEM, NEST, OEVERLICHT, WINDSTIL, GGD, WIJKBUREAU = (
    organisation.name for organisation in ORGANISATIONS[:10]
)
WIJKTEAM, PLATAAN, SCHAKELBRUG, DAKRAND, SLUIZEN, VAARTWATER, WIJKRAAD, STEIGER, RIJNWENDE = (
    organisation.name for organisation in ORGANISATIONS[10:]
)

COORDINATOR = Card(1, "Marieke", "Verhoeven", "wijkcoordinator", RIJNWENDE, "wie doet wat in de wijk")
GP = Card(2, "Hassan", "Amrani", "huisarts", WATERLELIE, "overleg over een kwetsbare oudere")
RESIDENT = Card(3, "Ans", "van Dalen", "bewoner", WIJKRAAD, "wat er speelt in de Slaaghwijk")
BOARD_MEMBER = Card(4, "Wim", "Schouten", "zorggroep", RIJNWENDE, "geld en tijd voor een plan")
PRACTICE_MANAGER = Card(5, "Ilse", "Brouwer", "praktijkmanager", RIET, "afspraken met de praktijk")

PARTICIPANTS = (
    COORDINATOR,
    GP,
    RESIDENT,
    BOARD_MEMBER,
    PRACTICE_MANAGER,
    Card(6, "Fatima", "Aydin", "poh_ggz", WATERLELIE, "somberheid, stress en slecht slapen"),
    Card(7, "Els", "de Wit", "huisarts", RIET, "jonge gezinnen en opvoedvragen"),
    Card(8, "Joke", "Hendriks", "poh_ouderen", RIET, "ouderen die alleen wonen"),
    Card(9, "Sanne", "Kuipers", "doktersassistent", WATERLELIE, "een snelle afspraak regelen"),
    Card(10, "Bram", "Postma", "apotheker", APOTHEEK, "veel medicijnen tegelijk"),
    Card(11, "Naima", "El Idrissi", "apothekersassistent", APOTHEEK, "uitleg over medicijnen thuis"),
    Card(12, "Joris", "Bakker", "fysiotherapeut", FYSIO, "weer durven bewegen"),
    Card(13, "Lotte", "Vermeer", "ergotherapeut", FYSIO, "veilig wonen en niet vallen"),
    Card(14, "Priya", "Ramdin", "dietist", KIEM, "gezond eten met een klein budget"),
    Card(15, "Tom", "Willems", "leefstijlcoach", KIEM, "samen gezonder leven in een groep"),
    Card(16, "Roos", "Timmerman", "verloskundige", NEST, "vragen van zwangere bewoners"),
    Card(17, "Anneke", "Smit", "wijkverpleegkundige", OEVERLICHT, "zorg thuis, ook op korte termijn"),
    Card(18, "Yusuf", "Demir", "wijkverpleegkundige", OEVERLICHT, "mantelzorgers die het zwaar hebben"),
    Card(19, "Corrie", "Blom", "verzorgende", OEVERLICHT, "wat ik achter de voordeur zie"),
    Card(20, "Mark", "Dijkstra", "casemanager_dementie", OEVERLICHT, "dementie en wat dan"),
    Card(21, "Eva", "Groen", "psycholoog", WINDSTIL, "angst en paniek"),
    Card(22, "Kevin", "Martina", "ggz", WINDSTIL, "een buur die in de war lijkt"),
    Card(23, "Bas", "Vos", "gezondheidsmakelaar", GGD, "wie werkt waaraan, en met welk geld"),
    Card(24, "Linda", "van Leeuwen", "jeugdverpleegkundige", GGD, "kinderen van 0 tot 18 jaar"),
    Card(25, "Hiske", "Wiersma", "epidemioloog", GGD, "wat de cijfers wel en niet zeggen"),
    Card(26, "Peter", "Jonkman", "wijkregisseur", WIJKBUREAU, "iets regelen bij de gemeente"),
    Card(27, "Samira", "Bouali", "wmo_consulent", WIJKBUREAU, "hulp in huis en vervoer"),
    Card(28, "Daan", "Mulder", "wijkteam", WIJKTEAM, "als je niet weet waar je moet beginnen"),
    Card(29, "Gülsen", "Kaya", "maatschappelijk_werker", WIJKTEAM, "ruzie thuis en zorgen om geld"),
    Card(30, "Frank", "Peeters", "schuldhulp", WIJKTEAM, "schulden, ook als ze nog klein zijn"),
    Card(31, "Iris", "Hofman", "opbouwwerker", PLATAAN, "een idee van bewoners laten lukken"),
    Card(32, "Rachid", "Benali", "jongerenwerker", PLATAAN, "jongeren op straat en online"),
    Card(33, "Mirjam", "Kok", "welzijnscoach", PLATAAN, "welzijn op recept"),
    Card(34, "Truus", "Bosman", "mantelzorgconsulent", SCHAKELBRUG, "even op adem komen als mantelzorger"),
    Card(35, "Dennis", "Lagerwey", "woonconsulent", DAKRAND, "vocht, overlast en verhuizen"),
    Card(36, "Saskia", "Prins", "onderwijs", SLUIZEN, "kinderen die opvallen in de klas"),
    Card(37, "Jeroen", "Visser", "buurtsportcoach", VAARTWATER, "sporten voor wie dat niet gewend is"),
    Card(38, "Henk", "Zwart", "bewonersorganisatie", WIJKRAAD, "de buurtkrant en het wijkplein"),
    Card(39, "Mei Lin", "Chen", "ervaringsdeskundige", WIJKRAAD, "eenzaam zijn, en er weer uit komen"),
    Card(40, "Ricardo", "Pinas", "ervaringsdeskundige", STEIGER, "leven met schulden"),
    Card(41, "Greet", "Lindeman", "mantelzorger", "", "zorgen voor een man met dementie"),
    Card(42, "Oumar", "Diallo", "vrijwilliger", STEIGER, "taalmaatjes en samen eten"),
    Card(43, "Tineke", "Overbeek", "bewoner", "", "de tuin bij de flat"),
)

FACILITATOR = Card(51, "Noor", "Sanders", "ros_adviseur", RIJNWENDE, "een bijeenkomst voorbereiden")
CO_FACILITATOR = Card(52, "Jelle", "Haitsma", "ros_adviseur", RIJNWENDE, "techniek in de zaal")
ADVISER = Card(53, "Carla", "Maas", "ros_adviseur", RIJNWENDE, "wat andere wijken al proberen")
ADMINISTRATOR = Card(54, "Ruben", "Klein", "anders", RIJNWENDE, "inloggen en beheer")

OTHER_ORGANISATIONS = (
    Organisation("Huisartsenpraktijk De Zevende Heuvel", "huisartsenpraktijk"),
    Organisation("Thuiszorg Waalkant", "thuiszorg"),
    Organisation("Welzijn Onder de Stuwwal", "welzijnsorganisatie"),
    Organisation("GGD Stuwwal en Waal", "ggd"),
    Organisation("Bewonersraad De Linden", "bewonersorganisatie"),
)
HEUVEL, WAALKANT, STUWWAL, GGD_WAAL, LINDEN = (organisation.name for organisation in OTHER_ORGANISATIONS)

OTHER_COORDINATOR = Card(61, "Hanneke", "Derks", "wijkcoordinator", STUWWAL, "alles in Nijmegen-Midden")
OTHER_FACILITATOR = Card(62, "Stijn", "Janssen", "opbouwwerker", STUWWAL, "een avond met de buurt")
OTHER_GP = Card(63, "Petra", "Gerrits", "huisarts", HEUVEL, "overleg tussen de middag")
OTHER_RESIDENT = Card(64, "Ton", "Wouters", "bewoner", LINDEN, "de Hazenkamp")
OTHER_PEOPLE = (
    OTHER_COORDINATOR,
    OTHER_FACILITATOR,
    OTHER_GP,
    OTHER_RESIDENT,
    Card(65, "Femke", "Arends", "wijkverpleegkundige", WAALKANT, "wondzorg en thuis blijven wonen"),
    Card(66, "Ali", "Yildiz", "gezondheidsmakelaar", GGD_WAAL, "gezondheid in de Goffert"),
    Card(67, "Bep", "Thijssen", "mantelzorger", LINDEN, "zorgen naast een baan"),
)

EVERYBODY = (*PARTICIPANTS, FACILITATOR, CO_FACILITATOR, ADVISER, ADMINISTRATOR, *OTHER_PEOPLE)

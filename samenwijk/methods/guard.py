"""What in a short Dutch text may make a person recognisable: a help for who writes, never a guarantee.

    traces("Bel mevrouw Jansen, 06 1234 5678") -> (Trace("name", "mevrouw Jansen", 4, 18), Trace("phone", ...))

Only a citizen number that passes the test by 11 is certain; everything else is asked, because "de Stip" may be a
neighbour or a meeting place. It finds and changes nothing. See docs/methods/guard.md.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

WORDS = Path(__file__).parent / "words"
GIVEN = frozenset((WORDS / "given.txt").read_text(encoding="utf-8").split())
ORDINARY = frozenset((WORDS / "ordinary.txt").read_text(encoding="utf-8").split())
PREFIXES = r"van der|van den|van de|van 't|van|de|den|der|te|ter|ten|op de|op den|in 't|el|al|ben|bin|da|di|dos|von"

# Nine digits, eight when a spreadsheet took the first 0 away, in one piece or in groups; decimals are none of these.
DIGITS = re.compile(r"(?<![\d,])(?<!\d\.)(?:\d{8,9}|\d{2,4}(?:[ .-]\d{2,3}){2,3})(?![\d,])")
NINE = re.compile(r"(?<![\d+])(?:\d{9}|\d{2,4}([ .\-])\d{2,4}\1\d{2,4})(?![\d])")
IBAN = re.compile(
    r"(?<!\w)(?:[A-Za-z]{2}\d{2}[A-Za-z0-9]{11,30}|[A-Z]{2}\d{2}(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,3})?)(?!\w)"
)
MAIL = re.compile(r"[\w.+-]+ ?(?:@|\(at\)|\[at\]) ?[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\d.,])(?:(?:\+|00) ?31 ?[\-. ]?(?:\(0\))?|\(?0)[\d()\-–./ ]{7,18}\d")
POSTCODE = re.compile(r"(?<![\w])[1-9]\d{3}(?: ?([A-Z]{2})|([a-z]{2})| ([a-z]{2}))(?!\w)")
STREET = (
    r"straat|laan|weg|plein|kade|gracht|hof|dijk|steeg|singel|pad|plantsoen|dreef|burg|horst|veld|wal|markt|dam|oord|"
    r"hage|donk|brink|zoom|rak|werf|tuin"
)
COUNTED = (
    r"keer|maal|x|jaar|jaren|uur|mensen|minuten|km|kilometer|meter|dagen|weken|maanden|euro|procent|kinderen|bewoners|"
    r"huizen|woningen|banken|bomen"
)
ADDRESS = re.compile(
    rf"(?<!\w)(?:[^\W\d_][\w'’.-]+|(?-i:[A-Z][\w'’-]+ (?=[A-Z])))(?:{STREET}|str\.)\.?,? "
    rf"(?:nr\.? |nummer |huisnummer )?\d{{1,4}}(?!\d)(?: ?[a-z](?!\w)|-\d+)?(?! ?(?:{COUNTED}|%)(?!\w))",
    re.IGNORECASE,
)
MONTH = r"januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
BIRTH = re.compile(
    rf"(?:geboren|geb\.|geboortedatum:?)(?: op| in|:)? (?:\d{{1,2}}[-/. ]\d{{1,2}}[-/. ]\d{{2,4}}|"
    rf"\d{{1,2}} (?:{MONTH})(?: \d{{4}})?|\d{{4}})",
    re.IGNORECASE,
)

WORD = r"[A-ZÀ-ÖØ-Þ][\w'’-]*[a-zà-öø-ÿ][\w'’-]*"
TITLE = (
    r"mevrouw|mevr\.?|mw\.?|meneer|mijnheer|menheer|dhr\.?|de heer|dokter|dr\.?|zuster|broeder|juf|meester|tante|"
    r"oom|opa|oma|buurvrouw|buurman|buurjongen|buurmeisje|wijlen|familie|fam\.?|weduwe"
)
BETWEEN = rf"(?:(?:{PREFIXES}) ){{0,3}}"
TITLED = re.compile(rf"(?<!\w)(?i:{TITLE}) ((?:[A-Z]\. ?){{0,4}}(?i:{BETWEEN}){WORD}(?: {BETWEEN}{WORD})?)")
INITIALS = re.compile(rf"(?<![\w.])(?:[A-Z]\. ?){{1,4}}{BETWEEN}{WORD}")
CALLED = re.compile(r"(?<!\w)(?:heet|heten|heette|genaamd|bijgenaamd) ([^\W\d_][\w'’-]+)")
WHOLE = re.compile(rf"(?<!\w)({WORD})( (?:{PREFIXES}))+ ({WORD})")
CAPITAL = re.compile(rf"(?<![\w'’-]){WORD}(?: {WORD})*")
SMALL = re.compile(rf"(?<!\w)([a-zà-öø-ÿ]+)(?: (?:{PREFIXES}))+ [a-zà-öø-ÿ]+(?!\w)")
SENTENCE = re.compile(r"(?:^|[.!?:;\n…]|[\"'“‘(-])\s*[\"'“‘(]*$")


@dataclass(frozen=True)
class Trace:
    """A part of a text, from `start` up to `end`, and what it may be.

    `kind`: bsn, iban, mail, phone, postcode, address, birth or name.
    """

    kind: str
    text: str
    start: int
    end: int


def looks_like_bsn(text: str) -> bool:
    """Whether 8 or 9 digits in this text, with or without dots, pass the test by 11 of Dutch citizen numbers."""
    for found in DIGITS.finditer(text):
        digits = [int(sign) for sign in found[0] if sign.isdigit()]
        if len(digits) in (8, 9) and _passes([0] * (9 - len(digits)) + digits):
            return True
    return False


def has_citizen_number(text: str) -> bool:
    """Whether nine digits in this text, in one piece or in groups, pass the test by 11."""
    return any(True for _match in _citizen_numbers(text))


def traces(text: str, *, known: Iterable[str] = ()) -> tuple[Trace, ...]:
    """What may make somebody recognisable, in the order of the text; `known` are names of places and organisations.

    Where two findings overlap the more certain one stands: numbers go before names.
    """
    found: list[Trace] = []
    for trace in (*_numbers(text), *_names(text, _words_of(known))):
        if all(trace.end <= other.start or trace.start >= other.end for other in found):
            found.append(trace)
    return tuple(sorted(found, key=lambda one: one.start))


def _passes(digits: list[int]) -> bool:
    weighed = sum(digit * weight for digit, weight in zip(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True))
    return any(digits) and weighed % 11 == 0


def _citizen_numbers(text: str) -> Iterator[re.Match[str]]:
    """Nine digits that pass the test by 11; not the last nine of a telephone number with its country before it."""
    phones = [match.span() for match in PHONE.finditer(text) if _is_phone(match[0])]
    for match in NINE.finditer(text):
        if _is_bsn(match[0]) and not any(start <= match.start() < end for start, end in phones):
            yield match


def _numbers(text: str) -> Iterator[Trace]:
    for match in _citizen_numbers(text):
        yield Trace("bsn", match[0], *match.span())
    for kind, pattern in (("mail", MAIL), ("iban", IBAN), ("phone", PHONE), ("birth", BIRTH)):
        for match in pattern.finditer(text):
            if CERTAIN.get(kind, bool)(match[0]):
                yield Trace(kind, match[0], *match.span())
    for match in ADDRESS.finditer(text):
        yield Trace("address", match[0], *match.span())
    for match in POSTCODE.finditer(text):
        # "2024 is" is a year and a word; "2316 xh" may be a postcode.
        if not match[3] or match[3] not in ORDINARY:
            yield Trace("postcode", match[0], *match.span())


def _is_iban(text: str) -> bool:
    signs = re.sub(r"[^A-Z0-9]", "", text.upper())
    turned = signs[4:] + signs[:4]
    return len(signs) >= 15 and int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def _is_bsn(text: str) -> bool:
    digits = [int(sign) for sign in text if sign.isdigit()]
    return len(digits) == 9 and _passes(digits)


def _is_phone(text: str) -> bool:
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    for country in ("0031", "31"):
        if digits.startswith(country):
            return len(digits) - len(country) == 9
    return len(digits) == 10


CERTAIN = {"iban": _is_iban, "phone": _is_phone}


def _words_of(known: Iterable[str]) -> frozenset[str]:
    return frozenset(word.casefold() for phrase in known for word in re.findall(r"[\w'’-]+", phrase))


def _names(text: str, known: frozenset[str]) -> Iterator[Trace]:
    """People by their title, initials, both names, or a capital where a sentence does not begin."""
    for pattern in (TITLED, INITIALS, CALLED):
        for match in pattern.finditer(text):
            if not _is_known(match[0].split()[-1], known):
                yield Trace("name", match[0], *match.span())
    for match in WHOLE.finditer(text):
        if _is_given(match[1]) or not (_is_known(match[1], known) or _is_known(match[3], known)):
            yield Trace("name", match[0], *match.span())
    for match in SMALL.finditer(text):
        if match[1] in GIVEN and match[1] not in ORDINARY:
            yield Trace("name", match[0], *match.span())
    for match in CAPITAL.finditer(text):
        yield from _capitals(text, match, known)


def _capitals(text: str, match: re.Match[str], known: frozenset[str]) -> Iterator[Trace]:
    """A row of words with a capital: the first one may owe it to the beginning of the sentence."""
    words = re.split(r"(?<=\w) ", match[0])
    before = text[: match.start()]
    somebody = any(map(_is_given, words))
    # People have no article: "de Kopermolen", "Buurtcentrum Op Eigen Wieken".
    of_a_place = ARTICLE.search(before) or words[0].casefold() in ARTICLES or any(map(_is_a_kind_of_place, words))
    if of_a_place and not somebody:
        return
    if SENTENCE.search(before) and not _is_given(words[0]):
        words = words[1:]
    name = " ".join(words)
    if words and name.casefold() not in SHOPS and not all(_is_known(word, known) for word in words):
        yield Trace("name", name, match.end() - len(name), match.end())


def _is_known(word: str, known: frozenset[str]) -> bool:
    """Whether this word with a capital says a place, an organisation or something else that is no person."""
    small = word.casefold().strip("'’-")
    if small in GIVEN and small not in known:
        return small in ORDINARY
    return small in known or small in ORDINARY or small.removesuffix("s") in known or small.endswith(ENDINGS)


def _is_given(word: str) -> bool:
    return word.casefold() in GIVEN and word.casefold() not in ORDINARY


def _is_a_kind_of_place(word: str) -> bool:
    return word.casefold().endswith(PLACES)


SHOPS = frozenset(("albert heijn", "dirk van den broek", "jan linders", "hans anders"))
ARTICLES = ("de", "het", "'t")
ARTICLE = re.compile(r"(?<!\w)(?:de|het|'t|een|deze|dit|onze|ons) $", re.IGNORECASE)
PLACES = ("straat", "laan", "plein", "park", "wijk", "huis", "centrum", "school", "hof", "kwartier", "tuin", "club")
# Words with a capital that are hardly ever a name of a person: languages, peoples and places.
ENDINGS = ("aans", "aanse", "isch", "ische", "ees", "eese", *PLACES)

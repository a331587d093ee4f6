"""Every address of the product for every role, in the own wijk and in another one.

What somebody may not see does not exist (404); what they may see but not do says so (403); who did not sign in is
asked to. A new address has to be given its row in ADDRESSES before it can be merged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.utils import timezone

from samenwijk.meetings.models import Meeting
from samenwijk.people.models import Membership, User
from samenwijk.people.rights import ROLES as PRODUCT_ROLES
from tests.everybody import ROLES, Everybody, Place, addresses, undone

pytestmark = pytest.mark.django_db

OK = "ok"
LOGIN = "log in"
HIDDEN, FORBIDDEN = 404, 403
OUTSIDE = ("anonymous", "guest", "stranger")
SIGNED_IN = tuple(role for role in ROLES if role not in OUTSIDE)
IN_THE_WIJK = tuple(role for role in SIGNED_IN if role not in ("adviser", "administrator"))

Expected = str | int


class Rule(NamedTuple):
    """What each role meets, in the own wijk and in the other one."""

    own: Mapping[str, Expected]
    other: Mapping[str, Expected]


def rule(own: Mapping[str, Expected], other: Mapping[str, Expected] | None = None) -> Rule:
    assert set(own) == set(ROLES)
    return Rule(own, own if other is None else other)


def each(roles: tuple[str, ...], what: Expected) -> dict[str, Expected]:
    return dict.fromkeys(roles, what)


NOT_HERE = {**each(OUTSIDE, LOGIN), **each(SIGNED_IN, HIDDEN)}
OPEN = rule(each(ROLES, OK))
NOBODY = rule(each(ROLES, HIDDEN))
ACCOUNT = rule({**each(OUTSIDE, LOGIN), **each(SIGNED_IN, OK)})
WORKS_HERE = rule({**NOT_HERE, **each(IN_THE_WIJK, OK)}, NOT_HERE)
RUNS = rule({**NOT_HERE, **each(IN_THE_WIJK, FORBIDDEN), **each(("facilitator", "coordinator"), OK)}, NOT_HERE)
REPORTS = rule({**RUNS.own, "board_member": OK}, NOT_HERE)
COORDINATES = rule({**RUNS.own, "facilitator": FORBIDDEN}, NOT_HERE)
RUNS_SOMEWHERE = rule({**each(OUTSIDE, LOGIN), **each(SIGNED_IN, FORBIDDEN), "facilitator": OK, "coordinator": OK})
REGION = rule(
    {**each(OUTSIDE, LOGIN), **each(SIGNED_IN, FORBIDDEN), "adviser": OK},
    {**each(OUTSIDE, LOGIN), **each(SIGNED_IN, FORBIDDEN), "adviser": HIDDEN},
)
PARTICIPANT = rule({**each(ROLES, HIDDEN), "guest": OK}, {**each(ROLES, HIDDEN), "stranger": OK})
WAS_THERE = rule({**PARTICIPANT.own, **each(IN_THE_WIJK, OK)}, PARTICIPANT.other)
HOLDS_FIGURES = rule({**NOT_HERE, **each(IN_THE_WIJK, FORBIDDEN), "practice": OK}, NOT_HERE)
OWN_DELIVERY = rule({**NOT_HERE, "practice": OK}, NOT_HERE)
"""Who does not hold the figures of that practice does not even learn that it gave any."""
OPEN_WIJK = rule(each(ROLES, OK), each(ROLES, HIDDEN))
ONWARDS = 302
DOOR = rule({**each(ROLES, OK), "guest": ONWARDS}, {**each(ROLES, OK), "stranger": ONWARDS})
"""Who is in already goes on to the own page."""
MY_WIJKEN = rule({**ACCOUNT.own, **each(IN_THE_WIJK, ONWARDS)})
"""With one wijk straight to it; with none a page that says so."""
SIGNING_IN = rule({**each(OUTSIDE, OK), **each(SIGNED_IN, ONWARDS)})
SIGNING_OUT = rule({**each(OUTSIDE, ONWARDS), **each(SIGNED_IN, OK)})
OFFICE = rule({**NOT_HERE, "administrator": OK})


COMPOSES = rule({**COORDINATES.own, "adviser": OK}, NOT_HERE)
"""The adviser of the region composes too; who works elsewhere finds nothing."""
MODERATES = rule({**RUNS.own, "adviser": OK}, NOT_HERE)
TELLS = rule({**each(OUTSIDE, LOGIN), **each(SIGNED_IN, FORBIDDEN), **each(IN_THE_WIJK, OK)}, NOT_HERE)
"""Everybody may read in an open wijk; its own people write."""
JUDGES = rule(
    {**each(OUTSIDE, LOGIN), **each(SIGNED_IN, FORBIDDEN), **each(("facilitator", "coordinator", "adviser"), OK)},
    NOT_HERE,
)
WRITER = rule({**each(OUTSIDE, LOGIN), **each(SIGNED_IN, FORBIDDEN), "member": OK}, NOT_HERE)


class Address(NamedTuple):
    """Who may come here, and what they get: a status for looking and one for an empty form; None where not offered."""

    rule: Rule
    get: int | None = 200
    post: int | None = None


def pressed(who: Rule, post: int = 302) -> Address:
    """An address that is only pressed."""
    return Address(who, None, post)


CONSOLE = "begeleiden/<uuid:public_id>/"
SCRIPT = CONSOLE + "draaiboek/"
PROFILE = "wijk/<slug:slug>/gezondheidsprofiel/"
DRAFT = PROFILE + "samenstellen/"
PHONE = "bijeenkomst/<uuid:public_id>/"

PRESSED_BY_WHO_RUNS = (
    "start/ verder/ terug/ langer/ overslaan/ praten-klaar/ einde/ ongedaan/ leiding/ "
    "naar/<uuid:step_id>/ volgorde/<uuid:step_id>/eerder/ volgorde/<uuid:step_id>/later/ "
    "volgorde/<uuid:step_id>/overslaan/ stap/<uuid:step_id>/<slug:name>/ verberg/<uuid:thing_id>/ "
    "toon/<uuid:thing_id>/ samenvoegen/<uuid:merge_id>/uit-elkaar/ samenvoegen/niet-hetzelfde/ "
    "samenvoegen/<uuid:deed_id>/toch/ "
    "mensen/<uuid:participant_id>/tafel/ mensen/<uuid:participant_id>/weg/ "
    "mensen/<uuid:participant_id>/terug/ tafels/<int:number>/thema/ themas/<uuid:theme_id>/weg/ "
    "papier/<int:number>/<uuid:step_id>/stippen/ papier/<int:number>/<uuid:step_id>/biljet/weg/ "
    "mensen/<uuid:participant_id>/rol/ "
    "tafelplan/ronde/<int:number>/ tafelplan/bijwerken/ "
)

ADDRESSES = {
    # The front door
    "": Address(OPEN),
    "privacy/": Address(OPEN),
    "toegankelijkheid/": Address(OPEN),
    ".well-known/security.txt": Address(OPEN, 404),  # nothing was set in SAMENWIJK_SECURITY_CONTACT
    "taal/setlang/": Address(OPEN, 302, 302),  # looking goes back to the page and changes nothing
    "lettertype/": pressed(OPEN),
    "offline.js": Address(OPEN),
    # The wijk
    "wijk/": Address(MY_WIJKEN),
    "wijk/<slug:slug>/": Address(OPEN_WIJK),
    "wijk/<slug:slug>/ideeen/": Address(WORKS_HERE),
    "wijk/<slug:slug>/mensen/": Address(WORKS_HERE),
    "wijk/<slug:slug>/opvolging/": Address(COORDINATES),
    "idee/<uuid:public_id>/": Address(WORKS_HERE),
    # The figures of a practice
    "wijk/<slug:slug>/praktijk/": Address(HOLDS_FIGURES),
    "wijk/<slug:slug>/praktijk/overtypen/": Address(HOLDS_FIGURES, 200, 422),
    "wijk/<slug:slug>/praktijk/bestand/": Address(HOLDS_FIGURES, 200, 422),
    "wijk/<slug:slug>/praktijk/voorbeeld.csv": Address(HOLDS_FIGURES),
    "wijk/<slug:slug>/praktijk/voorbeeld.xlsx": Address(HOLDS_FIGURES),
    "praktijkcijfers/<uuid:public_id>/": Address(OWN_DELIVERY, 200, 422),
    "praktijkcijfers/<uuid:public_id>/intrekken/": pressed(OWN_DELIVERY),
    # The profile of the wijk
    **{PROFILE + part: Address(OPEN_WIJK) for part in ("", "versies/", "cijfer/<slug:indicator>/")},
    **{PROFILE + f"versie/<int:number>/{part}": Address(OPEN_WIJK) for part in ("", "a4/", "cijfers.csv")},
    PROFILE + "cijfer/<slug:indicator>/verhaal/": pressed(TELLS, 422),
    PROFILE + "nakijken/": pressed(TELLS, 200),
    PROFILE + "verhalen/": Address(MODERATES),
    **{DRAFT + part: Address(COMPOSES) for part in ("", "bekijken/")},
    **{
        DRAFT + part: pressed(COMPOSES)
        for part in ("kies/", "weg/", "verplaats/", "groep/", "groep/naam/", "groep/verplaats/", "publiceer/")
    },
    **{f"verhaal/<uuid:public_id>/{part}/": pressed(JUDGES) for part in ("toon", "verberg", "ongedaan")},
    "verhaal/<uuid:public_id>/weg/": pressed(WRITER),
    **{f"profielscherm/<str:token>/{part}": Address(OPEN) for part in ("", "<slug:indicator>/")},
    # Links that open one thing: whoever holds them
    "mijn-plan/<str:token>/": Address(OPEN, 200, 200),
    "mijn-plan/<str:token>/einde/": pressed(OPEN, 422),
    "afmelden/<str:token>/": Address(OPEN, 200, 200),
    "scherm/<str:token>/": Address(OPEN),
    "m/<str:token>/": Address(DOOR, 200, 422),
    "doe-mee/": Address(OPEN, 200, 422),
    "doe-mee/<str:code>/": Address(DOOR, 200, 422),
    "terug/": Address(OPEN, 200, 422),
    "nood/<str:token>/": Address(OPEN, 200, 302),
    # The phone
    PHONE: Address(PARTICIPANT),
    PHONE + "stap/<uuid:step_id>/<slug:take>/": pressed(PARTICIPANT),
    PHONE + "tafel/": Address(PARTICIPANT, 200, 422),
    PHONE + "schrijven/": pressed(PARTICIPANT),
    PHONE + "wens/": Address(PARTICIPANT, 200, 302),
    PHONE + "kennen/": Address(PARTICIPANT, 200, 302),
    PHONE + "weg/": pressed(PARTICIPANT),
    PHONE + "jouw/": Address(PARTICIPANT),
    PHONE + "jouw/a4/": Address(PARTICIPANT),
    PHONE + "bewijs/": Address(NOBODY, 404),  # only after the meeting; see below
    # The report
    PHONE + "verslag/": Address(WAS_THERE),
    PHONE + "verslag/a4/": Address(WAS_THERE),
    PHONE + "verslag/gegevens.csv": Address(REPORTS),
    PHONE + "verslag/gegevens.xlsx": Address(REPORTS),
    PHONE + "nieuwsbericht/": Address(REPORTS),
    PHONE + "nieuwsbericht/nieuwsbericht.odt": Address(REPORTS),
    # The console
    CONSOLE: Address(RUNS),
    **{CONSOLE + part: pressed(RUNS) for part in PRESSED_BY_WHO_RUNS.split()},
    CONSOLE + "zaal-testen/": Address(RUNS, 200, 204),
    CONSOLE + "noodlink/": Address(RUNS, 200, 200),
    CONSOLE + "noodlink/<uuid:link_id>/intrekken/": pressed(RUNS),
    CONSOLE + "samenvoegen/": Address(RUNS, 200, 422),
    CONSOLE + "te-laat/": Address(RUNS),
    CONSOLE + "te-laat/meetellen/": pressed(RUNS, 404),
    CONSOLE + "mensen/": Address(RUNS, 200, 422),
    CONSOLE + "themas/": Address(RUNS, 200, 200),
    CONSOLE + "tafelplan/": Address(RUNS, 200, 422),
    CONSOLE + "tafelplan/advies/": Address(RUNS),
    CONSOLE + "papier/": Address(RUNS),
    CONSOLE + "papier/<int:number>/": Address(RUNS),
    CONSOLE + "papier/<int:number>/<uuid:step_id>/<slug:take>/": pressed(RUNS, 422),
    CONSOLE + "papier/<int:number>/<uuid:step_id>/biljet/": pressed(RUNS, 422),
    **{
        CONSOLE + f"printen/{what}/": Address(RUNS)
        for what in ("poster", "tafelborden", "tafelvellen", "tafellijsten", "kaartjes")
    },
    # Preparing
    "begeleiden/": Address(RUNS_SOMEWHERE),
    "begeleiden/nieuw/": Address(RUNS_SOMEWHERE, 200, 200),
    "begeleiden/draaiboeken/": Address(RUNS_SOMEWHERE),
    "begeleiden/draaiboeken/<slug:slug>/kopie/": pressed(RUNS_SOMEWHERE),
    "begeleiden/draaiboeken/<uuid:template_id>/naam/": pressed(RUNS),
    "begeleiden/draaiboeken/<uuid:template_id>/weg/": pressed(RUNS),
    SCRIPT: Address(RUNS),
    SCRIPT + "gegevens/": pressed(RUNS, 422),
    SCRIPT + "erbij/": pressed(RUNS, 422),
    SCRIPT + "bewaren/": pressed(RUNS, 422),
    SCRIPT + "<uuid:step_id>/": Address(RUNS, 200, 422),
    SCRIPT + "<uuid:step_id>/weg/": pressed(RUNS),
    SCRIPT + "<uuid:step_id>/eerder/": pressed(RUNS),
    SCRIPT + "<uuid:step_id>/later/": pressed(RUNS),
    CONSOLE + "voorbereiding/<int:number>/": pressed(RUNS),
    CONSOLE + "ambassadeurs/": Address(RUNS, 200, 200),
    CONSOLE + "ambassadeurs/<uuid:ambassador_id>/weg/": pressed(RUNS),
    CONSOLE + "ambassadeurs/<uuid:ambassador_id>/wie/": pressed(RUNS),
    CONSOLE + "ambassadeurs/<uuid:ambassador_id>/gebeld/": pressed(RUNS),
    # The region
    "regio/voorstellen/": Address(REGION),
    "regio/voorstellen/<uuid:proposal_id>/antwoord/": pressed(REGION, 422),
    # One's own account
    "account/": Address(ACCOUNT, 200, 422),
    "account/gegevens.json": Address(ACCOUNT),
    "account/vergeet-mij/": Address(ACCOUNT, 200, 422),
    "account/inloggen/": Address(SIGNING_IN, 200, 200),
    "account/inloggen/code/": Address(OPEN, 302, 302),  # nobody asked for a code
    "account/uitloggen/": Address(SIGNING_OUT, 200, 302),
    "account/gesloten/": Address(OPEN),
    "account/beveiliging/": Address(ACCOUNT),
    "account/beveiliging/bevestigen/": Address(OPEN, 302, 302),  # nobody is halfway signing in
    "account/beveiliging/opnieuw/": Address(ACCOUNT, 403, 403),  # nobody here has a second factor
    "account/beveiliging/app/aan/": Address(ACCOUNT, 200, 200),
    "account/beveiliging/app/uit/": Address(ACCOUNT, 404, 404),
    "account/beveiliging/codes/": Address(ACCOUNT, 404),
    "account/beveiliging/codes/nieuw/": Address(ACCOUNT, 200, 200),
    "account/beveiliging/codes/bewaren/": Address(ACCOUNT, 404),
    **{
        f"account/niet/account_{name}/": Address(NOBODY, 404, 404)
        for name in (
            "signup",
            "request_login_code",
            "reauthenticate",
            "email",
            "email_verification_sent",
            "reset_password",
            "change_password",
            "set_password",
        )
    },
    # The demo, on one machine
    "demo/deur/<slug:slug>/": pressed(OPEN),
    "demo/sleutel/<slug:slug>/<slug:key>/": Address(OPEN, 403, 403),
    "demo/postvak/": Address(OPEN),
    "demo/postvak/<uuid:public_id>/": Address(OPEN),
    "demo/bijlage/<uuid:public_id>/": Address(OPEN),
    "demo/avond/": Address(OPEN),
}


def in_the_office(route: str) -> bool:
    """/beheer/ is Django's admin behind one door, which is tried for every page of it."""
    return route.startswith("beheer/")


def table() -> dict[str, str]:
    return {route: name for name, route in addresses()}


@pytest.fixture(scope="module")
def everybody(django_db_setup, django_db_blocker):
    """One world for the whole module: each visit is taken back."""
    with django_db_blocker.unblock(), undone():
        yield Everybody.in_place()


def outcome(response: HttpResponse) -> Expected:
    asks = response.status_code == 302 and response.headers["Location"].startswith("/account/inloggen/?next=")
    return LOGIN if asks else response.status_code


def visit(everybody: Everybody, role: str, method: str, path: str) -> Expected:
    with undone():
        return outcome(getattr(everybody.browser(role), method)(path))


def test_every_address_has_its_row():
    known = {*ADDRESSES, *ELSEWHERE}
    unlisted = {route for route in table() if not in_the_office(route)} - known
    gone = known - set(table())
    assert not unlisted, f"who may come here? {sorted(unlisted)}"
    assert not gone, f"no longer an address: {sorted(gone)}"


AS_A_PAGE = "?scherm"
"""What is printed comes as a page then, for making PDFs takes long and changes nothing about who may have them."""
ELSEWHERE = {"demo/avond/spelen/", "demo/avond/opnieuw/"}
"""A whole evening begins here, or all begins again; who may press is tried in tests/demo."""


def test_every_role_of_the_product_walks_along():
    given = {role.slug for role in PRODUCT_ROLES}
    walked = {"anonymous": "visitor", "guest": "participant", "adviser": "region_adviser"}
    assert given == {walked.get(role, role) for role in ROLES if role not in ("stranger", "resident")}


@pytest.mark.parametrize("route", ADDRESSES)
def test_who_may_come_here(everybody: Everybody, settings: Any, route: str):
    settings.DEMO, settings.ROOT_URLCONF = True, "tests.demo_urls"
    address, name = ADDRESSES[route], table()[route]
    places: list[tuple[str, Place]] = [("own", everybody.own)]
    if "<" in route:
        places.append(("other", everybody.other))
    wrong = []
    for place, what in places:
        for role in ROLES:
            expected = getattr(address.rule, place)[role]
            for method, status in (("get", address.get), ("post", address.post)):
                if status is None:
                    continue
                wanted = status if expected == OK else expected
                if (got := visit(everybody, role, method, what.path(name, route) + AS_A_PAGE)) != wanted:
                    wrong.append(f"{role} in the {place} wijk: {method} gives {got}, not {wanted}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("route", [route for route, address in ADDRESSES.items() if None in address])
def test_what_is_not_offered_does_nothing(everybody: Everybody, settings: Any, route: str):
    """Looking at a button's address, or pressing on a page without a form."""
    settings.DEMO, settings.ROOT_URLCONF = True, "tests.demo_urls"
    address, path = ADDRESSES[route], everybody.own.path(table()[route], route)
    let_in = {role for role, what in address.rule.own.items() if what in (OK, ONWARDS)}
    allowed = [role for role in ("coordinator", "guest", "adviser", "practice") if role in let_in]
    role = allowed[0] if allowed else "anonymous"
    assert visit(everybody, role, "get" if address.get is None else "post", path) in (404, 405)


def test_only_the_administrator_comes_into_the_office(everybody: Everybody):
    for name, route in addresses():
        if in_the_office(route) and "<" not in route and "(" not in route:
            for role in ROLES:
                expected = OFFICE.own[role]
                got = visit(everybody, role, "get", f"/{route}")
                let_in = (
                    got in (200, 302, 403, 405) or name == "beheer:login"
                )  # which sends everybody to the one way in
                assert let_in if expected == OK else got in (expected, LOGIN), (role, name)


def test_the_proof_of_attendance_is_there_after_the_meeting_for_who_was_there(everybody: Everybody):
    route = PHONE + "bewijs/"
    with undone():
        Meeting.objects.filter(pk=everybody.own.meeting.pk).update(status="ended", ended_at=timezone.now())
        seen = {role: visit(everybody, role, "get", everybody.own.path("", route) + AS_A_PAGE) for role in ROLES}
    assert seen == {**dict.fromkeys(ROLES, HIDDEN), "guest": 200}


def test_another_wijk_looks_like_one_that_does_not_exist(everybody: Everybody):
    """Word for word the same answer, so that nobody learns from it that a meeting is there."""
    client = everybody.browser("coordinator")
    for page in ("begeleiden/{}/", "bijeenkomst/{}/verslag/", "bijeenkomst/{}/"):
        there, nowhere = (page.format(one) for one in (everybody.other.meeting.public_id, uuid4()))
        answers = [client.get(f"/{path}") for path in (there, nowhere)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert without_changing_parts(answers[0], there) == without_changing_parts(answers[1], nowhere)


def without_changing_parts(response: HttpResponse, path: str) -> str:
    page = response.content.decode().replace(path, "")
    return re.sub(r'value="[^"]{20,}"|[0-9a-f]{8}-[0-9a-f-]{27}', "", page)


def test_who_was_taken_away_the_role_comes_in_no_more(everybody: Everybody):
    path = everybody.own.path("meetings:console", CONSOLE)
    with undone():
        assert visit(everybody, "facilitator", "get", path) == 200
        Membership.objects.filter(person__user=everybody.users["facilitator"]).delete()
        assert visit(everybody, "facilitator", "get", path) == 404


def test_a_closed_account_comes_in_nowhere(everybody: Everybody):
    with undone():
        User.objects.filter(pk=everybody.users["facilitator"].pk).update(is_active=False)
        assert visit(everybody, "facilitator", "get", everybody.own.path("", CONSOLE)) == LOGIN

"""What roles may carry, and the roles that every installation starts with: PRODUCT.md's table as data."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

BELONG = "belong"
HOST_TABLE = "host_table"
FACILITATE = "facilitate"
COORDINATE = "coordinate"
SEE_REPORTS = "see_reports"
OWN_FIGURES = "own_figures"
ADVISER = "adviser"
ADMINISTER = "administer"

RIGHTS: dict[str, str] = {
    BELONG: "works in the wijk: sees its people, plans and meetings",
    HOST_TABLE: "leads the talk at a table of a meeting",
    FACILITATE: "prepares and runs meetings, sees all their contributions, hides what should not stand",
    COORDINATE: "runs the wijk: members, meetings, follow-up",
    SEE_REPORTS: "reads the reports of the wijk",
    OWN_FIGURES: "uploads, approves and withdraws the figures of the own practice",
    ADVISER: "supports wijken of a region: templates and whatever a wijk opened",
    ADMINISTER: "installs, configures, backs up; carries no right to content",
}

INSTALLATION, REGION, WIJK, MEETING = "installation", "region", "wijk", "meeting"


class ShippedRole(NamedTuple):
    slug: str
    title: Promise
    scope: str
    rights: tuple[str, ...]
    by_membership: bool = True


ROLES = (
    ShippedRole("visitor", _("bezoeker"), INSTALLATION, (), by_membership=False),
    ShippedRole("participant", _("deelnemer"), MEETING, (), by_membership=False),
    ShippedRole("member", _("lid"), WIJK, (BELONG,)),
    ShippedRole("table_host", _("tafelgastheer"), WIJK, (BELONG, HOST_TABLE)),
    ShippedRole("facilitator", _("begeleider"), WIJK, (BELONG, HOST_TABLE, FACILITATE, SEE_REPORTS)),
    ShippedRole("coordinator", _("wijkcoördinator"), WIJK, (BELONG, HOST_TABLE, FACILITATE, COORDINATE, SEE_REPORTS)),
    ShippedRole("board_member", _("lid van het wijkbestuur"), WIJK, (BELONG, SEE_REPORTS)),
    ShippedRole("practice", _("huisartsenpraktijk"), WIJK, (BELONG, OWN_FIGURES)),
    ShippedRole("region_adviser", _("regioadviseur"), REGION, (ADVISER,)),
    ShippedRole("administrator", _("beheerder"), INSTALLATION, (ADMINISTER,)),
)


def role_title(slug: str) -> str:
    return next((str(role.title) for role in ROLES if role.slug == slug), slug)

"""The pages of a profile ask the database little, and no more with many figures and stories than with one."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samenwijk.demo.profile import CHOSEN
from samenwijk.figures.models import Profile, Story

pytestmark = pytest.mark.django_db
MOST = 12
MOST_OF_A_DRAFT = 16
"""Reading the sources anew asks more than reading what was published."""
ONE = [choice for choice in CHOSEN if choice[0] in ("aandeel-een-persoon", "huisarts-elan-ernstig-overgewicht")]
PAGES = {
    "profile": ("coordinator", []),
    "profile_figure": ("coordinator", ["aandeel-een-persoon"]),
    "profile_print": ("coordinator", [1]),
    "profile_csv": ("coordinator", [1]),
    "profile_versions": ("coordinator", []),
    "profile_draft": ("adviser", []),
    "profile_preview": ("adviser", []),
    "profile_stories": ("facilitator", []),
}


def queries(browser, address):
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)


def profile_with(cast, figures, stories):
    Profile.objects.filter(wijk=cast.wijk).delete()
    Story.objects.all().delete()
    profile = Profile.of(cast.wijk)
    for indicator, group in figures:
        profile.choose(indicator, group)
    profile.publish(by=cast.adviser)
    for number in range(stories):
        told = Story.tell(wijk=cast.wijk, indicator=ONE[0][0], text=f"{number}", by=cast.gp, key=uuid.uuid4())
        told.show(by=cast.facilitator)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_little_and_no_more_with_many(cast, as_user, name):
    who, more = PAGES[name]
    browser = as_user(getattr(cast, who))
    address = reverse(f"home:{name}", args=[cast.wijk.slug, *more]) + "?scherm"
    counts = []
    for figures, stories in ((ONE, 1), ([*CHOSEN[1:], ("huisarts-elan-eenzaamheid", "Bij de huisarts")], 40)):
        profile_with(cast, figures, stories)
        counts.append(queries(browser, address))
    assert counts[1] <= counts[0]
    assert max(counts) <= (MOST_OF_A_DRAFT if name in ("profile_draft", "profile_preview") else MOST), counts

"""The health profile of a wijk: what somebody is choosing now (the draft), and the versions that were published."""

from __future__ import annotations

import hashlib
import json
import secrets
import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from samenwijk.journal.models import Entry
from samenwijk.people.models import Person, User, Viewer, wijken_of
from samenwijk.people.rights import ADVISER, COORDINATE, FACILITATE
from samenwijk.places.models import Wijk, WijkQuerySet

if TYPE_CHECKING:
    from samenwijk.figures.frozen import FrozenFigure, ProfileFigure

MOST = 12
LONGEST_GROUP = 60


class NotPossible(Exception):
    """Something cannot be done with a profile. The sentence says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Choice:
    """An indicator of the draft and the heading under which it stands."""

    indicator: str
    group: str


def token() -> str:
    return secrets.token_urlsafe(32)


def wijken_with_a_profile_for(user: Viewer) -> WijkQuerySet:
    """Wijken whose profile this person may read: those where they work, and those of the regions they support."""
    if not isinstance(user, User):
        return Wijk.objects.none()
    return Wijk.objects.filter(Q(pk__in=wijken_of(user)) | Q(region__in=user.regions()))


def readable_wijken(user: Viewer) -> WijkQuerySet:
    """The same, with what wijken opened to everybody."""
    return Wijk.objects.filter(Q(is_open=True) | Q(pk__in=wijken_with_a_profile_for(user)))


class ProfileQuerySet(models.QuerySet["Profile"]):
    def with_token(self, token: str) -> Self:
        """The profile whose projector pages have this address: whoever holds it may look."""
        return self.none() if "\0" in token else self.filter(screen_token=token)

    def visible_to(self, user: Viewer) -> Self:
        return self.filter(wijk__in=readable_wijken(user))


class Profile(models.Model):
    """What a wijk chose to show of itself. The draft changes; a published version never does."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    wijk = models.OneToOneField(Wijk, on_delete=models.CASCADE, related_name="profile")
    draft = models.JSONField(default=list, blank=True)
    screen_token = models.CharField(max_length=43, unique=True, default=token)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ProfileQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.wijk}"

    @classmethod
    def of(cls, wijk: Wijk) -> Profile:
        """The profile of this wijk; an empty one the first time."""
        return cls.objects.get_or_create(wijk=wijk)[0]

    @staticmethod
    def may_be_composed_by(user: Viewer, wijk: Wijk) -> bool:
        """The coordinator of the wijk and the adviser of its region."""
        return user.is_authenticated and (user.may(COORDINATE, wijk) or user.may(ADVISER, wijk))

    @staticmethod
    def may_be_moderated_by(user: Viewer, wijk: Wijk) -> bool:
        """Who shows and hides stories: those who compose, and facilitators."""
        return user.is_authenticated and (user.may(FACILITATE, wijk) or Profile.may_be_composed_by(user, wijk))

    # The draft

    @property
    def choices(self) -> list[Choice]:
        return [Choice(one["indicator"], one["group"]) for one in self.draft]

    @property
    def indicators(self) -> list[str]:
        return [choice.indicator for choice in self.choices]

    @property
    def groups(self) -> list[str]:
        return list(dict.fromkeys(choice.group for choice in self.choices))

    @transaction.atomic
    def choose(self, indicator: str, group: str = "") -> None:
        """Puts an indicator at the end of its group. Choosing it twice is harmless."""
        choices = self._locked()
        if any(choice.indicator == indicator for choice in choices):
            return
        if len(choices) >= MOST:
            raise NotPossible(_("Er staan al %(most)s cijfers in het profiel. Haal er eerst een weg.") % {"most": MOST})
        self._keep([*choices, Choice(indicator, group)])

    @transaction.atomic
    def drop(self, indicator: str) -> None:
        """Takes an indicator out of the draft; published versions keep it."""
        self._keep([choice for choice in self._locked() if choice.indicator != indicator])

    @transaction.atomic
    def put_in_group(self, indicator: str, group: str) -> None:
        """Gives an indicator another heading; it goes to the end of that group."""
        choices = self._locked()
        moved = [replace(choice, group=group) for choice in choices if choice.indicator == indicator]
        if moved and moved[0] not in choices:
            self._keep([*(choice for choice in choices if choice.indicator != indicator), *moved])

    @transaction.atomic
    def rename_group(self, group: str, name: str) -> None:
        """Another heading for all of a group; a name that exists already joins the two."""
        self._keep([replace(choice, group=name) if choice.group == group else choice for choice in self._locked()])

    @transaction.atomic
    def move(self, indicator: str, *, later: bool) -> None:
        """One place earlier or later within its group; at the end of the group nothing changes."""
        choices = self._locked()
        here = next((index for index, choice in enumerate(choices) if choice.indicator == indicator), None)
        if here is None:
            return
        there = here + (1 if later else -1)
        if 0 <= there < len(choices) and choices[there].group == choices[here].group:
            choices[here], choices[there] = choices[there], choices[here]
            self._keep(choices)

    @transaction.atomic
    def move_group(self, group: str, *, later: bool) -> None:
        """A whole group one place earlier or later."""
        choices = self._locked()
        groups = list(dict.fromkeys(choice.group for choice in choices))
        if group not in groups:
            return
        here = groups.index(group)
        there = here + (1 if later else -1)
        if 0 <= there < len(groups):
            groups[here], groups[there] = groups[there], groups[here]
            self._keep([choice for name in groups for choice in choices if choice.group == name])

    def _locked(self) -> list[Choice]:
        """The draft as it is stored now; two people may compose at once."""
        self.draft = Profile.objects.select_for_update().get(pk=self.pk).draft
        return self.choices

    def _keep(self, choices: list[Choice]) -> None:
        """Stores the draft with each group in one piece, in the order in which groups first appear."""
        groups = dict.fromkeys(choice.group for choice in choices)
        self.draft = [
            {"indicator": choice.indicator, "group": choice.group}
            for group in groups
            for choice in choices
            if choice.group == group
        ]
        self.save(update_fields=["draft"])

    # Versions

    @transaction.atomic
    def publish(self, *, by: User) -> ProfileVersion:
        """Freezes the draft as it reads now. Publishing what is published already gives the same version again."""
        from samenwijk.figures.freezing import frozen

        choices = self._locked()
        if not choices:
            raise NotPossible(_("Kies eerst minstens één cijfer."))
        document = ProfileVersion.written(frozen(self.wijk, choices))
        last = self.versions.order_by("number").last()
        if last is not None and last.document == document:
            return last
        version = ProfileVersion.objects.create(
            profile=self, number=last.number + 1 if last else 1, document=document, published_by=by.known_person
        )
        Entry.record(
            "profile.published", about=version, by=by, wijk=self.wijk, version=version.number, figures=len(choices)
        )
        return version


class ProfileVersionQuerySet(models.QuerySet["ProfileVersion"]):
    def visible_to(self, user: Viewer) -> Self:
        return self.filter(profile__wijk__in=readable_wijken(user))

    def newest_of(self, wijk: Wijk) -> ProfileVersion | None:
        return self.filter(profile__wijk=wijk).select_related("profile").order_by("number").last()


class ProfileVersion(models.Model):
    """A published profile: all its figures as they were then, in one text that never changes."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    document = models.TextField()
    published_at = models.DateTimeField(default=timezone.now, editable=False)
    published_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = ProfileVersionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "number"], name="a_version_of_a_profile_has_its_own_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="versions_are_counted_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.profile} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Written once."""
        if self.pk is not None:
            raise NotPossible(_("Een gepubliceerde versie verandert niet. Maak een nieuwe versie."))
        super().save(*args, **kwargs)

    @staticmethod
    def written(document: dict[str, Any]) -> str:
        """Always the same text for the same content."""
        return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def digest(self) -> str:
        """A short mark of the content, by which two copies can be compared."""
        return hashlib.sha256(self.document.encode()).hexdigest()[:12]

    @property
    def all_figures(self) -> tuple[ProfileFigure, ...]:
        """In the order of the profile, those of practices among them by name only."""
        from samenwijk.figures.frozen import figures_in

        return figures_in(self.document)

    @property
    def figures(self) -> tuple[FrozenFigure, ...]:
        """Those of which the version keeps the numbers."""
        from samenwijk.figures.frozen import frozen_in

        return frozen_in(self.document)

    def figure(self, indicator: str) -> FrozenFigure | None:
        return next((figure for figure in self.figures if figure.indicator == indicator), None)

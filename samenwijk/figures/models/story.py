"""The stories behind a figure: what people in the wijk see for themselves. They start closed."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenwijk.figures.models.profile import Profile, readable_wijken, wijken_with_a_profile_for
from samenwijk.journal.models import Entry
from samenwijk.people.disciplines import RESIDENTS
from samenwijk.people.models import Person, User, Viewer, wijken_of
from samenwijk.places.models import Wijk

LONGEST = 500


class StoryQuerySet(models.QuerySet["Story"]):
    def visible_to(self, user: Viewer) -> Self:
        """What is shown of wijken whose profile this person may read, all of it for who moderates, and one's own."""
        wijken = [wijk for wijk in wijken_with_a_profile_for(user) if Profile.may_be_moderated_by(user, wijk)]
        own = user.known_person if isinstance(user, User) else None
        mine = Q(author=own, wijk__in=wijken_of(user)) if own else Q(pk__in=[])
        shown = Q(status=Story.Status.SHOWN, wijk__in=readable_wijken(user))
        return self.filter(shown | mine | Q(wijk__in=wijken))

    def shown(self) -> Self:
        return self.filter(status=Story.Status.SHOWN)

    def waiting(self) -> Self:
        return self.filter(status=Story.Status.WAITING)


class Story(models.Model):
    """At most 500 characters about one figure of a wijk, without persons in it. Its writer stays unnamed."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("wacht")
        SHOWN = "shown", _("te lezen")
        HIDDEN = "hidden", _("verborgen")

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    wijk = models.ForeignKey(Wijk, on_delete=models.CASCADE, related_name="stories")
    indicator = models.SlugField(max_length=120)
    text = models.CharField(max_length=LONGEST)
    by_resident = models.BooleanField(default=False)
    author = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="stories")
    key = models.UUIDField(default=uuid.uuid4)
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    before = models.CharField(max_length=8, choices=Status, blank=True)
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = StoryQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-id"]
        indexes = [models.Index(fields=["wijk", "status"], name="stories_of_a_wijk")]
        constraints = [
            models.UniqueConstraint(fields=["author", "key"], name="a_story_is_sent_once"),
            models.CheckConstraint(condition=~Q(text=""), name="a_story_has_words"),
        ]
        verbose_name = _("verhaal achter het cijfer")
        verbose_name_plural = _("verhalen achter de cijfers")

    def __str__(self) -> str:
        return self.indicator

    @classmethod
    @transaction.atomic
    def tell(cls, *, wijk: Wijk, indicator: str, text: str, by: User, key: uuid.UUID) -> Story:
        """Writes a story down; it waits until somebody shows it. The same key again gives the same story."""
        person = by.known_person
        story, is_new = cls.objects.get_or_create(
            author=person,
            key=key,
            defaults={
                "wijk": wijk,
                "indicator": indicator,
                "text": text,
                "by_resident": bool(person and person.discipline in RESIDENTS),
            },
        )
        if is_new:
            Entry.record("story.told", about=story, by=by, wijk=wijk, indicator=indicator)
        return story

    def is_by(self, user: User) -> bool:
        return self.author is not None and user.is_person(self.author)

    def show(self, *, by: User) -> None:
        """Lets everybody who may read the profile read it."""
        self._becomes(Story.Status.SHOWN, by=by)

    def hide(self, *, by: User) -> None:
        """Takes it away from everybody but its writer and who moderates."""
        self._becomes(Story.Status.HIDDEN, by=by)

    def undo(self, *, by: User) -> None:
        """Back to what it was before the last decision."""
        if self.before:
            self._becomes(Story.Status(self.before), by=by)

    @transaction.atomic
    def take_back(self, *, by: User) -> None:
        """Its writer takes it away for good."""
        if Story.objects.filter(pk=self.pk).delete()[0]:
            Entry.record("story.taken_back", about=self, by=by, wijk=self.wijk)

    @transaction.atomic
    def _becomes(self, status: Status, *, by: User) -> None:
        # Two people may decide at once: each decision counts once, the last one stands.
        changed = Story.objects.filter(pk=self.pk).exclude(status=status)
        if changed.update(before=models.F("status"), status=status):
            Entry.record(f"story.{status}", about=self, by=by, wijk=self.wijk)
        self.refresh_from_db()


def told_by(person: Person) -> list[dict[str, Any]]:
    """What we hold of somebody's stories, to take along."""
    return [
        {"cijfer": story.indicator, "verhaal": story.text, "wanneer": story.written_at.isoformat()}
        for story in Story.objects.filter(author=person)
    ]

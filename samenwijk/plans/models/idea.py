from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from samenwijk.journal.models import Entry
from samenwijk.people.models import Viewer, wijken_of
from samenwijk.places.models import Wijk
from samenwijk.plans.models.theme import Theme


class AuthorKind(models.TextChoices):
    PARTICIPANT = "participant"
    TABLE = "table"
    PAPER = "paper"
    FACILITATOR = "facilitator"
    PERSON = "person"


@dataclass(frozen=True)
class Author:
    """Who wrote something, without a foreign key: most authors never have an account."""

    kind: str
    public_id: uuid.UUID


class IdeaQuerySet(models.QuerySet["Idea"]):
    def visible_to(self, user: Viewer) -> Self:
        return self.filter(wijk__in=wijken_of(user))

    def shown(self) -> Self:
        return self.filter(hidden_at=None, withdrawn_at=None)

    def on_the_board(self) -> Self:
        """Shown and not merged into another: what people see and vote on."""
        return self.shown().filter(merged_into=None)


class Idea(models.Model):
    """Something people want to do about a theme. Ideas are never overwritten: a merge keeps its parents."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    wijk = models.ForeignKey(Wijk, on_delete=models.CASCADE, related_name="ideas")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="ideas")
    title = models.CharField(max_length=200)
    what = models.TextField(max_length=1000, blank=True)
    author_kind = models.CharField(max_length=12, choices=AuthorKind.choices)
    author_id = models.UUIDField()
    key = models.UUIDField()
    from_paper = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="parents")
    hidden_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = IdeaQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["author_id", "key"], name="idea_is_sent_once_by_its_author"),
            models.CheckConstraint(condition=~models.Q(title=""), name="idea_has_a_title"),
        ]
        indexes = [models.Index(fields=["wijk", "theme", "created_at"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None

    @property
    def author(self) -> Author:
        return Author(self.author_kind, self.author_id)

    def hide(self, *, by: Any) -> None:
        """Takes it off every screen at once; nothing is lost."""
        if Idea.objects.filter(pk=self.pk, hidden_at=None).update(hidden_at=timezone.now()):
            Entry.record("idea.hidden", about=self, wijk=self.wijk, by=by)
        self.refresh_from_db(fields=["hidden_at"])

    def restore(self, *, by: Any) -> None:
        if Idea.objects.filter(pk=self.pk, hidden_at__isnull=False).update(hidden_at=None):
            Entry.record("idea.restored", about=self, wijk=self.wijk, by=by)
        self.refresh_from_db(fields=["hidden_at"])

    def withdraw(self, *, by: Any) -> None:
        """Its author takes it back: it counts nowhere any more."""
        if Idea.objects.filter(pk=self.pk, withdrawn_at=None).update(withdrawn_at=timezone.now()):
            Entry.record("idea.withdrawn", about=self, wijk=self.wijk, by=by)
        self.refresh_from_db(fields=["withdrawn_at"])

    def reword(self, *, title: str, what: str) -> None:
        Idea.objects.filter(pk=self.pk).update(title=title, what=what)
        self.refresh_from_db(fields=["title", "what"])

    def family(self, *following: str) -> list[Idea]:
        """This idea and everything that was merged into it, oldest first; each with the relations named.

        Two generations a query: most families have no more.
        """
        ideas = Idea.objects.select_related(*following) if following else Idea.objects.all()
        found = {idea.pk: idea for idea in ideas.filter(Q(pk=self.pk) | Q(merged_into=self))}
        youngest = set(found) - {self.pk}
        while youngest:
            parents = ideas.filter(Q(merged_into__in=youngest) | Q(merged_into__merged_into__in=youngest))
            layer = {idea.pk: idea for idea in parents}
            youngest = {pk for pk, idea in layer.items() if idea.merged_into_id not in youngest}
            found |= layer
        return sorted(found.values(), key=lambda idea: (idea.created_at, idea.pk))


class Merge(models.Model):
    """Two or more ideas put together by a facilitator: a new idea whose parents and authors stay traceable."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    result = models.OneToOneField(Idea, on_delete=models.CASCADE, related_name="merge")
    parents = models.ManyToManyField(Idea, related_name="merges")
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"merge {self.public_id}"

    @classmethod
    @transaction.atomic
    def together(
        cls, ideas: Iterable[Idea], *, title: str, what: str, author: Author, key: uuid.UUID, by: Any
    ) -> Merge:
        """Puts ideas together. The same key twice gives the same merge; ideas that were merged already are left out."""
        if existing := cls.objects.filter(result__author_id=author.public_id, result__key=key).first():
            return existing
        parents = list(
            Idea.objects.on_the_board().filter(pk__in=[idea.pk for idea in ideas]).order_by("created_at", "pk")
        )
        if len(parents) < 2:
            raise TooFewToMerge
        result = Idea.objects.create(
            wijk=parents[0].wijk,
            theme=parents[0].theme,
            title=title or parents[0].title,
            what=what or "\n".join(idea.what for idea in parents if idea.what)[:1000],
            author_kind=author.kind,
            author_id=author.public_id,
            key=key,
        )
        merge = cls.objects.create(result=result)
        merge.parents.set(parents)
        Idea.objects.filter(pk__in=[idea.pk for idea in parents]).update(merged_into=result)
        Entry.record("ideas.merged", about=result, wijk=result.wijk, by=by, parents=len(parents))
        return merge

    @transaction.atomic
    def undo(self, *, by: Any) -> None:
        """The parents come back as they were; the merged idea is withdrawn."""
        now = timezone.now()
        if not Merge.objects.filter(pk=self.pk, undone_at=None).update(undone_at=now):
            return
        Idea.objects.filter(merged_into=self.result).update(merged_into=None)
        Idea.objects.filter(pk=self.result_id).update(withdrawn_at=now)
        Entry.record("merge.undone", about=self.result, wijk=self.result.wijk, by=by)


class TooFewToMerge(ValueError):
    """Fewer than two ideas that are still on the board."""

"""The journal: an append-only outbox of what happened. It holds no names and no free text."""

import re
from typing import Any, ClassVar, Protocol, Self
from uuid import UUID, uuid4

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenwijk.journal import kinds, recorded, settling
from samenwijk.places.models import Wijk

SLUG = re.compile(r"[\w.:-]{0,80}")
SYSTEM = "system"


class Named(Protocol):
    """Anything that can be pointed at: a row with a public id."""

    public_id: Any
    _meta: ClassVar[Any]


def kind_of(thing: Named) -> str:
    return str(thing._meta.model_name)


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, thing: Named) -> Self:
        return self.filter(subject_kind=kind_of(thing), subject_id=thing.public_id)

    def of_kind(self, *wanted: str) -> Self:
        return self.filter(kind__in=wanted)


class Entry(models.Model):
    """One thing that happened: its kind, who did it, to what, in which wijk, when, with numbers or slugs."""

    public_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=60)
    actor_kind = models.CharField(max_length=30, default=SYSTEM)
    actor_id = models.UUIDField(null=True)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    wijk = models.ForeignKey(Wijk, on_delete=models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    facts = models.JSONField(default=dict)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="journal_by_subject"),
            models.Index(fields=["wijk", "at"], name="journal_by_wijk"),
        ]
        verbose_name = _("gebeurtenis")
        verbose_name_plural = _("gebeurtenissen")

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_kind} {self.subject_id}"

    @classmethod
    def record(
        cls, kind: str, *, about: Named, by: Named | None = None, wijk: Wijk | None = None, **facts: Any
    ) -> "Entry":
        """Write down what happened, in the transaction that does it; readers hear of it after commit."""
        kinds.check(kind)
        check_facts(facts)
        with transaction.atomic():
            settling.hold()
            entry = cls.objects.create(
                kind=kind,
                actor_kind=kind_of(by) if by is not None else SYSTEM,
                actor_id=by.public_id if by is not None else None,
                subject_kind=kind_of(about),
                subject_id=about.public_id,
                wijk=wijk,
                facts={name: str(fact) if isinstance(fact, UUID) else fact for name, fact in facts.items()},
            )
            transaction.on_commit(lambda: recorded.send_robust(sender=cls, entry=entry))
        return entry


def check_facts(facts: dict[str, Any]) -> None:
    """Facts are numbers, yes or no, public ids, slugs, or lists of these: never a name or a text."""
    for name, fact in facts.items():
        for part in fact if isinstance(fact, list | tuple) else [fact]:
            if isinstance(part, str) and not SLUG.fullmatch(part):
                raise ValueError(f"The journal takes no free text, and the fact {name!r} is one.")
            if not isinstance(part, str | int | float | UUID | None):
                raise TypeError(f"The journal takes numbers and slugs, and the fact {name!r} is neither.")


class Cursor(models.Model):
    """How far a reader has read."""

    reader = models.SlugField(unique=True)
    last_id = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("leeswijzer")
        verbose_name_plural = _("leeswijzers")

    def __str__(self) -> str:
        return f"{self.reader} {self.last_id}"

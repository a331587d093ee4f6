"""Which mail follows from what happened: reads the journal with a cursor of its own, so nothing is missed.

@on("action.taken_on")
def tell_the_owner(entry: Entry) -> None: ...
"""

import logging
from collections.abc import Callable

from django.db import DatabaseError, transaction

from samenwijk.journal.catching_up import catch_up
from samenwijk.journal.models import Entry

Handler = Callable[[Entry], object]
log = logging.getLogger(__name__)


class Reader:
    """Somebody who reads the journal, and what they do with which kind of entry."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._handlers: dict[str, list[Handler]] = {}

    def on(self, *kinds: str) -> Callable[[Handler], Handler]:
        def register(handler: Handler) -> Handler:
            for kind in kinds:
                self._handlers.setdefault(kind, []).append(handler)
            return handler

        return register

    def read(self) -> int:
        """Handle what happened since last time; the number of entries read."""
        return catch_up(self.name, self._handle, kinds=self._handlers)

    def _handle(self, entry: Entry) -> None:
        """A handler that fails is logged and passed over: one odd entry must not hold up everybody's mail.

        A database that is away or busy is something else: then the reader stops here and comes back.
        """
        for handler in self._handlers.get(entry.kind, ()):
            try:
                with transaction.atomic():
                    handler(entry)
            except DatabaseError:
                raise
            except Exception:
                log.exception("No mail came of journal entry %s (%s)", entry.public_id, entry.kind)


mail = Reader("mail")
on = mail.on


def read_journal() -> int:
    return mail.read()

"""Log lines that can be read by anybody who runs the server: no secrets of addresses, no mail addresses, no texts."""

import logging
import re
import traceback
from types import TracebackType
from typing import Any

from django.db import OperationalError

SECRETS = re.compile(r"(/(?:m|nood|scherm|profielscherm|mijn-plan|afmelden|doe-mee|live|sleutel/[\w-]+)/)[^/\s\"']+")
QUERIES = re.compile(r"\?[^\s\"']+")
ADDRESSES = re.compile(r"(?<![^\s<>\"'(=])[^\s<>\"'(=]+@[^\s<>\"')]+")
"""Begins where a word begins: tried from every sign of a long address it would keep the server busy for minutes."""


def discreet(line: str) -> str:
    """The line with a dot-dot-dot where a link would open something or somebody could be recognised."""
    return ADDRESSES.sub("…", QUERIES.sub("?…", SECRETS.sub(r"\1…", line)))


class Discreet(logging.Formatter):
    """Says what went wrong and where in the code, not what an error quotes: that may be what somebody typed."""

    def format(self, record: logging.LogRecord) -> str:
        return discreet(super().format(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name of the standard library
        _kind, error, where = ei
        lines = self._lines(error, where)
        while error is not None and (error := error.__cause__ or error.__context__) is not None:
            lines = [*self._lines(error, error.__traceback__), "which led to:\n", *lines]
        return "".join(lines).rstrip()

    @staticmethod
    def _lines(error: BaseException | None, where: TracebackType | None) -> list[str]:
        return [*traceback.format_tb(where), f"{_name(error)}\n"]


def _name(error: BaseException | None) -> str:
    """The kind of error, and its words where they are the database's about itself: locked, full, a deadlock."""
    if error is None:
        return "error"
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    words, _newline, _details = str(error).partition("\n")
    return f"{kind}: {words}" if isinstance(error, OperationalError) and words else kind

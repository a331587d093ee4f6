"""Log lines that can be read by anybody who runs the server: no secrets of addresses, no mail addresses, no texts."""

import logging
import re
import traceback
from types import TracebackType
from typing import Any

SECRETS = re.compile(r"(/(?:m|scherm|mijn-plan|afmelden|doe-mee|live|sleutel/[\w-]+)/)[^/\s\"']+")
QUERIES = re.compile(r"\?[^\s\"']+")
ADDRESSES = re.compile(r"[^\s<>\"'(=]+@[^\s<>\"')]+")


def discreet(line: str) -> str:
    """The line with a dot-dot-dot where a link would open something or somebody could be recognised."""
    return ADDRESSES.sub("…", QUERIES.sub("?…", SECRETS.sub(r"\1…", line)))


class Discreet(logging.Formatter):
    """Says what went wrong and where in the code, not what an error quotes: that may be what somebody typed."""

    def format(self, record: logging.LogRecord) -> str:
        return discreet(super().format(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name of the standard library
        kind, error, where = ei
        lines = self._lines(kind, where)
        while error is not None and (error := error.__cause__ or error.__context__) is not None:
            lines = [*self._lines(type(error), error.__traceback__), "which led to:\n", *lines]
        return "".join(lines).rstrip()

    @staticmethod
    def _lines(kind: type[BaseException] | None, where: TracebackType | None) -> list[str]:
        name = f"{kind.__module__}.{kind.__qualname__}" if kind else "error"
        return [*traceback.format_tb(where), f"{name}\n"]

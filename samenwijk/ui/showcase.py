"""Real and extreme content for the page of all components. Invented people only."""

from typing import Any


def showcase() -> dict[str, Any]:
    return {}

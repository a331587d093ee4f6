"""Which things can happen. Apps declare theirs in AppConfig.ready(); docs/journal.md lists them all."""

_declared: dict[str, str] = {}


class UnknownKind(ValueError):
    """Somebody recorded a kind of entry that no app declared."""


def declare(kinds: dict[str, str]) -> None:
    """Make kinds known: `{"idea.added": "Somebody added an idea."}`; English, for the documentation."""
    for kind, description in kinds.items():
        if _declared.setdefault(kind, description) != description:
            raise ValueError(f"Two apps declare the journal kind {kind!r}.")


def declared() -> dict[str, str]:
    return dict(sorted(_declared.items()))


def check(kind: str) -> None:
    if kind not in _declared:
        raise UnknownKind(f"{kind!r} is not declared; add it to the kinds in its app's AppConfig.ready().")

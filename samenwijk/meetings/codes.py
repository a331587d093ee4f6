"""Codes that people read aloud and tokens that nobody can guess."""

import secrets

# 20 letters and digits that are not mistaken for each other when read aloud or written down. Without vowels: a code
# stands on the projector for a whole evening, and must not spell a word.
ALPHABET = "CDFHJKLMNPRTVWXY3479"


def join_code() -> str:
    """Six characters: 64 million codes, so that guessing finds no meeting."""
    return "".join(secrets.choice(ALPHABET) for _ in range(6))


def long_token() -> str:
    return secrets.token_urlsafe(32)


def tidy(code: str) -> str:
    """What somebody typed, as a code: no spaces or dashes, in capitals, an I or 1 read as the L it must be."""
    kept = "".join(character for character in code.upper() if character.isalnum())
    return kept.replace("I", "L").replace("1", "L")

"""pyvi's rules after the model: where a token that continues a word is nevertheless written apart."""

from __future__ import annotations

import string

_ALWAYS_BEFORE, _ALWAYS_AFTER, _TITLE = 1, 2, 4


def may_join(before: str, token: str) -> bool:
    """Tell whether `token` may be written into the word that `before` belongs to."""
    if stands_alone(token) or stands_alone(before):
        return False
    return starts_title(before) or not starts_title(token)


def stands_alone(token: str) -> bool:
    """Tell whether `token` is a mark, or starts with a digit."""
    # For pyvi this is a search for a substring, and so it is here.
    return token in string.punctuation or token[0].isdigit()


def starts_title(token: str) -> bool:
    """Tell whether the first character of `token` is a capital: it does not continue a token that is none."""
    return token[0].istitle()


def apart(token: str) -> tuple[int, int]:
    """Return `may_join` as bits: (as the second token, as the first); two that share a bit may not join."""
    alone, title = stands_alone(token), starts_title(token)
    return (
        _ALWAYS_BEFORE * alone + _ALWAYS_AFTER + _TITLE * title,
        _ALWAYS_BEFORE + _ALWAYS_AFTER * alone + _TITLE * (not title),
    )

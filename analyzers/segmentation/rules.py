"""pyvi's rules after the model: where a token that continues a word is nevertheless written apart."""

from __future__ import annotations

import string

_ALWAYS_SECOND, _ALWAYS_FIRST, _TITLE = 1, 2, 4


def may_join(first: str, second: str) -> bool:
    """Tell whether the token `second` may be written into the word that the token `first` before it belongs to."""
    if stands_alone(first) or stands_alone(second):
        return False
    return starts_title(first) or not starts_title(second)


def stands_alone(token: str) -> bool:
    """Tell whether `token` is a mark, or starts with a digit."""
    # In pyvi this is a search for a substring, and so it is here.
    return token in string.punctuation or token[0].isdigit()


def starts_title(token: str) -> bool:
    """Tell whether the first character of `token` is a capital: then it joins only another such token."""
    return token[0].istitle()


def apart(token: str) -> tuple[int, int]:
    """Return `may_join` as bits, (of `token` as the second, as the first): two that share one may not join."""
    return _APART[stands_alone(token), starts_title(token)]


_APART = {
    (alone, title): (
        _ALWAYS_FIRST + _ALWAYS_SECOND * alone + _TITLE * title,
        _ALWAYS_SECOND + _ALWAYS_FIRST * alone + _TITLE * (not title),
    )
    for alone in (False, True)
    for title in (False, True)
}

"""pyvi's rules after the model: where a token that continues a word is nevertheless written apart."""

from __future__ import annotations

import string


def never_joins(token: str) -> bool:
    """Tell whether `token` stands alone: a mark, or something that starts with a digit.

    pyvi asks ``token in string.punctuation``, which is a search for a substring, hence also true of "()".
    """
    return token in string.punctuation or token[0].isdigit()


def starts_title(token: str) -> bool:
    """Tell whether the first character of `token` is a capital: it never continues a token that is not."""
    return token[0].istitle()


def may_join(before: str, token: str) -> bool:
    """Tell whether `token` may be written into the word that `before` belongs to."""
    if never_joins(token) or never_joins(before):
        return False
    return starts_title(before) or not starts_title(token)

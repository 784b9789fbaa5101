r"""Tokenizer: pyvi's `sylabelize`, token for token, in linear time.

pyvi takes `re.findall` over one alternation whose order matters: ``TP.`` is one token because an abbreviation
is tried before a word, and ``1.234,5`` because a number is tried before a mark. Between white space the tokens
touch each other; white space belongs to no token, except that every newline is a token of its own.

Only the e-mail alternative can look far ahead again and again (``a-a-a-…`` is quadratic in pyvi), so it is left
out of the pattern unless the text has an ``@``, and then each run of address characters is read once.
"""

from __future__ import annotations

import re

_BEFORE_EMAIL = r"[A-ZĐ]+\.|Tp\.|Mr\.|Mrs\.|Ms\.|Dr\.|ThS\.|==>|->|\.\.\.|>>|\n|\w+://\S+"
_AFTER_EMAIL = r"\d+(?:[.,_]\d+)+|[^\w\s]|\w+"

_TOKEN = re.compile(f"{_BEFORE_EMAIL}|{_AFTER_EMAIL}")
_FIRST = re.compile(_BEFORE_EMAIL)
_LAST = re.compile(_AFTER_EMAIL)
_CHUNK = re.compile(r"\S+|\n")
_ADDRESS = re.compile(r"[a-zA-Z0-9_.+-]+(?=@([a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+))?")
"""A run that can be the part before the ``@``; group 1 is the domain when one follows."""


def syllabify(text: str) -> list[str]:
    """Return the tokens of `text`, as ``ViTokenizer.sylabelize`` does for NFC text."""
    if "@" not in text:
        return _TOKEN.findall(text)
    tokens: list[str] = []
    for chunk in _CHUNK.findall(text):
        tokens += _with_addresses(chunk) if "@" in chunk else _TOKEN.findall(chunk)
    return tokens


def _with_addresses(chunk: str) -> list[str]:
    """Tokenize a chunk that has an ``@``."""
    tokens: list[str] = []
    position = 0
    for run in _ADDRESS.finditer(chunk):
        while position < run.start():
            position = _take(chunk, position, 0, tokens)
        # Where in the run an address starts depends on the tokens before it, where it ends does not.
        while position < run.end():
            position = _take(chunk, position, run.end(1), tokens)
    while position < len(chunk):
        position = _take(chunk, position, 0, tokens)
    return tokens


def _take(chunk: str, position: int, address: int, tokens: list[str]) -> int:
    """Append the token at `position` to `tokens` and return its end.

    `address` is where the e-mail address that includes `position` ends; -1 or 0 when there is none.
    """
    first = _FIRST.match(chunk, position)
    match = first or _LAST.match(chunk, position)
    end = address if address > 0 and not first else match.end() if match else position + 1
    tokens.append(chunk[position:end])
    return end

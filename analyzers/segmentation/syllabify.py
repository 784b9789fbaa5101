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
_ADDRESS = re.compile(r"[a-zA-Z0-9_.+-]+(?=@([a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+))?")
"""A run that can be the part before the ``@``; group 1 is the domain when one follows."""


def syllabify(text: str) -> list[str]:
    """Return the tokens of `text`, as ``ViTokenizer.sylabelize`` does for NFC text."""
    return _with_addresses(text) if "@" in text else _TOKEN.findall(text)


def _with_addresses(text: str) -> list[str]:
    """Tokenize one chunk (text between white space) after another, with the e-mail alternative."""
    tokens: list[str] = []
    for chunk in re.findall(r"\S+|\n", text):
        tokens += _split_chunk(chunk) if "@" in chunk else _TOKEN.findall(chunk)
    return tokens


def _split_chunk(chunk: str) -> list[str]:
    """Return the tokens of a chunk that has an ``@``."""
    # Where the part before an @ starts varies with the tokens before it, but where the address ends does not.
    addresses = [(run.end(), run.end(1)) for run in _ADDRESS.finditer(chunk) if run.group(1)]
    starts = [run.start() for run in _ADDRESS.finditer(chunk) if run.group(1)]
    tokens: list[str] = []
    at, position = 0, 0
    while position < len(chunk):
        while at < len(addresses) and addresses[at][0] <= position:
            at += 1
        end = addresses[at][1] if at < len(addresses) and starts[at] <= position else 0
        end = _token_end(chunk, position, end)
        tokens.append(chunk[position:end])
        position = end
    return tokens


def _token_end(chunk: str, position: int, address_end: int) -> int:
    """Return where the token that starts at `position` ends; `address_end` is 0 when no address starts there."""
    first = _FIRST.match(chunk, position)
    if first:
        return first.end()
    if address_end:
        return address_end
    last = _LAST.match(chunk, position)
    assert last is not None  # every character that is not white space is a mark or part of a word
    return last.end()

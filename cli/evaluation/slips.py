"""Typing slips: one a query, the same for the same seed and query id.

The slip falls on one syllable of two or more letters, drawn evenly, and is one of these, drawn evenly among those the
syllable allows:

* ``tone``: another tone mark, or none, on a syllable that has one (``thuế`` -> ``thuê``),
* ``shape``: a hat, horn, breve or the bar of đ left out (``đường`` -> ``dường``),
* ``swap``: two neighbouring letters change places (``thuế`` -> ``htuế``),
* ``drop``: a letter left out, ``double``: a letter typed twice,
* ``near``: a letter replaced by its neighbour on the keyboard,
* ``join``: the space before the next syllable left out,
* ``telex``: the tone key typed but not taken (``thuế`` -> ``thuês``).

A query typed without marks allows ``swap``, ``drop``, ``double``, ``near`` and ``join`` only.
"""

from __future__ import annotations

import random
import re
import unicodedata
from itertools import pairwise

_SYLLABLE = re.compile(r"[^\W\d_]{2,}")
_TONES = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
"""Combining tone marks and the Telex keys that type them."""
_SHAPES = "\u0302\u0306\u031b"
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEAR = {letter: row[max(0, at - 1) : at] + row[at + 1 : at + 2] for row in _ROWS for at, letter in enumerate(row)}
KINDS = ("tone", "shape", "swap", "drop", "double", "near", "join", "telex")


def slipped(query: str, query_id: str, seed: int) -> str:
    """`query` with one slip; as it is when no syllable is long enough."""
    query = unicodedata.normalize("NFC", query)
    syllables = [*_SYLLABLE.finditer(query)]
    if not syllables:
        return query
    rng = random.Random(f"{seed}:{query_id}")  # noqa: S311  # repeatable, not secret
    found = rng.choice(syllables)
    kinds = [kind for kind in KINDS if _allows(kind, query, found)]
    kind = rng.choice(kinds)
    if kind == "join":
        return query[: found.end()] + query[found.end() + 1 :]
    return query[: found.start()] + _changed(found.group(), kind, rng) + query[found.end() :]


def _allows(kind: str, query: str, found: re.Match[str]) -> bool:
    syllable = found.group()
    marks = unicodedata.normalize("NFD", syllable)
    if kind in ("tone", "telex"):
        return any(mark in marks for mark in _TONES)
    if kind == "shape":
        return any(mark in marks for mark in _SHAPES) or "đ" in syllable.lower()
    if kind == "join":
        return query[found.end() :][:1] == " " and query[found.end() + 1 :][:1].isalpha()
    if kind == "near":
        return any(letter in _NEAR for letter in syllable.lower())
    return kind != "swap" or any(a != b for a, b in pairwise(syllable))


def _changed(syllable: str, kind: str, rng: random.Random) -> str:
    if kind in ("tone", "telex"):
        return _retoned(syllable, kind, rng)
    if kind == "shape":
        return _unshaped(syllable, rng)
    if kind == "swap":
        at = rng.choice([i for i in range(len(syllable) - 1) if syllable[i] != syllable[i + 1]])
        return syllable[:at] + syllable[at + 1] + syllable[at] + syllable[at + 2 :]
    if kind == "near":
        at = rng.choice([i for i, letter in enumerate(syllable) if letter.lower() in _NEAR])
        return syllable[:at] + rng.choice(_NEAR[syllable[at].lower()]) + syllable[at + 1 :]
    at = rng.randrange(len(syllable))
    return syllable[:at] + syllable[at + 1 :] if kind == "drop" else syllable[: at + 1] + syllable[at:]


def _retoned(syllable: str, kind: str, rng: random.Random) -> str:
    marks = unicodedata.normalize("NFD", syllable)
    tone = next(mark for mark in marks if mark in _TONES)
    if kind == "telex":
        return unicodedata.normalize("NFC", marks.replace(tone, "", 1)) + _TONES[tone]
    other = rng.choice(["", *(mark for mark in _TONES if mark != tone)])
    return unicodedata.normalize("NFC", marks.replace(tone, other, 1))


def _unshaped(syllable: str, rng: random.Random) -> str:
    marks = unicodedata.normalize("NFD", syllable)
    places = [i for i, mark in enumerate(marks) if mark in _SHAPES or mark in "đĐ"]
    at = rng.choice(places)
    plain = {"đ": "d", "Đ": "D"}.get(marks[at], "")
    return unicodedata.normalize("NFC", marks[:at] + plain + marks[at + 1 :])


__all__ = ["KINDS", "slipped"]

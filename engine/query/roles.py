"""What the syllables of a query are there for: most say what is wanted, some only ask, or hold the sentence together.

*Vì sao giá lúa giảm?* wants articles on the fall of the price of rice; ``vì sao`` asks. Such syllables stay in the query, but
count for less, and an article need not hold them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analyzers.keys import folded_key

ASKING_WEIGHT = 0.2
JOINING_WEIGHT = 0.6
"""Part of its score that a syllable which asks, or joins, keeps; fitted by ``python -m benchmarks.fit_ranking``."""

_ASKING = (
    "bao nhiêu", "bao lâu", "bao giờ", "bao xa", "vì sao", "tại sao", "vì đâu", "như thế nào", "thế nào", "ra sao", "là ai", "là gì",
    "ở đâu", "khi nào", "hồi nào", "những ai", "điều gì", "cái gì", "gì", "nào", "mấy",
)  # fmt: skip
"""Words that make a sentence a question."""
_ASKING_BEFORE_MARK = ("ai", "đâu", "sao", "chưa")
"""Syllables that are other common words too, and ask only in a sentence with a question mark."""
_JOINING = (
    "thế", "như", "là", "vì", "tại", "khi", "của", "và", "các", "những", "được", "bị", "có", "cho", "trong", "ở", "về", "với", "này",
    "đó", "đã", "đang", "sẽ", "để", "một", "theo", "từ", "không",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Roles:
    """Of each syllable the part of its score that it keeps; `question` tells whether the whole asks."""

    weights: tuple[float, ...]
    question: bool


def roles(marked: Sequence[str], text: str) -> Roles:
    """Roles of the syllables of a query typed as `text`; a query typed without marks is read by its folded keys."""
    plain = [folded_key(key) for key in marked]
    bare = plain == list(marked)
    keys = plain if bare else list(marked)
    asked = text.rstrip().endswith("?")
    phrases = (*_ASKING, *_ASKING_BEFORE_MARK) if asked else _ASKING
    asking = _covered(keys, [_keys(phrase, bare) for phrase in phrases])
    joining = {_fold(key, bare) for key in _JOINING}
    weights = tuple(ASKING_WEIGHT if asks else JOINING_WEIGHT if key in joining else 1.0 for key, asks in zip(keys, asking, strict=True))
    return Roles(weights, asked or any(asking))


def _covered(keys: Sequence[str], phrases: Sequence[tuple[str, ...]]) -> list[bool]:
    """Which keys lie inside one of the phrases."""
    found = [False] * len(keys)
    for phrase in phrases:
        size = len(phrase)
        for at in range(len(keys) - size + 1):
            if tuple(keys[at : at + size]) == phrase:
                found[at : at + size] = [True] * size
    return found


def _keys(phrase: str, bare: bool) -> tuple[str, ...]:
    return tuple(_fold(key, bare) for key in phrase.split())


def _fold(key: str, bare: bool) -> str:
    return folded_key(key) if bare else key

"""One key for all the ways a unit's name is written, and slugs for URLs.

Official lists and news texts disagree about ``Quí``/``Quý``, ``Đăk``/``Đắk``/``Dak``, ``Đắk Nông``/``ĐăkNông``,
``Phường 05``/``Phường 5``. A *name key* is the name's syllables with these differences taken out, joined by spaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from analyzers.encodings.syllable import is_syllable
from analyzers.keys import bare, marked_key
from analyzers.syllables import SYLLABLE

_Y_END = re.compile("^(qu|[bcdđghklmnprstvx]+)(ý|ỳ|ỷ|ỹ|ỵ|y)$")
_Y_TO_I = str.maketrans("ýỳỷỹỵy", "íìỉĩịi")
_DAK = frozenset({"đắk", "đăk", "đak", "dak", "đắc", "đăc", "dăk"})
_LAK = frozenset({"lắk", "lăk", "lak", "lắc"})
_DAK_PREFIX = re.compile("^(?:đắk|đăk|đak|dak|đắc)(?=[^aeiouăâêôơưyàáảãạ])")
_SAME_LETTERS = str.maketrans("cy", "ki")
JOINABLE = frozenset({"đăk", "ea", "ia", "cư", "chư", "krông", "kon", "plei", "ayun", "nâm", "ma", "đạ"})
"""First syllables of Tây Nguyên names that writers join to the next one: ``ĐăkNông``, ``EaKar``, ``Kontum``."""


@lru_cache(1 << 15)
def syllable_key(marked: str) -> str:
    """Key of one syllable, given its marked key. Idempotent."""
    if marked.isdigit():
        return marked.lstrip("0") or "0"
    if marked in _DAK:
        return "đăk"
    if marked in _LAK:
        return "lăk"
    match = _Y_END.match(marked)
    if match:
        return match[1] + match[2].translate(_Y_TO_I)
    return _DAK_PREFIX.sub("đăk", marked)


def name_key(name: str) -> str:
    """Key of a whole name with its marks: ``Hoà Bình`` = ``Hòa Bình``, ``Đắk R'Lấp`` = ``Đăk R’lấp``."""
    return " ".join(syllable_key(marked_key(syllable)) for syllable in SYLLABLE.findall(unicodedata.normalize("NFKC", name)))


@lru_cache(1 << 15)
def folded_syllable(key: str) -> str:
    """Unmarked form of one syllable key, with *y* written *i* so that ``My Tho`` and ``Mi Tho`` meet."""
    folded = bare(syllable_key(key))
    match = _Y_END.match(folded)  # a letter of another language may have become a plain y: ``Kÿ``
    return f"{match[1]}i" if match else folded


def folded_name(key: str) -> str:
    """Unmarked form of a name key."""
    return " ".join(folded_syllable(part) for part in key.split(" "))


def joined_forms(key: str) -> Iterable[str]:
    """Spellings of `key` with its first two syllables run together: ``đăk nông`` gives ``đăknông``."""
    parts = key.split(" ")
    if len(parts) > 1 and parts[0] in JOINABLE:
        yield " ".join([parts[0] + parts[1], *parts[2:]])
    # An apostrophe name may be written without it: R'Lấp, Rlấp.
    for at, part in enumerate(parts[:-1]):
        if len(part) == 1 and part.isalpha():
            yield " ".join([*parts[:at], part + parts[at + 1], *parts[at + 2 :]])


def is_foreign(syllable: str) -> bool:
    """Whether a syllable is none of Vietnamese, and so of a name of the Highlands; one letter tells nothing."""
    return len(syllable) > 1 and syllable.isalpha() and not is_syllable(syllable)


def same_letters(folded: Iterable[str]) -> str:
    """What all spellings of a name share, from their unmarked syllables: its letters without spaces, *c* as *k* and *y* as *i*."""
    return "".join(folded).translate(_SAME_LETTERS)


@lru_cache(1 << 14)
def slug(name: str) -> str:
    """URL form of a name: lower-case ASCII letters and digits, joined by hyphens."""
    return "-".join(bare(syllable) for syllable in SYLLABLE.findall(name))

"""From a syllable as written to the keys it is found by.

Two keys are kept for each syllable:

``marked_key``
    what a careful writer typed: case, invisible characters and the *place* of the tone mark do not
    matter (``Hoà`` = ``hòa``, ``THUỶ`` = ``thủy``), the marks themselves do (``hòa`` is not ``hóa``).
``folded_key``
    what a hurried writer types: no marks at all, ``đ`` included (``Đường`` = ``duong``).

Both are idempotent. Stored text is never changed by them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from analyzers.segmentation.normal import nfc

# Bounded, so a crawl full of junk "words" cannot eat the memory; news text has some 60,000 distinct syllables.
_CACHE = 1 << 17

_LONG = 64
"""Longer "syllables" are junk; their marks are put in order first, since normalising unordered ones takes quadratic time."""

INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
# Letters that only look like đ: Icelandic eth and African d-with-tail, from old keyboards and PDF fonts. ƣ stands for ư in such fonts.
_LOOK_ALIKES = str.maketrans({"Ð": "đ", "ð": "đ", "Ɖ": "đ", "ɖ": "đ", "Đ": "đ", "ƣ": "ư", "Ƣ": "ư", "’": "'", "ʼ": "'", "`": "'"})

_FREE_I = re.compile("(?:[hklmst]|qu)i")
_ENDS_IN_Y = re.compile("(?:[hklmst]|qu)y")
_DIFFERENT_WORDS = frozenset({"mi", "my"})
"""Where i and y tell words apart after such an initial: *lông mi*, but *Trà My*."""
_OTHER_CODA = re.compile("[a-z]*[aeiouy]k|p[aeiouy]{1,2}c")
"""Vietnamese syllables end in c, never k, and never begin with a bare p: such syllables are names from other
languages (Đắk, Đăk, Dak; Pắc, Pác), whose marks vary from one writer to the next. They are found without marks."""
_P_C = re.compile("p[aeiouy]{1,2}c")
_COMMON_P = re.compile("p[aeiouy]{1,2}k")
_VARIED_ENDS = frozenset("ick")
"""Last letters of all that these patterns match."""

TONES = "\u0300\u0301\u0303\u0309\u0323"
"""Combining grave, acute, tilde, hook above and dot below: huyền, sắc, ngã, hỏi, nặng."""
_LETTERS = (
    "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in ("", *TONES)) + "bcdđfghjklmnpqrstvwxz"
)
_VIETNAMESE = re.compile(f"[0-9{_LETTERS}{_LETTERS.upper()}]*").fullmatch
"""What is in its usual form but for its case, as nearly all is."""
_PLAIN_VOWELS = frozenset("aeiouy")
_SHAPED_VOWELS = frozenset("ăâêôơư")
_VOWELS = _PLAIN_VOWELS | _SHAPED_VOWELS
_ONE_NUCLEUS = re.compile("^([^aeiouyăâêôơư]*)([aeiouyăâêôơư]+)([^aeiouyăâêôơư]*)$")


class Keys(NamedTuple):
    """Both keys of a syllable."""

    marked: str
    folded: str


def keys(syllable: str) -> Keys:
    """Return both keys, for little more than the cost of one."""
    word = _plain(syllable)
    unmarked = _bare(word)
    if unmarked[-1:] not in _VARIED_ENDS:  # as four of five
        return Keys(_place_tone(word), unmarked)
    folded = _common_coda(_common_i(unmarked, unmarked))
    if _OTHER_CODA.fullmatch(unmarked):
        return Keys(_common_coda(unmarked), folded)
    return Keys(_place_tone(word if unmarked in _DIFFERENT_WORDS and word == unmarked else _common_i(word, unmarked)), folded)


@lru_cache(_CACHE)
def marked_key(syllable: str) -> str:
    """Return the key under which exactly this syllable, in any spelling convention, is found."""
    return keys(syllable).marked


@lru_cache(_CACHE)
def folded_key(syllable: str) -> str:
    """Return the key without any mark; ``đ`` becomes ``d``, which no Unicode decomposition does."""
    return keys(syllable).folded


@lru_cache(_CACHE)
def bare(syllable: str) -> str:
    """`syllable` in lower case without marks, otherwise as spelt: for addresses and names of files."""
    return _bare(_plain(syllable))


def bare_spellings(folded: str) -> tuple[str, ...]:
    """The bare spellings that have this folded key: ``ky`` -> ``ki``, ``ky``."""
    if _ENDS_IN_Y.fullmatch(folded):
        return folded[:-1] + "i", folded
    if _COMMON_P.fullmatch(folded):
        return folded[:-1] + "c", folded
    return (folded,)


@lru_cache(_CACHE)
def has_marks(syllable: str) -> bool:
    """Tell whether the writer typed any Vietnamese mark (tone, hat, horn, breve or đ) in `syllable`."""
    return (word := _plain(syllable)) != _bare(word)


def _bare(word: str) -> str:
    """`word` without marks."""
    if word.isascii():
        return word
    if _LATIN(word):
        return word.translate(_LATIN_BARE)
    return _stripped(word)


def _stripped(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    kept = "".join(c for c in decomposed if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", kept).replace("đ", "d")


_LATIN = re.compile("[\0-\u024f\u1e00-\u1eff]*").fullmatch
_LATIN_BARE = {point: _stripped(chr(point)) for block in (range(0x80, 0x250), range(0x1E00, 0x1F00)) for point in block}
"""Latin letters with their marks, none of which joins another one: each can be looked up by itself."""


def _common_i(word: str, unmarked: str) -> str:
    """Write y where i and y are free variants: after a single h, k, l, m, s, t and after qu (kĩ = kỹ, quí = quý)."""
    if not _FREE_I.fullmatch(unmarked):
        return word
    decomposed = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", decomposed.replace("i", "y"))


def _common_coda(unmarked: str) -> str:
    """``pac`` -> ``pak``: names such as Krông Pắc are written with either."""
    return unmarked[:-1] + "k" if _P_C.fullmatch(unmarked) else unmarked


def _plain(syllable: str) -> str:
    """Lower-case NFC without invisible characters; full-width letters and ligatures in their usual form."""
    if syllable.isascii():
        return syllable.replace("`", "'").lower()
    if _VIETNAMESE(syllable):
        return syllable.lower()
    ordered = nfc(syllable) if len(syllable) > _LONG else syllable
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", ordered)).translate(_LOOK_ALIKES)
    return unicodedata.normalize("NFKC", text.casefold()).translate(_LOOK_ALIKES)


def _place_tone(word: str) -> str:
    """Put the tone mark of a one-nucleus syllable where older spelling puts it (``hoà`` -> ``hòa``)."""
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFD", word)
    tones = [c for c in decomposed if c in TONES]
    if len(tones) != 1:
        return word
    toneless = unicodedata.normalize("NFC", decomposed.replace(tones[0], "", 1))
    match = _ONE_NUCLEUS.match(toneless)
    if match is None:
        return word
    onset, nucleus, coda = match.groups()
    at = len(onset) + _tone_seat(onset, nucleus, coda)
    return unicodedata.normalize("NFC", toneless[: at + 1] + tones[0] + toneless[at + 1 :])


def _tone_seat(onset: str, nucleus: str, coda: str) -> int:
    """Index in `nucleus` of the vowel that carries the tone (older convention, as in raw news text)."""
    glide = 1 if len(nucleus) > 1 and ((onset.endswith("q") and nucleus[0] == "u") or (onset == "g" and nucleus[0] == "i")) else 0
    shaped = [i for i, vowel in enumerate(nucleus) if vowel in _SHAPED_VOWELS]
    if shaped:
        return shaped[-1]
    length = len(nucleus) - glide
    if length == 1:
        return glide
    return glide + (1 if length >= 3 or coda else 0)

"""Is this a Vietnamese syllable (*tiếng*)? Onset, rime and tone, by rule and without any word list.

A syllable is an onset (*phụ âm đầu*), a rime (*vần*: glide, nucleus, coda) and one of six tones (*thanh*). The tables below hold the
onsets and rimes of the national orthography, each onset with the rimes its spelling allows (``c`` before back vowels, ``k`` before front
ones, ``q`` with its own ``u``), plus the coda ``k`` of Highland names (Đắk Lắk). A syllable that ends in ``c ch p t`` has the
tone sắc or nặng; that and the rimes are what makes text read in a wrong encoding come out invalid.

The rule is wider than usage: about 3,900 bare syllables, where dictionaries attest some 2,000. It does not ask where in the
rime the tone is written: hòa and hoà, thủy and thuỷ, and the mistaken qúy are all accepted.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TONES = ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
"""Combining marks of ngang (none), sắc, huyền, hỏi, ngã, nặng: also the order of the VNI digits 1 to 5."""
VOWELS = "aăâeêioôơuưy"


def _words(text: str) -> list[str]:
    return text.split()


_CORE = _words("""
    a ac ach ai ak am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    o oc oi ok om on ong ooc oong op ot ô ôc ôi ôk ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui uk um un ung up ut uôc uôi uôm uôn uông uôt
    ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
""")
_FRONT = _words("""
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
""")
_GLIDED = _words("""
    oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăp oăt oe oec oem oen oeo oet
    uân uâng uât uây uê uêch uên uênh uêu uơ uy uya uych uyên uyêt uyn uynh uyp uyt uyu
""")
_AFTER_QU = _words("""
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et
    ê êch ên ênh êt êu i ich iên iêt in inh it iu ơ ơi ơn ôc y ych yên yêt ynh yt
""")
_AFTER_GI = [rime for rime in _CORE + _FRONT if rime[0] != "i"] + ["", "êc", "êng", "n", "oang", "oăng"]
_NAMES_IN_K = ["an", "ông"]  # Bắc Kạn, Mê Kông, Hồng Kông
_ANY_ONSET = _words("b ch d đ h kh l m n nh p ph r s t th tr v x")

_STOPS = ("c", "ch", "k", "p", "t")


def _inventory() -> frozenset[str]:
    """Every toneless syllable the rules allow, in lower case."""
    by_onset = dict.fromkeys(_ANY_ONSET, _CORE + _FRONT + _GLIDED)
    by_onset[""] = _CORE + _GLIDED + [r for r in _FRONT if not r.startswith("iê")] + ["y", "yêm", "yên", "yêng", "yêt", "yêu"]
    by_onset |= {"c": _CORE, "k": [*_FRONT, "y", *_NAMES_IN_K], "g": _CORE + _GLIDED, "gh": _FRONT, "ng": _CORE + _GLIDED, "ngh": _FRONT}
    by_onset |= {"qu": _AFTER_QU, "gi": _AFTER_GI}
    bare = {onset + rime for onset, rimes in by_onset.items() for rime in rimes}
    return frozenset(bare | {onset + "y" for onset in ("h", "l", "m", "n", "s", "t", "th", "v")})


BARE = _inventory()
"""All toneless syllables, with their shapes (``đương``, not ``duong``)."""

_TONED = {unicodedata.normalize("NFC", vowel + mark): (vowel, tone) for vowel in VOWELS for tone, mark in enumerate(TONES) if tone}
_BARE_OF = str.maketrans({toned: vowel for toned, (vowel, _) in _TONED.items()})
_A_TONED = re.compile(f"[{''.join(_TONED)}]")
_NUCLEUS = re.compile(f"(?:qu(?=[{VOWELS}])|gi(?=[{VOWELS}])|[^{VOWELS}]*)([{VOWELS}]+)")


def split_tone(syllable: str) -> tuple[str, int | None]:
    """Return the lower-case syllable without its tone, and the tone (an index of `TONES`); None when it carries two."""
    lower = syllable.lower()
    toned = _A_TONED.findall(lower)
    if len(toned) > 1:
        return lower, None
    return lower.translate(_BARE_OF), _TONED[toned[0]][1] if toned else 0


@lru_cache(1 << 15)
def is_syllable(word: str) -> bool:
    """Tell whether `word` (NFC, any case) is one well-formed Vietnamese syllable."""
    bare, tone = split_tone(word)
    return tone is not None and bare in BARE and allows(bare, tone)


def allows(bare: str, tone: int) -> bool:
    """Tell whether the coda of `bare` goes with `tone`: stops take only sắc and nặng; those in k also none (Đắk, Đăk)."""
    return tone in (1, 5) or not bare.endswith(_STOPS) or (tone == 0 and bare.endswith("k"))


def with_tone(bare: str, tone: int) -> str:
    """Put a tone on a toneless lower-case syllable, where raw news text has it (hòa, thủy, quý, giếng)."""
    nucleus = _NUCLEUS.match(bare)
    if not tone or nucleus is None:
        return bare
    start, end = nucleus.span(1)
    shaped = [at for at in range(start, end) if bare[at] in "ăâêôơư"]
    if shaped:
        seat = shaped[-1]
    elif end - start == 1:
        seat = start
    else:
        seat = start + (1 if end - start >= 3 or end < len(bare) else 0)
    return unicodedata.normalize("NFC", bare[: seat + 1] + TONES[tone] + bare[seat + 1 :])

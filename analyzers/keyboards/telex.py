"""Telex: letters that Vietnamese does not need at these places are the marks (``ddoongf`` đồng, ``nguwowif`` người).

Convention: the telegraph code of Vietnamese as today's input methods have it. ``aa ee oo`` are circumflexes, ``aw`` breve, ``ow uw``
horns, a lone ``w`` is ư, ``dd`` đ; ``s f r x j`` behind the first vowel are sắc, huyền, hỏi, ngã, nặng. A mark may come later in the
syllable (``dodongf``, ``vietje``), one ``w`` marks both vowels of ươ, and ``ooo`` is the plain ``oo`` of xoong. A mark typed twice
undoes itself (``ass`` is "as"), so such words have no reading.
"""

from __future__ import annotations

from functools import cache

from analyzers.encodings.syllable import BARE, allows, split_tone
from analyzers.keyboards.model import Typed
from analyzers.keyboards.shapes import SHAPES, plain

TONE_KEYS = "sfrxj"
_TONES = {"s": 1, "f": 2, "r": 3, "x": 4, "j": 5}
_KEYS = {letter: parts[0] + ("w" if parts[1] in "+(" else parts[0]) for letter, parts in SHAPES.items()}
_TO_KEYS = str.maketrans(_KEYS)
_VOWELS = frozenset("aeiouyw")


def keys(bare: str, tone: int) -> str:
    """Return the usual keystrokes of a syllable: shapes behind their letters, the tone last."""
    return bare.replace("oo", "ooo").translate(_TO_KEYS) + "".join(key for key, value in _TONES.items() if value == tone)


def _sorted(letters: str) -> str:
    return "".join(sorted(letters))


@cache
def _index() -> dict[str, tuple[str, ...]]:
    """Toneless syllables by their keystrokes in alphabetical order."""
    found: dict[str, list[str]] = {}
    for bare in sorted(BARE):
        usual = keys(bare, 0)
        # One w for ươ; a lone w for ư.
        for strokes in {usual, usual.replace("uwow", "uow"), usual.replace("uw", "w", 1)}:
            found.setdefault(_sorted(strokes), []).append(bare)
    return {strokes: tuple(bares) for strokes, bares in found.items()}


def read(word: str) -> Typed | None:
    """Return what the keystrokes give, or None when that is no syllable or no mark was typed. Letters already marked may be among them."""
    lower, tone = split_tone(word)
    if tone != 0:
        return None
    strokes = lower.translate(_TO_KEYS)
    first = next((at for at, key in enumerate(strokes) if key in _VOWELS), len(strokes))
    tones = [at for at in range(first + 1, len(strokes)) if strokes[at] in _TONES]
    if len(tones) > 1:
        return None
    for at in tones:
        tone = _TONES[strokes[at]]
        strokes = strokes[:at] + strokes[at + 1 :]
    for bare in _index().get(_sorted(strokes), ()):
        if allows(bare, tone) and _typeable(strokes, bare) and (tone or strokes != bare):
            usual = keys(bare, 0)
            in_order = strokes in {usual, usual.replace("uwow", "uow"), usual.replace("uwow", "uwo"), usual.replace("uw", "w", 1)}
            in_order = in_order and tones in ([], [len(strokes)])
            return Typed(bare, tone, in_order)
    return None


def _typeable(strokes: str, bare: str) -> bool:
    """Tell whether `strokes`, the keys of `bare` in some order, give it: plain letters in their order, each mark behind its letter."""
    if strokes == keys(bare, 0).replace("uw", "w", 1):
        return True
    if "oo" in bare:
        return strokes == keys(bare, 0)
    rest, letters = strokes, plain(bare)
    for letter in bare:
        key = _KEYS.get(letter, "")[1:]
        if key == "w":
            # Behind the vowel, or for ươ behind either.
            if key in rest and rest.index(key) < letters.index(_KEYS[letter][0]) + 1:
                return False
            rest = rest.replace(key, "")
        elif key:
            at = rest.rindex(key)
            rest = rest[:at] + rest[at + 1 :]
    return rest == letters

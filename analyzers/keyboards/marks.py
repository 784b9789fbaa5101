"""VNI and VIQR: marks that are no letters, behind the letter or later in the syllable (``d9o6ng2``, ``ddo^`ng``: đồng).

Conventions: VNI's number keys, 1 to 5 for the tones in the order sắc huyền hỏi ngã nặng, 6 circumflex, 7 horn, 8 breve, 9 the stroke
of đ; and RFC 1456 (VIQR), with ``dd`` for đ. One horn marks both vowels of ươ. Two tones in a word (``u23``), a digit in front, or a
mark typed twice: no reading.
"""

from __future__ import annotations

from functools import cache

from analyzers.encodings.syllable import BARE, allows, split_tone
from analyzers.keyboards.model import Typed
from analyzers.keyboards.shapes import plain, shapes

VNI = {"1": "1", "2": "2", "3": "3", "4": "4", "5": "5", "6": "^", "7": "+", "8": "(", "9": "-"}
VIQR = {"'": "1", "`": "2", "?": "3", "~": "4", ".": "5", "^": "^", "+": "+", "(": "(", "-": "-"}
"""Key to tone number or shape."""


def keys(bare: str, tone: int, method: dict[str, str]) -> str:
    """Return the usual keystrokes of a syllable: shapes behind their letters, the tone last; VIQR with ``dd``."""
    key_of = {meaning: key for key, meaning in method.items()}
    shape_at = dict(shapes(bare))
    typed = "".join(letter + (key_of[shape_at[at]] if at in shape_at else "") for at, letter in enumerate(plain(bare)))
    return (typed.replace("d-", "dd") if method is VIQR else typed) + (key_of[str(tone)] if tone else "")


@cache
def _index() -> dict[tuple[str, str], str]:
    """Toneless syllables by their plain letters and their shapes in order."""
    found = {}
    for bare in sorted(BARE):
        found[plain(bare), "".join(shape for _, shape in shapes(bare))] = bare
    # One horn for both vowels.
    found |= {(letters, marks.replace("++", "+")): bare for (letters, marks), bare in found.items() if "++" in marks}
    return found


def read(word: str, method: dict[str, str]) -> Typed | None:
    """Return what the keystrokes give, or None when that is no syllable or no mark was typed. Letters already shaped may be among them."""
    lower, given = split_tone(word)
    if given != 0:
        return None
    if lower.startswith("dd"):  # VIQR's own way, and Telex hands on VNI keys: dd9o6ng, ddo6ng2
        lower = "d-" + lower[2:] if method is VIQR else "d9" + lower[2:].removeprefix("9")
    letters = "".join(letter for letter in lower if letter not in method)
    marks = [(at, method[key]) for at, key in enumerate(lower) if key in method]
    tones = [at for at, meaning in marks if meaning.isdigit()]
    if not marks or not letters or marks[0][0] == 0 or len(tones) > 1:
        return None
    given_shapes = [(at, shape) for at, shape in shapes(letters)]
    typed_shapes = [meaning for _, meaning in marks if not meaning.isdigit()]
    all_shapes = typed_shapes + [shape for _, shape in given_shapes]
    tone = int(method[lower[tones[0]]]) if tones else 0
    bare = _index().get((plain(letters), _in_letter_order(all_shapes)))
    if bare is None or not allows(bare, tone) or any(_before_its_letter(lower, at, meaning) for at, meaning in marks):
        return None
    return Typed(bare, tone, in_order=not tones or tones[0] == len(lower) - 1)


def _in_letter_order(marks: list[str]) -> str:
    """The stroke is on the first letter; no syllable has two other kinds of shape."""
    return "".join(sorted(marks, key="-^+(".index))


_TAKERS = {"^": "aeoâêô", "+": "uoươ", "(": "aă", "-": "dđ"}


def _before_its_letter(typed: str, at: int, meaning: str) -> bool:
    return not any(letter in typed[:at] for letter in _TAKERS.get(meaning, "aeiouyăâêôơư"))

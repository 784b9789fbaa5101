"""VIQR, Vietnamese Quoted-Readable: marks as ASCII punctuation behind the letter ("Vie^.t Nam").

Standard: RFC 1456 (1993), Viet-Std. ``( ^ +`` are breve, circumflex and horn, ``' ` ? ~ .`` the tones, ``dd`` is đ, ``DD`` or
``Dd`` Đ; a backslash makes the next character plain. Text with backslashes is restored exactly. Most mail and newsgroup text has
none: there a ``.`` behind a plain vowel, at the end of a line or before a capital, is a full stop, and a ``?`` is a question mark
behind the words that end questions. Both are nearly always right, and wrong now and then ("kie^'n nghi. UBND").
"""

from __future__ import annotations

import re
import unicodedata

from analyzers.encodings.model import Encoding

_TONE = {"\u0301": "'", "\u0300": "`", "\u0309": "?", "\u0303": "~", "\u0323": "."}
_SHAPE = {"\u0302": "^", "\u0306": "(", "\u031b": "+"}
_MARK = _TONE | _SHAPE
_VIETNAMESE = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"


def _table() -> dict[str, str]:
    """Marked vowels to their VIQR sequence, shape before tone."""
    found = {}
    for letter in _VIETNAMESE + _VIETNAMESE.upper():
        parts = unicodedata.normalize("NFD", letter)
        signs = sorted((_MARK[mark] for mark in parts[1:]), key="^(+'`?~.".index)
        found[letter] = parts[0] + "".join(signs)
    return found


_WRITTEN = _table() | {"đ": "dd", "Đ": "DD"}
_LETTER = {written: letter for letter, written in _WRITTEN.items()} | {"Dd": "Đ", "dD": "Đ"}
# Some keyboards send the tone first (e.^ for e^.).
_LETTER |= {written[0] + written[2] + written[1]: letter for written, letter in list(_LETTER.items()) if len(written) == 3}
_SEQUENCES = "|".join(map(re.escape, sorted(_LETTER, key=len, reverse=True)))
_ENCODED = re.compile(rf"\\([^\s\w])|\\([dD])|({_SEQUENCES})")
_SIGNS = "^(+'`?~."
_ESCAPED = re.compile(rf"\\[{re.escape(_SIGNS)}\\dD]")
_STOP = re.compile(r"[\"')\]]*(?:[^\S\n]*(?:\n|\Z)|\s+[\"'(\[]*[A-Z0-9]|[.?!])")
# Thị, the commonest middle name, and vụ, nghị, ngụ, bị stand before capitals, and end no sentence when they have no tone; one word
# behind a bracket is no sentence either.
_NO_SENTENCE = re.compile(r"\b(?:Thi|[vV]u|[nN]ghi|[nN]gu|[bB]i)\.\Z|\([^\s)]*\Z")
# Open syllables without a tone that end questions: sao, ai, đâu, chưa, (bao) nhiêu, đây, (có) chi, à la, ư. Elsewhere ? is hỏi.
_QUESTION = re.compile(r"(?<![^\s\"'(])(?:sao|ai|dda\^u|dda\^y|chu\+a|nhie\^u|sau|chi|ta|u\+)\?\Z", re.IGNORECASE)
_HAS_TONE = re.compile(r"[aeiouyAEIOUY][(^+]?['`?~.][a-zA-Z]*\Z")
_VOWELS = f"AEIOUYaeiouy{_VIETNAMESE}{_VIETNAMESE.upper()}"
_TO_WRITE = re.compile(rf"[dD](?=[đĐ])|[{''.join(_WRITTEN)}]|\\|(?<=[{_VOWELS}])[{re.escape(_SIGNS)}]+|(?<=[dD])[dD]")

HARD = re.compile(r"[aeoAEO]\^|[aA]\([a-z'`?~.]|[oOuU]\+['`?~.\w]|[aeiouyAEIOUY][`~]")
"""Marks that are not everyday punctuation."""


def decode(text: str) -> str:
    """Letters for sequences. Backslashes anywhere in `text` mean it follows the standard to the letter."""
    strict = _ESCAPED.search(text) is not None

    def letter(found: re.Match[str]) -> str:
        escaped = found[1] or found[2]
        if escaped is not None:
            return escaped if strict else found[0]
        if not strict and found[0][-1] in ".?" and len(found[0]) == 2 and _is_stop(found):
            return found[0]
        return _LETTER[found[0]]

    return _ENCODED.sub(letter, text)


def _is_stop(found: re.Match[str]) -> bool:
    """Tell whether ``.`` or ``?`` behind a plain vowel, in text without backslashes, is punctuation."""
    text, start, end = found.string, found.start(), found.end()
    if _HAS_TONE.search(text, max(0, start - 6), start):
        return True
    if _STOP.match(text, end) is None:
        return False
    known = _QUESTION if text[end - 1] == "?" else _NO_SENTENCE
    return (known.search(text, max(0, start - 8), end) is None) == (known is _NO_SENTENCE)


def encode(text: str) -> str:
    """As RFC 1456 says, with a backslash before every sign that would otherwise be read as a mark."""

    def written(found: re.Match[str]) -> str:
        if found[0] in _WRITTEN:
            return _WRITTEN[found[0]]
        return "".join("\\" + sign for sign in found[0])

    return _TO_WRITE.sub(written, text)


def representable(text: str) -> str:
    """Everything."""
    return text


_TELLING = re.compile(rf"{HARD.pattern}|[dD][dD][aeiouyAEIOUY]|[aeiouyAEIOUY]['.?][a-zA-Z]")
_DOUBLE = re.compile(r"[a-zA-Z](?:[aeoAEO]\^|[aA]\(|[oOuU]\+)['`?~.][a-z]|[uU]\+[oO]\+")
VIQR = Encoding(
    "viqr", "RFC 1456", frozenset("^`~"), HARD, decode, encode, representable, telling=_TELLING, decisive=_DOUBLE, highest="\u007f"
)

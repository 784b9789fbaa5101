"""UTF-8 bytes read as Latin-1 or windows-1252, once or several times ("Viá»‡t Nam").

Standards: RFC 3629 (UTF-8), ISO 8859-1, and windows-1252 as the WHATWG Encoding Standard decodes it (bytes 81 8D 8F 90 9D become
controls). Whole sequences are turned back and nothing else is touched, so correct text beside them stays. Both readings may be
mixed in one text. Cleaners turn U+00A0 into a space and drop U+00AD and controls, which takes the second half of à, í, ậ and Đ: `mend`
puts them back in lines known to be mojibake.
"""

from __future__ import annotations

import re

from analyzers.encodings.model import Encoding

_BYTE = {chr(byte): byte for byte in range(0x80, 0x100)}
_C1_IN_1252 = {bytes([byte]).decode("windows-1252"): byte for byte in range(0x80, 0xA0) if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
_BYTE |= _C1_IN_1252
_1252 = {chr(byte): character for character, byte in _C1_IN_1252.items()}
_NEXT = "\u0080-\u00bf" + "".join(_C1_IN_1252)
_SEQUENCE = re.compile(f"[\u00c2-\u00df][{_NEXT}]|[\u00e0-\u00ef][{_NEXT}]{{2}}|[\u00f0-\u00f4][{_NEXT}]{{3}}")
_HINT = re.compile(f"[\u00c3-\u00c6\u00cc][{_NEXT}]|\u00e1[\u00ba\u00bb][{_NEXT}]|\u00e2\u20ac[{_NEXT}]|\u00e2\u0080[\u0080-\u00bf]")
_MARKS = frozenset("\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323")
_HIGH = re.compile("[\u0080-\U0010ffff]+")


def decode(text: str) -> str:
    """Undo one reading: each run of characters that were the bytes of one UTF-8 sequence becomes that character."""
    return _SEQUENCE.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    try:
        character = bytes(map(_BYTE.__getitem__, found[0])).decode("utf-8")
    except UnicodeDecodeError:
        return found[0]
    # Ì before a curly quote is a letter of windows-1258 and no mark of another script.
    return found[0] if "\u0300" <= character <= "\u036f" and character not in _MARKS else character


def encode_latin1(text: str) -> str:
    """UTF-8 read as ISO 8859-1."""
    return _HIGH.sub(lambda run: run[0].encode("utf-8").decode("latin-1"), text)


def encode(text: str) -> str:
    """UTF-8 read as windows-1252."""
    return "".join(_1252.get(character, character) for character in encode_latin1(text))


def representable(text: str) -> str:
    """Everything."""
    return text


# Half letters in front of small letters or spaces; a capital Ã is a letter of its own among capitals.
_SMALL = "(?<![A-ZÀ-Ỹ])"
_TORN_A = re.compile(_SMALL + r"Ã (?=(?:i|o|u|y|m|n|ng|nh|p|t|c|ch)(?![^\W_]))")
_A = re.compile(_SMALL + "Ã (?= |$)")
_A_OR_I = re.compile(_SMALL + "Ã(?= |$)")
_I = re.compile(_SMALL + "Ã(?=[a-z])")
_AN = re.compile("áº(?=[a-z ,.]|$)")
_D = re.compile(_SMALL + "Ä(?=[a-zà-ỹ])")


def mend(line: str) -> str:
    """Restore what cleaners took: à from ``Ã`` and a space, í, ậ and Đ from a first half whose second was dropped."""
    if "Ã" in line:
        # Where one à kept its space, an Ã without is í; where spaces were squeezed, à is far more frequent.
        line, kept = _A.subn("à", _TORN_A.sub("à", line))
        line = _I.sub("í", _A_OR_I.sub("í" if kept else "à", line))
    return _D.sub("Đ", _AN.sub("ậ", line))


MOJIBAKE = Encoding(
    "utf-8-as-windows-1252",
    "RFC 3629 read as ISO 8859-1 or windows-1252",
    frozenset(map(chr, range(0x80, 0xC0))) | frozenset("ÄÅÆ€"),
    _HINT,
    decode,
    encode,
    representable,
    by_sequence=True,
    mend=mend,
)

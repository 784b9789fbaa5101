"""VNI-Windows: two-character letters of the VNI fonts, as windows-1252 text shows them ("Coäng hoøa xaõ hoäi").

Convention: VNI Software Co., VNI-Windows character set (1990s, no formal standard). A letter is a base letter followed by one sign
that carries its shape, its tone or both, in the case of the base; ơ ư đ, and i and y where the sign would not fit, are single
signs. Everything Vietnamese can be written; other Latin-1 letters whose places the signs took (``ö ñ å ë ü``) cannot.
"""

from __future__ import annotations

import re
import unicodedata

from analyzers.encodings.model import Encoding

_TONE = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_CIRCUMFLEX = {"": "â", "\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
_BREVE = {"": "ê", "\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
_SINGLE = {"ơ": "ô", "ư": "ö", "đ": "ñ", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "í": "í", "ì": "ì"}


def _table() -> dict[str, str]:
    """Small letters of Vietnamese to what VNI writes for them."""
    pairs = [(vowel + tone, vowel + sign) for vowel in "aeouy" for tone, sign in _TONE.items()]
    pairs += [(shaped + tone, base + sign) for shaped, base in zip("âêô", "aeo", strict=True) for tone, sign in _CIRCUMFLEX.items()]
    pairs += [("ă" + tone, "a" + sign) for tone, sign in _BREVE.items()]
    pairs += [(horned + tone, _SINGLE[horned] + sign) for horned in "ơư" for tone, sign in _TONE.items()]
    return {unicodedata.normalize("NFC", letter): written for letter, written in pairs} | _SINGLE


_SMALL = _table()
_WRITTEN = _SMALL | {letter.upper(): written.upper() for letter, written in _SMALL.items()}
_LETTER = {written: letter for letter, written in _WRITTEN.items()}
# The sign after a capital is sometimes small (Aán for AÁn), and the other way round.
_LETTER |= {written[0] + written[1].swapcase(): letter for written, letter in list(_LETTER.items()) if len(written) == 2}
_LETTER |= {"yï": "ỵ", "YÏ": "Ỵ"}
_PAIRS = "[aeoAEO][âáàåãäÂÁÀÅÃÄ]|[aA][êéèúüëÊÉÈÚÜË]|[aeouyôöAEOUYÔÖ][ùøûõïÙØÛÕÏ]"
_ENCODED = re.compile(f"{_PAIRS}|[ôöñæóòîÔÖÑÆÓÒÎ]")
_TAKEN = "".join(sorted(set("".join(written for written in _WRITTEN.values())) - set(_WRITTEN) - set("aeouyAEOUY")))
_LETTERS = re.compile(f"[{''.join(_WRITTEN)}{_TAKEN}]")
_HINT = re.compile("[aeoAEO][âåäÂÅÄ]|[aA][êëÊË]|[aeuAEU][ùÙ]|[aeouyôöAEOUYÔÖ][øûïØÛÏ]|[öñæîÖÑÆÎ][a-zôøùõûA-ZÔØÙÕÛ]")


def decode(text: str) -> str:
    """Letters for pairs and single signs."""
    return _ENCODED.sub(lambda found: _LETTER.get(found[0], found[0]), text)


def encode(text: str) -> str:
    """Pairs and single signs for letters; ``?`` for a foreign letter whose place is taken."""
    return _LETTERS.sub(lambda letter: _WRITTEN.get(letter[0], "?"), text)


def representable(text: str) -> str:
    """What survives `encode`: all of Vietnamese."""
    return _LETTERS.sub(lambda letter: letter[0] if letter[0] in _WRITTEN else "?", text)


VNI = Encoding("vni", "VNI-Windows", frozenset("åäêëøûïöñæîÅÄËØÛÏÖÑÆÎ"), _HINT, decode, encode, representable)

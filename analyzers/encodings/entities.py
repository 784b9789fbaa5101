"""HTML character references left in the text, named and numeric, also with combining marks ("H&agrave; N&ocirc;&#803;i").

Standard: HTML Living Standard, named and numeric character references. Only references closed by a semicolon are read.
"""

from __future__ import annotations

import html
import re
import unicodedata
from html.entities import codepoint2name

from analyzers.encodings.model import Encoding
from analyzers.encodings.windows1258 import combining

_REFERENCE = re.compile(r"&(?:#[0-9]{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_HINT = re.compile(r"&(?:#[0-9]{3,4}|#[xX][0-9a-fA-F]{2,4}|[A-Za-z](?:grave|acute|circ|tilde|breve|strok));")
_WRITTEN = re.compile("[À-ỹ&]")
_KEPT = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029\ufffd")


def decode(text: str) -> str:
    """Characters for references, composed; those that stand for a line break or for nothing stay as they are."""
    return unicodedata.normalize("NFC", _REFERENCE.sub(_character, text))


def _character(found: re.Match[str]) -> str:
    character = html.unescape(found[0])
    return found[0] if character in _KEPT or character < " " else character


def encode(text: str) -> str:
    """As old editors mixed them: letters of HTML 4 by name, and of the others half as one number, half as a letter and a combining tone."""
    return _WRITTEN.sub(lambda letter: _references(letter[0]), text)


def _references(letter: str) -> str:
    in_parts = ord(letter) % 2 and ord(letter) not in codepoint2name
    return "".join(_reference(part) for part in (combining(letter) if in_parts else letter))


def _reference(character: str) -> str:
    if character.isascii() and character != "&":
        return character
    name = codepoint2name.get(ord(character))
    return f"&{name};" if name else f"&#{ord(character)};"


def representable(text: str) -> str:
    """Everything."""
    return text


ENTITIES = Encoding(
    "entities", "HTML character references", frozenset("&"), _HINT, decode, encode, representable, highest="\U0010ffff", by_sequence=True
)
